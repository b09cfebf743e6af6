"""CSV of any program as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ulak.sheets import delimiter_of, text_of
from ulak_server.books.importing.problems import fault

__all__ = ["csv_rows"]


def csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows by their numbers.

    Raises:
        ImportFault: ``import.unreadable``.
    """
    text, _ = text_of(data)
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
