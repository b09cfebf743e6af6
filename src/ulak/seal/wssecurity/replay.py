"""Messages already taken: a sealed message may be carried out once."""

from __future__ import annotations

import heapq
from datetime import datetime
from threading import Lock
from typing import Protocol

__all__ = ["ReplayGuard", "ReplayMemory"]


class ReplayGuard(Protocol):
    """Remembers the messages that were taken, for all processes that take messages."""

    def is_new(self, key: bytes, *, at: datetime, until: datetime) -> bool:
        """Whether ``key`` is met for the first time; it is remembered by the same call, at least until ``until``.

        Two calls with one key, however close together, must never both be told True.

        Args:
            key: `MessageReport.replay_key`, 32 bytes.
            at: now.
            until: after this moment the message is too old to be taken anyway, and may be forgotten.
        """
        ...


class ReplayMemory:
    """A `ReplayGuard` for one process. Forgets what is too old, so that it holds no more than a window's messages."""

    def __init__(self) -> None:
        self._keys: set[bytes] = set()
        self._ends: list[tuple[datetime, bytes]] = []
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._keys)

    def is_new(self, key: bytes, *, at: datetime, until: datetime) -> bool:
        with self._lock:
            self._forget(at)
            if key in self._keys:
                return False
            self._keys.add(key)
            heapq.heappush(self._ends, (until, key))
            return True

    def _forget(self, at: datetime) -> None:
        while self._ends and self._ends[0][0] < at:
            self._keys.discard(heapq.heappop(self._ends)[1])
