"""Workbooks and Parquet as neutral rows."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb

from ulak.ledger.intake.neutral import LONGEST, MOST_COLUMNS, NeutralFile, cell
from ulak.ledger.intake.problems import problem
from ulak.sheets import Limits, SheetName, Workbook, form_of_workbook

__all__ = ["Parquet", "Spreadsheet"]

_LIMITS: Final = Limits(rows=1_048_576, columns=MOST_COLUMNS + 1, unpacked=4 * 1024 * 1024 * 1024)
_AT_ONCE: Final = 4_000
_NESTED: Final = ("STRUCT", "MAP", "UNION", "VARIANT", "BLOB", "[")
_WIDEST: Final = 100_000
"""Letters of the longest cells of all columns: some thousand rows are held at once."""


class Spreadsheet:
    """A workbook; the sheet that is asked for, else the first that is not hidden.

    Raises:
        SheetError: ``sheet.…``, here and while rows are read.
        InputError: ``ledger.input.sheet``, ``ledger.input.empty``.
    """

    def __init__(self, path: Path, sheet: str = "") -> None:
        # Its content is opened once for all that is asked of it; the file is closed with the object.
        file = path.open("rb")
        weakref.finalize(self, file.close)
        form = form_of_workbook(file)
        assert form
        self.kind = "xlsx" if form == "xlsx" else "xls"
        self._book = Workbook(file, form, _LIMITS)
        self.sheets = self._book.sheets()
        self.sheet = self._chosen(sheet)

    def _chosen(self, wanted: str) -> str:
        names = [one.name for one in self.sheets]
        if wanted and wanted not in names:
            raise problem("ledger.input.sheet", sheet=wanted, known=", ".join(names))
        if not names:
            raise problem("ledger.input.empty")
        return wanted or next((one.name for one in self.sheets if not one.is_hidden), names[0])

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        for number, row in self._book.rows(self.sheet):
            yield number, [cell(one) for one in _trimmed(row)]

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        found = []
        for number, cells in self._rows():
            found.append((number, cells))
            if len(found) == count:
                break
        return found

    def write(self, target: NeutralFile, after: int) -> None:
        for number, cells in self._rows():
            if number > after:
                target.add(number, cells)
        target.flush()


def _trimmed(row: list[Any]) -> list[Any]:
    """A row without the empty cells at its end, with which it is filled up to the limit."""
    while row and (row[-1] is None or row[-1] == ""):
        row.pop()
    return row


class Parquet:
    """A Parquet file; its names are its headings, in row 0.

    Raises:
        InputError: ``ledger.input.unreadable``, ``ledger.input.nested``.
    """

    kind: Final = "parquet"
    sheets: tuple[SheetName, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        described = self._described()
        self.headings = [str(name) for name, *_ in described]
        for name, kind, *_ in described:
            if any(one in kind for one in _NESTED):
                raise problem("ledger.input.nested", column=name, kind=kind)
        if len(described) > MOST_COLUMNS:
            raise problem("ledger.input.too-many-columns", limit=MOST_COLUMNS)
        self._texts = [place for place, (_, kind, *_) in enumerate(described) if kind == "VARCHAR"]
        self._is_measured = False

    def _described(self) -> list[tuple[Any, ...]]:
        try:
            return self._asked("DESCRIBE SELECT * FROM read_parquet(?)").fetchall()
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise problem("ledger.input.unreadable", detail=_first_line(error)) from None

    def _asked(self, query: str) -> duckdb.DuckDBPyConnection:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": "160MB",
            "threads": 1,
            "autoload_known_extensions": False,
            "autoinstall_known_extensions": False,
        }
        try:
            return duckdb.connect(config=config).execute(query, [_literal_path(self._path)])
        except duckdb.Error as error:
            raise problem("ledger.input.unreadable", detail=_first_line(error)) from None

    def _cells(self, shown: str) -> list[str]:
        """The columns as SQL, texts in a way of their own: names are strangers' and may be there twice."""
        names = [f"c{place}" for place in range(len(self.headings))]
        return [shown.format(name) if place in self._texts else name for place, name in enumerate(names)]

    def _asked_of_rows(self, wanted: str) -> duckdb.DuckDBPyConnection:
        named = ", ".join(f"c{place}" for place in range(len(self.headings)))
        return self._asked(f"SELECT {wanted} FROM read_parquet(?) AS t({named})")  # noqa: S608 fixed

    def _measure(self) -> None:
        """See that no rows come that cannot be held: a text that is stored once may stand in a million cells."""
        lengths = [f"coalesce(max(least(strlen(c{place}), {LONGEST})), 0)" for place in self._texts]
        if self._is_measured or not lengths:
            return
        try:
            (widest,) = self._asked_of_rows(" + ".join(lengths)).fetchone() or (0,)
        except duckdb.Error as error:
            raise problem("ledger.input.unreadable", detail=_first_line(error)) from None
        if widest > _WIDEST:
            raise problem("ledger.input.unreadable", detail=f"{widest} > {_WIDEST}")
        self._is_measured = True

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        self._measure()
        found = self._asked_of_rows(", ".join(self._cells(f"{{}}[1:{LONGEST + 1}]")))
        try:
            while rows := found.fetchmany(_AT_ONCE):
                yield from rows
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise problem("ledger.input.unreadable", detail=_first_line(error)) from None
        finally:
            found.close()

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        found = [(0, list(self.headings))]
        for number, row in enumerate(self._rows(), 1):
            if len(found) > count:
                break
            found.append((number, [cell(one) for one in row]))
        return found

    def write(self, target: NeutralFile, after: int) -> None:
        for number, row in enumerate(self._rows(), 1):
            if number > after:
                target.add(number, [cell(one) for one in row])
        target.flush()


def _literal_path(path: Path) -> str:
    """DuckDB reads many files by a pattern; a name is none."""
    return "".join(f"[{one}]" if one in "*?[" else one for one in str(path))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
