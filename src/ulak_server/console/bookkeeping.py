"""Works on books and months of books as operators see them: how far they are, and nothing of what is in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.errors import Text
from ulak_server import clock
from ulak_server.ledgers.services import STEPS

__all__ = ["LateMonth", "LedgerWork", "last_day", "late_months", "ledger_works"]

_STILL: Final = timedelta(minutes=15)
"""Without a sign of life, after which a work counts as stuck."""
_WORKS: Final = """
SELECT w.id, w.taxpayer_id, t.title, w.month, w.branch, w.stage, w.step, w.done, w.total, w.tries, w.error_code,
    coalesce(w.beat_at, w.since, w.created_at), w.wake_at
FROM ledgers_work w JOIN taxpayers_taxpayer t ON t.id = w.taxpayer_id
WHERE w.wake_at IS NOT NULL OR w.stage = 'failed' ORDER BY w.id DESC LIMIT %s
"""
_LATE: Final = """
SELECT e.taxpayer_id, t.title, e.month, e.branch, e.due_at FROM exchange_ledger_term e
JOIN taxpayers_taxpayer t ON t.id = e.taxpayer_id
WHERE e.closed_at IS NULL AND e.due_at <= %s ORDER BY e.due_at, e.taxpayer_id LIMIT %s
"""


class LedgerWork(NamedTuple):
    """A work that a worker is at, or that broke off.

    Attributes:
        stage: in words.
        share: percent of the step that is done; None where it is not known.
        at: its last sign of life.
        is_stuck: whether somebody has to look: it broke off, or nothing moves though it should.
    """

    id: int
    taxpayer: int
    title: str
    month: date
    branch: str
    stage: Text
    share: int | None
    tries: int
    code: str
    at: datetime
    is_stuck: bool


class LateMonth(NamedTuple):
    """A month whose time is over, and GİB has not all of it."""

    taxpayer: int
    title: str
    month: date
    branch: str
    due_at: datetime

    @property
    def last(self) -> date:
        return last_day(self.due_at)


def last_day(due_at: datetime) -> date:
    """The last whole day before a deadline, which ends with its midnight."""
    return (due_at - timedelta(seconds=1)).astimezone(clock.ISTANBUL).date()


def ledger_works(most: int = 100) -> list[LedgerWork]:
    """Works that are under way or broke off, the newest first; within an operator's scope."""
    now = clock.now()
    return [_work(row, now) for row in _rows(_WORKS, most)]


def late_months(most: int = 100) -> list[LateMonth]:
    """Months that are late, the latest first; within an operator's scope."""
    return [LateMonth(*row) for row in _rows(_LATE, clock.now(), most)]


def _work(row: tuple[Any, ...], now: datetime) -> LedgerWork:
    id, taxpayer, title, month, branch, stage, _, done, total, tries, code, at, wake_at = row
    is_still = wake_at is not None and wake_at < now - _STILL and at < now - _STILL
    share = min(100, 100 * done // total) if total else None
    is_stuck = stage == "failed" or is_still
    return LedgerWork(id, taxpayer, title, month, branch, STEPS[stage], share, tries, code or "", at, is_stuck)


def _rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
