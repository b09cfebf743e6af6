"""Entries whose hour has come, put into reports: one day of one taxpayer's, so many at a time.

Gathering and anything else that numbers a taxpayer's sections wait for each other (an advisory lock), nothing else
does: entries that come meanwhile are new rows, and wait for the next report.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak.lifecycle import reports as law
from ulak.uuids import new_uuid
from ulak_server import clock
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import current, widen
from ulak_server.exchange.rooms import REPORTS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["MOST", "Group", "due", "gather", "hurry", "renew"]

MOST: Final = 100_000
"""Entries of one report: about as many as fit into 100 MB; what does not fit goes into the next."""
_LOCK: Final = 7003
_DUE: Final = """
SELECT taxpayer_id, product, day, at_once FROM exchange_report_entry
WHERE report_id IS NULL AND ready_at <= %s GROUP BY 1, 2, 3, 4 ORDER BY NOT at_once, min(ready_at) LIMIT %s
"""
_LOCKED: Final = "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))"
_TAKE: Final = """
WITH chosen AS (
    SELECT id FROM exchange_report_entry
    WHERE taxpayer_id = %s AND product = %s AND day = %s AND at_once = %s AND ready_at <= %s AND report_id IS NULL
    ORDER BY id LIMIT %s FOR UPDATE
), taken AS (
    UPDATE exchange_report_entry e SET report_id = %s FROM chosen WHERE e.id = chosen.id RETURNING e.due_at
)
SELECT count(*), min(due_at) FROM taken
"""
_SECTION: Final = """
SELECT coalesce(max(section_no), 0) + 1 FROM exchange_report
WHERE taxpayer_id = %s AND product = %s AND month = %s AND stage NOT IN ('replaced', 'withdrawn')
"""
_LOOK: Final = 200


class Group(NamedTuple):
    """Entries that go into one report: of one day, and at once or not."""

    taxpayer: int
    product: str
    day: date
    at_once: bool


def due(now: datetime) -> list[Group]:
    """Groups of which entries wait and whose hour has come; what is due at once first, then what has waited longest."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [now, _LOOK])
        return [Group(*found) for found in cursor.fetchall()]


def gather(shell: Shell, group: Group) -> Row | None:
    """Put the entries of a group into a new report; None if another worker does, or none are left."""
    taxpayer, product, day, at_once = group
    if not _lock(taxpayer, product):
        return None
    widen([taxpayer])
    id = new_uuid()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [taxpayer, product, day, at_once, shell.now, MOST, id])
        count, due_at = cursor.fetchone()
    if not count:
        return None
    today = shell.now.astimezone(clock.ISTANBUL).date()
    cause = "at-once" if at_once else "night" if day < today else "wanted"
    warned = law.behind(due_at, shell.now, shell.policy) if at_once else 0
    record = law.begun(shell.now, due_at=due_at, seed=secrets.randbits(31), warned=warned)
    return _add(shell, id, record, group, cause, count, _section(group))


def renew(shell: Shell, row: Row, wanted: law.RenewReport) -> Row:
    """A report in the place of one that GİB refused, with its number in the month and the entries that it had.

    If it is to be divided, the successor has half of them; the others wait to be gathered, and that is at once.
    """
    group = Group(row["taxpayer_id"], row["product"], row["day"], row["cause"] == "at-once")
    if current().role is Role.PIPELINE:
        widen([group.taxpayer])
    id = new_uuid()
    left = _move(row.key, id, (row["entries"] + 1) // 2 if wanted.divided else None)
    record = law.successor(row.record, wanted, shell.now, shell.policy, seed=secrets.randbits(31))
    row["replaced_by"] = id
    made = _add(shell, id, record, group, "anew", left, row["section_no"], replaces=row.key)
    ring()
    return made


def _add(
    shell: Shell,
    id: UUID,
    record: law.Report,
    group: Group,
    cause: str,
    entries: int,
    section_no: int,
    replaces: UUID | None = None,
) -> Row:
    row = shell.add(
        REPORTS,
        id,
        record,
        taxpayer_id=group.taxpayer,
        product=group.product,
        month=group.day.replace(day=1),
        day=group.day,
        section_no=section_no,
        cause=cause,
        entries=entries,
        due_at=record.due_at,
        created_at=shell.now,
        replaces=replaces,
        **_EMPTY,
    )
    shell.tell(REPORTS, row, "report.gathered", entries=entries, cause=cause)
    return row


_EMPTY: Final[dict[str, Any]] = {
    "issued": 0,
    "cancelled": 0,
    "objected": 0,
    "size": 0,
    "packed": 0,
    "digest": "",
    "said": [],
}


def _move(old: UUID, new: UUID, most: int | None) -> int:
    """Give entries of one report to another, and let go of those beyond ``most``; how many went."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_report_entry SET report_id = %s WHERE id IN"
            " (SELECT id FROM exchange_report_entry WHERE report_id = %s ORDER BY id LIMIT %s)",
            [new, old, most],
        )
        moved: int = cursor.rowcount
        if most is not None:
            cursor.execute("UPDATE exchange_report_entry SET report_id = NULL WHERE report_id = %s", [old])
    return moved


def hurry(
    taxpayer: int, now: datetime, *, product: str = "", kinds: Sequence[str] = (), until: datetime | None = None
) -> int:
    """Let a taxpayer's waiting entries be gathered now; how many.

    Args:
        product: of one product alone.
        kinds: of documents of these kinds alone.
        until: by then GİB must have them, if that is earlier than it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_report_entry SET ready_at = least(ready_at, %s),"
            " due_at = least(due_at, coalesce(%s::timestamptz, due_at))"
            " WHERE taxpayer_id = %s AND report_id IS NULL"
            " AND (%s = '' OR product = %s) AND (cardinality(%s::text[]) = 0 OR kind = ANY (%s))",
            [now, until, taxpayer, product, product, list(kinds), list(kinds)],
        )
        moved: int = cursor.rowcount
    if moved:
        ring()
    return moved


def _lock(taxpayer: int, product: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, [_LOCK, f"{taxpayer}/{product}"])
        return bool(cursor.fetchone()[0])


def _section(group: Group) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SECTION, [group.taxpayer, group.product, group.day.replace(day=1)])
        found: int = cursor.fetchone()[0]
        return found
