"""What came back, told to the message that it is about: its stage, its timeline, and the address if it is of no use."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed, suppressions
from ulak_server.delivery.handovers import not_delivered
from ulak_server.delivery.mail.bounces import Returned, read
from ulak_server.delivery.models import OF_DOCUMENTS, Attempt, Message
from ulak_server.delivery.problems import problem
from ulak_server.delivery.stages import Stage

__all__ = ["OFTEN", "came_back"]

OFTEN: Final = 3
"""Bounces of an address in a row after which nothing is sent to it."""
_LATELY: Final = timedelta(days=30)
_TAKEN: Final = (Stage.SENT, Stage.UNCLEAR, Stage.HANDING, Stage.SENDING, Stage.BOUNCED)
_MESSAGE: Final = "SELECT taxpayer_id FROM delivery_message WHERE id = %s"


def came_back(data: bytes) -> Returned:
    """Take a message that came to the return path; the same one twice changes nothing more.

    Raises:
        DeliveryError: ``delivery.not-a-bounce``, ``delivery.bounce-of-other``.
    """
    found = read(data)
    if found.kind == "other":
        raise problem("delivery.not-a-bounce")
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_MESSAGE, [found.message])
        row = cursor.fetchone()
    if row is None or found.message is None:
        raise problem("delivery.bounce-of-other")
    with scoped(Role.WEB, [row[0]]):
        _tell(Message.objects.select_for_update().get(id=found.message), found)
    return found


def _tell(message: Message, found: Returned) -> None:
    if message.stage not in _TAKEN:
        return
    code = _code(found)
    if not Attempt.objects.filter(message_id=message.id, outcome=found.kind, detail=found.detail).exists():
        Attempt(
            taxpayer_id=message.taxpayer_id,
            message_id=message.id,
            at=clock.now(),
            outcome=found.kind,
            code=code,
            detail=found.detail,
        ).save(force_insert=True)
    if found.kind == "delayed":
        return
    if found.kind == "bounced":
        message.stage, message.due_at, message.lease_until = Stage.BOUNCED, None, None
    message.code, message.answered = code, found.detail
    message.save(update_fields=["stage", "due_at", "lease_until", "code", "answered"])
    _judge(message, found)
    if message.document_id is not None and message.kind in OF_DOCUMENTS:
        not_delivered(message.id, message.document_id, code)
        once = f"bounce:{message.id}"
        feed.happened(message.taxpayer_id, "mail.bounced", documents=[message.document_id], code=code, once=once)


def _code(found: Returned) -> str:
    if found.kind == "complained":
        return "mail.complained"
    if found.kind == "delayed":
        return "mail.later"
    return "mail.bounced" if found.is_gone else "mail.bounced-softly"


def _judge(message: Message, found: Returned) -> None:
    """Whether the address is of no use any more."""
    reason = "complained" if found.kind == "complained" else "bounced" if found.is_gone else ""
    if not reason and _in_a_row(message) >= OFTEN:
        reason = "bounced-often"
    if reason:
        suppressions.suppress(
            message.taxpayer_id,
            message.recipient,
            reason,
            code=found.status,
            detail=found.detail,
            message=message.id,
        )


def _in_a_row(message: Message) -> int:
    """How many of the last messages to the address came back, since one did not."""
    since = clock.now() - _LATELY
    lately = Message.objects.filter(
        taxpayer_id=message.taxpayer_id, recipient=message.recipient, channel=message.channel, created_at__gt=since
    )
    count = 0
    for stage in lately.order_by("-id").values_list("stage", flat=True)[: 2 * OFTEN]:
        if stage == Stage.BOUNCED:
            count += 1
        elif stage == Stage.SENT:
            break
    return count
