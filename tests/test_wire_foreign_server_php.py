"""PHP's SOAP server and client, made from GİB's WSDLs and from ours, talk to our client and to our server ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from envelopes import ID
from gsoap import WHOSE
from php import asked_by_php, needs_php, served_by_php
from ulak.wire import ServiceFault, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment
from ulak.wire.client import Client
from wire_other_side import RECEIPT, listening

pytestmark = needs_php
ZIP = bytes(range(256)) * 400 + b"\r\n"
MD5 = efatura.hash_of(ZIP)
BERAT = "4812530769-202611-YB-000000"
DOCUMENT = efatura.Document.of(ID, ZIP)


@contextmanager
def calling(of: Any, whose: str, folder: Path) -> Iterator[Client[Any, Any]]:
    """Our client at the address of PHP's server, which knows no MTOM."""
    service = of.SERVICE
    with (
        served_by_php(service.name, whose, folder) as url,
        Client(service, url, allow_http=True, mtom=False) as client,
    ):
        yield client


def fault_of(client: Client[Any, Any], request: Any) -> str:
    with pytest.raises(ServiceFault) as caught:
        client.call(request)
    return caught.value.code


@pytest.mark.parametrize("whose", WHOSE)
def test_phps_server_takes_our_envelopes_and_answers(whose: str, tmp_path: Path) -> None:
    (tmp_path / f"{ID}.xml").write_text("<a>ğ&amp;</a>\n", "utf-8")
    with calling(efatura, whose, tmp_path) as client:
        assert fault_of(client, DOCUMENT._replace(hash="0" * 32)) == "wire.efatura.2000"
        assert client.call(DOCUMENT) == efatura.Receipt("alındı", MD5)
        assert fault_of(client, DOCUMENT) == "wire.efatura.2001"
        assert fault_of(client, DOCUMENT._replace(file_name="a.zip")) == "wire.efatura.2006"
        assert client.call(efatura.Query(ID)) == efatura.SystemResponse("<a>ğ&amp;</a>\n")
        assert fault_of(client, efatura.Query("?")) == "wire.efatura.2004"
    assert (tmp_path / f"{ID}.zip").read_bytes() == ZIP


@pytest.mark.parametrize("whose", WHOSE)
def test_phps_server_takes_our_reports_and_answers(whose: str, tmp_path: Path) -> None:
    (tmp_path / "users.zip").write_bytes(ZIP)
    with calling(earsiv, whose, tmp_path) as client:
        assert client.call(earsiv.GetBatchStatus(ID)).status.code == 2
        sent = earsiv.SendDocumentFile(Attachment(f"{ID}.zip", ZIP))
        assert client.call(sent) == earsiv.Sent("Dosya Kaydedildi")
        assert client.call(earsiv.GetBatchStatus(ID)).status.code == 30
        assert client.call(earsiv.GetUserList("XML")) == earsiv.UserList(Attachment("users.zip", ZIP))
        assert fault_of(client, earsiv.GetUserList("JSON")) == "wire.earsiv.users.002"
    assert (tmp_path / f"{ID}.zip").read_bytes() == ZIP


def test_phps_server_takes_our_books_and_answers(tmp_path: Path) -> None:
    with calling(edefter, "ours", tmp_path) as client:
        assert fault_of(client, edefter.ReceiveDocumentFile(BERAT)) == "wire.edefter.204"
        sent = edefter.SendDocumentFile(Attachment(f"{BERAT}.zip", ZIP))
        assert client.call(sent) == edefter.Sent("Dosya Kaydedildi")
        status = client.call(edefter.GetBatchStatus(BERAT)).status
        assert (status.code, status.description, status.package_id) == ("30", "işlendi", BERAT)
        berat = client.call(edefter.ReceiveDocumentFile(BERAT))
        assert berat == edefter.Received(Attachment(f"GIB-{BERAT}.zip", ZIP))


@pytest.mark.parametrize("whose", WHOSE)
def test_phps_client_sends_envelopes_to_our_end_and_understands_it(whose: str, tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_bytes(ZIP)
    answers = RECEIPT, efatura.SERVICE.fault_of("sendDocument", 2001), efatura.SystemResponse("<a>ğ&amp;</a>")
    with listening(efatura.SERVICE, *answers) as (url, other):

        def ask(operation: str, **fields: Any) -> Any:
            return asked_by_php("efatura", whose, tmp_path, url, operation, file=file, **fields)

        fields = {"fileName": f"{ID}.zip", "binaryData": {"_": "FILE"}, "hash": MD5}
        assert ask("sendDocument", **fields) == {"answer": {"msg": "ZARF KUYRUGA EKLENDI", "hash": MD5}}
        refused = ask("sendDocument", **fields)
        assert refused["fault"] == "ZARF ID SISTEMDE MEVCUT"
        assert refused["detail"]["EFaturaFault"] == {"code": "2001", "msg": "ZARF ID SISTEMDE MEVCUT"}
        answer = ask("getApplicationResponse", instanceIdentifier=ID)
        assert answer == {"answer": {"applicationResponse": "<a>ğ&amp;</a>"}}
    assert [call.request for call in other.calls] == [DOCUMENT, DOCUMENT, efatura.Query(ID)]


@pytest.mark.parametrize("whose", WHOSE)
def test_phps_client_asks_our_end_about_reports(whose: str, tmp_path: Path) -> None:
    state = earsiv.StatusAnswer(earsiv.BatchStatus("kuyrukta", 10, ID))
    with listening(earsiv.SERVICE, state, earsiv.SERVICE.fault_of("getBatchStatus", 2)) as (url, _):
        found = asked_by_php("earsiv", whose, tmp_path, url, "getBatchStatus", paketId=ID)
        refused = asked_by_php("earsiv", whose, tmp_path, url, "getBatchStatus", paketId=ID)
    assert found["answer"]["return"] == {"durumAciklama": "kuyrukta", "durumKodu": 10, "paketId": ID}
    assert refused["detail"]["EArsivFault"] == {"code": "2", "message": "Paket bulunamadı"}
