"""What is issued, cancelled and objected to reaches GİB in reports, each exactly once, whatever goes wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest
from django.db import connection
from prometheus_client import REGISTRY

from center_offices import packs_in
from platform_asides import standing, unreadable
from platform_reports import CONSUMER, Office, balance, entries, issue, office, reports
from platform_way_out import sql
from platform_world import ARDIC, MELTEM, archiving, taxpayer
from support import needs_reference
from ulak.lifecycle import accounts
from ulak.reports import check
from ulak.rules import Verdict
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.law import happening
from ulak_server.exchange.models import ReportEntry
from ulak_server.exchange.reports import services, station
from ulak_server.exchange.reports.gathering import Group, gather
from ulak_server.exchange.reports.services import ReportingError
from ulak_server.exchange.rooms import ACCOUNTS, Row
from ulak_server.exchange.services import shown
from ulak_server.exchange.shell import Shell
from ulak_server.taxpayers.models import Account

_FAULTS: Final = (
    *(("fault", number) for number in (1, 4, 6, 7, 8)),
    *(("status", number) for number in (151, 154, 157, 160, 163, 165)),
    *((action, 0) for action in ("refuse", "error", "lost")),
)
_DAYS: Final = 4
_NEW_YEARS_EVE: Final = datetime(2026, 12, 31, 12, tzinfo=clock.ISTANBUL)

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return archiving(taxpayer())


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return archiving(taxpayer(MELTEM, "MEL"), "MR")


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[Office]:
    with office(at=_NEW_YEARS_EVE - timedelta(days=1)) as made:
        yield made


class Days:
    """Random days of a shop, with mishaps on every side."""

    def __init__(self, world: Office, shop: int, seed: int) -> None:
        self.world, self.shop, self.chance = world, shop, random.Random(seed)
        self.issued: list[int] = []
        self.cancelled: set[int] = set()
        self.objected: set[int] = set()
        self.refused: set[str] = set()

    def mishap(self) -> str:
        return self.chance.choices(("", "lost", "untold"), (8, 1, 1))[0]

    def pass_by(self) -> None:
        for _ in range(_DAYS):
            for _ in range(6):
                self._hour()
                self.world.pass_time(hours=4)

    def _hour(self) -> None:
        chance = self.chance
        self.issued += issue(self.shop, chance.randrange(3), buyer=chance.choice((CONSUMER, MELTEM[0])))
        if chance.random() < 0.3:
            self.world.fault(*chance.choice(_FAULTS))
        self.world.stamper.is_away = chance.random() < 0.1
        if chance.random() < 0.2:
            services.send_now(self.shop)
        self._half_a_build()
        for id in [id for id in self.issued if id not in self.objected and chance.random() < 0.1]:
            self._undo(id)

    def _half_a_build(self) -> None:
        """A worker is killed while it builds, and while it does anything else."""
        for _ in range(self.chance.randrange(6)):
            self.world.station.turn()
        self.world.kill() if self.chance.random() < 0.5 else self.world.station.close()

    def _undo(self, id: int) -> None:
        try:
            if self.chance.random() < 0.7:
                services.cancel(self.shop, id)
                self.cancelled.add(id)
            else:
                services.object_to(self.shop, id, "NOTER", f"2026/{id}", clock.today(), "Mal gelmedi.")
                self.objected.add(id)
        except ReportingError as error:
            self.refused.add(error.code)

    def settle(self) -> None:
        """Nothing goes wrong any more, and people do what they are asked to."""
        self.world.merkez.lab.center.faults.clear()
        self.world.calls.mishap, self.world.stamper.is_away = (lambda: ""), False
        for _ in range(12):
            for one in reports(self.shop):
                if one.stage == "refused":
                    # GİB's people say by telephone whether they have it.
                    services.renew(self.shop, one.id, anew=str(one.id) not in self.world.known())
            self.world.pass_time(hours=4)


@pytest.mark.parametrize("seed", [1])
def test_over_random_days_with_faults_the_books_balance(world: Office, ardic: int, seed: int) -> None:
    days = Days(world, ardic, seed)
    world.calls.mishap = days.mishap
    first = clock.today()
    days.pass_by()
    days.settle()
    assert days.refused <= {"reporting.not-cancelled", "reporting.not-objected"}
    found = reports(ardic)
    months = {first, clock.today()}
    for month in months:
        held = balance(ardic, month)
        assert held.is_balanced, held.differences
        assert counted_by_days(ardic, month) == Counter(
            (one.day, one.what) for one in entries(ardic) if one.day.replace(day=1) == month.replace(day=1)
        )
    judged = world.judged()
    assert set(judged.values()) == {1}
    counted = [sum(element.endswith(end) for element, _ in judged) for end in ("fatura", "Iptal", "Itiraz")]
    assert counted == [len(days.issued), len(days.cancelled), len(days.objected)]
    for month in {one.month for one in found}:
        accepted = [one.section_no for one in found if one.stage == "accepted" and one.month == month]
        assert sorted(accepted) == list(range(1, len(accepted) + 1))
    assert {one.month.year for one in found} == {2026, 2027}
    assert len(entries(ardic)) == sum(judged.values())


def counted_by_days(taxpayer: int, month: date) -> Counter[tuple[date, int]]:
    with scoped(Role.WEB, [taxpayer]):
        days = services.calendar(taxpayer, month)
    assert {one.mark for one in days} <= {None, "accepted"}
    sizes = {(one.day, what): size for one in days for what, size in enumerate(one[1:4], 1)}
    return Counter({key: size for key, size in sizes.items() if size})


@needs_reference
def test_what_went_to_gib_is_valid_by_its_own_rules(world: Office, ardic: int, tmp_path: Path) -> None:
    if not reports(ardic):
        issue(ardic, 2)
        world.hours(24)
    store = packs_in(tmp_path, "earsiv-1.1_6")
    assert {check(file, store, day=clock.today()).verdict for file in world.files()} == {Verdict.VALID}


# -- what else may happen ----------------------------------------------------------------------------------------------


def sentence(taxpayer: int, id: int) -> str:
    with scoped(Role.WEB, [taxpayer]):
        return shown(Document.objects.filter(id=id))[0].sentence.en


def test_a_charging_station_reports_each_sale_at_once_and_others_wait(world: Office, meltem: int) -> None:
    (plain,) = issue(meltem)
    (charged,) = issue(meltem, type_code="SARJANLIK")
    world.work()
    world.a_moment()
    assert [(one.cause, one.issued, one.stage) for one in reports(meltem)] == [("at-once", 1, "accepted")]
    assert sentence(meltem, charged) == "Issued and reported to GİB."
    assert "GİB is told by the end of" in sentence(meltem, plain)


def test_a_damaged_document_keeps_nobody_back_and_follows_once_it_is_whole(world: Office, meltem: int) -> None:
    before = len(reports(meltem))
    good, bad, other = issue(meltem, 3)
    world.work()
    body = damage(meltem, bad)
    services.send_now(meltem)
    world.a_moment()
    (report,) = reports(meltem)[before:]
    assert report.stage == "accepted"
    assert {one.document_id for one in entries(meltem) if one.report_id == report.id} >= {good, other}
    (left,) = [one for one in entries(meltem) if one.document_id == bad]
    assert (left.report_id, (left.error or {})["code"]) == (None, "archive.damaged")
    assert [(one.cause, one.tone, one.documents) for one in balance(meltem, clock.today()).differences] == [
        ("put-aside", "bad", [bad])
    ]
    repair(meltem, bad, body)
    world.hours(26)
    assert balance(meltem, left.day).is_balanced


def damage(taxpayer: int, id: int) -> bytes:
    with scoped(Role.PIPELINE, [taxpayer]), connection.cursor() as cursor:
        cursor.execute("SELECT data FROM archive_body WHERE owner = %s", [id])
        data = bytes(cursor.fetchone()[0])
        cursor.execute("UPDATE archive_body SET data = %s WHERE owner = %s", [data[:-1] + b"?", id])
    return data


def repair(taxpayer: int, id: int, data: bytes) -> None:
    with scoped(Role.PIPELINE, [taxpayer]), connection.cursor() as cursor:
        cursor.execute("UPDATE archive_body SET data = %s WHERE owner = %s", [data, id])


def test_a_report_whose_record_cannot_be_read_keeps_nobody_back(world: Office, ardic: int, meltem: int) -> None:
    for one in (ardic, meltem):
        issue(one)
    world.work()
    for one in (ardic, meltem):
        services.send_now(one)
    assert world.station.turn(), "what is due is gathered, and not yet built"
    bad = reports(ardic)[-1].id
    with unreadable("exchange_report", bad, taxpayer=ardic):
        world.work()
        world.pass_time(seconds=1)
        (aside,) = standing()
        assert (aside.station, aside.taxpayer) == ("reports", ardic)
        assert aside.reason == f"DecodeError report {bad}"
        assert reports(ardic)[-1].stage == "building"
        assert reports(meltem)[-1].stage != "building", "the other one is built in the same breath"
        world.pass_time(minutes=1)
        assert [one.failures for one in standing()] == [2]
    world.a_moment()
    assert {reports(one)[-1].stage for one in (ardic, meltem)} == {"accepted"}
    assert standing() == []


def test_after_three_days_without_gib_everything_goes_and_people_had_been_called(world: Office, meltem: int) -> None:
    before = len(reports(meltem))
    world.fault("refuse", times=100_000)
    for _ in range(3):
        issue(meltem)
        for _ in range(6):
            world.pass_time(hours=4)
    waiting = reports(meltem)[before:]
    assert {one.stage for one in waiting} <= {"building", "ready", "sending", "unclear"}
    assert len({one.day for one in waiting}) >= 2
    codes = sql("SELECT DISTINCT code FROM audit_entry WHERE what = 'alarm' AND taxpayer_id = %s", [meltem])
    assert {"lifecycle.report-due-soon", "lifecycle.report-late"} <= {code for (code,) in codes}
    assert trouble(meltem).late > 0
    assert REGISTRY.get_sample_value("ulak_alarms_total", {"code": "lifecycle.report-due-soon"})
    world.merkez.lab.center.faults.clear()
    world.hours(24)
    assert {one.stage for one in reports(meltem)[before:]} == {"accepted"}
    assert trouble(meltem) == services.Trouble()


def trouble(taxpayer: int) -> services.Trouble:
    with scoped(Role.WEB, [taxpayer]):
        return services.trouble_of([taxpayer]).get(taxpayer, services.Trouble())


def test_what_cannot_be_gathered_keeps_nobody_else_back(
    world: Office, ardic: int, meltem: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (left,), (other,) = issue(meltem), issue(ardic)
    world.work()
    services.send_now(meltem)
    services.send_now(ardic)
    with monkeypatch.context() as patch:
        patch.setattr(station, "gather", lambda shell, group: wrecked(meltem, shell, group))
        world.a_moment()
    assert (held(meltem, left).report_id, held(ardic, other).report_id is None) == (None, False)
    assert sql("SELECT 1 FROM audit_entry WHERE code = 'reporting.not-gathered' AND taxpayer_id = %s", [meltem])
    world.pass_time(minutes=5)
    assert held(meltem, left).report_id is not None


def wrecked(taxpayer: int, shell: Shell, group: Group) -> Row | None:
    if group.taxpayer == taxpayer:
        raise ValueError("wrecked")
    return gather(shell, group)


def held(taxpayer: int, document: int) -> ReportEntry:
    return [one for one in entries(taxpayer) if one.document_id == document][-1]


def test_what_is_told_on_the_last_day_does_not_wait_for_the_night(world: Office, meltem: int) -> None:
    """The entry is the request to the buyer: in the night after the eighth day, or the 15th, it would be too late."""
    early, cancelled, objected = issue(meltem, 3, buyer=ARDIC[0])
    world.work()
    issued_at = clock.now().astimezone(clock.ISTANBUL)
    services.cancel(meltem, early)
    assert held(meltem, early).ready_at > clock.now()
    at(world, issued_at.replace(hour=23, minute=30) + timedelta(days=8))
    services.cancel(meltem, cancelled)
    world.a_moment()
    at(world, (issued_at.replace(day=1) + timedelta(days=32)).replace(day=15, hour=23, minute=30))
    services.object_to(meltem, objected, "KEP", "7", clock.today(), "Mal gelmedi.")
    world.a_moment()
    wanted = {held(meltem, id).report_id for id in (cancelled, objected)}
    found = [one for one in reports(meltem) if one.id in wanted]
    assert [(one.cause, one.stage) for one in found] == [("at-once", "accepted")] * 2
    for one in found:
        assert one.due_at.astimezone(clock.ISTANBUL).time() == time()
        assert one.accepted_at is not None
        assert one.accepted_at < one.due_at


def test_what_is_sealed_after_midnight_is_due_as_if_it_had_been_sealed_before(world: Office, meltem: int) -> None:
    midnight = datetime.combine(clock.today() + timedelta(days=1), time(), clock.ISTANBUL)
    at(world, midnight - timedelta(seconds=1))
    (before,) = issue(meltem)
    world.work()
    assert held(meltem, before).due_at == midnight + timedelta(days=1)
    (after,) = issue(meltem)
    world.pass_time(seconds=1)
    late = held(meltem, after)
    assert (late.day, late.due_at) == (midnight.date(), midnight + timedelta(days=1))
    (fresh,) = issue(meltem)
    world.work()
    assert held(meltem, fresh).due_at == midnight + timedelta(days=2)
    world.hours(5)
    assert held(meltem, after).report_id is not None
    assert held(meltem, fresh).report_id is None


def at(world: Office, moment: datetime) -> None:
    world.pass_time(seconds=(moment - clock.now()).total_seconds())


def test_what_is_left_goes_at_once_when_gib_closes_the_account(world: Office, meltem: int) -> None:
    issue(meltem)
    world.work()
    with scoped(Role.PIPELINE, [meltem]):
        account = Account.objects.get(taxpayer_id=meltem, service="earchive").id
    with happening() as shell:
        shell.happen(ACCOUNTS, account, accounts.TempListed(clock.today()))
    world.a_moment()
    assert {one.stage for one in reports(meltem)} <= {"accepted", "withdrawn"}
    assert balance(meltem, clock.today()).is_balanced


def test_a_seal_that_its_author_made_months_ago_counts_where_it_was_told(world: Office, meltem: int) -> None:
    before = balance(meltem, clock.today())
    (id,) = issue(meltem)
    world.work()
    with scoped(Role.PIPELINE, [meltem]), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET sealed_at = sealed_at - interval '90 days' WHERE id = %s", [id])
    after = balance(meltem, clock.today())
    assert after.documents == before.documents + 1
    assert {one.cause for one in after.differences} == {*(one.cause for one in before.differences), "waiting"}


def test_the_balance_finds_what_was_tampered_with(world: Office, meltem: int) -> None:
    ids = issue(meltem, 5)
    world.work()
    services.cancel(meltem, ids[2])
    services.send_now(meltem)
    world.a_moment()
    assert balance(meltem, clock.today()).is_balanced
    last, before = reports(meltem)[-1].id, balance(meltem, clock.today())
    with scoped(Role.PIPELINE, [meltem]), connection.cursor() as cursor:
        cursor.execute("DELETE FROM exchange_report_entry WHERE document_id = %s", [ids[0]])
        cursor.execute("UPDATE documents_document SET stage = 'voided' WHERE id = %s", [ids[1]])
        cursor.execute("DELETE FROM exchange_report_file WHERE report_id = %s", [last])
        cursor.execute("UPDATE documents_document SET stage = 'filed' WHERE id = %s", [ids[3]])
    after = balance(meltem, clock.today())
    assert {one.cause for one in after.differences} == {*("no-entry", "no-cancellation", "count", "no-file", "stray")}
    assert [one.documents for one in after.differences if one.cause == "stray"] == [[ids[3]]]
    assert after.documents == before.documents - 1
