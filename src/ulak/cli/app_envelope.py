"""The commands of ``ulak envelope`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["envelope"]

envelope = group("envelope")

Folder = Annotated[str, typer.Option("-o", "--output", metavar="DIR")]
Zips = Annotated[list[str], typer.Argument(metavar="FILE.zip…", show_default=False)]


@envelope.callback()
def envelope_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@envelope.command("pack", cls=BilingualCommand)
def envelope_pack(
    files: Annotated[list[str], typer.Argument(metavar="FILE|FOLDER…", show_default=False)],
    sender: Annotated[str, typer.Option("--from", metavar="ALIAS:NUMBER[:TITLE]")],
    receiver: Annotated[str, typer.Option("--to", metavar="ALIAS:NUMBER[:TITLE]")],
    output: Folder = ".",
    type: Annotated[str | None, typer.Option("--type", metavar="TYPE")] = None,
    most: Annotated[str | None, typer.Option("--most", metavar="COUNT")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.enveloping import pack_files, pack_wish

        return pack_files(session, files, pack_wish(sender, receiver, output, type, most))

    return task


@envelope.command("open", cls=BilingualCommand)
def envelope_open(file: Annotated[str, typer.Argument(metavar="FILE.zip")], output: Folder = ".") -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.unenveloping import open_file

        return open_file(session, file, output)

    return task


@envelope.command("check", cls=BilingualCommand)
def envelope_check(
    files: Zips,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
    pack: Annotated[str | None, typer.Option("--pack", metavar="NAME")] = None,
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    no_advice: Annotated[bool, typer.Option("--no-advice")] = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.checking import wish_of
        from ulak.cli.envelope_checking import check_envelopes

        wish = wish_of(session, as_of=as_of, scheme=None, pack=pack, advice=not no_advice, format=format)
        return check_envelopes(session, files, wish)

    return task


@envelope.command("answer", cls=BilingualCommand)
def envelope_answer(
    file: Annotated[str, typer.Argument(metavar="FILE.zip")],
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS")] = None,
    from_gib: Annotated[bool, typer.Option("--from-gib")] = False,
    sender: Annotated[str | None, typer.Option("--from", metavar="ALIAS:NUMBER[:TITLE]")] = None,
    receiver: Annotated[str | None, typer.Option("--to", metavar="ALIAS:NUMBER[:TITLE]")] = None,
    output: Annotated[str, typer.Option("-o", "--output", metavar="DIR|OUT.zip")] = ".",
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
    pack: Annotated[str | None, typer.Option("--pack", metavar="NAME")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.answering import answer_file, answer_wish
        from ulak.cli.checking import wish_of

        wish = wish_of(session, as_of=as_of, scheme=None, pack=pack, advice=False, format="text")
        return answer_file(session, file, answer_wish(status, from_gib, sender, receiver, output), wish)

    return task


@envelope.command("account", cls=BilingualCommand)
def envelope_account(
    file: Annotated[str | None, typer.Argument(metavar="FILE.json")] = None,
    action: Annotated[str | None, typer.Option("--action", metavar="open|close")] = None,
    integrator: Annotated[str | None, typer.Option("--integrator", metavar="NUMBER")] = None,
    number: Annotated[str | None, typer.Option("--customer", metavar="NUMBER")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT")] = None,
    given: Annotated[str | None, typer.Option("--given", metavar="TEXT")] = None,
    middle: Annotated[str | None, typer.Option("--middle", metavar="TEXT")] = None,
    family: Annotated[str | None, typer.Option("--family", metavar="TEXT")] = None,
    service: Annotated[str | None, typer.Option("--service", metavar="SERVICE")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND")] = None,
    option: Annotated[str | None, typer.Option("--option", metavar="CODE")] = None,
    gb: Annotated[list[str] | None, typer.Option("--gb", metavar="ALIAS")] = None,
    pk: Annotated[list[str] | None, typer.Option("--pk", metavar="ALIAS")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> Task:
    given_ = {
        "action": action,
        "integrator": integrator,
        "service": service,
        "kind": kind,
        "option": option,
        "number": number,
        "title": title,
        "given": given,
        "middle": middle,
        "family": family,
    }

    def task(session: Session) -> Exit:
        from ulak.cli.accounting import AccountOptions, write_account_file

        return write_account_file(session, file, AccountOptions.of(given_, gb or (), pk or ()), output)

    return task
