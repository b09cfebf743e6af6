"""What happened, in order, for ever: entries, the chain of blocks that seals them, and its daily heads."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

__all__ = ["Block", "Entry", "Epoch", "Head"]


class Entry(models.Model):
    """Something that happened; never changed, never deleted.

    One entry may speak of many documents: a batch that was sealed together is one entry. Entries of a transaction have
    its number; a block covers all entries of the transactions in its range, so that none can come later.

    Attributes:
        tx: number of the transaction that wrote it: PostgreSQL's and the `Epoch`'s.
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
        indexes: ClassVar = [BrinIndex(fields=["tx"], name="audit_entry_tx", pages_per_range=16, autosummarize=True)]


class Block(models.Model):
    """Entries sealed together: a link in the chain.

    Attributes:
        number: from 1, without gaps.
        first_tx, end_tx: the transactions whose entries it holds, the second not included.
        entries: how many.
        fingerprints: the first eight bytes of each entry's digest, in their order: they say which entry was changed.
        previous, digest: of the block before, and of this one; see `ulak_server.audit.digests`.
    """

    number = models.BigIntegerField(primary_key=True)
    first_tx = models.BigIntegerField()
    end_tx = models.BigIntegerField()
    entries = models.IntegerField()
    at = models.DateTimeField()
    fingerprints = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "audit_block"


class Head(models.Model):
    """How far the chain had come on a day, sealed so that not even the database's owner can write it anew.

    Attributes:
        day: of Istanbul.
        block, digest: the last block of that day.
        statement: what was sealed: text that names them.
        signature, certificate: by the integrator's key over the statement, and its certificate (DER); may be empty.
        algorithm: of the signature, as `ulak.seal.algorithms.Algorithm` calls it.
        stamp: a time stamp (RFC 3161) over the statement's SHA-256; may be empty.
    """

    day = models.DateField(primary_key=True)
    block = models.BigIntegerField()
    digest = models.BinaryField()
    statement = models.TextField()
    algorithm = models.TextField(default="")
    signature = models.BinaryField(default=b"")
    certificate = models.BinaryField(default=b"")
    stamp = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_head"


class Epoch(models.Model):
    """What is added to PostgreSQL's numbers of transactions, so that they never go back, not even after a restore."""

    id = models.SmallIntegerField(primary_key=True)
    base = models.BigIntegerField()

    class Meta:
        db_table = "audit_epoch"
