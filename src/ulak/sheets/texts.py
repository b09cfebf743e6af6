"""CSV of any program: its encoding and its separator.

Excel in Türkiye writes semicolons and Windows-1254; older programs write the DOS code page 857; exports of the web are
UTF-8 with or without a mark, "Unicode text" is UTF-16 with tabs.
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import Final

__all__ = ["delimiter_of", "encoding_of", "text_of"]

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TURKISH: Final = frozenset("çğıöşüÇĞİÖŞÜâîû")
_ODD: Final = frozenset("¤¦¨©ª«¬®¯±²³´µ¶¸¹º»¼½¾¿×÷‡ˆ‰ŒœŠŸƒ†│┤┐└┴┬├─┼╣║╗╝╚╔╩╦╠═╬░▒▓█▄▀■¡¢£¥§ðÐþÞýÝ")
_CANDIDATES: Final = ("cp1254", "cp857")
_DELIMITERS: Final = ";\t,|"
_LOOKED_AT: Final = 50
_CUT_OFF: Final = 3
"""Bytes at the end of a piece that may be the first of a character whose last are in the next."""


def encoding_of(data: bytes) -> str:
    """The encoding of a text, judged by its beginning.

    >>> encoding_of("Şişli;ığdır".encode("cp1254")), encoding_of("Şişli;ığdır".encode("cp857"))
    ('cp1254', 'cp857')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data[:200].count(b"\0") > len(data[:200]) // 4:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data) - _CUT_OFF or error.reason == "invalid start byte":
            return max(_CANDIDATES, key=lambda one: _likeness(data, one))
    return "utf-8"


def text_of(data: bytes) -> tuple[str, str]:
    """A whole text without its mark, and the encoding that it was in; what cannot be read is U+FFFD.

    >>> text_of("Şişli;ığdır".encode("utf-16"))[0]
    'Şişli;ığdır'
    """
    encoding = encoding_of(data)
    return data.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace"), encoding


def _likeness(data: bytes, encoding: str) -> int:
    """How much a text looks Turkish in an encoding."""
    letters = Counter(data[:200_000].decode(encoding, "replace"))
    return sum(
        count * (2 if letter in _TURKISH else -1 if letter in _ODD or letter == "\ufffd" else 0)
        for letter, count in letters.items()
    )


def delimiter_of(text: str) -> str:
    """What stands between the cells: the sign that parts the first rows most evenly.

    >>> delimiter_of("Fiş No;Tutar\\n1;1,50\\n"), delimiter_of("sep=|\\na|b")
    (';', '|')
    """
    first, _, _ = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4]
    lines = [line for line in text[:200_000].splitlines()[:_LOOKED_AT] if line.strip()]
    return max(_DELIMITERS, key=lambda one: _evenness(lines, one))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]))
    return (count / len(lines) if width > 1 else 0.0), -_DELIMITERS.index(delimiter)
