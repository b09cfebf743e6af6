"""What happened, in order, for ever: entries and the chain of blocks that seals them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

__all__ = ["Block", "Entry"]


class Entry(models.Model):
    """Something that happened; never changed, never deleted.

    One entry may speak of many documents: a batch that was sealed together is one entry. Entries of a transaction have
    its number; a block covers all entries of the transactions in its range, so that none can come later.

    Attributes:
        tx: PostgreSQL's number of the transaction that wrote it (`xid8` as a number).
        what: a stable word, e.g. ``document.sealed``, ``call.sent``.
        documents: ids of the documents it is about.
        envelope: the envelope of ours, or the incoming one, that it is about.
        stage: the stage that was reached, if any.
        code: a status or error code.
        actor: ``user:7``, ``key:12``, ``worker:host/1234``, ``gib``.
        origin: the address from which the actor spoke.
        facts: what else belongs to it; nothing of a document's content.
    """

    id = models.BigAutoField(primary_key=True)
    tx = models.BigIntegerField()
    at = models.DateTimeField()
    taxpayer_id = models.IntegerField(null=True)
    what = models.TextField()
    documents = ArrayField(models.BigIntegerField(), default=list)
    envelope = models.UUIDField(null=True)
    stage = models.TextField(default="")
    code = models.TextField(default="")
    actor = models.TextField(default="")
    origin = models.TextField(default="")
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_entry"
        indexes: ClassVar = [models.Index(fields=["tx", "id"], name="audit_entry_order")]


class Block(models.Model):
    """Entries sealed together: the digest of the block before, and of all its entries in their order.

    Attributes:
        number: from 1, without gaps.
        first_tx, end_tx: the transactions whose entries it holds, the second not included.
        entries: how many.
    """

    number = models.BigIntegerField(primary_key=True)
    first_tx = models.BigIntegerField()
    end_tx = models.BigIntegerField()
    entries = models.IntegerField()
    at = models.DateTimeField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "audit_block"
