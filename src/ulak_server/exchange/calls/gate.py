"""Whether a call may be made now: GİB's permission (2007), and the breaker that spares a counterpart who is silent.

Both are rows that all processes share. A process looks at them anew after a moment, so that a good day costs no
statement for each call; what it learns late does no harm, since Merkez answers by itself then.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from ulak.lifecycle import breaker, identities
from ulak.lifecycle.breaker import Breaker
from ulak.lifecycle.outcomes import Outcome
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import records
from ulak_server.exchange.law import policy

__all__ = ["EARSIV", "EDEFTER", "MERKEZ", "Gate", "Pass", "learn"]

MERKEZ: Final = "merkez"
EARSIV: Final = "earsiv"
EDEFTER: Final = "edefter"
"""The names of the counterparts' rows."""
_DEAF: Final = frozenset({Outcome.NOT_SENT, Outcome.UNCLEAR})
_FRESH: Final = 0.3
"""Seconds for which what was read is believed."""


class Pass(NamedTuple):
    """The gate's answer: neither is set if the call may be made.

    Attributes:
        suspended: GİB took the permission away.
        until: nobody answers; not before that moment.
    """

    suspended: bool = False
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        return not self.suspended and self.until is None


class Gate:
    """What one process knows of the rows. For many threads.

    Args:
        identity: whose permission it is; empty: the counterpart takes none away.
        monotonic: seconds of a clock that never goes back.
        name: of the counterpart.
    """

    def __init__(self, identity: str, monotonic: Callable[[], float] = time.monotonic, *, name: str = MERKEZ) -> None:
        self._identity, self._monotonic, self._name = identity, monotonic, name
        self._lock = threading.Lock()
        self._good_until = 0.0

    def ask(self) -> Pass:
        """Whether a call may be made now. Not to be asked within a transaction."""
        if self._monotonic() < self._good_until:
            return Pass()
        with self._lock, scoped(Role.PIPELINE):
            if self._identity and _is_suspended(self._identity):
                return Pass(suspended=True)
            found = _breaker(self._name)
            admitted = breaker.admit(found, clock.now(), policy())
            if admitted.breaker != found:
                _write(self._name, admitted.breaker)
            if admitted.until is None and admitted.breaker == Breaker(found.seed):
                self._good_until = self._monotonic() + _FRESH
            return Pass(until=admitted.until)

    @property
    def is_calm(self) -> bool:
        """Whether the breaker was closed and without failures a moment ago."""
        return self._monotonic() < self._good_until

    def doubt(self) -> None:
        """Look at the rows before the next call."""
        self._good_until = 0.0


def learn(outcomes: list[Outcome], name: str = MERKEZ, *, is_calm: bool) -> None:
    """Tell a counterpart's breaker how calls ended, in their order, within the running transaction.

    Args:
        is_calm: whether the breaker was closed and without failures; what went well changes nothing about it then.
    """
    if is_calm and not any(outcome in _DEAF for outcome in outcomes):
        return
    found = _breaker(name)
    after = found
    for outcome in outcomes:
        after = breaker.ended(after, outcome, clock.now(), policy())
    if after != found:
        _write(name, after)


def _is_suspended(identity: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stage FROM exchange_identity WHERE number = %s", [identity])
        found = cursor.fetchone()
    return found is not None and found[0] == identities.Stage.SUSPENDED


def _breaker(name: str) -> Breaker:
    """The counterpart's row, locked; made if it is not there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT road FROM exchange_counterpart WHERE name = %s FOR UPDATE", [name])
        found = cursor.fetchone()
        if found is None:
            cursor.execute(
                "INSERT INTO exchange_counterpart (name, road) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE"
                " SET name = excluded.name RETURNING road",
                [name, records.write(Breaker(secrets.randbits(31)))],
            )
            found = cursor.fetchone()
    return records.read(Breaker, bytes(found[0]))


def _write(name: str, changed: Breaker) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_counterpart SET road = %s WHERE name = %s", [records.write(changed), name])
