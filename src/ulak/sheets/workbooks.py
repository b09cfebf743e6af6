"""Workbooks: ``.xlsx`` streamed row by row; ``.xls``, ``.xlsb`` and ``.ods`` by a child process within limits.

Formulas are not worked out and macros not run: the values that Excel saved are read. Old forms are opened in another
process because a forged one may claim a range of sixteen thousand million cells, which its reader makes room for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, Literal, NamedTuple

from ulak.sheets.children import child_rows, child_sheets
from ulak.sheets.problems import problem
from ulak.zips import BROKEN

__all__ = ["LIMITS", "Form", "Limits", "SheetName", "Workbook", "form_of_workbook"]

Form = Literal["xlsx", "old"]
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
_DENSEST: Final = 400
_DENSE_FROM: Final = 4 * 1024 * 1024
_LAST_ROW: Final = 1_048_576
_PARTS: Final = 2_000


class Limits(NamedTuple):
    """How much of a workbook is read.

    Attributes:
        rows: filled ones of a sheet; one more is an error.
        columns: those behind are left out.
        unpacked: bytes of all parts of a workbook together.
    """

    rows: int = 100_000
    columns: int = 200
    unpacked: int = 400 * 1024 * 1024


LIMITS: Final = Limits()


class SheetName(NamedTuple):
    """A sheet of a workbook."""

    name: str
    is_hidden: bool


def form_of_workbook(file: BinaryIO) -> Form | None:
    """What a workbook is, by its content; None if it is none."""
    file.seek(0)
    head = file.read(200)
    if head.startswith(_OLD):
        return "old"
    if not head.startswith(_ZIP):
        return None
    if b"application/vnd.oasis.opendocument.spreadsheet" in head:
        return "old"
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (*BROKEN, RuntimeError):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "old"
    return "xlsx" if "xl/workbook.xml" in names else None


class Workbook:
    """A workbook, opened; a file that can be sought, which stays the caller's.

    Raises:
        SheetError: ``sheet.unreadable``, ``sheet.too-dense``, ``sheet.encrypted`` here and by its methods.
    """

    def __init__(self, file: BinaryIO, form: Form, limits: Limits = LIMITS) -> None:
        self._file, self._form, self._limits = file, form, limits
        self._book: Any = None
        if form == "xlsx":
            _check_zip(file, limits)

    def _opened(self) -> Any:
        """The workbook; opened once, as all of its texts are read then."""
        if self._book is None:
            self._book = _opened(self._file)
        return self._book

    def sheets(self) -> list[SheetName]:
        """The sheets with cells."""
        if self._form == "old":
            # No argument of a process can hold a NUL, and no sheet that Excel wrote has one in its name.
            return [SheetName(*one) for one in child_sheets(self._file) if "\0" not in one[0]]
        return [SheetName(one.title, one.sheet_state != "visible") for one in self._opened().worksheets]

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Any]]]:
        """The rows of a sheet by their numbers, blank ones left out; cells are texts, numbers, days, times or None.

        Raises:
            SheetError: also ``sheet.missing``, ``sheet.too-many-rows``.
        """
        found = self._xlsx_rows(sheet) if self._form == "xlsx" else self._old_rows(sheet)
        yield from _filled(found, self._limits.rows)

    def _xlsx_rows(self, sheet: str) -> Iterator[Any]:
        sheets = self._opened().worksheets
        found = next((one for one in sheets if one.title == sheet), None)
        if found is None:
            raise problem("sheet.missing", sheet=sheet, known=", ".join(one.title for one in sheets))
        # What a file says of its size is often wrong, and would hide rows.
        found.reset_dimensions()
        yield from _safely(found.iter_rows(max_col=self._limits.columns, values_only=True))

    def _old_rows(self, sheet: str) -> Iterator[Any]:
        names = [one.name for one in self.sheets()]
        if sheet not in names:
            raise problem("sheet.missing", sheet=sheet, known=", ".join(names))
        yield from child_rows(self._file, sheet, self._limits.rows + 2, self._limits.columns)


def _opened(file: BinaryIO) -> Any:
    # Not before it is needed: with numpy and Pillow, which it takes along, it holds 17 MB in each process.
    import openpyxl

    file.seek(0)
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception:  # openpyxl lets through whatever its parts raise on a damaged file
        raise problem("sheet.unreadable") from None


def _check_zip(file: BinaryIO, limits: Limits) -> None:
    """Look at the directory before anything is unpacked; zipfile reads no more of a part than the directory says."""
    file.seek(0)
    if file.read(len(_OLD)) == _OLD:
        raise problem("sheet.encrypted")
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            is_dense = any(
                one.file_size > _DENSE_FROM and one.file_size > _DENSEST * max(one.compress_size, 1) for one in entries
            )
            if len(entries) > _PARTS or is_dense or sum(one.file_size for one in entries) > limits.unpacked:
                raise problem("sheet.too-dense")
            for one in entries:
                if one.filename.endswith((".xml", ".rels")):
                    with archive.open(one) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise problem("sheet.unreadable")
    except (*BROKEN, RuntimeError):
        raise problem("sheet.unreadable") from None


def _safely(rows: Iterator[Any]) -> Iterator[Any]:
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception:  # a damaged part is met while its rows are read
            raise problem("sheet.unreadable") from None
        yield row


def _filled(rows: Iterator[Any], most: int) -> Iterator[tuple[int, list[Any]]]:
    count = 0
    for number, row in enumerate(rows, 1):
        if number > _LAST_ROW:
            raise problem("sheet.unreadable")
        # A hostile file has a million rows with nothing in them: they are passed over quickly.
        empty = row.count(None)
        if empty == len(row) or empty + row.count("") == len(row):
            continue
        count += 1
        if count > most + 1:
            raise problem("sheet.too-many-rows", limit=most)
        yield number, list(row)
