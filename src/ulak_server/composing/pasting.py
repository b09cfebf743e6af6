"""Rows copied from a spreadsheet as lines of a document.

Columns are named by a first row of headings, or told by what they hold: the first text is the name, a text that is a
unit is the unit, numbers are quantity, price and VAT by their place.

>>> pasted("invoice", "Vida\\t100\\tKutu\\t12,50\\nSomun\\t40\\tAdet\\t3")[1]
{'name': 'Somun', 'quantity': '40', 'unit': 'C62', 'price': '3'}
>>> pasted("invoice", "KDV\\tÜrün\\tFiyat\\n20\\tVida\\t1.250,00")
[{'vat': '20', 'name': 'Vida', 'price': '1250.00'}]
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from ulak.codes.lists import code_list, fold
from ulak_server.composing import typed
from ulak_server.composing.fields import TABLES
from ulak_server.composing.reading import value_of

__all__ = ["pasted", "unit_of"]

_HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    "name": (
        "mal",
        "hizmet",
        "urun",
        "stok adi",
        "ad",
        "adi",
        "cinsi",
        "malin cinsi",
        "name",
        "item",
        "goods",
        "product",
    ),
    "code": ("kod", "kodu", "urun kodu", "stok kodu", "code", "sku", "item code"),
    "description": ("aciklama", "description"),
    "quantity": ("miktar", "adet", "mik", "quantity", "qty"),
    "unit": ("birim", "birimi", "olcu birimi", "unit"),
    "price": ("fiyat", "birim fiyat", "birim fiyati", "b fiyat", "price", "unit price"),
    "vat": ("kdv", "kdv orani", "vat", "vat rate"),
    "discount": ("iskonto", "indirim", "isk", "discount"),
}
_NUMBERS: Final = {1: ("price",), 2: ("quantity", "price"), 3: ("quantity", "price", "vat")}
_ALIASES: Final = {
    "ad": "C62", "kg": "KGM", "gr": "GRM", "g": "GRM", "lt": "LTR", "l": "LTR", "m": "MTR", "mt": "MTR", "m2": "MTK",
    "m3": "MTQ", "cm": "CMT", "km": "KMT", "tn": "TNE", "sa": "HUR", "pk": "PA", "kt": "BX", "takim": "SET",
    "torba": "BG",
}  # fmt: skip
"""What people write for units beside their names in GİB's list."""


def pasted(kind: str, text: str) -> list[dict[str, Any]]:
    """The lines that a copied range of a spreadsheet holds; empty rows are left out.

    Args:
        kind: of the document; columns that it has no field for are left out.
    """
    rows = [
        row
        for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t")
        if any(map(str.strip, row))
    ]
    if not rows:
        return []
    names = _named(rows[0])
    if names:
        rows = rows[1:]
    lines = [_line(kind, zip(names or _guessed(row), row, strict=False)) for row in rows]
    return [line for line in lines if line]


def _named(row: Sequence[str]) -> list[str]:
    """The columns that a row of headings names; none if it is no such row."""
    if any(cell.strip() and not typed.is_kept(typed.number(cell)) for cell in row):
        return []
    found = [_heading(cell) for cell in row]
    return found if len([name for name in found if name]) >= min(2, len(row)) else []


@cache
def _heading(cell: str) -> str:
    plain = " ".join("".join(letter if letter.isalnum() else " " for letter in fold(cell)).split())
    for name, words in _HEADINGS.items():
        if plain in words:
            return name
    starts = [(name, word) for name, words in _HEADINGS.items() for word in words if len(word) > 2]
    return next((name for name, word in starts if plain.startswith(word)), "")


def _guessed(row: Sequence[str]) -> list[str]:
    """What the cells of a row without headings are."""
    names = [""] * len(row)
    numbers = [at for at, cell in enumerate(row) if cell.strip() and not typed.is_kept(typed.number(cell.strip("% ")))]
    texts = [at for at, cell in enumerate(row) if cell.strip() and at not in numbers]
    units = [at for at in texts if unit_of(row[at]) and at]
    for at, name in zip(numbers, _NUMBERS.get(min(len(numbers), 3), ()), strict=False):
        names[at] = name
    for at in units[:1]:
        names[at] = "unit"
    for at, name in zip([at for at in texts if at not in units[:1]], ("name", "description"), strict=False):
        names[at] = name
    return names


def _line(kind: str, cells: Any) -> dict[str, Any]:
    table = TABLES[kind]
    line: dict[str, Any] = {}
    for name, cell in cells:
        field = table.get(("lines", "*", name))
        text = cell.strip()
        if field is None or not text:
            continue
        text = unit_of(text) or text if name == "unit" else text.strip("% ") if name == "vat" else text
        line[field.member or name] = value_of(field, text[: field.most * 2])
    return line


def unit_of(text: str) -> str:
    """The code of a unit that is written in words or by its code; empty if it is none.

    >>> unit_of("Kg."), unit_of("adet"), unit_of("KGM"), unit_of("yumak yumak")
    ('KGM', 'C62', 'KGM', '')
    """
    plain = fold(text).strip(" .")
    return _ALIASES.get(plain) or _units().get(plain, "")


@cache
def _units() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code in code_list("units"):
        for name in (fold(code.code), *map(fold, code.label)):
            found.setdefault(name, code.code)
    return found
