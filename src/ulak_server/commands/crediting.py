"""``ulak credits``: the command and its options."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from ulak.cli.errors import Exit, one_of
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["credits"]

credits = group("credits")

Number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", show_default=False)]
Key = Annotated[str | None, typer.Option("--key", metavar="KEY")]
Whose = Annotated[str | None, typer.Option("--taxpayer", metavar="NUMBER")]
_STATES: Final = ("on", "off")
_ON_EMPTY: Final = ("wait", "go-on")


@credits.callback()
def credits_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@credits.command("list", cls=BilingualCommand)
def credits_list() -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.crediting_doing import list_all

        return list_all(session)

    return task


@credits.command("show", cls=BilingualCommand)
def credits_show(number: Number, limit: Annotated[str, typer.Option("--limit", metavar="COUNT")] = "20") -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.crediting_doing import show

        return show(session, number, limit)

    return task


@credits.command("load", cls=BilingualCommand)
def credits_load(
    number: Number,
    amount: Amount,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    forever: Annotated[bool, typer.Option("--forever")] = False,
    reference: Annotated[str, typer.Option("--reference", metavar="TEXT", show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", show_default=False)] = "",
    key: Key = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.crediting_doing import load

        return load(session, number, amount, until=until, forever=forever, reference=reference, note=note, key=key)

    return task


@credits.command("correct", cls=BilingualCommand, context_settings={"ignore_unknown_options": True})
def credits_correct(
    number: Number,
    amount: Amount,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", show_default=False)],
    key: Key = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.crediting_doing import correct

        return correct(session, number, amount, note, key)

    return task


@credits.command("meter", cls=BilingualCommand)
def credits_meter(
    number: Number,
    state: Annotated[str, typer.Argument(metavar="on|off", show_default=False)],
    on_empty: Annotated[str, typer.Option("--on-empty", metavar="wait|go-on", show_default=False)] = "",
    overdraft: Annotated[str, typer.Option("--overdraft", metavar="AMOUNT", show_default=False)] = "",
) -> Task:
    one_of(state, _STATES, "on|off")
    if on_empty:
        one_of(on_empty, _ON_EMPTY, "--on-empty")

    def task(session: Session) -> Exit:
        from ulak_server.commands.crediting_doing import meter

        return meter(session, number, metered=state == "on", on_empty=on_empty, overdraft=overdraft)

    return task


@credits.command("tariff", cls=BilingualCommand)
def credits_tariff(
    kind: Annotated[str, typer.Argument(metavar="KIND", show_default=False)] = "",
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", show_default=False)] = "",
    whose: Whose = None,
    incoming: Annotated[bool, typer.Option("--incoming")] = False,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.crediting_doing import set_price, show_tariff

        if not kind:
            return show_tariff(session, whose)
        return set_price(session, kind, amount, whose, incoming=incoming, since=since)

    return task
