"""Envelopes of ours, envelopes that came in, identities at GİB, and what is reported to it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ulak_server.database.managers import TenantManager
from ulak_server.exchange.models_of_ledgers import LedgerCopy, LedgerFile, LedgerPackage, LedgerTerm
from ulak_server.exchange.models_of_reports import Report, ReportEntry, ReportFile, ReportNote

__all__ = [
    "Counterpart",
    "Envelope",
    "Identity",
    "Inbound",
    "LedgerCopy",
    "LedgerFile",
    "LedgerPackage",
    "LedgerTerm",
    "Report",
    "ReportEntry",
    "ReportFile",
    "ReportNote",
]


class Envelope(models.Model):
    """An envelope that we send; moved by `ulak.lifecycle.envelopes`. Its bytes are made anew from its documents.

    Attributes:
        id: ``InstanceIdentifier``.
        taxpayer_id: for whom; system responses too.
        identity: VKN of whom GİB knows as the caller.
        kind: `ulak.lifecycle.envelopes.EnvelopeKind`.
        type: ``SENDERENVELOPE`` …
        element: the type of its one list, ``INVOICE`` …
        documents: ids in their order.
        about: the incoming envelope that it answers.
        about_account: the account that it opens or closes.
        digest: SHA-256 of its XML: what is made anew must be the same.
        message: its message, encrypted, where it carries no documents: a system response, a request of an account.
        created_at: what stands in its header.
        said: codes and sentences that came back, newest last: ``[[at, by, code, text], …]``.
    """

    id = models.UUIDField(primary_key=True)
    taxpayer_id = models.IntegerField()
    identity = models.TextField()
    kind = models.TextField()
    type = models.TextField()
    element = models.TextField()
    sender_alias = models.TextField()
    sender_number = models.TextField()
    receiver_alias = models.TextField()
    receiver_number = models.TextField()
    documents = ArrayField(models.BigIntegerField(), default=list)
    about = models.TextField(null=True)
    about_account = models.BigIntegerField(null=True)
    size = models.IntegerField()
    digest = models.BinaryField()
    message = models.BinaryField(null=True)
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    road = models.BinaryField()
    said = models.JSONField(default=list)
    created_at = models.DateTimeField()

    objects = TenantManager["Envelope"]()

    class Meta:
        db_table = "exchange_envelope"
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="envelope_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["about"], name="envelope_about", condition=models.Q(about__isnull=False)),
        ]


class Inbound(models.Model):
    """An envelope that GİB brought; moved by `ulak.lifecycle.inbound`.

    Attributes:
        id: the name of the ZIP without ``.zip``, in lower case.
        data: the ZIP as it came, encrypted.
        taxpayer_id: whose it is, once it was opened; None for nobody's.
        code: the status that we found.
        reason: why, in both languages.
        response: the envelope with our system response.
        origin: the address it came from.
    """

    id = models.TextField(primary_key=True)
    taxpayer_id = models.IntegerField(null=True)
    received_at = models.DateTimeField()
    origin = models.TextField(default="")
    size = models.IntegerField()
    digest = models.BinaryField()
    data = models.BinaryField()
    type = models.TextField(default="")
    sender_alias = models.TextField(default="")
    sender_number = models.TextField(default="")
    receiver_alias = models.TextField(default="")
    receiver_number = models.TextField(default="")
    header = models.JSONField(null=True)
    documents = ArrayField(models.BigIntegerField(), default=list)
    code = models.TextField(default="")
    reason = models.JSONField(null=True)
    response = models.UUIDField(null=True)
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    road = models.BinaryField()

    class Meta:
        db_table = "exchange_inbound"
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="inbound_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["received_at"], name="inbound_received"),
        ]


class Identity(models.Model):
    """Whether a caller may talk to Merkez; moved by `ulak.lifecycle.identities`."""

    number = models.TextField(primary_key=True)
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    road = models.BinaryField()

    class Meta:
        db_table = "exchange_identity"


class Counterpart(models.Model):
    """The circuit breaker of somebody whom we call."""

    name = models.TextField(primary_key=True)
    road = models.BinaryField()

    class Meta:
        db_table = "exchange_counterpart"
