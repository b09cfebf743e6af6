"""The versions of drafts that people write; their contents are in `archive`, under the draft's id made negative."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = ["Version", "Writing"]


class Writing(models.Model):
    """A draft that is, or was, in somebody's editor.

    Attributes:
        month: of the draft, under which the contents lie.
        head: the version that the draft's content is.
        last: the highest version so far.
    """

    document_id = models.BigIntegerField(primary_key=True)
    taxpayer_id = models.IntegerField()
    month = models.DateField()
    head = models.IntegerField()
    last = models.IntegerField()

    objects = TenantManager["Writing"]()

    class Meta:
        db_table = "composing_writing"


class Version(models.Model):
    """What a draft was, at the end of one pause in writing.

    Attributes:
        number: from 1; its content lies at ``number % KEPT``.
        parent: the version that it was written from; 0: the draft as it was found.
        actor: who wrote it.
        is_aside: whether it was written from a version that was not the last, and so is not part of the draft.
    """

    document_id = models.BigIntegerField()
    taxpayer_id = models.IntegerField()
    number = models.IntegerField()
    parent = models.IntegerField()
    actor = models.TextField(default="")
    is_aside = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["Version"]()

    class Meta:
        db_table = "composing_version"
        constraints: ClassVar = [models.UniqueConstraint(fields=["document_id", "number"], name="one_version_each")]
