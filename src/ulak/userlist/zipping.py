"""The ZIP around a list."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple

from ulak.userlist.times import ISTANBUL

__all__ = ["LEVEL", "Zipped", "write_zip"]

LEVEL: Final = 4
"""Of deflate: 6 takes twice the time for a tenth fewer bytes, 1 two thirds of the time for an eighth more (bench)."""
_PLAIN_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_EARLIEST: Final = 1980
_LATEST: Final = 2107


class Zipped(NamedTuple):
    """What was written: bytes of the list, and of its ZIP."""

    list_bytes: int
    zip_bytes: int


def write_zip(file: BinaryIO, name: str, pieces: Iterable[bytes], at: datetime, *, level: int = LEVEL) -> Zipped:
    """Write a ZIP with one file of that name in it, dated ``at`` in Istanbul; the same content gives the same bytes.

    Args:
        file: empty, and can be sought.
        level: of deflate, 1 to 9.
    """
    size = 0
    # Sizes are known only at the end; beyond 2 GiB the header must have left room for them.
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive,
        archive.open(_entry(name, at, level), "w", force_zip64=True) as target,
    ):
        for piece in pieces:
            target.write(piece)
            size += len(piece)
    return Zipped(size, file.tell())


def _entry(name: str, at: datetime, level: int) -> zipfile.ZipInfo:
    local = at.astimezone(ISTANBUL)
    year = min(max(local.year, _EARLIEST), _LATEST)
    entry = zipfile.ZipInfo(name, (year, local.month, local.day, local.hour, local.minute, local.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = level  # type: ignore[attr-defined]
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry
