"""What GİB's lists mean for our taxpayers' accounts: closed by GİB, or back again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import connection

from ulak.lifecycle import accounts as law
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import ACCOUNTS
from ulak_server.userlist import syncing
from ulak_server.userlist.models import ListRun

__all__ = ["read_again", "refresh", "tell_accounts"]

_ACTOR: Final = "job:lists"
_CLOSED: Final = """
SELECT c.id, c.number, c.closed, array_agg(a.id) FILTER (WHERE a.id IS NOT NULL), array_agg(DISTINCT t.id)
FROM userlist_closure c LEFT JOIN taxpayers_taxpayer t ON t.number = c.number
LEFT JOIN taxpayers_account a ON a.taxpayer_id = t.id
WHERE c.told_at IS NULL GROUP BY c.id ORDER BY c.id LIMIT 500
"""
# A closure whose day is past may be followed by a new registration; one that GİB still lists may not (UserList, 3).
_BACK: Final = """
SELECT a.id, a.taxpayer_id FROM taxpayers_account a JOIN taxpayers_taxpayer t ON t.id = a.taxpayer_id
WHERE a.stage IN ('winding-up', 'closed-by-gib') AND EXISTS (
    SELECT FROM userlist_registered_user r WHERE r.number = t.number AND r.service = a.service
        AND r.since <= %(now)s AND (r.until IS NULL OR r.until > %(now)s)
        AND r.since > coalesce(
            (SELECT max(c.closed)::timestamptz FROM userlist_closure c WHERE c.number = t.number), '-infinity'))
"""


def refresh() -> list[ListRun]:
    """Read the lists whose time has come, and tell the accounts; what came of each reading. Without address: none."""
    if not settings.ENVIRONMENT["ULAK_USERLIST_URL"]:
        return []
    runs = [syncing.sync(name) for name in syncing.LISTS if syncing.due(name)]
    if runs:
        tell_accounts()
    return runs


def read_again(*, accept_smaller: bool = False) -> list[ListRun]:
    """Read all lists now, whenever that was done last."""
    runs = [syncing.sync(name, accept_smaller=accept_smaller) for name in syncing.LISTS]
    tell_accounts()
    return runs


def tell_accounts() -> int:
    """Tell accounts of our taxpayers what the lists say of them; how many were told."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_CLOSED)
        closed = cursor.fetchall()
        cursor.execute(_BACK, {"now": clock.now()})
        back = cursor.fetchall()
    for id, _, day, accounts, taxpayers in closed:
        _tell_closed(id, day, accounts or [], [one for one in taxpayers if one is not None])
    for account, taxpayer in back:
        _tell([account], [taxpayer], law.Listed())
    return sum(len(row[3] or ()) for row in closed) + len(back)


def _tell_closed(id: int, day: date, accounts: Sequence[int], taxpayers: Sequence[int]) -> None:
    with happening(taxpayers=taxpayers, actor=_ACTOR) as shell:
        for account in accounts:
            shell.happen(ACCOUNTS, account, law.TempListed(day))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE userlist_closure SET told_at = %s WHERE id = %s", [shell.now, id])


def _tell(accounts: Sequence[int], taxpayers: Sequence[int], event: Any) -> None:
    with happening(taxpayers=taxpayers, actor=_ACTOR) as shell:
        for account in accounts:
            shell.happen(ACCOUNTS, account, event)
