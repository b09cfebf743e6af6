"""ZIPs as GİB takes them: the same files always give the same bytes; a stranger's is weighed before it is read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO, Final, NamedTuple

__all__ = ["BROKEN", "Weight", "entry", "is_encrypted", "is_usual", "put", "weight"]

BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error)
"""What reading a damaged ZIP raises."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The least time that a ZIP can name; a fixed one lets the same files give the same ZIP."""
_MODE: Final = 0o644 << 16
_UNIX: Final = 3
_BLOCK: Final = 1 << 20
_SIGNATURE: Final = b"PK\x05\x06"
_END: Final = struct.Struct("<4s4H2LH")
_TAIL: Final = 65_557
_ENCRYPTED: Final = 0x2041


class Weight(NamedTuple):
    """What the end of a ZIP says of it.

    Attributes:
        files: in it.
        directory: bytes of the list of them.
    """

    files: int
    directory: int


def entry(name: str) -> zipfile.ZipInfo:
    """A file to be packed, readable by all, of no time."""
    made = zipfile.ZipInfo(name, _EPOCH)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system = _UNIX
    made.external_attr = _MODE
    return made


def put(archive: zipfile.ZipFile, name: str, source: BinaryIO) -> int:
    """Pack a file, read from its beginning to its end; how many bytes it has."""
    source.seek(0)
    size = 0
    with archive.open(entry(name), "w") as packed:
        while block := source.read(_BLOCK):
            size += packed.write(block)
    return size


def weight(file: BinaryIO) -> Weight | None:
    """Look at the end of a ZIP before its directory is read, which may be endless; None if it has no end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_SIGNATURE)
    if at < 0 or at + _END.size > len(tail):
        return None
    _, _, _, _, files, directory, _, _ = _END.unpack_from(tail, at)
    return Weight(files, directory)


def is_encrypted(file: zipfile.ZipInfo) -> bool:
    """Whether a file can only be read with a password, or its names cannot."""
    return bool(file.flag_bits & _ENCRYPTED)


def is_usual(file: zipfile.ZipInfo) -> bool:
    """Whether a file is packed in a way that everybody can unpack."""
    return file.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
