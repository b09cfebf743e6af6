"""Any file as rows of plain cells in one form that DuckDB reads without guessing: no quotation marks, no escapes.

A row is ``place␟number␟cell␟cell…``, place counting what follows each other and number being the row as the file's
owner counts it. Numbers and days that the source knows as such are marked, so that ``1.5`` of a spreadsheet is never
taken for fifteen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO, Final, NamedTuple

from ulak.ledger.intake.problems import problem

__all__ = [
    "BETWEEN",
    "DAY",
    "LONGEST",
    "LONGEST_ROW",
    "MOST_COLUMNS",
    "NUMBER",
    "Fault",
    "Faults",
    "NeutralFile",
    "cell",
    "cleaned",
]

BETWEEN: Final = "\x1f"
NUMBER: Final = "\x1c"
DAY: Final = "\x1d"
MOST_COLUMNS: Final = 500
LONGEST: Final = 10_000
"""Letters of a cell."""
LONGEST_ROW: Final = 1_000_000
"""Bytes of a row."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANK: Final = re.compile("[\r\n\t\u00a0\u2007\u2028\u2029\u202f]+")
_SURE_DIGITS: Final = 15
_AT_ONCE: Final = 4_000
_SHOWN: Final = 200
_MOST_FAULTS: Final = 1_000_000


class Fault(NamedTuple):
    """Something wrong with a row before its cells mean anything; ``column`` counts from 1, 0: the whole row."""

    row: int
    column: int
    code: str
    value: str


class Faults:
    """Faults written as they come, in the form of rows: nobody knows how many a stranger's file has."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._waiting: list[str] = []
        self.count = 0

    def append(self, fault: Fault) -> None:
        """Raises `InputError` ``ledger.input.too-many-faults``."""
        self.count += 1
        if self.count > _MOST_FAULTS:
            raise problem("ledger.input.too-many-faults", limit=_MOST_FAULTS)
        value = _BLANK.sub(" ", _CONTROL.sub("\u25a1", fault.value[:_SHOWN]))
        self._waiting.append(BETWEEN.join((str(fault.row), str(fault.column), fault.code, value)))
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self._target.write(("\n".join(self._waiting) + "\n").encode("utf-8", "replace"))
            self._waiting.clear()
        self._target.flush()


class NeutralFile:
    """Rows written as they come; ``faults`` takes what was wrong with them."""

    def __init__(self, target: BinaryIO, width: int, faults: Faults, told: Callable[[int], None] | None = None) -> None:
        self._target, self.width, self.faults, self._told = target, width, faults, told
        self._waiting: list[str] = []
        self.rows = 0

    def add(self, number: int, cells: Iterable[str]) -> None:
        """A row, cut or filled to the width; its cells are cleaned."""
        tidy = [self._clean(number, place, one) for place, one in enumerate(cells, 1)]
        if len(tidy) > self.width:
            if extra := "".join(tidy[self.width :]).strip():
                self.faults.append(Fault(number, 0, "ledger.cell.too-many-cells", extra[:200]))
            del tidy[self.width :]
        if sum(map(len, tidy)) * 4 > LONGEST_ROW:
            self.faults.append(Fault(number, 0, "ledger.cell.long", "".join(tidy)[:80]))
            tidy = [one[: LONGEST_ROW // 4 // self.width] for one in tidy]
        self.rows += 1
        start = f"{self.rows}{BETWEEN}{number}{BETWEEN}"
        self._waiting.append(start + BETWEEN.join(tidy) + BETWEEN * (self.width - len(tidy)))
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def add_clean(self, lines: list[tuple[int, bytes]]) -> None:
        """Rows by their numbers, known to be clean and as wide as the file, with `BETWEEN` between their cells."""
        self.flush()
        if lines:
            self._target.write(
                b"".join([b"%d\x1f%d\x1f%b\n" % (self.rows + at, *one) for at, one in enumerate(lines, 1)])
            )
            self.rows += len(lines)
        self._tell()

    def flush(self) -> None:
        if self._waiting:
            self._target.write(("\n".join(self._waiting) + "\n").encode("utf-8", "replace"))
            self._waiting.clear()
        self._tell()

    def _tell(self) -> None:
        if self._told:
            self._told(self.rows)

    def _clean(self, number: int, place: int, text: str) -> str:
        if not text:
            return text
        mark, body = (text[0], text[1:]) if text[:1] in (NUMBER, DAY) else ("", text)
        if _CONTROL.search(body):
            self.faults.append(Fault(number, place, "ledger.cell.control", _CONTROL.sub("\u25a1", body)[:200]))
            body = _CONTROL.sub("", body)
        if "\ufffd" in body:
            self.faults.append(Fault(number, place, "ledger.cell.encoding", body[:200]))
        if len(body) > LONGEST:
            self.faults.append(Fault(number, place, "ledger.cell.long", body[:80]))
            body = body[:LONGEST]
        return mark + (body if body.isascii() and body.isprintable() else _BLANK.sub(" ", body))


def cleaned(text: str, longest: int = LONGEST) -> str:
    """A text that stands in no row, as cells are cleaned."""
    return _BLANK.sub(" ", _CONTROL.sub("", text[:longest]))


def cell(value: Any) -> str:
    """A cell of a spreadsheet or a table.

    >>> cell(7359021640.0)[1:], cell(0.1 + 0.2)[1:], cell(date(2026, 1, 5))[1:], cell("'=1+1"), cell(None)
    ('7359021640', '0.3', '2026-01-05', '=1+1', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value
    if isinstance(value, bool):
        return "DOĞRU" if value else "YANLIŞ"
    if isinstance(value, int | float | Decimal):
        return NUMBER + _digits(value)
    if isinstance(value, datetime | date):
        return DAY + value.isoformat()[:10]
    return value.isoformat() if isinstance(value, time) else str(value)


def _digits(value: float | int | Decimal) -> str:
    """A number as Excel shows it: fifteen digits at most, none of them from binary."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return "#NUM!"
        value = Decimal(f"{value:.{_SURE_DIGITS}g}")
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
