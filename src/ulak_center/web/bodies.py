"""A body as it comes in: bounded, and in a file when it is long."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Final

from ulak_center.web.values import Refusal
from ulak_center.web.words import refusal

__all__ = ["Incoming"]

_CHUNKS: Final = 1000
_CHUNK: Final = 8
"""Bytes that chunks must have on average, after the first thousand."""


class Incoming:
    """Collects a body.

    Args:
        limit: bytes that it may have.
        rate, grace: bytes a second that it must reach on average, after so many seconds.

    Attributes:
        size: bytes so far.
    """

    def __init__(self, limit: int, memory: int, rate: float, grace: float) -> None:
        self._limit, self._rate, self._grace = limit, rate, grace
        self._pieces = 0
        self.size = 0
        self._file = SpooledTemporaryFile(max_size=memory)  # noqa: SIM115

    def add(self, data: bytes, seconds: float) -> Refusal | None:
        """Take a piece that came so many seconds after the beginning; a refusal if that was one too many."""
        self.size += len(data)
        self._pieces += 1
        if self.size > self._limit:
            return refusal("large-body", limit=self._limit)
        if self._pieces > _CHUNKS + self.size // _CHUNK:
            return refusal("tiny-chunks")
        if self.size < (seconds - self._grace) * self._rate:
            return refusal("slow-body")
        self._file.write(data)
        return None

    def whole(self) -> bytes:
        """The body."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
