"""An answer that a thread makes as fast as it can, and the loop sends as fast as its reader takes it."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator, Iterable
from typing import IO, Final

__all__ = ["Made"]

_PIECE: Final = 64 * 1024
_HELD: Final = 1024 * 1024
"""Bytes that wait in memory; more wait in a file."""


Begun = tuple[int, list[tuple[str, str]], bytes | None]
"""Status, headers, and the whole body if it is not made piece by piece."""


class _Left(Exception):
    """The reader has gone."""


class Made:
    """An answer while it is made by a thread and sent by the loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.begun: asyncio.Future[Begun] = loop.create_future()
        self._loop = loop
        self._status, self._headers = 500, [("content-type", "text/plain")]
        self._more = asyncio.Event()
        self._file: IO[bytes] | None = None
        self._lock = threading.Lock()
        self._written, self._is_done, self._is_left = 0, False, False

    def start(self, status: str, headers: list[tuple[str, str]], _: object = None) -> None:
        """WSGI's ``start_response``."""
        self._status, self._headers = int(status[:3]), [(name.lower(), value) for name, value in headers]

    def of(self, result: Iterable[bytes]) -> None:
        """Make all of it; the thread waits for nobody."""
        try:
            if not getattr(result, "streaming", False):
                self._begin(b"".join(result))
                return
            self._file = tempfile.SpooledTemporaryFile(_HELD)  # noqa: SIM115
            self._begin(None)
            for piece in result:
                self._write(piece)
        except _Left:
            pass
        finally:
            if hasattr(result, "close"):
                result.close()
            self._end()

    def failed(self) -> None:
        """Answer that it failed, if nothing was said yet."""
        self._status, self._headers = 500, [("content-type", "text/plain")]
        self._begin(b"")

    async def pieces(self) -> AsyncIterator[bytes]:
        """What has been made, as it comes."""
        sent = 0
        while True:
            await self._more.wait()
            self._more.clear()
            while piece := self._read(sent):
                sent += len(piece)
                yield piece
            if self._is_done and sent == self._written:
                break

    def leave(self) -> None:
        """Nobody reads any further: the thread is to stop."""
        with self._lock:
            self._is_left = True
            if self._is_done and self._file is not None:
                self._file.close()

    def _begin(self, whole: bytes | None) -> None:
        told = self._status, self._headers, whole
        self._loop.call_soon_threadsafe(self._tell, told)

    def _tell(self, told: Begun) -> None:
        if not self.begun.done():
            self.begun.set_result(told)

    def _write(self, piece: bytes) -> None:
        assert self._file is not None
        with self._lock:
            if self._is_left:
                raise _Left
            self._file.seek(self._written)
            self._file.write(piece)
            self._written += len(piece)
        self._loop.call_soon_threadsafe(self._more.set)

    def _read(self, at: int) -> bytes:
        assert self._file is not None
        with self._lock:
            self._file.seek(at)
            return self._file.read(_PIECE)

    def _end(self) -> None:
        with self._lock:
            self._is_done = True
            if self._file is None:
                return
            if self._is_left:
                self._file.close()
        self._loop.call_soon_threadsafe(self._more.set)
