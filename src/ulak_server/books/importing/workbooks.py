"""Workbooks of people, read by `ulak.sheets` within the limits of an import; its errors as those of imports."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ulak.sheets import LIMITS, SheetError, SheetName, Workbook
from ulak_server.books.importing.problems import fault

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "SheetName", "old_rows", "old_sheets", "xlsx_rows", "xlsx_sheets"]

MOST_ROWS: Final = LIMITS.rows
"""Filled rows of a sheet."""
MOST_COLUMNS: Final = LIMITS.columns
_CODES: Final = {
    "sheet.encrypted": "import.encrypted",
    "sheet.missing": "import.sheet",
    "sheet.too-dense": "import.too-dense",
    "sheet.too-many-rows": "import.too-many-rows",
    "sheet.unreadable": "import.unreadable",
}


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except SheetError as error:
        raise fault(_CODES[error.code], **error.facts) from None


def xlsx_sheets(data: bytes) -> list[SheetName]:
    """The sheets with cells.

    Raises:
        ImportFault: ``import.unreadable``, ``import.too-dense``, ``import.encrypted``.
    """
    with _telling():
        return Workbook(io.BytesIO(data), "xlsx").sheets()


def xlsx_rows(data: bytes, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet by their numbers, blank ones left out.

    Raises:
        ImportFault: those of `xlsx_sheets`; ``import.sheet``, ``import.too-many-rows``.
    """
    with _telling():
        yield from Workbook(io.BytesIO(data), "xlsx").rows(sheet)


def old_sheets(data: bytes) -> list[SheetName]:
    """The sheets of an old workbook, as `xlsx_sheets`."""
    with _telling():
        return Workbook(io.BytesIO(data), "old").sheets()


def old_rows(data: bytes, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet of an old workbook, as `xlsx_rows`."""
    with _telling():
        yield from Workbook(io.BytesIO(data), "old").rows(sheet)
