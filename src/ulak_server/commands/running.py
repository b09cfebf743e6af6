"""``ulak serve``, ``ulak worker``, ``ulak manage``, ``ulak doctor``: the commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit, one_of
from ulak.cli.grammar import Task
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["doctor", "manage", "serve", "worker"]


def _alone(name: str) -> typer.Typer:
    """A command without a group."""
    return typer.Typer(name=name, rich_markup_mode=None, add_completion=False)


serve = _alone("serve")
worker = _alone("worker")
manage = _alone("manage")
doctor = _alone("doctor")

Processes = Annotated[str | None, typer.Option("--processes", metavar="COUNT")]
Migrate = Annotated[bool, typer.Option("--migrate/--no-migrate")]


@serve.command("serve", cls=BilingualCommand)
def ulak_serve(
    listen: Annotated[str | None, typer.Option("--listen", metavar="HOST:PORT")] = None,
    workers: Annotated[bool, typer.Option("--workers/--no-workers")] = True,
    processes: Processes = None,
    migrate: Migrate = True,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.supervising import run_serve

        return run_serve(session, listen=listen, workers=workers, processes=processes, migrate=migrate)

    return task


@worker.command("worker", cls=BilingualCommand)
def ulak_worker(processes: Processes = None, migrate: Migrate = False) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.supervising import run_worker

        return run_worker(session, processes=processes, migrate=migrate)

    return task


@manage.command(
    "manage",
    cls=BilingualCommand,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
def ulak_manage(
    arguments: Annotated[list[str] | None, typer.Argument(metavar="ARGUMENT…", show_default=False)] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.managing import run_manage

        return run_manage(session, arguments or [])

    return task


@doctor.command("doctor", cls=BilingualCommand)
def ulak_doctor(format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text") -> Task:
    one_of(format, ("text", "json"), "--format")

    def task(session: Session) -> Exit:
        from ulak_server.commands.examining import run_doctor

        return run_doctor(session, format)

    return task
