"""A bell between processes: who makes work rings it, idle workers wake up at once instead of at their next look.

A ring may be lost and means nothing but "look"; the state rows are the queue.
"""

from __future__ import annotations

import threading
import time
from functools import partial
from types import TracebackType
from typing import Final, Protocol

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ulak_server.database.direct import line

__all__ = ["BOOKS", "WORK", "Bell", "Clockwork", "Waiting", "ring"]

WORK: Final = "ulak_work"
"""Heard by the pipeline's workers."""
BOOKS: Final = "ulak_books"
"""Heard by who makes books: they need not wake up for each batch of documents."""
_QUIET: Final = 0.05
"""Seconds between two rings of a process: commits that notify wait for each other in PostgreSQL."""
_last_rung: Final[dict[str, float]] = {}
_lock: Final = threading.Lock()


def ring(channel: str = WORK) -> None:
    """Wake workers once the running transaction is committed; at most one ring every few hundredths of a second.

    Args:
        channel: whose bell, `WORK` or `BOOKS`.
    """
    transaction.on_commit(partial(_ring, channel), robust=True)


def _ring(channel: str) -> None:
    with _lock:
        if time.monotonic() - _last_rung.get(channel, -_QUIET) < _QUIET:
            return
        _last_rung[channel] = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {channel}")


class Waiting(Protocol):
    """What an idle process waits by."""

    def wait(self, seconds: float) -> bool:
        """Wait so long; whether there is a reason to look sooner."""


class Clockwork:
    """Hears no rings: for whoever looks at regular times.

    Args:
        stop: ends every wait at once.
    """

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def wait(self, seconds: float) -> bool:
        """Wait so long; never a reason to look sooner."""
        self._stop.wait(seconds)
        return False


class Bell:
    """Hears rings, over a connection of its own that is made again whenever it is lost.

    Args:
        stop: ends every wait, at the latest within half a second.
        channel: which rings are heard, `WORK` or `BOOKS`.
    """

    def __init__(self, stop: threading.Event, channel: str = WORK) -> None:
        self._stop, self._channel = stop, channel
        self._line: BaseDatabaseWrapper | None = None

    def wait(self, seconds: float) -> bool:
        """Wait for a ring; whether there was one. Without a database it only waits."""
        if self._stop.is_set():
            return False
        try:
            return any(True for _ in self._listening().connection.notifies(timeout=seconds, stop_after=1))
        except Exception:
            self._hang_up()
            self._stop.wait(seconds)
            return False

    def _listening(self) -> BaseDatabaseWrapper:
        if self._line is None:
            self._line = line()
            self._line.ensure_connection()
            self._line.connection.execute(f"LISTEN {self._channel}")
        return self._line

    def _hang_up(self) -> None:
        one, self._line = self._line, None
        if one is not None:
            one.close()

    def __enter__(self) -> Bell:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()
