"""The inventory book (envanter defteri), written item by item in canonical bytes.

Source: Envanter Defteri Kılavuzu V1.0; envanter_defter.sch: one day is covered, entries and lines are numbered without
a gap from the beginning of the fiscal year. Where the guide's examples name a context as the unit of a number,
``countable`` stands here, as in the other books: a unit has to be declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import BinaryIO, Final, NamedTuple

from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.heads import BOOK_END, CONTEXTS, XBRL_END, Document, opening
from ulak.ledger.templates import Element
from ulak.ledger.values import LIMIT, Company

__all__ = ["Item", "Written", "faults", "numbered", "write_inventory"]

RESERVE: Final = 96 * 1024
"""Bytes left free in each part for its seal with a time stamp."""
_CENT: Final = Decimal("0.01")
_COUNTABLE: Final = "countable"
_TRY: Final = "try"
_DETAIL_END: Final = "</gl-cor:entryDetail>"


class Item(NamedTuple):
    """A line of the inventory; items of one voucher that follow each other are one entry.

    Attributes:
        voucher: number of the accounting slip; empty for items that are an entry each.
        heading: what the entry is about (``entryComment``).
        main, sub: codes of the account and of the subaccount, which begins with the account's; ``sub`` may be empty.
        amount: in TRY, above zero.
        comment: of the line.
        code, description, quantity, unit: what is counted, how much, in which unit (UN/ECE Rec. 20); all empty or None
            for cash and claims.
        currency: ISO 4217 code of what is held in foreign money; with ``rate``, TRY for one unit, and ``original``.
        place: where it stands in the source, for messages.
    """

    main: str
    main_name: str
    amount: Decimal
    sub: str = ""
    sub_name: str = ""
    voucher: str = ""
    heading: str = ""
    comment: str = ""
    code: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    currency: str = ""
    original: Decimal | None = None
    rate: Decimal | None = None
    rate_date: date | None = None
    rate_source: str = ""
    entered_by: str = ""
    place: str = ""


class Written(NamedTuple):
    """A part of an inventory as it was written; ``amount`` is the sum of its lines in TRY."""

    size: int
    entries: int
    lines: int
    amount: Decimal


def write_inventory(
    items: Iterable[Item],
    company: Company,
    day: date,
    target: Callable[[int], BinaryIO],
    *,
    at: date,
    unique: Callable[[int], str],
    limit: int = LIMIT,
    first_entry: int = 1,
    first_line: int = 1,
) -> tuple[Written, ...]:
    """Write the inventory of a day; into several parts if it is larger than one may be.

    Args:
        items: in the order of the book; iterated twice, so no iterator.
        day: that the inventory is of.
        target: gives the file of the part with this number, counted from 1; whoever gives it closes it.
        at: the day it is made, not before ``day``.
        unique: gives ``uniqueID`` of the part with this number, as ``ENV202601000001``.
        limit: bytes that a sealed part may have.
        first_entry, first_line: numbers to begin with, where the fiscal year has an inventory already.

    Returns:
        the parts. One is undivided and named 000000, several are named from 000001.

    Raises:
        BeratError: ``berat.inventory-empty``, ``berat.inventory-field``, ``berat.amount``; nothing is asked for then.
    """
    is_multicurrency = _checked(items)
    writer = _Writer(company, day, target, limit - RESERVE, first_entry, first_line)
    for _, entry in groupby(numbered(items), key=lambda pair: pair[0]):
        writer.add([item for _, item in entry], Document("E", "", at, day, day, is_multicurrency), unique)
    return writer.ended()


def numbered(items: Iterable[Item]) -> Iterator[tuple[int, Item]]:
    """Each item with a number that items of one entry share."""
    number, last = 0, None
    for item in items:
        if last is None or not item.voucher or item.voucher != last:
            number += 1
        last = item.voucher
        yield number, item


def _checked(items: Iterable[Item]) -> bool:
    """Whether some item is in foreign money; refuses what cannot be written."""
    is_multicurrency, is_empty = False, True
    for item in items:
        is_empty = False
        is_multicurrency = is_multicurrency or bool(item.currency)
        for _, name, value in faults(item):
            raise problem("berat.inventory-field", place=item.place or "–", name=name, value=value)
        if item.amount <= 0 or item.amount != item.amount.quantize(_CENT):
            raise problem("berat.amount", place=item.place or item.main, value=item.amount)
    if is_empty:
        raise problem("berat.inventory-empty")
    return is_multicurrency


_MAIN: Final = Text("Ana hesap kodu", "main account")
_MAIN_NAME: Final = Text("Ana hesap adı", "name of the main account")
_SUB: Final = Text("Alt hesap kodu", "subaccount")
_SUB_NAME: Final = Text("Alt hesap adı", "name of the subaccount")
_CURRENCY: Final = re.compile("(?!TRY)[A-Z]{3}")
_FOREIGN: Final = Text("Döviz cinsi", "currency")
_RATE: Final = Text("Döviz kuru", "exchange rate")
_RATE_DATE: Final = Text("Döviz kuru tarihi", "day of the exchange rate")
_CODE: Final = Text("Ürün kodu", "code of the item")
_UNIT: Final = Text("Ölçü birimi", "unit of measure")
_ENTERED_BY: Final = Text("Giriş yapan", "who entered it")


def faults(item: Item) -> Iterator[tuple[str, Text, str]]:
    """Fields that the Schematron would object to: a short code, the field's name, and what stands there."""
    is_original = item.original is not None
    wrong: tuple[tuple[bool, str, Text, str], ...] = (
        (not (item.main.isascii() and item.main.isdigit() and len(item.main) in (3, 4)), "main", _MAIN, item.main),
        (not item.main_name.strip(), "main-name", _MAIN_NAME, item.main_name),
        (bool(item.sub) and not item.sub.startswith(item.main), "sub", _SUB, item.sub),
        (bool(item.sub) is not bool(item.sub_name), "sub-name", _SUB_NAME, item.sub_name),
        (bool(item.currency) and not _CURRENCY.fullmatch(item.currency), "currency", _FOREIGN, item.currency),
        (is_original and not item.currency, "currency", _FOREIGN, ""),
        (bool(item.currency) and item.rate is None, "rate", _RATE, ""),
        (is_original and item.rate_date is None, "rate-date", _RATE_DATE, ""),
        (bool(item.description) and not item.code, "item", _CODE, item.code),
        (item.quantity is not None and not item.unit, "unit", _UNIT, item.unit),
        (len(item.entered_by) == 1, "entered-by", _ENTERED_BY, item.entered_by),
    )
    return ((code, name, value) for is_wrong, code, name, value in wrong if is_wrong)


