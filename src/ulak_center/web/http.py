"""An HTTP/1.1 server on asyncio and h11 that holds strangers to limits and can be told to misbehave."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, NamedTuple

from ulak_center.web.connection import Connection, Pools
from ulak_center.web.problems import web_error
from ulak_center.web.values import App, Limits

__all__ = ["Address", "Server", "serving"]

DEFAULT_LIMITS: Final = Limits()
_HEAVY: Final = 2


class Address(NamedTuple):
    """Where a server listens.

    Attributes:
        url: without a path, e.g. ``http://127.0.0.1:8790``.
    """

    host: str
    port: int
    url: str


class Server:
    """Serves an application in the event loop that it is entered in.

    Args:
        port: 0 takes a free one; `address` tells which.
        tls: serve HTTPS with it.
    """

    def __init__(
        self, app: App, host: str, port: int, limits: Limits = DEFAULT_LIMITS, tls: ssl.SSLContext | None = None
    ) -> None:
        self._app, self._host, self._port, self._limits, self._tls = app, host, port, limits, tls
        self._pools = Pools(
            ThreadPoolExecutor(limits.threads, thread_name_prefix="web"),
            ThreadPoolExecutor(limits.threads, thread_name_prefix="web-waiting"),
            ThreadPoolExecutor(_HEAVY, thread_name_prefix="web-heavy"),
        )
        self._server: asyncio.Server | None = None
        self._open: dict[Connection, asyncio.Task[None]] = {}

    @property
    def address(self) -> Address:
        """Where it listens; only while it is entered."""
        assert self._server is not None
        port = int(self._server.sockets[0].getsockname()[1])
        host = f"[{self._host}]" if ":" in self._host else self._host
        return Address(self._host, port, f"{self._scheme}://{host}:{port}")

    async def __aenter__(self) -> Server:
        try:
            self._server = await asyncio.start_server(
                self._connected,
                self._host,
                self._port,
                ssl=self._tls,
                backlog=256,
                ssl_handshake_timeout=self._limits.head_seconds if self._tls else None,
            )
        except (OSError, OverflowError) as error:
            detail = getattr(error, "strerror", None) or error
            raise web_error("center.listen", place=f"{self._host}:{self._port}", detail=detail) from None
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for connection, task in list(self._open.items()):
            connection.reset()
            task.cancel()
        await asyncio.gather(*self._open.values(), return_exceptions=True)
        for pool in self._pools:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)

    @property
    def _scheme(self) -> str:
        return "https" if self._tls else "http"

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(reader, writer, self._app, self._limits, self._pools, self._scheme)
        task = asyncio.current_task()
        assert task is not None
        has_room = self._make_room(connection)
        self._open[connection] = task
        try:
            await (connection.serve() if has_room else connection.turn_away())
        except asyncio.CancelledError:
            # The server ends: asyncio would report a cancelled handler as a failure.
            connection.reset()
        finally:
            del self._open[connection]

    def _make_room(self, new: Connection) -> bool:
        """Whether one more fits, if need be in the place of the one that has been idle for longest."""
        of_caller = [one for one in self._open if one.caller == new.caller]
        if len(of_caller) >= self._limits.per_address:
            return _ended_one(of_caller)
        return len(self._open) < self._limits.connections or _ended_one(list(self._open))


def _ended_one(connections: list[Connection]) -> bool:
    idle = [(one.idle_since, number) for number, one in enumerate(connections) if one.idle_since is not None]
    if idle:
        connections[min(idle)[1]].reset()
    return bool(idle)


@contextmanager
def serving(
    app: App,
    host: str = "127.0.0.1",
    port: int = 0,
    limits: Limits = DEFAULT_LIMITS,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Address]:
    """Serve in a thread of its own as long as the block lasts.

    Raises:
        CenterError: ``center.listen`` if the address cannot be listened at.
    """
    runner = _Runner(Server(app, host, port, limits, tls))
    runner.thread.start()
    try:
        yield runner.started()
    finally:
        runner.stop()


class _Runner:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._end = asyncio.Event()
        self._failure: BaseException | None = None
        self._address: Address | None = None
        self.thread = threading.Thread(target=self._main, name="web", daemon=True)

    def started(self) -> Address:
        self._ready.wait()
        if self._address is None:
            raise self._failure or RuntimeError("the server did not start")
        return self._address

    def stop(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end.set)
        self.thread.join()

    def _main(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:
            self._failure = error
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        async with self._server:
            self._address = self._server.address
            self._ready.set()
            await self._end.wait()
