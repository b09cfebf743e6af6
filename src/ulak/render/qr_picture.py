"""The QR code (Model 2) as a small PNG: two colours, one bit for a pixel, one pixel for a module.

A payload has exactly one picture, today and in twenty years: the archive keeps payloads in place of pictures
(docs/decisions/0007). Nothing here is chosen by a library: byte mode, the smallest version that holds the text, level
L, mask 3 (ISO/IEC 18004), and a PNG whose data are stored, not compressed. Changing a bit of it breaks seals.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from operator import itemgetter
from threading import Lock
from typing import Final

from ulak.render.problems import problem
from ulak.render.qr_modules import Modules
from ulak.render.qr_patterns import size_of
from ulak.render.qr_symbols import QUIET, REACH, VERSIONS, Symbol, bits_of, raster_bytes, symbol, version_for

__all__ = ["LONGEST", "is_as_ever", "payload_of", "qr_png"]

LONGEST: Final = 2953
"""Bytes that the largest symbol holds at the lowest error level (ISO/IEC 18004)."""

_BYTES: Final = 0b0100
"""The mode indicator of bytes (table 2)."""
_PADDING: Final = b"\xec\x11"
"""The codewords that fill a symbol (7.4.10)."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_END: Final = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_ZLIB: Final = b"\x78\x01"
"""RFC 1950: deflate with a window of 32 KB, no dictionary, the fastest level."""
_AHEAD, _BEHIND = 48, 20
"""Bytes of the PNG before its rows and after them."""
_LAST: Final = 512
"""Pictures that are remembered at most, and half as many at least: a batch is kept soon after they were made."""


_SAMPLE: Final = '{"no":"ULK2026000000001","ş":"%s"}' % ("ğ0123456789" * 34)
_OF_SAMPLE: Final = "e364ada0917c0234e182d695ea07ef8bed5bb6c1f2c26d5433577a34fd888a95"
"""SHA-256 of its picture. It has blocks of two lengths, and says its version."""
_LOCK: Final = Lock()
_MODULES: Final = Modules()
_PICTURES: Final[dict[str, bytes]] = {}
_SAID: Final[dict[bytes, str]] = {}
_VERSIONS: Final = {_AHEAD + raster_bytes(version) + _BEHIND: version for version in range(1, VERSIONS + 1)}
"""By the length of their pictures."""


def qr_png(payload: str) -> bytes:
    """The picture of a payload (in UTF-8) with its quiet zone; empty for an empty payload.

    Raises:
        RenderError: ``render.qr-too-long``.
    """
    if not payload:
        return b""
    made = _PICTURES.get(payload)
    if made is None:
        made = _drawn(payload, _MODULES)
        with _LOCK:
            if len(_PICTURES) >= _LAST:
                for old in [*islice(_PICTURES, _LAST // 2)]:
                    _SAID.pop(_PICTURES.pop(old), None)
            _PICTURES[payload], _SAID[made] = made, payload
    return made


def payload_of(picture: bytes) -> str | None:
    """The payload of which `qr_png` makes this very picture; None if there is none."""
    if (known := _SAID.get(picture)) is not None:
        return known
    version = _VERSIONS.get(len(picture))
    if not version:
        return None
    try:
        payload = _text(symbol(version), picture[_AHEAD:-_BEHIND]).decode()
    except ValueError:
        return None
    return payload if version_for(len(payload.encode())) == version and qr_png(payload) == picture else None


def is_as_ever() -> bool:
    """Whether the encoder still makes the picture that it made when it was frozen, by steps and from a like one."""
    first, like = Modules(), Modules(patience=0)
    _drawn(_SAMPLE.replace("ULK2026", "ULL2027"), like)
    return all(sha256(_drawn(_SAMPLE, by)).hexdigest() == _OF_SAMPLE for by in (first, like))


def _drawn(payload: str, by: Modules) -> bytes:
    text = payload.encode()
    version = version_for(len(text))
    if version > VERSIONS:
        raise problem("render.qr-too-long", size=len(text), limit=LONGEST)
    one = symbol(version)
    modules = by.of(one, _data(one, text), len(text))
    return _png((modules ^ one.base).to_bytes(raster_bytes(version), "big"), version)


def _data(one: Symbol, text: bytes) -> bytes:
    """Mode, length, text, the terminator and what fills the rest (7.4)."""
    length = len(text)
    head = (_BYTES << one.count_bits | length) << 8 * length | int.from_bytes(text, "big")
    # Mode and terminator have four bits each, so that what is said ends with a codeword.
    said = (head << 4).to_bytes((one.count_bits >> 3) + length + 1, "big")
    missing = one.data - len(said)
    return said + (_PADDING * (missing // 2 + 1))[:missing]


def _png(rows: bytes, version: int) -> bytes:
    """A PNG of black and white pixels (PNG 1.2: colour type 0, bit depth 1, no filter), its data in a stored block."""
    ahead, check = _ahead(version)
    sum = zlib.adler32(rows).to_bytes(4, "big")
    return b"".join((ahead, rows, sum, zlib.crc32(sum, zlib.crc32(rows, check)).to_bytes(4, "big"), _END))


@lru_cache(maxsize=VERSIONS)
def _ahead(version: int) -> tuple[bytes, int]:
    """What stands before the rows, and the CRC up to there of the chunk that they are in."""
    side, length = size_of(version) + 2 * QUIET, raster_bytes(version)
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = b"IDAT" + _ZLIB + struct.pack("<BHH", 1, length, length ^ 0xFFFF)
    lengths = [struct.pack(">I", size) for size in (len(header) - 4, len(data) + length)]
    return b"".join((_PNG, lengths[0], header, struct.pack(">I", zlib.crc32(header)), lengths[1], data)), zlib.crc32(
        data
    )


def _text(one: Symbol, rows: bytes) -> bytes:
    """What the rows of a picture say if they are a symbol of ours; whether they are, is not looked at.

    Raises:
        ValueError: they are not.
    """
    modules = (int.from_bytes(rows, "big") ^ one.base) & one.free
    columns = b"".join(itemgetter(*one.columns)(bits_of(modules, len(rows))))
    bits = [where.translate((columns[left] + columns[right]).ljust(REACH)) for left, right, where in one.stretches]
    placed = int(b"".join(bits)[: 8 * one.data], 2).to_bytes(one.data, "big")
    data = b"".join([part for block in one.blocks for part in (placed[block.spread], placed[block.tail])]).hex()
    start = 1 + one.count_bits // 4
    return bytes.fromhex(data[start : start + 2 * int(data[1:start], 16)])
