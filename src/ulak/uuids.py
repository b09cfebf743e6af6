"""New UUIDs of version 7 (RFC 9562, 5.7): later ones after earlier ones, which indexes of many rows take at their end.

48 bits are milliseconds, 12 the part of the millisecond (RFC 9562, 6.2, method 3), 62 random. Within a process each
comes after all before it, also while the clock stands still or goes back; those of several processes are in the order
of their clocks. None is a secret: it tells when it was made.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Final
from uuid import UUID

__all__ = ["new_uuid", "uuid_text"]

_MILLISECOND: Final = 1_000_000
"""Nanoseconds of a millisecond."""
_PARTS: Final = 4096
"""That a millisecond is counted in."""


class _Maker:
    _MANY: Final = 256

    def __init__(self) -> None:
        self._last = 0
        self._begin()
        # A child must neither go on with its parent's randomness nor wait for a thread that it does not have.
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._random: list[str] = []
        self._lock = threading.Lock()

    def take(self) -> str:
        with self._lock:
            now = time.time_ns() * _PARTS // _MILLISECOND
            self._last = max(now, self._last + 1)
            when = f"{self._last:015x}"
            if not self._random:
                # Many from one call, during which other threads run.
                found = os.urandom(8 * self._MANY).hex()
                self._random = [found[at : at + 16] for at in range(0, len(found), 16)]
            random = self._random.pop()
        variant = "89ab"[int(random[0], 16) & 3]
        return f"{when[:8]}-{when[8:12]}-7{when[12:]}-{variant}{random[1:4]}-{random[4:]}"


_MAKER: Final = _Maker()


def new_uuid() -> UUID:
    """One that was never used.

    >>> new_uuid() < new_uuid()
    True
    """
    return UUID(uuid_text())


def uuid_text() -> str:
    """`new_uuid` as it is written: in small letters, in groups of 8-4-4-4-12."""
    return _MAKER.take()
