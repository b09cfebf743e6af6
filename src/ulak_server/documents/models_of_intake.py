"""What is kept of handing documents in: batches and what of them was refused, keys of requests, prefixes of numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Batch", "Handed", "Prefix", "Refusal"]


class Batch(models.Model):
    """Documents handed in together: cut into pieces and stored at first, read and built by workers.

    Attributes:
        key: the caller's ``Idempotency-Key``.
        digest: of what was handed in: the same key with other content is refused.
        form: ``ndjson``, ``zip`` or ``json``.
        intent: ``draft``, ``check`` or ``send``.
        stage: ``stored``, ``done``.
        pieces: bodies that hold it, some hundred documents each.
        piece: how many of them were read so far.
        total, read: how many documents it has, and how many of them were read so far.
        options: series, branch, priority … for all of them.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    key = models.TextField(null=True)
    digest = models.BinaryField()
    form = models.TextField()
    intent = models.TextField()
    stage = models.TextField(default="stored")
    wake_at = models.DateTimeField(null=True)
    pieces = models.IntegerField(default=0)
    piece = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    read = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    options = models.JSONField(default=dict)
    actor = models.TextField(default="")
    origin = models.TextField(default="")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = TenantManager["Batch"]()

    class Meta:
        db_table = "documents_batch"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "key"], condition=models.Q(key__isnull=False), name="one_key_each"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="batch_alarm", condition=models.Q(wake_at__isnull=False))
        ]


class Refusal(models.Model):
    """One item of a batch that was not taken, and why.

    Attributes:
        place: its place in the batch, from 0.
        name: file name or ERP key, where it had one.
        problem: the problem as RFC 9457 has it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="refusals")
    taxpayer_id = models.IntegerField()
    place = models.IntegerField()
    name = models.TextField(default="")
    problem = models.JSONField()

    objects = TenantManager["Refusal"]()

    class Meta:
        db_table = "documents_refusal"
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "place"], name="one_refusal_each")]


class Prefix(models.Model):
    """What the prefix of invoices that their author numbered is used for (e-Arşiv Kılavuzu V1.18, 6).

    Attributes:
        kind: ``invoice`` or ``earchive_invoice``.
        purpose: ``internet`` for e-Arşiv invoices of sales there.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "prefix")
    taxpayer_id = models.IntegerField()
    prefix = models.CharField(max_length=3)
    kind = models.TextField()
    purpose = models.TextField(default="", blank=True)

    objects = TenantManager["Prefix"]()

    class Meta:
        db_table = "documents_prefix"


class Handed(models.Model):
    """That a document was handed in under a key of the caller's, so that the same request has the same answer again.

    Attributes:
        key: the caller's ``Idempotency-Key``.
        digest: of what was handed in: the same key with other content is refused.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "key")
    taxpayer_id = models.IntegerField()
    key = models.TextField()
    digest = models.BinaryField()
    document_id = models.BigIntegerField()
    created_at = models.DateTimeField()

    objects = TenantManager["Handed"]()

    class Meta:
        db_table = "documents_handed"
