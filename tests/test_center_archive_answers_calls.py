"""The e-Arşiv office answers calls with GİB's codes, and knows who may ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from center_offices import (
    ARDIC,
    INTEGRATOR,
    MELTEM,
    NOW,
    RAPOR,
    archive_office,
    database,
    end_of,
    report,
    sealed_report,
    send,
    zipped,
)
from ulak.wire import ServiceFault, earsiv
from ulak.wire.attachment import Attachment
from ulak.wire.mtom import Payload
from ulak_center.agenda import Agenda
from ulak_center.clock import VirtualClock
from ulak_center.faults import Action, Fault, Faults, Place
from ulak_center.office import ArchiveOffice, ArchiveRights, Open, SqliteShelf, Standing, enlist, published
from ulak_center.office.desk import Accepted, Desk
from ulak_center.problems import center_error
from ulak_center.registry import Accounts, Integrator
from ulak_center.store import Store
from ulak_center.userlists import Publisher
from ulak_center.values import Account

FILE: Final = f"{RAPOR}.xml"
GOOD: Final = Attachment(f"{RAPOR}.zip", zipped({FILE: sealed_report()}))


def fault_of(call: Callable[[], object]) -> int | None:
    with pytest.raises(ServiceFault) as caught:
        call()
    return caught.value.number


class Registry:
    """Ardıç reports through the integrator, Meltem by itself, a third one on GİB's portal."""

    def account(self, number: str) -> Account | None:
        accounts = {
            ARDIC: ("OZELENTEGRASYON", (("earchive", INTEGRATOR), ("usergb", INTEGRATOR))),
            MELTEM: ("ENTEGRASYON", ()),
            "9183746505": ("GIBPORTAL", ()),
        }
        if number not in accounts:
            return None
        method, services = accounts[number]
        return Account(number, "", "OZEL", method, NOW, services)

    def is_integrator(self, number: str) -> bool:
        return number == INTEGRATOR


@pytest.mark.parametrize(
    ("attachment", "number"),
    [
        (None, 2),
        (Attachment("", b"PK"), 3),
        (Attachment(f"{RAPOR}.zip", b""), 5),
        (Attachment("rapor.zip", b"PK"), 9),
        (Attachment(f"{RAPOR}.xml", b"PK"), 10),
    ],
)
def test_a_package_without_what_it_needs_is_not_taken(attachment: Attachment | None, number: int) -> None:
    office = archive_office()
    assert fault_of(lambda: office.take(earsiv.SendDocumentFile(attachment), INTEGRATOR, NOW)) == number
    assert office.packages() == []


def test_a_package_is_taken_with_gibs_words() -> None:
    answer = archive_office().handle(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
    assert answer == earsiv.Sent("Dosya Kaydedildi")


@pytest.mark.parametrize("data", [GOOD.data, b"no zip"])
def test_the_same_package_is_never_taken_twice(data: bytes) -> None:
    office = archive_office()
    again = earsiv.SendDocumentFile(GOOD)
    office.take(earsiv.SendDocumentFile(GOOD._replace(data=data)), INTEGRATOR, NOW)
    assert fault_of(lambda: office.take(again, INTEGRATOR, NOW)) == 4
    end_of(office, RAPOR)
    assert fault_of(lambda: office.take(again, INTEGRATOR, NOW)) == 4


def test_a_sender_without_rights_is_001() -> None:
    office = archive_office(rights=ArchiveRights(Registry()))
    for signer in ("", "1111111111", "9183746505"):
        assert fault_of(lambda signer=signer: office.take(earsiv.SendDocumentFile(GOOD), signer, NOW)) == 1  # type: ignore[misc]
    office.hold(INTEGRATOR, Standing.UNKNOWN)
    assert fault_of(lambda: office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)) == 1
    office.hold(INTEGRATOR, None)
    office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)


def test_an_integrator_reports_only_for_customers_whom_it_announced() -> None:
    office = archive_office(rights=ArchiveRights(Registry()))
    assert send(office, GOOD.data).status == 30
    other = "11111111-2222-4333-8444-555555555555"
    for_meltem = report(number=other, mukellef=f"<e:vkn>{MELTEM}</e:vkn>")
    assert send(office, zipped({f"{other}.xml": sealed_report(for_meltem)}), other).status == 168


