"""The QR code (Model 2) as a small PNG: two colours, one bit for a pixel.

Measured (docs/rendering.md): choosing the best of the eight masks costs ten times the rest of the encoding, so the mask
is fixed; every mask is a valid one, and readers are told which it is.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

import zxingcpp

from ulak.render.problems import problem

__all__ = ["LONGEST", "qr_png"]

LONGEST: Final = 2953
"""Bytes that the largest symbol holds at the lowest error level (ISO/IEC 18004)."""

_LEVEL: Final = "L"
"""GİB's guides name none. The lowest keeps a document 170 bytes smaller than M, and its modules larger in print."""
_MASK: Final = 3
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_BITS: Final = bytes(49 if value else 48 for value in range(256))


def qr_png(payload: str, *, scale: int = 1) -> bytes:
    """The picture of a payload with its quiet zone, ``scale`` pixels for a module; empty for an empty payload.

    Raises:
        RenderError: ``render.qr-too-long``.
    """
    if not payload:
        return b""
    if (size := len(payload.encode())) > LONGEST:
        raise problem("render.qr-too-long", size=size, limit=LONGEST)
    barcode = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level=_LEVEL, data_mask=_MASK)
    image: Any = zxingcpp.write_barcode_to_image(barcode, scale=scale)
    height, width = image.shape
    pixels: Any = memoryview(image)
    return _png(pixels.tobytes(), width, height)


def _png(pixels: bytes, width: int, height: int) -> bytes:
    """A PNG of black and white pixels, one byte each (PNG 1.2: colour type 0, bit depth 1, no filter)."""
    missing = b"0" * (-width % 8)
    bits = pixels.translate(_BITS)
    padded = b"".join(b"00000000" + bits[start : start + width] + missing for start in range(0, len(bits), width))
    rows = int(padded, 2).to_bytes(len(padded) // 8, "big")
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
