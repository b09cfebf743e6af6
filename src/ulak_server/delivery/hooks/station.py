"""The station that calls webhooks: claimed with a lease, tried again after longer and longer pauses, off after days.

A receiver that fails rests as a whole: one probe goes out at the end of its rest, and the others wait behind it, so
that a silent receiver costs a few seconds an hour, whatever waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed
from ulak_server.delivery.hooks.calling import Answered, Caller
from ulak_server.delivery.hooks.keeping import secrets_of
from ulak_server.delivery.models import Attempt, Call, Hook

__all__ = ["OFF_AFTER", "PAUSES", "Hooks"]

_LOG: Final = structlog.get_logger("ulak_server.delivery")
PAUSES: Final = tuple(
    timedelta(seconds=one) for one in (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""Between tries of a call; after the last one it is given up."""
OFF_AFTER: Final = timedelta(days=5)
"""Of failing without one success, a webhook is switched off."""
_LEASE: Final = timedelta(minutes=5)
_MOST, _THREADS, _OF_ONE = 64, 8, 8
_NAME: Final = "webhooks"
_CLAIM: Final = f"""
WITH due AS (
    SELECT c.id, row_number() OVER (PARTITION BY c.hook_id ORDER BY c.kind <> 'webhook.test', c.due_at) AS turn,
        c.due_at, h.failures
    FROM (SELECT id, hook_id, kind, due_at FROM delivery_call WHERE due_at <= %(now)s ORDER BY due_at LIMIT 1000) c
    JOIN delivery_hook h ON h.id = c.hook_id
    WHERE h.off_at IS NULL AND h.removed_at IS NULL AND (h.rests_until IS NULL OR h.rests_until <= %(now)s)
        AND {asides.awake(_NAME, "h.taxpayer_id", "h.id").replace("%s", "%(now)s")}
)
SELECT id, taxpayer_id, hook_id, attempts FROM delivery_call
WHERE due_at <= %(now)s AND id IN (
    SELECT id FROM due WHERE turn <= CASE WHEN failures > 0 THEN 1 ELSE %(of_one)s END
    ORDER BY turn, due_at LIMIT %(most)s)
ORDER BY id FOR UPDATE SKIP LOCKED
"""  # noqa: S608
_PARKED: Final = """
UPDATE delivery_call c SET due_at = greatest(h.rests_until, %(now)s + interval '1 second') FROM delivery_hook h
WHERE h.id = c.hook_id AND h.rests_until > %(now)s AND c.due_at <= %(now)s AND c.stage = 'waiting'
"""
_MINE: Final = """
UPDATE delivery_call SET stage = 'calling', due_at = %(until)s, lease_until = %(until)s, attempts = attempts + 1
WHERE id = ANY (%(ids)s)
"""


_BACK: Final = """
UPDATE delivery_call SET stage = 'waiting', due_at = %s, lease_until = NULL, attempts = attempts - 1
WHERE id = ANY (%s) AND stage = 'calling'
"""


class _Work(NamedTuple):
    """A call that this process makes."""

    id: int
    taxpayer: int
    attempt: int
    hook: int
    url: str
    key: UUID
    body: str
    secrets: Sequence[str]


class Hooks:
    """See the module.

    Args:
        caller: makes the calls; by default within the networks of ``ULAK_WEBHOOK_NETWORKS``.
    """

    name: Final = _NAME
    looks: Final = ("(SELECT true FROM delivery_call WHERE due_at <= now.at ORDER BY due_at LIMIT 1)",)

    def __init__(self, caller: Caller | None = None, threads: int = _THREADS) -> None:
        self._caller = caller or Caller(settings.ENVIRONMENT.webhook_networks)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="webhooks")

    def turn(self) -> int:
        """Make the calls that are due, some dozen at most; how many."""
        claimed = _claim()
        if not claimed:
            return 0
        ends: list[Future[None]] = []

        def begin(hook: Unit) -> int:
            ends.extend(self._pool.submit(self._one, one) for one in _loaded(hook, claimed[hook]))
            return len(claimed[hook])

        asides.each(self.name, claimed, begin)
        for end in ends:
            end.result()
        return len(ends)

    def close(self) -> None:
        """End the threads once they have finished what they are at."""
        self._pool.shutdown()

    def _one(self, one: _Work) -> None:
        begun = time.monotonic()
        try:
            answered = self._caller.call(one.url, one.key, one.body, one.secrets, clock.now())
        except Exception as error:
            _LOG.exception("webhook.failed", call=one.id)
            answered = Answered("webhook.internal", None, type(error).__name__)
        try:
            _tell(one, answered, time.monotonic() - begun)
        except Exception as error:
            # Its lease ends, and it is called again.
            asides.put_aside(_NAME, Unit(one.taxpayer, one.hook), error)
        finally:
            connection.close()


