"""The ZIP around an envelope: one deflated file, the same bytes for the same content and time."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple
from zoneinfo import ZoneInfo

from ulak.envelope.deflating import Deflater

__all__ = ["ISTANBUL", "Packed", "write_zip"]

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_PLAIN_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
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
    """
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=False) as archive,
        archive.open(_entry(id, at), "w") as target,
    ):
        target._compressor = Deflater()  # type: ignore[attr-defined]
        for piece in pieces:
            target.write(piece)
    size = file.tell()
    return Packed(f"{id}.zip", _md5(file), size)


def _entry(id: str, at: datetime) -> zipfile.ZipInfo:
    local = at.astimezone(ISTANBUL)
    year = min(max(local.year, _EARLIEST), _LATEST)
    entry = zipfile.ZipInfo(f"{id}.xml", (year, local.month, local.day, local.hour, local.minute, local.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry


def _md5(file: BinaryIO) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
