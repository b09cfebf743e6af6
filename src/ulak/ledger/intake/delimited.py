"""CSV of any program as neutral rows: quickly where no quotation mark is in it, exactly where there are some.

A row's number is that of the record, as a spreadsheet program counts it. No row is lost: what cannot be parted is
parted as if its quotation marks were letters, and told.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ulak.ledger.intake.fields import HEADINGS, folded_heading
from ulak.ledger.intake.neutral import Fault, NeutralFile
from ulak.ledger.intake.problems import problem
from ulak.sheets import delimiter_of, encoding_of

__all__ = ["Delimited"]

_PIECE: Final = 1024 * 1024
_HEAD: Final = 256 * 1024
_CONTROL: Final = bytes((*range(9), 11, 12, *range(14, 32), 127))
_HEADINGS: Final = 64 * 1024
_LOOKED_AT: Final = 30
_LEAST_KNOWN: Final = 2
_MOST_LINES: Final = 50
"""Lines a single cell may have before its quotation mark counts as forgotten."""
_MOST_FORGOTTEN: Final = 200
"""Forgotten quotation marks of a file, after which none is waited for: each costs the lines behind it once more."""
_LONGEST_LINE: Final = 4 * 1024 * 1024
"""Letters of a line; nobody's row is as long, and all of it would have to be held."""
_NO_TEXTS: Final = ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
"""Codecs of Python's in which no program exports, and that are slow or give what is no text."""


