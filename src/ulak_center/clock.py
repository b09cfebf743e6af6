"""The center's time: one that only moves when it is told to, and one that runs, as fast as wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from ulak_center.problems import center_error
from ulak_center.values import ISTANBUL

__all__ = ["EARLIEST", "LATEST", "Clock", "RunningClock", "VirtualClock"]

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=ISTANBUL)
LATEST: Final = datetime(2200, 1, 1, tzinfo=ISTANBUL)
"""Between these two a center's time lies: what is worked out from it must not leave the calendar."""


class Clock(Protocol):
    """Gives the time of the center, aware, in Istanbul's zone."""

    def now(self) -> datetime:
        """The time."""

    def jump(self, to: datetime) -> None:
        """Go to a later time at once.

        Raises:
            CenterError: ``center.clock-back``, ``center.clock-end``.
        """

    def wait_for(self, at: datetime) -> float | None:
        """Real seconds until that time comes by itself; None if it never does."""


class VirtualClock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(ISTANBUL)

    def now(self) -> datetime:
        return self._now

    def jump(self, to: datetime) -> None:
        _check(self._now, to)
        self._now = to.astimezone(ISTANBUL)

    def wait_for(self, at: datetime) -> float | None:
        return 0.0 if at <= self._now else None


class RunningClock:
    """Runs from ``start`` (default: the real time), ``speed`` seconds each real second.

    Args:
        pulse: real seconds that never go back, from any origin.

    It stops at `LATEST`.

    Attributes:
        speed: as given.
    """

    def __init__(
        self, start: datetime | None = None, *, speed: float = 1.0, pulse: Callable[[], float] = time.monotonic
    ) -> None:
        self._pulse = pulse
        self.speed = speed
        self._origin = start or datetime.now(UTC)
        self._since = pulse()

    def now(self) -> datetime:
        run = min((self._pulse() - self._since) * self.speed, (LATEST - self._origin).total_seconds())
        return (self._origin + timedelta(seconds=run)).astimezone(ISTANBUL)

    def jump(self, to: datetime) -> None:
        now = self.now()
        _check(now, to)
        self._origin += to - now

    def wait_for(self, at: datetime) -> float | None:
        return max(0.0, (at - self.now()).total_seconds() / self.speed)


def _check(now: datetime, to: datetime) -> None:
    if to < now:
        raise center_error("center.clock-back", now=now.isoformat(), to=to.isoformat())
    if to > LATEST:
        raise center_error("center.clock-end", to=to.isoformat(), last=LATEST.date())
