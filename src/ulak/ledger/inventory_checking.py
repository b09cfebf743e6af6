"""Inventories looked through before a book is made of them: all that is wrong, by kind, with its rows and columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from ulak.ledger.checking.values import Example, Group
from ulak.ledger.inventory import Item, faults
from ulak.ledger.inventory_input import CellError, InventoryFile
from ulak.ledger.inventory_words import SAID

__all__ = ["Examiner", "Found", "shown"]

_ROOM: Final = "ledger.inventory."
_MOST: Final = 50
_CENT: Final = Decimal("0.01")
_TOO_MUCH: Final = Decimal(10) ** 16
_PLACES: Final = (("quantity", 4, "Miktar"), ("original", 4, "Döviz Tutarı"), ("rate", 8, "Kur"))
_HEADINGS: Final = {
    "main": "Hesap Kodu",
    "main-name": "Ana Hesap Adı",
    "sub": "Hesap Kodu",
    "sub-name": "Hesap Adı",
    "currency": "Döviz Cinsi",
    "rate": "Kur",
    "rate-date": "Kur Tarihi",
    "item": "Ürün Kodu",
    "unit": "Birim",
    "entered-by": "Giriş Yapan",
}


class Found(NamedTuple):
    """An item with where it stands: the name of its file, and the row as its owner counts them."""

    source: str
    row: int
    item: Item


class Examiner:
    """Reads inventories, one file after the other, and remembers what is wrong with them.

    Args:
        note: called with the code of each finding and where it is, however many there are.
    """

    def __init__(self, note: Callable[[str, Example], object] = lambda code, example: None) -> None:
        self._note = note
        self._counts: Counter[str] = Counter()
        self._examples: defaultdict[str, list[Example]] = defaultdict(list)
        self._seen: set[int] = set()
        self._rows = 0

    def items(self, source: str, file: InventoryFile) -> Iterator[Found]:
        """The items of a file; those that no book may hold are left out, and told by `groups`.

        Raises:
            SheetError, BeratError: as `InventoryFile`, if the file cannot be read further.
        """
        for row, found in file.rows():
            self._rows += 1
            if isinstance(found, CellError):
                code = "cell" if found.value else "amount"
                self._add(code, Example(source, row, found.heading, found.value, "", self._rows))
            elif self._is_sound(source, row, found):
                yield Found(source, row, found)

    def groups(self) -> tuple[Group, ...]:
        """What was found, errors first, the more frequent first."""
        if not self._rows:
            self._add("empty", Example("", None, "", "", "", 0))
        made = [
            Group(code, said.level, said.text, said.repair, said.source, self._counts[code], tuple(examples))
            for code, examples in self._examples.items()
            for said in [SAID[code]]
        ]
        return tuple(sorted(made, key=lambda one: (one.level != "error", -one.count)))

    def _is_sound(self, source: str, row: int, item: Item) -> bool:
        wrong = [(code, _HEADINGS[code], value) for code, _, value in faults(item)]
        if not 0 < item.amount < _TOO_MUCH or item.amount != item.amount.quantize(_CENT):
            wrong.append(("amount", "Tutar", shown(item.amount)))
        for field, places, heading in _PLACES:
            value: Decimal | None = getattr(item, field)
            if value is not None and (value != round(value, places) or abs(value) >= _TOO_MUCH / 100):
                wrong.append(("decimals", heading, shown(value)))
        for code, heading, given in wrong:
            self._add(code, Example(source, row, heading, given[:80], item.voucher, self._rows))
        self._look_twice(source, row, item)
        return not wrong

    def _look_twice(self, source: str, row: int, item: Item) -> None:
        mark = hash(item._replace(place=""))
        if mark in self._seen:
            value = f"{item.sub or item.main} {item.description or item.heading}".strip()
            self._add("twice", Example(source, row, "", value[:80], item.voucher, self._rows))
        self._seen.add(mark)

    def _add(self, code: str, example: Example) -> None:
        named = _ROOM + code
        self._counts[named] += 1
        if len(self._examples[named]) < _MOST:
            self._examples[named].append(example)
        self._note(named, example)


def shown(value: Decimal) -> str:
    """A number as it is written in Türkiye."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))
