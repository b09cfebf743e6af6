"""Whatever bytes come in whatever pieces, the HTTP server answers in HTTP or closes, and serves the next one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, suppress

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from test_center_http_server_keeps_serving import QUICK, connect, read_all
from ulak_center.web.http import Address, serving
from ulak_center.web.values import Answer, Plain, Reply, Request

GOOD = (
    b"POST /a?b=c HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
    b"HEAD http://b/ HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.0\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nmore",
)
PIECES = (
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b" ",
    b"\t",
    b":",
    b",",
    b"%",
    b"#",
    b"Content-Length: 3\r\n",
    b"Host: b\r\n",
    b"\xff",
)


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    limits = QUICK._replace(head_seconds=0.1, gap_seconds=0.1, body_grace=0.1, linger=0.05, idle=0.1)

    def echo(request: Request) -> Answer:
        return Reply(200, request.body)

    with serving(Plain(echo), limits=limits) as found:
        yield found


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A good request with something put in, taken out, doubled or overwritten, a few times."""
    data = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 12)))
        new = draw(st.sampled_from(PIECES) | st.binary(max_size=6) | st.just(data[at:to] * 2))
        data = data[:at] + new + data[to:]
    return data


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | mutants() | st.sampled_from(GOOD), st.integers(1, 400))
@example(b"\r\n" * 200, 1)
@example(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 30, 7)
def test_any_bytes_are_answered_or_closed(address: Address, data: bytes, step: int) -> None:
    with closing(connect(address)) as connection:
        with suppress(OSError):
            for start in range(0, len(data), step):
                connection.sendall(data[start : start + step])
            connection.shutdown(socket.SHUT_WR)
        answer = read_all(connection)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert b"HTTP/1.1 500" not in answer
    assert httpx.get(address.url).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(min_size=20, max_size=200), max_size=8), st.booleans())
def test_bodies_arrive_as_they_were_sent(address: Address, pieces: list[bytes], chunked: bool) -> None:
    whole = b"".join(pieces)
    answer = httpx.post(address.url, content=iter(pieces) if chunked else whole)
    assert (answer.status_code, answer.content) == (200, whole)
