"""What leaves the platform for people and programs: messages, links, webhooks, notifications; how each fares."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager
from ulak_server.delivery.models_of_handover import Delivered, Handover, How

__all__ = [
    "OF_DOCUMENTS",
    "Attempt",
    "Call",
    "Channel",
    "Cursor",
    "Delivered",
    "Event",
    "Handover",
    "Hook",
    "How",
    "Link",
    "MailBy",
    "Message",
    "Notification",
    "Preference",
    "Suppression",
]


class Channel(models.TextChoices):
    """By which way a message goes."""

    MAIL = "mail"
    SMS = "sms"
    KEP = "kep"


OF_DOCUMENTS: Final = ("document", "voided")
"""Kinds of messages that are about a document, and go to its receiver."""


class Event(models.Model):
    """Something that happened, of a kind that people or programs may want to be told of.

    Attributes:
        key: its id for programs: the ``webhook-id`` of what is told of it.
        kind: of `ulak_server.delivery.kinds`.
        code: a status, an answer, or the reason.
        facts: what else belongs to it; nothing of a document's content.
        once: what must not be told twice; unique for the taxpayer.
        told_at: when notifications and calls were made of it.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4)
    taxpayer_id = models.IntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    documents = ArrayField(models.BigIntegerField(), default=list)
    code = models.TextField(default="")
    facts = models.JSONField(default=dict)
    once = models.TextField(null=True)
    told_at = models.DateTimeField(null=True)

    objects = TenantManager["Event"]()

    class Meta:
        db_table = "delivery_event"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "once"], name="one_event_each", condition=models.Q(once__isnull=False)
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "id"], name="event_untold", condition=models.Q(told_at__isnull=True)),
            models.Index(fields=["at"], name="event_at"),
        ]


class Cursor(models.Model):
    """How far the audit log was read.

    Attributes:
        tx: entries of this transaction and later ones are still to be read.
    """

    name = models.TextField(primary_key=True)
    tx = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "delivery_cursor"


class MailBy(models.TextChoices):
    """Whether a notification is sent by e-mail."""

    NEVER = "never"
    ONCE = "once"
    """Within minutes."""
    DAILY = "daily"
    """With all others of the day, in the morning."""


