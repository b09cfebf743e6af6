"""Entries of kontör as a spreadsheet."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import IO, Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from ulak.errors import Language, Text
from ulak_server import clock
from ulak_server.credits import services as credits
from ulak_server.credits.services import Asked, Shown
from ulak_server.portal.rooms.credits_words import kind_name

__all__ = ["MOST", "table_of"]

MOST: Final = 100_000
"""Entries of a file: the newest."""
_AT_ONCE: Final = 1_000
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AMOUNT: Final = "#,##0.00"
_MOMENT: Final = "dd.mm.yyyy hh:mm"

Work = Callable[[], AbstractContextManager[None]]


class _Column(NamedTuple):
    heading: Text
    width: int
    value: Callable[[Shown, Language], Any]
    format: str = ""


_COLUMNS: Final = (
    _Column(Text("Zaman", "When"), 18, lambda one, _: one.at.astimezone(clock.ISTANBUL).replace(tzinfo=None), _MOMENT),
    _Column(Text("Hareket", "Entry"), 14, lambda one, language: one.what.label.say(language)),
    _Column(Text("Kontör", "Kontör"), 12, lambda one, _: one.amount, _AMOUNT),
    _Column(Text("Bakiye", "Balance"), 14, lambda one, _: one.balance, _AMOUNT),
    _Column(Text("Tür", "Kind"), 26, lambda one, language: _kind(one, language)),
    _Column(Text("Belge no", "Number"), 20, lambda one, _: one.number),
    _Column(Text("Karşı taraf", "Other party"), 44, lambda one, _: one.party),
    _Column(Text("Açıklama", "Note"), 44, lambda one, _: one.note),
)


def table_of(taxpayer: int, asked: Asked, work: Work, language: Language) -> IO[bytes]:
    """The newest entries that are asked for, in an open temporary file; whoever closes it removes it.

    No text becomes a formula, whatever it begins with.

    Args:
        work: opens the transaction and scope in which some entries are read.
    """
    book = Workbook(write_only=True)
    table = book.create_sheet(Text("Kontör", "Credits").say(language))
    table.freeze_panes = "A2"
    for place, column in enumerate(_COLUMNS):
        table.column_dimensions[chr(ord("A") + place)].width = column.width
    table.append([_cell(table, column.heading.say(language), bold=True) for column in _COLUMNS])
    asked, written = asked._replace(after=None), 0
    while written < MOST:
        with work():
            rows = credits.entries(taxpayer, asked, min(_AT_ONCE, MOST - written))
        for one in rows:
            table.append([_cell(table, column.value(one, language), column.format) for column in _COLUMNS])
        written += len(rows)
        if len(rows) < _AT_ONCE:
            break
        asked = asked._replace(after=rows[-1].id)
    file = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def _kind(one: Shown, language: Language) -> str:
    return kind_name(one.kind, is_incoming=one.is_incoming).say(language) if one.kind else ""


def _cell(table: Any, value: Any, format: str = "", *, bold: bool = False) -> Any:
    if value is None or value == "":
        return None
    is_text = isinstance(value, str)
    cell = WriteOnlyCell(table, _CONTROL.sub("\ufffd", value) if is_text else value)
    if is_text:
        cell.data_type = "s"
    if format:
        cell.number_format = format
    if bold:
        cell.font = Font(bold=True)
    return cell
