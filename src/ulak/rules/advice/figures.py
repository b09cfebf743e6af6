"""Numbers of a document, and how exactly they are stated.

Nothing here rounds: an amount is compared with what it should be within half a kuruş for each rounding on the way.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

__all__ = ["CONTEXT", "HALF", "ZERO", "Figure", "blur", "close", "content", "figure", "money", "near"]

CONTEXT: Final = Context(prec=100, rounding=ROUND_HALF_UP, traps=[])
"""The arithmetic of all checks, whatever context the caller has set."""
HALF: Final = Decimal("0.005")
"""Half a kuruş: the most that one rounding to two decimals changes."""
ZERO: Final = Decimal(0)

_CENT: Final = Decimal("0.01")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_LONGEST: Final = 80


class Figure(NamedTuple):
    """A number and the element that states it."""

    value: Decimal
    node: etree._Element

    @property
    def text(self) -> str:
        return content(self.node)

    @property
    def currency(self) -> str:
        return self.node.get("currencyID") or ""


def content(node: etree._Element) -> str:
    """The text of an element without surrounding space and without comments inside it."""
    if len(node):
        return etree.tostring(node, method="text", encoding="unicode", with_tail=False).strip()
    return (node.text or "").strip()


def figure(node: etree._Element | None) -> Figure | None:
    """The number in ``node``; None if there is none, which the XSD complains of."""
    if node is None:
        return None
    value = _parse(content(node) if len(node) else node.text or "")
    return None if value is None else Figure(value, node)


@lru_cache(maxsize=65536)
def _parse(text: str) -> Decimal | None:
    """A document repeats its rates and many of its amounts."""
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    return Decimal(text)


def near(left: Decimal, right: Decimal, roundings: int = 1) -> bool:
    """Whether two amounts are equal but for so many roundings to kuruş."""
    return abs(left - right) <= HALF * roundings


def close(value: Decimal, candidates: set[Decimal], roundings: int = 1) -> bool:
    """Whether an amount is one of several that would be right."""
    return any(near(value, each, roundings) for each in candidates)


def blur(value: Decimal, exact: int) -> Decimal:
    """How far a stated number may lie from the one it was rounded from.

    A number with at most ``exact`` decimals is taken at its word; one with more was probably rounded to that many.

    >>> blur(Decimal("12.50"), 2), blur(Decimal("8.3333"), 2)
    (Decimal('0'), Decimal('0.00005'))
    """
    exponent = value.normalize(CONTEXT).as_tuple().exponent
    if not isinstance(exponent, int) or -exponent <= exact:
        return ZERO
    return Decimal(5).scaleb(exponent - 1, CONTEXT)


def money(value: Decimal) -> str:
    """An amount as a document would state it.

    >>> money(Decimal("12.345"))
    '12.35'
    """
    return f"{value.quantize(_CENT, context=CONTEXT):f}"
