"""Effects that go outside, carried out by a few threads of one worker process.

A call is made by a thread that has its own client; its end is told by one thread more, which takes together what has
come in meanwhile. If the process dies in between nothing is repaired: the alarm clocks of the records ring.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from ulak.lifecycle.effects import Ask, LookUp, Send
from ulak_server import clock
from ulak_server.exchange.calls import making
from ulak_server.exchange.calls.gate import Gate, Pass
from ulak_server.exchange.calls.making import EFatura, End, Parcel
from ulak_server.exchange.calls.telling import Result, tell
from ulak_server.exchange.law import policy
from ulak_server.exchange.shell import Outside
from ulak_server.meters import CALLS

__all__ = ["Calls"]

_LOG: Final = structlog.get_logger("ulak_server.calls")
_KINDS: Final = (Send, Ask, LookUp)
_THREADS: Final = 4
_TOGETHER: Final = 40
_LAST_PAUSE: Final = 5.0
_MISSED: Final = timedelta(seconds=1)
"""After which a call is tried again that the database held up."""


class _Job(NamedTuple):
    asked_for: Outside
    born: float


class Calls:
    """Makes calls to Merkez for one process. `carry_out` is for any thread.

    Args:
        parcel: gives the bytes of an envelope; asked by the threads that call, outside of any transaction.
        url, identity: of Merkez, and whom it knows as the caller; those of the installation if they are not given.
        threads: how many calls are under way at most.
    """

    def __init__(self, parcel: Parcel, *, url: str = "", identity: str = "", threads: int = _THREADS) -> None:
        self._parcel = parcel
        self._url = url or settings.ENVIRONMENT["ULAK_MERKEZ_URL"]
        self._identity = identity or settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"]
        self._gate = Gate(self._identity)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._ends: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        self._most, self._under_way = 2 * threads, 0
        self._changed = threading.Condition()
        self._is_closing = False
        if not self._url:
            _LOG.warning("calls.no-address", variable="ULAK_MERKEZ_URL")
        callers = threads if self._url else 0
        self._callers = [threading.Thread(target=self._call, name=f"call-{n}", daemon=True) for n in range(callers)]
        self._teller = threading.Thread(target=self._tell, name="call-teller", daemon=True)
        for thread in (*self._callers, self._teller):
            thread.start()

    @property
    def free(self) -> int:
        """How many calls could be taken on now; whoever claims records that call should not claim more.

        None where no address of Merkez is known, so that envelopes wait without being moved.
        """
        return 0 if self._is_closing or not self._callers else max(0, self._most - self._under_way)

    def carry_out(self, asked_for: Iterable[Outside]) -> None:
        """Begin what was asked for, after the commit. Answers to calls of Merkez's are not for here."""
        born = time.monotonic()
        jobs = [_Job(one, born) for one in asked_for if isinstance(one.effect, _KINDS)] if self._callers else []
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
        to = making.client(self._url, policy())
        try:
            while (job := self._jobs.get()) is not None:
                self._ends.put(self._made(to, job))
        finally:
            to.close()
            connection.close()

    def _made(self, to: EFatura, job: _Job) -> Result:
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
        return Result(job.asked_for, self._end(to, job.asked_for)._replace(address=self._url))

    def _end(self, to: EFatura, asked_for: Outside) -> End:
        effect = asked_for.effect
        if isinstance(effect, Send):
            end, operation = making.sent(to, asked_for.key, self._parcel), "sendDocument"
        else:
            about = UUID(effect.envelope) if isinstance(effect, LookUp) else asked_for.key
            end, operation = making.asked(to, about), "getApplicationResponse"
        if end.was_made:
            CALLS.labels(operation, end.outcome or "status").observe(end.seconds)
        return end

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
        is_calm = self._gate.is_calm
        if any(one.end is None or one.end.problem for one in results):
            self._gate.doubt()
        try:
            self.carry_out(_persistently(lambda: tell(results, self._identity, is_calm=is_calm)))
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