class _Writer:
    """Entries on their way into parts."""

    def __init__(
        self, company: Company, day: date, target: Callable[[int], BinaryIO], room: int, entry: int, line: int
    ) -> None:
        self._company, self._day, self._target, self._room = company, day, target, room
        self._entry, self._line = entry, line
        self._of = Element(CONTEXTS["E"])
        self._file: BinaryIO | None = None
        self._made: list[Written] = []
        self._now = Written(0, 0, 0, Decimal(0))

    def add(self, items: list[Item], document: Document, unique: Callable[[int], str]) -> None:
        """Write an entry; in a new part if it does not fit into this one any more."""
        text = self._entry_of(items).encode()
        if self._file is None or self._now.size + len(text) > self._room:
            self._begin(document._replace(unique=unique(len(self._made) + 1 + (self._file is not None))))
        assert self._file is not None
        self._file.write(text)
        self._now = Written(
            self._now.size + len(text),
            self._now.entries + 1,
            self._now.lines + len(items),
            self._now.amount + sum(item.amount for item in items),
        )

    def ended(self) -> tuple[Written, ...]:
        """End the last part."""
        if self._file is not None:
            end = XBRL_END + BOOK_END
            self._file.write(end)
            self._made.append(self._now._replace(size=self._now.size + len(end)))
            self._file = None
        return tuple(self._made)

    def _begin(self, document: Document) -> None:
        number = len(self.ended()) + 1
        head = opening(document, self._company).encode()
        self._file = self._target(number)
        self._file.write(head)
        self._now = Written(len(head), 0, 0, Decimal(0))

    def _entry_of(self, items: list[Item]) -> str:
        of, first = self._of, items[0]
        number = self._entry
        self._entry += 1
        head = (
            of("gl-cor:enteredBy", first.entered_by or self._company.creator),
            of("gl-cor:enteredDate", str(self._day)),
            _if(of, "gl-cor:entryNumber", first.voucher),
            _if(of, "gl-cor:entryComment", first.heading),
            self._batch(),
            of("gl-cor:entryNumberCounter", str(number), _COUNTABLE),
        )
        return f"<gl-cor:entryHeader>{''.join(head)}{self._lines_of(items, number)}</gl-cor:entryHeader>"

    def _batch(self) -> str:
        branch = self._company.branch
        if branch is None:
            return ""
        return self._of("gl-bus:batchID", branch.number) + self._of("gl-bus:batchDescription", branch.name)

    def _lines_of(self, items: list[Item], number: int) -> str:
        lines = "".join(_line(self._of, item, number, self._line + place) for place, item in enumerate(items))
        self._line += len(items)
        return lines


