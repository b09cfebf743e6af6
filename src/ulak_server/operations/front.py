"""Between the web server and Django: no thread waits for what a stranger has not sent yet.

Requests are answered by a bounded number of threads. A small body is awaited without a thread, and only so long; a
large one is read by a thread as it comes, but few threads may do so at a time, and each piece has to come in time. So
whoever opens connections and sends nothing keeps nobody else from being answered. Answers are handed to the server
whole, or laid into a file as fast as they are made, so that no thread waits for a slow reader either.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any, Final, Protocol, cast

import structlog
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

from ulak.errors import Text
from ulak_server.operations.lanes import Lanes
from ulak_server.operations.made import Made

__all__ = ["PATIENCE", "SLOWEST", "SMALL", "Front", "environ_of"]

_LOG: Final = structlog.get_logger("ulak_server.front")
SMALL: Final = 256 * 1024
"""Bytes of a body that is awaited before a thread is taken."""
PATIENCE: Final = 10.0
SLOWEST: Final = 32 * 1024
"""Bytes a second in which a large body has to come."""
_MOST_WAITING: Final = 512
_LARGE_AT_ONCE: Final = 6
_LARGE_EACH: Final = 2
_QUEUE: Final = 30.0
_PIECE: Final = 64 * 1024
_LATE: Final = (
    408,
    "server.late",
    Text("Gövde zamanında alınamadı; yeniden gönderin.", "The body did not come in time; send it again."),
)
_BUSY: Final = (
    503,
    "server.busy",
    Text("Sunucu şu an çok yoğun; az sonra yeniden deneyin.", "The server is too busy now; try again soon."),
)


class Scope(Protocol):
    """A request as the server tells of it (RSGI 1.5)."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    """Its escapes are resolved."""
    query_string: str
    headers: Any


class Front:
    """The application for the server.

    Args:
        handler: a WSGI application.
        threads: requests that are worked on at the same time.
        whose: who sends a request, by the address it comes from and what a proxy says of that.
        patience: seconds for a small body, and before a large one has to come at `SLOWEST`.
    """

    def __init__(
        self,
        handler: Callable[..., Iterable[bytes]],
        threads: int,
        *,
        whose: Callable[[str, str], str] = lambda peer, _: peer,
        patience: float = PATIENCE,
    ) -> None:
        self._handler, self._whose, self._patience = handler, whose, patience
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._waiting = 0
        self._lanes = Lanes(_LARGE_AT_ONCE, _LARGE_EACH)

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        with suppress(ProtocolClosed):
            headers = {name.lower(): value for name, value in scope.headers.items()}
            if not _has_body(headers):
                await self._answer(environ_of(scope, io.BytesIO()), protocol)
            elif _size(headers) <= SMALL:
                await self._small(scope, protocol)
            else:
                await self._large(scope, protocol, headers.get("x-forwarded-for", ""))

    async def _small(self, scope: Scope, protocol: Any) -> None:
        if self._waiting >= _MOST_WAITING:
            _refuse(protocol, *_BUSY)
            return
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                body = await protocol()
        except TimeoutError:
            _refuse(protocol, *_LATE)
            return
        finally:
            self._waiting -= 1
        await self._answer(environ_of(scope, io.BytesIO(body)), protocol)

    async def _large(self, scope: Scope, protocol: Any, forwarded: str) -> None:
        who = self._whose(_host(scope.client), forwarded)
        try:
            await asyncio.wait_for(self._lanes.enter(who), _QUEUE)
        except TimeoutError:
            _refuse(protocol, *_BUSY)
            return
        try:
            body = _Coming(protocol.__aiter__(), asyncio.get_running_loop(), self._patience)
            await self._answer(environ_of(scope, cast(IO[bytes], io.BufferedReader(body, _PIECE))), protocol)
        finally:
            self._lanes.leave(who)

    async def _answer(self, environ: dict[str, Any], protocol: Any) -> None:
        made = Made(asyncio.get_running_loop())
        # The loop is told once, by what was made: each word across threads wakes it up.
        self._pool.submit(self._work, environ, made)
        status, headers, whole = await made.begun
        if whole is not None:
            protocol.response_bytes(status, headers, whole)
        else:
            transport = protocol.response_stream(status, headers)
            try:
                async for piece in made.pieces():
                    await transport.send_bytes(piece)
            finally:
                made.leave()

    def _work(self, environ: dict[str, Any], made: Made) -> None:
        try:
            made.of(self._handler(environ, made.start))
        except Exception:
            # Django answers its own errors: this is one of the bridge, or of a generator that had begun.
            _LOG.exception("front.failed", path=environ["PATH_INFO"])
            made.failed()


class _Coming(io.RawIOBase):
    """A body that is still on its way, read by a thread."""

    def __init__(self, pieces: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop, patience: float) -> None:
        super().__init__()
        self._pieces, self._loop = pieces, loop
        self._left = b""
        self._until = time.monotonic() + patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            following = asyncio.run_coroutine_threadsafe(self._next(), self._loop)
            try:
                piece = following.result(max(0.0, self._until - time.monotonic()))
            except TimeoutError:
                following.cancel()
                raise OSError("the body did not come in time") from None
            if piece is None:
                return 0
            self._left = piece
            self._until += len(piece) / SLOWEST
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count

    async def _next(self) -> bytes | None:
        try:
            # The built-in `anext` ends the process with the server's own iterators.
            return bytes(await self._pieces.__anext__())
        except StopAsyncIteration:
            return None


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _host(scope.client),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # A header with an underscore would be taken for the one with a hyphen that a proxy vouches for.
        if "_" not in name:
            _put(environ, name.upper().replace("-", "_"), value)
    return environ


def _host(address: str) -> str:
    return address.rpartition(":")[0].strip("[]")


def _put(environ: dict[str, Any], name: str, value: str) -> None:
    key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
    glue = "; " if name == "COOKIE" else ","
    environ[key] = f"{environ[key]}{glue}{value}" if key in environ else value


def _has_body(headers: Mapping[str, str]) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _size(headers: Mapping[str, str]) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else SMALL + 1


def _refuse(protocol: Any, status: int, code: str, why: Text) -> None:
    told = {"type": f"urn:ulak:problem:{code}", "status": status, "code": code, "detail": why.tr, "detail_en": why.en}
    headers = [("content-type", "application/problem+json"), ("retry-after", "5"), ("connection", "close")]
    protocol.response_bytes(status, headers, json.dumps(told, ensure_ascii=False).encode())
