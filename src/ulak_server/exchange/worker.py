"""One worker process: it goes from station to station, turn by turn, until it is told to stop.

A station that fails rests for a while, longer every time, and the others go on: a database that is away, a key that
cannot be reached or a bad row never ends a worker.
"""

from __future__ import annotations

import gc
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.db import connection

from ulak.errors import UlakError
from ulak_server.audit.sealing import Sealing
from ulak_server.database.bell import WORK, Bell, Clockwork, Waiting
from ulak_server.documents.batch_station import BatchStation
from ulak_server.exchange.accounts.station import Requests
from ulak_server.exchange.alarms import Alarms
from ulak_server.exchange.calls.carrying import Calls
from ulak_server.exchange.daily_heads import DailyHeads
from ulak_server.exchange.inbound.station import Opener
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.law import policy
from ulak_server.exchange.ledgers.calling import LedgerCalls
from ulak_server.exchange.ledgers.keeper import Keeper
from ulak_server.exchange.ledgers.terms import Terms
from ulak_server.exchange.looking import Lookout
from ulak_server.exchange.outbound.parcels import parcel
from ulak_server.exchange.outbound.stations import Packing, Preparing
from ulak_server.exchange.reports.calling import ReportCalls
from ulak_server.exchange.reports.station import Reports
from ulak_server.exchange.station import Station
from ulak_server.meters import FAILURES, TURNS

__all__ = ["Context", "Post", "opened", "run", "stations"]

_LOG: Final = structlog.get_logger("ulak_server.worker")
_YOUNG: Final = 20_000
"""New objects between two collections: a batch of documents makes many, and none of them in circles."""
_SHORTEST, _LONGEST = 0.1, 1.0
"""Seconds between two looks of an idle worker, and of one that hears no rings."""
_FIRST_REST, _LAST_REST = 0.5, 30.0
"""Seconds that a station rests after its first failure, and at most."""


@dataclass(slots=True)
class Context:
    """What the stations of one worker process share.

    Attributes:
        name: of the worker, for logs.
        stop: set when the worker is to end; a turn that takes long looks at it.
        keys: the keys that seal, opened once for the process (`ulak_server.exchange.keys.KeyRing`).
        calls: carries out effects that go outside (`ulak_server.exchange.calls.Calls`).
        reports: the same for reports (`ulak_server.exchange.reports.calling.ReportCalls`).
        ledgers: the same for packages of books (`ulak_server.exchange.ledgers.calling.LedgerCalls`).
    """

    name: str
    stop: threading.Event
    keys: Any = None
    calls: Any = None
    reports: Any = None
    ledgers: Any = None


@contextmanager
def opened(name: str, stop: threading.Event) -> Iterator[Context]:
    """The context of a worker process; what it holds is closed at the end."""
    with ExitStack() as stack:
        keys = stack.enter_context(closing(KeyRing()))
        calls = stack.enter_context(closing(Calls(parcel)))
        reports = stack.enter_context(closing(ReportCalls(keys)))
        yield Context(name, stop, keys, calls, reports, stack.enter_context(closing(LedgerCalls(keys))))


def stations(context: Context) -> Sequence[Station]:
    """Every kind of work that workers do, in the order of their turns."""
    return (
        Alarms(context.calls, context.reports, context.ledgers),
        BatchStation(policy),
        Preparing(context.keys, context.calls),
        Packing(context.calls),
        Opener(),
        Requests(context.keys),
        Reports(context.keys),
        Terms(),
        Keeper(),
        Sealing(),
        DailyHeads(context.keys),
    )


class Post:
    """A station with its rest after failures.

    Args:
        now: seconds of a clock that never goes back.
    """

    def __init__(self, station: Station, now: Callable[[], float] = time.monotonic) -> None:
        self.station, self._now = station, now
        self.failures = 0
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        return self._now() < self._rests_until

    def turn(self) -> int:
        """One turn; how much was done, 0 if the station rests or failed."""
        if self.is_resting:
            return 0
        try:
            done = self.station.turn()
        except Exception as error:
            self._failed(error)
            return 0
        self.failures = 0
        if done:
            TURNS.labels(self.station.name).inc(done)
        return done

    def close(self) -> None:
        """End the station; what it raises is only logged."""
        try:
            self.station.close()
        except Exception:
            _LOG.exception("station.close-failed", station=self.station.name)

    def _failed(self, error: Exception) -> None:
        self.failures += 1
        FAILURES.labels(self.station.name).inc()
        rest = min(_LAST_REST, _FIRST_REST * 2 ** min(self.failures - 1, 10)) * random.uniform(0.5, 1.0)  # noqa: S311
        self._rests_until = self._now() + rest
        facts = {"station": self.station.name, "failures": self.failures, "rest": round(rest, 2)}
        if isinstance(error, UlakError):
            _LOG.warning("station.failed", code=error.code, text=error.text.en, **facts)
        else:
            _LOG.error("station.failed", exc_info=error, **facts)
        connection.close_if_unusable_or_obsolete()


def run(context: Context, crew: Sequence[Station] | None = None, *, hears: str | None = WORK) -> None:
    """Work until ``context.stop`` is set; the turn under way is finished first.

    Args:
        hears: whose rings wake it (`ulak_server.database.bell`); None: it looks once a second while there is nothing to
            do.
    """
    posts = [Post(station) for station in (stations(context) if crew is None else crew)]
    _LOG.info("worker.started", worker=context.name, stations=[post.station.name for post in posts])
    try:
        if hears is not None:
            with Bell(context.stop, hears) as bell:
                _work(context, posts, bell, _SHORTEST)
        else:
            _work(context, posts, Clockwork(context.stop), _LONGEST)
    finally:
        for post in reversed(posts):
            post.close()
        connection.close()
        _LOG.info("worker.stopped", worker=context.name)


def _settled() -> bool:
    """Take what the first work left behind, rules above all, for what stays: it is not looked through again."""
    gc.collect()
    gc.freeze()
    return True


def _work(context: Context, posts: Sequence[Post], bell: Waiting, shortest: float) -> None:
    pause = shortest
    lookout = Lookout(post.station for post in posts)
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    is_settled = False
    while not context.stop.is_set():
        done = 0
        idle = lookout.idle()
        for post in posts:
            if context.stop.is_set():
                return
            if post.station.name not in idle:
                done += post.turn()
        if done and not is_settled:
            is_settled = _settled()
        is_busy = done > 0 or bell.wait(pause)
        pause = shortest if is_busy else min(_LONGEST, pause * 1.5)
