"""GİB's address takes any bytes: calls are answered, everything else gets a fault, and nothing stays half done."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from center_support import new_id, sealed, sender_envelope
from platform_way_in import bring, installation, open_all, rows
from platform_world import MELTEM, taxpayer
from ulak.envelope import Packed
from ulak.wire.efatura import SERVICE, Document, Query, hash_of
from ulak.wire.soap import fault_in, read
from ulak_server.exchange.inbound import views
from ulak_server.exchange.inbound.endpoint import LIMITS
from ulak_server.wsgi import application

zeep: Any = pytest.importorskip("zeep", reason="zeep, the foreign SOAP client, is not installed")
pytestmark = pytest.mark.usefixtures("platform_database", "meltem")
PIECES = (b"", b"<", b"&", b"\xff", b"</a>", b"0", b'"', b"<!--")
CORPUS = sorted((Path(__file__).parent / "corpus").rglob("*.xml"))


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> Iterator[int]:
    with installation():
        yield taxpayer(MELTEM, "MEL")


def post(body: bytes, kind: str = "application/soap+xml", **environ: Any) -> HttpResponse:
    return views.efatura(RequestFactory().generic("POST", "/gib/efatura", body, content_type=kind, **environ))


def fault(answer: HttpResponse) -> str:
    found = fault_in(read(answer["Content-Type"], answer.content))
    assert found is not None
    return found.reason


# -- HTTP --------------------------------------------------------------------------------------------------------------


def test_other_methods_are_refused_and_the_description_is_served() -> None:
    for method in ("GET", "PUT", "DELETE", "HEAD"):
        answer = views.efatura(RequestFactory().generic(method, "/gib/efatura"))
        assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
    answer = views.efatura(RequestFactory().get("/gib/efatura?WSDL"))
    assert (answer.status_code, b"sendDocument" in answer.content) == (200, True)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/related", "multipart/form-data; x"])
def test_what_is_no_soap_gets_a_fault(kind: str) -> None:
    answer = post(b"<a/>", kind)
    assert answer.status_code in (400, 500)
    assert fault(answer)


def test_a_body_without_a_stated_length_is_read_to_its_end() -> None:
    payload = SERVICE.write_request(Query(new_id()))
    request = RequestFactory().generic("POST", "/gib/efatura", payload.body, content_type=payload.content_type)
    del request.META["CONTENT_LENGTH"]
    request.META["wsgi.input_terminated"] = True
    request.META["wsgi.input"] = io.BytesIO(payload.body)
    assert "2004" in views.efatura(request).content.decode()


def test_more_than_is_taken_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        taken = 0

        def read(self, size: int) -> bytes:
            self.taken += size
            return b"x" * size

    endless = Endless()
    for stated in ("", str(10**15), "x"):
        request = RequestFactory().generic("POST", "/gib/efatura", b"", content_type="application/soap+xml")
        request.META.update({"CONTENT_LENGTH": stated, "wsgi.input_terminated": True, "wsgi.input": endless})
        answer = views.efatura(request)
        assert answer.status_code in (400, 500)
    assert endless.taken <= 3 * (LIMITS.total + 1)


def test_too_many_at_once_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_WAIT", 0.01)
    monkeypatch.setattr(views, "_all", threading.BoundedSemaphore(1))
    with views._all:
        answer = post(SERVICE.write_request(Query(new_id())).body)
    assert (answer.status_code, "2005" in answer.content.decode()) == (500, True)


def test_our_own_failure_is_2005_and_says_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(views, "answer", broken)
    answer = post(b"<a/>")
    assert (answer.status_code, "2005" in answer.content.decode()) == (500, True)
    assert b"secret" not in answer.content


# -- any bytes ---------------------------------------------------------------------------------------------------------


@given(
    body=st.binary(max_size=400),
    kind=st.one_of(st.text(max_size=60), st.sampled_from(["application/soap+xml", "text/xml", "multipart/related"])),
)
@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_get_a_fault(body: bytes, kind: str) -> None:
    request = RequestFactory().generic("POST", "/gib/efatura", body, content_type="text/xml")
    request.META["CONTENT_TYPE"] = kind
    answer = views.efatura(request)
    assert answer.status_code in (400, 500)
    assert fault(answer)


@pytest.mark.parametrize("mtom", [True, False])
def test_damaged_calls_are_answered(mtom: bool) -> None:
    chance = Random(7)
    payload = SERVICE.write_request(Document.of(new_id(), b"PK\x03\x04 zip"), mtom=mtom)
    for _ in range(150):
        body = bytearray(payload.body)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(body))
            body[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        answer = post(bytes(body), payload.content_type)
        assert answer.status_code in (200, 400, 500)
        read(answer["Content-Type"], answer.content)


# -- any envelope ------------------------------------------------------------------------------------------------------


def ended(ids: set[str]) -> None:
    """Everything that was kept is opened, has a code, and rests or is being answered."""
    open_all()
    found = rows("SELECT id, stage, code FROM exchange_inbound WHERE id = ANY (%s)", sorted(ids))
    assert {row["id"] for row in found} == ids
    assert {row["stage"] for row in found} <= {"responding", "untold", "filed"}
    assert all(row["code"] for row in found)


def zipped(name: str, xml: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return made.getvalue()


def brought(data: bytes, id: str = "") -> str:
    id = id or new_id()
    bring(Packed(f"{id}.zip", hash_of(data), len(data), data))
    return id.lower()


def test_envelopes_damaged_anywhere_are_opened_and_answered() -> None:
    chance, ids = Random(3), set()
    for _ in range(60):
        packed = sender_envelope(sealed("invoice/temelfatura-satis"))
        data = bytearray(packed.data)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        ids.add(brought(bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))])))
    ended(ids)


def test_xml_damaged_anywhere_is_opened_and_answered() -> None:
    chance, ids = Random(5), set()
    for _ in range(60):
        packed = sender_envelope(sealed("invoice/temelfatura-satis"))
        with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
            (name,) = archive.namelist()
            xml = bytearray(archive.read(name))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(xml))
            xml[at : at + chance.randint(0, 4)] = chance.choice(
                (b"", b"<", b"&", b"\xff", b"</a>", b"0", b'"', b"<!--")
            )
        ids.add(brought(zipped(name, bytes(xml)), name.removesuffix(".xml")))
    ended(ids)


def test_odd_documents_in_good_envelopes_are_answered() -> None:
    """Every bad document of the corpus, put where an invoice should be."""
    good = sealed("invoice/temelfatura-satis")
    packed = sender_envelope(good)
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        (name,) = archive.namelist()
        whole = archive.read(name)
    begin, end = whole.index(b"<Invoice "), whole.index(b"</Invoice>") + len(b"</Invoice>")
    ids = set()
    for path in CORPUS:
        id = new_id()
        xml = (whole[:begin] + path.read_bytes() + whole[end:]).replace(name[:-4].encode(), id.encode())
        ids.add(brought(zipped(f"{id}.xml", xml), id))
    ended(ids)


def test_a_bomb_is_told_without_being_unpacked() -> None:
    id = new_id()
    ids = {
        brought(zipped(f"{id}.xml", b"<a>" + b" " * 200_000_000), id),
        brought(b""),
        brought(b"PK\x05\x06" + bytes(18)),
    }
    ended(ids)


# -- a foreign client --------------------------------------------------------------------------------------------------


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def _closing(environ: Any, start: Any) -> Any:
    try:
        return list(application(environ, start))
    finally:
        connections.close_all()


@contextmanager
def served() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, _closing, server_class=_Threads, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    values: Any = settings.ENVIRONMENT.values
    before = values["ULAK_PUBLIC_URL"]
    values["ULAK_PUBLIC_URL"] = address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield f"{address}/gib/efatura"
    finally:
        values["ULAK_PUBLIC_URL"] = before
        server.shutdown()
        thread.join()
        server.server_close()


def test_zeep_made_from_the_served_description_sends_and_asks() -> None:
    packed = sender_envelope()
    id = packed.name.removesuffix(".zip")
    with served() as address:
        client = zeep.Client(f"{address}?wsdl").service
        receipt = client.sendDocument(fileName=packed.name, binaryData=packed.data, hash=packed.md5)
        assert receipt.hash == packed.md5
        assert "1000" in client.getApplicationResponse(instanceIdentifier=id)
        with pytest.raises(zeep.exceptions.Fault) as again:
            client.sendDocument(fileName=packed.name, binaryData=packed.data, hash=packed.md5)
        assert "ZARF ID SISTEMDE MEVCUT" in again.value.message
        open_all()
        assert "1200" in client.getApplicationResponse(instanceIdentifier=id)
