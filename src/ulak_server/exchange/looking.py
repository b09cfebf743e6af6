"""One question to the database for all stations of a process: where may there be something to do?

Most turns of most stations find nothing. Each of them would be a transaction of its own; together they are one
statement, in one round trip. What a station does when its turn comes asks again, under locks: a look that is wrong
costs a turn and decides nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

import structlog
from django.db import connection

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of
from ulak_server.documents.models import Work
from ulak_server.exchange.alarms import DUE
from ulak_server.exchange.rooms import ENVELOPES
from ulak_server.exchange.station import Station

__all__ = ["Lookout"]

_LOG: Final = structlog.get_logger("ulak_server.worker")
_SELDOM: Final = 0.5
"""Seconds between two looks for what is rare and in no hurry, while nothing of it was found."""
Looks = Mapping[str, Sequence[str]]


def _first(table: str, condition: str, order: str) -> str:
    """Whether there is such a row, found by the index that gives the order, whatever statistics say of the table."""
    return f"(SELECT true FROM {table} WHERE {condition} ORDER BY {order} LIMIT 1)"  # noqa: S608


def _work(work: Work) -> str:
    return _first("documents_document", f"work = {int(work)} AND ready_at <= now.at", "taxpayer_id")


_OFTEN: Final[Looks] = {
    "alarms": (DUE[ENVELOPES.name],),
    "batches": (_first("documents_batch", "wake_at <= now.at", "wake_at"),),
    "preparing": (_work(Work.JUDGE), _work(Work.SEAL)),
    "packing": (_work(Work.PACK),),
    "inbound": (_first("exchange_inbound", "stage = 'stored' AND wake_at <= now.at", "wake_at"),),
    "requests": (),
}
_RARE: Final[Looks] = {
    "alarms": [look for room, look in DUE.items() if room != ENVELOPES.name],
    "requests": (_first("taxpayers_request", "stage IN ('wanted', 'sealed') AND ready_at <= now.at", "ready_at"),),
}
"""By the names of stations. Those that look by the clock, or at their own work, are not here; those of other processes
say themselves what they look for (``looks``)."""


class Lookout:
    """Asks for the stations of one process.

    Args:
        stations: those that nobody can ask for are always said to have something to do.
        now: seconds of a clock that never goes back.
    """

    def __init__(self, stations: Iterable[Station], now: Callable[[], float] = time.monotonic) -> None:
        often = {one.name: tuple(getattr(one, "looks", _OFTEN.get(one.name, ()))) for one in stations}
        rare = {name: tuple(_RARE.get(name, ())) for name in often}
        self._asked = [name for name in often if often[name] or rare[name]]
        self._often = _question([often[name] for name in self._asked])
        self._all = _question([often[name] + rare[name] for name in self._asked])
        self._rare = [name for name in self._asked if rare[name]]
        self._now, self._next = now, now()
        self._blind, self._told = 0, 1

    def idle(self) -> Collection[str]:
        """Names of stations that have nothing to do now; none if the database does not answer.

        Whoever is to blame for that is found at its own turn, and rests.
        """
        if not self._asked:
            return ()
        is_all = self._now() >= self._next
        try:
            found: Sequence[bool] = row_of(Role.PIPELINE, [], self._all if is_all else self._often, [clock.now()]) or ()
        except Exception as error:
            self._is_blind(error)
            return ()
        self._blind, self._told = 0, 1
        idle = {name for name, is_due in zip(self._asked, found, strict=True) if not is_due}
        if is_all and idle.issuperset(self._rare):
            self._next = self._now() + _SELDOM
        return idle

    def _is_blind(self, error: Exception) -> None:
        """Say so at the first time, the second, the fourth …: a database may be away for hours."""
        self._blind += 1
        if self._blind >= self._told:
            self._told *= 2
            _LOG.warning("worker.blind", error=type(error).__name__, times=self._blind)
        connection.close_if_unusable_or_obsolete()


def _question(looks: Iterable[Sequence[str]]) -> str:
    each = (f"coalesce({', '.join([*one, 'false'])})" for one in looks)
    return f"SELECT {', '.join(each)} FROM (SELECT %s::timestamptz AS at) AS now"  # noqa: S608