class Delimited:
    """A CSV file; ``encoding`` and ``separator`` as they are taken.

    Raises:
        InputError: ``ledger.input.encoding``, ``ledger.input.empty``.
    """

    kind: Final = "csv"

    def __init__(self, path: Path, encoding: str = "auto", separator: str = "auto") -> None:
        self._path = path
        with path.open("rb") as file:
            head = file.read(_HEAD)
        self.encoding = encoding_of(head) if encoding == "auto" else _known(encoding)
        try:
            text = codecs.getincrementaldecoder(self.encoding)("replace").decode(head).lstrip("\ufeff")
        except UnicodeError:
            raise problem("ledger.input.encoding", encoding=encoding) from None
        if not text.strip():
            raise problem("ledger.input.empty")
        self.separator = _separator_of(text) if separator == "auto" else _one_letter(separator)
        self._old_mac = "\n" not in text
        self._forgotten = 0

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        """The first rows by their numbers, blank ones left out."""
        found: list[tuple[int, list[str]]] = []
        for number, cells, _ in self._exact():
            if any(one.strip() for one in cells):
                found.append((number, cells))
            if len(found) == count or number > count * 100:
                break
        return found

    def write(self, target: NeutralFile, after: int) -> None:
        """The rows behind a row."""
        if self._has_quotes():
            for number, cells, is_whole in self._exact():
                if number > after and cells:
                    if not is_whole:
                        target.faults.append(Fault(number, 0, "ledger.cell.quotes", self.separator.join(cells)[:200]))
                    target.add(number, cells)
        else:
            self._write_plain(target, after)
        target.flush()

    def _has_quotes(self) -> bool:
        mark = '"'.encode(self.encoding.replace("utf-16", "utf-16-le") if self.encoding == "utf-16" else self.encoding)
        with self._path.open("rb") as file:
            return any(mark in piece for piece in iter(lambda: file.read(_PIECE), b""))

    def _pieces(self) -> Iterator[str]:
        """The text in pieces, without its mark; line ends are line feeds."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        first = True
        held = ""
        with self._path.open("rb") as file:
            while piece := file.read(_PIECE):
                text = held + decoder.decode(piece)
                # A carriage return at the end may be the first half of a line end.
                held = "\r" if text.endswith("\r") else ""
                text = text.removesuffix("\r") if held else text
                yield self._lined(text.removeprefix("\ufeff") if first else text)
                first = first and not text
        yield self._lined(held + decoder.decode(b"", final=True))

    def _lined(self, text: str) -> str:
        text = text.replace("\r\n", "\n")
        return text.replace("\r", "\n") if self._old_mac else text

    def _lines(self) -> Iterator[str]:
        left = ""
        for piece in self._pieces():
            *lines, left = (left + piece).split("\n")
            _refuse_endless(left)
            yield from lines
        if left:
            yield left

    # -- no quotation mark in the whole file ---------------------------------------------------------------------------

    def _write_plain(self, target: NeutralFile, after: int) -> None:
        number, left = 0, ""
        for piece in self._pieces():
            text, _, left = (left + piece).rpartition("\n")
            _refuse_endless(left)
            if text:
                number = self._write_lines(target, text, number, after)
        if left:
            self._write_lines(target, left, number, after)

    def _write_lines(self, target: NeutralFile, text: str, number: int, after: int) -> int:
        """The lines of a piece, the first of them having the next number; gives the number of the last one."""
        raw = text.encode("utf-8", "replace")
        lines = raw.split(b"\n")
        last = number + len(lines)
        clean = len(raw.translate(None, _CONTROL)) == len(raw) and "\ufffd" not in text and "\ufffe" not in text
        between = self.separator.encode()
        if clean and "\r" not in text and "\uffff" not in text and max(map(len, lines)) < 10_000:
            raw = raw.replace(between, b"\x1f").replace(b"\xc2\xa0", b" ").replace(b"\t", b" ")
            rows = [(at, line) for at, line in enumerate(raw.split(b"\n"), number + 1) if line and at > after]
            odd = target.width - 1
            if all(line.count(b"\x1f") == odd for _, line in rows):
                target.add_clean(rows)
                return last
        for at, line in enumerate(text.split("\n"), number + 1):
            if line.strip() and at > after:
                target.add(at, line.split(self.separator))
        return last

    # -- with quotation marks ------------------------------------------------------------------------------------------

    def _exact(self) -> Iterator[tuple[int, list[str], bool]]:
        """The records by their numbers, their cells, and whether their quotation marks matched."""
        number = 0
        waiting: list[str] = []
        for line in self._lines():
            waiting.append(line)
            while waiting:
                found = self._record(waiting)
                if found is None:
                    break
                number += 1
                cells, is_whole, used = found
                del waiting[:used]
                if number > 1 or not _is_announcement(cells):
                    yield number, cells, is_whole
        while waiting:
            number += 1
            cells, is_whole, used = self._record(waiting, at_end=True) or ([], False, 1)
            del waiting[:used]
            yield number, cells, is_whole

    def _record(self, lines: list[str], at_end: bool = False) -> tuple[list[str], bool, int] | None:
        """The first record of some lines, whether it is whole, how many lines it takes; None: more are needed."""
        if '"' not in lines[0]:
            return lines[0].split(self.separator) if lines[0] else [], True, 1
        if len(lines) > 1 and '"' not in lines[-1] and self._waits(lines, at_end):
            # A cell that is open stays open over a line without a quotation mark.
            return None
        try:
            return next(csv.reader(["\n".join(lines)], delimiter=self.separator, strict=True)), True, len(lines)
        except csv.Error as error:
            is_open = "end of data" in str(error)
        if is_open and self._waits(lines, at_end):
            return None
        self._forgotten += 1
        return [one.strip('"') for one in lines[0].split(self.separator)], False, 1

    def _waits(self, lines: list[str], at_end: bool) -> bool:
        """Whether the end of a cell is waited for."""
        return len(lines) < _MOST_LINES and not at_end and self._forgotten < _MOST_FORGOTTEN


def _refuse_endless(left: str) -> None:
    if len(left) > _LONGEST_LINE:
        raise problem("ledger.input.unreadable", detail=f"> {_LONGEST_LINE // 1024**2} MiB: {left[:40]}…")


def _one_letter(separator: str) -> str:
    """A separator as a mapping names it.

    Raises:
        InputError: ``ledger.input.mapping``.
    """
    if len(separator) != 1 or separator in '"\r\n\0':
        raise problem("ledger.input.mapping", detail=f"separator = {separator!r}")
    return separator


def _separator_of(text: str) -> str:
    """What stands between the cells: what parts a line into known headings, else what parts all lines most evenly.

    Decimal commas part lines evenly, too.
    """
    lines = text[:_HEADINGS].splitlines()[:_LOOKED_AT]
    known = {one: max(_known_headings(line, one) for line in lines) for one in ";\t,|"}
    best = max(known, key=lambda one: known[one])
    return best if known[best] >= _LEAST_KNOWN else delimiter_of(text)


def _known_headings(line: str, separator: str) -> int:
    return sum(1 for one in line.split(separator) if folded_heading(one.strip('"')) in HEADINGS)


def _is_announcement(cells: list[str]) -> bool:
    """Whether it is the line by which Excel is told the separator."""
    return len(cells) <= 2 and bool(cells) and cells[0].strip().lower().startswith("sep=")


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        b"\xff\xfe".decode(name, "replace")
    except (LookupError, ValueError):
        raise problem("ledger.input.encoding", encoding=encoding) from None
    if name in _NO_TEXTS:
        raise problem("ledger.input.encoding", encoding=encoding)
    return name
