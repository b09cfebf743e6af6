"""PDFs that were just made: what many receivers open, or one opens again and again, is set once.

They hold what documents say, so they are kept for minutes, and within a number of bytes: a few large ones must not fill
a process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Final, NamedTuple

__all__ = ["Papers"]

_SECONDS: Final = 600.0
_MOST: Final = 8 * 1024**2


class _Kept(NamedTuple):
    data: bytes
    until: float


class Papers:
    """Files by what they were made of; for all threads of a process.

    Args:
        most: bytes of all files together; one that is larger than a quarter of that is not kept.
        seconds: for how long a file is kept.
        now: seconds of a clock that never goes back.
    """

    def __init__(self, most: int = _MOST, seconds: float = _SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._kept: dict[Hashable, _Kept] = {}
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The file of a key, made if it is not there; two that ask at once may both make it."""
        with self._lock:
            self._forget_old()
            if key in self._kept:
                return self._kept[key].data
        made = make()
        if len(made) * 4 <= self._most:
            with self._lock:
                self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: bytes) -> None:
        self._drop(key)
        self._kept[key] = _Kept(made, self._now() + self._seconds)
        self._size += len(made)
        while self._size > self._most:
            self._drop(next(iter(self._kept)))

    def _forget_old(self) -> None:
        # All are kept equally long, so that the oldest stand first.
        now = self._now()
        while self._kept and next(iter(self._kept.values())).until <= now:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        self._size -= len(kept.data) if kept is not None else 0
