"""A file that somebody uploads: what it is, its sheets, its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ulak_server.books.importing.csv_files import csv_rows
from ulak_server.books.importing.problems import fault
from ulak_server.books.importing.workbooks import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetName,
    old_rows,
    old_sheets,
    xlsx_rows,
    xlsx_sheets,
)

__all__ = ["BIGGEST", "form_of", "rows_of", "sheets_of"]

BIGGEST: Final = 20 * 1024 * 1024
"""Bytes of a file."""
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"


def form_of(name: str, data: bytes) -> str:
    """What a file is, by its content first: ``xlsx``, ``old`` (xls, xlsb, ods), ``csv``, ``xml`` or ``zip``.

    Raises:
        ImportFault: ``import.empty``, ``import.too-large``, ``import.form``.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise fault("import.empty")
    if len(data) > BIGGEST:
        raise fault("import.too-large", limit=BIGGEST // 1024 // 1024)
    ending = name.rpartition(".")[2].lower()
    if data.startswith(_OLD):
        return "old"
    if data.startswith(_ZIP):
        return _of_zip(ending, data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if ending in ("xls", "html", "htm"):
            raise fault("import.form", name=name)
        return "xml"
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"MZ")):
        raise fault("import.form", name=name)
    return "csv"


def _of_zip(ending: str, data: bytes) -> str:
    if b"xl/workbook.xml" in data or ending in ("xlsx", "xlsm"):
        return "xlsx"
    if b"application/vnd.oasis.opendocument" in data[:200] or ending in ("ods", "xlsb") or b"xl/workbook.bin" in data:
        return "old"
    return "zip"


def sheets_of(form: str, data: bytes) -> list[SheetName]:
    """The sheets of a workbook; none of other files. Raises `ImportFault`."""
    if form == "xlsx":
        return xlsx_sheets(data)
    return old_sheets(data) if form == "old" else []


def rows_of(form: str, data: bytes, sheet: str = "") -> Iterator[tuple[int, list[Any]]]:
    """The filled rows of a file by their numbers.

    Raises:
        ImportFault: ``import.unreadable``, ``import.sheet``, ``import.too-many-rows`` …, also while rows are read.
    """
    if form == "xlsx":
        yield from xlsx_rows(data, sheet)
    elif form == "old":
        yield from old_rows(data, sheet)
    else:
        count = 0
        for number, cells in csv_rows(data):
            if any(one.strip() for one in cells):
                count += 1
                if count > MOST_ROWS + 1:
                    raise fault("import.too-many-rows", limit=MOST_ROWS)
                yield number, list(cells[:MOST_COLUMNS])
