"""The commands of ``ulak pki`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["pki"]

pki = group("pki")

Folder = Annotated[str, typer.Argument(metavar="DIR")]


@pki.callback()
def pki_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@pki.command("new", cls=BilingualCommand)
def pki_new(
    folder: Folder,
    url: Annotated[str, typer.Option("--url", metavar="URL")] = "http://127.0.0.1:8770",
    vkn: Annotated[list[str] | None, typer.Option("--vkn", metavar="NUMBER[:NAME]")] = None,
    tckn: Annotated[list[str] | None, typer.Option("--tckn", metavar="NUMBER[:NAME]")] = None,
    days: Annotated[str | None, typer.Option("--days", metavar="DAYS")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.pki import new_pki

        return new_pki(session, folder, url, vkn or (), tckn or (), days)

    return task


@pki.command("revoke", cls=BilingualCommand)
def pki_revoke(
    folder: Folder,
    certificate: Annotated[str, typer.Argument(metavar="FILE|SERIAL")],
    reason: Annotated[str, typer.Option("--reason", metavar="REASON")] = "unspecified",
    at: Annotated[str | None, typer.Option("--at", metavar="TIME")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.pki import revoke_in_pki

        return revoke_in_pki(session, folder, certificate, reason, at)

    return task


@pki.command("serve", cls=BilingualCommand)
def pki_serve(
    folder: Folder, listen: Annotated[str | None, typer.Option("--listen", metavar="HOST:PORT")] = None
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.pki import serve_pki

        return serve_pki(session, folder, listen)

    return task
