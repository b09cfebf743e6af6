"""``--help`` in both languages: typer parses, this module speaks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ulak.cli.errors import usage
from ulak.cli.help_entry import Help
from ulak.cli.help_words import EXITS
from ulak.cli.page import Column, Page
from ulak.cli.plugins import metavar_of, plugin, plugin_names, words_of
from ulak.cli.session import Session
from ulak.errors import Text, UlakError

__all__ = ["BilingualCommand", "BilingualGroup", "RootGroup"]

_USAGE = Text("Kullanım", "Usage")
_ARGUMENTS = Text("Bağımsız değişkenler", "Arguments")
_OPTIONS = Text("Seçenekler", "Options")
_COMMANDS = Text("Komutlar", "Commands")
_EXAMPLES = Text("Örnekler", "Examples")
_EXIT = Text("Çıkış kodları", "Exit codes")
_SHOW = Text("Bu yardımı gösterir.", "Show this help.")
_OPTION_PLACE = Text("[SEÇENEKLER]", "[OPTIONS]")
_COMMAND_PLACE = Text("KOMUT …", "COMMAND …")
_DEFAULT = Text("[olağan: {value}]", "[default: {value}]")
_EXTRA = Text("Fazladan yazılmış: {words}", "This is too much: {words}")
_SEE = Text("Yardım: {command} --help", "Help: {command} --help")
_MISSING = Text("Eksik: {name}", "Missing: {name}")
_NO_COMMAND = Text("“{name}” adlı bir komut yok.", "There is no command “{name}”.")
_KNOWN = Text("Komutlar: {names}", "The commands: {names}")


class BilingualCommand(TyperCommand):
    """A command whose help is in the language of the session, and whose values are texts and flags alone."""

    allow_extra_args = True

    def get_params(self, ctx: Any) -> Any:
        return _as_given(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        return _help(self, ctx)

    def invoke(self, ctx: Any) -> Any:
        if ctx.args:
            raise usage(_EXTRA.format(words=" ".join(ctx.args)), _SEE.format(command=ctx.command_path))
        return super().invoke(ctx)


class BilingualGroup(TyperGroup):
    """A group of commands whose help is in the language of the session."""

    def get_params(self, ctx: Any) -> Any:
        return _as_given(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        return _help(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands:
            names = ", ".join(self.names())
            raise usage(_NO_COMMAND.format(name=args[0]), _KNOWN.format(names=names))
        return super().resolve_command(ctx, args)

    def names(self) -> list[str]:
        """The names of its commands."""
        return list(self.commands)


class RootGroup(BilingualGroup):
    """The command itself: the groups that other packages bring are added once they are asked for."""

    def get_help(self, ctx: Any) -> str:
        for name in plugin_names():
            # One that is damaged must not keep the others from being told.
            with suppress(UlakError):
                self.add(name)
        return super().get_help(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands and args[0] in plugin_names():
            self.add(args[0])
        return super().resolve_command(ctx, args)

    def names(self) -> list[str]:
        return [*self.commands, *(name for name in plugin_names() if name not in self.commands)]

    def add(self, name: str) -> None:
        """Add the group of a name.

        Raises:
            UlakError: ``cli.usage`` if it cannot be loaded.
        """
        self.commands.setdefault(name, typer.main.get_command(plugin(name).group))


def _as_given(parameters: Sequence[Any]) -> Sequence[Any]:
    """The parameters, their values left as the shell gave them: converting them would load pydantic at every start."""
    for parameter in parameters:
        parameter.process_value = partial(_taken, parameter)
    return parameters


def _taken(parameter: Any, ctx: Any, value: Any) -> Any:
    if parameter.required and parameter.value_is_missing(value):
        raise usage(_MISSING.format(name=_metavar(ctx.obj, parameter)), _SEE.format(command=ctx.command_path))
    return parameter.callback(ctx, parameter, value) if parameter.callback else value


def _help(command: Any, ctx: typer.Context) -> str:
    session = ctx.obj
    assert isinstance(session, Session)
    page = session.page()
    words = words_of(ctx.command_path)
    _usage(page, session, command, ctx)
    page.blank()
    page.paragraph(session.say(words.summary), style="bold")
    for detail in words.details:
        page.blank()
        page.paragraph(session.say(detail))
    _parameters(page, session, command, words)
    _commands(page, session, command, ctx)
    _examples(page, session, words)
    if ctx.parent is None or ctx.command_path == "ulak check":
        _section(page, session, _EXIT)
        page.table(_TWO, [(code, session.say(text)) for code, text in EXITS], indent=2)
    return str(page).rstrip("\n")


_TWO = [Column(style="cyan"), Column(flexible=True)]


def _section(page: Page, session: Session, title: Text) -> None:
    page.blank()
    page.line(f"{session.say(title)}:")


def _usage(page: Page, session: Session, command: Any, ctx: typer.Context) -> None:
    arguments = [_metavar(session, p, optional=True) for p in command.params if p.param_type_name == "argument"]
    last = [session.say(_COMMAND_PLACE)] if isinstance(command, TyperGroup) else arguments
    page.paragraph(" ".join((f"{session.say(_USAGE)}: {ctx.command_path}", session.say(_OPTION_PLACE), *last)))


def _parameters(page: Page, session: Session, command: Any, words: Help) -> None:
    rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.params:
        said = session.say(words.parameters[parameter.name])
        if isinstance(parameter.default, str):
            said += f" {session.say(_DEFAULT.format(value=parameter.default))}"
        kind = parameter.param_type_name
        name = _metavar(session, parameter) if kind == "argument" else _option(session, parameter)
        rows[kind].append((name, said))
    rows["option"].append(("--help", session.say(_SHOW)))
    for title, kind in ((_ARGUMENTS, "argument"), (_OPTIONS, "option")):
        if rows[kind]:
            _section(page, session, title)
            page.table(_TWO, rows[kind], indent=2)


def _option(session: Session, parameter: Any) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {_metavar(session, parameter)}"


def _metavar(session: Session, parameter: Any, *, optional: bool = False) -> str:
    shown = metavar_of(parameter.metavar)
    name = session.say(shown) if shown else str(parameter.metavar)
    return f"[{name}]" if optional and not parameter.required else name


def _commands(page: Page, session: Session, command: Any, ctx: typer.Context) -> None:
    if isinstance(command, TyperGroup):
        _section(page, session, _COMMANDS)
        rows = [(name, session.say(words_of(f"{ctx.command_path} {name}").summary)) for name in command.commands]
        page.table(_TWO, rows, indent=2)


def _examples(page: Page, session: Session, words: Help) -> None:
    if words.examples:
        _section(page, session, _EXAMPLES)
        for line, meaning in words.examples:
            page.line(line, indent=2)
            page.paragraph(session.say(meaning), indent=6, style="dim")
