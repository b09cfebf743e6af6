"""How many calls one caller may make: a bucket of tokens for each, kept in the process that serves.

The bucket spares the process, not the law: where N processes serve, a caller whose calls are spread over them may make
N times as many. Signing in has limits of its own, kept in the database (`ulak_server.people`).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

__all__ = ["ANONYMOUS", "CALLS", "Bucket", "Rate"]

_REMEMBERED: Final = 10_000


class Rate(NamedTuple):
    """Calls a second in the long run, and how many at once."""

    per_second: float
    burst: int


CALLS: Final = Rate(300, 1500)
"""Of a key or a person: a month's end arrives at once."""
ANONYMOUS: Final = Rate(10, 60)
"""Of an address from which nobody has said who they are."""


class Bucket:
    """The buckets of many callers; those who did not call for longest are forgotten first, at their fullest."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, who: str, now: float | None = None) -> float:
        """Take one token.

        Args:
            now: seconds of a monotonic clock.

        Returns:
            0 if there was one; else after how many seconds there will be.
        """
        now = time.monotonic() if now is None else now
        with self._lock:
            level, then = self._levels.pop(who, (float(self.rate.burst), now))
            level = min(self.rate.burst, level + (now - then) * self.rate.per_second)
            has = level >= 1
            self._levels[who] = (level - 1 if has else level, now)
            if len(self._levels) > _REMEMBERED:
                self._levels.popitem(last=False)
        return 0.0 if has else (1 - level) / self.rate.per_second
