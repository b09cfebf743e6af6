"""Taxpayers whom the integrator serves: who they are, their services, aliases, series and seals."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = ["ENDED", "Account", "Alias", "Counter", "OwnKey", "Request", "Sealing", "Series", "Service", "Taxpayer"]

ENDED: Final = ("closed", "closed-by-gib", "dropped", "winding-up")
"""Stages after which an account may be followed by another for the same service."""


class Service(models.TextChoices):
    """What a taxpayer may issue, by GİB's identifiers (Özel Entegrasyon Kılavuzu V1.13, 2.1)."""

    EINVOICE = "einvoice"
    EDESPATCH = "edespatch"
    EARCHIVE = "earchive"
    """e-Arşiv invoices."""
    ESEVOUCHER = "esevoucher"
    """e-SMM."""
    EPRECEIPT = "epreceipt"
    """e-MM."""
    ERRECEIPT = "erreceipt"
    """e-Gider Pusulası."""

    @property
    def has_aliases(self) -> bool:
        """Whether documents travel between aliases; the others are issued and reported."""
        return self in (Service.EINVOICE, Service.EDESPATCH)


class Sealing(models.TextChoices):
    """Whose seal is put on a taxpayer's documents."""

    INTEGRATOR = "integrator"
    OWN = "own"


class Taxpayer(models.Model):
    """A tenant.

    Attributes:
        number: VKN (ten digits) or TCKN (eleven).
        title: of a firm; a person's is made of the two names.
        details: tax office, address and what else a party in a document has, in the words of the friendly JSON.
        contract_until: the last day of the contract; None: open.
    """

    id = models.AutoField(primary_key=True)
    number = models.CharField(max_length=11, unique=True)
    title = models.TextField()
    first_name = models.TextField(default="")
    family_name = models.TextField(default="")
    details = models.JSONField(default=dict)
    sealing = models.CharField(max_length=12, choices=Sealing.choices, default=Sealing.INTEGRATOR)
    contract_from = models.DateField()
    contract_until = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["Taxpayer"]()

    class Meta:
        db_table = "taxpayers_taxpayer"


class OwnKey(models.Model):
    """Where a taxpayer's own seal is; both encrypted (`ulak_server.vault`).

    Attributes:
        address: as `ulak.seal.keys.opening` reads it.
        secret: its PIN, password or access token; may be empty.
    """

    taxpayer = models.OneToOneField(Taxpayer, on_delete=models.PROTECT, primary_key=True, related_name="own_key")
    address = models.BinaryField()
    secret = models.BinaryField(default=b"")
    changed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["OwnKey"]()

    class Meta:
        db_table = "taxpayers_own_key"


class Account(models.Model):
    """A taxpayer's account at GİB for one service; moved by `ulak.lifecycle.accounts`.

    Attributes:
        road: the record as `ulak_server.exchange.records` writes it.
        envelope: the USERENVELOPE that was made last.
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
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer", "service"], name="one_account_each", condition=~models.Q(stage__in=ENDED)
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="account_alarm", condition=models.Q(wake_at__isnull=False))
        ]


class Request(models.Model):
    """What GİB is asked to do with an account: the document and the seals on it.

    Attributes:
        action: ``open`` or ``close``.
        option: GİB's ``UserOptionCode``.
        stage: ``wanted`` (a worker seals it), ``waiting`` (for the taxpayer's own seal), ``sealed``, ``done``,
            ``refused``, ``withdrawn``.
        document: the XML of the user-account message, with the seals that it has.
        sealed_at: when it had all its seals.
        error: why it could not be sealed, or what GİB said, in both languages.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="requests")
    taxpayer_id = models.IntegerField()
    action = models.CharField(max_length=8)
    option = models.CharField(max_length=4)
    stage = models.CharField(max_length=12)
    document = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    error = models.JSONField(null=True)

    objects = TenantManager["Request"]()

    class Meta:
        db_table = "taxpayers_request"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                name="one_request_each",
                condition=models.Q(stage__in=("wanted", "waiting", "sealed")),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["ready_at"], name="request_work", condition=models.Q(stage="wanted"))]


class Alias(models.Model):
    """An *etiket* of a taxpayer: a sender's unit (GB) or a mailbox (PK).

    Attributes:
        role: ``GB`` or ``PK``.
        closed_at: from then on it neither sends nor receives.
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
            models.UniqueConstraint(fields=["taxpayer", "service", "role", "name"], name="one_alias_each"),
            models.UniqueConstraint(
                fields=["taxpayer", "service", "role"],
                name="one_default_alias",
                condition=models.Q(is_default=True, closed_at__isnull=True),
            ),
        ]


class Series(models.Model):
    """Documents of one kind that are numbered together.

    Attributes:
        kind: of `ulak_server.documents.kinds`.
        purpose: ``internet`` for sales on the internet, which have a series of their own; empty: all others.
        prefix: the three characters with which numbers begin.
        branch: for which branch; empty: for all.
        is_default: whether it is taken where nobody names one of its kind, purpose and branch.
        in_date_order: whether a document dated before the last one of the series is refused.
    """

    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, related_name="series")
    kind = models.TextField()
    purpose = models.CharField(max_length=12, default="", db_default="", blank=True)
    prefix = models.CharField(max_length=3)
    branch = models.TextField(default="")
    is_default = models.BooleanField(default=False)
    in_date_order = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)

    objects = TenantManager["Series"]()

    class Meta:
        db_table = "taxpayers_series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer", "prefix"], name="one_prefix_each"),
            models.UniqueConstraint(
                fields=["taxpayer", "kind", "purpose", "branch"],
                name="one_default_series",
                condition=models.Q(is_default=True, closed_at__isnull=True),
            ),
        ]


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
