"""What has to be reported to GİB of the documents that stay with us, and the reports that do so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Report", "ReportEntry", "ReportFile", "ReportNote", "What"]


class What(models.IntegerChoices):
    """What is reported of a document."""

    ISSUED = 1
    CANCELLED = 2
    OBJECTED = 3

    @property
    def word(self) -> str:
        """As the faces are told of it, and as a report's column of how many it holds is called."""
        return self.name.lower()


class Report(models.Model):
    """One report to GİB; moved by `ulak.lifecycle.reports`.

    Attributes:
        id: ``raporNo``, and the name of the package.
        product: ``earsiv`` or ``egider``: whose elements it holds.
        month: the first day of the month that is its ``donem``.
        day: its ``bolum``: the business day on which what it holds happened here.
        section_no: ``bolumNo``, counted in the month from 1; that of a report that GİB refused goes to its successor.
        cause: why it was made: ``night``, ``wanted``, ``at-once``, ``anew``.
        entries: how many entries were gathered for it, or are in it once it was built.
        issued, cancelled, objected: how many of each its writer wrote.
        size, packed: bytes of its XML, and of the ZIP that goes to GİB.
        digest: SHA-256 of the ZIP, hexadecimal.
        due_at: by then GİB must have it (e-Arşiv Kılavuzu V1.18, 5).
        replaces, replaced_by: the report that GİB refused, and the one that was built anew in its place.
        said: codes and sentences that came back, newest last: ``[[at, what, code, text], …]``; ``what`` is ``send``,
            ``ask`` or ``build``.
        error: why it cannot be built or needs a person, in both languages.
    """

    id = models.UUIDField(primary_key=True)
    taxpayer_id = models.IntegerField()
    product = models.TextField()
    month = models.DateField()
    day = models.DateField()
    section_no = models.IntegerField()
    cause = models.TextField()
    entries = models.IntegerField(default=0)
    issued = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)
    objected = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    packed = models.BigIntegerField(default=0)
    digest = models.TextField(default="")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    replaces = models.UUIDField(null=True)
    replaced_by = models.UUIDField(null=True)
    said = models.JSONField(default=list)
    error = models.JSONField(null=True)
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    road = models.BinaryField()

    objects = TenantManager["Report"]()

    class Meta:
        db_table = "exchange_report"
        constraints: ClassVar = [
            # Of a section that GİB refused the successor has the number.
            models.UniqueConstraint(
                fields=["taxpayer_id", "product", "month", "section_no"],
                condition=~models.Q(stage__in=["replaced", "withdrawn"]),
                name="one_section_each",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="report_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["taxpayer_id", "month", "product"], name="report_of_month"),
        ]


class ReportFile(models.Model):
    """A piece of the ZIP that goes to GİB, as it goes: encrypted with the taxpayer's key, kept as long as documents.

    Attributes:
        place: of the piece, from 0.
    """

    pk = models.CompositePrimaryKey("report_id", "place")
    report_id = models.UUIDField()
    place = models.IntegerField()
    taxpayer_id = models.IntegerField()
    data = models.BinaryField()

    objects = TenantManager["ReportFile"]()

    class Meta:
        db_table = "exchange_report_file"


class ReportEntry(models.Model):
    """One thing that has to be reported once: a document, that it was cancelled, or an objection to it.

    It is made in the transaction in which that happened.

    Attributes:
        document_id: of `ulak_server.documents`.
        turn: counted from 1 where the same happens to a document again, after its cancellation was refused.
        kind: of the document.
        product: ``earsiv`` or ``egider``.
        day: the business day on which it happened here.
        at_once: whether the night would be too late: SARJANLIK, and what is told on its last day.
        ready_at: from then on it is gathered.
        due_at: by then GİB must have it.
        report_id: the report that holds it; None while it waits.
        error: why it could not be put into a report, in both languages; it is tried again the next day.
        reversed_at: when the buyer's refusal of a cancellation was recorded.
        confirmed_at: when the buyer's consent was.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    document_id = models.BigIntegerField()
    what = models.SmallIntegerField(choices=What.choices)
    turn = models.SmallIntegerField(default=1, db_default=1)
    kind = models.TextField()
    product = models.TextField()
    day = models.DateField()
    at_once = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    due_at = models.DateTimeField()
    report_id = models.UUIDField(null=True)
    error = models.JSONField(null=True)
    reversed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = TenantManager["ReportEntry"]()

    class Meta:
        db_table = "exchange_report_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document_id", "what", "turn"], name="one_report_entry_each")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["ready_at"],
                name="report_entry_waiting",
                condition=models.Q(report_id__isnull=True),
            ),
            models.Index(
                fields=["taxpayer_id"],
                name="report_entry_waits_for",
                condition=models.Q(report_id__isnull=True),
            ),
            models.Index(fields=["report_id", "id"], name="report_entry_of_report"),
            # A month's entries are counted from it alone.
            models.Index(fields=["taxpayer_id", "what", "day", "report_id"], name="report_entry_of_day"),
        ]


class ReportNote(models.Model):
    """What people said with an entry. Content: neither for operators nor for workers without a scope.

    Attributes:
        facts: of an objection ``method``, ``number``, ``day`` and ``explanation``; of a cancellation its ``reason``.
    """

    pk = models.CompositePrimaryKey("document_id", "what", "turn")
    document_id = models.BigIntegerField()
    what = models.SmallIntegerField(choices=What.choices)
    turn = models.SmallIntegerField()
    taxpayer_id = models.IntegerField()
    facts = models.JSONField()

    objects = TenantManager["ReportNote"]()

    class Meta:
        db_table = "exchange_report_note"
