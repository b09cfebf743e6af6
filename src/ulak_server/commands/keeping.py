"""``ulak archive``, ``ulak audit``, ``ulak lists``: the commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit, one_of
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["archive", "audit", "lists"]

archive = group("archive")
audit = group("audit")
lists = group("lists")

Number = Annotated[str | None, typer.Option("--taxpayer", metavar="NUMBER")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@archive.callback()
def archive_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@archive.command("get", cls=BilingualCommand)
def archive_get(
    ettn: Annotated[str, typer.Argument(metavar="ETTN", show_default=False)],
    taxpayer: Number = None,
    incoming: Annotated[bool, typer.Option("--in/--out")] = False,
    output: Annotated[str | None, typer.Option("--output", metavar="FILE")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.archiving import run_get

        return run_get(session, ettn, taxpayer, incoming=incoming, output=output)

    return task


@archive.command("check", cls=BilingualCommand)
def archive_check(taxpayer: Number = None, format: Format = "text") -> Task:
    one_of(format, ("text", "json"), "--format")

    def task(session: Session) -> Exit:
        from ulak_server.commands.archiving import run_check

        return run_check(session, taxpayer, format)

    return task


@archive.command("rewrap", cls=BilingualCommand)
def archive_rewrap(
    old: Annotated[str, typer.Option("--old", metavar="KEY")],
    new: Annotated[str, typer.Option("--new", metavar="KEY")],
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.archiving import run_rewrap

        return run_rewrap(session, old, new)

    return task


@audit.callback()
def audit_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@audit.command("verify", cls=BilingualCommand)
def audit_verify(first: Annotated[str, typer.Option("--from", metavar="BLOCK")] = "1", format: Format = "text") -> Task:
    one_of(format, ("text", "json"), "--format")

    def task(session: Session) -> Exit:
        from ulak_server.commands.auditing import run_verify

        return run_verify(session, first, format)

    return task


@lists.callback()
def lists_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@lists.command("sync", cls=BilingualCommand)
def lists_sync(accept_smaller: Annotated[bool, typer.Option("--accept-smaller")] = False) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.listing import run_sync

        return run_sync(session, accept_smaller=accept_smaller)

    return task
