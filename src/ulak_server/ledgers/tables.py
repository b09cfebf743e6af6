"""Rows as files for Excel: CSV piece by piece, workbooks; large ones are made by another process."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any, Final

from ulak.sheets.new_workbooks import make, make_apart
from ulak_server.ledgers.keeping import PIECE

__all__ = ["as_csv", "as_workbook"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS: Final = 1_000_000
"""Of a sheet; Excel takes a few more."""
_LONGEST: Final = 32_000
"""Letters of a cell."""
_HELD: Final = 1024 * 1024
_TITLE: Final = "Ulak"


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """As Excel in Türkiye opens it by a double click."""
    yield b"\xef\xbb\xbf"
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in chain([headings], rows):
        writer.writerow([_harmless(one) for one in row])
        if line.tell() > PIECE // 64:
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()
    yield line.getvalue().encode()


def as_workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, is_large: bool) -> Iterator[bytes]:
    """As a workbook, which is made before this returns.

    Args:
        is_large: it is made by another process, and so is nobody else kept waiting.

    Raises:
        SheetError: ``sheet.busy``, ``sheet.not-made``.
    """
    shown = ([_cell(one) for one in row] for row in chain([headings], islice(rows, _MOST_ROWS)))
    return _pieces(make_apart(_TITLE, shown) if is_large else _made(shown))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _made(rows: Iterable[Sequence[str | int | None]]) -> IO[bytes]:
    file: Any = tempfile.SpooledTemporaryFile(_HELD)  # noqa: SIM115 whoever reads it closes it
    make(file, _TITLE, rows)
    file.seek(0)
    return file  # type: ignore[no-any-return]


def _cell(value: Any) -> str | int:
    if isinstance(value, int):
        return value
    return "".join(one if one.isprintable() or one in "\n\t" else "\ufffd" for one in _harmless(value))[:_LONGEST]


def _harmless(value: Any) -> str:
    """A cell that begins like a formula is text, never run."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
