"""Taxpayers whom the integrator serves: who they are, their services, aliases, series and seals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["Account", "Alias", "Counter", "Sealing", "Series", "Service", "Taxpayer"]


class Service(models.TextChoices):
    """What a taxpayer may exchange."""

    EINVOICE = "einvoice"
    EDESPATCH = "edespatch"


class Sealing(models.TextChoices):
    """Whose seal is put on a taxpayer's documents."""

    INTEGRATOR = "integrator"
    OWN = "own"


class Taxpayer(models.Model):
    """A tenant.

    Attributes:
        number: VKN (ten digits) or TCKN (eleven).
        title: of a firm; a person's is made of the two names.
        details: tax office, addresses and what else a party in a document has, in the words of the friendly JSON.
        key_address: of their own seal's key, encrypted.
        contract_until: the day on which the contract ends; None: open.
    """

    id = models.AutoField(primary_key=True)
    number = models.CharField(max_length=11, unique=True)
    title = models.TextField()
    first_name = models.TextField(default="")
    family_name = models.TextField(default="")
    details = models.JSONField(default=dict)
    sealing = models.CharField(max_length=12, choices=Sealing.choices, default=Sealing.INTEGRATOR)
    key_address = models.BinaryField(default=b"")
    contract_from = models.DateField()
    contract_until = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager["Taxpayer"]()

    class Meta:
        db_table = "taxpayers_taxpayer"


class Account(models.Model):
    """A taxpayer's account at GİB for one service; moved by `ulak.lifecycle.accounts`.

    Attributes:
        road: the record as `ulak_server.exchange.records` writes it.
    """

    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, related_name="accounts")
    service = models.CharField(max_length=12, choices=Service.choices)
    stage = models.TextField()
    wake_at = models.DateTimeField(null=True)
    road = models.BinaryField()
    envelope = models.UUIDField(null=True)

    objects = TenantManager["Account"]()

    class Meta:
        db_table = "taxpayers_account"
        constraints: ClassVar = [models.UniqueConstraint(fields=["taxpayer", "service"], name="one_account_each")]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="account_alarm", condition=models.Q(wake_at__isnull=False))
        ]


class Alias(models.Model):
    """An *etiket* of a taxpayer: a sender's unit (GB) or a mailbox (PK).

    Attributes:
        role: ``GB`` or ``PK``.
    """

    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, related_name="aliases")
    service = models.CharField(max_length=12, choices=Service.choices)
    role = models.CharField(max_length=2)
    name = models.TextField()
    is_default = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    objects = TenantManager["Alias"]()

    class Meta:
        db_table = "taxpayers_alias"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer", "service", "role", "name"], name="one_alias_each")
        ]


class Series(models.Model):
    """Documents of one kind that are numbered together.

    Attributes:
        kind: of `ulak_server.documents.kinds`.
        prefix: the three characters with which numbers begin.
        branch: for which branch; empty: for all.
        in_date_order: whether a document dated before the last one of the series is refused.
    """

    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, related_name="series")
    kind = models.TextField()
    prefix = models.CharField(max_length=3)
    branch = models.TextField(default="")
    is_default = models.BooleanField(default=False)
    in_date_order = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)

    objects = TenantManager["Series"]()

    class Meta:
        db_table = "taxpayers_series"
        constraints: ClassVar = [models.UniqueConstraint(fields=["taxpayer", "prefix"], name="one_prefix_each")]


class Counter(models.Model):
    """How far a series has come in a year; its row's lock makes numbers without gaps.

    Attributes:
        last: the last number given; 0 before the first.
        last_date: the latest date of a document that was numbered.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="counters")
    taxpayer_id = models.IntegerField()
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)
    last_date = models.DateField(null=True)

    objects = TenantManager["Counter"]()

    class Meta:
        db_table = "taxpayers_counter"
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "year"], name="one_counter_each")]
