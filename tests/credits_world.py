"""Taxpayers whose kontör stand in every way: not counted, enough, running low, used up with documents that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import connection

from platform_world import ARDIC, MELTEM, invoices, taxpayer
from ulak_server import clock
from ulak_server.credits import services as credits
from ulak_server.credits.services import By, OnEmpty, Thing
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["Credits", "loaded", "used"]

OPERATOR: Final = "operator:1"
_FIRMS: Final = (
    ARDIC,
    MELTEM,
    ("3890054162", "Poyraz Lojistik ve Antrepoculuk A.Ş.", "urn:mail:gb@poyraz.example", "urn:mail:pk@poyraz.example"),
    ("6120394871", "Zeytin Dalı Gıda Ltd. Şti.", "urn:mail:gb@zeytin.example", "urn:mail:pk@zeytin.example"),
)


class Credits:
    """Four taxpayers.

    Attributes:
        plain: whose kontör are not counted.
        well: with enough, two packages, a past of four months, a document that came back.
        low: with few left, and some that expire soon.
        empty: with none, and three documents that wait.
    """

    def __init__(self) -> None:
        self.plain, self.well, self.low, self.empty = (
            taxpayer(who, prefix) for who, prefix in zip(_FIRMS, ("ARD", "MLT", "PRZ", "ZTN"), strict=True)
        )
        self._fill_well()
        self._fill_low()
        self._fill_empty()

    def _fill_well(self) -> None:
        now, today = clock.now(), clock.today()
        loaded(self.well, 300, days=20, reference="ULK2026000000007")
        loaded(self.well, 1000, days=365, reference="ULK2026000000019")
        self.documents = list(invoices(self.well, 12, sender=MELTEM, receiver=ARDIC))
        for months, (first, last) in enumerate(((0, 4), (4, 9), (9, 11))):
            things = [Thing(id, "invoice") for id in self.documents[first:last]]
            things += [Thing(10_000 * (months + 1) + n, "earchive_invoice") for n in range(40 * (months + 1))]
            used(self.well, things, now - timedelta(days=31 * months))
        with scoped(Role.PIPELINE, [self.well]):
            credits.settle(self.well, [], self.documents[:1], By(now))
        with scoped(Role.OPERATOR):
            credits.correct(self.well, Decimal("12.5"), "Eylül faturasındaki eksik yükleme", actor=OPERATOR)
            credits.set_tariff("earchive_invoice", Decimal("0.5"), taxpayer=self.well, actor=OPERATOR)
            credits.set_tariff("invoice", Decimal("1.25"), since=today + timedelta(days=39), actor=OPERATOR)

    def _fill_low(self) -> None:
        loaded(self.low, 100, days=6, reference="ULK2026000000023")
        used(self.low, [Thing(id, "invoice") for id in range(900_000, 900_088)], clock.now())

    def _fill_empty(self) -> None:
        loaded(self.empty, 5, days=300, reference="ULK2026000000031")
        self.waiting = list(invoices(self.empty, 3))
        used(self.empty, [Thing(id, "invoice") for id in range(910_000, 910_005)], clock.now())
        with scoped(Role.PIPELINE, [self.empty]):
            credits.cover(self.empty, [Thing(id, "invoice") for id in self.waiting], By(clock.now()))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE documents_document SET stage = 'judged', work = NULL WHERE id = ANY (%s)", [self.waiting]
            )


def loaded(taxpayer: int, amount: int, *, days: int | None = None, reference: str = "") -> None:
    """Count kontör of a taxpayer, and load some that expire in so many days."""
    expires_on = None if days is None else clock.today() + timedelta(days=days)
    with scoped(Role.OPERATOR):
        credits.meter(taxpayer, metered=True, actor=OPERATOR)
        credits.load(taxpayer, Decimal(amount), expires_on=expires_on, reference=reference, actor=OPERATOR)


def used(taxpayer: int, things: list[Thing], at: datetime) -> None:
    """Let documents be charged as if they had been sealed at that moment."""
    with scoped(Role.PIPELINE, [taxpayer]):
        credits.settle(taxpayer, things, [], By(at))


def goes_on(taxpayer: int) -> None:
    """Let a taxpayer's documents go without kontör."""
    with scoped(Role.OPERATOR):
        credits.set_on_empty(taxpayer, OnEmpty.GO_ON)
