"""Notifications sent by e-mail: within minutes those that were wanted so, in the morning all others together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.mail.postbox import is_set_up
from ulak_server.delivery.models import Channel, MailBy, Message, Notification
from ulak_server.delivery.stages import Stage
from ulak_server.delivery.suppressions import is_suppressed
from ulak_server.people import services as people
from ulak_server.people.services import Member

__all__ = ["MORNING", "Posting", "post"]

MORNING: Final = 8
"""The hour in Istanbul from which on the day before is told."""
_QUIET: Final = timedelta(minutes=10)
"""Between two messages to a person about one taxpayer."""
_GATHER: Final = timedelta(seconds=20)
"""For which the first waits for others that come with it."""
_GATHERED: Final = f"interval '{_GATHER.total_seconds():.0f} seconds'"
_LOCK: Final = 7108
_NAME: Final = "posting"
_WAITING: Final = f"""
SELECT taxpayer_id, user_id, array_agg(DISTINCT mail) FROM delivery_notification
WHERE mail <> 'never' AND (mail = 'once' AND updated_at <= %s OR mail = 'daily' AND updated_at < %s)
    AND {asides.awake(_NAME, subject="user_id")}
GROUP BY 1, 2 ORDER BY min(updated_at) LIMIT 100
"""  # noqa: S608


class Posting:
    """The station that writes messages to people about what they have not been told yet."""

    name: Final = _NAME
    looks: Final = (
        f"(SELECT true FROM delivery_notification WHERE mail = 'once' AND updated_at <= now.at - {_GATHERED}"  # noqa: S608
        " ORDER BY updated_at LIMIT 1)",
        "(SELECT true FROM delivery_notification WHERE mail = 'daily' ORDER BY updated_at LIMIT 1)",
    )

    def turn(self) -> int:
        """Write the messages that are due; how many."""
        if not is_set_up():
            return 0
        now = clock.now()
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(_WAITING, [now - _GATHER, _last_morning(now), now])
            waiting = {Unit(taxpayer, user): mails for taxpayer, user, mails in cursor.fetchall()}
        return asides.each(self.name, waiting, lambda unit: sum(post(*unit, mail) for mail in waiting[unit]))

    def close(self) -> None:
        """Nothing is held."""


def post(taxpayer: int, user: int, mail: str) -> int:
    """Write one message to a person about all that waits for them; 1, or 0 if it is not time, or nothing waits."""
    with scoped(Role.WEB, [taxpayer]):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, taxpayer])
            if not cursor.fetchone()[0]:
                return 0
        waiting = Notification.objects.select_for_update().filter(taxpayer_id=taxpayer, user_id=user, mail=mail)
        rows = list(waiting.order_by("id"))
        member = next((one for one in people.members(taxpayer) if one.user == user and one.is_active), None)
        if member is None or is_suppressed(taxpayer, member.email) is not None:
            waiting.update(mail=MailBy.NEVER)
            return 0
        if not rows or (mail == MailBy.ONCE and _wrote_lately(taxpayer, user)):
            return 0
        message = _message(taxpayer, member, mail)
        Notification.objects.filter(id__in=[row.id for row in rows]).update(mail=MailBy.NEVER, message_id=message.id)
        ring()
        return 1


def _wrote_lately(taxpayer: int, user: int) -> bool:
    since = clock.now() - _QUIET
    mine = Message.objects.filter(taxpayer_id=taxpayer, user_id=user, kind="notice", created_at__gt=since)
    return mine.exists()


def _message(taxpayer: int, member: Member, mail: str) -> Message:
    now = clock.now()
    made = Message(
        taxpayer_id=taxpayer,
        channel=Channel.MAIL,
        kind="digest" if mail == MailBy.DAILY else "notice",
        user_id=member.user,
        recipient=member.email,
        facts={"language": _language(member.user)},
        stage=Stage.WAITING,
        due_at=now,
        created_at=now,
    )
    made.save(force_insert=True)
    return made


def _language(user: int) -> str:
    from ulak_server.people.models import User

    return User.objects.filter(id=user).values_list("language", flat=True).first() or "tr"


def _last_morning(now: datetime) -> datetime:
    """The last moment at which days were summed up."""
    here = now.astimezone(clock.ISTANBUL)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if here >= morning else morning - timedelta(days=1)
