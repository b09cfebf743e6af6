"""A document costs kontör once, when it is sealed; nobody took it: they come back; there are none: it waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_intake import encoded, friendly, listed
from platform_way_out import Called, documents, passing, run, sql
from platform_world import MELTEM, archiving, invoices, taxpayer
from ulak.codes.statuses import Speaker
from ulak.lifecycle import Woke
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes as trips
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.audit.services import timeline
from ulak_server.credits import services as credits
from ulak_server.credits import waiting
from ulak_server.credits.problems import CreditsError
from ulak_server.credits.services import Asked, By, Level, OnEmpty, Standing, Thing, What
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import admission, batches, drafts, taking
from ulak_server.documents.batch_station import BatchStation
from ulak_server.documents.models import Direction
from ulak_server.exchange import services as exchange
from ulak_server.exchange.law import happening
from ulak_server.exchange.outbound.handlers import LINGER
from ulak_server.exchange.rooms import DOCUMENTS
from ulak_server.overview import months
from ulak_server.overview import services as overview

pytestmark = pytest.mark.usefixtures("platform_database")

_PLENTY = Decimal(1000)


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    made = archiving(taxpayer())
    with scoped(Role.OPERATOR):
        credits.meter(made, metered=True)
    return made


@pytest.fixture(autouse=True)
def begins_with(ardic: int) -> Iterator[None]:
    """Each test begins with no document that waits and a balance of nothing; what it says of the account is undone."""
    with scoped(Role.OPERATOR):
        credits.load(ardic, _PLENTY)
    waiting.free(ardic)
    with passing(LINGER):
        run()
    has(ardic, 0)
    with passing(timedelta()):
        yield
    with scoped(Role.OPERATOR):
        credits.set_on_empty(ardic, OnEmpty.WAIT)
        credits.set_overdraft(ardic, Decimal(0))


def has(taxpayer: int, amount: int) -> None:
    """Let the balance be this."""
    with scoped(Role.OPERATOR):
        gap = Decimal(amount) - credits.balance(taxpayer)
        if gap:
            credits.correct(taxpayer, gap, "deneme")


def stands(taxpayer: int) -> Standing:
    with scoped(Role.WEB, [taxpayer]):
        return credits.standing(taxpayer)


def lines(taxpayer: int, document: int) -> list[tuple[What, Decimal]]:
    with scoped(Role.WEB, [taxpayer]):
        return [(one.what, one.amount) for one in reversed(credits.entries(taxpayer, Asked(document=document)))]


def stages(taxpayer: int, ids: Sequence[int]) -> list[str]:
    found = {row.id: row.stage for row in documents(taxpayer)}
    return [found[id] for id in ids]


def told(taxpayer: int, what: str) -> int:
    ((count,),) = sql("SELECT count(*) FROM audit_entry WHERE taxpayer_id = %s AND what = %s", [taxpayer, what])
    return int(count)


def on_road(taxpayer: int, count: int = 1) -> list[int]:
    ids = list(invoices(taxpayer, count))
    run()
    with passing(LINGER):
        run()
    assert stages(taxpayer, ids) == ["on-road"] * count
    return ids


def ends(document: int, stage: trips.Stage, code: str) -> None:
    """Its envelope ends so."""
    with happening() as shell:
        row = shell.get(DOCUMENTS, document)
        assert row is not None
        envelope = row.record.trips[-1].envelope
        shell.happen(DOCUMENTS, document, law.TripEnded(envelope, stage, code, Speaker.MERKEZ, clock.now(), None))


USED, BACK = (What.USED, Decimal(-1)), (What.REFUNDED, Decimal(1))


def test_what_is_sealed_is_charged_and_what_is_not_waits_until_kontor_are_loaded(ardic: int) -> None:
    has(ardic, 2)
    ids = invoices(ardic, 5)
    exhausted = told(ardic, "credits.exhausted")
    run()
    rows = {row.id: row for row in documents(ardic)}
    assert [rows[id].stage for id in ids] == ["sealed"] * 2 + ["judged"] * 3
    assert [(rows[id].error or {"code": None})["code"] for id in ids] == [None] * 2 + ["credits.exhausted"] * 3
    assert all(rows[id].number is None for id in ids[2:]), "no number is lost on what waits"
    now = stands(ardic)
    assert (now.balance, now.available, now.level, now.waiting) == (Decimal(0), Decimal(-3), Level.EMPTY, 3)
    assert told(ardic, "credits.exhausted") == exhausted + 1, "once, not for each document"

    with scoped(Role.OPERATOR):
        credits.load(ardic, Decimal(2), reference="KNT1")
    assert waiting.free(ardic) == 2
    run()
    assert stages(ardic, ids[2:]) == ["sealed", "sealed", "judged"]
    assert waiting.sweep() == 0, "the last one is not covered"
    with scoped(Role.OPERATOR):
        credits.set_overdraft(ardic, Decimal(1))
    assert waiting.sweep() == 1, "an overdraft covers it"
    run()
    assert stages(ardic, ids[4:]) == ["sealed"]
    assert [lines(ardic, id) for id in ids] == [[USED]] * 5
    assert (stands(ardic).balance, stands(ardic).waiting) == (Decimal(-1), 0)


def test_nothing_overtakes_what_waits_or_is_just_going_on(ardic: int) -> None:
    first, second, third = invoices(ardic, 3)
    run()
    has(ardic, 9)
    (late,) = invoices(ardic, 1)
    run()
    assert stages(ardic, [late]) == ["judged"], "others wait, although there is enough"
    assert waiting.free(ardic) == 4
    (latest,) = invoices(ardic, 1)
    exchange.withdraw(ardic, second)
    run()
    with passing(LINGER):
        run()
        run()
    numbers = {row.id: row.number or "" for row in documents(ardic)}
    found = [numbers[id] for id in (first, third, late, latest)]
    assert all(found)
    assert found == sorted(found), "by the order in which they came"
    assert waiting.sweep() == 0
    assert stands(ardic).balance == 5


def test_what_waits_is_not_counted_as_issued(ardic: int) -> None:
    def issued() -> tuple[int, Decimal]:
        month = months.current()
        with scoped(Role.WEB, [ardic]):
            found = overview.total(overview.sums_of(ardic, month, month)[month], Direction.OUT)
        return sum(one.size for one in found), sum((one.payable for one in found), Decimal(0))

    has(ardic, 1)
    before = issued()
    _, second = invoices(ardic, 2)
    run()
    once = issued()
    assert once[0] == before[0] + 1
    with scoped(Role.OPERATOR):
        credits.load(ardic, Decimal(1))
    assert waiting.free(ardic) == 1
    run()
    assert lines(ardic, second) == [USED]
    twice = issued()
    assert (twice[0], twice[1] - once[1]) == (before[0] + 2, once[1] - before[1])


def test_what_waits_goes_for_what_it_costs_today(ardic: int) -> None:
    with scoped(Role.OPERATOR):
        credits.set_tariff("invoice", Decimal(3), taxpayer=ardic)
    has(ardic, 2)
    first, _ = invoices(ardic, 2)
    run()
    with scoped(Role.OPERATOR):
        credits.set_tariff("invoice", Decimal("1.5"), taxpayer=ardic)
    assert waiting.sweep() == 1, "nothing was loaded, but it is cheaper now"
    with scoped(Role.WEB, [ardic]):
        assert [one.documents for one in credits.waiting(ardic, date(2000, 1, 1), date(2100, 1, 1))] == [1]
    with scoped(Role.OPERATOR):
        credits.set_tariff("invoice", None, taxpayer=ardic)
    run()
    assert lines(ardic, first) == [USED]


def test_answers_are_charged_where_they_have_a_price_and_never_wait(ardic: int) -> None:
    kinds = ("receipt_advice", "invoice", "application_response")
    with scoped(Role.OPERATOR):
        for kind in (kinds[0], kinds[2]):
            credits.set_tariff(kind, Decimal(1), taxpayer=ardic)
    things = [Thing(id, kind) for id, kind in zip(range(800_001, 800_004), kinds, strict=True)]
    with scoped(Role.PIPELINE, [ardic]):
        found = credits.cover(ardic, things, By(clock.now()))
        assert found is not None
        assert [*found.short] == [800_002]
        credits.settle(ardic, things[:1], [], By(clock.now()))
    with scoped(Role.WEB, [ardic]):
        assert [*admission.refusals(ardic, kinds)] == [1]
        assert credits.balance(ardic) == -1


def test_waiting_calls_nobody_however_long_it_lasts(ardic: int) -> None:
    (id,) = invoices(ardic, 1)
    run()
    alarms = told(ardic, "alarm")
    for days in range(1, DEFAULT.work_tries + 3):
        with passing(timedelta(days=days)):
            with happening() as shell:
                shell.happen(DOCUMENTS, id, Woke())
            run()
    assert (stages(ardic, [id]), told(ardic, "alarm")) == (["judged"], alarms)


def test_documents_of_whoever_may_go_on_do_not_wait(ardic: int) -> None:
    with scoped(Role.OPERATOR):
        credits.set_on_empty(ardic, OnEmpty.GO_ON)
    ids = on_road(ardic, 3)
    assert (stands(ardic).balance, stands(ardic).level) == (Decimal(-3), Level.EMPTY)
    ends(ids[0], trips.Stage.RETURNED, "1171")
    assert stands(ardic).balance == -2


@pytest.mark.parametrize(
    ("stage", "code", "then", "cost"),
    [
        (trips.Stage.COMPLETED, "1300", "delivered", [USED]),
        (trips.Stage.REFUSED, "1150", "to-correct", [USED, BACK]),
        (trips.Stage.RETURNED, "1171", "returned", [USED, BACK]),
        (trips.Stage.REFUSED, "1195", "retrying", [USED]),
        (trips.Stage.REFUSED, "1163", "clashed", [USED, BACK]),
        (trips.Stage.CANCELLED, "1235", "cancelled", [USED]),
        (trips.Stage.EXPIRED, "", "expired", [USED, BACK]),
        (trips.Stage.WITHDRAWN, "", "withdrawn", [USED, BACK]),
        (trips.Stage.DISPUTED, "", "disputed", [USED]),
    ],
)
def test_what_nobody_took_gets_its_kontor_back(
    ardic: int, stage: trips.Stage, code: str, then: str, cost: list[Any]
) -> None:
    has(ardic, 1)
    (id,) = invoices(ardic, 1)
    with happening() as shell:
        row = shell.get(DOCUMENTS, id)
        assert row is not None
        row.record = row.record._replace(alone=True)
        row.changed = True
    run()
    ends(id, stage, code)
    ends(id, stage, code)
    assert (stages(ardic, [id]), lines(ardic, id)) == ([then], cost)


def test_what_goes_again_is_charged_once_whichever_way_it_goes(ardic: int) -> None:
    has(ardic, 1)
    (id,) = on_road(ardic)
    ends(id, trips.Stage.REFUSED, "1195")
    with passing(timedelta(days=1)):
        with happening() as shell:
            shell.happen(DOCUMENTS, id, Woke())
        with passing(LINGER):
            run()
        assert lines(ardic, id) == [USED], "it went again by itself"
        ends(id, trips.Stage.RETURNED, "1171")
        assert stands(ardic).balance == 1
        exchange.resend(ardic, id)
        assert lines(ardic, id) == [USED, BACK, USED]
        with passing(LINGER):
            run()
        ends(id, trips.Stage.COMPLETED, "1300")
    assert lines(ardic, id) == [USED, BACK, USED]
    with scoped(Role.WEB, [ardic]):
        assert [one.what for one in timeline(id) if one.what.startswith("credits.")] == [
            "credits.used",
            "credits.refunded",
            "credits.used",
        ]


def test_what_came_back_does_not_go_again_for_nothing(ardic: int) -> None:
    has(ardic, 1)
    (id,) = on_road(ardic)
    ends(id, trips.Stage.RETURNED, "1171")
    has(ardic, 0)
    with pytest.raises(CreditsError) as caught:
        exchange.resend(ardic, id)
    assert caught.value.code == "credits.exhausted"
    assert (stages(ardic, [id]), lines(ardic, id)) == (["returned"], [USED, BACK])


def test_what_arrived_after_all_is_charged_even_if_nothing_is_left(ardic: int) -> None:
    has(ardic, 1)
    (id,) = on_road(ardic)
    ends(id, trips.Stage.RETURNED, "1171")
    has(ardic, 0)
    with happening() as shell:
        row = shell.get(DOCUMENTS, id)
        assert row is not None
        shell.happen(DOCUMENTS, id, law.TripTurnedOut(row.record.trips[-1].envelope, "1300", True))
    assert (stages(ardic, [id]), lines(ardic, id), stands(ardic).balance) == (
        ["delivered"],
        [USED, BACK, USED],
        Decimal(-1),
    )


def test_a_corrected_one_is_charged_anew_and_may_wait(ardic: int) -> None:
    has(ardic, 1)
    (id,) = on_road(ardic)
    ends(id, trips.Stage.REFUSED, "1150")
    with passing(timedelta(minutes=1)):
        has(ardic, 0)
        exchange.correct(ardic, id, encoded(friendly()), "json")
        run()
        assert stages(ardic, [id]) == ["judged"]
        has(ardic, 1)
        waiting.free(ardic)
        run()
    assert (stages(ardic, [id]), lines(ardic, id)) == (["sealed"], [USED, BACK, USED])


def test_withdrawing_gives_back_and_what_waits_may_be_withdrawn(ardic: int) -> None:
    has(ardic, 1)
    ids = invoices(ardic, 2)
    run()
    for id in ids:
        exchange.withdraw(ardic, id)
    assert (stages(ardic, ids), lines(ardic, ids[0]), lines(ardic, ids[1])) == (["withdrawn"] * 2, [USED, BACK], [])
    waiting.free(ardic)
    assert (stands(ardic).balance, stands(ardic).waiting) == (Decimal(1), 0)


def test_archived_documents_cost_when_they_are_issued_and_cancelling_gives_nothing_back(ardic: int) -> None:
    has(ardic, 3)
    with scoped(Role.OPERATOR):
        credits.set_tariff("earchive_invoice", Decimal("0.5"), taxpayer=ardic)
    found = taking.take_in(ardic, encoded(friendly(profile="EARSIVFATURA", customer=_CONSUMER)), "json", policy=DEFAULT)
    run()
    assert (stages(ardic, [found.id]), lines(ardic, found.id)) == (["issued"], [(What.USED, Decimal("-0.5"))])
    with happening() as shell:
        shell.happen(DOCUMENTS, found.id, law.VoidWanted(False))
    assert (stages(ardic, [found.id]), stands(ardic).balance) == (["voided"], Decimal("2.5"))


_CONSUMER = {
    "tax_id": "11111111111",
    "first_name": "Ada",
    "family_name": "Kara",
    "address": {"town": "Çankaya", "city": "Ankara"},
}


def test_sending_is_refused_before_it_is_taken_and_drafts_are_not(ardic: int) -> None:
    has(ardic, 1)
    data = encoded(friendly())
    first = taking.take_in(ardic, data, "json", policy=DEFAULT, key="kontor-1")
    with pytest.raises(CreditsError) as caught:
        taking.take_in(ardic, data, "json", policy=DEFAULT)
    assert "1 gerekiyor, kullanılabilir 0" in caught.value.text.tr
    again = taking.take_in(ardic, data, "json", policy=DEFAULT, key="kontor-1")
    assert (again.id, again.is_repeated) == (first.id, True), "an answered request is answered alike"
    kept = taking.take_in(ardic, data, "json", intent="draft", policy=DEFAULT)
    with pytest.raises(CreditsError):
        drafts.submit(ardic, kept.id, policy=DEFAULT)
    has(ardic, 2)
    assert drafts.submit(ardic, kept.id, policy=DEFAULT).stage == "accepted"


def test_of_a_batch_those_are_taken_that_are_covered(ardic: int) -> None:
    has(ardic, 2)
    one = batches.hand_in(ardic, encoded([friendly() for _ in range(4)]), "json")
    station = BatchStation(lambda: DEFAULT)
    while station.turn():
        pass
    with scoped(Role.WEB, [ardic]):
        refused = [(each.place, each.problem["code"]) for each in batches.refusals(ardic, one.id)]
    assert refused == [(2, "credits.exhausted"), (3, "credits.exhausted")]


def test_what_comes_in_costs_where_it_has_a_price_and_is_never_stopped(ardic: int) -> None:
    with happening(taxpayers=[ardic]) as shell:
        shell.came.append((ardic, 900_001, "invoice"))
    with scoped(Role.OPERATOR):
        credits.set_tariff("invoice", Decimal("0.25"), taxpayer=ardic, is_incoming=True)
    with happening(taxpayers=[ardic]) as shell:
        shell.came.append((ardic, 900_002, "invoice"))
    assert lines(ardic, 900_001) == []
    assert (lines(ardic, 900_002), stands(ardic).balance) == ([(What.USED, Decimal("-0.25"))], Decimal("-0.25"))


def test_a_taxpayer_who_is_not_metered_costs_one_look_a_batch() -> None:
    other = taxpayer(("5728190346", "Kavak Yapı A.Ş.", "urn:mail:gb@kavak.example", "urn:mail:pk@kavak.example"), "KVK")
    ids = invoices(
        other,
        3,
        sender=("5728190346", "Kavak Yapı A.Ş.", "urn:mail:gb@kavak.example", ""),
        receiver=MELTEM,
        prefix="KVK",
    )
    with CaptureQueriesContext(connection) as looks:
        run(Called())
    assert len([one for one in looks if "credits_" in one["sql"]]) == 1
    assert (stages(other, ids), stands(other).level) == (["sealed"] * 3, Level.NONE)
