"""What a report comes to: how many entries of each kind, and their sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO

from ulak.reports.reading import Reported, read
from ulak.reports.values import LIMIT, Header, Product

__all__ = ["Summary", "Tally", "summary"]


@dataclass(slots=True)
class Tally:
    """The entries of one element.

    Attributes:
        amounts: totals without taxes by currency; those of cancellations, which name none, under "".
        payable: what is to be paid, by currency.
        first, last: the least and the greatest number.
    """

    count: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)
    payable: dict[str, Decimal] = field(default_factory=dict)
    first: str = ""
    last: str = ""

    def add(self, entry: Reported) -> None:
        """Count an entry in."""
        self.count += 1
        self.first = min(self.first or entry.number, entry.number)
        self.last = max(self.last, entry.number)
        for sums, value in ((self.amounts, entry.amount), (self.payable, entry.payable)):
            if value is not None:
                sums[entry.currency] = sums.get(entry.currency, Decimal(0)) + value


@dataclass(frozen=True, slots=True)
class Summary:
    """A report in short.

    Attributes:
        is_sealed: whether its head holds a signature; nothing is said of that being good.
        tallies: by element, in the order in which they first occur.
    """

    header: Header
    is_sealed: bool
    tallies: dict[str, Tally]

    @property
    def count(self) -> int:
        """All entries."""
        return sum(tally.count for tally in self.tallies.values())

    @property
    def product(self) -> Product:
        """Whose report it is, as its elements tell."""
        return Product.EGIDER if any(name.startswith("eGider") for name in self.tallies) else Product.EARSIV


def summary(source: BinaryIO, *, max_bytes: int = LIMIT) -> Summary:
    """Read a report and sum it up; raises like `read`."""
    reading = read(source, max_bytes=max_bytes)
    return Summary(reading.header, reading.is_sealed, _tallied(reading.entries))


def _tallied(entries: Iterable[Reported]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for entry in entries:
        tallies.setdefault(entry.element, Tally()).add(entry)
    return tallies
