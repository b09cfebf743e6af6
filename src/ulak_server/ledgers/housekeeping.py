"""What nobody needs any more: uploads that were never finished, works that were left, entries as they came."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.ledgers import keeping
from ulak_server.ledgers.law import expect
from ulak_server.ledgers.models import BUSY, ENDED, Company, File

__all__ = ["INPUTS", "UNFINISHED", "sweep", "watch_terms"]

UNFINISHED: Final = timedelta(days=2)
"""After which an upload that was not finished, or a result that does not count, is forgotten."""
INPUTS: Final = timedelta(days=30)
"""After the end of a work for which its uploaded files are kept; its books and entries stay."""
_MOST: Final = 200
_COMPANIES: Final = "SELECT DISTINCT taxpayer_id FROM ledgers_work"
_UNFINISHED: Final = """
SELECT f.id, f.taxpayer_id FROM ledgers_file f JOIN ledgers_work w ON w.id = f.work_id
WHERE f.completed_at IS NULL AND f.created_at < %s AND NOT (w.stage = ANY (%s) AND f.what <> 'input') LIMIT %s
"""
_SPENT: Final = """
SELECT f.id, f.taxpayer_id FROM ledgers_file f JOIN ledgers_work w ON w.id = f.work_id
WHERE f.what = 'input' AND w.stage = ANY (%s) AND w.ended_at < %s LIMIT %s
"""


def sweep() -> int:
    """Forget what is not needed any more; how many files. Opens its own scopes."""
    now = clock.now()
    busy, ended = [one.value for one in BUSY], [one.value for one in ENDED]
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_UNFINISHED, [now - UNFINISHED, busy, _MOST])
        found = cursor.fetchall()
        cursor.execute(_SPENT, [ended, now - INPUTS, _MOST])
        found += cursor.fetchall()
    return asides.each("ledger-files", [Unit(taxpayer, id) for id, taxpayer in found], _forget)


def _forget(file: Unit) -> int:
    with scoped(Role.WEB, [file.taxpayer]):
        if File.objects.filter(id=file.subject).exists():
            keeping.forget(file.subject)
    return 1


def watch_terms() -> None:
    """Let people be called before months are late that have begun since. Opens its own scopes."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_COMPANIES)
        taxpayers = [int(id) for (id,) in cursor.fetchall()]
    asides.each("ledger-months", map(Unit, taxpayers), _expect)


def _expect(unit: Unit) -> int:
    with scoped(Role.WEB, [unit.taxpayer]):
        for company in Company.objects.filter(taxpayer_id=unit.taxpayer, closed_at__isnull=True):
            expect(unit.taxpayer, company.branch)
    return 1
