"""Kontör: what taxpayers bought, what became of it, and what documents cost."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from ulak_server import clock
from ulak_server.credits.values import NOTHING, Level, OnEmpty, What
from ulak_server.database.managers import TenantManager

__all__ = ["Account", "Entry", "Once", "Package", "Tariff", "Usage", "Waiting"]


def _kontor(**more: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=18, decimal_places=2, **more)


class Account(models.Model):
    """A taxpayer's credit. Whoever changes anything of it locks this row first.

    A taxpayer without a row is not metered. The balance is the sum of all entries, and what is left of all packages
    less what was used beyond them.

    Attributes:
        metered: whether documents cost kontör.
        overdraft: how far below zero the balance may go.
        threshold: from which balance on the taxpayer wants to be told; None: a fifth of the last package.
        warned: as what the balance was told of last, since kontör were loaded.
    """

    taxpayer_id = models.IntegerField(primary_key=True)
    metered = models.BooleanField(default=False)
    on_empty = models.CharField(max_length=5, choices=[(one.value, one.name) for one in OnEmpty], default=OnEmpty.WAIT)
    overdraft = _kontor(default=NOTHING)
    threshold = _kontor(null=True)
    balance = _kontor(default=NOTHING)
    warned = models.CharField(max_length=5, choices=[(one.value, one.name) for one in Level], default=Level.OK)
    created_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["Account"]()

    class Meta:
        db_table = "credits_account"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(overdraft__gte=0), name="overdraft_is_no_debt"),
        ]


class Package(models.Model):
    """Kontör that were sold, or given by a correction.

    Attributes:
        amount: how many.
        remaining: how many of them are left.
        expires_on: their last day, in Istanbul; None: they never expire.
        reference: of the sale: number of the invoice, of the order.
        is_sold: whether they were; else a correction gave them.
        actor: who loaded them.
        warned: whether the taxpayer was told that they are about to expire.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    amount = _kontor()
    remaining = _kontor()
    loaded_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField(null=True)
    is_sold = models.BooleanField(default=True)
    reference = models.TextField(default="")
    note = models.TextField(default="")
    actor = models.TextField(default="")
    warned = models.BooleanField(default=False)

    objects = TenantManager["Package"]()

    class Meta:
        db_table = "credits_package"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(remaining__gte=0), name="remaining_is_no_debt"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "id"], name="package_of_taxpayer"),
            models.Index(
                fields=["expires_on"],
                name="package_to_expire",
                condition=models.Q(remaining__gt=0, expires_on__isnull=False),
            ),
        ]


class Entry(models.Model):
    """A line of the account; never changed, never deleted.

    Attributes:
        amount: what came, or went if it is negative.
        balance: after it.
        document_id: that was charged, or for which kontör were given back.
        kind, is_incoming: of the document.
        package_id: from which it was taken, to which it was given; None: beyond all packages.
        note: why, where a person did it.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=9, choices=[(one.value, one.name) for one in What])
    amount = _kontor()
    balance = _kontor()
    document_id = models.BigIntegerField(null=True)
    kind = models.TextField(default="")
    is_incoming = models.BooleanField(default=False)
    package_id = models.BigIntegerField(null=True)
    note = models.TextField(default="")
    actor = models.TextField(default="")

    objects = TenantManager["Entry"]()

    class Meta:
        db_table = "credits_entry"
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "id"], name="entry_of_taxpayer"),
            models.Index(
                fields=["document_id"], name="entry_of_document", condition=models.Q(document_id__isnull=False)
            ),
        ]


class Usage(models.Model):
    """What documents of a kind came to in a month.

    Attributes:
        month: the first day of the month, in Istanbul, in which it was charged or given back.
        used, refunded: kontör.
        documents, returned: how many documents were charged, and for how many it was given back.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "month", "kind", "is_incoming")
    taxpayer_id = models.IntegerField()
    month = models.DateField()
    kind = models.TextField()
    is_incoming = models.BooleanField()
    used = models.DecimalField(max_digits=20, decimal_places=2, default=NOTHING)
    refunded = models.DecimalField(max_digits=20, decimal_places=2, default=NOTHING)
    documents = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)

    objects = TenantManager["Usage"]()

    class Meta:
        db_table = "credits_usage"


class Tariff(models.Model):
    """What a document costs from a day on: for all taxpayers, or for one.

    Attributes:
        taxpayer_id: whose; None: of all who have none of their own.
        amount: kontör; None, for one taxpayer: from then on what all pay.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField(null=True)
    kind = models.TextField()
    is_incoming = models.BooleanField(default=False)
    since = models.DateField()
    amount = _kontor(null=True)
    made_at = models.DateTimeField(default=clock.now)
    actor = models.TextField(default="")

    objects = TenantManager["Tariff"]()

    class Meta:
        db_table = "credits_tariff"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) | models.Q(amount__isnull=True, taxpayer_id__isnull=False),
                name="tariff_has_an_amount",
            ),
            models.UniqueConstraint(
                fields=["taxpayer_id", "kind", "is_incoming", "since"],
                name="one_price_a_day",
                nulls_distinct=False,
            ),
        ]


class Waiting(models.Model):
    """A document that waits for kontör.

    Attributes:
        amount: what it costs.
        freed_at: when it was let go on; it stays until it is sealed, so that none overtakes it.
    """

    document_id = models.BigIntegerField(primary_key=True)
    taxpayer_id = models.IntegerField()
    amount = _kontor()
    since = models.DateTimeField(default=clock.now)
    freed_at = models.DateTimeField(null=True)

    objects = TenantManager["Waiting"]()

    class Meta:
        db_table = "credits_waiting"
        indexes: ClassVar = [models.Index(fields=["taxpayer_id"], name="waiting_of_taxpayer")]


class Once(models.Model):
    """Something that an operator sent, which is done once however often it is sent.

    Attributes:
        key: of what was sent; see `ulak_server.credits.once`.
        content: what was sent under a key of the sender's, as a digest; None: it came from a form.
        balance: after it.
    """

    pk = models.CompositePrimaryKey("taxpayer_id", "key")
    taxpayer_id = models.IntegerField()
    key = models.TextField()
    made_at = models.DateTimeField()
    content = models.TextField(null=True)
    balance = _kontor(null=True)

    objects = TenantManager["Once"]()

    class Meta:
        db_table = "credits_once"
