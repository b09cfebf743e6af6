"""Commands that other packages bring, by the entry-point group ``ulak.commands``: name → `Plugin`.

They are looked for only when a command is asked for that is not here, or when all are listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Final, NamedTuple

import typer

from ulak.cli.errors import usage
from ulak.cli.help_entry import Help
from ulak.cli.help_words import HELP, METAVARS
from ulak.errors import Text

__all__ = ["GROUP", "Plugin", "metavar_of", "plugin", "plugin_names", "words_of"]

GROUP: Final = "ulak.commands"
_BROKEN: Final = Text("“{name}” komutu yüklenemedi: {detail}", "The command “{name}” could not be loaded: {detail}")
_REPAIR: Final = Text("Onu getiren paketi yeniden kurun.", "Install the package that brings it again.")


class Plugin(NamedTuple):
    """A group of commands with its own words.

    Attributes:
        help: by the whole name of the command, e.g. ``ulak center run``.
        metavars: names of values, where they are words.
    """

    group: typer.Typer
    help: Mapping[str, Help]
    metavars: Mapping[str, Text] = MappingProxyType({})


def plugin_names() -> tuple[str, ...]:
    """The names of all groups that other packages bring, in order."""
    return tuple(sorted(_found()))


@cache
def plugin(name: str) -> Plugin:
    """The group of a name.

    Raises:
        UlakError: ``cli.usage``: the package that brings it is damaged.
    """
    try:
        loaded = _found()[name].load()
    except Exception as error:
        raise usage(_BROKEN.format(name=name, detail=f"{type(error).__name__}: {error}"), _REPAIR) from None
    if not isinstance(loaded, Plugin):
        raise usage(_BROKEN.format(name=name, detail=type(loaded).__name__), _REPAIR)
    return loaded


def words_of(path: str) -> Help:
    """What ``--help`` says of a command, by its whole name."""
    return HELP[path] if path in HELP else plugin(path.split(" ")[1]).help[path]


def metavar_of(name: str) -> Text | None:
    """The words for a value's name; None for one that is code, e.g. ``tr|en``."""
    if name in METAVARS or name.islower():
        return METAVARS.get(name)
    return next((plugin(one).metavars[name] for one in plugin_names() if name in plugin(one).metavars), None)


@cache
def _found() -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=GROUP)}
