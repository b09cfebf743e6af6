"""The e-Defter office answers calls with GİB's codes, and knows who may send, fetch and ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from center_offices import ARDIC, INTEGRATOR, MELTEM, NOW, database, end_of, ledger_office, package, upload
from ulak.wire import ServiceFault, edefter
from ulak.wire.attachment import Attachment
from ulak_center.faults import Action, Fault, Faults, Place
from ulak_center.office import LedgerRights, Standing
from ulak_center.office.ledger_codes import STATUSES
from ulak_center.office.ledger_judge import Limits
from ulak_center.values import Account

YB: Final = f"{ARDIC}-202610-YB-000000"
SENT: Final = edefter.SendDocumentFile(Attachment(f"{YB}.zip", b"PK"))


class Registry:
    def account(self, number: str) -> Account | None:
        return None

    def is_integrator(self, number: str) -> bool:
        return number == INTEGRATOR


def fault_of(call: Callable[[], object]) -> int | None:
    with pytest.raises(ServiceFault) as caught:
        call()
    return caught.value.number


@pytest.mark.parametrize(
    ("attachment", "number"),
    [
        (None, 103),
        (Attachment("", b"PK"), 104),
        (Attachment(f"{YB}.zip", b""), 105),
        (Attachment(f"{YB}.zip", b"P" * 101), 106),
        (Attachment("defter.zip", b"PK"), 108),
        (Attachment(f"{YB}.ZIP", b"PK"), 108),
        (Attachment(f"{ARDIC}-202613-YB-000000.zip", b"PK"), 108),
        (Attachment(f"{ARDIC}-202610-YB-000000-0000.zip", b"PK"), 108),
        (Attachment(f"{ARDIC}-202610-DR-000001.zip", b"PK"), 108),
        (Attachment(f"{ARDIC}-202610-Y-000000.zip", b"PK"), 108),
    ],
)
def test_a_package_without_what_it_needs_is_not_taken(attachment: Attachment | None, number: int) -> None:
    office = ledger_office(limits=Limits(zip_bytes=100))
    assert fault_of(lambda: office.handle(edefter.SendDocumentFile(attachment), ARDIC, NOW)) == number
    assert office.packages() == []


def test_a_package_is_taken_with_gibs_words() -> None:
    assert ledger_office().handle(SENT, ARDIC, NOW) == edefter.Sent(f"{YB}.zip paketi işleme alındı")


def test_who_may_not_send_is_told_why() -> None:
    office = ledger_office(rights=LedgerRights(Registry()))
    assert fault_of(lambda: office.handle(SENT, "", NOW)) == 101
    assert fault_of(lambda: office.handle(SENT, MELTEM, NOW)) == 109
    office.hold(INTEGRATOR, Standing.UNKNOWN)
    assert fault_of(lambda: office.handle(SENT, INTEGRATOR, NOW)) == 101
    for standing, number in ((Standing.NO_ROLE, 102), (Standing.BLOCKED, 114)):
        office.hold(ARDIC, standing)
        assert fault_of(lambda: office.handle(SENT, ARDIC, NOW)) == number
    office.hold(ARDIC, None)
    office.hold(INTEGRATOR, None)
    office.handle(SENT, INTEGRATOR, NOW)


def test_one_package_of_an_id_succeeds_and_no_second_is_taken() -> None:
    office = ledger_office()
    again = edefter.SendDocumentFile(Attachment(f"{YB}.zip", package(YB)))
    office.handle(SENT, ARDIC, NOW)
    assert fault_of(lambda: office.handle(again, ARDIC, NOW)) == 111
    assert end_of(office, YB).status == 401
    office.handle(again, ARDIC, NOW)
    assert end_of(office, YB).status == 30
    assert fault_of(lambda: office.handle(again, ARDIC, NOW)) == 111
    assert [found.status for found in office.packages(ARDIC)] == [401, 30]


def test_only_the_owner_and_the_sender_may_ask_and_fetch() -> None:
    office = ledger_office()
    ask, fetch = edefter.GetBatchStatus(YB), edefter.ReceiveDocumentFile(YB)
    assert fault_of(lambda: office.handle(ask, ARDIC, NOW)) == 304
    assert fault_of(lambda: office.handle(fetch, ARDIC, NOW)) == 204
    upload(office, YB, package(YB), INTEGRATOR)
    for stranger in (MELTEM, ""):
        assert fault_of(lambda stranger=stranger: office.handle(ask, stranger, NOW)) == 305  # type: ignore[misc]
        assert fault_of(lambda stranger=stranger: office.handle(fetch, stranger, NOW)) == 205  # type: ignore[misc]
    for known in (ARDIC, INTEGRATOR):
        assert office.handle(ask, known, NOW).status.code == "30"
        assert office.handle(fetch, known, NOW).attachment.file_name == f"GIB-{YB}.zip"


def test_nothing_can_be_fetched_before_it_is_approved() -> None:
    office = ledger_office()
    office.handle(SENT, ARDIC, NOW)
    fetch = edefter.ReceiveDocumentFile(YB)
    assert fault_of(lambda: office.handle(fetch, ARDIC, NOW)) == 204
    end_of(office, YB)
    assert fault_of(lambda: office.handle(fetch, ARDIC, NOW)) == 204


def test_a_status_can_be_forced() -> None:
    faults = Faults()
    faults.add(Fault(Action.STATUS, Place.JUDGE, operation="sendDocumentFile", party=ARDIC, number=490))
    office = ledger_office(faults=faults)
    step = upload(office, YB, package(YB))
    assert (step.status, step.code) == (490, "ledger.scripted")
    assert office.handle(edefter.GetBatchStatus(YB), ARDIC, NOW).status.code == "490"
    assert upload(office, YB, package(YB)).status == 30


def test_all_is_as_it_was_after_a_restart(tmp_path: Path) -> None:
    place, kb = tmp_path / "center.db", f"{ARDIC}-202610-KB-000000"
    first = ledger_office(database(place))
    upload(first, YB, package(YB))
    first.handle(edefter.SendDocumentFile(Attachment(f"{kb}.zip", package(kb, 2))), ARDIC, NOW)
    berat = first.receive(edefter.ReceiveDocumentFile(YB), ARDIC)

    second = ledger_office(database(place))
    assert second.receive(edefter.ReceiveDocumentFile(YB), ARDIC) == berat
    assert second.steps(YB) == first.steps(YB)
    assert end_of(second, kb).status == 30
    report = f"{ARDIC}-202610-DR-000000"
    assert upload(second, report, package(report, 3)).status == 30


def test_the_same_package_gives_the_same_approved_berat() -> None:
    fetch = edefter.ReceiveDocumentFile(YB)
    offices = [ledger_office(), ledger_office()]
    for office in offices:
        upload(office, YB, package(YB))
    assert offices[0].receive(fetch, ARDIC) == offices[1].receive(fetch, ARDIC)


def test_gib_says_that_it_took_a_package_and_has_not() -> None:
    faults = Faults()
    faults.add(Fault(Action.LOST, Place.TAKE, operation="sendDocumentFile", envelope_type="edefter", party=YB))
    office = ledger_office(faults=faults)
    assert office.handle(SENT, ARDIC, NOW) == edefter.Sent(f"{YB}.zip paketi işleme alındı")
    assert office.steps(YB) == []
    assert fault_of(lambda: office.handle(edefter.GetBatchStatus(YB), ARDIC, NOW)) == 304
    office.handle(SENT, ARDIC, NOW)
    assert [step.status for step in office.steps(YB)] == [10]


@pytest.mark.parametrize("status", [10, 20, 30, 405, 490])
def test_any_status_is_answered_on_demand(status: int) -> None:
    faults = Faults()
    faults.add(Fault(Action.STATUS, Place.TAKE, operation="getBatchStatus", number=status))
    answer = ledger_office(faults=faults).handle(edefter.GetBatchStatus(YB), ARDIC, NOW).status
    assert (answer.code, answer.description, answer.package_id) == (str(status), STATUSES[status].tr, YB)


def test_a_package_is_held_between_berat_and_book() -> None:
    faults = Faults()
    faults.add(Fault(Action.STATUS, Place.JUDGE, operation="sendDocumentFile", number=20, seconds=3600))
    office = ledger_office(faults=faults)
    office.handle(edefter.SendDocumentFile(Attachment(f"{YB}.zip", package(YB))), ARDIC, NOW)
    for seconds in (1, 2):
        office.run_due(NOW + timedelta(seconds=seconds))
    assert [step.status for step in office.steps(YB)] == [10, 15, 20]
    for hours in (2, 3):
        office.run_due(NOW + timedelta(hours=hours))
    assert office.steps(YB)[-1].status == 30