def test_a_taxpayer_with_its_own_integration_reports_for_itself() -> None:
    office = archive_office(rights=ArchiveRights(Registry()))
    own = report(mukellef=f"<e:vkn>{MELTEM}</e:vkn>", hazirlayan=f"<e:vkn>{MELTEM}</e:vkn>")
    assert send(office, zipped({FILE: sealed_report(own, "meltem")}), by=MELTEM).status == 30


def asked(office: object, by: str, id: str = RAPOR) -> earsiv.BatchStatus:
    answer = office.handle(earsiv.GetBatchStatus(id), by, NOW)  # type: ignore[attr-defined]
    assert answer.status is not None
    return answer.status  # type: ignore[no-any-return]


def test_a_package_is_asked_about_while_it_waits_and_after() -> None:
    office = archive_office()
    assert asked(office, INTEGRATOR).code == 2
    office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
    assert asked(office, INTEGRATOR).code == 10
    due = office.process(RAPOR, NOW + timedelta(seconds=1))
    assert asked(office, INTEGRATOR).code == 15
    assert due == NOW + timedelta(milliseconds=1300)
    assert office.process(RAPOR, due) is None
    done = asked(office, INTEGRATOR)
    assert (done.code, done.package_id, done.vkn, done.tckn) == (30, RAPOR, ARDIC, "")
    assert done.description.startswith("Paket başarıyla işlendi")


def test_only_the_sender_and_the_taxpayer_are_told() -> None:
    office = archive_office()
    office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
    assert [asked(office, by).code for by in (INTEGRATOR, ARDIC, "", MELTEM)] == [10, 1, 1, 1]
    end_of(office, RAPOR)
    assert [asked(office, by).code for by in (INTEGRATOR, ARDIC, "", MELTEM)] == [30, 30, 1, 1]


def test_the_user_list_comes_as_it_was_asked_for() -> None:
    lists = {"XML": Attachment("liste.zip", b"PKxml")}
    office = archive_office(lists=lists.get, rights=ArchiveRights(Registry()))
    assert office.handle(earsiv.GetUserList("xml"), INTEGRATOR, NOW) == earsiv.UserList(lists["XML"])
    assert fault_of(lambda: office.handle(earsiv.GetUserList("CSV"), INTEGRATOR, NOW)) == 6
    assert fault_of(lambda: office.handle(earsiv.GetUserList("PDF"), INTEGRATOR, NOW)) == 2
    assert fault_of(lambda: office.handle(earsiv.GetUserList("XML"), "1111111111", NOW)) == 1
    assert fault_of(lambda: archive_office().handle(earsiv.GetUserList("XML"), INTEGRATOR, NOW)) == 6


def test_the_published_lists_are_given_once_there_are_any(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    office = archive_office(lists=published(publisher.path))
    assert fault_of(lambda: office.handle(earsiv.GetUserList("XML"), INTEGRATOR, NOW)) == 6
    publisher.publish([], NOW)
    for kind, name in (("XML", "eArsivUserListxml.zip"), ("CSV", "eArsivUserListcsv.zip")):
        found = office.user_list(earsiv.GetUserList(kind), INTEGRATOR, NOW).attachment
        assert found == Attachment(name, (tmp_path / name).read_bytes())


def test_rights_come_from_the_centers_registry() -> None:
    store = Store()
    registry = Accounts(store)
    office = archive_office(store.connection, rights=ArchiveRights(registry))
    assert fault_of(lambda: office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)) == 1
    registry.register(Integrator(INTEGRATOR, "Deneme Özel Entegratör A.Ş.", "", ""))
    assert send(office, GOOD.data).status == 168
    registry.put_account(ARDIC, "Ardıç Ticaret A.Ş.", kind="OZEL", method="OZELENTEGRASYON", at=NOW)
    registry.open_service(ARDIC, "earchive", INTEGRATOR, "", NOW)
    other = "11111111-2222-4333-8444-555555555555"
    assert send(office, zipped({f"{other}.xml": sealed_report(report(number=other))}), other).status == 30


