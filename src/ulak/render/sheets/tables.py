"""Rows by the names of their columns, and the columns that are worth showing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ulak.render.design import COLUMNS as CHOSEN
from ulak.render.sheets.values import Column
from ulak.render.sheets.wording import Wording

__all__ = ["COLUMNS", "Row", "Table", "table"]

Row = Mapping[str, str]

_WIDTHS: Final = {
    "line": 8,
    "code": 14,
    "item": 44,
    "service": 60,
    "description": 24,
    "quantity": 17,
    "unit_price": 18,
    "discount": 16,
    "charge": 16,
    "vat_rate": 15,
    "vat_amount": 17,
    "other_taxes": 24,
    "withheld": 24,
    "gtip": 18,
    "package": 18,
    "delivery_term": 14,
    "delivery_place": 24,
    "transport_mode": 16,
    "received": 17,
    "short": 15,
    "rejected": 17,
    "oversupply": 15,
    "backordered": 17,
    "reject_reason": 24,
    "gross_fee": 22,
    "amount": 20,
}
_NUMBERS: Final = frozenset(
    {"line", "quantity", "unit_price", "discount", "charge", "vat_rate", "vat_amount", "received", "short"}
    | {"rejected", "oversupply", "backordered", "gross_fee", "amount"}
)
COLUMNS: Final = tuple(_WIDTHS)
"""Every column by its name, in the order in which they stand."""


class Table(NamedTuple):
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def table(words: Wording, rows: Sequence[Row], wanted: Sequence[str] | None = None) -> Table:
    """The rows as text: columns that say something in some row, those of a design only if they are wanted."""
    has_descriptions = wanted is not None and "description" in wanted
    shown = rows if has_descriptions else [_with_description(row) for row in rows]
    left_out = frozenset(CHOSEN) - set(CHOSEN if wanted is None else wanted)
    said = {name for row in shown for name, value in row.items() if value} - left_out
    names = [name for name in COLUMNS if name in said]
    columns = tuple(Column(name, words.label(name), _WIDTHS[name], name in _NUMBERS) for name in names)
    return Table(columns, tuple(tuple(row.get(name, "") for name in names) for row in shown))


def _with_description(row: Row) -> Row:
    said = row.get("description", "")
    return {**row, "item": f"{row['item']}\n{said}", "description": ""} if said else row
