"""Numbers as people and programs write them: ``1.234,56``, ``1,234.56``, ``₺ 1 234,5``, ``%18``, ``(12,50)``.

Only one thing can be doubtful: a single separator with three digits behind it (``1.234``). It is taken by the
convention of the file, which `convention_of` finds out from all its values; people in Türkiye mean a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

__all__ = ["Convention", "NotANumber", "convention_of", "decimal_of", "is_doubtful", "tidy"]

Convention = Literal["comma", "point"]
"""What stands before the decimals."""
_MOST: Final = 60
_BLANKS: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f'\u2019`]")
_SIGN: Final = r"(?:TRY|TL|USD|EUR|GBP|₺|\$|€|£|%)"
_SIGNS: Final = re.compile(rf"^(-?){_SIGN}|{_SIGN}(-?)$", re.IGNORECASE)
_BODY: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]{1,2})?|[.,][0-9]+")
_DOUBTFUL: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_MINUS: Final = str.maketrans({"\u2212": "-", "\u2013": "-"})


class NotANumber(ValueError):
    """It cannot be read as a number."""


def decimal_of(text: str, convention: Convention = "comma") -> Decimal:
    """The number that a text means.

    Raises:
        NotANumber: it means none.

    >>> decimal_of("1.234,50 ₺"), decimal_of("1,234.5"), decimal_of("1.234"), decimal_of("1.234", "point")
    (Decimal('1234.50'), Decimal('1234.5'), Decimal('1234'), Decimal('1.234'))
    >>> decimal_of("(12,5)"), decimal_of("12-"), decimal_of("%20")
    (Decimal('-12.5'), Decimal('-12'), Decimal('20'))
    """
    body, negative = _stripped(text)
    if not _BODY.fullmatch(body):
        raise NotANumber(text)
    try:
        found = Decimal(_plain(body, convention))
    except InvalidOperation:
        raise NotANumber(text) from None
    return -found if negative else found


def is_doubtful(text: str) -> bool:
    """Whether the convention decides what a text means."""
    return _DOUBTFUL.fullmatch(_stripped(text)[0]) is not None


def convention_of(texts: Iterable[str]) -> Convention | None:
    """The convention that the numbers of a file follow; None if none of them tells."""
    votes = {",": 0, ".": 0}
    for text in texts:
        body = _stripped(text)[0].partition("e")[0].partition("E")[0]
        if not _BODY.fullmatch(body) or _DOUBTFUL.fullmatch(body):
            continue
        marks = [one for one in body if one in ",."]
        if len(set(marks)) == 2 or len(marks) == 1:
            votes[marks[-1]] += 1
        elif marks:
            votes["," if marks[0] == "." else "."] += 1
    if votes[","] == votes["."]:
        return None
    return "comma" if votes[","] > votes["."] else "point"


def tidy(value: Decimal) -> str:
    """A number as the friendly JSON has it: plain digits, no superfluous zeros.

    >>> tidy(Decimal("1E+3")), tidy(Decimal("2.50")), tidy(Decimal("-0.0"))
    ('1000', '2.5', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _stripped(text: str) -> tuple[str, bool]:
    """What is left without blanks, signs of money and the minus; whether there was one."""
    if len(text) > _MOST:
        return "", False
    body = _SIGNS.sub(r"\1\2", _BLANKS.sub("", text.translate(_MINUS)))
    negative = False
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1], True
    if body.startswith("-") or (body.endswith("-") and len(body) > 1):
        body = body.removeprefix("-") if body.startswith("-") else body.removesuffix("-")
        negative = not negative
    return body.removeprefix("+"), negative


def _plain(body: str, convention: Convention) -> str:
    """The number as Python reads it."""
    marks = [one for one in body if one in ",."]
    if not marks:
        return body
    if len(set(marks)) == 2:
        return _grouped(body, marks[-1])
    if len(marks) > 1:
        return _grouped(body, "")
    if _DOUBTFUL.fullmatch(body):
        is_decimal = marks[0] == ("," if convention == "comma" else ".")
        return body.replace(",", ".") if is_decimal else _grouped(body, "")
    return body.replace(",", ".")


def _grouped(body: str, mark: str) -> str:
    """A number whose other separators part thousands."""
    whole, point, decimals = body.rpartition(mark) if mark else (body, "", "")
    whole, decimals = (whole, decimals) if mark else (body, "")
    if mark in whole and mark:
        raise NotANumber(body)
    groups = re.split("[.,]", whole)
    if not 1 <= len(groups[0]) <= 3 or any(len(one) != 3 for one in groups[1:]):
        raise NotANumber(body)
    return "".join(groups) + ("." + decimals if point else "")
