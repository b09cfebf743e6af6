"""Streamed rules on one entry as a whole: sums, the number of its lines, counters that do not fall."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ulak.ledger.judging.spots import Spot, Told
from ulak.ledger.judging.values import EXACT, Stop, decimal_of, double_of, one, strings
from ulak.ledger.reading.streaming import Node
from ulak.ledger.reading.tags import BUS, COR

__all__ = ["Counts", "Rising", "Sums"]

_SIDES: Final = {"D": "D", "debit": "D", "C": "C", "credit": "C"}
_AMOUNT: Final = f"{COR}amount"
_SIDE: Final = f"{COR}debitCreditCode"
_STATED: Final = {"D": f"{BUS}totalDebit", "C": f"{BUS}totalCredit"}
_COUNTER: Final = f"{COR}lineNumberCounter"
_SUMS: Final = {"debit-sum": "D", "credit-sum": "C"}
_LEAST: Final = {"one-line": 1, "two-lines": 2}


class Sums:
    """What an entry states as its totals against the sums of its lines' amounts.

    Args:
        rules: those of `RULES` that are asked.
    """

    RULES: Final = frozenset({"debit-sum", "credit-sum", "balance-sum"})

    def __init__(self, rules: frozenset[str], told: Told) -> None:
        self._rules = sorted(rules)
        self._told = told
        self._sums: dict[str, Decimal | None] = {}

    def begin(self) -> None:
        """An entry begins."""
        self._sums = {"D": Decimal(0), "C": Decimal(0)}

    def line(self, detail: Node) -> None:
        """A line of it; an amount that is none leaves the sum of its side without a value."""
        sides = {_SIDES[code] for code in strings(detail, _SIDE) if code in _SIDES}
        for side in sides:
            sum_ = self._sums[side]
            if sum_ is not None:
                self._sums[side] = self._added(sum_, strings(detail, _AMOUNT))

    @staticmethod
    def _added(sum_: Decimal, amounts: list[str]) -> Decimal | None:
        try:
            return EXACT.add(sum_, decimal_of(one(amounts))) if amounts else sum_
        except Stop:
            return None

    def end(self, header: Node, spot: Spot) -> None:
        """The entry ends."""
        for rule in self._rules:
            try:
                holds = self._balances(header) if rule == "balance-sum" else self._agrees(header, _SUMS[rule])
            except Stop:
                self._told.stops(rule)
                continue
            if not holds:
                self._told.fails(rule, spot)

    def _agrees(self, header: Node, side: str) -> bool:
        stated = strings(header, _STATED[side])
        # A total that is missing equals nothing, whatever the sum would be.
        return bool(stated) and any(double_of(text) == self._sum(side) for text in stated)

    def _balances(self, header: Node) -> bool:
        debit, credit = (strings(header, _STATED[side]) for side in "DC")
        if not debit or not credit:
            return False
        difference = double_of(one(debit)) - double_of(one(credit))
        return difference == float(EXACT.subtract(self._exact("D"), self._exact("C")))

    def _sum(self, side: str) -> float:
        return float(self._exact(side))

    def _exact(self, side: str) -> Decimal:
        sum_ = self._sums[side]
        if sum_ is None:
            raise Stop
        return sum_


class Counts:
    """An entry has one line at least, or two."""

    RULES: Final = frozenset(_LEAST)

    def __init__(self, rules: frozenset[str], told: Told) -> None:
        self._least = {rule: _LEAST[rule] for rule in rules}
        self._told = told

    def end(self, spot: Spot) -> None:
        """The entry ends."""
        for rule, least in self._least.items():
            if spot.place is not None and spot.place.lines < least:
                self._told.fails(rule, spot)


class Rising:
    """``lineNumberCounter`` of a line is not less than that of any line before it in its account."""

    RULE: Final = "line-counter"

    def __init__(self, told: Told) -> None:
        self._told = told
        self._highest: Decimal | None = None
        self._is_broken = False

    def begin(self) -> None:
        """An entry begins."""
        self._highest, self._is_broken = None, False

    def line(self, detail: Node, spot: Spot | None) -> None:
        """A child of the entry; ``spot`` is None for one that is no line, and is not judged itself."""
        own = strings(detail, _COUNTER)
        if not own:
            return
        try:
            value = decimal_of(one(own))
        except Stop:
            if spot is not None and (self._highest is not None or self._is_broken):
                self._told.stops(self.RULE)
            self._is_broken = True
            return
        self._judge(value, spot)
        self._highest = value if self._highest is None else max(value, self._highest)

    def _judge(self, value: Decimal, spot: Spot | None) -> None:
        if spot is None:
            return
        if self._is_broken:
            self._told.stops(self.RULE)
        elif self._highest is not None and value < self._highest:
            self._told.fails(self.RULE, spot)
