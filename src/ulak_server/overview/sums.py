"""Sums of months: what was issued and what came in, by kind and currency.

They are read from the counts that documents keep of themselves (`ulak_server.documents.tallies`): exact at any moment,
and as quick for a million documents as for ten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from ulak_server.credits import services as credits
from ulak_server.documents import tallies
from ulak_server.documents.models import Direction
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.wanted import Wanted
from ulak_server.overview import months

__all__ = ["COUNTED", "INVOICES", "Sum", "Total", "sums_of", "total"]

_SHELVES: Final = (Shelf.OUTGOING, Shelf.INCOMING, Shelf.DESPATCHES, Shelf.RECEIPTS)
_NOT_COUNTED: Final = frozenset(
    {State.DRAFT, State.TROUBLED, State.REJECTED, State.WE_REJECTED, State.ENDED, State.VOIDED}
)
COUNTED: Final = frozenset(State) - _NOT_COUNTED
"""States that count in a month: neither drafts nor what came back, was taken back, rejected or cancelled."""
INVOICES: Final = ("invoice", "earchive_invoice")
"""Kinds that are invoices, whichever way they go."""
_RETURNS: Final = frozenset({"IADE", "TEVKIFATIADE"})
_LIRA: Final = "TRY"


class Sum(NamedTuple):
    """Documents of one month, direction, kind and currency.

    Attributes:
        is_return: whether they are invoices of returned goods.
        payable: what is to be paid, in that currency.
        vat: of it, KDV.
    """

    direction: Direction
    kind: str
    is_return: bool
    currency: str
    size: int
    payable: Decimal
    vat: Decimal


class Total(NamedTuple):
    """Documents of one currency."""

    currency: str
    size: int
    payable: Decimal
    vat: Decimal


def sums_of(taxpayer: int, first: date, last: date) -> Mapping[date, Sequence[Sum]]:
    """What the months from one to another came to, by the first day of each; within a scope that holds the taxpayer.

    What waits for kontör stands there with a minus, so that it is not counted.
    """
    found: dict[date, list[Sum]] = {}
    month = first
    while month <= last:
        found[month], month = [], months.after(month)
    for shelf in _SHELVES:
        wanted = Wanted(shelf, issued_from=first, issued_until=months.last_day(last))
        for one in tallies.sums(taxpayer, wanted, ("month", "state", "direction", "kind", "type_code")):
            when, state, direction, kind, type_code = one.by
            if state in COUNTED:
                is_return = type_code in _RETURNS
                found[when].append(
                    Sum(Direction(direction), kind, is_return, one.currency, one.documents, one.payable, one.vat)
                )
    for late in credits.waiting(taxpayer, first, months.last_day(last)):
        # What waits for kontör is not issued: it has neither number nor seal.
        is_return = late.type_code in _RETURNS
        figures = -late.documents, -late.payable, -late.vat
        found[late.month].append(Sum(Direction(late.direction), late.kind, is_return, late.currency, *figures))
    return found


def total(
    rows: Iterable[Sum], direction: Direction, kinds: Collection[str] = INVOICES, *, returns: bool = False
) -> Sequence[Total]:
    """Documents of a direction and of some kinds by currency, lira first; only invoices are told apart by returns."""
    found: dict[str, Total] = {}
    for one in rows:
        is_return = one.is_return and one.kind in INVOICES
        if one.kind in kinds and (one.direction, is_return) == (direction, returns):
            known = found.get(one.currency, Total(one.currency, 0, Decimal(0), Decimal(0)))
            found[one.currency] = Total(
                one.currency, known.size + one.size, known.payable + one.payable, known.vat + one.vat
            )
    there = [one for one in found.values() if one.size]
    return sorted(there, key=lambda one: (one.currency != _LIRA, one.currency))
