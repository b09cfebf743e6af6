"""Lead a record through events and pauses, for tests that tell a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from ulak.lifecycle.effects import WakeAt, Woke
from ulak.lifecycle.policy import DEFAULT, Policy

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RING = "ring"
"""The alarm clock rings: time goes on to it."""


class Story:
    """A record, the time, and what the last event asked for (alarm clocks apart)."""

    def __init__(self, room: ModuleType, record: Any, now: datetime = NOW, policy: Policy = DEFAULT) -> None:
        self.room, self.record, self.now, self.policy = room, record, now, policy
        self.effects: tuple[Any, ...] = ()

    def go(self, *events: Any) -> Story:
        """Events, pauses (`timedelta`) and `RING`, in their order."""
        for event in events:
            if isinstance(event, timedelta):
                self.now += event
            elif event is RING:
                self.now = max(self.now, self.record.wake_at)
                self._step(Woke())
            else:
                self._step(event)
        return self

    def _step(self, event: Any) -> None:
        led = self.room.step(self.record, event, self.now, self.policy)
        self.record = led.record
        self.effects = tuple(effect for effect in led.effects if not isinstance(effect, WakeAt))

    @property
    def stage(self) -> Any:
        return self.record.stage

    @property
    def words(self) -> list[str]:
        """The kinds of effects."""
        return [type(effect).__name__ for effect in self.effects]
