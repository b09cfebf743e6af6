"""A sheet and a design as the values that `sheet.typ` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from ulak.render.design import Density, Design
from ulak.render.labels import label
from ulak.render.pdf.texts import fit, is_one_line, plain, width_of
from ulak.render.pdf.typesetting import FONTS
from ulak.render.sheets import Column, Sheet, Side

__all__ = ["drawn"]

_WIDTH: Final = 180
_MOST: Final = 36
_GOODS: Final = 44
_LABEL: Final = 20
_ROOM: Final = 1.5
_SEEN: Final = 60
_INSET: Final = 1.2
_ROW: Final = 2.9
"""Millimetres of one line of the table."""
_PADDING: Final[Mapping[Density, float]] = {"compact": 0.7, "normal": 1.2, "airy": 2.0}
_NO_DAY: Final = (1970, 1, 1, 0, 0, 0)
_GROUP: Final = 5
"""Rows that stay together on a page."""
_LABELS: Final = 27
_VALUES: Final = 45
_SUMS: Final = 50
_FEW: Final = 20
_HALF: Final = 70
_THIRD: Final = 48
"""Millimetres, at 8 points, of the places where parties, facts and notes stand; they are set a little larger."""


def drawn(sheet: Sheet, design: Design, *, voided: bool = False) -> dict[str, Any]:
    """All that the template writes, as plain values; each text is cleaned and can break where it would not fit.

    Args:
        voided: whether every page says that the document was cancelled.
    """
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
        "single": len(sheet.rows) <= _FEW,
        "page": label("sheet", sheet.language),
        "voided": label("voided", "en" if sheet.language == "en" else "tr") if voided else "",
        "foot": fit(" · ".join(part for part in (issuer, sheet.title, sheet.number) if part), _HALF * 1.8),
        "alt": {
            "logo": plain(issuer),
            "emblem": label("administration"),
            "qr": label("verify"),
            "signature": label("signature"),
        },
        "marks": [fit(mark, _THIRD) for mark in sheet.marks],
        "sides": [_side(side) for side in sheet.sides],
        "facts": _facts(sheet),
        "ettn": fit(sheet.ettn, _HALF),
        **_table(sheet, _PADDING[design.density]),
        **_totals(sheet),
        "words": fit(sheet.words, _HALF) if design.words else "",
        "blocks": _blocks(sheet, design),
    }


def _moment(issued: datetime | None) -> Sequence[int]:
    return issued.timetuple()[:6] if issued else _NO_DAY


def _file(sheet: Sheet) -> str:
    """A name that every system takes: the number or the UUID, if that is what it looks like."""
    name = sheet.number or sheet.ettn
    return name if name.isascii() and name.replace("-", "").isalnum() and len(name) <= 40 else "document"


def _side(side: Side) -> dict[str, Any]:
    return {
        "role": side.role,
        "name": fit(side.name, _THIRD),
        "lines": "\n".join(fit(line, _THIRD) for line in side.lines),
    }


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[float]:
    """Each column as wide as its longest text, within reason; what is left goes to the widest one, the goods."""
    if not columns:
        return []
    wanted = [_wanted(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    goods = max(range(len(columns)), key=lambda at: columns[at].weight)
    others = sum(wanted) - wanted[goods]
    squeezed = min(1, (_WIDTH - _GOODS) / others) if others else 1
    widths = [round(width * squeezed, 2) for width in wanted]
    widths[goods] = round(_WIDTH - sum(widths) + widths[goods], 2)
    return widths


def _wanted(column: Column, cells: Sequence[str]) -> float:
    label = [column.label] if width_of(column.label) <= _LABEL else column.label.split()
    texts = (*label, *(line for cell in cells for line in cell[:_SEEN].split("\n")))
    return min(_MOST, max(map(width_of, texts)) + 2 * _INSET + _ROOM)


def _table(sheet: Sheet, pad: float) -> dict[str, Any]:
    """The table: its columns, and its rows in groups."""
    widths = _widths(sheet.columns, sheet.rows)
    rooms = [width - 2 * _INSET for width in widths]
    rows = [[fit(cell, room) for cell, room in zip(row, rooms, strict=True)] for row in sheet.rows]
    columns = zip(sheet.columns, widths, strict=True)
    return {
        "columns": [{"label": column.label, "width": width, "number": column.is_number} for column, width in columns],
        "groups": list(_groups(rows, rooms)),
        "short": all(is_one_line(column.label, room) for column, room in zip(sheet.columns, rooms, strict=True)),
        "pitch": round(_ROW + 2 * pad, 2),
    }


def _groups(rows: Sequence[Sequence[str]], rooms: Sequence[float]) -> Iterator[dict[str, Any]]:
    """Rows of one line each, some at a time, as one text a column; every other row by itself."""
    for is_line, found in groupby(rows, lambda row: all(map(is_one_line, row, rooms))):
        together = list(found)
        size = _GROUP if is_line else 1
        for start in range(0, len(together), size):
            group = together[start : start + size]
            texts = ["\n".join(column) for column in zip(*group, strict=True)]
            yield {"lines": len(group) if is_line else 0, "texts": texts}


def _facts(sheet: Sheet) -> list[str]:
    """Labels and values as two texts of as many lines, or as one where something would not fit beside its label."""
    facts = [(f"{fact.label}:", fit(fact.value, _THIRD)) for fact in sheet.facts]
    if all(is_one_line(label, _LABELS) and is_one_line(value, _VALUES) for label, value in facts):
        return ["\n".join(label for label, _ in facts), "\n".join(value for _, value in facts)]
    return ["\n".join(f"{label} {value}" for label, value in facts)]


def _totals(sheet: Sheet) -> dict[str, Any]:
    """Sums side by side: as texts of as many lines (``level``) if each takes one line, else each by itself."""
    found = [(fit(total.label, _SUMS), fit(total.value, _VALUES), total.is_main) for total in sheet.totals]
    is_level = all(is_one_line(label, _SUMS) for label, _, _ in found)
    groups = groupby(found, lambda total: total[2]) if is_level else ((total[2], [total]) for total in found)
    return {"level": is_level, "totals": [_joined(list(group), is_main) for is_main, group in groups]}


def _joined(totals: Sequence[tuple[str, str, bool]], is_main: bool) -> dict[str, Any]:
    labels, values, _ = zip(*totals, strict=True)
    return {"labels": "\n".join(labels), "values": "\n".join(values), "main": is_main}


def _blocks(sheet: Sheet, design: Design) -> list[tuple[str, str]]:
    """Headed paragraphs at the foot: payment, the taxpayer's accounts, notes."""
    banks = [f"{line.bank} · {line.iban} · {line.currency}" for line in design.bank]
    note = design.note_en if sheet.language == "en" and design.note_en else design.note_tr
    found = (
        ("payment", sheet.payments),
        ("bank", banks),
        ("notes", (*sheet.notes, note)),
        ("verification", _verification(sheet, design)),
    )
    blocks = ((name, "\n".join(fit(line, _HALF) for line in lines if line)) for name, lines in found)
    own = [
        (block.label, "\n".join(fit(line, _HALF) if line else " " for line in block.lines)) for block in sheet.blocks
    ]
    return [*own, *((label(name, sheet.language), said) for name, said in blocks if said)]


def _verification(sheet: Sheet, design: Design) -> Sequence[str]:
    """Where the original is, and since when GİB can be asked for it (e-Arşiv Kılavuzu V1.18, 6 and 7)."""
    if not sheet.is_reported:
        return ()
    original = f"{label('original_at', sheet.language)} {design.platform}." if design.platform else ""
    return (original, label("asked_at", sheet.language))
