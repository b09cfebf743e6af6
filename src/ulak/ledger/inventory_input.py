"""Inventories from spreadsheets: CSV or Excel with a row for each item, the headings in the first row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, BinaryIO, Final

from ulak.errors import Text, UlakError, error_of
from ulak.ledger.berat_problems import PROBLEMS, BeratError, problem
from ulak.ledger.inventory import Item
from ulak.sheets import Limits, Workbook, delimiter_of, encoding_of, form_of_workbook

__all__ = ["HEADINGS", "CellError", "InventoryFile", "template"]

HEADINGS: Final[Mapping[str, str]] = {
    "Fiş No": "voucher",
    "Kayıt Açıklaması": "heading",
    "Giriş Yapan": "entered_by",
    "Hesap Kodu": "sub",
    "Hesap Adı": "sub_name",
    "Ana Hesap Adı": "main_name",
    "Tutar": "amount",
    "Açıklama": "comment",
    "Ürün Kodu": "code",
    "Ürün Adı": "description",
    "Miktar": "quantity",
    "Birim": "unit",
    "Döviz Cinsi": "currency",
    "Döviz Tutarı": "original",
    "Kur": "rate",
    "Kur Tarihi": "rate_date",
    "Kur Kaynağı": "rate_source",
}
"""The columns of an inventory, by their headings; only account code, name of the main account and amount are needed."""
_NEEDED: Final = ("Hesap Kodu", "Ana Hesap Adı", "Tutar")
_LIMITS: Final = Limits(rows=1_000_000)
_NUMBERS: Final = ("amount", "quantity", "original", "rate")
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_DOUBTFUL: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)
"""A thousand and more, or one and some thousandths."""
_DAY: Final = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", re.ASCII)
_FOLDED: Final = str.maketrans("İIŞĞÜÖÇ", "iışğüöç")
_SAMPLE: Final = (
    ";Kasa sayımı;;100.01;Merkez kasa;KASA;12.450,00;;;;;;;;;;",
    "ENV-1;Depo sayımı;Ayşe Yılmaz;153.01;Telefonlar;TİCARİ MALLAR;1.000.000,00;Ankara;TEL-7;Telefon;50;C62;;;;;",
    ";Döviz hesabı;;102.02;USD hesabı;BANKALAR;128.400,00;;;;;;USD;3.000,00;42,80;31.12.2026;TCMB",
)


class CellError(BeratError):
    """A cell in which no number or day can be read, or a heading that is missing.

    Attributes:
        heading: of its column.
        value: what stands there.
    """

    heading: str = ""
    value: str = ""


class InventoryFile:
    """The items of a file; iterating reads it again.

    Args:
        source: CSV or a workbook, seekable; of a workbook the first sheet is read.

    Raises:
        BeratError: ``berat.inventory-field``, here for headings, and while it is iterated for cells, with their row.
        SheetError: ``sheet.*`` for workbooks that cannot be read.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._rows: Final[Callable[[], Iterator[tuple[int, list[Any]]]]] = _reader(source)
        _, first = next(self._rows(), (1, []))
        known = {_folded(heading): field for heading, field in HEADINGS.items()}
        self._fields: Final = [known.get(_folded(str(cell or ""))) for cell in first]
        for heading in _NEEDED:
            if HEADINGS[heading] not in self._fields:
                raise _wrong(HEADINGS[heading], "", 1)

    def __iter__(self) -> Iterator[Item]:
        for _, found in self.rows():
            if isinstance(found, UlakError):
                raise found
            yield found

    def rows(self) -> Iterator[tuple[int, Item | CellError]]:
        """Each row with its number: an item, or why it is none; the rows behind it are read all the same."""
        rows = self._rows()
        next(rows, None)
        for number, cells in rows:
            if any(str(cell if cell is not None else "").strip() for cell in cells):
                try:
                    yield number, self._item(number, cells)
                except CellError as error:
                    yield number, error

    def _item(self, number: int, cells: list[Any]) -> Item:
        said = {field: cell for field, cell in zip(self._fields, cells, strict=False) if field}
        values: dict[str, Any] = {}
        for field, cell in said.items():
            values[field] = self._value(field, cell, number)
        code = values.pop("sub", "")
        main = code.split(".")[0][:4] if "." in code else code[:3] if len(code) > 4 else code
        is_main = code == main
        name = values.pop("sub_name", "")
        if values.get("amount") is None:
            raise _wrong("amount", "", number)
        return Item(
            main=main, sub="" if is_main else code, sub_name="" if is_main else name, place=f"{number}", **values
        )

    def _value(self, field: str, cell: Any, number: int) -> Any:
        if field in _NUMBERS:
            return _decimal(field, cell, number)
        if field == "rate_date":
            return _date(cell, number)
        text = (
            str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell if cell is not None else "")
        )
        return text.strip()


def template() -> bytes:
    """A file to be filled in: the headings with three items, as Excel in Türkiye reads CSV."""
    return ("\ufeff" + "\r\n".join([";".join(HEADINGS), *_SAMPLE]) + "\r\n").encode()


def _reader(source: BinaryIO) -> Callable[[], Iterator[tuple[int, list[Any]]]]:
    form = form_of_workbook(source)
    if form is not None:
        book = Workbook(source, form, _LIMITS)
        sheet = book.sheets()[0].name
        return lambda: book.rows(sheet)
    return partial(_csv_rows, source)


def _csv_rows(source: BinaryIO) -> Iterator[tuple[int, list[Any]]]:
    source.seek(0)
    beginning = source.read(200_000)
    encoding = encoding_of(beginning)
    delimiter = delimiter_of(beginning.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace"))
    source.seek(0)
    text = io.TextIOWrapper(
        source, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline=""
    )
    try:
        rows = csv.reader(text, delimiter=delimiter)
        yield from ((rows.line_num, row) for row in rows if row)
    except csv.Error as error:
        raise problem("berat.inventory-field", place="CSV", name=Text("dosya", "the file"), value=f"{error}") from None
    finally:
        if not source.closed:
            text.detach()


def _decimal(field: str, cell: Any, number: int) -> Decimal | None:
    """A number of a cell: with a decimal comma as written in Türkiye, or as the workbook knows it."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Decimal(str(round(cell, 8)))
    text = str(cell or "").strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or _DOUBTFUL.fullmatch(text):
        raise _wrong(field, text, number)
    plain = text.replace(".", "").replace(",", ".") if "," in text or text.count(".") > 1 else text
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise _wrong(field, text, number) from None


def _date(cell: Any, number: int) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell or "").strip()
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        raise _wrong("rate_date", text, number) from None


def _wrong(field: str, value: str, number: int) -> CellError:
    heading = next(heading for heading, known in HEADINGS.items() if known == field)
    place, name = _row(number), Text(heading, heading)
    error = error_of(CellError, PROBLEMS, "berat.inventory-field", place=place, name=name, value=value[:80])
    error.heading, error.value = heading, value[:80]
    return error


def _row(number: int) -> Text:
    return Text(f"{number}. satır", f"row {number}")


def _folded(heading: str) -> str:
    return " ".join(heading.strip().translate(_FOLDED).lower().split())
