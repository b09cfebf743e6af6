"""One question to the database for all stations of a worker: where may there be something to do?

Most turns of most stations find nothing. Each of them would be a transaction of its own; together they are one
statement, in one round trip. What a station does when its turn comes asks again, under locks: a look that is wrong
costs a turn and decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import structlog
from django.db import Error, connection

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of
from ulak_server.documents.models import Work
from ulak_server.exchange.alarms import DUE
from ulak_server.exchange.station import Station

__all__ = ["Lookout"]

_LOG: Final = structlog.get_logger("ulak_server.worker")


def _first(table: str, condition: str, order: str) -> str:
    """Whether there is such a row, found by the index that gives the order, whatever statistics say of the table."""
    return f"(SELECT true FROM {table} WHERE {condition} ORDER BY {order} LIMIT 1)"  # noqa: S608


def _work(work: Work) -> str:
    return _first("documents_document", f"work = {int(work)} AND ready_at <= now.at", "taxpayer_id")


_LOOKS: Final = {
    "alarms": DUE,
    "batches": (_first("documents_batch", "wake_at <= now.at", "wake_at"),),
    "preparing": (_work(Work.JUDGE), _work(Work.SEAL)),
    "packing": (_work(Work.PACK),),
    "inbound": (_first("exchange_inbound", "stage = 'stored' AND wake_at <= now.at", "wake_at"),),
    "requests": (_first("taxpayers_request", "stage IN ('wanted', 'sealed') AND ready_at <= now.at", "ready_at"),),
}
"""By the names of stations. Those that look by the clock, seldom or at their own work, are not here."""


class Lookout:
    """Asks for the stations of one worker.

    Args:
        stations: those that nobody can ask for are always said to have something to do.
    """

    def __init__(self, stations: Iterable[Station]) -> None:
        self._stations = tuple(stations)
        self._asked = tuple(one.name for one in self._stations if one.name in _LOOKS)
        looks = (f"coalesce({', '.join(_LOOKS[name])}, false)" for name in self._asked)
        self._statement = f"SELECT {', '.join(looks)} FROM (SELECT %s::timestamptz AS at) AS now"  # noqa: S608

    def idle(self) -> Collection[str]:
        """Names of stations that have nothing to do now; none if the database does not answer.

        Whoever is to blame for that is found at its own turn, and rests.
        """
        if not self._asked:
            return ()
        try:
            found: Sequence[bool] = row_of(Role.PIPELINE, [], self._statement, [clock.now()]) or ()
        except Error as error:
            _LOG.warning("worker.blind", error=type(error).__name__)
            connection.close_if_unusable_or_obsolete()
            return ()
        return {name for name, is_due in zip(self._asked, found, strict=True) if not is_due}
