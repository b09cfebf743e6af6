"""The streamed rules asked together, while the entries of a book pass by."""

from __future__ import annotations

from typing import Final

from ulak.ledger.judging.accounts import Accounts, Chart, Codes
from ulak.ledger.judging.order import Follower, Later
from ulak.ledger.judging.spots import Place, Spot, Told, spot_of
from ulak.ledger.judging.totals import Counts, Rising, Sums
from ulak.ledger.judging.values import groups, strings
from ulak.ledger.reading.streaming import Node
from ulak.ledger.reading.tags import COR, DETAIL

__all__ = ["Streamed"]

_COUNTER: Final = f"{COR}entryNumberCounter"
_DAY: Final = f"{COR}enteredDate"
_NUMBER: Final = f"{COR}lineNumber"


class Streamed:
    """Rules of `known.KNOWN` asked of a book.

    Args:
        rules: the names of those that its Schematron has.
        told: is told what they say.
    """

    def __init__(self, rules: frozenset[str], told: Told) -> None:
        self._sums = Sums(asked, told) if (asked := rules & Sums.RULES) else None
        self._counts = Counts(asked, told) if (asked := rules & Counts.RULES) else None
        self._codes = Codes(asked, told) if (asked := rules & Codes.RULES) else None
        self._accounts = Accounts(asked, told) if (asked := rules & Accounts.RULES) else None
        self._chart = Chart(asked, told) if (asked := rules & Chart.RULES) else None
        self._rising = Rising(told) if Rising.RULE in rules else None
        self._counters = Follower("entry-counter", told, is_strict=True) if "entry-counter" in rules else None
        self._days = Later("entry-date", told) if "entry-date" in rules else None
        self._numbers = Follower("line-number", told, is_strict=False) if "line-number" in rules else None

    def begin(self, header: Node) -> None:
        """An entry begins; what stands before its first line is there."""
        for each in (self._sums, self._accounts, self._rising):
            if each is not None:
                each.begin()
        for child in header.iterchildren("*"):
            if child.tag == DETAIL:
                break
            self._field(child)
        if self._numbers is not None and (own := strings(header, _NUMBER)):
            self._numbers.meet(own)

    def _field(self, child: Node) -> None:
        """A child of an entry that is no line."""
        if self._rising is not None:
            self._rising.line(child, None)
        if len(child):
            self._meet_numbers(child)

    def children(self, nodes: list[Node], place: Place) -> None:
        """Lines of the entry, and what stands between them."""
        for node in nodes:
            if node.tag == DETAIL:
                place.lines += 1
                self._line(node, spot_of(node, place, place.lines))
            elif isinstance(node.tag, str):
                self._field(node)

    def _line(self, detail: Node, spot: Spot) -> None:
        if self._codes is not None:
            self._codes.line(detail, spot)
        if self._sums is not None:
            self._sums.line(detail)
        if self._accounts is not None:
            self._accounts.line(detail)
        if self._rising is not None:
            self._rising.line(detail, spot)
        if self._chart is not None and spot.number == 1:
            self._chart.first_line(detail)
        if self._numbers is not None:
            self._meet_numbers(detail)
            self._numbers.wait(strings(detail, _NUMBER), spot)

    def end(self, header: Node, place: Place) -> None:
        """The entry ends."""
        spot = spot_of(header, place)
        if self._counts is not None:
            self._counts.end(spot)
        if self._sums is not None:
            self._sums.end(header, spot)
        if self._accounts is not None:
            self._accounts.end(spot)
        self._meet(header)
        if self._counters is not None:
            self._counters.wait(strings(header, _COUNTER), spot)
        if self._days is not None:
            self._days.wait(strings(header, _DAY), spot)

    def behind(self, node: Node) -> None:
        """An element behind the entries: it follows all of them."""
        self._meet(node)
        self._meet_numbers(node)

    def finish(self, entries: Spot) -> None:
        """The book ends; ``entries`` is the spot of ``accountingEntries``."""
        for each in (self._counters, self._days, self._numbers):
            if each is not None:
                each.finish()
        if self._chart is not None:
            self._chart.finish(entries)

    def _meet(self, node: Node) -> None:
        if self._counters is not None:
            for values in groups(node, _COUNTER):
                self._counters.meet(values)
        if self._days is not None:
            for values in groups(node, _DAY):
                self._days.meet(values)

    def _meet_numbers(self, node: Node) -> None:
        if self._numbers is not None:
            for values in groups(node, _NUMBER):
                self._numbers.meet(values)
