"""Whatever a server answers, HTTP or not: the client gives an answer or one of its own errors, and comes to an end."""

from __future__ import annotations

import socket
from collections import Counter
from functools import cache
from random import Random

import pytest

from ulak.errors import UlakError
from ulak.wire import Payload, efatura
from ulak.wire.client import Client, Times, tls_context
from wire_mutants import DAMAGES
from wire_server import Heard, http, serving

SERVICE = efatura.SERVICE
DOCUMENT = efatura.Document.of("bd0a35bd-2578-4eaa-9f94-e7906e196771", b"zip" * 10)
TOKENS = [
    *(b"HTTP/2 ", b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b"\xff", b"\r\n\r\n", b"\0", b"ffffffffffffffffff\r\n"),
    *(
        b"Content-Length: 5\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Type: \xe2(\r\n",
    ),
    *(b"Content-Type: text/xml; charset=nope\r\n", b"Location: http://[\r\n", b"Location: http:\x8d/127.0.0.1/\r\n"),
    *(b"Set-Cookie: \xff\xfe=\x01\r\n", b"Content-Encoding: br\r\n", b"X: " + b"a" * 70000 + b"\r\n"),
]


@cache
def answers() -> list[bytes]:
    sent = SERVICE.write_request(DOCUMENT)
    call = SERVICE.read_request(sent.content_type, sent.body)
    receipt: Payload = SERVICE.write_response(call, efatura.Receipt("ok", DOCUMENT.hash)).payload
    fault = SERVICE.write_fault(SERVICE.fault_of("sendDocument", 2001)).payload
    kind, body = receipt.content_type, receipt.body
    good = http(200, kind, body)
    chunked = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n".encode()
    return [
        *(good, http(500, fault.content_type, fault.body), http(200, kind, body, "Connection: close")),
        *(
            chunked + body + b"\r\n0\r\n\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n" + good,
            b"HTTP/1.0 200 OK\r\n\r\n" + body,
        ),
        *(http(301, "text/html", b"", "Location: http://127.0.0.1/"), http(204, "text/xml", b"")),
        http(200, kind, body, "Set-Cookie: a=b; Expires=x", "Content-Encoding: gzip"),
    ]


def damaged(random: Random) -> bytes:
    answer = bytearray(random.choice(answers()))
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        if random.random() < 0.5:
            at = random.randrange(answer.find(b"\r\n\r\n") + 5)
            answer[at:at] = random.choice(TOKENS)
        else:
            random.choice(DAMAGES)(random, answer)
    return bytes(answer)


class Scripted:
    """Says what it was given, whatever it hears, and hangs up."""

    said = b""

    def __call__(self, connection: socket.socket, _: Heard) -> None:
        connection.sendall(self.said)
        connection.shutdown(socket.SHUT_RDWR)
        raise OSError


@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_answer_is_read_or_refused(seed: int) -> None:
    random, other, tls = Random(seed), Scripted(), tls_context()
    found: Counter[str] = Counter()
    with serving(other) as (port, _):
        for _ in range(200):
            other.said = damaged(random)
            url, times = f"http://127.0.0.1:{port}/", Times(connect=2, silence=5, total=5)
            with Client(SERVICE, url, tls=tls, allow_http=True, times=times) as client:
                try:
                    client.call(DOCUMENT)
                    found["ok"] += 1
                except UlakError as error:
                    found[error.code] += 1
    assert found.keys() >= {"ok", "wire.broken", "wire.redirected", "wire.answer-broken"}
    assert all(code.startswith("wire.") or code == "ok" for code in found)


ODD = {
    "a redirection to nowhere": b"Location: http://[\r\n",
    "a redirection to no address": b"Location: http:\x8d/127.0.0.1/\r\n",
    "a redirection with an odd cookie": b"Set-Cookie: \xff\xfe=\x01\r\nLocation: http://127.0.0.1/\r\n",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_headers_are_the_servers_failure(name: str) -> None:
    other = Scripted()
    other.said = b"HTTP/1.1 302 x\r\nContent-Length: 0\r\n" + ODD[name] + b"\r\n"
    with (
        serving(other) as (port, _),
        Client(SERVICE, f"http://127.0.0.1:{port}/", allow_http=True) as client,
        pytest.raises(UlakError) as caught,
    ):
        client.call(DOCUMENT)
    assert caught.value.code in ("wire.answer-broken", "wire.redirected")


def test_no_cookie_is_kept() -> None:
    heard: list[Heard] = []

    def other(connection: socket.socket, request: Heard) -> None:
        heard.append(request)
        sent = SERVICE.write_response(
            SERVICE.read_request(request.headers["content-type"], request.body),
            efatura.Receipt("ok", DOCUMENT.hash),
        ).payload
        connection.sendall(http(200, sent.content_type, sent.body, "Set-Cookie: a=b", "Set-Cookie: ş=1; Path=/"))

    with serving(other) as (port, _), Client(SERVICE, f"http://127.0.0.1:{port}/", allow_http=True) as client:
        for _ in range(2):
            client.call(DOCUMENT)
    assert ["cookie" in request.headers for request in heard] == [False, False]
