"""The station that rings alarm clocks: it gives `Woke` to every record whose moment has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import InterfaceError, OperationalError, connection

from ulak.lifecycle.effects import Woke
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of, scoped
from ulak_server.exchange.calls.carrying import Calls
from ulak_server.exchange.law import happening, worker
from ulak_server.exchange.ledgers.calling import LedgerCalls
from ulak_server.exchange.reports.calling import ReportCalls
from ulak_server.exchange.rooms import (
    ACCOUNTS,
    ANSWERS,
    DOCUMENTS,
    ENVELOPES,
    IDENTITIES,
    INBOUND,
    LEDGERS,
    REPORTS,
    Room,
)

__all__ = ["NAMES", "Alarms"]

_LOG: Final = structlog.get_logger("ulak_server.alarms")
_BATCH: Final = 100
_POSTPONED: Final = timedelta(minutes=5)
_ROOMS: Final = (IDENTITIES, ENVELOPES, INBOUND, ACCOUNTS, DOCUMENTS, ANSWERS, REPORTS, LEDGERS)
_ELSEWHERE: Final = {INBOUND.name: " AND stage <> 'stored'", REPORTS.name: " AND stage <> 'building'"}
"""Incoming envelopes that are to be opened, and reports that are to be built, have stations of their own."""
NAMES: Final = tuple(room.name for room in _ROOMS)
"""As the function ``exchange_due`` of the database calls their clocks."""


class Alarms:
    """See the module.

    Args:
        calls: makes the calls that records ask for when they wake; envelopes wait while it has no room.
        reports: the same for reports; None: they wait.
        ledgers: the same for packages of books.
    """

    name: Final = "alarms"

    def __init__(self, calls: Calls, reports: ReportCalls | None = None, ledgers: LedgerCalls | None = None) -> None:
        self._calls, self._reports, self._ledgers = calls, reports, ledgers

    def turn(self) -> int:
        """Ring the clocks of up to a hundred records of each room; how many rang."""
        due = _rooms_due()
        return sum(self._ring(room) for room in _ROOMS if room.name in due)

    def close(self) -> None:
        """Nothing is held."""

    def _ring(self, room: Room) -> int:
        most = min(_BATCH, self._free(room))
        if not most:
            return 0
        try:
            return self._wake(room, f"wake_at <= %s{_ELSEWHERE.get(room.name, '')}", [clock.now()], most)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            _LOG.exception("alarms.failed", room=room.name)
            return sum(self._alone(room, key) for key in _due(room, most))

    def _free(self, room: Room) -> int:
        if room in (REPORTS, LEDGERS):
            line = self._reports if room is REPORTS else self._ledgers
            return 0 if line is None else line.free
        return self._calls.free if room is ENVELOPES else _BATCH

    def _alone(self, room: Room, key: Any) -> int:
        """One record by itself, after one of many had failed; the one that fails is put off, so that others go on."""
        try:
            return self._wake(room, f"wake_at <= %s AND {room.key[0]} = %s", [clock.now(), key], 1)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            _LOG.exception("alarm.failed", room=room.name, key=str(key))
            _put_off(room, key)
            return 0

    def _wake(self, room: Room, condition: str, parameters: list[Any], most: int) -> int:
        with happening(actor=worker()) as shell:
            rows = shell.claim(
                room, f"WHERE {condition} ORDER BY wake_at LIMIT %s FOR UPDATE SKIP LOCKED", [*parameters, most]
            )
            for row in rows:
                shell.happen(room, row.key, Woke())
        for line in (self._calls, self._reports, self._ledgers):
            if line is not None:
                line.carry_out(shell.outside)
        return len(rows)


def _rooms_due() -> set[str]:
    """The rooms in which a clock rings: one look for all, since most of the time none does."""
    (due,) = row_of(Role.PIPELINE, [], "SELECT exchange_due(%s, true)", [clock.now()]) or ((),)
    return set(due)


def _due(room: Room, most: int) -> list[Any]:
    name, elsewhere = room.key[0], _ELSEWHERE.get(room.name, "")
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM {room.table} WHERE wake_at <= %s{elsewhere} ORDER BY wake_at LIMIT %s",  # noqa: S608
            [clock.now(), most],
        )
        return [key for (key,) in cursor.fetchall()]


def _put_off(room: Room, key: Any) -> None:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {room.table} SET wake_at = %s WHERE {room.key[0]} = %s",  # noqa: S608
            [clock.now() + _POSTPONED, key],
        )
