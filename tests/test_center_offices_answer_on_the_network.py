"""Reports and books go through the whole center: sealed messages in, statuses, lists and approved berats out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

import pytest

from center_offices import ARDIC, RAPOR, archive_office, ledger_office, package, sealed_report, zipped
from center_web import center, on_network
from levels_support import trust_of
from seal_pki import NOW, key
from ulak.seal.wssecurity import seal_message
from ulak.wire import ServiceFault, earsiv, edefter
from ulak.wire.attachment import Attachment
from ulak.wire.client import Client
from ulak.wire.service import Service
from ulak_center.center import Center
from ulak_center.faults import Action, Fault, Place
from ulak_center.office import enlist
from ulak_center.web.http import Address
from ulak_center.web.sealed import Seals
from ulak_center.web.site import ARCHIVE, LEDGER, Furnishing
from ulak_center.web.values import Limits

LISTS: Final = {"XML": Attachment("liste.zip", b"PK-XML")}
REPORT: Final = earsiv.SendDocumentFile(Attachment(f"{RAPOR}.zip", zipped({f"{RAPOR}.xml": sealed_report()})))
YB: Final = f"{ARDIC}-202610-YB-000000"


@contextmanager
def served() -> Iterator[tuple[Center, Address]]:
    with center() as made:
        store, agenda, connection = made.desk.store, made.desk.agenda, made.desk.store.connection
        archive = archive_office(connection, lists=LISTS.get, faults=made.faults)
        ledger = ledger_office(connection, faults=made.faults)
        enlist(archive, "earsiv", store=store, agenda=agenda, clock=made.clock)
        enlist(ledger, "edefter", store=store, agenda=agenda, clock=made.clock)
        furnishing = Furnishing(archive, ledger, Seals(trust_of(), made.clock.now))
        with on_network(made, furnishing, Limits()) as address:
            yield made, address


def call(address: Address, service: Service[Any, Any], request: Any, short: str = "integrator", age: int = 0) -> Any:
    """Send a request, sealed by a key of the test PKI; ``age`` makes messages of the same words differ."""

    def seal(xml: bytes, attachments: Mapping[str, bytes]) -> bytes:
        return seal_message(xml, key(short), at=NOW - timedelta(seconds=age), attachments=attachments)

    path = ARCHIVE if service is earsiv.SERVICE else LEDGER
    client: Client[Any, Any] = Client(service, address.url + path, allow_http=True, seal=seal if short else None)
    try:
        return client.call(request)
    finally:
        client.close()


def test_a_report_is_sent_asked_about_and_accepted() -> None:
    with served() as (made, address):
        assert call(address, earsiv.SERVICE, REPORT) == earsiv.Sent("Dosya Kaydedildi")
        ask = earsiv.GetBatchStatus(RAPOR)
        assert call(address, earsiv.SERVICE, ask).status.code == 10
        assert made.advance(timedelta(minutes=1)) == 2
        assert call(address, earsiv.SERVICE, ask, age=1).status.code == 30
        with pytest.raises(ServiceFault) as caught:
            call(address, earsiv.SERVICE, REPORT, age=1)
        assert caught.value.number == 4


@pytest.mark.parametrize("short", ["", "revoked"])
def test_without_a_seal_that_holds_nothing_is_taken(short: str) -> None:
    with served() as (_, address), pytest.raises(ServiceFault) as caught:
        call(address, earsiv.SERVICE, REPORT, short)
    assert caught.value.number == 1


def test_the_user_list_is_fetched() -> None:
    with served() as (_, address):
        assert call(address, earsiv.SERVICE, earsiv.GetUserList("XML")) == earsiv.UserList(LISTS["XML"])


def test_a_book_is_sent_and_its_approved_berat_fetched() -> None:
    with served() as (made, address):
        sent = edefter.SendDocumentFile(Attachment(f"{YB}.zip", package(YB)))
        assert call(address, edefter.SERVICE, sent, "ardic").message == f"{YB}.zip paketi işleme alındı"
        made.advance(timedelta(minutes=1))
        assert call(address, edefter.SERVICE, edefter.GetBatchStatus(YB), "ardic").status.code == "30"
        found = call(address, edefter.SERVICE, edefter.ReceiveDocumentFile(YB), "ardic").attachment
        assert found.file_name == f"GIB-{YB}.zip"
        with pytest.raises(ServiceFault) as caught:
            call(address, edefter.SERVICE, edefter.ReceiveDocumentFile(YB), "meltem-rsa")
        assert caught.value.number == 205


@pytest.mark.parametrize("number", [6, 7, 8])
def test_faults_of_gibs_own_come_on_demand(number: int) -> None:
    with served() as (made, address):
        made.faults.add(Fault(Action.FAULT, Place.TAKE, operation="sendDocumentFile", number=number))
        with pytest.raises(ServiceFault) as caught:
            call(address, earsiv.SERVICE, REPORT)
        assert caught.value.number == number
        assert call(address, earsiv.SERVICE, REPORT, age=1).message


def test_every_number_of_the_book_service_comes_on_demand() -> None:
    requests = {
        "sendDocumentFile": edefter.SendDocumentFile(Attachment(f"{YB}.zip", b"PK")),
        "receiveDocumentFile": edefter.ReceiveDocumentFile(YB),
        "getBatchStatus": edefter.GetBatchStatus(YB),
    }
    known = {"sendDocumentFile": edefter.SEND, "receiveDocumentFile": edefter.RECEIVE, "getBatchStatus": edefter.STATUS}
    with served() as (made, address):
        for age, (operation, number) in enumerate(
            (name, row.number) for name, rows in known.items() for row in rows.rows
        ):
            made.faults.add(Fault(Action.FAULT, Place.TAKE, operation=operation, number=number))
            with pytest.raises(ServiceFault) as caught:
                call(address, edefter.SERVICE, requests[operation], "ardic", age)
            assert caught.value.number == number
