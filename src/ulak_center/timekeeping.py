"""The center's work over time: tasks carried out when they are due, by a thread or by moving the clock."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from typing import Final

from ulak_center.agenda import Agenda, Task
from ulak_center.clock import Clock
from ulak_center.problems import CenterError

__all__ = ["Timekeeper"]

_LOG: Final = logging.getLogger("ulak.center")
_LONGEST_CALL: Final = 90.0
"""Real seconds after which a call is not waited for, more than any call may take."""
_PACE: Final = 0.25
"""Seconds after which a working center looks at its clock again, since the clock may have been moved."""


class Timekeeper:
    """Carries out what is on an agenda. Threads may share it.

    Args:
        lock: held around every task, but for the parts that take long and need it not (`Rest`).
    """

    def __init__(self, agenda: Agenda, clock: Clock, lock: AbstractContextManager[object]) -> None:
        self._agenda, self._clock, self._lock = agenda, clock, lock
        self._changed = threading.Condition()
        self._turn = threading.RLock()
        self._is_ending = False

    def run_due(self) -> int:
        """Carry out all tasks that are due; how many there were."""
        done = 0
        while not self._is_ending and self._carry_out():
            done += 1
        return done

    def advance(self, by: timedelta) -> int:
        """Move the clock, carrying out every task at its own moment; how many there were. `end` stops it on the way."""
        target = self._clock.now() + by
        done = self._run_landed()
        while (due := self.next_due()) is not None and due <= target and not self._is_ending:
            self._jump(due)
            done += self._run_landed()
        if not self._is_ending:
            self._jump(target)
        return done

    def end(self) -> None:
        """Let those who move the clock come to an end."""
        self._is_ending = True
        self.wake()

    def _run_landed(self) -> int:
        """As `run_due`, and wait for calls under way, since what follows from them is due before later tasks."""
        done = self.run_due()
        until = time.monotonic() + _LONGEST_CALL
        while self._is_calling() and time.monotonic() < until and not self._is_ending:
            with self._changed:
                self._changed.wait(_PACE / 10)
            done += self.run_due()
        return done

    def _is_calling(self) -> bool:
        with self._lock:
            return self._agenda.is_calling()

    def _jump(self, to: datetime) -> None:
        with self._lock, suppress(CenterError):
            # A running clock may pass it between two looks.
            self._clock.jump(to)

    def next_due(self) -> datetime | None:
        """When the next task is due."""
        with self._lock:
            return self._agenda.next_due()

    def work(self, stop: threading.Event) -> None:
        """Carry out tasks as they fall due, until told to stop."""
        while not stop.is_set():
            try:
                self.run_due()
            except Exception:
                _LOG.exception("a task failed")
                stop.wait(_PACE)
            due = self.next_due()
            wait = None if due is None else self._clock.wait_for(due)
            with self._changed:
                self._changed.wait(_PACE if wait is None else min(wait, _PACE))

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._changed:
            self._changed.notify_all()

    def _carry_out(self) -> bool:
        # One task at a time: what one finds must not change while it looks.
        with self._turn:
            task = self._next_task()
            if task is None:
                return False
            try:
                with self._lock:
                    rest = self._agenda.carry_out(task)
                if rest is not None:
                    rest()
            except Exception:
                with self._lock:
                    self._agenda.put_off(task, self._clock.now())
                raise
            return True

    def _next_task(self) -> Task | None:
        with self._lock:
            return self._agenda.next_task(self._clock.now())
