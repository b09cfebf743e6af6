"""A taxpayer's e-Defter books while they are made and for as long as they are kept."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final

from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = [
    "BUSY",
    "ENDED",
    "Book",
    "Company",
    "Extension",
    "File",
    "Finding",
    "Mapping",
    "Part",
    "Piece",
    "Stage",
    "Work",
]


class Stage(models.TextChoices):
    """How far a work has come; in those of `BUSY` a worker is at it, in the others it waits for a person."""

    UPLOADING = "uploading"
    LOOKING = "looking"
    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    PLANNING = "planning"
    PLANNED = "planned"
    BUILDING = "building"
    BUILT = "built"
    SEALING = "sealing"
    SEALED = "sealed"
    SENDING = "sending"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


BUSY: Final = (Stage.LOOKING, Stage.CHECKING, Stage.PLANNING, Stage.BUILDING, Stage.SEALING, Stage.SENDING)
ENDED: Final = (Stage.SENT, Stage.DONE, Stage.CANCELLED)


class Extension(models.Model):
    """More time that GİB gave by announcement (Elektronik Defter Genel Tebliği 1, 4.3.6); of all taxpayers.

    Attributes:
        what: ``books`` of months, or ``inventory`` books.
        last: the last day that was extended.
        month_from, month_to: the first days of the months that it is about; None: whatever was due on that day.
        until: the new last day.
        source: the announcement, as people find it.
    """

    id = models.BigAutoField(primary_key=True)
    what = models.CharField(max_length=9)
    last = models.DateField()
    until = models.DateField()
    month_from = models.DateField(null=True)
    month_to = models.DateField(null=True)
    source = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    actor = models.TextField(default="")

    class Meta:
        db_table = "ledgers_extension"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["what", "last", "month_from"], name="one_extension_each")
        ]


class Company(models.Model):
    """What books say of a taxpayer, or of one of its branches that keeps books of its own.

    Attributes:
        branch: four digits; empty: the taxpayer itself.
        facts: see `ulak_server.ledgers.companies.Facts`.
        consent_on: from which day the taxpayer consents (muvafakatname) to the integrator sealing its books.
        consent_first, consent_last: the months that it names; None: no limit.
        consent_ended: the day on which it was withdrawn.
        consent_by: who recorded it.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    branch = models.CharField(max_length=4, default="")
    facts = models.JSONField(default=dict)
    consent_on = models.DateField(null=True)
    consent_first = models.DateField(null=True)
    consent_last = models.DateField(null=True)
    consent_ended = models.DateField(null=True)
    consent_by = models.TextField(default="")
    changed_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    objects = TenantManager["Company"]()

    class Meta:
        db_table = "ledgers_company"
        constraints: ClassVar = [models.UniqueConstraint(fields=["taxpayer_id", "branch"], name="one_company_each")]


class Work(models.Model):
    """The making of a month's books, from the upload of its entries to what GİB gets.

    Attributes:
        mark: under which the timeline tells of it.
        kind: ``books``; ``report`` (defter raporu) or ``inventory`` (envanter defteri).
        month: its first day.
        branch: four digits, or empty.
        until: the last day of the last part if the month is not to be made whole (an audit in mid-month).
        resumes: the stage in which it failed, to which `retry` leads back.
        wake_at: from when on a worker may go on with it; None: it waits for a person.
        turn: counted with each claim; what a worker keeps counts only while it is still its turn.
        tries: claims since something was kept.
        step, done, total, since: what is being done and how much of it.
        beat_at: when the worker told so last.
        cancelled_at: when a person wanted it to end; a worker notices within a moment.
        is_stamped: whether seals carry a time stamp (XAdES-T).
        key: whose key seals: ``own`` or ``integrator``.
        goes_on: whether it is sealed and sent without waiting for a person again.
        said: what the check said: totals, first and last numbers and days; see `ulak_server.ledgers.views`.
        acknowledged: codes of warnings that a person has seen.
        error_code, error: why it failed or waits, the latter in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    mark = models.UUIDField(default=uuid.uuid4, unique=True)
    taxpayer_id = models.IntegerField()
    kind = models.CharField(max_length=9, default="books")
    month = models.DateField()
    branch = models.CharField(max_length=4, default="")
    until = models.DateField(null=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.UPLOADING)
    resumes = models.CharField(max_length=10, default="")
    wake_at = models.DateTimeField(null=True)
    turn = models.IntegerField(default=0)
    tries = models.SmallIntegerField(default=0)
    step = models.CharField(max_length=24, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    since = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    is_stamped = models.BooleanField(default=False)
    key = models.CharField(max_length=10, default="")
    goes_on = models.BooleanField(default=False)
    said = models.JSONField(default=dict)
    acknowledged = models.JSONField(default=list)
    error_code = models.TextField(default="")
    error = models.JSONField(null=True)
    actor = models.TextField(default="")
    origin = models.TextField(default="")
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = TenantManager["Work"]()

    class Meta:
        db_table = "ledgers_work"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "kind", "month", "branch"],
                condition=~models.Q(stage__in=[one.value for one in ENDED]),
                name="one_ledger_work_open",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="ledger_work_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["taxpayer_id", "month", "branch"], name="ledger_work_of_month"),
        ]

    @property
    def is_busy(self) -> bool:
        return self.stage in BUSY


class File(models.Model):
    """Something kept in pieces; it counts only when it is complete.

    Attributes:
        what: ``input``; ``entries`` and ``accounts`` (the numbered lines), ``findings``, ``balance``; ``book``,
            ``berat``, ``package``.
        size: of the whole, in bytes; what an upload announces until it is complete.
        received: bytes that are kept so far.
        digest: SHA-256, hexadecimal; of a book that was sealed it never changes again.
        completed_at: None while pieces are missing.
        look, mapping: of an input: what was seen in it, how it is read.
        error: why it cannot be read, in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="files")
    what = models.CharField(max_length=8)
    name = models.TextField(default="")
    size = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    digest = models.TextField(default="")
    created_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True)
    look = models.JSONField(null=True)
    mapping = models.JSONField(null=True)
    error = models.JSONField(null=True)

    objects = TenantManager["File"]()

    class Meta:
        db_table = "ledgers_file"
        indexes: ClassVar = [models.Index(fields=["work", "what"], name="ledger_file_of_work")]


