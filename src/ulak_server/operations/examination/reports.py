"""Whether the reports of the e-Arşiv family can go to GİB, and do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import DatabaseError, connection

from ulak.errors import Text
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.environment import Environment
from ulak_server.operations import depths
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["reports"]

_NEEDED: Final = ("ULAK_EARSIV_URL", "ULAK_TSA", "ULAK_TRUST")
_SERVICES: Final = ("earchive", "esevoucher", "epreceipt", "erreceipt")
_ACCOUNTS: Final = "SELECT EXISTS (SELECT FROM taxpayers_account WHERE service = ANY (%s) AND stage <> 'closed')"
_WELL: Final = Text("{count} kayıt bildirilmeyi bekliyor, geciken yok", "{count} entries wait, none is late")


def reports(told: Environment) -> Iterator[Finding]:
    """Where taxpayers have such services: that everything is set, and that nothing is late or put aside."""
    try:
        if not _has_accounts():
            return
        entries = depths.reportable()
    except DatabaseError:
        return
    for name in _NEEDED:
        if not told[name]:
            yield found(Level.ERROR, name, "doctor.reports-unset", name=name)
    if entries["late"]:
        yield found(Level.ERROR, "reports", "doctor.reports-late", count=entries["late"])
    if entries["put-aside"]:
        yield found(Level.WARNING, "reports", "doctor.reports-aside", count=entries["put-aside"])
    if not entries["late"] and not entries["put-aside"]:
        yield well("reports", _WELL.format(count=entries["waiting"] + entries["in-report"]))


def _has_accounts() -> bool:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [list(_SERVICES)])
        return bool(cursor.fetchone()[0])
