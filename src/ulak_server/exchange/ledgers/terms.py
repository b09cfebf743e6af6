"""Until when each month's books are due, and the calls to people because of it, whether or not there is a package yet.

Source: Elektronik Defter Genel Tebliği 1, 4.3.4 (the days are worked out by `ulak.lifecycle.ledgers.calendar`); being
late is fined for each month.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from ulak.lifecycle.ledgers.calendar import reminder
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.database.scope import widen
from ulak_server.exchange.law import happening, policy, worker
from ulak_server.exchange.shell import Shell
from ulak_server.meters import alarmed

__all__ = ["Terms", "close", "expect", "expect_none", "postpone_terms", "reopen"]

_EVERY: Final = timedelta(minutes=1)
_MOMENT: Final = timedelta(microseconds=1)
_BATCH: Final = 100
_EXPECT: Final = """
INSERT INTO exchange_ledger_term (taxpayer_id, branch, month, due_at, warned, wake_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (taxpayer_id, branch, month) DO UPDATE
SET due_at = excluded.due_at, warned = excluded.warned,
    wake_at = CASE WHEN exchange_ledger_term.closed_at IS NULL THEN excluded.wake_at END
WHERE exchange_ledger_term.due_at <> excluded.due_at
"""
_POSTPONE: Final = """
UPDATE exchange_ledger_term SET due_at = %s, warned = %s, wake_at = CASE WHEN closed_at IS NULL THEN %s END
WHERE due_at = %s AND month BETWEEN %s AND %s
"""
_CLOSE: Final = """
UPDATE exchange_ledger_term SET closed_at = %s, wake_at = NULL
WHERE taxpayer_id = %s AND branch = %s AND month = %s AND closed_at IS NULL
"""
_REOPEN: Final = """
UPDATE exchange_ledger_term SET closed_at = NULL, wake_at = greatest(%s, due_at)
WHERE taxpayer_id = %s AND branch = %s AND month = %s AND closed_at IS NOT NULL
"""
_NONE: Final = """
DELETE FROM exchange_ledger_term WHERE taxpayer_id = %s AND branch = %s AND month > %s AND closed_at IS NULL
"""
_RINGING: Final = """
SELECT id, taxpayer_id, branch, month, due_at, warned FROM exchange_ledger_term
WHERE wake_at <= %s ORDER BY wake_at LIMIT %s FOR UPDATE SKIP LOCKED
"""
_RUNG: Final = "UPDATE exchange_ledger_term SET warned = %s, wake_at = %s WHERE id = %s"


def expect(taxpayer: int, branch: str, month: date, due_at: datetime) -> None:
    """Know that a month's books are due then; the same said again changes nothing. In the caller's transaction.

    Warnings whose moment is past already are not made up for; being late is told at once.

    Args:
        month: any day of it.
        due_at: the first moment at which it is late, aware.
    """
    warned, _ = reminder(due_at, min(clock.now(), due_at - _MOMENT), 0, policy())
    wake_at = _next(due_at, warned, policy())
    with connection.cursor() as cursor:
        cursor.execute(_EXPECT, [taxpayer, branch, month.replace(day=1), due_at, warned, wake_at])


def expect_none(taxpayer: int, branch: str, after: date) -> None:
    """Expect no books of months that begin after a day, since the business ended. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NONE, [taxpayer, branch, after])


def postpone_terms(due_at: datetime, later: datetime, months: tuple[date, date]) -> None:
    """Let those of some months that are due at a moment be due at another. In the caller's transaction, a worker's."""
    warned, _ = reminder(later, min(clock.now(), later - _MOMENT), 0, policy())
    with connection.cursor() as cursor:
        cursor.execute(_POSTPONE, [later, warned, _next(later, warned, policy()), due_at, *months])


def close(taxpayer: int, branch: str, month: date, at: datetime) -> None:
    """Call nobody any more: GİB has approved all of the month. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [at, taxpayer, branch, month.replace(day=1)])


def reopen(taxpayer: int, branch: str, month: date, at: datetime) -> None:
    """What was closed is to be made anew. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_REOPEN, [at, taxpayer, branch, month.replace(day=1)])


def _next(due_at: datetime, warned: int, policy: Policy) -> datetime:
    """The first moment at which there is something more to be said."""
    early = (policy.ledger_early, policy.ledger_soon, policy.ledger_last)
    return due_at - early[warned] if warned < len(early) else due_at + policy.remind * (warned - len(early))


class _Ringing(NamedTuple):
    id: int
    taxpayer: int
    branch: str
    month: date
    due_at: datetime
    warned: int


class Terms:
    """The station that calls people because of months that run out of time.

    Args:
        every: how often it looks.
    """

    name: Final = "ledger-terms"

    def __init__(self, every: timedelta = _EVERY) -> None:
        self._every = every
        self._look_at: datetime | None = None

    def turn(self) -> int:
        """Call because of up to a hundred months; of how many."""
        now = clock.now()
        if self._look_at is not None and clock.is_ahead(self._look_at, self._every):
            return 0
        done = self._ring()
        self._look_at = None if done else now + self._every
        return done

    def close(self) -> None:
        """Nothing is held."""

    def _ring(self) -> int:
        with happening(actor=worker()) as shell, connection.cursor() as cursor:
            cursor.execute(_RINGING, [shell.now, _BATCH])
            found = [_Ringing(*values) for values in cursor.fetchall()]
            widen(sorted({one.taxpayer for one in found}))
            entries = [entry for one in found if (entry := _called(one, shell)) is not None]
            for one in found:
                warned, _ = reminder(one.due_at, shell.now, one.warned, shell.policy)
                cursor.execute(_RUNG, [warned, _next(one.due_at, warned, shell.policy), one.id])
            audit.record(entries)
            alarmed([entry.code for entry in entries])
        return len(found)


def _called(one: _Ringing, shell: Shell) -> audit.Entry | None:
    _, code = reminder(one.due_at, shell.now, one.warned, shell.policy)
    last = (one.due_at - _MOMENT).astimezone(clock.ISTANBUL).date()
    facts = {"month": f"{one.month:%Y-%m}", "branch": one.branch, "day": last.isoformat()}
    return audit.Entry("alarm", shell.now, one.taxpayer, code=code, actor=shell.actor, facts=facts) if code else None