def _claim() -> dict[Unit, dict[int, int]]:
    """Of each webhook the calls that are ours now, and which try of each it is."""
    now = clock.now()
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"now": now, "of_one": _OF_ONE, "most": _MOST})
        found: dict[Unit, dict[int, int]] = {}
        for id, taxpayer, hook, attempts in cursor.fetchall():
            found.setdefault(Unit(taxpayer, hook), {})[id] = attempts + 1
        if found:
            cursor.execute(_MINE, {"until": now + _LEASE, "ids": [id for calls in found.values() for id in calls]})
        else:
            # What waits for receivers that rest must not stand in front of what does not.
            cursor.execute(_PARKED, {"now": now})
    return found


def _loaded(hook: Unit, attempts: Mapping[int, int]) -> list[_Work]:
    """The calls of one webhook; they wait on if that cannot be opened."""
    try:
        return _load(hook, attempts)
    except Exception:
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(_BACK, [clock.now(), list(attempts)])
        raise


def _load(hook: Unit, attempts: Mapping[int, int]) -> list[_Work]:
    with scoped(Role.WEB, [hook.taxpayer]):
        calls = Call.objects.select_related("hook").filter(id__in=list(attempts)).order_by("id")
        return [
            _Work(
                one.id,
                one.taxpayer_id,
                attempts[one.id],
                one.hook_id,
                one.hook.url,
                one.key,
                one.payload,
                secrets_of(one.hook),
            )
            for one in calls
        ]


# -- how it ended ------------------------------------------------------------------------------------------------------


def _tell(one: _Work, answered: Answered, seconds: float) -> None:
    now = clock.now()
    with scoped(Role.WEB, [one.taxpayer]):
        # The webhook first: all that happens to its calls goes through it, one after the other.
        hook = Hook.objects.select_for_update().get(id=one.hook)
        call = Call.objects.select_for_update().get(id=one.id)
        if call.attempts != one.attempt or call.stage != "calling":
            return
        _attempt(one, answered, now, seconds)
        call.status, call.code, call.lease_until = answered.status, answered.code, None
        _move(call, hook, answered, now)
        call.save(update_fields=["status", "code", "lease_until", "stage", "due_at", "done_at"])
        _judge(hook, call, answered, now)


def _move(call: Call, hook: Hook, answered: Answered, now: datetime) -> None:
    if answered.is_well:
        call.stage, call.due_at, call.done_at = "done", None, now
    elif call.kind == "webhook.test" or call.attempts > len(PAUSES):
        call.stage, call.due_at, call.done_at = "given-up", None, now
    elif hook.off_at is not None or hook.removed_at is not None:
        call.stage, call.due_at = "dropped", None
    else:
        call.stage, call.due_at = "waiting", now + PAUSES[call.attempts - 1]


def _judge(hook: Hook, call: Call, answered: Answered, now: datetime) -> None:
    if answered.is_well:
        hook.failures, hook.failing_since, hook.rests_until, hook.last_well_at = 0, None, None, now
    elif call.kind != "webhook.test":
        # Calls that were under way together fail once.
        if hook.rests_until is None or hook.rests_until <= now:
            hook.failures += 1
            hook.rests_until = now + PAUSES[min(hook.failures, 6) - 1]
        hook.failing_since = hook.failing_since or now
        if answered.code == "webhook.gone":
            _off(hook, "gone", now)
        elif now - hook.failing_since >= OFF_AFTER:
            _off(hook, "failing", now)
    hook.save(update_fields=["failures", "failing_since", "rests_until", "last_well_at", "off_at", "off_why"])


def _off(hook: Hook, why: str, now: datetime) -> None:
    if hook.off_at is not None:
        return
    hook.off_at, hook.off_why = now, why
    Call.objects.filter(hook=hook, stage="waiting").update(stage="dropped", due_at=None)
    _LOG.warning("webhook.switched-off", webhook=hook.id, taxpayer=hook.taxpayer_id, why=why)
    feed.happened(hook.taxpayer_id, "webhook.off", code=why, label=hook.label or hook.url[:80], webhook=hook.id)


def _attempt(one: _Work, answered: Answered, now: datetime, seconds: float) -> None:
    Attempt(
        taxpayer_id=one.taxpayer,
        call_id=one.id,
        at=now,
        outcome="taken" if answered.is_well else "failed",
        code=answered.code,
        status=answered.status,
        detail=answered.detail,
        seconds=round(seconds, 3),
    ).save(force_insert=True)
