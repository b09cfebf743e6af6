"""gSOAP's server and client, made from GİB's WSDL and from ours, talk to our client and to our server end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cli_support import called
from envelopes import ID, NOW, header, made
from gsoap import WHOSE, asked, needs_gsoap, served
from ulak.envelope import query_answer
from ulak.wire import ServiceFault, Version, earsiv, efatura
from ulak.wire.attachment import Attachment
from ulak.wire.client import Client
from wire_other_side import RECEIPT, listening

pytestmark = needs_gsoap
ZIP = bytes(range(256)) * 4000 + b"\r\n--\r\n\0"
SYSTEM_RESPONSE = query_answer(header(), "1200", now=NOW, new_id=lambda: "d5d5c9a4-0000-4000-8000-000000000001")
VERSIONS = list(Version)


@pytest.fixture(params=WHOSE)
def whose(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def calling(whose: str, folder: Path, of: Any = efatura, **options: Any) -> Iterator[Client[Any, Any]]:
    """Our client at the address of gSOAP's server."""
    service = of.SERVICE
    with served(service.name, whose, folder) as url, Client(service, url, allow_http=True, **options) as client:
        yield client


def fault_of(client: Client[Any, Any], request: Any) -> ServiceFault:
    with pytest.raises(ServiceFault) as caught:
        client.call(request)
    return caught.value


@pytest.mark.parametrize("mtom", [True, False])
def test_a_foreign_server_takes_our_envelopes_byte_by_byte(whose: str, mtom: bool, tmp_path: Path) -> None:
    with calling(whose, tmp_path, mtom=mtom) as client:
        for data in (ZIP, b"\0", b"\r\n", made()):
            sent = efatura.Document.of(str(uuid4()), data)
            receipt = client.call(sent)
            assert receipt.hash == sent.hash
            assert receipt.message == ("MTOM ile alındı" if mtom else "satır içi alındı")
            assert (tmp_path / sent.file_name).read_bytes() == data


def test_a_foreign_server_answers_how_an_envelope_stands(whose: str, tmp_path: Path) -> None:
    (tmp_path / f"{ID}.xml").write_text(SYSTEM_RESPONSE, "utf-8")
    with calling(whose, tmp_path) as client:
        assert client.call(efatura.Query(ID)) == efatura.SystemResponse(SYSTEM_RESPONSE)
        assert fault_of(client, efatura.Query(str(uuid4()))).code == "wire.efatura.2004"


def test_a_foreign_servers_faults_are_gibs(whose: str, tmp_path: Path) -> None:
    document = efatura.Document.of(ID, ZIP)
    with calling(whose, tmp_path) as client:
        assert fault_of(client, document._replace(hash="0" * 32)).number == 2000
        assert fault_of(client, document._replace(file_name="a.zip")).number == 2006
        client.call(document)
        twice = fault_of(client, document)
    assert (twice.number, twice.message, twice.is_unclear) == (2001, "ZARF ID SISTEMDE MEVCUT", False)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_foreign_server_is_asked_in_either_version_of_soap(whose: str, version: Version, tmp_path: Path) -> None:
    with calling(whose, tmp_path, version=version) as client:
        assert client.call(efatura.Document.of(ID, ZIP)).hash == efatura.hash_of(ZIP)
        assert fault_of(client, efatura.Document.of(ID, ZIP)).number == 2001


