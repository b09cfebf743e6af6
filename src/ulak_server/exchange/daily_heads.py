"""The station that seals the audit log's head of yesterday, with the integrator's key and a time stamp."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings

from ulak.seal.trust.stamping import TimeStamper
from ulak_server.audit import heads
from ulak_server.exchange.keys import authority

__all__ = ["DailyHeads"]

_SECONDS: Final = 60.0


class DailyHeads:
    """Looks every minute whether a day has ended. A key or an authority that fails is tried again the next minute.

    Args:
        keys: the `KeyRing` of the process; without ``ULAK_SEAL_KEY`` nothing is signed.
        stamper: None: that of ``ULAK_TSA``, if it is set.
        now: seconds of a clock that never goes back.
    """

    name: Final = "audit-heads"

    def __init__(
        self, keys: Any, stamper: TimeStamper | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._keys, self._stamper, self._now = keys, stamper, now
        self._next = now() + _SECONDS

    def turn(self) -> int:
        """Seal yesterday's head if that was not done yet."""
        if self._now() < self._next:
            return 0
        self._next = self._now() + _SECONDS
        day = heads.due()
        if day is None:
            return 0
        stamper = self._stamper or authority()
        if not settings.ENVIRONMENT["ULAK_SEAL_KEY"]:
            heads.seal_head(day, None, stamper)
            return 1
        with self._keys.using() as opened:
            heads.seal_head(day, opened.key, stamper)
        return 1

    def close(self) -> None:
        """Nothing is held."""