@pytest.mark.parametrize("number", [150, 160, 161, 162, 163, 169])
def test_what_only_gib_can_get_wrong_comes_on_demand(number: int) -> None:
    faults = Faults()
    faults.add(Fault(Action.STATUS, Place.JUDGE, operation="sendDocumentFile", number=number))
    office = archive_office(faults=faults)
    step = send(office, GOOD.data)
    assert (step.status, step.code) == (number, "archive.scripted")
    answer = asked(office, INTEGRATOR)
    assert answer.code == number
    assert answer.result is not None
    assert not office.reports()


def test_faults_for_envelopes_or_for_e_defter_do_not_strike_reports() -> None:
    faults = Faults()
    faults.add(Fault(Action.STATUS, Place.JUDGE, number=1120))
    faults.add(Fault(Action.STATUS, Place.JUDGE, operation="sendDocumentFile", envelope_type="edefter", number=490))
    assert send(archive_office(faults=faults), GOOD.data).status == 30
    assert len(list(faults)) == 2


def test_a_fault_for_one_taxpayers_packages_strikes_these() -> None:
    faults = Faults()
    wanted = Fault(Action.STATUS, Place.JUDGE, operation="sendDocumentFile", party=RAPOR, number=163)
    faults.add(wanted)
    assert send(archive_office(faults=faults), GOOD.data).status == 163


def test_all_is_as_it_was_after_a_restart(tmp_path: Path) -> None:
    place = tmp_path / "center.db"
    first = archive_office(database(place))
    send(first, GOOD.data)
    other = "11111111-2222-4333-8444-555555555555"
    waiting = zipped({f"{other}.xml": sealed_report(report(number=other))})
    first.take(earsiv.SendDocumentFile(Attachment(f"{other}.zip", waiting)), INTEGRATOR, NOW)
    first.hold(MELTEM, Standing.UNKNOWN)
    reports, steps = first.reports(), first.steps(RAPOR)

    second = archive_office(database(place))
    assert second.reports() == reports
    assert second.steps(RAPOR) == steps
    assert second.next_due() == NOW + timedelta(milliseconds=200)
    assert end_of(second, other).status == 30
    assert fault_of(lambda: second.take(earsiv.SendDocumentFile(GOOD), MELTEM, NOW)) == 1


def test_what_fails_half_way_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = SqliteShelf(database())
    office = archive_office(shelf._db)

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(SqliteShelf, "_add", broken)
    with pytest.raises(sqlite3.OperationalError):
        office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
    monkeypatch.undo()
    assert office.packages() == []
    office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)


def test_a_second_clock_counts_for_seals_of_senders_who_do_not_know_the_centers() -> None:
    early = NOW - timedelta(days=20)
    assert send(archive_office(), GOOD.data, at=early).status == 154
    assert send(archive_office(also_at=lambda: NOW), GOOD.data, at=early).status == 30


def test_without_trust_only_what_is_sealed_counts() -> None:
    office = ArchiveOffice(SqliteShelf(database()), None, level="BES")
    assert send(office, zipped({FILE: sealed_report(short="expired-issuer")}), by="4812530769").status == 167
    changed = ArchiveOffice(SqliteShelf(database()), None, level="BES")
    forged = sealed_report().replace(b"<e:bolumNo>21<", b"<e:bolumNo>22<")
    assert send(changed, zipped({FILE: forged})).status == 154


def test_the_center_carries_packages_on_at_their_own_moments() -> None:
    store, clock = Store(), VirtualClock(NOW)
    agenda, office = Agenda(store), archive_office(store.connection, rights=Open())
    enlist(office, "earsiv", store=store, agenda=agenda, clock=clock)
    office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
    assert fault_of(lambda: office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)) == 4
    assert carried_on(agenda, clock) == [NOW + timedelta(milliseconds=200), NOW + timedelta(milliseconds=500)]
    assert asked(office, INTEGRATOR).code == 30
    assert agenda.waiting() == 0


def test_packages_that_waited_when_the_center_ended_are_carried_on(tmp_path: Path) -> None:
    for with_agenda in (False, True):
        place, clock = tmp_path / f"{with_agenda}.db", VirtualClock(NOW)
        store = Store(place)
        office = archive_office(store.connection)
        if with_agenda:
            enlist(office, "earsiv", store=store, agenda=Agenda(store), clock=clock)
        office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
        store.close()

        store = Store(place)
        office, agenda = archive_office(store.connection), Agenda(store)
        enlist(office, "earsiv", store=store, agenda=agenda, clock=clock)
        assert len(carried_on(agenda, clock)) == 2
        assert asked(office, INTEGRATOR).code == 30


