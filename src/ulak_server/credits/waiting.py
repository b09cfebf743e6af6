"""Documents that wait for kontör: sent on as soon as there are some, as many as they cover."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.credits.account import By, locked, warn
from ulak_server.credits.tariff import prices_of
from ulak_server.credits.values import NOTHING, Level
from ulak_server.database.arrays import as_arrays
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["free", "sweep"]

_GONE: Final = """
DELETE FROM credits_waiting w WHERE w.taxpayer_id = %s AND NOT EXISTS (
    SELECT FROM documents_document d WHERE d.id = w.document_id AND d.stage = 'judged')
"""
_WAITING: Final = """
SELECT w.document_id, w.amount, d.kind FROM credits_waiting w JOIN documents_document d ON d.id = w.document_id
WHERE w.taxpayer_id = %s AND w.freed_at IS NULL ORDER BY w.document_id LIMIT %s
"""
_REPRICE: Final = """
UPDATE credits_waiting w SET amount = v.amount FROM unnest(%s::bigint[], %s::numeric[]) AS v(id, amount)
WHERE w.document_id = v.id
"""
# Whoever works on one of them just now looks at the account afterwards by itself.
_QUEUE: Final = """
UPDATE documents_document SET work = 2, ready_at = %s WHERE id IN (
    SELECT id FROM documents_document WHERE id = ANY (%s) AND stage = 'judged' AND work IS NULL FOR UPDATE SKIP LOCKED)
RETURNING id
"""
_LEAVE: Final = "UPDATE credits_waiting SET freed_at = %s WHERE document_id = ANY (%s)"
_ACCOUNTS: Final = """
SELECT a.taxpayer_id FROM credits_account a WHERE a.taxpayer_id IN (SELECT taxpayer_id FROM credits_waiting)
UNION SELECT p.taxpayer_id FROM credits_package p WHERE p.remaining > 0 AND p.expires_on < %s
UNION SELECT a.taxpayer_id FROM credits_account a
    WHERE a.metered AND a.warned <> 'empty' AND a.balance + a.overdraft <= 0
"""
_AT_ONCE: Final = 5000


def sweep() -> int:
    """Look after the accounts in which something is to be done: expire, warn, let go on; how many documents went on."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [clock.today()])
        taxpayers = [taxpayer for (taxpayer,) in cursor.fetchall()]
    return asides.each("credits", map(Unit, taxpayers), lambda unit: free(unit.taxpayer))


def free(taxpayer: int) -> int:
    """Put those of a taxpayer's waiting documents back into the queue that the credit covers; how many."""
    with scoped(Role.PIPELINE, [taxpayer]), connection.cursor() as cursor:
        by = By(clock.now(), "credits")
        found = locked(taxpayer, by)
        if found is None:
            return 0
        account, _ = found
        cursor.execute(_GONE, [taxpayer])
        waiting = _waiting(taxpayer, by)
        covered = waiting if account.covers_all else _covered(waiting, account.balance + account.overdraft)
        warn(account, Level.EMPTY if len(covered) < len(waiting) else account.level, by)
        ids = [document for document, _ in covered]
        cursor.execute(_QUEUE, [by.now, ids])
        freed = [id for (id,) in cursor.fetchall()]
        cursor.execute(_LEAVE, [by.now, freed])
        if freed:
            ring()
        return len(freed)


def _waiting(taxpayer: int, by: By) -> list[tuple[int, Decimal]]:
    """Documents that wait, the oldest first, with what they cost today: prices may have changed since."""
    prices = prices_of(taxpayer, by.now.astimezone(clock.ISTANBUL).date())
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [taxpayer, _AT_ONCE])
        found = [(id, said, prices.get((kind, False), NOTHING)) for id, said, kind in cursor.fetchall()]
        if changed := [(id, price) for id, said, price in found if price != said]:
            cursor.execute(_REPRICE, as_arrays(changed))
    return [(id, price) for id, _, price in found]


def _covered(waiting: Sequence[tuple[int, Decimal]], left: Decimal) -> list[tuple[int, Decimal]]:
    """Those that are covered, the oldest first; what costs nothing overtakes."""
    found, waits = [], False
    for document, amount in waiting:
        waits = waits or amount > max(left, NOTHING)
        if not (waits and amount):
            left -= amount
            found.append((document, amount))
    return found
