"""Text of strangers made fit for paper: nothing invisible that changes its order, no word wider than its place."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LONGEST_TEXT", "fitted", "plain"]

LONGEST_TEXT: Final = 20_000
"""Letters of one value that are shown; what is longer ends with an ellipsis, the whole stands in the attached XML."""

# Controls, marks that turn the direction of what follows (a number could read backwards), and non-characters.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")
_LINES: Final = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BREAK: Final = "\u200b"


def plain(text: str) -> str:
    """The text without characters that are not seen.

    >>> plain("Tutar \u202e00,1\u202c ₺\\x07\\r\\nson")
    'Tutar 00,1 ₺\\nson'
    """
    if text.isascii() and text.isprintable():
        return text[:LONGEST_TEXT]
    cut = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    return _UNSEEN.sub("", _LINES.sub("\n", cut)).replace("\t", " ")


def fitted(text: str, letters: int) -> str:
    """The text with places to break in words of more letters than fit on a line.

    >>> fitted("bir AAAAAAAAAA", 4).split("\u200b")
    ['bir AAAA', 'AAAA', 'AA']
    """
    clean = plain(text)
    if len(clean) <= letters:
        return clean
    return re.sub(rf"\S{{{letters}}}(?=\S)", lambda found: found[0] + _BREAK, clean)
