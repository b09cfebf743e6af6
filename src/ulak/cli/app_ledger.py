"""The commands of ``ulak ledger`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["ledger"]

ledger = group("ledger")

Files = Annotated[list[str], typer.Argument(metavar="FILE…", show_default=False)]
Books = Annotated[list[str], typer.Argument(metavar="BOOK…", show_default=False)]
Company = Annotated[str, typer.Option("--company", metavar="FACTS.toml")]
Month = Annotated[str, typer.Option("--month", metavar="MONTH")]
Mapping = Annotated[str | None, typer.Option("--mapping", metavar="NAME|FILE.toml")]
FirstEntry = Annotated[str, typer.Option("--first-entry", metavar="COUNT")]
FirstLine = Annotated[str, typer.Option("--first-line", metavar="COUNT")]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="DIR")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]
Key = Annotated[str, typer.Option("--key", metavar="KEY")]
AnyKey = Annotated[str | None, typer.Option("--key", metavar="KEY")]
Certificate = Annotated[str | None, typer.Option("--certificate", metavar="CERT")]
Trust = Annotated[str | None, typer.Option("--trust", metavar="DIR")]
Online = Annotated[bool, typer.Option("--online")]
Tsa = Annotated[str | None, typer.Option("--tsa", metavar="URL")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE")]


@ledger.callback()
def ledger_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@ledger.command("check", cls=BilingualCommand)
def ledger_check(
    files: Files,
    month: Annotated[str | None, typer.Option("--month", metavar="MONTH")] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="FACTS.toml")] = None,
    mapping: Mapping = None,
    first_entry: FirstEntry = "1",
    first_line: FirstLine = "1",
    as_of: AsOf = None,
    unsealed: Annotated[bool, typer.Option("--unsealed")] = False,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.errors import one_of
        from ulak.cli.ledger_check import check_files
        from ulak.cli.ledger_input import entries_wish

        one_of(format, ("text", "json"), "--format")
        wish = entries_wish(month, company, mapping, first_entry, first_line)
        return check_files(session, files, wish, as_of, is_sealed=not unsealed, format=format)

    return task


@ledger.command("build", cls=BilingualCommand)
def ledger_build(
    files: Files,
    company: Company,
    month: Month,
    mapping: Mapping = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE")] = None,
    part: Annotated[str, typer.Option("--part", metavar="COUNT")] = "1",
    part_size: Annotated[str, typer.Option("--part-size", metavar="MB")] = "200",
    first_entry: FirstEntry = "1",
    first_line: FirstLine = "1",
    serial: Annotated[str, typer.Option("--serial", metavar="COUNT")] = "1",
    inventory: Annotated[bool, typer.Option("--inventory")] = False,
    output: Annotated[str, typer.Option("-o", "--output", metavar="DIR")] = ".",
    key: AnyKey = None,
    certificate: Certificate = None,
    trust: Trust = None,
    tsa: Tsa = None,
    online: Online = False,
    check: Annotated[bool, typer.Option("--check/--no-check")] = True,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.ledger_build import build_books, build_wish
        from ulak.cli.ledger_input import entries_wish
        from ulak.cli.ledger_seal import sealer_of

        entries = entries_wish(month, company, mapping, first_entry, first_line)
        sealer = sealer_of(key, certificate, trust, tsa, online)
        wish = build_wish(entries, until, since, part, part_size, serial, output, sealer, is_checked=check)
        return build_books(session, files, wish, is_inventory=inventory)

    return task


@ledger.command("seal", cls=BilingualCommand)
def ledger_seal(
    files: Books,
    key: Key,
    certificate: Certificate = None,
    trust: Trust = None,
    tsa: Tsa = None,
    online: Online = False,
    output: Output = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.ledger_seal import seal_documents, sealer_of

        return seal_documents(session, files, sealer_of(key, certificate, trust, tsa, online), output)

    return task


@ledger.command("berat", cls=BilingualCommand)
def ledger_berat(
    files: Books,
    report: Annotated[bool, typer.Option("--report")] = False,
    key: AnyKey = None,
    certificate: Certificate = None,
    trust: Trust = None,
    tsa: Tsa = None,
    online: Online = False,
    output: Output = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.ledger_berat import make_berats, make_report
        from ulak.cli.ledger_seal import sealer_of

        sealer = sealer_of(key, certificate, trust, tsa, online)
        make = make_report if report else make_berats
        return make(session, files, sealer, output)

    return task


@ledger.command("package", cls=BilingualCommand)
def ledger_package(
    files: Annotated[list[str], typer.Argument(metavar="BERAT…", show_default=False)], output: Output = None
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.ledger_package import make_packages

        return make_packages(session, files, output)

    return task


@ledger.command("send", cls=BilingualCommand)
def ledger_send(
    files: Annotated[list[str], typer.Argument(metavar="PACKAGE.zip…", show_default=False)],
    to: Annotated[str, typer.Option("--to", metavar="URL")],
    key: Key,
    certificate: Certificate = None,
    fetch: Annotated[bool, typer.Option("--fetch")] = False,
    trust: Trust = None,
    online: Online = False,
    output: Output = None,
    retry: Annotated[str, typer.Option("--retry", metavar="COUNT")] = "0",
    pause: Annotated[str, typer.Option("--pause", metavar="SECONDS")] = "5",
    timeout: Annotated[str, typer.Option("--timeout", metavar="SECONDS")] = "300",
    roots: Annotated[str | None, typer.Option("--roots", metavar="FILE.pem")] = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.ledger_send import FetchWish, fetch_berats, send_packages
        from ulak.cli.wire_calling import call_wish

        call = call_wish(
            "edefter", to, timeout=timeout, roots=roots, inline=False, key=key, certificate=certificate, format=format
        )
        if fetch:
            return fetch_berats(session, files, call, FetchWish(output, trust, online))
        return send_packages(session, files, call, retry, pause)

    return task


@ledger.command("show", cls=BilingualCommand)
def ledger_show(
    file: Annotated[str, typer.Argument(metavar="BOOK")],
    account: Annotated[str | None, typer.Option("--account", metavar="CODE")] = None,
    voucher: Annotated[str | None, typer.Option("--voucher", metavar="TEXT")] = None,
    amount: Annotated[str | None, typer.Option("--amount", metavar="AMOUNT")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT")] = None,
    limit: Annotated[str, typer.Option("--limit", metavar="COUNT")] = "50",
    html: Annotated[str | None, typer.Option("--html", metavar="OUT.html")] = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.ledger_finding import search_of
        from ulak.cli.ledger_show import show_book

        return show_book(session, file, search_of(account, voucher, amount, text, limit), html, format)

    return task
