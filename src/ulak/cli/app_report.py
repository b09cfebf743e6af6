"""The commands of ``ulak report`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["report"]

report = group("report")

Reports = Annotated[list[str], typer.Argument(metavar="REPORT…", show_default=False)]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@report.callback()
def report_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@report.command("build", cls=BilingualCommand)
def report_build(
    files: Annotated[list[str], typer.Argument(metavar="FILE|FOLDER…", show_default=False)],
    taxpayer: Annotated[str, typer.Option("--taxpayer", metavar="NUMBER")],
    url: Annotated[str, typer.Option("--url", metavar="ADDRESS")],
    day: Annotated[str | None, typer.Option("--section", metavar="DATE")] = None,
    section_no: Annotated[str, typer.Option("--section-no", metavar="COUNT")] = "1",
    period: Annotated[str | None, typer.Option("--period", metavar="MONTH")] = None,
    cancelled: Annotated[list[str] | None, typer.Option("--cancelled", metavar="FILE")] = None,
    preparer: Annotated[str | None, typer.Option("--preparer", metavar="NUMBER")] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="UUID")] = None,
    output: Annotated[str, typer.Option("-o", "--output", metavar="DIR")] = ".",
    key: Annotated[str | None, typer.Option("--key", metavar="KEY")] = None,
    certificate: Annotated[str | None, typer.Option("--certificate", metavar="CERT")] = None,
    trust: Annotated[str | None, typer.Option("--trust", metavar="DIR")] = None,
    tsa: Annotated[str | None, typer.Option("--tsa", metavar="URL")] = None,
    online: Annotated[bool, typer.Option("--online")] = False,
    check: Annotated[bool, typer.Option("--check/--no-check")] = True,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.reporting import BuildWish, build_reports, head_of
        from ulak.cli.reporting_seal import sealer_of

        head = head_of(taxpayer, preparer, period, day, section_no, number)
        sealer = sealer_of(key, certificate, trust, tsa, online)
        return build_reports(session, files, cancelled or (), BuildWish(head, url, output, sealer, check))

    return task


@report.command("check", cls=BilingualCommand)
def report_check(
    files: Reports,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
    format: Format = "text",
    unsealed: Annotated[bool, typer.Option("--unsealed")] = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.checking import wish_of
        from ulak.cli.reporting_check import check_reports

        wish = wish_of(session, as_of=as_of, scheme=None, pack=None, advice=False, format=format)
        return check_reports(session, files, wish, is_sealed=not unsealed)

    return task


@report.command("show", cls=BilingualCommand)
def report_show(file: Annotated[str, typer.Argument(metavar="REPORT")], format: Format = "text") -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.reporting_show import show_report

        return show_report(session, file, format)

    return task
