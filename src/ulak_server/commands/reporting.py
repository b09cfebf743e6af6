"""``ulak reporting``: the command and its options, and its words."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from ulak.cli.errors import Exit, one_of
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.help_entry import Help
from ulak.cli.session import Session
from ulak.errors import Text

__all__ = ["REPORTING_HELP", "REPORTING_METAVARS", "reporting"]

reporting = group("reporting")

Number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)]
Month = Annotated[str, typer.Option("--month", metavar="MONTH")]
_PRODUCTS: Final = ("all", "earsiv", "egider")

REPORTING_METAVARS: Final = {
    "NUMBER": Text("VKN-TCKN", "NUMBER"),
    "MONTH": Text("AY", "MONTH"),
    "STAGE": Text("AŞAMA", "STAGE"),
    "COUNT": Text("SAYI", "COUNT"),
}
REPORTING_HELP: Final = {
    "ulak reporting": Help(
        Text(
            "e-Arşiv raporlarının durumu; içerik göstermez.",
            "How reports of the e-Arşiv family stand; no contents are shown.",
        )
    ),
    "ulak reporting list": Help(
        Text(
            "Raporları yazar: mükellef, gün, sıra, aşama; mükellef verilmezse sonuçlanmamış hepsi.",
            "List reports: taxpayer, day, number, stage; all that are not ended if no taxpayer is given.",
        ),
        {
            "whose": Text("Bu mükellefin bir aydaki raporları.", "This taxpayer's reports of a month."),
            "month": Text("2026-11 gibi; yazılmazsa bu ay.", "Like 2026-11; this month if left out."),
            "stage": Text(
                "Yalnız bu aşamadakiler: building, ready, sending, unclear, taken, accepted, refused, replaced.",
                "In this stage only: building, ready, sending, unclear, taken, accepted, refused, replaced.",
            ),
            "limit": Text("En çok bu kadar.", "So many at most."),
        },
        examples=(
            (
                "ulak reporting list --stage refused",
                Text("Bir kişiyi bekleyen raporlar.", "Reports that need a person."),
            ),
        ),
    ),
    "ulak reporting send": Help(
        Text("Bir mükellefin bekleyenlerini hemen raporlar.", "Report at once what a taxpayer has waiting."),
        {
            "number": Text("Mükellefin VKN ya da TCKN'si.", "VKN or TCKN of the taxpayer."),
            "product": Text("earsiv, egider ya da all.", "earsiv, egider or all."),
        },
    ),
    "ulak reporting balance": Help(
        Text(
            "Belgeler, raporlar ve GİB'in yanıtı denk mi; değilse çıkış kodu 1.",
            "Whether documents, reports and GİB's answers balance; exit code 1 if not.",
        ),
        {
            "number": Text("Mükellefin VKN ya da TCKN'si.", "VKN or TCKN of the taxpayer."),
            "month": Text("2026-11 gibi; yazılmazsa bu ay.", "Like 2026-11; this month if left out."),
        },
    ),
}


@reporting.callback()
def reporting_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@reporting.command("list", cls=BilingualCommand)
def reporting_list(
    whose: Annotated[str | None, typer.Option("--taxpayer", metavar="NUMBER")] = None,
    month: Month = "",
    stage: Annotated[str, typer.Option("--stage", metavar="STAGE")] = "",
    limit: Annotated[str, typer.Option("--limit", metavar="COUNT")] = "100",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.reporting_doing import list_reports

        return list_reports(session, whose, month, stage, limit)

    return task


@reporting.command("send", cls=BilingualCommand)
def reporting_send(
    number: Number, product: Annotated[str, typer.Option("--product", metavar="all|earsiv|egider")] = "all"
) -> Task:
    one_of(product, _PRODUCTS, "--product")

    def task(session: Session) -> Exit:
        from ulak_server.commands.reporting_doing import send_reports

        return send_reports(session, number, product)

    return task


@reporting.command("balance", cls=BilingualCommand)
def reporting_balance(number: Number, month: Month = "") -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.reporting_doing import show_balance

        return show_balance(session, number, month)

    return task
