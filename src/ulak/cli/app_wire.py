"""The commands of ``ulak wire`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["wire"]

wire = group("wire")

To = Annotated[str, typer.Option("--to", metavar="URL")]
ServiceName = Annotated[str, typer.Option("--service", metavar="efatura|earsiv|edefter")]
Key = Annotated[str | None, typer.Option("--key", metavar="KEY")]
Certificate = Annotated[str | None, typer.Option("--certificate", metavar="CERT")]
Timeout = Annotated[str, typer.Option("--timeout", metavar="SECONDS")]
Roots = Annotated[str | None, typer.Option("--roots", metavar="FILE.pem")]
Inline = Annotated[bool, typer.Option("--inline")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@wire.callback()
def wire_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@wire.command("send", cls=BilingualCommand)
def wire_send(
    files: Annotated[list[str], typer.Argument(metavar="FILE.zip…", show_default=False)],
    to: To,
    service: ServiceName = "efatura",
    key: Key = None,
    certificate: Certificate = None,
    retry: Annotated[str, typer.Option("--retry", metavar="COUNT")] = "0",
    pause: Annotated[str, typer.Option("--pause", metavar="SECONDS")] = "5",
    timeout: Timeout = "300",
    roots: Roots = None,
    inline: Inline = False,
    as_is: Annotated[bool, typer.Option("--as-is")] = False,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.wire_calling import call_wish
        from ulak.cli.wire_sending import send_files, send_wish

        call = call_wish(
            service,
            to,
            timeout=timeout,
            roots=roots,
            inline=inline,
            key=key,
            certificate=certificate,
            format=format,
            unsealed=as_is,
        )
        return send_files(session, files, send_wish(call, as_is=as_is, retry=retry, pause=pause))

    return task


@wire.command("status", cls=BilingualCommand)
def wire_status(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", show_default=False)],
    to: To,
    service: ServiceName = "efatura",
    key: Key = None,
    certificate: Certificate = None,
    timeout: Timeout = "300",
    roots: Roots = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.wire_asking import ask_states
        from ulak.cli.wire_calling import call_wish

        call = call_wish(
            service,
            to,
            timeout=timeout,
            roots=roots,
            inline=False,
            key=key,
            certificate=certificate,
            format=format,
        )
        return ask_states(session, ids, call)

    return task
