"""Alarms that ring once when something takes too long, all kept by one thread of the process.

A `threading.Timer` is a thread for each: for a call that ends in a millisecond it takes as long as the call.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final

__all__ = ["Alarm", "hang_up"]

_NEVER: Final = float("inf")


class Alarm:
    """Rings once after some seconds, unless the block ends before.

    Args:
        ring: what is done then, by another thread, quickly; never once the block has ended.

    Attributes:
        has_rung: whether the time was over.

    >>> with Alarm(60, lambda: print("too late")) as alarm:
    ...     pass
    >>> alarm.has_rung
    False
    """

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.has_rung = False
        self._seconds, self._ring = seconds, ring

    def __enter__(self) -> Alarm:
        _WATCH.begin(self, time.monotonic() + self._seconds)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        _WATCH.end(self)

    def go_off(self) -> None:
        """Ring now."""
        self.has_rung = True
        self._ring()


def hang_up(line: socket.socket | None) -> None:
    """Shut a connection from outside: whoever waits at it is woken, by any thread, and whatever it was doing."""
    if line is not None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


class _Watch:
    """Waits for the first of all alarms."""

    def __init__(self) -> None:
        self.forget_all()

    def forget_all(self) -> None:
        """Begin anew: a process that was forked has neither the thread nor the alarms of its parent."""
        self._changed = threading.Condition()
        self._alarms: dict[Alarm, float] = {}
        self._next = _NEVER
        self._thread: threading.Thread | None = None

    def begin(self, alarm: Alarm, at: float) -> None:
        with self._changed:
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="alarms", daemon=True)
                # Where the system has no thread to give, the next alarm asks again.
                thread.start()
                self._thread = thread
            self._alarms[alarm] = at
            if at < self._next:
                self._changed.notify()

    def end(self, alarm: Alarm) -> None:
        # Nobody is woken: the thread finds out when it would have rung.
        with self._changed:
            self._alarms.pop(alarm, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for alarm in [alarm for alarm, at in self._alarms.items() if at <= now]:
                    del self._alarms[alarm]
                    # Whatever one rings into, the others must be rung, too.
                    with suppress(Exception):
                        alarm.go_off()
                self._next = min(self._alarms.values(), default=_NEVER)
                self._changed.wait(None if self._next == _NEVER else self._next - now)


_WATCH: Final = _Watch()
os.register_at_fork(after_in_child=_WATCH.forget_all)
