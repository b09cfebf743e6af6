"""Deflate that squeezes an attachment once, however many documents of an envelope carry it.

Deflate looks back 32 KB. A stylesheet that comes again with every document lies further back than that, and would be
squeezed anew each time. Deflate's blocks may be cut at byte boundaries (RFC 1951, 3.2.4; a full flush), so its blocks
are made once and put in wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from isal import isal_zlib

__all__ = ["Deflater"]

_WINDOW: Final = 32 * 1024 - 300
"""Up to here deflate finds what came before by itself, and makes less of it than any cutting does."""
_SHORTEST: Final = 8 * 1024
_MARK: Final = b"EmbeddedDocumentBinaryObject"
_LEVEL: Final = 2
_LEVEL_ONCE: Final = isal_zlib.ISAL_BEST_COMPRESSION


class _Run(NamedTuple):
    """The content of an attachment, from ``start`` on."""

    start: int
    content: bytes


class Deflater:
    """A raw deflate stream of pieces that are given one after the other; the same bytes for the same pieces."""

    def __init__(self) -> None:
        self._squeezer = _squeezer(_LEVEL)

    def squeezed(self, data: bytes) -> Iterator[bytes]:
        """As much of the stream as is ready. What recurs in the data is found, not what stood in earlier pieces."""
        at = 0
        blocks: dict[bytes, bytes] = {}
        for start, content in _worth_cutting(data):
            if content not in blocks:
                blocks[content] = _blocks_of(content)
            yield self._squeezer.compress(data[at:start])
            yield self._squeezer.flush(isal_zlib.Z_FULL_FLUSH)
            yield blocks[content]
            at = start + len(content)
        yield self._squeezer.compress(data[at:])

    def flush(self) -> bytes:
        """The end of the stream."""
        return self._squeezer.flush()


def _blocks_of(content: bytes) -> bytes:
    squeezer = _squeezer(_LEVEL_ONCE)
    return squeezer.compress(content) + squeezer.flush(isal_zlib.Z_FULL_FLUSH)


def _squeezer(level: int) -> isal_zlib.Compress:
    return isal_zlib.compressobj(level, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)


def _worth_cutting(data: bytes) -> list[_Run]:
    """The long attachments that come again in the data, but so late that deflate does not see it."""
    same: dict[bytes, list[int]] = {}
    last = b""
    for start, end in _long_contents(data):
        # Mostly it is the one that came before; to compare takes a tenth of the time that cutting and hashing take.
        if len(last) != end - start or not data.startswith(last, start):
            last = data[start:end]
        same.setdefault(last, []).append(start)
    return sorted(_Run(start, content) for content, starts in same.items() if _is_unseen(starts) for start in starts)


def _is_unseen(starts: list[int]) -> bool:
    return any(later - earlier > _WINDOW for earlier, later in pairwise(starts))


def _long_contents(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the contents of long attachments begin and end."""
    at = data.find(_MARK)
    while at >= 0 and (start := data.find(b">", at) + 1):
        end = data.find(b"<", start)
        if end < 0:
            return
        if end - start >= _SHORTEST:
            yield start, end
        at = data.find(_MARK, end)
