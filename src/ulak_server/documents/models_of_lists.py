"""What lists are made of besides documents: their parties, their counts, what is done for many at once."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Errand", "Party", "PartyWord", "Tally"]


class Party(models.Model):
    """Another party of a taxpayer's documents, under one title: what lists look for and sort by.

    Attributes:
        number: VKN or TCKN; empty if it is not known yet.
        title: as documents say it.
        sort_key: sorts by bytes as the Turkish alphabet does.
    """

    id = models.AutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    number = models.TextField(db_collation="C")
    title = models.TextField(db_collation="C")
    sort_key = models.TextField(db_collation="C")

    objects = TenantManager["Party"]()

    class Meta:
        db_table = "documents_party"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "number", "title"], name="one_party_each")
        ]
        indexes: ClassVar = [models.Index(fields=["taxpayer_id", "sort_key", "id"], name="party_sorted")]


class PartyWord(models.Model):
    """A word by which a party is found: of its title, folded, or its number."""

    pk = models.CompositePrimaryKey("taxpayer_id", "word", "party_id")
    taxpayer_id = models.IntegerField()
    word = models.TextField(db_collation="C")
    party_id = models.IntegerField()

    objects = TenantManager["PartyWord"]()

    class Meta:
        db_table = "documents_party_word"


class Tally(models.Model):
    """How many documents are alike, and what they come to; the sum over all rows of a kind is exact at any moment.

    A trigger writes what every statement changes as rows of its own; a job adds them up.

    Attributes:
        day: of issue; the first of all days for none.
        documents, payable, vat: may be negative in rows that are not added up yet.
        is_sum: whether it is what was added up.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    shelf = models.SmallIntegerField()
    direction = models.SmallIntegerField()
    state = models.SmallIntegerField()
    kind = models.TextField()
    profile = models.TextField()
    type_code = models.TextField()
    currency = models.TextField()
    day = models.DateField()
    documents = models.BigIntegerField()
    payable = models.DecimalField(max_digits=24, decimal_places=2)
    vat = models.DecimalField(max_digits=24, decimal_places=2)
    is_sum = models.BooleanField(default=False, db_default=False)

    objects = TenantManager["Tally"]()

    class Meta:
        db_table = "documents_tally"
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "shelf", "day"], name="tally_day"),
            models.Index(fields=["taxpayer_id"], name="tally_change", condition=models.Q(is_sum=False)),
        ]


class Errand(models.Model):
    """Something that is done for many documents, one after the other.

    Attributes:
        what: ``send``, ``delete``, ``resend``, ``take``, ``label``, ``unlabel``.
        label: that is put on or taken off.
        wanted: which documents, as JSON of `ulak_server.documents.wanted.Wanted`; None: those of `ids`.
        last: id of the last document that was looked at; they are looked at in the order of their ids.
        done, skipped, failed: for how many it was done, was not to be done, could not be done.
        faults: the first that could not be done: ``[[id, name, code, {"tr": …, "en": …}, {…repair}], …]``.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    what = models.TextField()
    label = models.TextField(default="")
    wanted = models.JSONField(null=True)
    ids = ArrayField(models.BigIntegerField(), default=list)
    total = models.IntegerField(default=0)
    last = models.BigIntegerField(default=0)
    done = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    faults = models.JSONField(default=list)
    actor = models.TextField(default="")
    origin = models.TextField(default="")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = TenantManager["Errand"]()

    class Meta:
        db_table = "documents_errand"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id", "-id"], name="errand_newest")]
