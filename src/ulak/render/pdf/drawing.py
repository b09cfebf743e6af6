"""A sheet and a design as the values that `sheet.typ` reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from ulak.render.design import Density, Design
from ulak.render.labels import label
from ulak.render.pdf.texts import fitted, plain
from ulak.render.pdf.typesetting import FONTS
from ulak.render.sheets import Column, Sheet, Side

__all__ = ["drawn"]

_WIDTH: Final = 180
_LETTER: Final = 2.0
"""Millimetres that the widest usual letters take at the table's size."""
_PADDING: Final[Mapping[Density, float]] = {"compact": 0.7, "normal": 1.2, "airy": 2.0}
_NO_DAY: Final = (1970, 1, 1, 0, 0, 0)
_LINE: Final = 40
_SHORT: Final = 24


def drawn(sheet: Sheet, design: Design) -> dict[str, Any]:
    """Everything the template writes, as plain values; each text is cleaned and can be broken where it would not fit."""
    widths = _widths(sheet.columns)
    issuer = sheet.sides[0].name if sheet.sides else ""
    return {
        "title": plain(f"{sheet.title} {sheet.number}".strip()),
        "heading": sheet.title,
        "author": plain(issuer),
        "at": _moment(sheet.issued),
        "file": f"{_file(sheet)}.xml",
        "accent": design.accent,
        "ink": design.ink,
        "fonts": FONTS,
        "lang": "en" if sheet.language == "en" else "tr",
        "page": label("sheet", sheet.language),
        "foot": fitted(" · ".join(part for part in (issuer, sheet.title, sheet.number) if part), _LINE * 2),
        "alt": {
            "logo": plain(issuer),
            "emblem": label("administration"),
            "qr": label("verify"),
            "signature": label("signature"),
        },
        "marks": [fitted(mark, _LINE) for mark in sheet.marks],
        "sides": [_side(side) for side in sheet.sides],
        "facts": [(fact.label, fitted(fact.value, _SHORT)) for fact in sheet.facts],
        "ettn": fitted(sheet.ettn, _LINE),
        "columns": [
            {"label": column.label, "width": width, "number": column.is_number}
            for column, width in zip(sheet.columns, widths, strict=True)
        ],
        "rows": _rows(sheet, widths),
        "pad": _PADDING[design.density],
        "totals": [(fitted(total.label, _SHORT), fitted(total.value, _SHORT), total.is_main) for total in sheet.totals],
        "words": fitted(sheet.words, _LINE) if design.words else "",
        "blocks": _blocks(sheet, design),
    }


def _moment(issued: datetime | None) -> Sequence[int]:
    return issued.timetuple()[:6] if issued else _NO_DAY


def _file(sheet: Sheet) -> str:
    """A name that every system takes: the number or the UUID, if that is what it looks like."""
    name = sheet.number or sheet.ettn
    return name if name.isascii() and name.replace("-", "").isalnum() and len(name) <= _LINE else "document"


def _side(side: Side) -> dict[str, Any]:
    return {
        "role": side.role,
        "name": fitted(side.name, _SHORT),
        "lines": [fitted(line, _SHORT) for line in side.lines],
    }


def _widths(columns: Sequence[Column]) -> list[float]:
    share = sum(column.weight for column in columns)
    return [round(_WIDTH * column.weight / share, 2) for column in columns]


def _rows(sheet: Sheet, widths: Sequence[float]) -> list[list[str]]:
    letters = [max(3, int((width - 2.4) / _LETTER)) for width in widths]
    return [[fitted(cell, room) for cell, room in zip(row, letters, strict=True)] for row in sheet.rows]


def _blocks(sheet: Sheet, design: Design) -> list[tuple[str, list[str]]]:
    """Headed paragraphs at the foot: payment, the taxpayer's accounts, notes."""
    banks = [f"{line.bank} · {line.iban} · {line.currency}" for line in design.bank]
    note = design.note_en if sheet.language == "en" and design.note_en else design.note_tr
    found = (("payment", sheet.payments), ("bank", banks), ("notes", (*sheet.notes, note)))
    blocks = ((name, [fitted(line, _LINE) for line in lines if line]) for name, lines in found)
    return [(label(name, sheet.language), lines) for name, lines in blocks if lines]
