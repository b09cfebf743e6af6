"""What people type, and what it means: numbers, days as 22.11.2026, plain text.

What cannot be understood is not lost: it is kept as it was typed, behind a mark that no reader takes for a value.

>>> number("1.234,56"), number("1234.5"), number("%18")
('1234.56', '1234.5', '?%18')
>>> day("5.9.2026"), day("31.06.2026")
('2026-09-05', '?31.06.2026')
>>> shown_number("1234567.5"), shown_number("?abc"), shown_day("2026-09-05")
('1.234.567,5', 'abc', '05.09.2026')
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from ulak_server import numerals

__all__ = [
    "MARK",
    "clean",
    "day",
    "doubtful",
    "is_kept",
    "kept",
    "moment",
    "number",
    "shown_day",
    "shown_moment",
    "shown_number",
    "typed",
    "unprintable",
]

MARK: Final = "?"
"""Stands before what was typed into a field of numbers or days and could not be understood."""
_LONGEST: Final = 60
_BLANKS: Final = re.compile(r"[\s\u00a0\u2007\u202f₺$€£]+|TL$|TRY$", re.IGNORECASE)
_THOUSANDTHS: Final = re.compile(r"(?<=\.[0-9]{3})0$")
"""The nought that `ulak_server.numerals.shown` puts behind thousandths."""
_DAYS: Final = (
    re.compile(r"(?P<d>[0-9]{1,2})[./ -](?P<m>[0-9]{1,2})[./ -](?P<y>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})"),
)
_MOMENT: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.]([0-5][0-9])(?:\.[0-9]+)?)?")
_CENTURY: Final = 2000
_UNPRINTABLE: Final = re.compile(
    "[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_LAYOUT: Final = re.compile(r"[\t\r\n\u2028\u2029]+")


def kept(text: str) -> str:
    """What was typed, marked as not understood."""
    return MARK + text[:_LONGEST]


def is_kept(value: object) -> bool:
    """Whether a value is what somebody typed and nobody understood."""
    return isinstance(value, str) and value.startswith(MARK)


def typed(value: object) -> str:
    """A value as it was typed, if it was not understood; else as it stands."""
    text = "" if value is None else str(value)
    return text[1:] if is_kept(value) else text


def number(text: str) -> str:
    """A number as JSON writes it; `kept` if it is none.

    How they are written depends on the page: `ulak_server.numerals`.
    """
    plain = numerals.plain(_bare(text)) if len(text) <= _LONGEST else None
    if plain is None:
        return kept(text)
    value = Decimal(_THOUSANDTHS.sub("", plain))
    return format(value, "f") if value else "0"


def _bare(text: str) -> str:
    return _BLANKS.sub("", text[: _LONGEST + 1]).replace("\u2212", "-")


def doubtful(value: object) -> tuple[str, str] | None:
    """What a kept value could mean, as JSON writes numbers: `ulak_server.numerals.doubtful`."""
    return numerals.doubtful(_bare(typed(value))) if is_kept(value) else None


def shown_number(value: object) -> str:
    """A number as people read it, with all the digits that were given."""
    return typed(value) if value is None or is_kept(value) else numerals.shown(str(value))


def day(text: str) -> str:
    """A day as JSON writes it; `kept` if there is no such day."""
    plain = text.strip()
    for form in _DAYS:
        if found := form.fullmatch(plain):
            year = int(found["y"]) + (_CENTURY if len(found["y"]) == 2 else 0)
            try:
                return date(year, int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                break
    return kept(plain)


def shown_day(value: object) -> str:
    """A day as people read it."""
    if value is None or is_kept(value):
        return typed(value)
    parts = str(value).split("-")
    return ".".join(reversed(parts)) if len(parts) == 3 else str(value)


def moment(text: str) -> str:
    """A time of day as JSON writes it; `kept` if it is none."""
    found = _MOMENT.fullmatch(text.strip())
    return f"{int(found[1]):02}:{found[2]}:{found[3] or '00'}" if found else kept(text.strip())


def shown_moment(value: object) -> str:
    """A time of day as people read it: without seconds where they are nought."""
    text = typed(value)
    return text[:5] if re.fullmatch(r"[0-9]{2}:[0-9]{2}:00(?:\.0+)?", text) else text


def clean(text: str) -> str:
    """Text as a document can hold it: one line, without characters that nobody sees."""
    return " ".join(_UNPRINTABLE.sub("", _LAYOUT.sub(" ", text)).split())


def unprintable(text: str) -> bool:
    """Whether text holds characters that XML cannot hold or that nobody sees."""
    return bool(_UNPRINTABLE.search(text))
