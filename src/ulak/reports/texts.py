"""Text and numbers as a report writes them: canonical XML (C14N 1.0), decimals within the schema's limits."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

__all__ = ["amount", "attribute", "day", "element", "exact", "moment_of_day", "number", "rate", "text"]

_SPECIAL: Final = re.compile("[&<>\r]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_IN_ATTRIBUTES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
)
_PLAIN: Final = re.compile(r"-?\d{1,16}\.\d\d")
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?")
_TIME: Final = re.compile(r"((?:[01]\d|2[0-3])(?::[0-5]\d){2})(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_LONGEST: Final = 40


def text(value: str) -> str:
    """A text as canonical XML writes it.

    >>> text("A & B")
    'A &amp; B'
    """
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


def attribute(value: str) -> str:
    """A value of an attribute as canonical XML writes it."""
    return value.translate(_IN_ATTRIBUTES)


def element(name: str, value: str) -> str:
    """An element with a text."""
    return f"<{name}>{text(value)}</{name}>"


def number(value: str) -> Decimal | None:
    """A finite decimal; None for anything else."""
    if len(value) > _LONGEST:
        return None
    try:
        made = Decimal(value.strip())
    except InvalidOperation:
        return None
    return made if made.is_finite() else None


def amount(value: str) -> str | None:
    """An amount with two decimals, half up; None if it is none or has more than 18 digits.

    >>> amount("12.345"), amount("7"), amount("x")
    ('12.35', '7.00', None)
    """
    if _PLAIN.fullmatch(value):
        return value
    return exact(number(value), 2)


def exact(value: Decimal | None, places: int, digits: int = 18) -> str | None:
    """A number with so many decimals, half up; None if it has more digits in all than the schema takes."""
    if value is None or value.adjusted() > digits:
        return None
    made = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return None if len(made.as_tuple().digits) > digits else f"{made:f}"


@lru_cache(maxsize=4096)
def rate(value: str, most: int = 300) -> str | None:
    """A rate in percent with as many decimals as it needs, at most three; None outside 0 … ``most``.

    >>> rate("20.00"), rate("8.5"), rate("-1")
    ('20', '8.5', None)
    """
    made = number(value)
    if made is None or not 0 <= made <= most:
        return None
    short = made.quantize(Decimal("0.001"), ROUND_HALF_UP).normalize()
    return f"{short:f}"


@lru_cache(maxsize=4096)
def day(value: str) -> str | None:
    """A date without its time zone; None if it is none."""
    found = _DAY.fullmatch(value)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def moment_of_day(value: str) -> str | None:
    """A time to the second without its time zone; None if it is none."""
    found = _TIME.fullmatch(value)
    return found[1] if found else None