class Notification(models.Model):
    """What a person is told; of one kind for one taxpayer, as long as it was not seen, it grows instead of being many.

    Attributes:
        documents: some of those it is about.
        count: how many there are.
        shown: whether it stands in the portal.
        mail: how it still has to be sent by e-mail.
        message_id: with which it was.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    user_id = models.BigIntegerField()
    kind = models.TextField()
    documents = ArrayField(models.BigIntegerField(), default=list)
    count = models.IntegerField(default=1)
    code = models.TextField(default="")
    facts = models.JSONField(default=dict)
    shown = models.BooleanField(default=True)
    mail = models.CharField(max_length=8, choices=MailBy.choices, default=MailBy.NEVER)
    message_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = TenantManager["Notification"]()

    class Meta:
        db_table = "delivery_notification"
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "user_id", "-id"], name="notification_of"),
            models.Index(
                fields=["mail", "updated_at"], name="notification_mail", condition=~models.Q(mail=MailBy.NEVER)
            ),
        ]


class Preference(models.Model):
    """How a person wants to be told of a kind of happening; without a row, as `kinds` has it."""

    taxpayer_id = models.IntegerField()
    user_id = models.BigIntegerField()
    kind = models.TextField()
    shown = models.BooleanField()
    mail = models.CharField(max_length=8, choices=MailBy.choices)

    objects = TenantManager["Preference"]()

    class Meta:
        db_table = "delivery_preference"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "user_id", "kind"], name="one_preference_each")
        ]


class Link(models.Model):
    """A public address of a document, for whoever is given it.

    Attributes:
        digest: SHA-256 of its token; the token itself is worked out anew where it is needed.
        label: for whom it was made, for those who made it.
        views: how often its page was opened.
        verdict: what was found of the seal, and when.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    document_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    label = models.TextField(default="")
    made_by = models.TextField(default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    views = models.IntegerField(default=0)
    first_seen_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    verdict = models.JSONField(null=True)
    verified_at = models.DateTimeField(null=True)

    objects = TenantManager["Link"]()

    class Meta:
        db_table = "delivery_link"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id", "document_id"], name="link_of_document")]


class Message(models.Model):
    """One message to one receiver.

    Attributes:
        kind: ``document``, ``voided`` (that one was cancelled), ``notice`` or ``digest``.
        link_id: the link that it carries.
        recipient: an address, or a telephone number.
        facts: what it is written from: language, subject, note, what is attached; for notices what happened.
        stage: of `ulak_server.delivery.stages`.
        due_at: when something is to be done for it; None: nothing.
        lease_until: until when somebody is at it.
        code: of the last refusal or bounce.
        answered: what the receiving server said last.
        again_of: the message that this one repeats, where it is not known whether that one arrived.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    channel = models.CharField(max_length=4, choices=Channel.choices)
    kind = models.TextField()
    document_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    recipient = models.TextField()
    facts = models.JSONField(default=dict)
    stage = models.TextField()
    due_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    code = models.TextField(default="")
    answered = models.TextField(default="")
    again_of = models.BigIntegerField(null=True)
    actor = models.TextField(default="")
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    objects = TenantManager["Message"]()

    class Meta:
        db_table = "delivery_message"
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="message_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["taxpayer_id", "-id"], name="message_of"),
            models.Index(
                fields=["document_id"], name="message_document", condition=models.Q(document_id__isnull=False)
            ),
        ]


class Attempt(models.Model):
    """One try to hand over a message or a call.

    Attributes:
        outcome: of `ulak_server.delivery.outcomes`.
        status: SMTP's or HTTP's.
        detail: what was said, shortened.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    message_id = models.BigIntegerField(null=True)
    call_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    outcome = models.TextField()
    code = models.TextField(default="")
    status = models.IntegerField(null=True)
    detail = models.TextField(default="")
    seconds = models.FloatField(default=0)

    objects = TenantManager["Attempt"]()

    class Meta:
        db_table = "delivery_attempt"
        indexes: ClassVar = [
            models.Index(fields=["message_id"], name="attempt_message", condition=models.Q(message_id__isnull=False)),
            models.Index(fields=["call_id"], name="attempt_call", condition=models.Q(call_id__isnull=False)),
        ]


class Suppression(models.Model):
    """An address to which a taxpayer's messages are not sent any more.

    Attributes:
        address: in lower case.
        reason: ``bounced``, ``bounced-often``, ``refused``, ``complained`` or ``by-hand``.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    address = models.TextField()
    reason = models.TextField()
    code = models.TextField(default="")
    detail = models.TextField(default="")
    message_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    actor = models.TextField(default="")

    objects = TenantManager["Suppression"]()

    class Meta:
        db_table = "delivery_suppression"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "address"], name="one_suppression_each", condition=models.Q(lifted_at=None)
            )
        ]


class Hook(models.Model):
    """An address of a taxpayer's that is called when something happens.

    Attributes:
        kinds: of which it is told; none: of all.
        secret, old_secret: that sign, encrypted; the old one signs too until `old_until`.
        failures: in a row.
        rests_until: nothing is sent before.
        off_why: ``by-hand``, ``failing`` or ``gone``; empty while it is on.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    url = models.TextField()
    label = models.TextField(default="")
    kinds = ArrayField(models.TextField(), default=list)
    secret = models.BinaryField()
    old_secret = models.BinaryField(default=b"")
    old_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    off_why = models.TextField(default="")
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    last_well_at = models.DateTimeField(null=True)

    objects = TenantManager["Hook"]()

    class Meta:
        db_table = "delivery_hook"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id"], name="hook_of")]


class Call(models.Model):
    """One happening that one webhook is to be told of.

    Attributes:
        key: ``webhook-id``: the same for every try, by which receivers know what they have already.
        payload: the body, as it is signed.
        stage: ``waiting``, ``calling``, ``done``, ``given-up``, ``dropped``.
        status: of the last answer.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField()
    taxpayer_id = models.IntegerField()
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="calls")
    kind = models.TextField()
    payload = models.TextField()
    stage = models.TextField()
    due_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    status = models.IntegerField(null=True)
    code = models.TextField(default="")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = TenantManager["Call"]()

    class Meta:
        db_table = "delivery_call"
        constraints: ClassVar = [models.UniqueConstraint(fields=["hook", "key"], name="one_call_each")]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="call_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["hook", "-id"], name="call_of_hook"),
        ]
