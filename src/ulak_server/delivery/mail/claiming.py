"""The queue of messages: claimed with a lease, told how they ended, tried again after longer and longer pauses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of, scoped
from ulak_server.delivery import feed, suppressions
from ulak_server.delivery.mail.handing import Handed, Outcome
from ulak_server.delivery.models import OF_DOCUMENTS, Attempt, Message
from ulak_server.delivery.stages import Stage

__all__ = ["LEASE", "PAUSES", "Claim", "claim", "completes", "put_back", "tell"]

LEASE: Final = timedelta(minutes=10)
PAUSES: Final = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 180, 360, 720, 720, 1440))
"""Between tries that the receiving server put off; after the last one the message is given up."""
_LOOK: Final = 1000
"""Messages that are due first, of which every taxpayer's are taken in turn."""
_CLAIM: Final = """
WITH due AS (SELECT id, taxpayer_id, due_at FROM delivery_message WHERE due_at <= %s ORDER BY due_at LIMIT %s),
chosen AS (
    SELECT id FROM (SELECT id, due_at, row_number() OVER (PARTITION BY taxpayer_id ORDER BY due_at) AS turn FROM due) t
    ORDER BY turn, due_at LIMIT %s
)
SELECT id, taxpayer_id, stage, attempts FROM delivery_message
WHERE id IN (SELECT id FROM chosen) AND due_at <= %s ORDER BY id FOR UPDATE SKIP LOCKED
"""
_MINE: Final = """
UPDATE delivery_message SET stage = 'sending', due_at = %(until)s, lease_until = %(until)s, attempts = attempts + 1
WHERE id = ANY (%(ids)s)
"""
_LOST: Final = """
UPDATE delivery_message SET stage = 'unclear', due_at = NULL, lease_until = NULL, code = 'mail.unclear'
WHERE id = ANY (%s)
"""
_COMPLETES: Final = """
UPDATE delivery_message SET stage = 'handing' WHERE id = %s AND stage = 'sending' AND attempts = %s RETURNING id
"""
_SENT: Final = """
WITH v AS (SELECT %s::bigint AS id, %s::int AS attempt, %s::timestamptz AS now, %s::text AS said, %s::int AS status),
done AS (
    UPDATE delivery_message m SET stage = 'sent', code = '', answered = v.said, sent_at = v.now, due_at = NULL,
        lease_until = NULL
    FROM v WHERE m.id = v.id AND m.attempts = v.attempt AND m.stage IN ('sending', 'handing')
    RETURNING m.id, m.taxpayer_id, m.kind, m.document_id, m.channel, m.recipient, m.link_id, m.facts, m.actor
),
given AS (
    SELECT done.*, v.now FROM done, v, documents_document d
    WHERE done.kind = 'document' AND d.id = done.document_id AND d.stage IN ('issued', 'voided')
),
record AS (
    INSERT INTO delivery_delivered
        (taxpayer_id, document_id, how, at, forms, recipient, message_id, link_id, actor, note, undone_why)
    SELECT taxpayer_id, document_id, channel, now, ARRAY(SELECT jsonb_array_elements_text(facts->'attach')), recipient,
        id, link_id, actor, '', '' FROM given
    ON CONFLICT DO NOTHING
),
known AS (
    UPDATE documents_document d SET delivered_at = given.now FROM given
    WHERE d.id = given.document_id AND (d.delivered_at IS NULL OR d.delivered_at > given.now)
)
INSERT INTO delivery_attempt (taxpayer_id, message_id, at, outcome, code, status, detail, seconds)
SELECT done.taxpayer_id, done.id, v.now, 'sent', '', v.status, v.said, %s FROM done, v RETURNING id
"""
_BACK: Final = """
UPDATE delivery_message SET stage = 'waiting', due_at = %s, lease_until = NULL, attempts = attempts - 1, code = %s
WHERE id = ANY (%s) AND stage = 'sending'
"""


class Claim(NamedTuple):
    """A message that this process is at.

    Attributes:
        attempt: which try it is, from 1.
    """

    id: int
    taxpayer: int
    attempt: int


def claim(most: int) -> list[Claim]:
    """Messages that are due, now ours for as long as the lease lasts.

    What another process had begun to hand over when its lease ended is unclear from now on; what it had only claimed is
    claimed anew.
    """
    now = clock.now()
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now, _LOOK, most, now])
        found = cursor.fetchall()
        lost = [id for id, _, stage, _ in found if stage == Stage.HANDING]
        mine = [Claim(id, taxpayer, attempts + 1) for id, taxpayer, stage, attempts in found if stage != Stage.HANDING]
        if lost:
            cursor.execute(_LOST, [lost])
        if mine:
            cursor.execute(_MINE, {"until": now + LEASE, "ids": [one.id for one in mine]})
    return mine


def completes(one: Claim) -> bool:
    """Write down that the server is about to be told that a message is complete; False if it is not ours any more."""
    return row_of(Role.PIPELINE, [], _COMPLETES, [one.id, one.attempt]) is not None


def put_back(claims: list[Claim], code: str, pause: timedelta) -> None:
    """Let messages wait that were not even tried: the server is away, and that is not their fault."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_BACK, [clock.now() + pause, code, [one.id for one in claims]])


def tell(one: Claim, recipient: str, handed: Handed, seconds: float) -> None:
    """Write down how handing a message over ended."""
    now = clock.now()
    if handed.outcome == Outcome.SENT:
        _sent(one, handed, now, seconds)
        return
    with scoped(Role.WEB, [one.taxpayer]):
        message = Message.objects.select_for_update().get(id=one.id)
        if message.attempts != one.attempt or message.stage not in (Stage.SENDING, Stage.HANDING):
            return
        _attempt(one, handed, now, seconds)
        message.code, message.answered, message.lease_until, message.due_at = handed.code, handed.detail, None, None
        message.stage = _stage(one, handed)
        if message.stage == Stage.WAITING:
            message.due_at = now + PAUSES[one.attempt - 1]
        message.save(update_fields=["code", "answered", "lease_until", "due_at", "stage"])
        if handed.code == "mail.address-refused":
            suppressions.suppress(one.taxpayer, recipient, "refused", detail=handed.detail, message=one.id)
        if message.stage in (Stage.REFUSED, Stage.GIVEN_UP) and message.document_id and message.kind in OF_DOCUMENTS:
            once = f"refused:{one.id}"
            feed.happened(one.taxpayer, "mail.bounced", documents=[message.document_id], code=handed.code, once=once)


def _sent(one: Claim, handed: Handed, now: datetime, seconds: float) -> None:
    """What most messages come to, in one round trip."""
    facts = [one.id, one.attempt, now, handed.detail, handed.status, round(seconds, 3)]
    row_of(Role.WEB, [one.taxpayer], _SENT, facts)


def _stage(one: Claim, handed: Handed) -> Stage:
    if handed.outcome == Outcome.LATER:
        return Stage.GIVEN_UP if one.attempt > len(PAUSES) else Stage.WAITING
    return _ENDS[handed.outcome]


_ENDS: Final[dict[str, Stage]] = {
    Outcome.REFUSED: Stage.REFUSED,
    Outcome.UNCLEAR: Stage.UNCLEAR,
}


def _attempt(one: Claim, handed: Handed, now: datetime, seconds: float) -> None:
    Attempt(
        taxpayer_id=one.taxpayer,
        message_id=one.id,
        at=now,
        outcome=handed.outcome,
        code=handed.code,
        status=handed.status,
        detail=handed.detail,
        seconds=round(seconds, 3),
    ).save(force_insert=True)
