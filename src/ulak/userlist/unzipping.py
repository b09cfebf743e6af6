"""The one file of a ZIP, inflated in pieces (PKWARE APPNOTE 6.3, 4.3). Sizes and names in it are believed only as far
as they can be checked.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from ulak.errors import Text
from ulak.inflating import METHODS, BombError, DamageError, Entry, inflated
from ulak.userlist.limits import Limits
from ulak.userlist.problems import UserListError, userlist_error

__all__ = ["Entry", "content", "entry_of"]

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = struct.Struct("<4sLQL")
_LARGE_END: Final = struct.Struct("<4sQ2H2L4Q")
_EXTRA: Final = struct.Struct("<2H")
_FARTHEST: Final = 2**40
"""No list ends beyond it, and every system can go there."""
_LONGEST_COMMENT: Final = 65_535
_ENCRYPTED: Final = 0x2041
_STORED: Final = 0
_IN_ZIP64: Final = 0xFFFFFFFF

_NO_END: Final = Text("sonundaki dizin kaydı yok; yarıda kesilmiş olabilir", "its end record is missing; it may be cut")
_DIRECTORY: Final = Text("dizini bozuk", "its directory is damaged")
_HEADER: Final = Text("dosya başlığı bozuk", "the file's header is damaged")


def entry_of(file: BinaryIO, limits: Limits) -> Entry:
    """The one file in a ZIP that can be sought.

    Raises:
        UserListError: ``userlist.zip-damaged``, ``userlist.zip-encrypted``, ``userlist.zip-method``,
            ``userlist.file-count``, ``userlist.too-large``.
    """
    length = file.seek(0, 2)
    if length > limits.zip_bytes:
        raise userlist_error("userlist.too-large", limit=limits.zip_bytes)
    count, offset = _end_record(file, length)
    if count != 1:
        raise userlist_error("userlist.file-count", count=count)
    entry = _central(_at(file, offset, _CENTRAL.size + 2 * 65_536))
    if entry.size > limits.list_bytes:
        raise userlist_error("userlist.too-large", limit=limits.list_bytes)
    start = _data_start(file, entry.start)
    if start + entry.packed > offset:
        raise _damaged(_DIRECTORY)
    return entry._replace(start=start)


def content(file: BinaryIO, entry: Entry, limits: Limits) -> Iterator[bytes]:
    """The content in pieces of at most 256 KiB. It counts only once the last piece was read without an error.

    Raises:
        UserListError: ``userlist.zip-damaged``, ``userlist.zip-bomb``.
    """
    try:
        yield from inflated(file, entry, ratio=limits.ratio, ratio_from=limits.ratio_from)
    except DamageError as damage:
        raise _damaged(damage.detail) from None
    except BombError:
        raise userlist_error("userlist.zip-bomb", limit=limits.ratio) from None


def _at(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(min(start, _FARTHEST))
    return file.read(length)


def _damaged(detail: Text) -> UserListError:
    return userlist_error("userlist.zip-damaged", detail=detail)


def _end_record(file: BinaryIO, length: int) -> tuple[int, int]:
    """How many files the directory names, and where it is."""
    begin = max(0, length - _END.size - _LONGEST_COMMENT)
    tail = _at(file, begin, length - begin)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise _damaged(_NO_END)
    _, disk, first_disk, here, count, size, offset, _ = _END.unpack_from(tail, at)
    if tail[max(0, at - _LOCATOR.size) : at].startswith(b"PK\x06\x07"):
        disk, first_disk, here, count, size, offset = _large_end(file, tail[at - _LOCATOR.size : at])
    if disk or first_disk or here != count or offset + size > begin + at:
        raise _damaged(_DIRECTORY)
    return count, offset


def _large_end(file: BinaryIO, locator: bytes) -> tuple[int, ...]:
    """What the end record of 64 bits says: disk, first disk, files here and in all, the directory's size and offset."""
    _, disk, at, disks = _LOCATOR.unpack(locator)
    record = _at(file, at, _LARGE_END.size)
    if disk or disks > 1 or len(record) < _LARGE_END.size or not record.startswith(b"PK\x06\x06"):
        raise _damaged(_DIRECTORY)
    return _LARGE_END.unpack(record)[4:]


def _central(data: bytes) -> Entry:
    if len(data) < _CENTRAL.size or not data.startswith(b"PK\x01\x02"):
        raise _damaged(_DIRECTORY)
    _, _, _, flags, method, _, _, crc, packed, size, name, extra, _, _, _, _, offset = _CENTRAL.unpack_from(data)
    if flags & _ENCRYPTED:
        raise userlist_error("userlist.zip-encrypted")
    if method not in METHODS:
        raise userlist_error("userlist.zip-method", method=method)
    raw = data[_CENTRAL.size : _CENTRAL.size + name]
    large = _large(data[_CENTRAL.size + name : _CENTRAL.size + name + extra])
    size, packed, offset = (next(large, 0) if stated == _IN_ZIP64 else stated for stated in (size, packed, offset))
    if method == _STORED and packed != size:
        raise _damaged(_DIRECTORY)
    return Entry(raw.decode("utf-8", "replace"), method, crc, offset, packed, size)


def _large(extra: bytes) -> Iterator[int]:
    """The numbers of 64 bits that stand in place of those that do not fit into 32."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == 1:
            for place in range(at, min(at + length, len(extra)) - 7, 8):
                yield int.from_bytes(extra[place : place + 8], "little")
        at += length


def _data_start(file: BinaryIO, header: int) -> int:
    """Where the packed bytes begin; the file's own header may have other extra fields than the directory."""
    head = _at(file, header, _LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise _damaged(_HEADER)
    name, extra = _LOCAL.unpack(head)[-2:]
    return header + _LOCAL.size + int(name) + int(extra)
