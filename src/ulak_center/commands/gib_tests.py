"""The commands of ``ulak gib-tests`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["gib_tests"]

gib_tests = group("gib-tests")

Only = Annotated[list[str] | None, typer.Option("--only", metavar="STEP")]


@gib_tests.callback()
def gib_tests_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@gib_tests.command("run", cls=BilingualCommand)
def gib_tests_run(
    center: Annotated[str | None, typer.Option("--center", metavar="URL")] = None,
    report: Annotated[str | None, typer.Option("--report", metavar="DIR")] = None,
    only: Only = None,
    pki: Annotated[str | None, typer.Option("--pki", metavar="DIR")] = None,
    listen: Annotated[str, typer.Option("--listen", metavar="HOST:PORT")] = "127.0.0.1:0",
    token: Annotated[str | None, typer.Option("--control-token", metavar="TOKEN")] = None,
    quick: Annotated[bool, typer.Option("--quick")] = False,
    candidate: Annotated[str, typer.Option("--candidate", metavar="NAME")] = "gateway",
) -> Task:
    def task(session: Session) -> Exit:
        import os

        from ulak_center.commands.gib_tests_running import Wish, run

        secret = os.environ.get("ULAK_CENTER_TOKEN", "") if token is None else token
        return run(
            session, Wish(center, report, tuple(only or ()), pki, listen, secret, is_quick=quick, candidate=candidate)
        )

    return task


@gib_tests.command("list", cls=BilingualCommand)
def gib_tests_list(only: Only = None) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.gib_tests_listing import list_steps

        return list_steps(session, only or ())

    return task
