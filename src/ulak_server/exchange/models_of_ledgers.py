"""Packages of books at GİB, their files, and until when each month is due."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["LedgerCopy", "LedgerFile", "LedgerPackage", "LedgerTerm", "Sort"]


class Sort(models.IntegerChoices):
    """What a kept file of a package is."""

    SENT = 1
    """The ZIP as it goes to GİB."""
    APPROVED = 2
    """The berat that GİB approved, as XML."""


class LedgerPackage(models.Model):
    """One package for GİB's e-Defter service; moved by `ulak.lifecycle.ledgers`.

    Attributes:
        branch: four digits; empty for the head office.
        month: the first day of the month that it is of.
        kind: ``YB``, ``KB``, ``EB`` or ``DR``.
        part: six digits; ``000000`` for a month that is not divided.
        name: what it is asked for by at GİB, its file name without ``.zip`` (Teknik Kılavuz V1.7, 2.4.1).
        starts, ends: the first and the last day that it covers.
        signer: VKN or TCKN of whose seal its files bear.
        stamped: whether they bear time stamps, too.
        size, digest: of the ZIP: bytes, and SHA-256, hexadecimal.
        due_at: by then GİB must have approved it (Elektronik Defter Genel Tebliği 1, 4.3.4).
        away_at: when GİB's service first did not answer on its last day, or later.
        approved_digest: SHA-256 of the berat that GİB approved; empty while it is not here.
        approved_at: when GİB sealed it, by that seal.
        fetched_at: when it was fetched, or when GİB was through with what it does not approve.
        checked_at: when the kept berat was looked at last.
        said: codes and sentences that came back, newest last: ``[[at, what, code, text], …]``; ``what`` is ``send``,
            ``ask`` or ``fetch``.
    """

    id = models.UUIDField(primary_key=True)
    taxpayer_id = models.IntegerField()
    branch = models.TextField(default="")
    month = models.DateField()
    kind = models.TextField()
    part = models.TextField()
    name = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    signer = models.TextField(default="")
    stamped = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)
    digest = models.TextField(default="")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    away_at = models.DateTimeField(null=True)
    approved_digest = models.TextField(default="")
    approved_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    said = models.JSONField(default=list)
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    road = models.BinaryField()

    objects = TenantManager["LedgerPackage"]()

    class Meta:
        db_table = "exchange_ledger_package"
        constraints: ClassVar = [
            # GİB takes one package of a name; what it refused, or never had, leaves the name to the next.
            models.UniqueConstraint(
                fields=["taxpayer_id", "name"],
                condition=~models.Q(stage__in=["deleted", "withdrawn"]),
                name="one_ledger_package_each",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="ledger_package_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["taxpayer_id", "month", "branch"], name="ledger_package_of_month"),
            models.Index(
                fields=["checked_at"],
                name="ledger_package_to_check",
                condition=models.Q(fetched_at__isnull=False),
            ),
        ]


class LedgerFile(models.Model):
    """A piece of a file of a package: encrypted with the taxpayer's key, kept as long as documents.

    Attributes:
        sort: which of its files.
        place: of the piece, from 0.
    """

    pk = models.CompositePrimaryKey("package_id", "sort", "place")
    package_id = models.UUIDField()
    sort = models.SmallIntegerField(choices=Sort.choices)
    place = models.IntegerField()
    taxpayer_id = models.IntegerField()
    data = models.BinaryField()

    objects = TenantManager["LedgerFile"]()

    class Meta:
        db_table = "exchange_ledger_file"


class LedgerTerm(models.Model):
    """Until when a month's books of a taxpayer are due, whether or not there is a package of them yet.

    Attributes:
        branch: four digits; empty for the head office.
        closed_at: when GİB had approved all of it.
        warned: how often people were called because of it.
        wake_at: when they are called next; None: not any more.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    branch = models.TextField(default="")
    month = models.DateField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    warned = models.SmallIntegerField(default=0, db_default=0)
    wake_at = models.DateTimeField(null=True)

    objects = TenantManager["LedgerTerm"]()

    class Meta:
        db_table = "exchange_ledger_term"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "branch", "month"], name="one_ledger_term_each")
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="ledger_term_alarm", condition=models.Q(wake_at__isnull=False)),
        ]


class LedgerCopy(models.Model):
    """That a month's copies were uploaded by GİB's e-Defter Saklama application, as somebody told.

    Attributes:
        branch: four digits; empty for the head office.
        uploaded_on: the day on which that was.
        actor: who told.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    branch = models.TextField(default="")
    month = models.DateField()
    uploaded_on = models.DateField()
    told_at = models.DateTimeField()
    actor = models.TextField()

    objects = TenantManager["LedgerCopy"]()

    class Meta:
        db_table = "exchange_ledger_copy"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "branch", "month"], name="one_ledger_copy_each")
        ]
