"""Threads of one worker process that make calls, and one more that tells how they ended.

A call is made by a thread that has its own client; its end is told by one thread more, which takes together what has
come in meanwhile. If the process dies in between nothing is repaired: the alarm clocks of the records ring.
"""

from __future__ import annotations

import queue
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

import structlog
from django.db import InterfaceError, OperationalError, connection

from ulak_server import clock
from ulak_server.exchange.calls.gate import Gate, Pass
from ulak_server.exchange.calls.making import End
from ulak_server.exchange.calls.telling import Result
from ulak_server.exchange.law import policy
from ulak_server.exchange.shell import Outside

__all__ = ["Line"]

_LOG: Final = structlog.get_logger("ulak_server.calls")
_TOGETHER: Final = 40
_LAST_PAUSE: Final = 5.0
_MISSED: Final = timedelta(seconds=1)
"""After which a call is tried again that the database held up."""


class Closing(Protocol):
    """What a thread calls through."""

    def close(self) -> None:
        """Give back its connections."""


C = TypeVar("C", bound=Closing)


class _Job(NamedTuple):
    asked_for: Outside
    born: float


class Line(ABC, Generic[C]):
    """Makes calls to one counterpart for one process. `carry_out` is for any thread.

    Args:
        kinds: types of effects that are calls to this counterpart.
        gate: whether a call may be made now.
        threads: how many calls are under way at most; 0: none is made, and `free` says so.
    """

    def __init__(self, kinds: tuple[type, ...], gate: Gate, threads: int) -> None:
        self._kinds, self._gate = kinds, gate
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._ends: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        self._most, self._under_way = 2 * threads, 0
        self._changed = threading.Condition()
        self._is_closing = False
        name = type(self).__name__.lower()
        self._callers = [threading.Thread(target=self._call, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        self._teller = threading.Thread(target=self._tell, name=f"{name}-teller", daemon=True)
        for thread in (*self._callers, self._teller):
            thread.start()

    @abstractmethod
    def client(self) -> C:
        """A client for one thread."""

    @abstractmethod
    def end(self, to: C, asked_for: Outside) -> End:
        """Make a call, and say how it ended."""

    @abstractmethod
    def write(self, results: Sequence[Result]) -> list[Outside]:
        """Tell how calls ended, in one transaction; what is to be done outside because of it."""

    @property
    def free(self) -> int:
        """How many calls could be taken on now; whoever claims records that call should not claim more.

        None where no address of the counterpart is known, so that records wait without being moved.
        """
        return 0 if self._is_closing or not self._callers else max(0, self._most - self._under_way)

    def carry_out(self, asked_for: Iterable[Outside]) -> None:
        """Begin what was asked for, after the commit. Answers to calls that others make are not for here."""
        born = time.monotonic()
        jobs = [_Job(one, born) for one in asked_for if isinstance(one.effect, self._kinds)] if self._callers else []
        with self._changed:
            self._under_way += len(jobs)
        for job in jobs:
            self._jobs.put(job)

    def settle(self, timeout: float = 60.0) -> bool:
        """Wait until nothing is under way; whether that came to be."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, timeout)

    def close(self, timeout: float = 30.0) -> None:
        """End the calls under way and tell their ends; what does not end in time is left to the alarm clocks."""
        self._is_closing = True
        self.settle(timeout)
        for _ in self._callers:
            self._jobs.put(None)
        self._ends.put(None)
        self._teller.join(timeout=_LAST_PAUSE)

    # -- threads that call ---------------------------------------------------------------------------------------------

    def _call(self) -> None:
        to = self.client()
        try:
            while (job := self._jobs.get()) is not None:
                self._ends.put(self._made(to, job))
        finally:
            to.close()
            connection.close()

    def _made(self, to: C, job: _Job) -> Result:
        """A call that waited for so long that it might outlast its lease is not made."""
        if time.monotonic() - job.born > policy().call_lease.total_seconds() / 2:
            return Result(job.asked_for, None)
        try:
            found = self._gate.ask()
        except Exception:
            _LOG.exception("gate.failed")
            connection.close()
            return Result(job.asked_for, None, Pass(until=clock.now() + _MISSED))
        if not found.is_open:
            return Result(job.asked_for, None, found)
        return Result(job.asked_for, self.end(to, job.asked_for))

    # -- the thread that tells -----------------------------------------------------------------------------------------

    def _tell(self) -> None:
        try:
            while (first := self._ends.get()) is not None:
                results = [first, *self._waiting()]
                self._told(results)
                with self._changed:
                    self._under_way -= len(results)
                    self._changed.notify_all()
        finally:
            connection.close()

    def _waiting(self) -> list[Result]:
        found: list[Result] = []
        with suppress(queue.Empty):
            while len(found) < _TOGETHER:
                one = self._ends.get_nowait()
                if one is None:
                    self._ends.put(None)
                    break
                found.append(one)
        return found

    def _told(self, results: Sequence[Result]) -> None:
        """Tell them, however often the database goes away; one that cannot be told leaves the others alone."""
        if any(one.end is None or one.end.problem for one in results):
            self._gate.doubt()
        try:
            self.carry_out(_persistently(lambda: self.write(results)))
        except Exception:
            if len(results) > 1:
                for one in results:
                    self._told([one])
            else:
                _LOG.exception("call.untold", room=results[0].asked_for.room, key=str(results[0].asked_for.key))


def _persistently(do: Callable[[], list[Outside]]) -> list[Outside]:
    """Do it again while the database is away; as long as the lease of the call runs."""
    until, pause = time.monotonic() + policy().call_lease.total_seconds(), 0.1
    while True:
        try:
            return do()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > until:
                raise
            _LOG.warning("call.database-away", error=str(error)[:200])
            connection.close()
            time.sleep(pause)
            pause = min(_LAST_PAUSE, pause * 2)