def _line(of: Element, item: Item, entry: int, number: int) -> str:
    return "".join(
        (
            f"<gl-cor:entryDetail>{of('gl-cor:lineNumber', str(number))}",
            of("gl-cor:lineNumberCounter", str(entry), _COUNTABLE),
            _account(of, item),
            of("gl-cor:amount", f"{item.amount:.2f}", _TRY),
            _foreign(of, item),
            _if(of, "gl-cor:detailComment", item.comment),
            _measured(of, item),
            _DETAIL_END,
        )
    )


def _account(of: Element, item: Item) -> str:
    sub = (
        f"<gl-cor:accountSub>{of('gl-cor:accountSubDescription', item.sub_name)}"
        f"{of('gl-cor:accountSubID', item.sub)}</gl-cor:accountSub>"
        if item.sub
        else ""
    )
    main = of("gl-cor:accountMainID", item.main) + of("gl-cor:accountMainDescription", item.main_name)
    return f"<gl-cor:account>{main}{sub}</gl-cor:account>"


def _foreign(of: Element, item: Item) -> str:
    if not item.currency:
        return ""
    rate_date = str(item.rate_date) if item.rate_date else ""
    original = of("gl-muc:amountOriginalAmount", _plain(item.original), _TRY) if item.original is not None else ""
    return "".join(
        (
            of("gl-muc:amountCurrency", "iso4217:TRY"),
            _if(of, "gl-muc:amountOriginalExchangeRateDate", rate_date),
            original,
            of("gl-muc:amountOriginalCurrency", f"iso4217:{item.currency}"),
            of("gl-muc:amountOriginalExchangeRate", _plain(item.rate), _TRY),
            _if(of, "gl-muc:amountOriginalExchangeRateSource", item.rate_source),
        )
    )


def _measured(of: Element, item: Item) -> str:
    inside = "".join(
        (
            _if(of, "gl-bus:measurableID", item.code),
            _if(of, "gl-bus:measurableDescription", item.description),
            of("gl-bus:measurableQuantity", _plain(item.quantity), _COUNTABLE) if item.quantity is not None else "",
            _if(of, "gl-bus:measurableUnitOfMeasure", item.unit),
        )
    )
    return f"<gl-bus:measurable>{inside}</gl-bus:measurable>" if inside else ""


def _plain(value: Decimal | None) -> str:
    """A number without zeros at its end, never with an exponent."""
    return f"{(value or Decimal(0)).normalize():f}"


def _if(of: Element, name: str, value: str) -> str:
    return of(name, value) if value else ""
