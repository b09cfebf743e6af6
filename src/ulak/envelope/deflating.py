"""Deflate that squeezes an attachment once, however many documents of an envelope carry it.

Deflate looks back 32 KB. A stylesheet that comes again with every document lies further back than that, and would be
squeezed anew each time: half a millisecond each, for the same bytes. Deflate's blocks may be cut at byte boundaries
(RFC 1951, 3.2.4; zlib's full flush), so its blocks are made once and put in wherever it stands.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

__all__ = ["Deflater"]

_WINDOW: Final = 32 * 1024 - 300
"""Up to here zlib finds what came before by itself, and makes less of it than any cutting does."""
_SHORTEST: Final = 8 * 1024
_MARK: Final = b"EmbeddedDocumentBinaryObject"
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=\r\n]*")
_MOST_KEPT: Final = 4 * 1024 * 1024


class _Run(NamedTuple):
    """Base64 in the data, from ``start`` up to ``end``."""

    start: int
    end: int


class _Kept:
    """Blocks by the bytes that they stand for, the least used of them forgotten first."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[tuple[int, bytes], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def blocks_of(self, data: bytes, level: int) -> bytes:
        key = (level, data)
        with self._lock:
            if key in self._blocks:
                self._blocks.move_to_end(key)
                return self._blocks[key]
        squeezer = _squeezer(level)
        made = squeezer.compress(data) + squeezer.flush(zlib.Z_FULL_FLUSH)
        with self._lock:
            self._size += 0 if key in self._blocks else len(data) + len(made)
            self._blocks[key] = made
            while self._size > _MOST_KEPT:
                (_, old), blocks = self._blocks.popitem(last=False)
                self._size -= len(old) + len(blocks)
        return made


_KEPT: Final = _Kept()


class Deflater:
    """A raw deflate stream of pieces that are given one after the other; the same bytes for the same pieces.

    Args:
        level: zlib's.
    """

    def __init__(self, level: int) -> None:
        self._level = level
        self._squeezer = _squeezer(level)

    def compress(self, data: bytes) -> bytes:
        """As much of the stream as is ready."""
        runs = _worth_cutting(data)
        return b"".join(self._cut(data, runs)) if runs else self._squeezer.compress(data)

    def flush(self) -> bytes:
        """The end of the stream."""
        return self._squeezer.flush()

    def _cut(self, data: bytes, runs: Iterable[_Run]) -> Iterator[bytes]:
        at = 0
        for run in runs:
            yield self._squeezer.compress(data[at : run.start])
            yield self._squeezer.flush(zlib.Z_FULL_FLUSH)
            yield _KEPT.blocks_of(data[run.start : run.end], self._level)
            at = run.end
        yield self._squeezer.compress(data[at:])


def _squeezer(level: int) -> zlib._Compress:
    return zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)


def _worth_cutting(data: bytes) -> list[_Run]:
    """The long attachments in the data, but for those that come again so soon that zlib sees it."""
    same: dict[bytes, list[_Run]] = {}
    for run in _runs(data):
        same.setdefault(data[run.start : run.end], []).append(run)
    return sorted(run for runs in same.values() if not _is_seen(runs) for run in runs)


def _is_seen(runs: list[_Run]) -> bool:
    return len(runs) > 1 and all(later.start - earlier.start <= _WINDOW for earlier, later in pairwise(runs))


def _runs(data: bytes) -> Iterator[_Run]:
    at = data.find(_MARK)
    while at >= 0 and (start := data.find(b">", at) + 1):
        found = _BASE64.match(data, start)
        end = found.end() if found else start
        if end - start >= _SHORTEST:
            yield _Run(start, end)
        at = data.find(_MARK, end)
