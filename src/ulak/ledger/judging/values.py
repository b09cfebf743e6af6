"""Values as XPath 2 takes them: the casts that rules on whole books make, and where they stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Final

from ulak.ledger.reading.streaming import Node
from ulak.rules.functions import to_double

__all__ = ["EXACT", "Stop", "decimal_of", "double_of", "groups", "normal", "one", "string", "strings"]

EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Adds without rounding."""
_BLANK: Final = " \t\r\n"
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


class Stop(Exception):
    """A value is not what the rule wants; the rule cannot be evaluated there."""


def string(node: Node) -> str:
    """The string value of an element."""
    return "".join(map(str, node.itertext())) if len(node) else node.text or ""


def strings(node: Node, tag: str) -> list[str]:
    """The string values of an element's children of that name."""
    return [string(child) for child in node.iterchildren(tag)]


def groups(node: Node, tag: str) -> Iterator[list[str]]:
    """For each element in ``node``, itself included, that has children of that name: their string values."""
    found = list(node.iter(tag))
    if len(found) == 1:
        yield [string(found[0])]
        return
    by_parent: dict[Node | None, list[str]] = {}
    for each in found:
        by_parent.setdefault(each.getparent(), []).append(string(each))
    yield from by_parent.values()


def one(values: list[str]) -> str:
    """The only value; empty if there is none.

    Raises:
        Stop: there are several.
    """
    if len(values) > 1:
        raise Stop
    return values[0] if values else ""


def normal(text: str) -> str:
    """``normalize-space``."""
    return _BLANKS.sub(" ", text.strip(_BLANK))


def double_of(text: str) -> float:
    """The ``xs:double`` that an untyped value is cast to.

    Raises:
        Stop: it is none.
    """
    value = to_double(text)
    if value != value and text.strip(_BLANK) != "NaN":
        raise Stop
    return value


def decimal_of(text: str) -> Decimal:
    """The ``xs:decimal`` that an untyped value is cast to.

    Raises:
        Stop: it is none.
    """
    text = text.strip(_BLANK)
    if not _DECIMAL.fullmatch(text):
        raise Stop
    return Decimal(text)
