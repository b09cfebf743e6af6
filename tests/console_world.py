"""A platform with something to see for operators: taxpayers, documents in every kind of trouble, a breaker, jobs."""

from __future__ import annotations

import json
from typing import Final
from uuid import uuid4

from django.db import connection

from platform_people import person
from platform_world import MELTEM, invoices, taxpayer
from ulak.lifecycle import reports as law
from ulak.lifecycle.breaker import Breaker, Stage
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import records
from ulak_server.exchange.models import Counterpart, Identity, Report

__all__ = ["SECRET", "World", "trouble"]

SECRET: Final = ("GIZLIUNVAN", "GIZLIKALEM", "GIZLINOT", "GIZLIHATA")
"""What stands in documents and may stand on no page of the console."""
_TROUBLES: Final = ("disputed", "on-road", "accepted", "returned", "looking", "disputed")


class World:
    """A taxpayer with documents whose contents are marked."""

    def __init__(self) -> None:
        self.taxpayer = taxpayer()
        partner = (MELTEM[0], f"{SECRET[0]} {MELTEM[1]}", *MELTEM[2:])
        self.documents = list(invoices(self.taxpayer, len(_TROUBLES), receiver=partner))
        self.owner = person((self.taxpayer, "owner"))
        error = json.dumps({"code": "1163", "text": {"tr": SECRET[3], "en": SECRET[3]}})
        with connection.cursor() as cursor:
            for id, stage in zip(self.documents, _TROUBLES, strict=True):
                cursor.execute(
                    "UPDATE documents_document SET stage = %s, wake_at = now() - interval '1 hour', error = %s,"
                    " party_title = %s WHERE id = %s",
                    [stage, error, SECRET[0], id],
                )

        _report(self.taxpayer)
        for station in ("credits", "forget-imported-files"):
            asides.each(station, [Unit(self.taxpayer)], _fails)


def _fails(unit: Unit) -> int:
    raise LookupError(unit)


def _report(taxpayer_id: int) -> None:
    """A report that waits for a person."""
    now = clock.now()
    due = law.due_at(clock.today())
    record = law.begun(now, due_at=due, seed=1)._replace(stage=law.Stage.REFUSED, code="154")
    row = Report(id=uuid4(), taxpayer_id=taxpayer_id, product="earsiv", month=clock.today().replace(day=1))
    row.day, row.section_no, row.cause, row.entries = clock.today(), 1, "night", 3
    row.due_at, row.created_at, row.stage, row.wake_at = due, now, str(record.stage), record.wake_at
    row.road = records.write(record)
    with scoped(Role.PIPELINE, [taxpayer_id]):
        row.save(force_insert=True)


def trouble() -> None:
    """Merkez does not answer, and GİB has suspended an identity."""
    deaf = Breaker(1, Stage.OPEN, failures=7, opened=2, until=clock.now())
    with scoped(Role.PIPELINE):
        Counterpart(name="merkez", road=records.write(deaf)).save()
        Identity(number="1234567803", stage="suspended", road=b"{}").save()
        Identity(number="9876543217", stage="free", road=b"{}").save()
