"""HTTPS for `ulak.seal.keys.host`: few, small and quick requests, everything about them bounded."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from ulak.seal.keys.host import Answer, SigningHost
from ulak.seal.keys.problems import failure

__all__ = ["Bounds", "Listener", "server_tls"]

_HEAD: Final = re.compile(rb"([A-Z]{1,16}) (/[!-~]{0,1000}) HTTP/1\.([01])")
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*?)[ \t]*")
_PHRASES: Final = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    411: "Length Required",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class Bounds(NamedTuple):
    """What a client may ask for.

    Attributes:
        head: bytes of the request's head.
        body: bytes of its body.
        seconds: for a whole request to arrive, and for its answer to be taken.
        connections: at a time; more are turned away.
    """

    head: int = 8 * 1024
    body: int = 16 * 1024
    seconds: float = 10.0
    connections: int = 64


class _Request(NamedTuple):
    verb: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    lasting: bool


class _Bad(Exception):
    """A request that is not answered; the connection ends."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.answer = Answer(status, {"error": "invalid_request", "error_description": description})


class Listener:
    """Listens on an address while it is entered; all signing is done in one thread.

    Args:
        port: 0 takes a free one; `port` tells which.
    """

    def __init__(
        self,
        host: SigningHost,
        tls: ssl.SSLContext,
        address: str,
        port: int,
        bounds: Bounds = Bounds(),  # noqa: B008
    ) -> None:
        self._host, self._tls, self._address, self._port, self._bounds = host, tls, address, port, bounds
        self._signer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sign")
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def __aenter__(self) -> Listener:
        try:
            self._server = await asyncio.start_server(
                self._connected,
                self._address,
                self._port,
                ssl=self._tls,
                limit=self._bounds.head,
                ssl_handshake_timeout=self._bounds.seconds,
            )
        except (OSError, OverflowError) as error:
            raise failure("key.host-setup", detail=getattr(error, "strerror", None) or error) from None
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        # A client that keeps its connection would keep us, too: it is in no hurry to take leave.
        for writer in self._open:
            writer.transport.abort()
        self._signer.shutdown(wait=True, cancel_futures=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if len(self._open) <= self._bounds.connections:
                await self._converse(reader, writer)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            pass  # The client went away, or kept us waiting.
        finally:
            self._open.discard(writer)
            writer.close()
            with suppress(OSError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), self._bounds.seconds)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lasting = True
        while lasting:
            try:
                async with asyncio.timeout(self._bounds.seconds):
                    request = await self._read(reader)
            except _Bad as bad:
                answer, lasting = bad.answer, False
            else:
                answer, lasting = await self._answered(request), request.lasting
            writer.write(_written(answer, lasting))
            async with asyncio.timeout(self._bounds.seconds):
                await writer.drain()

    async def _answered(self, request: _Request) -> Answer:
        authorization = request.headers.get("authorization", "")
        task = partial(self._host.answer, request.verb, request.path, authorization, request.body)
        return await asyncio.get_running_loop().run_in_executor(self._signer, task)

    async def _read(self, reader: asyncio.StreamReader) -> _Request:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            raise _Bad(431, f"The head is longer than {self._bounds.head} bytes") from None
        first, *lines = head[:-4].split(b"\r\n")
        match = _HEAD.fullmatch(first)
        if match is None:
            raise _Bad(400, "The request line cannot be read")
        headers = _headers(lines)
        size = self._size(headers)
        body = await reader.readexactly(size)
        lasting = match[3] == b"1" and headers.get("connection", "").lower() != "close"
        return _Request(match[1].decode(), match[2].decode(), headers, body, lasting)

    def _size(self, headers: Mapping[str, str]) -> int:
        size = headers.get("content-length", "")
        if "transfer-encoding" in headers or not size:
            raise _Bad(411, "Content-Length is needed")
        if not re.fullmatch(r"[0-9]{1,9}", size):
            raise _Bad(400, "Content-Length cannot be read")
        if int(size) > self._bounds.body:
            raise _Bad(413, f"The body is longer than {self._bounds.body} bytes")
        return int(size)


def server_tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS with a certificate (PEM, its issuers behind it) and its key (PEM, not encrypted).

    Raises:
        KeyFailure: ``key.host-setup``.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password=lambda: b"")
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or getattr(error, "reason", None) or error
        raise failure("key.host-setup", detail=f"{certificate}, {key}: {detail}") from None
    return context


def _headers(lines: list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        match = _HEADER.fullmatch(line)
        if match is None:
            raise _Bad(400, "A header cannot be read")
        name = match[1].decode().lower()
        if name in headers and name in ("content-length", "transfer-encoding", "authorization"):
            raise _Bad(400, f"The header {name} is there twice")
        headers[name] = match[2].decode("latin-1")
    return headers


def _written(answer: Answer, lasting: bool) -> bytes:
    body = json.dumps(answer.body, ensure_ascii=False).encode()
    head = [
        f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, 'Error')}",
        "Content-Type: application/json;charset=UTF-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        f"Connection: {'keep-alive' if lasting else 'close'}",
    ]
    head += ["WWW-Authenticate: Bearer"] if answer.status == 401 else []
    head += ["Retry-After: 1"] if answer.status == 503 else []
    return "\r\n".join([*head, "", ""]).encode() + body
