"""zeep, a SOAP client in Python, made from GİB's WSDLs and from ours, calls our server ends over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from envelopes import ID
from gsoap import GIBS, WHOSE, wsdl_of
from ulak.wire import Outcome, Service, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment
from wire_other_side import RECEIPT, OtherSide, listening

zeep: Any = pytest.importorskip("zeep", reason="zeep, the foreign SOAP client, is not installed")
ZIP = bytes(range(256)) * 40 + b"\r\n"
BERAT = "4812530769-202611-YB-000000"
E, A, D = efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE
SERVICES: dict[str, Service[Any, Any]] = {"efatura": E, "earsiv": A, "edefter": D}
MD5 = efatura.hash_of(ZIP)
BOTH = [
    (name, whose) for name in ("efatura", "earsiv", "edefter") for whose in WHOSE if whose == "ours" or name in GIBS
]


@cache
def made_from(name: str, whose: str) -> Any:
    place = Path(mkdtemp(prefix="ulak-zeep-")) / "service.wsdl"
    place.write_bytes(wsdl_of(name, whose))
    client = zeep.Client(str(place))
    place.unlink()
    place.parent.rmdir()
    return client


@contextmanager
def calling(service: Service[Any, Any], whose: str, *answers: object) -> Iterator[tuple[Any, OtherSide]]:
    """A client of zeep's that calls our end at its address."""
    client = made_from(service.name, whose)
    (binding,) = client.wsdl.bindings
    with listening(service, *answers) as (url, other):
        yield client.create_service(binding, url), other


@pytest.mark.parametrize("whose", WHOSE)
def test_envelopes_are_sent_and_asked_for(whose: str) -> None:
    with calling(E, whose, RECEIPT, efatura.SystemResponse("<a>ğ&amp;</a>")) as (client, other):
        receipt = client.sendDocument(fileName=f"{ID}.zip", binaryData=ZIP, hash=MD5)
        assert (receipt.msg, receipt.hash) == ("ZARF KUYRUGA EKLENDI", MD5)
        assert client.getApplicationResponse(instanceIdentifier=ID) == "<a>ğ&amp;</a>"
    assert [call.request for call in other.calls] == [efatura.Document(f"{ID}.zip", ZIP, MD5), efatura.Query(ID)]
    assert other.operations == [call.message.action for call in other.calls]


@pytest.mark.parametrize("whose", WHOSE)
def test_reports_are_sent_and_asked_for_and_the_list_is_fetched(whose: str) -> None:
    state = earsiv.StatusAnswer(earsiv.BatchStatus("işlendi", 30, ID, "", "4812530769"))
    answers = earsiv.Sent("Dosya Kaydedildi"), state, earsiv.UserList(Attachment("list.zip", ZIP))
    with calling(A, whose, *answers) as (client, other):
        assert client.sendDocumentFile({"fileName": f"{ID}.zip", "binaryData": ZIP}) == "Dosya Kaydedildi"
        found = client.getBatchStatus(ID)
        assert (found.durumKodu, found.durumAciklama, found.paketId) == (30, "işlendi", ID)
        users = client.getUserList("XML")
        assert (users.fileName, users.binaryData) == ("list.zip", ZIP)
    sent = earsiv.SendDocumentFile(Attachment(f"{ID}.zip", ZIP))
    assert [call.request for call in other.calls] == [sent, earsiv.GetBatchStatus(ID), earsiv.GetUserList("XML")]


def test_books_are_sent_asked_for_and_fetched() -> None:
    state = edefter.StatusAnswer(edefter.BatchStatus("tamam", "3", BERAT))
    answers = edefter.Sent("işleme alındı"), state, edefter.Received(Attachment(f"GIB-{BERAT}.zip", ZIP))
    with calling(D, "ours", *answers) as (client, other):
        assert client.sendDocumentFile({"fileName": f"{BERAT}.zip", "binaryData": ZIP}) == "işleme alındı"
        found = client.getBatchStatus(BERAT)
        assert (found.durumKodu, found.durumAciklama, found.paketKimligi) == ("3", "tamam", BERAT)
        berat = client.receiveDocumentFile(BERAT)
        assert (berat.fileName, berat.binaryData) == (f"GIB-{BERAT}.zip", ZIP)
    sent = edefter.SendDocumentFile(Attachment(f"{BERAT}.zip", ZIP))
    asked = edefter.GetBatchStatus(BERAT), edefter.ReceiveDocumentFile(BERAT)
    assert [call.request for call in other.calls] == [sent, *asked]


@pytest.mark.parametrize(("name", "whose"), BOTH)
def test_every_fault_is_seen_with_its_number_and_words(name: str, whose: str) -> None:
    service = SERVICES[name]
    asking = service.named("getApplicationResponse" if service is E else "getBatchStatus")
    rows = [row for row in asking.results.rows if row.outcome is Outcome.ERROR]
    with calling(service, whose, *(service.fault_of(asking, row.number) for row in rows)) as (client, _):
        for row in rows:
            with pytest.raises(zeep.exceptions.Fault) as caught:
                client[asking.name](ID)
            fault = caught.value
            assert row.label in fault.message
            if service is not D:
                assert fault.code.endswith("Receiver")
                assert fault.detail.findtext(".//code") == str(row.number)
                assert row.label in (fault.detail.findtext(".//msg"), fault.detail.findtext(".//message"))
            else:
                assert fault.message.startswith(str(row.number))
