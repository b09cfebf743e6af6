"""The record of every document, outgoing and incoming, and of the answer to it; bodies are in `archive`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.expressions import RawSQL

from ulak_server.database.managers import TenantManager
from ulak_server.documents.models_of_intake import Batch, Handed, Prefix, Refusal
from ulak_server.documents.models_of_lists import Errand, Party, PartyWord, Tally
from ulak_server.documents.states import State, shelf_of_row, state_of_row

__all__ = [
    "Answer",
    "Batch",
    "Direction",
    "Document",
    "Errand",
    "Form",
    "Handed",
    "Party",
    "PartyWord",
    "Prefix",
    "Refusal",
    "Tally",
    "Work",
]

_WAITING = [
    *(State.DRAFT, State.TROUBLED, State.AWAITING, State.REJECTED, State.RETURNED, State.ENDED, State.VOIDED),
    *(State.TO_ANSWER, State.ANSWERING, State.WE_REJECTED, State.WE_RETURN, State.LAPSED),
]
"""States that few documents have at a time, or in the end."""


class Direction(models.IntegerChoices):
    """Whether a document goes out or came in."""

    OUT = 1
    IN = 2


class Work(models.IntegerChoices):
    """What a worker has to do for a document: the queue is this column."""

    JUDGE = 1
    SEAL = 2
    PACK = 3


class Form(models.IntegerChoices):
    """What the kept body is."""

    JSON = 1
    """A draft in the friendly form, perhaps incomplete."""
    UBL = 2
    """UBL-TR without seal; its number may still be a placeholder (`numbered` in the road's record tells)."""
    SEALED = 3
    """The sealed bytes."""


class Document(models.Model):
    """One document.

    Attributes:
        month: the first day of the month in which it came; its body lies in that month's partition.
        kind: of `ulak_server.documents.kinds`, e.g. ``invoice``.
        profile, type_code: ``cbc:ProfileID`` and the type code of its kind.
        number: ``cbc:ID``; None until it is numbered.
        series: that numbers it; None if its author numbered it.
        partner: VKN or TCKN of the other party.
        alias: to which it goes, or came.
        sender_alias: from which it goes, or came.
        erp_key: the author's own key, unique for the taxpayer.
        priority: whether it goes at once, instead of waiting for others to the same receiver.
        is_automatic: whether GİB's list, and not its author, made it e-Fatura or e-Arşiv; until it is sealed it may be
            turned.
        stage, wake_at, road: of `ulak.lifecycle.documents`; incoming ones have the stage ``filed`` and no record.
        work, ready_at: what is to be done for it, and from when on.
        envelope: the last envelope it travelled in.
        about: the document that this one answers or returns.
        batch: with which it was handed in.
        accepted_at, sealed_at, left_at, delivered_at: when; ``left_at`` is Merkez's receipt: a lorry may leave.
        error: why it waits for a person: findings as JSON, in both languages.
        answer: how the answer to it stands, `ulak_server.documents.states.AnswerMark`: written with `Answer`.
        shelf, state: which list shows it, and as what; `ulak_server.documents.states`.
        party: the other party as lists look for it, `Party`.
        amount: the payable amount in hundredths, as far as it can be said: by which lists sort.
        serial: the last nine digits of its number.
        party_title, currency, payable, vat, labels, party, amount, serial: content; not for operators and unscoped
            workers.
    """

    # In the order in which a row is smallest and read soonest: what has a fixed width and is always there comes first.
    id = models.BigAutoField(primary_key=True)
    accepted_at = models.DateTimeField()
    amount = models.GeneratedField(
        expression=RawSQL(
            "(greatest(least(coalesce(payable, 0), 90000000000000000), -90000000000000000) * 100)::bigint",
            [],
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    taxpayer_id = models.IntegerField()
    month = models.DateField()
    direction = models.SmallIntegerField(choices=Direction.choices)
    shelf = models.GeneratedField(expression=shelf_of_row(), output_field=models.SmallIntegerField(), db_persist=True)
    state = models.GeneratedField(expression=state_of_row(), output_field=models.SmallIntegerField(), db_persist=True)
    form = models.SmallIntegerField(choices=Form.choices)
    answer = models.SmallIntegerField(default=0, db_default=0)
    priority = models.BooleanField(default=False)
    is_automatic = models.BooleanField(default=False, db_default=False)
    ettn = models.UUIDField()
    issue_date = models.DateField(null=True)
    party_id = models.IntegerField(null=True)
    serial = models.GeneratedField(
        expression=RawSQL("CASE WHEN number ~ '^[A-Z0-9]{3}20[0-9]{11}$' THEN right(number, 9)::int END", []),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    series_id = models.IntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)
    sealed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    envelope = models.UUIDField(null=True)
    work = models.SmallIntegerField(null=True, choices=Work.choices)
    ready_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    about_id = models.BigIntegerField(null=True)
    design_id = models.IntegerField(null=True)
    stage = models.TextField()
    kind = models.TextField()
    profile = models.TextField(default="")
    type_code = models.TextField(default="")
    currency = models.CharField(max_length=3, default="")
    number = models.TextField(null=True, db_collation="C")
    partner = models.TextField(default="")
    payable = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    alias = models.TextField(default="")
    sender_alias = models.TextField(default="")
    erp_key = models.TextField(null=True, db_collation="C")
    party_title = models.TextField(default="")
    labels = ArrayField(models.TextField(), null=True)
    error = models.JSONField(null=True)
    road = models.BinaryField(null=True)

    objects = TenantManager["Document"]()

    class Meta:
        db_table = "documents_document"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "direction", "ettn"], name="one_ettn_each"),
            models.UniqueConstraint(
                fields=["taxpayer_id", "number"],
                condition=models.Q(direction=Direction.OUT, number__isnull=False),
                name="one_number_each",
            ),
            models.UniqueConstraint(
                fields=["taxpayer_id", "erp_key"],
                condition=models.Q(erp_key__isnull=False),
                name="one_erp_key_each",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["work", "taxpayer_id", "id"],
                name="document_work",
                condition=models.Q(work__isnull=False),
            ),
            models.Index(fields=["wake_at"], name="document_alarm", condition=models.Q(wake_at__isnull=False)),
            # Lists look through millions of rows: here is all that they select by, so that no row has to be fetched.
            models.Index(
                fields=["taxpayer_id", "shelf", "id"],
                name="document_list",
                include=[
                    *("state", "issue_date", "party_id", "amount", "currency", "profile", "type_code", "accepted_at"),
                ],
            ),
            models.Index(fields=["taxpayer_id", "shelf", "issue_date"], name="document_by_day"),
            BrinIndex(fields=["accepted_at"], name="document_taken_in", pages_per_range=32, autosummarize=True),
            models.Index(fields=["taxpayer_id", "shelf", "amount"], name="document_by_amount"),
            models.Index(fields=["taxpayer_id", "party_id", "shelf"], name="document_by_party"),
            models.Index(
                fields=["taxpayer_id", "shelf", "id"],
                name="document_labelled",
                include=["labels", "state", "issue_date", "party_id", "amount", "currency"],
                condition=models.Q(labels__isnull=False),
            ),
            models.Index(
                fields=["taxpayer_id", "number"],
                name="document_number_in",
                condition=models.Q(direction=Direction.IN, number__isnull=False),
            ),
            models.Index(
                fields=["taxpayer_id", "serial"], name="document_by_serial", condition=models.Q(serial__isnull=False)
            ),
            models.Index(
                fields=["taxpayer_id", "shelf", "state", "id"],
                name="document_waiting",
                include=["issue_date", "party_id", "amount", "currency", "type_code"],
                condition=models.Q(state__in=[int(one) for one in _WAITING]),
            ),
            models.Index(fields=["about_id"], name="document_about", condition=models.Q(about_id__isnull=False)),
            models.Index(fields=["batch_id"], name="document_of_batch", condition=models.Q(batch_id__isnull=False)),
            # A month of issued documents is held against its reports without fetching a row.
            models.Index(
                fields=["taxpayer_id", "stage", "sealed_at"],
                name="document_issued",
                include=["id", "kind"],
                condition=models.Q(direction=Direction.OUT, stage__in=["issued", "voided"]),
            ),
        ]


class Answer(models.Model):
    """The answer to a document; moved by `ulak.lifecycle.answers`. Documents that nobody answers have none.

    Attributes:
        document_id: the document that is answered; its direction says whose answer it is.
        carrier_id: the document that carries the answer, ours or theirs.
    """

    document_id = models.BigIntegerField(primary_key=True)
    taxpayer_id = models.IntegerField()
    kind = models.TextField()
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    code = models.TextField(default="")
    carrier_id = models.BigIntegerField(null=True)
    road = models.BinaryField()

    objects = TenantManager["Answer"]()

    class Meta:
        db_table = "documents_answer"
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="answer_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["taxpayer_id", "until"], name="answer_deadline", condition=models.Q(stage="open")),
        ]
