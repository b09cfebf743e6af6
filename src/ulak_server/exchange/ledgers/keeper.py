"""The station that looks at kept approved berats, and has GİB's fetched again where one is lost or damaged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from ulak.errors import UlakError
from ulak.lifecycle import ledgers as law
from ulak_server import clock
from ulak_server.database.scope import widen
from ulak_server.exchange.law import happening, worker
from ulak_server.exchange.ledgers import keeping
from ulak_server.exchange.models_of_ledgers import Sort
from ulak_server.exchange.rooms import LEDGERS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["Keeper"]

_LOG: Final = structlog.get_logger("ulak_server.ledgers")
_AGE: Final = timedelta(days=30)
"""After which a kept berat is looked at again."""
_EVERY: Final = timedelta(minutes=10)
_BATCH: Final = 20
_DUE: Final = """
WHERE stage = 'fetched' AND fetched_at IS NOT NULL AND checked_at <= %s
ORDER BY checked_at LIMIT %s FOR UPDATE SKIP LOCKED
"""
_DAMAGED: Final = "ledger-exchange.berat-damaged"
_LOST: Final = frozenset(
    {"ledger-exchange.no-file", "ledger-exchange.changed", "archive.damaged", "archive.key-missing"}
)


class Keeper:
    """See the module.

    Args:
        every: how often it looks for berats that were not looked at for a month.
    """

    name: Final = "ledger-keeper"

    def __init__(self, every: timedelta = _EVERY) -> None:
        self._every = every
        self._look_at: datetime | None = None

    def turn(self) -> int:
        """Look at a few; at how many."""
        now = clock.now()
        if self._look_at is not None and clock.is_ahead(self._look_at, self._every):
            return 0
        done = self._look(now)
        self._look_at = None if done else now + self._every
        return done

    def close(self) -> None:
        """Nothing is held."""

    def _look(self, now: datetime) -> int:
        with happening(actor=worker()) as shell:
            rows = shell.claim(LEDGERS, _DUE, [now - _AGE, _BATCH])
            widen(sorted({row["taxpayer_id"] for row in rows}))
            for row in rows:
                row["checked_at"] = now
                if (fault := _fault(row)) is not None:
                    _have_fetched(shell, row, fault)
        return len(rows)


def _fault(row: Row) -> UlakError | None:
    """What is wrong with the kept berat; a key store that does not answer says nothing about it."""
    id: UUID = row.key
    try:
        keeping.whole(id, Sort.APPROVED, row["approved_digest"])
    except (OperationalError, InterfaceError):
        raise
    except UlakError as error:
        return error if error.code in _LOST else None
    return None


def _have_fetched(shell: Shell, row: Row, fault: UlakError) -> None:
    _LOG.error("ledger.berat-damaged", package=row["name"], code=fault.code)
    shell.tell(LEDGERS, row, "alarm", code=_DAMAGED, reason=fault.code, name=row["name"])
    shell.happen(LEDGERS, row.key, law.Lost())
