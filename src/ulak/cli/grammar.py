"""What the modules of commands share: what a command is, and a group that shows its help when it is called alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import typer

from ulak.cli.errors import Exit
from ulak.cli.help import BilingualGroup, RootGroup
from ulak.cli.session import Session

__all__ = ["Task", "group", "help_of", "root"]

Task: TypeAlias = Callable[[Session], Exit]

_OPTIONS: Final[dict[str, Any]] = {"rich_markup_mode": None, "add_completion": False}


def group(name: str) -> typer.Typer:
    """A group of commands."""
    return typer.Typer(name=name, invoke_without_command=True, cls=BilingualGroup, **_OPTIONS)


def root(name: str) -> typer.Typer:
    """The command itself, with the groups that other packages bring."""
    return typer.Typer(name=name, invoke_without_command=True, cls=RootGroup, **_OPTIONS)


def help_of(context: typer.Context) -> Task:
    """The task of a group that is called without a command."""
    text = context.get_help()

    def task(session: Session) -> Exit:
        session.tell(text + "\n")
        return Exit.UNREADABLE

    return task
