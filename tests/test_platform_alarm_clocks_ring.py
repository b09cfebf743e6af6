"""Alarm clocks ring when they are due, for all that are due, and one that cannot ring holds up no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from platform_calls import calling, envelope, stage
from platform_world import invoices, taxpayer
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document, Work
from ulak_server.exchange.alarms import Alarms
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import DOCUMENTS

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


def retrying(ids: list[int], wait: timedelta = timedelta()) -> None:
    with happening() as shell:
        for row in shell.load(DOCUMENTS, ids):
            row.record = row.record._replace(stage=Stage.RETRYING, wake_at=shell.now + wait, numbered=True)
            row["work"] = None


def found(taxpayer: int, ids: list[int]) -> list[tuple[str, int | None]]:
    with scoped(Role.WEB, [taxpayer]):
        return list(Document.objects.filter(id__in=ids).order_by("id").values_list("stage", "work"))


def test_what_is_due_wakes_and_what_is_not_sleeps_on(ardic: int) -> None:
    due, later = list(invoices(ardic, 150)), list(invoices(ardic, 2))
    retrying(due)
    retrying(later, timedelta(hours=1))
    with calling() as (calls, _):
        alarms = Alarms(calls)
        while alarms.turn():
            pass
    assert found(ardic, due) == [("sealed", Work.PACK)] * 150
    assert found(ardic, later) == [("retrying", None)] * 2


def test_a_record_that_cannot_be_read_holds_up_no_other(ardic: int) -> None:
    ids = list(invoices(ardic, 5))
    retrying(ids)
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET road = %s WHERE id = %s", [b"\xc1", ids[2]])
    with calling() as (calls, _):
        alarms = Alarms(calls)
        alarms.turn()
        assert alarms.turn() == 0
    good = [id for id in ids if id != ids[2]]
    assert found(ardic, good) == [("sealed", Work.PACK)] * 4
    with scoped(Role.WEB, [ardic]):
        put_off = Document.objects.values_list("wake_at", flat=True).get(id=ids[2])
    assert put_off is not None
    assert put_off > clock.now() + timedelta(minutes=4)


def test_envelopes_wait_while_no_call_is_free() -> None:
    with calling(threads=1) as (calls, merkez):
        ids = [envelope() for _ in range(5)]
        alarms = Alarms(calls)
        first = alarms.turn()
        assert first <= 2
        for _ in range(10):
            assert calls.settle(10)
            alarms.turn()
        assert calls.settle(10)
        assert {stage(id) for id in ids} == {"taken"}
        assert len(merkez.sent) == 5


def test_without_an_address_of_merkez_nothing_moves() -> None:
    from ulak_server.exchange.calls.carrying import Calls

    id = envelope()
    calls = Calls(lambda _: pytest.fail("nobody asks for bytes"))
    Alarms(calls).turn()
    assert calls.free == 0
    assert stage(id) == "packed"
    calls.close(1)
