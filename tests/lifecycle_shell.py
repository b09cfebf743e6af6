"""A shell in memory around the machines of the road.

It stores a record, its alarm clock and everything that stays inside in one go, and then does what goes outside; it dies
between any two of these as often as the faults say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from lifecycle_center import CALM, MAD, USUAL, WILD, Clock
from ulak.lifecycle.effects import OUTSIDE, Alarm, AnswerPoll, RefuseCall, WakeAt, Woke
from ulak.lifecycle.policy import DEFAULT

_LATER = frozenset(OUTSIDE) - {AnswerPoll, RefuseCall}
"""An answer to a call that is under way goes out with its end."""


class Room:
    """One machine's records."""

    __slots__ = ("ended", "ends", "handlers", "records", "step")

    def __init__(self, step: Callable[..., Any], handlers: dict[type, Callable[..., None]], ends: bool = True) -> None:
        self.step, self.handlers, self.ends = step, handlers, ends
        self.ended: Callable[[str, Any], None] | None = None
        self.records: dict[str, Any] = {}


class Shell:
    """The records of one life, and what changes them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = Random(seed)
        self.faults = self.chance.choices((CALM, USUAL, WILD, MAD), (6, 8, 6, 1))[0]
        self.clock = Clock()
        self.steps = 0
        self.alarms: Counter[str] = Counter()
        self.stages: set[tuple[str, str]] = set()
        self._number = 0

    # -- the shell -----------------------------------------------------------------------------------------------------

    def happen(self, room: Room, key: str, event: Any) -> None:
        """One transaction: the record and all that stays inside; then, unless the shell dies, what goes outside."""
        before = room.records[key]
        after, effects = room.step(before, event, self.clock.now, DEFAULT)
        self.steps += 1
        if after is not before:
            self._check(room, before, after, event)
            room.records[key] = after
        for effect in effects:
            kind = type(effect)
            if kind is WakeAt:
                if effect.at is not None:
                    self.clock.at(effect.at, self._wake, room, key)
            elif kind is Alarm:
                self.alarms[effect.code] += 1
            elif (do := room.handlers.get(kind)) is not None:
                if kind not in _LATER:
                    do(key, effect)
                elif not self.strikes(self.faults.crash):
                    self.clock.at(self.clock.now, do, key, effect)
        if room.ended is not None and after.stage is not before.stage and after.stage.is_final:
            room.ended(key, after)

    def later(self, seconds: float, room: Room, key: str, event: Any) -> None:
        self.clock.after(seconds, self.happen, room, key, event)

    def finish(self, seconds: float, room: Room, key: str, event: Any) -> None:
        """The end of some work is told; not if the shell dies before it is stored, twice if it dies just after that."""
        if self.strikes(self.faults.crash):
            return
        self.later(seconds, room, key, event)
        if self.strikes(self.faults.crash):
            self.later(seconds + self.chance.uniform(0, 9000), room, key, event)

    def strikes(self, likely: float) -> bool:
        return likely > 0 and self.chance.random() < likely

    def new_id(self, prefix: str) -> str:
        self._number += 1
        return f"{prefix}{self._number}"

    def _wake(self, room: Room, key: str) -> None:
        self.happen(room, key, Woke())

    def _check(self, room: Room, before: Any, after: Any, event: Any) -> None:
        assert not before.stage.is_final or after.stage is before.stage, (before, event)
        if room.ends:
            assert (after.wake_at is None) is after.stage.is_final, (before, event, after)
        self.stages.add((type(after).__name__, after.stage.value))
