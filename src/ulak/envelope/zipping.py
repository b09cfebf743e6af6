"""The ZIP around an envelope: one deflated file, the same bytes for the same content and time."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple
from zoneinfo import ZoneInfo

from isal import isal_zlib

from ulak.envelope.deflating import Deflater

__all__ = ["ISTANBUL", "Packed", "write_zip"]

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION: Final = 20
_BY_UNIX: Final = 3 << 8 | _VERSION
_UTF8_NAME: Final = 0x800
_DEFLATED: Final = 8
_PLAIN_FILE: Final = 0o100644 << 16
_PIECE: Final = 256 * 1024
_EARLIEST: Final = 1980
_LATEST: Final = 2107


class Packed(NamedTuple):
    """A ZIP as it is sent.

    Attributes:
        name: of the file, ``<InstanceIdentifier>.zip``.
        md5: of the ZIP, 32 lower-case hex digits (Ek-3 V1.4, 7.7: the ``hash`` of ``sendDocument``).
        size: bytes of the ZIP.
        data: the ZIP itself; empty if it was written to a file.
    """

    name: str
    md5: str
    size: int
    data: bytes = b""


def write_zip(file: BinaryIO, id: str, pieces: Iterable[bytes], at: datetime) -> Packed:
    """Write ``<id>.zip`` with ``<id>.xml`` in it, made of the pieces, dated ``at`` in Istanbul.

    Args:
        file: can be read and sought, and is empty.
        pieces: less than 4 GiB together.

    Source: PKWARE APPNOTE 6.3, 4.3; `zipfile` has zlib alone.
    """
    name = f"{id}.xml".encode()
    start = _LOCAL.size + len(name)
    file.seek(start)
    deflater, crc, size = Deflater(), 0, 0
    for piece in pieces:
        crc, size = isal_zlib.crc32(piece, crc), size + len(piece)
        file.writelines(deflater.squeezed(piece))
    file.write(deflater.flush())
    end = file.tell()
    flags = 0 if name.isascii() else _UTF8_NAME
    facts = (_VERSION, flags, _DEFLATED, *_dos_time(at), crc, end - start, size, len(name))
    file.write(_CENTRAL.pack(b"PK\1\2", _BY_UNIX, *facts, 0, 0, 0, 0, _PLAIN_FILE, 0) + name)
    file.write(_END.pack(b"PK\5\6", 0, 0, 1, 1, _CENTRAL.size + len(name), end, 0))
    whole = file.tell()
    file.seek(0)
    file.write(_LOCAL.pack(b"PK\3\4", *facts, 0) + name)
    return Packed(f"{id}.zip", _md5(file), whole)


def _dos_time(at: datetime) -> tuple[int, int]:
    """Time and date as a ZIP has them."""
    local = at.astimezone(ISTANBUL)
    year = min(max(local.year, _EARLIEST), _LATEST) - _EARLIEST
    return local.hour << 11 | local.minute << 5 | local.second // 2, year << 9 | local.month << 5 | local.day


def _md5(file: BinaryIO) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
