"""Bodies at rest: compressed, encrypted with the taxpayer's key, in monthly partitions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Body", "DataKey", "Dictionary", "DraftBody"]


class DataKey(models.Model):
    """A taxpayer's AES-256 key, wrapped by the key-encryption key. The newest of a taxpayer encrypts.

    Attributes:
        taxpayer_id: None: the installation's own, for what belongs to nobody yet.
        kek: which key-encryption key wraps it.
    """

    id = models.AutoField(primary_key=True)
    taxpayer_id = models.IntegerField(null=True)
    kek = models.TextField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "archive_data_key"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id"], name="data_key_of")]


class Dictionary(models.Model):
    """A zstd dictionary. Kept as long as anything that was compressed with it. The newest of a topic compresses.

    Attributes:
        taxpayer_id: None: for everybody, trained on made-up documents alone.
        topic: what it is for, e.g. ``invoice``.
        base_id: the dictionary before which a taxpayer's own documents stand in this one; 0: none.
        key_id: of the key that encrypts `data`; 0: it is not encrypted.
        data: the dictionary itself, or a taxpayer's documents that follow the base.
    """

    id = models.AutoField(primary_key=True)
    taxpayer_id = models.IntegerField(null=True)
    topic = models.TextField()
    base_id = models.IntegerField(default=0)
    key_id = models.IntegerField(default=0)
    data = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "archive_dictionary"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id", "topic"], name="dictionary_of")]


class _Kept(models.Model):
    """What both stores of bodies have.

    Attributes:
        month: the first day of the month in which its owner came.
        owner: id of the document, or of the batch with part 9.
        part: which of its bodies; 1 is the document itself.
        key_id, dictionary_id: of `DataKey` and `Dictionary`; 0: without dictionary.
        data: nonce, ciphertext, tag.
    """

    pk = models.CompositePrimaryKey("month", "owner", "part")
    month = models.DateField()
    owner = models.BigIntegerField()
    part = models.SmallIntegerField()
    taxpayer_id = models.IntegerField()
    key_id = models.IntegerField()
    dictionary_id = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        abstract = True


class Body(_Kept):
    """The body of a sealed document: written once and kept for years."""

    objects = TenantManager["Body"]()

    class Meta:
        db_table = "archive_body"
        managed = False


class DraftBody(_Kept):
    """A body that is still to become another one, or to be thrown away: drafts, documents without seal, batches."""

    objects = TenantManager["DraftBody"]()

    class Meta:
        db_table = "archive_draft"
        managed = False
