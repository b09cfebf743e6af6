"""CSV of any program: its encoding, its separator, its rows.

Excel in Türkiye writes semicolons and Windows-1254; older programs write the DOS code page 857; exports of the web are
UTF-8 with or without a mark, "Unicode text" is UTF-16 with tabs.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from ulak_server.books.importing.problems import fault

__all__ = ["csv_rows", "decoded", "delimiter_of"]

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TURKISH: Final = frozenset("çğıöşüÇĞİÖŞÜâîû")
_ODD: Final = frozenset("¤¦¨©ª«¬®¯±²³´µ¶¸¹º»¼½¾¿×÷‡ˆ‰ŒœŠŸƒ†│┤┐└┴┬├─┼╣║╗╝╚╔╩╦╠═╬░▒▓█▄▀■¡¢£¥§ðÐþÞýÝ")
_CANDIDATES: Final = ("cp1254", "cp857")
_DELIMITERS: Final = ";\t,|"
_LOOKED_AT: Final = 50


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and the encoding that it was in.

    >>> decoded("Şişli;ığdır".encode("cp1254"))
    ('Şişli;ığdır', 'cp1254')
    >>> decoded("Şişli;ığdır".encode("utf-16"))[0]
    'Şişli;ığdır'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding.removesuffix("-sig")
    if data[:200].count(b"\0") > len(data[:200]) // 4:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # The first half of a character that the end of the file has cut off still lets it be UTF-8.
        best = max(_CANDIDATES, key=lambda one: _likeness(data, one))
        return data.decode(best, "replace"), best


def _likeness(data: bytes, encoding: str) -> int:
    """How much a text looks Turkish in an encoding."""
    letters = Counter(data[:200_000].decode(encoding, "replace"))
    return sum(
        count * (2 if letter in _TURKISH else -1 if letter in _ODD or letter == "\ufffd" else 0)
        for letter, count in letters.items()
    )


def delimiter_of(text: str) -> str:
    """What stands between the cells: the sign that parts the first rows most evenly."""
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


def csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows by their numbers.

    Raises:
        ImportFault: ``import.unreadable``.
    """
    text, _ = decoded(data)
    text = text.replace("\0", "")
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, 1):
            if number == 1 and len(row) <= 2 and row and row[0].lower().startswith("sep"):
                continue
            yield number, row
    except csv.Error:
        raise fault("import.unreadable") from None
