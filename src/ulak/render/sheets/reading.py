"""Looking into a document by prefixed names. What is missing is an empty text: a faulty document can be shown too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

from lxml import etree

from ulak.ubl.names import clark

__all__ = ["Node", "day_in", "decimal_in", "each", "moment_in", "one", "path", "text", "texts"]

Node = etree._Element
_TURKEY: Final = timezone(timedelta(hours=3))
_LARGEST: Final = 30
"""Digits before the point beyond which a number is only text."""


@cache
def path(names: str) -> str:
    """A path of prefixed names as lxml looks for it."""
    return "/".join(_steps(names))


@cache
def _steps(names: str) -> tuple[str, ...]:
    return tuple(clark(name) for name in names.split("/"))


def one(node: Node | None, names: str) -> Node | None:
    """The first element at a path such as ``cac:Party/cac:PartyName``."""
    if node is None:
        return None
    start = node
    # Step by step takes half of the time of `find`, which is asked only where the first branch leads nowhere.
    for at, step in enumerate(_steps(names)):
        child = next(node.iterchildren(step), None)
        if child is None:
            return start.find(path(names)) if at else None
        node = child
    return node


def each(node: Node | None, names: str) -> list[Node]:
    """All elements at a path."""
    return [] if node is None else node.findall(path(names))


def text(node: Node | None, names: str = ".") -> str:
    """The text of the first element at a path, blanks around it gone."""
    found = node if names == "." else one(node, names)
    return "" if found is None else (found.text or "").strip()


def texts(node: Node | None, names: str) -> tuple[str, ...]:
    """The texts of all elements at a path that have one."""
    return tuple(said for found in each(node, names) if (said := (found.text or "").strip()))


def decimal_in(said: str) -> Decimal | None:
    """The number that a text is; None if it is none, or beyond what a person can read."""
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _LARGEST else None


def day_in(said: str) -> date | None:
    """The day of an ``xsd:date``, whatever zone it names."""
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def moment_in(day: str, clock: str) -> datetime | None:
    """A document's date and time, which GİB's documents give in Turkish time; midnight where no time is said."""
    found = day_in(day)
    if found is None:
        return None
    try:
        at = time.fromisoformat(clock[:8])
    except ValueError:
        at = time(0)
    return datetime.combine(found, at, _TURKEY)
