"""Rows as a spreadsheet for people: headings in bold and always in sight, columns as wide as is said."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import IO, Any, Final, Generic, NamedTuple, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from ulak.errors import Language, Text
from ulak_server import clock

__all__ = ["DAY", "MOMENT", "MONEY", "Column", "spreadsheet"]

MONEY: Final = "#,##0.00"
DAY: Final = "dd.mm.yyyy"
MOMENT: Final = "dd.mm.yyyy hh:mm"
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST: Final = 1_000
_Row = TypeVar("_Row")


class Column(NamedTuple, Generic[_Row]):
    """A column of a spreadsheet.

    Attributes:
        width: in letters.
        value: of a row, as the reader's language has it; moments are shown as they are in Istanbul.
        format: Excel's, for numbers, days and moments.
    """

    heading: Text
    width: int
    value: Callable[[_Row, Language], Any]
    format: str = ""


def spreadsheet(title: Text, columns: Sequence[Column[_Row]], rows: Iterable[_Row], language: Language) -> IO[bytes]:
    """A workbook in an open temporary file, at its beginning; whoever closes it removes it.

    No text becomes a formula, whatever it begins with.
    """
    book = Workbook(write_only=True)
    table = book.create_sheet(title.say(language))
    table.freeze_panes = "A2"
    for place, column in enumerate(columns):
        table.column_dimensions[chr(ord("A") + place)].width = column.width
    table.append([_cell(table, column.heading.say(language), bold=True) for column in columns])
    for row in rows:
        table.append([_cell(table, column.value(row, language), column.format) for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def _cell(table: Any, value: Any, format: str = "", *, bold: bool = False) -> Any:
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(table, _plain(value))
    if isinstance(value, str):
        cell.data_type = "s"
    if format:
        cell.number_format = format
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(clock.ISTANBUL).replace(tzinfo=None)
    return _CONTROL.sub("\ufffd", value)[:_LONGEST] if isinstance(value, str) else value
