"""Which package pays for what: those first that expire first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Lot", "Part", "allot", "in_order"]


class Lot(NamedTuple):
    """What is left of a package.

    Attributes:
        expires_on: None: never.
    """

    id: int
    remaining: Decimal
    expires_on: date | None = None


class Part(NamedTuple):
    """A piece of an amount, and where it is taken from.

    Attributes:
        place: of the amount, among those that were asked for.
        package: None: beyond all packages.
    """

    place: int
    package: int | None
    amount: Decimal


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """Lots in the order in which they are spent."""
    return sorted(lots, key=lambda one: (one.expires_on or date.max, one.id))


def allot(lots: Sequence[Lot], amounts: Iterable[Decimal]) -> list[Part]:
    """Take amounts from lots, one after the other; what no lot covers is taken beyond them.

    Args:
        lots: in the order in which they are spent.

    >>> [(one.package, str(one.amount)) for one in allot([Lot(1, Decimal("1.5"))], [Decimal(1), Decimal(1)])]
    [(1, '1'), (1, '0.5'), (None, '0.5')]
    """
    parts: list[Part] = []
    at, left = -1, Decimal(0)
    for place, wanted in enumerate(amounts):
        while wanted:
            while not left and at < len(lots):
                at += 1
                left = lots[at].remaining if at < len(lots) else left
            taken = min(wanted, left) if at < len(lots) else wanted
            parts.append(Part(place, lots[at].id if at < len(lots) else None, taken))
            left, wanted = left - taken if at < len(lots) else left, wanted - taken
    return parts
