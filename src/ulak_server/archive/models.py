"""Bodies at rest: compressed, encrypted with the taxpayer's key, in monthly partitions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Body", "DataKey", "Dictionary"]


class DataKey(models.Model):
    """A taxpayer's AES-256 key, wrapped by the key-encryption key.

    Attributes:
        taxpayer_id: None: the installation's own, for what belongs to nobody yet.
        kek: which key-encryption key wraps it.
    """

    id = models.AutoField(primary_key=True)
    taxpayer_id = models.IntegerField(null=True)
    kek = models.TextField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "archive_data_key"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id"], name="data_key_of")]


class Dictionary(models.Model):
    """A zstd dictionary. Kept as long as anything that was compressed with it.

    Attributes:
        taxpayer_id: None: of everybody, trained on synthetic documents alone.
        topic: what it is for, e.g. ``invoice/3``.
        data: encrypted if it is a taxpayer's.
    """

    id = models.AutoField(primary_key=True)
    taxpayer_id = models.IntegerField(null=True)
    topic = models.TextField()
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "archive_dictionary"


class Body(models.Model):
    """The body of a document or of a batch.

    Attributes:
        owner: ``document_id``, or the batch's id with `part` 9.
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

    objects = TenantManager["Body"]()

    class Meta:
        db_table = "archive_body"
        managed = False
