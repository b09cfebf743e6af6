"""How issued documents reach their buyers by themselves, and the record of what each buyer was given."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Delivered", "Handover", "How"]


class How(models.TextChoices):
    """By which way a buyer got a document."""

    MAIL = "mail"
    """A mail server took it (250)."""
    SMS = "sms"
    """A text message with a link was taken by its provider."""
    KEP = "kep"
    """Registered e-mail was taken by its provider."""
    LINK = "link"
    """Somebody opened the document's page, or fetched it there."""
    PAPER = "paper"
    """A person handed it over on paper and wrote that down."""


class Handover(models.Model):
    """What is to be handed over by itself: a document of an archived kind that was issued, or that it was cancelled.

    Attributes:
        what: ``issued`` or ``voided``.
        stage: of `ulak_server.delivery.handovers`.
        sending: what the document says: ``ELEKTRONIK`` or ``KAGIT``; empty until it was looked at.
        message_id: the message that carries it.
        views, first_seen_at, last_seen_at: of its permanent page.
        verdict, verified_at: what was found of its seal there.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    document_id = models.BigIntegerField()
    what = models.TextField()
    stage = models.TextField(default="due")
    sending = models.TextField(default="")
    message_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    views = models.IntegerField(default=0, db_default=0)
    first_seen_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    verdict = models.JSONField(null=True)
    verified_at = models.DateTimeField(null=True)

    objects = TenantManager["Handover"]()

    class Meta:
        app_label = "delivery"
        db_table = "delivery_handover"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document_id", "what"], name="one_handover_each"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="handover_due", condition=models.Q(stage="due")),
            models.Index(fields=["taxpayer_id", "stage", "-id"], name="handover_of"),
        ]


class Delivered(models.Model):
    """That a buyer got a document: what, when, how. Never changed but by its undoing.

    Attributes:
        forms: ``xml``, ``pdf``, ``page`` or ``paper``: what they got.
        recipient: address or number, or whom a person named.
        undone_at, undone_why: when it turned out not to have arrived, and the code of that.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    document_id = models.BigIntegerField()
    how = models.CharField(max_length=5, choices=How.choices)
    at = models.DateTimeField()
    forms = ArrayField(models.TextField(), default=list)
    recipient = models.TextField(default="")
    message_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    actor = models.TextField(default="")
    note = models.TextField(default="")
    undone_at = models.DateTimeField(null=True)
    undone_why = models.TextField(default="")

    objects = TenantManager["Delivered"]()

    class Meta:
        app_label = "delivery"
        db_table = "delivery_delivered"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message_id"], name="one_record_each_message", condition=models.Q(message_id__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["document_id", "at"], name="delivered_document")]
