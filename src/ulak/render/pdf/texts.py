"""Text of strangers made fit for paper: nothing invisible that changes its order, no word wider than its place."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LONGEST_TEXT", "fit", "is_one_line", "plain", "width_of"]

LONGEST_TEXT: Final = 20_000
"""Letters of one value that are shown; what is longer ends with an ellipsis, the whole stands in the attached XML."""

# Controls, marks that turn the direction of what follows (a number could read backwards), and non-characters.
_UNSEEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")
_LINES: Final = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BREAK: Final = "\u200b"
_EM: Final = 2.83
"""Millimetres of an em at the table's 8 points."""
_CLASSES: Final = (
    (0.33, " fıijlIİ.,:;'|!()[]-·\n"),
    (0.45, 'rsştz/?"*'),
    (0.54, "acçegğkvyxEFJLVYX0123456789₺$€_#+=<>–"),
    (0.64, "bdhnoöpuüqABCÇDGĞKPRSŞTZ&"),
    (0.75, "HMNOÖUÜQw"),
)
_WIDEST: Final = 1.1


class _Widths(dict[str, float]):
    """How wide letters are, in em: those of Source Sans in its heavier cut, rounded up; others are as wide as any."""

    def __missing__(self, letter: str) -> float:
        return _WIDEST


_WIDTH: Final = _Widths({letter: width for width, letters in _CLASSES for letter in letters}).__getitem__
_CAPITAL: Final = 0.75


def plain(text: str) -> str:
    """The text without characters that are not seen.

    >>> plain("Tutar \u202e00,1\u202c ₺\\x07\\r\\nson")
    'Tutar 00,1 ₺\\nson'
    """
    if text.isprintable():
        return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    cut = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    return _UNSEEN.sub("", _LINES.sub("\n", cut.replace("\t", " ")))


def width_of(text: str) -> float:
    """Millimetres that a text takes at 8 points, or somewhat less."""
    return sum(map(_WIDTH, text)) * _EM


def is_one_line(text: str, room: float) -> bool:
    """Whether a text certainly fits on one line of so many millimetres."""
    return "\n" not in text and width_of(text) <= room


def fit(text: str, room: float) -> str:
    """The cleaned text, with places to break in words that are wider than so many millimetres at 8 points.

    >>> fit("bir AAAAAAAAAA", 10).split("​")
    ['bir AAAA', 'AAAA', 'AA']
    """
    clean = plain(text)
    if len(clean) * _WIDEST * _EM <= room or width_of(clean) <= room:
        return clean
    letters = max(1, int(room / (_EM * _CAPITAL)))
    return re.sub(rf"\S{{{letters}}}(?=\S)", lambda found: found[0] + _BREAK, clean)
