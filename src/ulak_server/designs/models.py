"""How a taxpayer's documents look: designs, the pictures in them, and whether documents are dressed at all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = ["Design", "Picture", "Sheet", "Wardrobe"]


class Design(models.Model):
    """A taxpayer's design.

    Attributes:
        name: by which people know it.
        kind: of `ulak_server.designs.kinds.KINDS`; empty: for all kinds that have no design of their own.
        values: what `ulak.render.Design` says of itself, but for the pictures.
        stylesheet: XSLT that the taxpayer brought along, in place of one made of the values; None: there is none.
        is_default: whether documents of its kind wear it where nobody names one.
        revision: goes up by one with each change, so that of two people who change it at once one is told.
        retired_at: from then on no document wears it.
    """

    taxpayer_id = models.IntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=12, default="", blank=True)
    values = models.JSONField(default=dict)
    stylesheet = models.BinaryField(null=True)
    is_default = models.BooleanField(default=False)
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    objects = TenantManager["Design"]()

    class Meta:
        db_table = "designs_design"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "kind"],
                name="one_default_design",
                condition=models.Q(is_default=True, retired_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["taxpayer_id", "name"],
                name="one_design_of_a_name",
                condition=models.Q(retired_at__isnull=True),
            ),
        ]


class Picture(models.Model):
    """A picture in a design.

    Attributes:
        slot: where it stands, e.g. ``logo`` or ``signature``.
        mime: its media type.
    """

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="pictures")
    taxpayer_id = models.IntegerField()
    slot = models.CharField(max_length=20)
    mime = models.CharField(max_length=40)
    data = models.BinaryField()

    objects = TenantManager["Picture"]()

    class Meta:
        db_table = "designs_picture"
        constraints: ClassVar = [models.UniqueConstraint(fields=["design", "slot"], name="one_picture_each")]


class Wardrobe(models.Model):
    """What is put into a taxpayer's documents as they are sealed; nobody's row means both.

    Attributes:
        has_stylesheet: the stylesheet that shows the document.
        has_karekod: the picture of the karekod.
    """

    taxpayer_id = models.IntegerField(primary_key=True)
    has_stylesheet = models.BooleanField(default=True)
    has_karekod = models.BooleanField(default=True)

    objects = TenantManager["Wardrobe"]()

    class Meta:
        db_table = "designs_wardrobe"


class Sheet(models.Model):
    """That a stylesheet of Ulak's own making was put into documents of a taxpayer.

    Attributes:
        digest: its SHA-256.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "digest")
    taxpayer_id = models.IntegerField()
    digest = models.BinaryField()

    objects = TenantManager["Sheet"]()

    class Meta:
        db_table = "designs_sheet"
