"""The commands of ``ulak center`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["center"]

center = group("center")

Url = Annotated[str | None, typer.Option("--center", metavar="URL")]
Token = Annotated[str | None, typer.Option("--control-token", metavar="TOKEN")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@center.callback()
def center_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@center.command("run", cls=BilingualCommand)
def center_run(
    port: Annotated[str, typer.Option("--port", metavar="PORT")] = "8090",
    host: Annotated[str, typer.Option("--host", metavar="HOST")] = "127.0.0.1",
    data: Annotated[str | None, typer.Option("--data", metavar="DIR")] = None,
    pki: Annotated[str | None, typer.Option("--pki", metavar="DIR")] = None,
    seed: Annotated[str, typer.Option("--seed", metavar="COUNT")] = "1",
    speed: Annotated[str, typer.Option("--speed", metavar="FACTOR")] = "1",
    at: Annotated[str | None, typer.Option("--at", metavar="TIME")] = None,
    taxpayers: Annotated[str, typer.Option("--taxpayers", metavar="COUNT")] = "1000",
    judging: Annotated[bool, typer.Option("--judging/--no-judging")] = True,
    verify_seals: Annotated[bool, typer.Option("--verify-seals")] = False,
    token: Token = None,
    certificate: Annotated[str | None, typer.Option("--certificate", metavar="FILE.pem")] = None,
    tls_key: Annotated[str | None, typer.Option("--tls-key", metavar="FILE.pem")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_running import run_center
        from ulak_center.commands.center_wishes import wish_of

        wish = wish_of(
            place=(host, port),
            folders=(data, pki),
            numbers=(seed, speed, taxpayers),
            at=at,
            judging=judging,
            verify_seals=verify_seals,
            token=token,
            tls=(certificate, tls_key),
        )
        return run_center(session, wish)

    return task


@center.command("status", cls=BilingualCommand)
def center_status(
    id: Annotated[str | None, typer.Argument(metavar="ENVELOPE")] = None,
    url: Url = None,
    token: Token = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_asking import Control
        from ulak_center.commands.center_showing import show_status

        return show_status(session, Control.of(session, url, token), id, format)

    return task


@center.command("fault", cls=BilingualCommand)
def center_fault(
    action: Annotated[str | None, typer.Argument(metavar="FAULT")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="take|judge|respond|deliver")] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="NUMBER")] = None,
    http_status: Annotated[str | None, typer.Option("--http-status", metavar="NUMBER")] = None,
    seconds: Annotated[str | None, typer.Option("--seconds", metavar="SECONDS")] = None,
    overtakers: Annotated[str | None, typer.Option("--overtakers", metavar="COUNT")] = None,
    operation: Annotated[str | None, typer.Option("--operation", metavar="NAME")] = None,
    envelope_type: Annotated[str | None, typer.Option("--envelope-type", metavar="TYPE")] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="NUMBER|ALIAS")] = None,
    after: Annotated[str | None, typer.Option("--after", metavar="COUNT")] = None,
    times: Annotated[str | None, typer.Option("--times", metavar="COUNT")] = None,
    share: Annotated[str | None, typer.Option("--share", metavar="0–1")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME")] = None,
    remove: Annotated[str | None, typer.Option("--remove", metavar="NUMBER")] = None,
    clear: Annotated[bool, typer.Option("--clear")] = False,
    url: Url = None,
    token: Token = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_asking import Control
        from ulak_center.commands.center_faults import asked_of, change_faults

        fields = {
            "place": place,
            "number": number,
            "status": http_status,
            "seconds": seconds,
            "overtakers": overtakers,
            "operation": operation,
            "envelope_type": envelope_type,
            "party": party,
            "after": after,
            "times": times,
            "share": share,
            "since": since,
            "until": until,
        }
        asked = asked_of(action, {name: value for name, value in fields.items() if value is not None})
        return change_faults(session, Control.of(session, url, token), asked, remove, clear=clear, format=format)

    return task


@center.command("clock", cls=BilingualCommand)
def center_clock(
    advance: Annotated[str | None, typer.Option("--advance", metavar="TIMESPAN")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="TIME")] = None,
    url: Url = None,
    token: Token = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_asking import Control
        from ulak_center.commands.center_showing import move_clock

        return move_clock(session, Control.of(session, url, token), advance, to)

    return task


@center.command("reports", cls=BilingualCommand)
def center_reports(
    taxpayer: Annotated[str, typer.Option("--taxpayer", metavar="NUMBER")] = "",
    documents: Annotated[bool, typer.Option("--documents")] = False,
    url: Url = None,
    token: Token = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_asking import Control
        from ulak_center.commands.center_reports import show_reports

        return show_reports(session, Control.of(session, url, token), taxpayer, documents=documents, format=format)

    return task


@center.command("ledgers", cls=BilingualCommand)
def center_ledgers(
    taxpayer: Annotated[str, typer.Option("--taxpayer", metavar="NUMBER")] = "",
    month: Annotated[str, typer.Option("--month", metavar="YYYYMM")] = "",
    url: Url = None,
    token: Token = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_asking import Control
        from ulak_center.commands.center_ledgers import show_ledgers

        return show_ledgers(session, Control.of(session, url, token), taxpayer, month, format)

    return task


@center.command("pack", cls=BilingualCommand)
def center_pack(
    pack: Annotated[str | None, typer.Argument(metavar="PACK")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE")] = None,
    url: Url = None,
    token: Token = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_center.commands.center_asking import Control
        from ulak_center.commands.center_packs import change_packs

        return change_packs(session, Control.of(session, url, token), pack, since, format)

    return task
