"""What is due at a moment, due at another: GİB gave more time, or an announcement was recorded by mistake."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import connection

from ulak.lifecycle import ledgers as law
from ulak_server.database.scope import widen
from ulak_server.exchange.law import happening
from ulak_server.exchange.ledgers.terms import postpone_terms
from ulak_server.exchange.rooms import LEDGERS

__all__ = ["postpone"]

_DUE: Final = (
    "WHERE due_at = %s AND month BETWEEN %s AND %s AND (kind = 'EB') = %s AND NOT stage = ANY (%s)"
    " ORDER BY id LIMIT 500 FOR UPDATE"
)
Months = tuple[date, date]
_ALL: Final[Months] = (date.min, date.max)
_GONE: Final = ["deleted", "withdrawn"]
_MOVE: Final = "UPDATE exchange_ledger_package SET due_at = %s WHERE id = ANY (%s::uuid[])"


def postpone(
    due_at: datetime, later: datetime, *, inventories: bool, months: Months | None = None, actor: str = ""
) -> int:
    """Move packages, and the months of books, that are due at a moment; how many packages. Opens its own scopes.

    Args:
        inventories: whether inventory books are meant, or books of months and their reports.
        months: the first days of the first and of the last month that are meant; None: all.
    """
    if not inventories:
        with happening(actor=actor):
            postpone_terms(due_at, later, months or _ALL)
    moved = 0
    while count := _some(due_at, later, months or _ALL, inventories=inventories, actor=actor):
        moved += count
    return moved


def _some(due_at: datetime, later: datetime, months: Months, *, inventories: bool, actor: str) -> int:
    with happening(actor=actor) as shell:
        rows = shell.claim(LEDGERS, _DUE, [due_at, *months, inventories, _GONE])
        widen(sorted({row["taxpayer_id"] for row in rows}))
        for row in rows:
            row.record = law.postponed(row.record, later, shell.now, shell.policy)
            row.changed = True
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [later, [row.key for row in rows]])
    return len(rows)
