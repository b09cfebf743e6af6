"""The commands and their options. Each function only says what to do; `ulak.cli.main` does it.

Nothing heavy is imported here: a command loads what it needs when it runs. The words of ``--help`` are in
`ulak.cli.help_words`, by the name of the command and of the parameter.
"""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.app_envelope import envelope
from ulak.cli.app_keys import keys
from ulak.cli.app_ledger import ledger
from ulak.cli.app_pki import pki
from ulak.cli.app_render import render
from ulak.cli.app_report import report
from ulak.cli.app_sealing import seal
from ulak.cli.app_userlist import userlist
from ulak.cli.app_verifying import verify
from ulak.cli.app_wire import wire
from ulak.cli.errors import Exit, day_of
from ulak.cli.grammar import Task, group, help_of, root
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["app"]

app = root("ulak")
packs = group("packs")
app.add_typer(packs)
app.add_typer(envelope)
app.add_typer(keys)
app.add_typer(ledger)
app.add_typer(pki)
app.add_typer(report)
app.add_typer(userlist)
app.add_typer(wire)
app.command(cls=BilingualCommand)(render)
app.command(cls=BilingualCommand)(seal)
app.command(cls=BilingualCommand)(verify)

Files = Annotated[list[str], typer.Argument(metavar="FILE|FOLDER…", show_default=False)]
File = Annotated[str, typer.Argument(metavar="FILE")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE")]
Scheme = Annotated[str | None, typer.Option("--type", metavar="efatura|earchive|goruntuleme")]
PackName = Annotated[str | None, typer.Option("--pack", metavar="NAME")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]
NoAdvice = Annotated[bool, typer.Option("--no-advice")]
Name = Annotated[str, typer.Argument(metavar="NAME")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE")]


@app.callback()
def ulak(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version")] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="tr|en")] = None,
) -> Task | None:
    if version:
        return _version
    return None if context.invoked_subcommand else help_of(context)


@packs.callback()
def packs_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@app.command(cls=BilingualCommand)
def check(
    files: Files,
    as_of: AsOf = None,
    type: Scheme = None,
    pack: PackName = None,
    format: Format = "text",
    no_advice: NoAdvice = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.checking import check_files, wish_of

        wish = wish_of(session, as_of=as_of, scheme=type, pack=pack, advice=not no_advice, format=format)
        return check_files(session, files, wish)

    return task


@app.command(cls=BilingualCommand)
def build(
    file: File,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="OUT.xml")] = None,
    check: Annotated[bool, typer.Option("--check/--no-check")] = True,
    number: Annotated[str | None, typer.Option("--number", metavar="NUMBER")] = None,
    as_of: AsOf = None,
    type: Scheme = None,
    pack: PackName = None,
    format: Format = "text",
    no_advice: NoAdvice = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.building import build_document
        from ulak.cli.checking import wish_of

        wish = wish_of(session, as_of=as_of, scheme=type, pack=pack, advice=not no_advice, format=format)
        return build_document(session, file, output, wish, checked=check, number=number)

    return task


@app.command(cls=BilingualCommand)
def show(file: File) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.show import show_document

        return show_document(session, file)

    return task


@app.command("json", cls=BilingualCommand)
def to_json(file: File) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.building import show_as_json

        return show_as_json(session, file)

    return task


@app.command(cls=BilingualCommand)
def codes(
    name: Annotated[str | None, typer.Argument(metavar="LIST")] = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT")] = None,
    as_of: AsOf = None,
    pack: PackName = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.codes import show_codes

        return show_codes(session, name, search, pack, day_of(as_of, "--as-of"))

    return task


@app.command(cls=BilingualCommand)
def explain(rule: Annotated[str, typer.Argument(metavar="RULE")]) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.explaining import explain_rule

        return explain_rule(session, rule)

    return task


@packs.command("list", cls=BilingualCommand)
def packs_list() -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import list_packs

        return list_packs(session)

    return task


@packs.command("show", cls=BilingualCommand)
def packs_show(name: Name) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import show_pack

        return show_pack(session, name)

    return task


@packs.command("diff", cls=BilingualCommand)
def packs_diff(
    before: Annotated[str, typer.Argument(metavar="A")], after: Annotated[str, typer.Argument(metavar="B")]
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import compare

        return compare(session, before, after)

    return task


@packs.command("add", cls=BilingualCommand)
def packs_add(
    path: Annotated[str, typer.Argument(metavar="FILE.zip|FOLDER")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME")] = None,
    since: Since = None,
    staged: Annotated[bool, typer.Option("--staged")] = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import add_pack

        return add_pack(session, path, name, since, staged=staged)

    return task


@packs.command("fetch", cls=BilingualCommand)
def packs_fetch() -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import fetch_packs

        return fetch_packs(session)

    return task


@packs.command("activate", cls=BilingualCommand)
def packs_activate(name: Name, since: Since = None) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import activate

        return activate(session, name, since)

    return task


@packs.command("stage", cls=BilingualCommand)
def packs_stage(name: Name) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import stage

        return stage(session, name)

    return task


@packs.command("remove", cls=BilingualCommand)
def packs_remove(name: Name) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.packs import remove

        return remove(session, name)

    return task


def _version(session: Session) -> Exit:
    from importlib.metadata import version

    session.put(f"ulak {version('ulak')}\n")
    return Exit.OK
