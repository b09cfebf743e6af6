"""How much waits where, and for how long: read from the state rows, which are the queue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak_server.asides import services as asides
from ulak_server.credits import services as credits
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Work

__all__ = ["Depth", "aside", "kontor", "late", "reportable", "stages", "waiting", "workers"]

_WAITING: Final = """
SELECT work, count(*), coalesce(max(extract(epoch FROM now() - ready_at)), 0)::float8
FROM documents_document WHERE work IS NOT NULL GROUP BY work
"""
_TABLES: Final = {
    "document": "documents_document",
    "envelope": "exchange_envelope",
    "inbound": "exchange_inbound",
    "report": "exchange_report",
    "ledger": "exchange_ledger_package",
}
_STAGES: Final = " UNION ALL ".join(
    f"SELECT '{room}', stage, count(*) FROM {table} WHERE wake_at IS NOT NULL GROUP BY stage"  # noqa: S608
    for room, table in _TABLES.items()
)
_LATE: Final = " UNION ALL ".join(
    f"SELECT '{room}', coalesce(extract(epoch FROM now() - min(wake_at)), 0)::float8"  # noqa: S608
    f" FROM {table} WHERE wake_at IS NOT NULL"
    for room, table in _TABLES.items()
)
_REPORTABLE: Final = """
SELECT state, sum(entries)::bigint FROM (
    SELECT CASE WHEN error IS NOT NULL THEN 'put-aside' WHEN due_at <= now() THEN 'late' ELSE 'waiting' END AS state,
           count(*) AS entries
    FROM exchange_report_entry WHERE report_id IS NULL GROUP BY 1
    UNION ALL
    SELECT CASE WHEN due_at <= now() THEN 'late' ELSE 'in-report' END, coalesce(sum(entries), 0)
    FROM exchange_report WHERE wake_at IS NOT NULL GROUP BY 1
) each GROUP BY state
"""
_WORKERS: Final = """
SELECT count(DISTINCT application_name) FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'ulak-worker-%'
"""


class Depth(NamedTuple):
    """Documents that wait for one kind of work.

    Attributes:
        oldest: seconds for which the first of them has been due.
    """

    work: str
    documents: int
    oldest: float


def waiting() -> list[Depth]:
    """Every kind of work, also where nothing waits."""
    found = {Work(work): (count, oldest) for work, count, oldest in _rows(_WAITING)}
    return [Depth(work.label.lower(), *found.get(work, (0, 0.0))) for work in Work]


def stages() -> list[tuple[str, str, int]]:
    """Room, stage, and how many records there have a clock that will ring."""
    return [(room, stage, count) for room, stage, count in _rows(_STAGES)]


def late() -> list[tuple[str, float]]:
    """Room, and the seconds by which the first alarm clock there is overdue; 0 if none is."""
    return [(room, max(0.0, seconds)) for room, seconds in _rows(_LATE)]


def reportable() -> dict[str, int]:
    """What has to be reported to GİB and is not accepted yet: entries that wait, stand in reports, are late, aside."""
    found = {str(state): int(count) for state, count in _rows(_REPORTABLE)}
    return {state: found.get(state, 0) for state in ("waiting", "in-report", "late", "put-aside")}


def kontor() -> dict[str, float]:
    """Kontör that were sold, used and given back, ever."""
    with scoped(Role.PIPELINE):
        found = credits.totals()
    return {name: float(getattr(found, name)) for name in ("sold", "used", "refunded")}


def aside() -> dict[str, int]:
    """Work that failed for one taxpayer and waits for its next try, by the station whose it is."""
    with scoped(Role.PIPELINE):
        return asides.counts()


def workers() -> int:
    """Worker processes that are connected, of all machines."""
    return int(next(_rows(_WORKERS))[0])


def _rows(statement: str) -> Iterator[Any]:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(statement)
        return iter(cursor.fetchall())
