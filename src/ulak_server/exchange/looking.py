"""One question to the database for all stations of a process: where may there be something to do?

Most turns of most stations find nothing. Each of them would be a transaction of its own; together they are one
statement, in one round trip. What workers look for is a function of the database (``exchange_due``), which keeps its
plans: to plan a dozen looks took six times as long as to make them. What a station does when its turn comes asks again,
under locks: a look that is wrong costs a turn and decides nothing.
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
from ulak_server.exchange.alarms import NAMES
from ulak_server.exchange.station import Station

__all__ = ["Lookout"]

_LOG: Final = structlog.get_logger("ulak_server.worker")
_SELDOM: Final = 0.5
"""Seconds between two looks for what is rare and in no hurry, while nothing of it was found."""
_WORK: Final[Mapping[str, frozenset[str]]] = {
    "alarms": frozenset(NAMES),
    "batches": frozenset({"batch"}),
    "preparing": frozenset({"judge", "seal"}),
    "packing": frozenset({"pack"}),
    "inbound": frozenset({"open"}),
    "requests": frozenset({"request"}),
}
"""By the names of stations: what they look for, as the function ``exchange_due`` of the database calls it. Those that
look by the clock, or at their own work, are not here; those of other processes say themselves what they look for
(``looks``)."""
_OFTEN: Final = frozenset({"envelope", "batch", "judge", "seal", "pack", "open"})
"""What ``exchange_due`` says at every look; the rest when all is asked for."""
_DUE: Final = "exchange_due(now.at, now.is_all)"


class Lookout:
    """Asks for the stations of one process.

    Args:
        stations: those that nobody can ask for are always said to have something to do.
        now: seconds of a clock that never goes back.
    """

    def __init__(self, stations: Iterable[Station], now: Callable[[], float] = time.monotonic) -> None:
        looks = {one.name: getattr(one, "looks", ()) for one in stations}
        of_own = {name: own for name, own in looks.items() if own}
        self._own = list(of_own)
        self._known = [name for name in looks if name in _WORK and name not in of_own]
        self._rare = [name for name in self._known if not _OFTEN.issuperset(_WORK[name])]
        self._question = _question(of_own.values(), is_known=bool(self._known))
        self._now, self._next = now, now()
        self._blind, self._told = 0, 1

    def idle(self) -> Collection[str]:
        """Names of stations that have nothing to do now; none if the database does not answer.

        Whoever is to blame for that is found at its own turn, and rests.
        """
        if not self._own and not self._known:
            return ()
        is_all = bool(self._rare) and self._now() >= self._next
        try:
            found = row_of(Role.PIPELINE, [], self._question, [clock.now(), is_all])
        except Exception as error:
            self._is_blind(error)
            return ()
        self._blind, self._told = 0, 1
        due, *own = found or ((),)
        idle = {name for name in self._known if _WORK[name].isdisjoint(due)}
        if is_all and idle.issuperset(self._rare):
            self._next = self._now() + _SELDOM
        return idle.union(name for name, is_due in zip(self._own, own, strict=True) if not is_due)

    def _is_blind(self, error: Exception) -> None:
        """Say so at the first time, the second, the fourth …: a database may be away for hours."""
        self._blind += 1
        if self._blind >= self._told:
            self._told *= 2
            _LOG.warning("worker.blind", error=type(error).__name__, times=self._blind)
        connection.close_if_unusable_or_obsolete()


def _question(looks: Iterable[Sequence[str]], *, is_known: bool) -> str:
    own = (f"coalesce({', '.join([*one, 'false'])})" for one in looks)
    columns = ", ".join([_DUE if is_known else "NULL", *own])
    return f"SELECT {columns} FROM (SELECT %s::timestamptz AS at, %s AS is_all) AS now"  # noqa: S608
