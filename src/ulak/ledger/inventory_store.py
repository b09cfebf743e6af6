"""Items of an inventory as lines of an entry store, so that they are summed, leafed through and searched like entries.

Their side is the debit: an inventory has none, and its lines are added up. What is counted stands in words where
other lines name their document, for people who look at it; the book is made of the single columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from ulak.ledger.inventory import Item, numbered
from ulak.ledger.inventory_checking import Found, shown
from ulak.ledger.store import COLUMNS, EntryStore, needing_room

__all__ = ["StoredItems", "fill"]

_FIELDS: Final = {
    "voucher": "voucher",
    "heading": "entry_comment",
    "entered_by": "entered_by",
    "main": "main",
    "main_name": "main_name",
    "sub": "sub",
    "sub_name": "sub_name",
    "amount": "amount",
    "comment": "comment",
    "code": "item",
    "description": "item_name",
    "quantity": "quantity",
    "unit": "unit",
    "currency": "currency",
    "original": "original_amount",
    "rate": "rate",
    "rate_date": "rate_date",
    "rate_source": "rate_source",
}
"""Fields of an item with the columns they are kept in."""
_NUMBERED: Final = ("place", "source", "source_row", "entry", "line", "entry_date", "side")
_KEPT: Final = (*_NUMBERED, *_FIELDS.values(), "document_number")
_BATCH: Final = 2_000


@needing_room()
def fill(store: EntryStore, found: Iterable[Found], day: date, first_entry: int = 1, first_line: int = 1) -> int:
    """Put items into an empty store, numbered from there; how many there are.

    Args:
        found: in the order of the book.
        day: that the inventory is of.

    Raises:
        LedgerError: ``ledger.store.no-room``.
    """
    path = store.directory / "inventory.jsonl"
    try:
        rows = _written(path, found, day, first_entry, first_line)
        columns = ", ".join(f"{name}: '{COLUMNS[name].partition(' ')[0]}'" for name in _KEPT)
        store.connection.execute(
            f"INSERT INTO line BY NAME SELECT * FROM read_json($path, format='newline_delimited', columns={{{columns}}})",  # noqa: S608, E501 fixed
            {"path": str(path)},
        )
    finally:
        path.unlink(missing_ok=True)
    return rows


def _written(path: Path, found: Iterable[Found], day: date, first_entry: int, first_line: int) -> int:
    """The rows as lines of JSON, as DuckDB takes many at once."""
    places, done = _Places(found), 0
    with path.open("wb") as target:
        for line, (entry, item) in zip(count(first_line), numbered(places), strict=False):
            done += 1
            numbers = (done, places.last.source, places.last.row, first_entry + entry - 1, line, day, "D")
            row = dict(zip(_NUMBERED, numbers, strict=True))
            row |= {column: getattr(item, field) for field, column in _FIELDS.items()}
            row["document_number"] = _counted(item)
            target.write(msgspec.json.encode(row) + b"\n")
    return done


def _counted(item: Item) -> str:
    """TEL-7 Telefon, 50 C62; of foreign money 3.000,00 USD × 42,80."""
    rate = f" × {shown(item.rate)}" if item.rate is not None else ""
    counted = f"{shown(item.quantity)} {item.unit}" if item.quantity is not None else ""
    foreign = f"{shown(item.original)} {item.currency}{rate}" if item.original is not None else ""
    return ", ".join(filter(None, (f"{item.code} {item.description}".strip(), counted, foreign)))


class _Places:
    """Items one after the other, and where the last one stood."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._found = found
        self.last = Found("", 0, Item("", "", Decimal(0)))

    def __iter__(self) -> Iterator[Item]:
        for found in self._found:
            self.last = found
            yield found.item


class StoredItems:
    """The items of a store, in their order; iterating reads them again, without holding them."""

    def __init__(self, store: EntryStore) -> None:
        self._store = store

    def __iter__(self) -> Iterator[Item]:
        columns = ", ".join(_FIELDS.values())
        cursor = self._store.connection.cursor()
        cursor.execute(f"SELECT source_row, {columns} FROM line ORDER BY line")  # noqa: S608 fixed
        while rows := cursor.fetchmany(_BATCH):
            for row, *values in rows:
                yield Item(**dict(zip(_FIELDS, values, strict=True)), place=f"{row}")
