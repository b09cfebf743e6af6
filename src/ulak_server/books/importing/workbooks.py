"""Workbooks: ``.xlsx`` streamed row by row; ``.xls``, ``.xlsb`` and ``.ods`` by a child process within limits.

Formulas are not worked out and macros not run: the values that Excel saved are read. Old forms are opened in another
process because a forged one may claim a range of sixteen thousand million cells, which its reader makes room for.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import msgspec
import openpyxl

from ulak_server.books.importing.problems import fault

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "SheetName", "old_rows", "old_sheets", "xlsx_rows", "xlsx_sheets"]

MOST_ROWS: Final = 100_000
"""Filled rows of a sheet."""
MOST_COLUMNS: Final = 200
_UNPACKED: Final = 400 * 1024 * 1024
_DENSEST: Final = 400
_DENSE_FROM: Final = 4 * 1024 * 1024
_LAST_ROW: Final = 1_048_576
_PARTS: Final = 2_000
_SECONDS: Final = 60


class SheetName(NamedTuple):
    """A sheet of a workbook."""

    name: str
    is_hidden: bool


def xlsx_sheets(data: bytes) -> list[SheetName]:
    """The sheets with cells.

    Raises:
        ImportFault: ``import.unreadable``, ``import.too-dense``, ``import.encrypted``.
    """
    book = _opened(data)
    try:
        return [SheetName(one.title, one.sheet_state != "visible") for one in book.worksheets]
    finally:
        book.close()


def xlsx_rows(data: bytes, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet by their numbers, blank ones left out.

    Raises:
        ImportFault: those of `xlsx_sheets`; ``import.sheet``, ``import.too-many-rows``.
    """
    book = _opened(data)
    try:
        found = next((one for one in book.worksheets if one.title == sheet), None)
        if found is None:
            raise fault("import.sheet", sheet=sheet, known=", ".join(one.title for one in book.worksheets))
        # What a file says of its size is often wrong, and would hide rows.
        found.reset_dimensions()
        yield from _filled(_safely(found.iter_rows(max_col=MOST_COLUMNS, values_only=True)))
    finally:
        book.close()


def _opened(data: bytes) -> Any:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise fault("import.encrypted")
    _check_zip(data)
    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception:  # openpyxl lets through whatever its parts raise on a damaged file
        raise fault("import.unreadable") from None


def _check_zip(data: bytes) -> None:
    """Look at the directory before anything is unpacked; zipfile reads no more of a part than the directory says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            is_dense = any(
                one.file_size > _DENSE_FROM and one.file_size > _DENSEST * max(one.compress_size, 1) for one in entries
            )
            if len(entries) > _PARTS or is_dense or sum(one.file_size for one in entries) > _UNPACKED:
                raise fault("import.too-dense")
            for one in entries:
                if one.filename.endswith((".xml", ".rels")):
                    with archive.open(one) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise fault("import.unreadable")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise fault("import.unreadable") from None


def _safely(rows: Iterator[Any]) -> Iterator[Any]:
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception:  # a damaged part is met while its rows are read
            raise fault("import.unreadable") from None
        yield row


def _filled(rows: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    count = 0
    for number, row in enumerate(rows, 1):
        if number > _LAST_ROW:
            raise fault("import.unreadable")
        # A hostile file has a million rows with nothing in them: they are passed over quickly.
        empty = row.count(None)
        if empty == len(row) or empty + row.count("") == len(row):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise fault("import.too-many-rows", limit=MOST_ROWS)
        yield number, list(row)


# -- old forms ---------------------------------------------------------------------------------------------------------


def old_sheets(data: bytes) -> list[SheetName]:
    """The sheets of an old workbook, as `xlsx_sheets`."""
    return [SheetName(*one) for one in _child(data, "")[0]]


def old_rows(data: bytes, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet of an old workbook, as `xlsx_rows`."""
    names, rows = _child(data, sheet)
    if sheet not in [name for name, _ in names]:
        raise fault("import.sheet", sheet=sheet, known=", ".join(name for name, _ in names))
    yield from _filled(rows)


def _child(data: bytes, sheet: str) -> Any:
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-m", "ulak_server.books.importing.old_workbooks", sheet],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        return msgspec.msgpack.decode(done.stdout, type=tuple[list[tuple[str, bool]], list[list[Any]]])
    except subprocess.CalledProcessError as error:
        raise fault("import.encrypted" if b"assword" in error.stderr else "import.unreadable") from None
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        raise fault("import.unreadable") from None