class Piece(models.Model):
    """A piece of a file: compressed, then encrypted with the taxpayer's key.

    Attributes:
        place: from 0; all but the last hold `ulak_server.ledgers.keeping.PIECE` bytes of the file.
    """

    pk = models.CompositePrimaryKey("file_id", "place")
    file_id = models.BigIntegerField()
    place = models.IntegerField()
    taxpayer_id = models.IntegerField()
    data = models.BinaryField()

    objects = TenantManager["Piece"]()

    class Meta:
        db_table = "ledgers_piece"


class Finding(models.Model):
    """One kind of fault in a work's entries or books, with how often it was met.

    Attributes:
        origin: ``check`` (of entries), ``books`` (reconciled), ``rules`` (GİB's schemas and Schematron).
        level: ``error`` or ``warning``.
        text, repair: in both languages.
        examples: the first of them: source, row, column, value.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="findings")
    origin = models.CharField(max_length=6)
    place = models.IntegerField()
    code = models.TextField()
    level = models.CharField(max_length=7)
    text = models.JSONField()
    repair = models.JSONField()
    count = models.BigIntegerField()
    examples = models.JSONField(default=list)

    objects = TenantManager["Finding"]()

    class Meta:
        db_table = "ledgers_finding"
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "place"], name="one_ledger_finding_each")]


class Mapping(models.Model):
    """How a taxpayer's own export is read, kept under a name for the months to come.

    Attributes:
        mapping: of `ulak.ledger.intake`.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    name = models.TextField()
    mapping = models.JSONField()
    changed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["Mapping"]()

    class Meta:
        db_table = "ledgers_mapping"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "name"], name="one_ledger_mapping_each")
        ]


class Part(models.Model):
    """A part of a month's books or of an inventory as it was planned; it holds its number once its books are sealed.

    Attributes:
        kind: that of its work.
        number: six digits; ``000000``: the month is not divided.
        first_line, last_line: `lineNumber` of its first and last line.
        journal_size, ledger_size: bytes of its books before they are sealed.
        told: what its berats tell of it: ``accounts`` (how many), ``sums`` (debit and credit of main accounts).
        sealed_at: when the first of its books was.
        withdrawn_at: when it was given up; another may have its number then.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=9, default="books")
    month = models.DateField()
    branch = models.CharField(max_length=4, default="")
    number = models.CharField(max_length=6)
    start = models.DateField(db_column="starts_on")
    end = models.DateField(db_column="ends_on")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    first_line = models.BigIntegerField(default=0)
    last_line = models.BigIntegerField(default=0)
    entries = models.BigIntegerField()
    lines = models.BigIntegerField()
    debit = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    credit = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    journal_size = models.BigIntegerField(default=0)
    ledger_size = models.BigIntegerField(default=0)
    told = models.JSONField(default=dict)
    sealed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = TenantManager["Part"]()

    class Meta:
        db_table = "ledgers_part"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "kind", "month", "branch", "number"],
                condition=models.Q(withdrawn_at__isnull=True, sealed_at__isnull=False),
                name="one_ledger_part_each",
            ),
            models.UniqueConstraint(fields=["work", "number"], name="one_part_of_work"),
        ]


class Book(models.Model):
    """A book, a berat or a package of a part, with the file that it is.

    Attributes:
        kind: ``Y``, ``K``, ``E``; ``YB``, ``KB``, ``EB``, ``DR``; of packages with `is_package` set.
        part: None of a report, which is about the whole month.
        name: as GİB wants the file to be named.
        stage: ``built``, ``judged`` (unsealed, by our own checks), ``sealed``, ``sound`` (sealed, by GİB's rules),
            ``handed`` (a package that is on its way).
        unique: its `uniqueID`.
        signature: a book's signature value, which its berat repeats.
        certificate: of whoever sealed it, by serial number and owner.
        handed: the package at `ulak_server.exchange.ledgers`.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="books")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="books")
    kind = models.CharField(max_length=2)
    is_package = models.BooleanField(default=False)
    name = models.TextField()
    stage = models.CharField(max_length=8, default="built")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    unique = models.TextField(default="", db_column="unique_id")
    signature = models.TextField(default="")
    certificate = models.JSONField(default=dict)
    handed = models.UUIDField(null=True)
    built_at = models.DateTimeField(default=clock.now)
    sealed_at = models.DateTimeField(null=True)

    objects = TenantManager["Book"]()

    class Meta:
        db_table = "ledgers_book"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "part", "kind", "is_package"], name="one_ledger_book_each", nulls_distinct=False
            )
        ]
