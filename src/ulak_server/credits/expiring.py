"""Packages that are about to expire, and those that have."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.credits.account import said
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["SOON", "tell"]

SOON: Final = timedelta(days=30)
"""Before their last day it is told that kontör expire."""
_SOON: Final = """
UPDATE credits_package SET warned = true WHERE id IN (
    SELECT p.id FROM credits_package p JOIN credits_account a USING (taxpayer_id)
    WHERE a.metered AND p.remaining > 0 AND NOT p.warned AND p.expires_on BETWEEN %s AND %s
    FOR UPDATE OF p SKIP LOCKED)
RETURNING taxpayer_id, id, remaining, expires_on
"""
"""Packages of many accounts, none of which is locked: one that is being spent from is told of a minute later."""


def tell() -> int:
    """Tell of packages that expire within `SOON`, once of each; how many there were."""
    today = clock.today()
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_SOON, [today, today + SOON])
        found = sorted(cursor.fetchall())
        audit.record(
            [
                Entry(
                    "credits.expiring",
                    clock.now(),
                    taxpayer,
                    actor="credits",
                    facts={"package": id, "amount": said(remaining), "day": day.isoformat()},
                )
                for taxpayer, id, remaining, day in found
            ]
        )
    return len(found)
