"""The lines of an account as people look for them; within the caller's scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.credits.values import What
from ulak_server.database import scope
from ulak_server.database.roles import Role

__all__ = ["Asked", "Shown", "entries"]

_ENTRIES: Final = """
SELECT e.id, e.at, e.what, e.amount, e.balance, e.document_id, e.kind, e.is_incoming, e.package_id, e.note, e.actor,
    d.number, d.party_title
FROM credits_entry e LEFT JOIN documents_document d ON d.id = e.document_id
WHERE {conditions} ORDER BY e.id DESC LIMIT %s
"""
_BLIND: Final = """
SELECT e.id, e.at, e.what, e.amount, e.balance, NULL, e.kind, e.is_incoming, e.package_id, e.note, e.actor, NULL, NULL
FROM credits_entry e WHERE {conditions} ORDER BY e.id DESC LIMIT %s
"""


class Shown(NamedTuple):
    """A line of an account. What document it is about only those see who work for its taxpayer.

    Attributes:
        number: of the document; empty if it has none, or is not to be seen.
        party: the other party of the document.
    """

    id: int
    at: datetime
    what: What
    amount: Decimal
    balance: Decimal
    document: int | None
    kind: str
    is_incoming: bool
    package: int | None
    note: str
    actor: str
    number: str
    party: str


class Asked(NamedTuple):
    """Which lines are wanted; None: all.

    Attributes:
        since, until: days, in Istanbul; both are included.
        number: of the document, or how it begins.
        after: the id of the last line of the page before.
    """

    what: What | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    document: int | None = None
    number: str = ""
    after: int | None = None


_EVERYTHING: Final = Asked()


def entries(taxpayer: int, asked: Asked = _EVERYTHING, limit: int = 50) -> list[Shown]:
    """Lines of an account, the newest first."""
    conditions, values = _conditions(taxpayer, asked)
    statement = _BLIND if scope.current().role is Role.OPERATOR else _ENTRIES
    with connection.cursor() as cursor:
        cursor.execute(statement.format(conditions=" AND ".join(conditions)), [*values, limit])
        return [_shown(row) for row in cursor.fetchall()]


def _conditions(taxpayer: int, asked: Asked) -> tuple[list[str], list[Any]]:
    pairs = [
        ("e.taxpayer_id = %s", taxpayer),
        ("e.id < %s", asked.after),
        ("e.what = %s", asked.what),
        ("e.kind = %s", asked.kind or None),
        ("e.at >= %s", _midnight(asked.since)),
        ("e.at < %s", None if asked.until == date.max else _midnight(asked.until, 1)),
        ("e.document_id = %s", asked.document),
        ("d.number LIKE %s", _beginning(asked.number)),
    ]
    given = [(condition, value) for condition, value in pairs if value is not None]
    return [condition for condition, _ in given], [value for _, value in given]


def _beginning(number: str) -> str | None:
    if not number:
        return None
    plain = number.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{plain}%"


def _midnight(day: date | None, later: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, datetime.min.time(), clock.ISTANBUL) + timedelta(days=later)


def _shown(row: Sequence[Any]) -> Shown:
    *rest, number, party = row
    found = Shown._make([*rest, number or "", party or ""])
    return found._replace(what=What(found.what))
