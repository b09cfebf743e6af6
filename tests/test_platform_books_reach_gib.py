"""Packages of books reach GİB once and in their order, and what it approves is verified and kept, whatever happens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError

from center_offices import zipped
from platform_ledgers import MONTH, Books, alarms, books, calls_of, once, put, put_month, sent, view
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.lifecycle.ledgers import BeratKind, Stage, calendar
from ulak.lifecycle.ledgers.months import is_closed
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.ledgers.months import Standing, month_of
from ulak_server.exchange.models import LedgerFile
from ulak_server.exchange.models_of_ledgers import Sort

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[Books]:
    with books() as made:
        yield made


def test_a_month_goes_in_its_order_and_its_approved_berats_are_kept(world: Books, ardic: int) -> None:
    ids = put_month(ardic, ARDIC[0])
    assert view(ardic, ids["KB"]).waits_for == (f"{ARDIC[0]}-202610-YB-000000",)
    world.a_while()
    stages = {kind: view(ardic, id).stage for kind, id in ids.items()}
    assert stages == {"YB": "fetched", "KB": "fetched", "DR": "filed"}
    with scoped(Role.WEB, [ardic]):
        name, berat = gib.approved_berat(ardic, ids["YB"])
        (term,) = gib.terms_of(ardic, 2026)
    assert name == f"GIB-{ARDIC[0]}-202610-YB-000000.xml"
    assert b"CounterSignature" in berat
    assert (term.month, term.is_late, term.done) == (MONTH, False, 3)
    assert term.closed_at is not None


def test_books_that_were_put_after_the_report_was_sent_leave_the_month_open() -> None:
    sent_at = clock.now()
    before, after = sent_at - timedelta(hours=1), sent_at + timedelta(days=1)

    def of(kind: BeratKind, stage: Stage, created_at: datetime, at: datetime | None = None) -> Standing:
        return Standing(kind, MONTH, kind, "000000", MONTH, MONTH.replace(day=31), stage, created_at, at)

    books_of = [of(BeratKind.JOURNAL, Stage.FETCHED, before), of(BeratKind.LEDGER, Stage.FETCHED, before)]
    report = of(BeratKind.REPORT, Stage.FILED, before, sent_at)
    assert is_closed(month_of(MONTH, [*books_of, report]))
    remade = month_of(MONTH, [books_of[0]._replace(created_at=after), books_of[1], report])
    assert (remade.is_remade, is_closed(remade)) == (True, False)


def test_what_gib_may_have_is_asked_for_before_it_is_sent_again(world: Books, ardic: int) -> None:
    for month, fault in (("202601", 110), ("202602", 112), ("202603", 113), ("202604", 0)):
        id = put(ardic, f"{ARDIC[0]}-{month}-YB-000000")
        if fault:
            world.fault("fault", fault)
        else:
            world.calls.mishap = once("lost")
        world.a_while()
        shown = view(ardic, id)
        assert shown.stage == "fetched", (fault, shown)
        assert [package.status for package in sent(world, shown.name)] == [30]
    assert [what for what, _ in calls_of(ardic, id)].count("send") == 1


def test_gibs_refusal_waits_for_a_person_and_says_what_to_do(world: Books, ardic: int) -> None:
    id = put(ardic, f"{ARDIC[0]}-202605-YB-000000")
    world.fault("fault", 102)
    world.a_while(3)
    shown = view(ardic, id)
    assert (shown.stage, shown.code, shown.may_repair) == ("refused", "102", True)
    assert "rolü yok" in shown.advice.tr
    with pytest.raises(gib.LedgerExchangeError, match="not-asked"):
        gib.ask_now(ardic, id)
    gib.repair(ardic, id, actor="test")
    world.a_while()
    assert view(ardic, id).stage == "fetched"


def test_a_package_with_a_fault_makes_room_for_its_successor(world: Books, ardic: int) -> None:
    name = f"{ARDIC[0]}-202606-YB-000000"
    id = put(ardic, name, zipped({f"{name}.xml": b"<x/>"}))
    world.a_while()
    shown = view(ardic, id)
    assert shown.stage == "refused"
    assert shown.words
    assert shown.words in shown.advice.tr
    successor = put(ardic, name)
    assert successor != id
    world.a_while()
    assert view(ardic, successor).stage == "fetched"
    with pytest.raises(gib.LedgerExchangeError, match="there-already"):
        put(ardic, name, zipped({f"{name}.xml": b"<y/>"}))
    assert put(ardic, name) == successor


def test_a_service_that_is_away_on_the_last_day_calls_people_and_is_used_once_it_is_back(
    world: Books, ardic: int
) -> None:
    name = f"{ARDIC[0]}-202607-YB-000000"
    due_at = calendar.due_at(clock.today())
    id = put(ardic, name, due_at=due_at)
    world.calls.mishap = lambda: "away"
    world.a_while(20)
    shown = view(ardic, id)
    assert (shown.stage, shown.attempts > 1, shown.wants_stamp) == ("ready", True, True)
    assert "zaman damgalı" in shown.advice.tr
    assert alarms(ardic, "ledger-exchange.away-on-last-day") == 1
    stamped = put(ardic, name, zipped({f"{name}.xml": b"stamped"}), due_at=due_at, instead=True)
    assert stamped != id
    assert not view(ardic, stamped).wants_stamp
    third = put(ardic, name, due_at=due_at, instead=True)
    other = put(ardic, f"{ARDIC[0]}-202608-YB-000000")
    for _ in range(20):
        world.pass_time(minutes=10)
    world.calls.mishap = lambda: ""
    world.a_while()
    gone = [view(ardic, one) for one in (third, other)]
    assert {one.stage for one in gone} == {"fetched"}
    first, second = (one.sent_at for one in gone)
    assert first is not None
    assert second is not None
    assert first <= second <= first + timedelta(minutes=1)
    assert [package.status for package in sent(world, name)] == [30]


def test_a_kept_berat_that_is_damaged_is_fetched_again(world: Books, ardic: int) -> None:
    id = put(ardic, f"{ARDIC[0]}-202609-YB-000000")
    world.a_while()
    with scoped(Role.WEB, [ardic]):
        _, before = gib.approved_berat(ardic, id)
        LedgerFile.objects.filter(package_id=id, sort=Sort.APPROVED).update(data=b"rotten")
    for _ in range(32):
        world.pass_time(days=1)
    world.a_while()
    with scoped(Role.WEB, [ardic]):
        _, after = gib.approved_berat(ardic, id)
    assert b"CounterSignature" in before
    assert b"CounterSignature" in after
    assert [what for what, _ in calls_of(ardic, id)].count("fetch") == 2
    assert alarms(ardic, "ledger-exchange.berat-damaged") == 1
    gib.fetch_again(ardic, id)
    world.a_while()
    assert view(ardic, id).stage == "fetched"
    assert [what for what, _ in calls_of(ardic, id)].count("fetch") == 3


def test_a_kept_package_that_was_changed_is_never_sent(world: Books, ardic: int) -> None:
    id = put(ardic, f"{ARDIC[0]}-202512-YB-000000")
    with scoped(Role.WEB, [ardic]):
        piece = LedgerFile.objects.filter(package_id=id, sort=Sort.SENT).get()
        changed = bytes([*piece.data[:-1], piece.data[-1] ^ 1])
        LedgerFile.objects.filter(package_id=id, sort=Sort.SENT).update(data=changed)
    world.a_while(5)
    shown = view(ardic, id)
    assert shown.stage == "ready"
    assert calls_of(ardic, id)[0] == ("send", "archive.damaged")
    assert sent(world, shown.name) == []
    gib.withdraw(ardic, id, actor="test")
    assert view(ardic, id).stage == "withdrawn"


def test_months_that_run_out_of_time_call_people_until_they_are_closed(world: Books, ardic: int) -> None:
    month, due_at = date(2025, 11, 1), clock.now() + timedelta(days=20)
    with scoped(Role.WEB, [ardic]):
        for _ in range(2):
            gib.expect(ardic, "0001", month, due_at)
    for _ in range(23):
        world.pass_time(days=1)
    found = [alarms(ardic, f"lifecycle.ledger-month-{code}", month="2025-11") for code in ("open", "soon", "last-day")]
    assert found == [1, 1, 1]
    assert alarms(ardic, "lifecycle.ledger-month-late", month="2025-11") >= 3
    with scoped(Role.WEB, [ardic]):
        (term,) = (one for one in gib.terms_of(ardic, 2025) if one.branch == "0001")
    assert (term.is_late, term.closed_at) == (True, None)


def test_nobody_else_sees_a_package_and_operators_no_file(world: Books, ardic: int) -> None:
    id = put(ardic, f"{ARDIC[0]}-202511-YB-000000")
    meltem = taxpayer(MELTEM, "MEL")
    with scoped(Role.WEB, [meltem]):
        assert gib.packages_of(meltem) == []
        with pytest.raises(gib.NoSuchPackage):
            gib.package_of(meltem, id)
    with pytest.raises(gib.NoSuchPackage):
        gib.withdraw(meltem, id)
    with scoped(Role.OPERATOR):
        assert gib.package_of(None, id)[0].name.startswith(ARDIC[0])
        assert id in {one.id for _, _, one in gib.all_packages()}
        with pytest.raises(ProgrammingError, match="permission denied"):
            list(LedgerFile.objects.filter(package_id=id)[:1])


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_on_the_way_every_part_is_approved_once(world: Books, ardic: int, seed: int) -> None:
    chance = random.Random(seed)
    month = f"2023{seed + 1:02}"
    world.calls.mishap = lambda: chance.choice(("", "", "", "lost", "untold", "away"))
    names = [f"{ARDIC[0]}-{month}-{kind}-000000-0007" for kind in ("YB", "KB", "DR")]
    ids = [put(ardic, name) for name in names]
    for _ in range(3):
        world.fault("fault", chance.choice((110, 112, 113, 107)))
        world.fault("fault", chance.choice((203, 206)), "receiveDocumentFile")
        world.fault("fault", 303, "getBatchStatus")
    for _ in range(40):
        world.pass_time(minutes=chance.choice((1, 5, 30)))
    world.calls.mishap = lambda: ""
    for _ in range(30):
        world.pass_time(minutes=30)
    assert [view(ardic, id).stage for id in ids] == ["fetched", "fetched", "filed"]
    assert [[one.status for one in sent(world, name)].count(30) for name in names] == [1, 1, 1]