def test_the_command_sends_to_a_foreign_server_and_asks_it(
    whose: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, file = tmp_path / "kept", tmp_path / f"{ID}.zip"
    kept.mkdir()
    file.write_bytes(made())
    (kept / f"{ID}.xml").write_text(SYSTEM_RESPONSE, "utf-8")
    with served("efatura", whose, kept) as url:
        assert called(capsys, "wire", "send", file, "--to", url).code == 0
        again = called(capsys, "wire", "send", file, "--to", url, "--retry", "3", "--format", "json")
        assert (again.code, again.objects()[0]["result"]) == (0, "there")
        asked = called(capsys, "wire", "status", ID, "--to", url, "--format", "json")
    assert (asked.code, asked.objects()[0]["status"]) == (0, "1200")
    assert (kept / f"{ID}.zip").read_bytes() == made()


@pytest.mark.parametrize("packing", ["mtom", "inline"])
def test_a_foreign_client_sends_to_our_server_end(whose: str, packing: str, tmp_path: Path) -> None:
    file, md5 = tmp_path / "data", efatura.hash_of(ZIP)
    file.write_bytes(ZIP)
    with listening(efatura.SERVICE, RECEIPT) as (url, other):
        assert (
            asked("efatura", whose, "send", packing, url, file, f"{ID}.zip", md5)
            == f"receipt {md5} ZARF KUYRUGA EKLENDI"
        )
    (call,) = other.calls
    assert call.request == efatura.Document(f"{ID}.zip", ZIP, md5)
    assert (call.message.is_mtom, call.message.version) == (packing == "mtom", Version.SOAP12)


def test_a_foreign_client_asks_our_server_end(whose: str) -> None:
    with listening(efatura.SERVICE, efatura.SystemResponse(SYSTEM_RESPONSE)) as (url, other):
        assert asked("efatura", whose, "ask", "inline", url, ID) == f"answer {SYSTEM_RESPONSE}"
    assert other.calls[0].request == efatura.Query(ID)


@pytest.mark.parametrize("row", efatura.FAULTS.rows, ids=lambda row: row.code)
def test_a_foreign_client_understands_our_faults(whose: str, row: Any) -> None:
    with listening(efatura.SERVICE, efatura.SERVICE.fault_of("sendDocument", row.number)) as (url, _):
        assert asked("efatura", whose, "ask", "inline", url, ID) == f"fault {row.number} {row.label}"


REPORT = earsiv.SendDocumentFile(Attachment(f"{ID}.zip", ZIP))


@pytest.mark.parametrize("mtom", [True, False])
def test_a_foreign_server_takes_our_reports_and_says_how_they_stand(whose: str, mtom: bool, tmp_path: Path) -> None:
    with calling(whose, tmp_path, earsiv, mtom=mtom) as client:
        unknown = client.call(earsiv.GetBatchStatus(ID))
        assert client.call(REPORT) == earsiv.Sent("Dosya Kaydedildi")
        known = client.call(earsiv.GetBatchStatus(ID))
        wrong = fault_of(client, earsiv.SendDocumentFile(Attachment("a.zip", ZIP)))
    assert (tmp_path / f"{ID}.zip").read_bytes() == ZIP
    assert (unknown.status.code, known.status.code, known.status.vkn) == (2, 30, "4812530769")
    assert wrong.code == "wire.earsiv.send.009"


@pytest.mark.parametrize("mtom", [True, False])
def test_a_foreign_servers_list_is_read_byte_by_byte(whose: str, mtom: bool, tmp_path: Path) -> None:
    (tmp_path / "users.zip").write_bytes(ZIP)
    with calling(whose, tmp_path, earsiv, mtom=mtom) as client:
        assert client.call(earsiv.GetUserList("XML")) == earsiv.UserList(Attachment("users.zip", ZIP))
        assert fault_of(client, earsiv.GetUserList("JSON")).code == "wire.earsiv.users.002"


@pytest.mark.parametrize("packing", ["mtom", "inline"])
def test_a_foreign_client_sends_reports_and_fetches_lists(whose: str, packing: str, tmp_path: Path) -> None:
    file, fetched = tmp_path / "data", tmp_path / "fetched"
    file.write_bytes(ZIP)
    state = earsiv.StatusAnswer(earsiv.BatchStatus("kuyrukta", 10, ID))
    answers = earsiv.Sent("Dosya Kaydedildi"), state, earsiv.UserList(Attachment("list.zip", ZIP))
    with listening(earsiv.SERVICE, *answers) as (url, other):
        assert asked("earsiv", whose, "send", packing, url, file, f"{ID}.zip") == "receipt Dosya Kaydedildi"
        assert asked("earsiv", whose, "ask", packing, url, ID) == f"answer 10 kuyrukta {ID}"
        assert asked("earsiv", whose, "list", packing, url, "XML", fetched) == "answer list.zip"
    assert [call.request for call in other.calls] == [REPORT, earsiv.GetBatchStatus(ID), earsiv.GetUserList("XML")]
    assert fetched.read_bytes() == ZIP


@pytest.mark.parametrize("row", [*earsiv.USERS.rows, *earsiv.STATUS.rows], ids=lambda row: row.code)
def test_a_foreign_client_understands_our_faults_of_reports(whose: str, row: Any) -> None:
    operation = "getUserList" if row in earsiv.USERS.rows else "getBatchStatus"
    with listening(earsiv.SERVICE, earsiv.SERVICE.fault_of(operation, row.number)) as (url, _):
        assert asked("earsiv", whose, "ask", "inline", url, ID) == f"fault {row.number} {row.label}"
