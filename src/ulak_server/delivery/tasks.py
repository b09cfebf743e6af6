"""What is done for delivery by the clock. Procrastinate finds this module by its name."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection
from procrastinate.contrib.django import app

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed
from ulak_server.people import services as people

__all__ = ["forget_delivered", "look_at_keys"]

_BEFORE: Final = (30, 7, 1)
"""Days before the end of a key on which its owners are told."""
_KEPT: Final = timedelta(days=90)
_OLD: Final = (
    "DELETE FROM delivery_event WHERE told_at < %s",
    "DELETE FROM delivery_attempt WHERE at < %s AND call_id IS NOT NULL",
    "DELETE FROM delivery_call WHERE done_at < %s",
    "DELETE FROM delivery_notification WHERE updated_at < %s AND mail = 'never'",
)


@app.periodic(cron="23 6 * * *")
@app.task(queueing_lock="look-at-keys")
def look_at_keys(timestamp: int) -> None:
    """Tell of API keys that are about to end: a month, a week and a day before."""
    try:
        asides.each("look-at-keys", map(Unit, _taxpayers()), _look_at_keys_of)
    finally:
        connection.close()


@app.periodic(cron="43 3 * * *")
@app.task(queueing_lock="forget-delivered")
def forget_delivered(timestamp: int) -> None:
    """Forget events, calls and notifications of more than three months ago; messages to people are kept."""
    try:
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            for statement in _OLD:
                cursor.execute(statement, [clock.now() - _KEPT])
    finally:
        connection.close()


def _look_at_keys_of(unit: Unit) -> int:
    with scoped(Role.WEB, [unit.taxpayer]):
        _tell_of_keys(unit.taxpayer)
    return 1


def _tell_of_keys(taxpayer: int) -> None:
    now = clock.now()
    for key in people.keys_of(taxpayer):
        if key.revoked_at is not None or key.expires_at is None or key.expires_at <= now:
            continue
        left = [days for days in _BEFORE if key.expires_at - now <= timedelta(days=days)]
        if left:
            day = key.expires_at.astimezone(clock.ISTANBUL).date().isoformat()
            feed.happened(taxpayer, "key.expiring", once=f"key:{key.id}:{min(left)}", name=key.name, day=day)


def _taxpayers() -> list[int]:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM taxpayers_taxpayer ORDER BY id")
        return [id for (id,) in cursor.fetchall()]
