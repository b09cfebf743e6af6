"""Nobody waits behind another's ten thousand documents."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from platform_way_out import Called, documents, key_ring, passing, run, sql
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document, Work
from ulak_server.exchange.law import happening
from ulak_server.exchange.outbound import stations
from ulak_server.exchange.outbound.claims import PACKING, PREPARING, Turns, claim, claim_to_pack
from ulak_server.exchange.outbound.stations import Packing, Preparing

pytestmark = pytest.mark.usefixtures("platform_database")
FIRMS = [
    (f"12345678{n:02}", f"Firma {n}", f"urn:mail:gb@firma{n}.example", f"urn:mail:pk@firma{n}.example")
    for n in range(10, 14)
]


@pytest.fixture(scope="module")
def firms() -> list[int]:
    return [taxpayer(who, f"F{who[0][-2:]}") for who in FIRMS]


def _waiting(firm: int) -> int:
    return sum(row.work is not None for row in documents(firm))


def test_one_document_is_done_after_at_most_one_turn_of_each_other(
    firms: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stations, "_BATCH", 5)
    for firm, who in zip(firms[:3], FIRMS, strict=False):
        invoices(firm, 30, sender=who, receiver=MELTEM, prefix=f"F{who[0][-2:]}")
    (small,) = invoices(firms[3], 1, sender=FIRMS[3], receiver=MELTEM, prefix=f"F{FIRMS[3][0][-2:]}")
    station = Preparing(key_ring(), Called())
    done = [station.turn() for _ in firms]
    assert done.count(5) == 3
    assert {row.id: row.stage for row in documents(firms[3])} == {small: "sealed"}
    assert [sum(row.stage == "sealed" for row in documents(firm)) for firm in firms[:3]] == [5, 5, 5]
    run()


def test_every_taxpayer_with_work_comes_once_in_a_round_wherever_it_begins(firms: list[int]) -> None:
    for firm, who in zip(firms, FIRMS, strict=True):
        invoices(firm, 2, sender=who, receiver=MELTEM, prefix=f"F{who[0][-2:]}")
    turns = Turns(PREPARING, (Work.JUDGE, Work.SEAL))
    for start in (0, *firms, max(firms) + 5):
        turns.served(start)
        assert list(turns.due(clock.now())) == [f for f in firms if f > start] + [f for f in firms if f <= start]
    run()
    assert list(turns.due(clock.now())) == []
    waiting = set(Turns(PACKING, (Work.PACK,)).due(clock.now() + timedelta(seconds=5)))
    with scoped(Role.PIPELINE):
        packed = set(Document.objects.filter(envelope__isnull=False).values_list("taxpayer_id", flat=True))
    assert waiting | packed >= set(firms)


def test_rows_that_another_worker_holds_are_passed_over(firms: list[int]) -> None:
    one = firms[0]
    ids = invoices(one, 6, sender=FIRMS[0], receiver=MELTEM, prefix=f"F{FIRMS[0][0][-2:]}")
    others: list[list[int]] = []

    def claim_too() -> None:
        with happening() as shell:
            others.append([row.key for row in claim(shell, one, 4)])
        connection.close()

    with happening() as shell:
        mine = [row.key for row in claim(shell, one, 4)]
        thread = threading.Thread(target=claim_too)
        thread.start()
        thread.join(10)
    assert mine == ids[:4]
    assert others == [ids[4:]]
    run()


def test_what_has_priority_is_done_before_what_came_earlier(firms: list[int]) -> None:
    one, who = firms[1], FIRMS[1]
    ordinary = invoices(one, 4, sender=who, receiver=MELTEM, prefix=f"F{who[0][-2:]}")
    (urgent,) = invoices(one, 1, sender=who, receiver=ARDIC, prefix=f"F{who[0][-2:]}")
    sql("UPDATE documents_document SET priority = true, ready_at = ready_at - '1 h'::interval WHERE id = %s", [urgent])
    with happening() as shell:
        assert [row.key for row in claim(shell, one, 3)] == [urgent, *ordinary[:2]]
    run()
    with happening() as shell:
        assert urgent not in [row.key for row in claim_to_pack(shell, one, 100)], "it has gone"


def test_packing_serves_each_taxpayer_in_turn(firms: list[int]) -> None:
    for firm, who in zip(firms, FIRMS, strict=True):
        invoices(firm, 2, sender=who, receiver=MELTEM, prefix=f"F{who[0][-2:]}")
    run()
    with passing(timedelta(seconds=5)):
        packing = Packing(Called())
        before = [_waiting(firm) for firm in firms]
        assert all(before)
        for _ in firms:
            assert packing.turn()
    assert [_waiting(firm) for firm in firms] == [0] * len(firms)
