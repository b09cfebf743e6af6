"""One connection: requests read one after another, each answered, held or dropped.

h11 keeps the protocol (RFC 9112); this module keeps the limits and the times.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import time
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any, Final, NamedTuple

import h11

from ulak_center.web.answers import Body, body_of, head_of, response_of
from ulak_center.web.bodies import Incoming
from ulak_center.web.targets import host_of, target_of
from ulak_center.web.values import Admitted, Answer, App, Drop, Head, Limits, Refusal, Reply, Request
from ulak_center.web.words import refusal

__all__ = ["Connection", "Pools"]

_PIECE: Final = 64 * 1024
_RESET: Final = struct.pack("ii", 1, 0)
_LOG: Final = logging.getLogger("ulak.center.web")


class _Refused(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why.text.en)
        self.why = why


class Pools(NamedTuple):
    """Threads that carry out requests: those that may wait for others, those with long bodies, and all others."""

    quick: Executor
    waiting: Executor
    heavy: Executor


class Connection:
    """Serves one client.

    Attributes:
        idle_since: when it began to wait for the next bytes of its client; None while it waits for none.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        app: App,
        limits: Limits,
        pools: Pools,
        scheme: str,
    ) -> None:
        self._reader, self._writer = reader, writer
        self._app, self._limits, self._pools, self._scheme = app, limits, pools, scheme
        self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=limits.head)
        peer = writer.get_extra_info("peername")
        self.caller: str = str(peer[0]) if peer else ""
        self.idle_since: float | None = time.monotonic()
        self._wants_no_body = False

    async def serve(self) -> None:
        """Answer requests until one side has had enough."""
        try:
            while await self._exchange():
                self._h11.start_next_cycle()
        except (OSError, TimeoutError, EOFError):
            self.reset()
        except Exception:
            _LOG.exception("connection of %s", self.caller)
            self.reset()
        finally:
            self._writer.close()

    async def turn_away(self) -> None:
        """Say that there is no room."""
        with suppress(OSError, TimeoutError):
            await self._refuse(None, refusal("full"))
        self._writer.close()

    def reset(self) -> None:
        """End the connection at once, without taking leave (RST)."""
        self.idle_since = None
        found: Any = self._writer.get_extra_info("socket")
        with suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._writer.transport.abort()

    async def _exchange(self) -> bool:
        """One request and its answer; whether another may follow."""
        head: Head | None = None
        self._wants_no_body = False
        try:
            event = await self._head_event()
            if event is None:
                return False
            self._wants_no_body = event.method == b"HEAD"
            head = self._read_head(event)
            answer = await self._answer(head)
        except h11.RemoteProtocolError as error:
            return await self._refuse(head, self._broken(error))
        except _Refused as refused:
            return await self._refuse(head, refused.why)
        return await self._give(head, answer)

    async def _head_event(self) -> h11.Request | None:
        """The next request's head; None if the client left, or waited too long."""
        if not self._h11.trailing_data[0]:
            try:
                await self._read(self._limits.idle)
            except TimeoutError:
                return None
        try:
            async with asyncio.timeout(self._limits.head_seconds):
                event = await self._event(None)
        except TimeoutError:
            raise _Refused(refusal("slow-head")) from None
        return event if isinstance(event, h11.Request) else None

    def _read_head(self, event: h11.Request) -> Head:
        lines = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers]
        size = len(event.target) + sum(len(name) + len(value) + 4 for name, value in lines)
        if size > self._limits.head or len(lines) > self._limits.headers:
            raise _Refused(self._large_head())
        headers = head_of(lines)
        if isinstance(headers, Refusal):
            raise _Refused(headers)
        target = target_of(event.target.decode("latin-1"))
        if target is None:
            raise _Refused(refusal("target"))
        local: Any = self._writer.get_extra_info("sockname")
        host = host_of(target.host or headers.get("host", "") or f"{local[0]}:{local[1]}")
        if host is None:
            raise _Refused(refusal("host"))
        return Head(event.method.decode(), target.path, target.query, headers, host, self._scheme, self.caller)

    async def _answer(self, head: Head) -> Answer:
        admitted = self._app.admit(head)
        if not isinstance(admitted, Admitted):
            return admitted
        limit = self._limits.body if admitted.body is None else admitted.body
        if int(head.headers.get("content-length", "0")) > limit:
            raise _Refused(refusal("large-body", limit=limit))
        if self._h11.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
            await self._write(self._h11.send(go_on) or b"")
        body = Incoming(limit, self._limits.memory, self._limits.body_rate, self._limits.body_grace)
        try:
            await self._collect(body)
            pool = self._pool_for(admitted, body)
            return await asyncio.get_running_loop().run_in_executor(pool, self._handled, head, body, admitted.note)
        finally:
            body.close()

    def _pool_for(self, admitted: Admitted, body: Incoming) -> Executor:
        if admitted.waits:
            return self._pools.waiting
        return self._pools.heavy if body.size > self._limits.heavy else self._pools.quick

    async def _collect(self, body: Incoming) -> None:
        begun = time.monotonic()
        while True:
            try:
                event = await self._event(self._limits.gap_seconds)
            except TimeoutError:
                raise _Refused(refusal("slow-body")) from None
            if not isinstance(event, h11.Data):
                return
            if why := body.add(bytes(event.data), time.monotonic() - begun):
                raise _Refused(why)

    def _handled(self, head: Head, body: Incoming, note: Any) -> Answer:
        try:
            return self._app.handle(Request(head, body.whole(), note))
        except Exception:
            _LOG.exception("%s %s", head.method, head.path)
            return self._app.refuse(head, refusal("failed"))

    async def _give(self, head: Head, answer: Answer) -> bool:
        if isinstance(answer, Drop):
            if answer.silent:
                await self._hold()
            self.reset()
            return False
        if answer.after > 0:
            await asyncio.sleep(answer.after)
        await self._send(answer, is_last=False)
        return await self._ended()

    async def _refuse(self, head: Head | None, why: Refusal) -> bool:
        if self._h11.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            await self._send(self._app.refuse(head, why), is_last=True)
            await self._linger()
        return False

    async def _ended(self) -> bool:
        """After an answer: whether the connection goes on. One that still sends a body nobody wants does not."""
        if self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE:
            return True
        if self._h11.their_state is h11.SEND_BODY:
            await self._linger()
        return False

    async def _send(self, reply: Reply, *, is_last: bool) -> None:
        with body_of(reply) as body:
            is_last = is_last or self._h11.their_state is h11.SEND_BODY
            await self._write(self._h11.send(response_of(reply, body.size, is_last=is_last)) or b"")
            if not self._wants_no_body and reply.status not in (204, 304):
                await self._send_body(body, reply.cut)
            await self._write(self._h11.send(h11.EndOfMessage()) or b"")

    async def _send_body(self, body: Body, cut: int | None) -> None:
        left = body.size if cut is None else min(cut, body.size)
        while left > 0:
            piece = body.read(min(left, _PIECE))
            left -= len(piece)
            await self._write(self._h11.send(h11.Data(data=piece)) or b"")
        if cut is not None:
            raise EOFError

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        async with asyncio.timeout(self._limits.gap_seconds):
            await self._writer.drain()

    async def _event(self, seconds: float | None) -> Any:
        while True:
            event = self._h11.next_event()
            if event is not h11.NEED_DATA:
                return event
            if self._h11.trailing_data[1]:
                raise _Refused(refusal("truncated"))
            await self._read(seconds)

    async def _read(self, seconds: float | None) -> None:
        # Small pieces until a head is whole: h11 holds only what is incomplete to the limit.
        most = _PIECE if self._h11.their_state is h11.SEND_BODY else 4096
        self.idle_since = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                self._h11.receive_data(await self._reader.read(most))
        finally:
            self.idle_since = None

    async def _linger(self) -> None:
        """Read on for a moment: closing at once could destroy the answer before its reader has seen it."""
        with suppress(OSError, TimeoutError):
            if self._writer.can_write_eof():
                self._writer.write_eof()
            async with asyncio.timeout(self._limits.linger):
                while await self._reader.read(_PIECE):
                    pass

    async def _hold(self) -> None:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._limits.silence):
                while await self._reader.read(_PIECE):
                    pass

    def _broken(self, error: h11.RemoteProtocolError) -> Refusal:
        if error.error_status_hint == 431:
            return self._large_head()
        if error.error_status_hint == 501:
            return refusal("encoding")
        if self._h11.trailing_data[1]:
            return refusal("truncated")
        return refusal("not-http", detail=str(error)[:100])

    def _large_head(self) -> Refusal:
        return refusal("large-head", limit=self._limits.head, count=self._limits.headers)