def carried_on(agenda: Agenda, clock: VirtualClock) -> list[datetime]:
    moments: list[datetime] = []
    while due := agenda.next_due():
        moments.append(due)
        clock.jump(due)
        task = agenda.next_task(clock.now())
        assert task is not None
        if (rest := agenda.carry_out(task)) is not None:
            rest()
    return moments


@pytest.mark.parametrize("error", [center_error("center.clock-back", now="1", to="0"), MemoryError()])
def test_what_fails_at_gib_ends_as_163_and_stops_nothing(error: Exception) -> None:
    def failing(*_: object) -> Accepted:
        raise error

    shelf = SqliteShelf(database())
    desk = Desk("earsiv", "archive", shelf, failing)
    desk.take(GOOD, INTEGRATOR, "", NOW)
    while due := desk.next_due():
        desk.run_due(due)
    step = shelf.steps(1)[-1]
    assert (step.status, step.code) == (163, "archive.failed")
    assert any(words in step.reason.en for words in ("The clock", "MemoryError"))


def test_answers_about_strange_packages_can_be_written() -> None:
    """A name from a ZIP may hold what no XML can."""
    office = archive_office()
    send(office, zipped({"a\x01\x0b\udcff.xml".encode("utf-8", "replace").decode(): b"<a/>"}))
    request = earsiv.GetBatchStatus(RAPOR)
    call = earsiv.SERVICE.read_request(*written(earsiv.SERVICE.write_request(request)))
    reply = earsiv.SERVICE.write_response(call, office.status(request, INTEGRATOR, NOW))
    answer = earsiv.SERVICE.read_response(request, *written(reply.payload))
    assert isinstance(answer, earsiv.StatusAnswer)
    assert answer.status is not None
    assert answer.status.code == 158
    assert "“a?" in answer.status.description


def written(payload: Payload) -> tuple[str, bytes]:
    return payload.content_type, payload.body


def scripted(*found: Fault) -> ArchiveOffice:
    faults = Faults()
    for fault in found:
        faults.add(fault)
    return archive_office(faults=faults)


@pytest.mark.parametrize("held", [10, 15])
def test_a_package_is_held_on_its_way_as_long_as_is_scripted(held: int) -> None:
    stuck = Fault(Action.STATUS, Place.JUDGE, number=held, operation="sendDocumentFile", seconds=3600, times=2)
    office = scripted(stuck)
    office.take(earsiv.SendDocumentFile(GOOD), INTEGRATOR, NOW)
    for hours in (0, 1):
        office.run_due(NOW + timedelta(hours=hours, minutes=10))
        assert asked(office, INTEGRATOR).code == held
    assert end_of(office, RAPOR).status == 30


def test_a_package_can_be_unknown_though_it_is_there() -> None:
    unknown = Fault(Action.STATUS, Place.TAKE, number=2, operation="getBatchStatus", party=RAPOR)
    office = scripted(unknown)
    assert send(office, GOOD.data).status == 30
    assert [asked(office, INTEGRATOR).code for _ in range(2)] == [2, 30]


def test_a_package_can_be_answered_for_and_lost() -> None:
    office = scripted(Fault(Action.LOST, Place.TAKE, operation="sendDocumentFile"))
    request = earsiv.SendDocumentFile(GOOD)
    assert office.take(request, INTEGRATOR, NOW) == earsiv.Sent("Dosya Kaydedildi")
    assert asked(office, INTEGRATOR).code == 2
    office.take(request, INTEGRATOR, NOW)
    assert end_of(office, RAPOR).status == 30


@pytest.mark.parametrize("code", [each.number for each in earsiv.STATUS.rows if each.number not in (1, 2, 10, 15)])
def test_every_status_of_the_guide_can_be_scripted(code: int) -> None:
    office = scripted(Fault(Action.STATUS, Place.JUDGE, number=code, operation="sendDocumentFile"))
    assert send(office, GOOD.data).status == code
    assert asked(office, INTEGRATOR).code == code
