"""What is put aside: work of one taxpayer that fails, so that it keeps nobody else back."""

from __future__ import annotations

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Aside"]


class Aside(models.Model):
    """Work that failed when it was tried last; the row goes when it succeeds.

    Attributes:
        station: whose work it is: a station's name or a task's.
        subject: the record of the taxpayer's that fails; 0: whatever the station does for the taxpayer.
        reason: a code, or the kind of the error; nothing of a document's content.
        failures: in a row.
        since: the first of them.
        until: when it is tried again.
    """

    pk = models.CompositePrimaryKey("station", "taxpayer_id", "subject")
    station = models.TextField()
    taxpayer_id = models.IntegerField()
    subject = models.BigIntegerField(default=0)
    reason = models.TextField()
    failures = models.IntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = TenantManager["Aside"]()

    class Meta:
        db_table = "asides_aside"
