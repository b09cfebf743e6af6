"""The client: one request, one answer, in bounded time, and errors that say whether the request may have been taken."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from keys_host import tls_files
from ports import port_of_nobody
from ulak.errors import UlakError
from ulak.wire import Limits, ServiceFault, WireError, efatura
from ulak.wire.client import Client, Times, tls_context
from wire_cases import code_of
from wire_server import Heard, Script, http, serving

SERVICE = efatura.SERVICE
DOCUMENT = efatura.Document.of("bd0a35bd-2578-4eaa-9f94-e7906e196771", b"zip" * 100_000)
QUICK = Times(connect=2, silence=5, total=10)


def merkez(connection: socket.socket, heard: Heard) -> None:
    """Takes every envelope that is right."""
    try:
        call = SERVICE.read_request(heard.headers["content-type"], heard.body)
        assert isinstance(call.request, efatura.Document)
        efatura.check_document(call.request)
        reply = SERVICE.write_response(call, efatura.Receipt("ok", efatura.hash_of(call.request.data)))
    except UlakError as error:
        reply = SERVICE.write_fault(error)
    connection.sendall(http(reply.status, reply.payload.content_type, reply.payload.body))


def client(port: int, times: Times = QUICK, **options: Any) -> Client[Any, Any]:
    return Client(SERVICE, f"http://127.0.0.1:{port}/", allow_http=True, times=times, **options)


def says(answer: bytes) -> Script:
    return lambda connection, _: connection.sendall(answer)


def hangs_up(answer: bytes) -> Script:
    def script(connection: socket.socket, _: Heard) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_RDWR)

    return script


def failure(script: Script, times: Times = QUICK, **options: Any) -> WireError:
    with (
        serving(script) as (port, _),
        client(port, times, **options) as caller,
        pytest.raises(WireError) as caught,
    ):
        caller.call(DOCUMENT)
    return caught.value


@pytest.mark.parametrize("mtom", [True, False])
def test_an_envelope_is_delivered_and_the_connection_kept(mtom: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    with serving(merkez) as (port, requests), client(port, mtom=mtom) as caller:
        for _ in range(2):
            assert caller.call(DOCUMENT) == efatura.Receipt("ok", DOCUMENT.hash)
    assert requests == [2]


def test_a_fault_is_the_services_own() -> None:
    with serving(merkez) as (port, _), client(port) as caller, pytest.raises(ServiceFault) as caught:
        caller.call(DOCUMENT._replace(file_name="a.zip"))
    assert (caught.value.code, caught.value.is_unclear) == ("wire.efatura.2006", False)


def test_whom_nobody_reaches_got_nothing() -> None:
    with port_of_nobody() as port, client(port) as caller, pytest.raises(WireError) as caught:
        caller.call(DOCUMENT)
    assert (caught.value.code, caught.value.is_unclear, caught.value.permanent) == ("wire.unreachable", False, False)


ok = SERVICE.write_fault(SERVICE.fault_of("sendDocument", 2005)).payload
ANSWERS: dict[str, tuple[Script, str, bool, bool]] = {
    "hangs up": (hangs_up(b""), "wire.broken", True, False),
    "hangs up in the middle": (hangs_up(http(200, "text/xml", b"x" * 100)[:-50]), "wire.broken", True, False),
    "speaks no HTTP": (hangs_up(b"220 smtp\r\n"), "wire.broken", True, False),
    "redirects": (says(http(302, "text/html", b"", "Location: http://127.0.0.1:9/")), "wire.redirected", False, True),
    "is overloaded": (says(http(503, "text/html", b"<html>")), "wire.http", True, False),
    "wants a pause": (says(http(429, "text/html", b"")), "wire.http", True, False),
    "does not know the address": (says(http(404, "text/html", b"<html>")), "wire.http-refused", False, True),
    "says yes in HTML": (says(http(200, "text/html", b"<html>")), "wire.answer-broken", True, False),
    "says yes in half a message": (says(http(200, "text/xml", b"<a>")), "wire.answer-broken", True, False),
    "says nothing": (says(http(200, "", b"")), "wire.answer-broken", True, False),
    "compresses": (says(http(200, "text/xml", b"", "Content-Encoding: gzip")), "wire.answer-broken", True, False),
    "says what was not asked": (says(http(200, "text/xml", b"<a/>")), "wire.answer-broken", True, False),
    "has a fault": (says(http(500, ok.content_type, ok.body)), "wire.efatura.2005", False, False),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_what_happened_is_said(name: str) -> None:
    script, code, unclear, permanent = ANSWERS[name]
    error = failure(script)
    assert (error.code, error.is_unclear, error.permanent) == (code, unclear, permanent)


def test_an_answer_that_is_too_large_is_not_read_to_its_end() -> None:
    error = failure(says(http(200, "text/xml", b"x" * 500_000)), limits=Limits(total=200_000))
    assert (error.code, error.is_unclear) == ("wire.too-large", True)


def test_a_connection_that_failed_is_closed() -> None:
    closed = threading.Event()

    def script(connection: socket.socket, _: Heard) -> None:
        connection.sendall(http(302, "text/html", b""))
        if not connection.recv(1):
            closed.set()

    with serving(script) as (port, _), client(port) as caller:
        assert code_of(lambda: caller.call(DOCUMENT)) == "wire.redirected"
        assert closed.wait(5)


def waits(connection: socket.socket, _: Heard) -> None:
    connection.recv(1)


def test_silence_ends_the_call() -> None:
    error = failure(waits, Times(connect=2, silence=0.2, total=10))
    assert (error.code, error.is_unclear) == ("wire.timeout", True)


def drip(letters: bytes) -> Script:
    def script(connection: socket.socket, _: Heard) -> None:
        for at in range(len(letters)):
            connection.sendall(letters[at : at + 1])
            time.sleep(0.02)

    return script


@pytest.mark.parametrize("letters", [b"HTTP/1.1 200 x\r\nA: " + b"a" * 400, b"HTTP/1.1 200 x\r\n\r\n" + b"a" * 400])
def test_a_server_that_drips_cannot_hold_the_call(letters: bytes) -> None:
    error = failure(drip(letters), Times(connect=2, silence=5, total=0.6))
    assert (error.code, error.is_unclear) == ("wire.timeout", True)


def test_a_server_that_does_not_read_cannot_hold_the_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        caller = client(listener.getsockname()[1], Times(connect=2, silence=5, total=0.3))
        big = DOCUMENT._replace(data=b"x" * 20_000_000)
        with caller, pytest.raises(WireError) as caught:
            caller.call(big)
    assert (caught.value.code, caught.value.is_unclear) == ("wire.timeout", True)


def test_the_servers_certificate_is_checked(tmp_path: Path) -> None:
    certificate, key = tls_files(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    with serving(merkez, server) as (port, _):
        url = f"https://localhost:{port}/"
        with Client(SERVICE, url, tls=tls_context(str(certificate)), times=QUICK) as caller:
            assert caller.call(DOCUMENT) == efatura.Receipt("ok", DOCUMENT.hash)
        with Client(SERVICE, url, times=QUICK) as stranger, pytest.raises(WireError) as caught:
            stranger.call(DOCUMENT)
    assert (caught.value.code, caught.value.is_unclear, caught.value.permanent) == ("wire.tls", False, True)


@pytest.mark.parametrize(
    "url", ["http://x/", "ftp://x/", "https://", "x", "", "https://user:secret@x/", "https://x:y/"]
)
def test_addresses_that_are_not_safe_are_refused(url: str) -> None:
    assert code_of(lambda: Client(SERVICE, url)) == "wire.address"


def test_a_seal_is_put_on_every_request() -> None:
    heard: list[bytes] = []

    def script(connection: socket.socket, request: Heard) -> None:
        heard.append(request.body)
        merkez(connection, request)

    mark: Callable[[bytes, Any], bytes] = lambda xml, _: xml.replace(b"<soap:Body>", b"<soap:Header/><soap:Body>")  # noqa: E731
    with serving(script) as (port, _), client(port, seal=mark) as caller:
        caller.call(DOCUMENT)
    assert b"<soap:Header/>" in heard[0]
