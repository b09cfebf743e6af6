"""Whoever sends a body slowly, or reads an answer slowly, holds up nobody else, and not for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

from ulak_server.operations import front
from ulak_server.operations.front import SMALL, Front, Scope, environ_of
from ulak_server.operations.lanes import Lanes

Handler = Callable[..., Iterable[bytes]]


class Headers:
    def __init__(self, items: Sequence[tuple[str, str]]) -> None:
        self._items = items

    def items(self) -> Sequence[tuple[str, str]]:
        return self._items


def request(*headers: tuple[str, str], method: str = "POST", path: str = "/a", client: str = "192.0.2.7:999") -> Scope:
    return cast(
        Scope,
        SimpleNamespace(
            http_version="1.1",
            server="127.0.0.1:8000",
            client=client,
            scheme="http",
            method=method,
            path=path,
            query_string="x=1",
            headers=Headers(headers),
        ),
    )


class Connection:
    """One request's other end: pieces of a body, with a wait where None stands; what was answered.

    Args:
        leaves: after how many pieces of an answer its reader goes.
    """

    def __init__(self, *pieces: bytes | None, leaves: int | None = None) -> None:
        self._pieces, self._leaves = list(pieces), leaves
        self.status, self.body, self.headers = 0, b"", dict[str, str]()

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._pieces:
            piece = self._pieces.pop(0)
            if piece is None:
                await asyncio.sleep(60)
            else:
                yield piece

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, dict(headers), body

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Connection:
        self.status, self.headers = status, dict(headers)
        return self

    async def send_bytes(self, data: bytes) -> None:
        if self._leaves == 0:
            raise ProtocolClosed
        self._leaves = None if self._leaves is None else self._leaves - 1
        self.body += data


def echo(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
    try:
        body = environ["wsgi.input"].read()
    except OSError:
        start("400 Bad Request", [])
        return [b"broken off"]
    start("200 OK", [("X-Length", str(len(body)))])
    return [body[:5]]


def sized(count: int) -> tuple[str, str]:
    return ("Content-Length", str(count))


def asked(*connections: tuple[Scope, Connection], handler: Handler = echo, patience: float = 0.2) -> None:
    """Let these requests come at the same time."""
    one = Front(handler, 2, patience=patience)

    async def all_of_them() -> None:
        await asyncio.wait_for(asyncio.gather(*(one.__rsgi__(*each) for each in connections)), 30)

    asyncio.run(all_of_them())


def test_a_request_is_answered() -> None:
    plain, small, large, chunked = (
        Connection(),
        Connection(b"hel", b"lo!"),
        Connection(b"x" * SMALL, b"yz"),
        Connection(b"abc"),
    )
    asked(
        (request(method="GET"), plain),
        (request(sized(6)), small),
        (request(sized(SMALL + 2)), large),
        (request(("Transfer-Encoding", "chunked")), chunked),
    )
    assert [(each.status, each.headers["x-length"]) for each in (plain, small, large, chunked)] == [
        (200, "0"), (200, "6"), (200, str(SMALL + 2)), (200, "3"),
    ]  # fmt: skip


def test_bodies_that_do_not_come_hold_no_thread() -> None:
    slow = [(request(sized(1000)), Connection(b"half", None)) for _ in range(50)]
    prompt = [(request(sized(5)), Connection(b"hello")), (request(method="GET"), Connection())]
    order: list[str] = []

    def handler(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        order.append(environ["REQUEST_METHOD"])
        return echo(environ, start)

    asked(*slow, *prompt, handler=handler)
    assert sorted(order) == ["GET", "POST"], "the others never came to a thread"
    assert {one.status for _, one in slow} == {408}
    assert {one.headers["connection"] for _, one in slow} == {"close"}
    assert [one.status for _, one in prompt] == [200, 200]


def test_large_bodies_take_few_threads_and_have_to_come_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_LARGE_AT_ONCE", 1)
    slow = [(request(sized(SMALL * 4), client=f"192.0.2.{n}:1"), Connection(b"half", None)) for n in range(3)]
    prompt = (request(method="GET"), Connection())
    asked(*slow, prompt)
    assert {(one.status, one.body) for _, one in slow} == {(400, b"broken off")}
    assert prompt[1].status == 200


def test_a_large_body_that_drips_is_broken_off() -> None:
    drip = Connection(*[b"x", None] * 5)
    asked((request(sized(SMALL * 4)), drip))
    assert (drip.status, drip.body) == (400, b"broken off")


def test_too_many_that_wait_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_MOST_WAITING", 2)
    waiting = [(request(sized(9)), Connection(b"half", None)) for _ in range(3)]
    asked(*waiting)
    assert sorted(one.status for _, one in waiting) == [408, 408, 503]


def test_large_bodies_wait_for_their_turn_and_then_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_QUEUE", 0.05)
    monkeypatch.setattr(front, "_LARGE_EACH", 1)
    waiting = [(request(sized(SMALL + 1)), Connection(b"half", None)) for _ in range(2)]
    asked(*waiting)
    assert sorted(one.status for _, one in waiting) == [400, 503]


class Stream:
    """An answer made piece by piece."""

    streaming = True

    def __init__(self, count: int) -> None:
        self.made, self._count, self.closed = 0, count, threading.Event()

    def __iter__(self) -> Iterable[bytes]:
        for _ in range(self._count):
            self.made += 1
            yield b"x" * 100_000

    def close(self) -> None:
        self.closed.set()


def streamed(one: Stream) -> Handler:
    def handler(_: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        return cast(Iterable[bytes], one)

    return handler


def test_a_long_answer_comes_whole() -> None:
    one, reader = Stream(50), Connection()
    asked((request(method="GET"), reader), handler=streamed(one))
    assert (reader.status, len(reader.body)) == (200, 5_000_000)
    assert one.closed.is_set()


def test_whoever_stops_reading_stops_the_making() -> None:
    one, reader = Stream(100_000), Connection(leaves=3)
    asked((request(method="GET"), reader), handler=streamed(one))
    assert one.closed.wait(20)
    assert one.made < 100_000


def test_a_mistake_in_the_program_is_answered() -> None:
    def handler(_: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        raise RuntimeError("a mistake")

    one = Connection()
    asked((request(method="GET"), one), handler=handler)
    assert one.status == 500


def test_the_request_reaches_django_as_it_was_meant() -> None:
    scope = request(
        ("Host", "ulak.example"),
        ("Content-Type", "text/plain"),
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("Accept", "x"),
        ("Accept", "y"),
        ("X_Forwarded_For", "forged"),
        path="/ğ/%41",
        client="[2001:db8::1]:5",
    )
    environ = environ_of(scope, cast(Any, None))
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ğ/%41", "what was an escape is none any more"
    assert (environ["CONTENT_TYPE"], environ["HTTP_HOST"]) == ("text/plain", "ulak.example")
    assert (environ["HTTP_COOKIE"], environ["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert environ["REMOTE_ADDR"] == "2001:db8::1"
    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_lanes_are_given_back_whatever_happens() -> None:
    async def tried() -> None:
        lanes = Lanes(2, 1)
        await lanes.enter("a")
        for _ in range(5):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(lanes.enter("a"), 0.01)
        await asyncio.wait_for(lanes.enter("b"), 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(lanes.enter("c"), 0.01)
        lanes.leave("a")
        await asyncio.wait_for(lanes.enter("a"), 1)
        lanes.leave("a")
        lanes.leave("b")
        assert lanes._own == {}, "nobody is remembered"

    asyncio.run(tried())
