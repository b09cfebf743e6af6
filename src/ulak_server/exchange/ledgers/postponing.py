"""What is due at a moment, due at another: GİB gave more time, or an announcement was recorded by mistake."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from ulak.lifecycle import ledgers as law
from ulak_server.database.scope import widen
from ulak_server.exchange.law import happening
from ulak_server.exchange.ledgers.terms import postpone_terms
from ulak_server.exchange.rooms import LEDGERS

__all__ = ["postpone"]

_DUE: Final = "WHERE due_at = %s AND (kind = 'EB') = %s AND NOT stage = ANY (%s) ORDER BY id LIMIT 500 FOR UPDATE"
_GONE: Final = ["deleted", "withdrawn"]
_MOVE: Final = "UPDATE exchange_ledger_package SET due_at = %s WHERE id = ANY (%s::uuid[])"


def postpone(due_at: datetime, later: datetime, *, inventories: bool, actor: str = "") -> int:
    """Move packages, and the months of books, that are due at a moment; how many packages. Opens its own scopes.

    Args:
        inventories: whether inventory books are meant, or books of months and their reports.
    """
    if not inventories:
        with happening(actor=actor):
            postpone_terms(due_at, later)
    moved = 0
    while count := _some(due_at, later, inventories=inventories, actor=actor):
        moved += count
    return moved


def _some(due_at: datetime, later: datetime, *, inventories: bool, actor: str) -> int:
    with happening(actor=actor) as shell:
        rows = shell.claim(LEDGERS, _DUE, [due_at, inventories, _GONE])
        widen(sorted({row["taxpayer_id"] for row in rows}))
        for row in rows:
            row.record = law.postponed(row.record, later, shell.now, shell.policy)
            row.changed = True
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [later, [row.key for row in rows]])
    return len(rows)
