"""Sheets written for people: templates, the books, a file with the column of its errors.

A cell that begins like a formula is text, never run: in a workbook by its type, in CSV by an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ulak.codes import code_list
from ulak.errors import Language, Text
from ulak_server.books.importing.cells import shown
from ulak_server.books.importing.fields import ABOUTS, Field, fields_of
from ulak_server.books.units import usual_units

__all__ = ["csv_of", "marked", "template", "workbook_of"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST: Final = 32_000
_HEAD: Final = Font(bold=True, color="FFFFFF")
_GROUND: Final = PatternFill("solid", fgColor="0E5A63")
_NEEDED: Final = PatternFill("solid", fgColor="A32020")
_WRONG: Final = PatternFill("solid", fgColor="FBE7E5")
_DOUBTFUL: Final = PatternFill("solid", fgColor="FBF0D9")
_WIDEST: Final = 60
_ERRORS: Final = Text("Hatalar", "Errors")
_ABOUT: Final = Text("Açıklama", "Explanation")
_HEADINGS: Final = (Text("Sütun", "Column"), Text("Gerekli", "Needed"), Text("Ne yazılır", "What to write"))
_READS: Final[Mapping[str, Text]] = {
    "text": Text("Metin", "Text"),
    "identifier": Text("Numara ya da kod; sütunu metin biçiminde tutun", "A number or code; keep the column as text"),
    "number": Text("Sayı: 1234,56", "A number: 1234,56"),
    "percent": Text("Yüzde: 20", "A percentage: 20"),
    "date": Text("Tarih: 22.11.2026", "A date: 22.11.2026"),
    "time": Text("Saat: 14:30", "A time: 14:30"),
    "unit": Text("Birim adı ya da kodu; Birimler sayfasına bakın", "Name or code of a unit; see the sheet of units"),
    "code": Text("Kod; kodlar sayfasına bakın", "A code; see the sheets of codes"),
    "word": Text("Kod ya da adı", "A code or its name"),
    "choice": Text("Şunlardan biri: {known}", "One of these: {known}"),
}
_LISTS: Final[Mapping[str, Text]] = {
    "exemptions": Text("İstisna kodları", "Exemption codes"),
    "withholdings": Text("Tevkifat kodları", "Withholding codes"),
    "profiles": Text("Senaryolar", "Profiles"),
    "currencies": Text("Para birimleri", "Currencies"),
}
_YES: Final = Text("evet", "yes")


def template(about: str, language: Language = "tr") -> bytes:
    """A workbook to be filled in: headings with an example, what each column takes, lists of codes."""
    fields = list(fields_of(about).values())
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(ABOUTS[about].say(language))
    for at, field in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(at)].width = max(12, len(field.label.say(language)) + 4)
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, field, language) for field in fields])
    sheet.append([_text(sheet, field.example) for field in fields])
    _explained(book, fields, language)
    if any(field.reads == "unit" for field in fields):
        units = [(code, tr if language == "tr" else en) for code, tr, en in usual_units()]
        _listed(book, Text("Birimler", "Units").say(language), units)
    for name in dict.fromkeys(field.list for field in fields if field.list in _LISTS):
        rows = [(one.code, one.label.say(language)) for one in code_list(name)]
        _listed(book, _LISTS[name].say(language), rows)
    return _saved(book)


def workbook_of(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(name))
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(at)].width = min(max(12, len(heading) + 6), _WIDEST)
    sheet.append([_head(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_text(sheet, one) for one in row])
    return _saved(book)


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """CSV as Excel in Türkiye opens it by a double click: UTF-8 with its mark, semicolons, decimal commas."""
    yield b"\xef\xbb\xbf"
    for row in (headings, *rows):
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([_plain(one) for one in row])
        yield line.getvalue().encode()


def marked(
    rows: Iterable[tuple[int, Sequence[Any]]],
    header: int,
    errors: Mapping[int, Sequence[str]],
    cells: Mapping[tuple[int, int], bool],
    language: Language = "tr",
) -> bytes:
    """A sheet as it was uploaded, with a column of what is wrong in each row and the wrong cells coloured.

    Args:
        errors: sentences by row.
        cells: by row and column, whether it is an error and not only doubtful.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Ulak")
    found = [(number, list(row)) for number, row in rows]
    width = max((len(row) for _, row in found), default=0)
    while width and all(len(row) < width or row[width - 1] in (None, "") for _, row in found):
        width -= 1
    for number, row in found:
        padded = [*row[:width], *[None] * (width - len(row))]
        written = [_text(sheet, _value(one)) for one in padded]
        for at, cell in enumerate(written):
            if (number, at) in cells:
                cell.fill = _WRONG if cells[number, at] else _DOUBTFUL
        if number == header:
            written.append(_head(sheet, _ERRORS.say(language)))
        else:
            written.append(_text(sheet, "\n".join(errors.get(number, ()))))
            written[-1].alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(written)
    return _saved(book)


def _value(cell: Any) -> Any:
    return shown(cell) if isinstance(cell, list) else cell


def _explained(book: Any, fields: Sequence[Field], language: Language) -> None:
    sheet = book.create_sheet(_ABOUT.say(language))
    for letter, width in zip("ABC", (30, 10, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_head(sheet, one.say(language)) for one in _HEADINGS])
    for field in fields:
        said = [_to_write(field, language), field.about.say(language)]
        needed = _YES.say(language) if field.needed else ""
        sheet.append([_text(sheet, one) for one in (field.label.say(language), needed, ". ".join(filter(None, said)))])


def _to_write(field: Field, language: Language) -> str:
    return _READS[field.reads].format(known=", ".join(field.words)).say(language)


def _listed(book: Any, name: str, rows: Iterable[tuple[str, str]]) -> None:
    sheet = book.create_sheet(_sheet_name(name))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, _WIDEST
    for row in rows:
        sheet.append([_text(sheet, one) for one in row])


def _heading(sheet: Any, field: Field, language: Language) -> WriteOnlyCell:
    cell = _head(sheet, field.label.say(language))
    if field.needed:
        cell.fill = _NEEDED
    said = ". ".join(filter(None, (_to_write(field, language), field.about.say(language))))
    cell.comment = Comment(said, "Ulak", width=260, height=80)
    return cell


def _head(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text)
    cell.font, cell.fill = _HEAD, _GROUND
    return cell


def _text(sheet: Any, value: Any) -> WriteOnlyCell:
    """A cell of a value; text stays text, whatever it looks like."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.replace(tzinfo=None)
    if value is None or isinstance(value, int | float | Decimal | date | datetime | time | bool):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _ILLEGAL.sub("\ufffd", str(value))[:_LONGEST])
    cell.data_type = "s"
    if str(value).startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else str(value).replace(".", ",")
    text = shown(value) if isinstance(value, date | datetime | time) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
