"""The WSDLs that Ulak serves say what GİB's say, and a foreign client made from GİB's talks to Ulak's server end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from support import REFERENCE, needs_reference
from ulak.errors import UlakError
from ulak.wire import Service, Version, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment
from ulak.wire.wsdl import description

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap12/}"
XS = "{http://www.w3.org/2001/XMLSchema}"
PACKAGES = REFERENCE / "packages"
GIBS: dict[str, tuple[Service[Any, Any], Path]] = {
    "EFatura": (efatura.SERVICE, PACKAGES / "efatura-20260312" / "wsdl" / "EFatura_Test.wsdl"),
    "EArsivWs": (earsiv.SERVICE, PACKAGES / "earsiv-1.1_6" / "EArsivWs.wsdl"),
}
GUID = "bd0a35bd-2578-4eaa-9f94-e7906e196771"


class Description(NamedTuple):
    """What a client needs of a WSDL."""

    names: tuple[str, ...]
    operations: Mapping[Any, Any]
    elements: Mapping[str, str]
    types: Mapping[Any, Any]


def local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


def read(wsdl: bytes) -> Description:
    root = etree.fromstring(wsdl)
    elements = {one.get("name"): local(one.find(f"{WSDL}part").get("element")) for one in root.iter(f"{WSDL}message")}  # type: ignore[union-attr]
    actions = {
        one.get("name"): one.find(f"{SOAP}operation").get("soapAction")  # type: ignore[union-attr]
        for one in root.iterfind(f"{WSDL}binding/{WSDL}operation")
    }
    operations = {}
    for one in root.iterfind(f"{WSDL}portType/{WSDL}operation"):
        sides = [
            (etree.QName(side).localname, elements[local(side.get("message"))])
            for side in one.iterchildren(etree.Element)
        ]
        operations[one.get("name")] = (actions[one.get("name")], sorted(sides))
    schema = next(one for one in root.iter(f"{XS}schema") if one.get("targetNamespace") == root.get("targetNamespace"))
    types = {
        kind.get("name"): [
            (field.get("name"), local(field.get("type")), field.get("minOccurs", "1"), field.get("nillable", "false"))
            for field in kind.iter(f"{XS}element")
        ]
        for kind in schema.findall(f"{XS}complexType")
    }
    port = root.find(f"{WSDL}service/{WSDL}port")
    service, port_type, binding = (root.find(f"{WSDL}{tag}") for tag in ("service", "portType", "binding"))
    parts = (root, service, port, port_type, binding)
    names = tuple(part.get("name", "") for part in parts if part is not None)
    roots = {str(one.get("name")): local(one.get("type")) for one in schema.findall(f"{XS}element")}
    return Description((root.get("targetNamespace", ""), *names), operations, roots, types)


@needs_reference
@pytest.mark.parametrize("name", GIBS)
def test_our_description_says_what_gibs_says(name: str) -> None:
    service, path = GIBS[name]
    ours, theirs = read(description(service, "https://x/")), read(path.read_bytes())
    assert ours == theirs


@pytest.mark.parametrize("service", [efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE])
def test_the_address_is_the_one_that_is_served(service: Service[Any, Any]) -> None:
    root = etree.fromstring(description(service, "https://örnek/?a=1&b=2"))
    address = root.find(f"{WSDL}service/{WSDL}port/{SOAP}address")
    assert address is not None
    assert address.get("location") == "https://örnek/?a=1&b=2"


class Server:
    """Ulak's server end without a network."""

    def __init__(self, service: Service[Any, Any]) -> None:
        self.service = service
        self.calls: list[Any] = []

    def answer(self, kind: str, body: bytes) -> tuple[int, str, bytes]:
        try:
            call = self.service.read_request(kind, body)
            self.calls.append(call.request)
            reply = self.service.write_response(call, self.work(call.request))
        except UlakError as error:
            reply = self.service.write_fault(error, version=Version.SOAP12)
        return reply.status, reply.payload.content_type, reply.payload.body

    def work(self, request: Any) -> Any:
        match request:
            case efatura.Document():
                efatura.check_document(request)
                return efatura.Receipt("alındı", efatura.hash_of(request.data))
            case efatura.Query():
                return efatura.SystemResponse(f"<a>{request.envelope_id}</a>")
            case earsiv.SendDocumentFile():
                earsiv.check_package(request)
                return earsiv.Sent("Dosya Kaydedildi")
            case earsiv.GetUserList():
                earsiv.check_user_list(request)
                return earsiv.UserList(Attachment("list.zip", b"zip"))
            case _:
                return earsiv.StatusAnswer(earsiv.BatchStatus("işlendi", 30, request.package_id, "", "1234567808"))


def zeep_client(wsdl: str, server: Server) -> Any:
    """A client made by zeep, whose messages go to our server end."""
    zeep: Any = pytest.importorskip("zeep", reason="zeep, the foreign SOAP client, is not installed")
    requests: Any = pytest.importorskip("requests")

    def post(_address: str, message: bytes, headers: dict[str, str]) -> Any:
        answer = requests.Response()
        answer.status_code, kind, answer._content = server.answer(headers["Content-Type"], message)
        answer.headers["Content-Type"] = kind
        answer.encoding = "utf-8"
        return answer

    transport = zeep.transports.Transport()
    transport.post = post
    return zeep.Client(wsdl, transport=transport)


def whose(who: str, name: str, folder: Any) -> str:
    service, path = GIBS[name]
    if who == "GİB's":
        return str(path)
    ours = folder / "ours.wsdl"
    ours.write_bytes(description(service, "https://localhost/"))
    return str(ours)


@needs_reference
@pytest.mark.parametrize("who", ["GİB's", "ours"])
def test_a_zeep_client_sends_and_asks_for_envelopes(who: str, tmp_path: Any) -> None:
    server = Server(efatura.SERVICE)
    client = zeep_client(whose(who, "EFatura", tmp_path), server)
    document = efatura.Document.of(GUID, b"PK\x00\xff")
    fields = {"fileName": document.file_name, "binaryData": document.data, "hash": document.hash}
    receipt = client.service.sendDocument(**fields)
    assert (receipt.msg, receipt.hash) == ("alındı", document.hash)
    assert server.calls == [document]
    assert client.service.getApplicationResponse(instanceIdentifier=GUID) == f"<a>{GUID}</a>"
    with pytest.raises(Exception, match="OZET DEGERLER ESIT DEGIL") as caught:
        client.service.sendDocument(**{**fields, "hash": "0" * 32})
    detail = caught.value.detail  # type: ignore[attr-defined]
    assert detail.findtext(".//code") == "2000"


@needs_reference
@pytest.mark.parametrize("who", ["GİB's", "ours"])
def test_a_zeep_client_sends_and_asks_for_reports(who: str, tmp_path: Any) -> None:
    server = Server(earsiv.SERVICE)
    client = zeep_client(whose(who, "EArsivWs", tmp_path), server)
    sent = client.service.sendDocumentFile({"fileName": f"{GUID}.zip", "binaryData": b"zip"})
    assert sent == "Dosya Kaydedildi"
    users = client.service.getUserList("XML")
    assert (users.fileName, users.binaryData) == ("list.zip", b"zip")
    status = client.service.getBatchStatus(GUID)
    assert (status.durumKodu, status.paketId, status.vergiKimlikNo) == (30, GUID, "1234567808")
    assert server.calls[0] == earsiv.SendDocumentFile(Attachment(f"{GUID}.zip", b"zip"))
    with pytest.raises(Exception, match="Beklenen: XML ya da CSV"):
        client.service.getUserList("JSON")
