"""Streamed rules on what follows: counters that go on by one, days that do not go back.

GİB's rules ask whether *some* later element fits, not whether the next one does; so do these.
"""

from __future__ import annotations

from typing import NamedTuple

from ulak.ledger.judging.spots import Spot, Told
from ulak.ledger.judging.values import Stop, double_of
from ulak.rules.functions import to_double

__all__ = ["Follower", "Later"]


class _Waiting(NamedTuple):
    """An element that waits for a later one; ``seen`` counts those that had come before it ended."""

    spot: Spot
    seen: int


class Follower:
    """Some later element has the number of this one plus one, unless none has a number (journal numbers, lines).

    Args:
        is_strict: whether a value that is no number stops the rule; else it is only unequal to every number.
    """

    def __init__(self, rule: str, told: Told, *, is_strict: bool) -> None:
        self._rule = rule
        self._told = told
        self._is_strict = is_strict
        self._seen = 0
        self._wanted: dict[float, list[_Waiting]] = {}
        self._never: list[_Waiting] = []
        self._stopping = 0

    def meet(self, values: list[str]) -> None:
        """An element with these numbers comes: those that wait for them need to wait no longer."""
        self._seen += 1
        if self._stopping:
            self._stopping = 0
            self._told.stops(self._rule)
        if not self._wanted and not self._never:
            return
        try:
            for value in self._numbers(values):
                self._wanted.pop(value, None)
        except Stop:
            self._told.stops(self._rule)
            self._wanted.clear()
            self._never.clear()

    def _numbers(self, values: list[str]) -> list[float]:
        if self._is_strict:
            return [double_of(value) for value in values]
        if len(values) > 1:
            raise Stop
        return [to_double(value) for value in values]

    def wait(self, values: list[str], spot: Spot) -> None:
        """An element with these numbers has ended."""
        if not values:
            return
        try:
            wanted = self._wanted_by(values)
        except Stop:
            self._stopping += 1
            return
        waiting = _Waiting(spot, self._seen)
        if wanted != wanted:
            self._never.append(waiting)
        else:
            self._wanted.setdefault(wanted, []).append(waiting)

    def _wanted_by(self, values: list[str]) -> float:
        if len(values) > 1:
            raise Stop
        return (double_of(values[0]) if self._is_strict else to_double(values[0])) + 1

    def finish(self) -> None:
        """No more comes."""
        for waiting in (*self._never, *(each for many in self._wanted.values() for each in many)):
            if waiting.seen < self._seen:
                self._told.fails(self._rule, waiting.spot)


class Later:
    """Some later element has a day that is not before this one's, unless none has a day.

    Days are compared as texts, as XPath 2 compares untyped values. Those that wait are in descending order.
    """

    def __init__(self, rule: str, told: Told) -> None:
        self._rule = rule
        self._told = told
        self._seen = 0
        self._waiting: list[tuple[str, _Waiting]] = []

    def meet(self, values: list[str]) -> None:
        """An element with these days comes."""
        self._seen += 1
        latest = max(values)
        while self._waiting and self._waiting[-1][0] <= latest:
            self._waiting.pop()

    def wait(self, values: list[str], spot: Spot) -> None:
        """An element with these days, which were met already, has ended: all that wait now wait for a later day."""
        if values:
            self._waiting.append((min(values), _Waiting(spot, self._seen)))

    def finish(self) -> None:
        """No more comes."""
        for _, waiting in self._waiting:
            if waiting.seen < self._seen:
                self._told.fails(self._rule, waiting.spot)
