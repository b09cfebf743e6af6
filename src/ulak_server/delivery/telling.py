"""Events turned into what people and programs get: notifications by preference, and calls of webhooks.

One taxpayer's events are told in one transaction, in their order, by one process at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.hooks.payloads import payload
from ulak_server.delivery.kinds import KINDS
from ulak_server.delivery.models import Call, Event, Hook, MailBy, Notification
from ulak_server.delivery.preferences import Wish, wishes
from ulak_server.documents.models import Document
from ulak_server.people import services as people
from ulak_server.taxpayers import services as taxpayers

__all__ = ["Telling", "tell"]

_LOCK: Final = 7107
_MOST: Final = 200
_NAMED: Final = 20
"""Documents that a notification names."""
_NAME: Final = "telling"
_WAITING: Final = f"""
SELECT DISTINCT taxpayer_id FROM delivery_event WHERE told_at IS NULL AND taxpayer_id > %s AND {asides.awake(_NAME)}
ORDER BY 1 LIMIT 100
"""  # noqa: S608


class Telling:
    """The station that tells; it goes through the taxpayers who have untold events."""

    name: Final = _NAME
    looks: Final = ("(SELECT true FROM delivery_event WHERE told_at IS NULL ORDER BY taxpayer_id LIMIT 1)",)

    def __init__(self) -> None:
        self._last = 0

    def turn(self) -> int:
        """Tell the events of up to a hundred taxpayers, some hundred each; how many."""
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(_WAITING, [self._last, clock.now()])
            waiting = [taxpayer for (taxpayer,) in cursor.fetchall()]
        self._last = waiting[-1] if len(waiting) == 100 else 0
        return asides.each(self.name, map(Unit, waiting), lambda unit: tell(unit.taxpayer))

    def close(self) -> None:
        """Nothing is held."""


def tell(taxpayer: int) -> int:
    """Tell a taxpayer's events, unless another process does; how many."""
    with scoped(Role.WEB, [taxpayer]):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, taxpayer])
            if not cursor.fetchone()[0]:
                return 0
        events = list(Event.objects.filter(taxpayer_id=taxpayer, told_at=None).order_by("id")[:_MOST])
        if events:
            _notify(taxpayer, events)
            _call(taxpayer, events)
            Event.objects.filter(id__in=[event.id for event in events]).update(told_at=clock.now())
        return len(events)


# -- people ------------------------------------------------------------------------------------------------------------


def _notify(taxpayer: int, events: Sequence[Event]) -> None:
    wanted = wishes(taxpayer)
    for member in people.members(taxpayer):
        if not member.is_active:
            continue
        open_ones = _open(taxpayer, member.user)
        for event in events:
            wish = wanted.of(member.user, event.kind)
            if wish.shown or wish.mail is not MailBy.NEVER:
                _add(open_ones, event, member.user, wish)


def _open(taxpayer: int, user: int) -> dict[str, Notification]:
    """What a person has not seen yet, and what was not sent to them: it grows."""
    found = Notification.objects.select_for_update().filter(taxpayer_id=taxpayer, user_id=user, seen_at=None)
    return {one.kind: one for one in found.filter(message_id=None).order_by("id")}


def _add(there: dict[str, Notification], event: Event, user: int, wish: Wish) -> None:
    count = int(event.facts.get("count", 1))
    one = there.get(event.kind)
    if one is None:
        one = there[event.kind] = Notification(
            taxpayer_id=event.taxpayer_id, user_id=user, kind=event.kind, count=0, created_at=event.at
        )
    one.count += count
    one.documents = [*one.documents, *event.documents][-_NAMED:]
    one.code, one.facts, one.updated_at = event.code, dict(event.facts), event.at
    one.shown, one.mail = wish.shown, wish.mail
    one.save()


# -- programs ----------------------------------------------------------------------------------------------------------


def _call(taxpayer: int, events: Sequence[Event]) -> None:
    hooks = list(Hook.objects.filter(taxpayer_id=taxpayer, off_at=None, removed_at=None).defer("secret", "old_secret"))
    told = [event for event in events if KINDS[event.kind].for_hooks]
    if not hooks or not told:
        return
    documents = _documents(taxpayer, told)
    number = taxpayers.of(taxpayer).number
    calls = [
        _waiting(hook, event, payload(event, number, documents))
        for event in told
        for hook in hooks
        if not hook.kinds or event.kind in hook.kinds
    ]
    Call.objects.bulk_create(calls, ignore_conflicts=True)


def _waiting(hook: Hook, event: Event, body: str) -> Call:
    now = clock.now()
    return Call(
        key=event.key,
        taxpayer_id=hook.taxpayer_id,
        hook=hook,
        kind=event.kind,
        payload=body,
        stage="waiting",
        due_at=now,
        created_at=now,
    )


def _documents(taxpayer: int, events: Sequence[Event]) -> Mapping[int, Any]:
    wanted = {id for event in events for id in event.documents}
    shown = ("id", "ettn", "number", "kind", "direction", "stage", "erp_key")
    found = Document.objects.filter(taxpayer_id=taxpayer, id__in=wanted).values(*shown)
    return {one["id"]: one for one in found}
