"""What is remembered of months, of their closing, and of a taxpayer's first steps."""

from __future__ import annotations

from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = ["Close", "Month", "Start"]


class Month(models.Model):
    """How many numbers were missing in a month when they were counted last; they can always be counted again.

    Attributes:
        month: its first day.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "month")
    taxpayer_id = models.IntegerField()
    month = models.DateField()
    gaps = models.IntegerField(default=0)
    counted_at = models.DateTimeField()

    objects = TenantManager["Month"]()

    class Meta:
        db_table = "overview_month"


class Close(models.Model):
    """How far the closing of a month has come.

    Attributes:
        month: its first day.
        ticks: points that a person has looked at: ``{point: [at, name]}``.
        note: of the person who closes.
        closed_at: when it was said to be closed; None: it is open (again).
        closed_by, closed_name: who said so: the actor, and the name as it was then.
        remaining: how many of each point were open then.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "month")
    taxpayer_id = models.IntegerField()
    month = models.DateField()
    ticks = models.JSONField(default=dict)
    note = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")
    closed_name = models.TextField(default="")
    remaining = models.JSONField(default=dict)

    objects = TenantManager["Close"]()

    class Meta:
        db_table = "overview_close"


class Start(models.Model):
    """How far a taxpayer has come on the way to the first document that arrives.

    Attributes:
        confirmed: steps that a person has said to be right: ``{step: [at, actor, about]}``.
        document_id: the first document, once one was sent from here.
        is_self_service: whether somebody took the taxpayer on for themselves, in a sandbox.
        put_aside_at: from then on the home page does not remind of it.
    """

    taxpayer_id = models.IntegerField(primary_key=True)
    confirmed = models.JSONField(default=dict)
    document_id = models.BigIntegerField(null=True)
    is_self_service = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=clock.now)
    put_aside_at = models.DateTimeField(null=True)

    objects = TenantManager["Start"]()

    class Meta:
        db_table = "overview_start"
