"""The content of a file in a ZIP, in pieces, of which nothing is believed before it was seen (PKWARE APPNOTE 6.3, 4.4).

How the file is found is the matter of the rooms that read ZIPs: envelopes are stricter than lists.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from ulak.errors import Text

__all__ = ["METHODS", "BombError", "DamageError", "Entry", "inflated"]

_DEFLATED: Final = 8
METHODS: Final = (0, _DEFLATED)
"""What is read: stored and deflated."""
_PIECE: Final = 256 * 1024

_DATA: Final = Text("sıkıştırılmış veri bozuk", "the compressed data are damaged")
_SIZE: Final = Text("dosya boyu bildirilenden farklı", "the file's size is not the stated one")
_SUM: Final = Text("CRC tutmuyor", "the CRC does not match")


class Entry(NamedTuple):
    """A file in a ZIP.

    Attributes:
        name: as stated; not to be used as a path.
        start: of its packed bytes, of which there are ``packed``.
        size: of its content, as stated.
    """

    name: str
    method: int
    crc: int
    start: int
    packed: int
    size: int


class DamageError(Exception):
    """The content is not what the ZIP says.

    Attributes:
        detail: what is wrong.
    """

    def __init__(self, detail: Text) -> None:
        super().__init__(detail.en)
        self.detail = detail


class BombError(Exception):
    """The content is too many times larger than what it is packed in."""


def inflated(file: BinaryIO, entry: Entry, *, ratio: int, ratio_from: int) -> Iterator[bytes]:
    """The content in pieces of at most 256 KiB. It counts only once the last piece was read without an error.

    Args:
        ratio: how many times larger than its packed bytes the content may be, once it is larger than ``ratio_from``.

    Raises:
        DamageError: data, size or check sum are wrong.
        BombError: it is larger than ``ratio`` allows.
    """
    crc = size = 0
    for piece in _unpacked(file, entry) if entry.method == _DEFLATED else _packed(file, entry):
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        if size > entry.size:
            raise DamageError(_SIZE)
        if size > ratio_from and size > ratio * entry.packed:
            raise BombError
        yield piece
    if size != entry.size:
        raise DamageError(_SIZE)
    if crc != entry.crc:
        raise DamageError(_SUM)


def _unpacked(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _packed(file, entry):
            while packed and not inflater.eof:
                yield inflater.decompress(packed, _PIECE)
                packed = inflater.unconsumed_tail
            if inflater.unused_data:
                raise DamageError(_DATA)
        while not inflater.eof and (piece := inflater.decompress(b"", _PIECE)):
            yield piece
    except zlib.error:
        raise DamageError(_DATA) from None
    if not inflater.eof:
        raise DamageError(_DATA)


def _packed(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    at, end = entry.start, entry.start + entry.packed
    while at < end:
        file.seek(at)
        piece = file.read(min(_PIECE, end - at))
        if not piece:
            raise DamageError(_DATA)
        at += len(piece)
        yield piece
