"""One thing that was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from ulak.errors import Text, UlakError, error_of
from ulak_server.environment import Environment
from ulak_server.operations.problems import PROBLEMS

__all__ = ["Check", "Finding", "Level", "found", "well"]


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works, but not as it should in production."""
    ERROR = "error"
    """The platform cannot do its work."""


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        subject: what was looked at, e.g. the name of a variable.
        text: how it is.
        code: ``doctor.*``; empty if all is well.
    """

    level: Level
    subject: str
    text: Text
    repair: Text = Text("", "")
    code: str = ""


Check = Callable[[Environment], Iterator[Finding]]


def well(subject: str, text: Text | str) -> Finding:
    """All is well with it."""
    return Finding(Level.OK, subject, text if isinstance(text, Text) else Text(text, text))


def found(level: Level, subject: str, code: str, **facts: object) -> Finding:
    """Something is not; a fact that is an `UlakError` is said in its own words."""
    said = {name: fact.text if isinstance(fact, UlakError) else fact for name, fact in facts.items()}
    error = error_of(UlakError, PROBLEMS, code, where="", line=None, **said)
    return Finding(level, subject, error.text, error.repair, code)
