"""The one file of a ZIP from strangers, read without trusting a word of it.

Every byte of the ZIP must belong to that file or to the directory that names it, once and with the same words in both
places, so that no two programs can read two different envelopes out of it (PKWARE APPNOTE 6.3, 4.3).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from ulak.envelope.limits import Limits
from ulak.envelope.problems import EnvelopeError, error
from ulak.errors import Text
from ulak.inflating import METHODS, BombError, DamageError, Entry, inflated

__all__ = ["Entry", "content", "entry_of"]

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_DESCRIPTOR: Final = struct.Struct("<3L")
_LONGEST_COMMENT: Final = 65_535
_DESCRIBED_AFTER: Final = 8
_UTF8_NAME: Final = 0x800
_MASKED: Final = 0x2041
"""Bits of encryption: traditional, strong, and the directory's own."""
_STORED: Final = 0

_NO_END: Final = Text("sonundaki dizin kaydı bulunamadı ya da birden çok", "its end record is missing or ambiguous")
_ZIP64: Final = Text("ZIP64 kullanılmış", "it uses ZIP64")
_DISKS: Final = Text("birden çok parçaya bölünmüş", "it is split over several disks")
_DIRECTORY: Final = Text("dizini bozuk", "its directory is damaged")
_DIFFERENT: Final = Text("dosya başlığı ile dizin farklı", "the file's header and the directory differ")
_GAP: Final = Text("dosya ile dizin arasında başka veri var", "there is other data between the file and the directory")
_WHOLE_ZIP: Final = Text("ZIP", "The ZIP")
_WHOLE_XML: Final = Text("Zarfın XML'i", "The envelope's XML")


def entry_of(file: BinaryIO, limits: Limits) -> Entry:
    """The one file in a ZIP.

    Args:
        file: can be sought.

    Raises:
        EnvelopeError: ``envelope.not-zip``, ``envelope.zip-damaged``, ``envelope.zip-encrypted``,
            ``envelope.zip-method``, ``envelope.file-count``, ``envelope.too-large``.
    """
    length = file.seek(0, 2)
    if length > limits.zip_bytes:
        raise error("envelope.too-large", what=_WHOLE_ZIP, limit=limits.zip_bytes)
    if _at(file, 0, 4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise error("envelope.not-zip")
    directory, size, count = _end_record(file, length)
    _count(file, directory, size, count)
    entry, flags, name = _central(_at(file, directory, size))
    start = _local(file, entry, flags, name)
    if start + entry.packed + _descriptor_length(file, entry, flags, start, directory) != directory:
        raise _damaged(_GAP)
    if entry.size > limits.xml_bytes:
        raise error("envelope.too-large", what=_WHOLE_XML, limit=limits.xml_bytes)
    return entry._replace(start=start)


def content(file: BinaryIO, entry: Entry, limits: Limits) -> Iterator[bytes]:
    """The content in pieces of at most 256 KiB. It counts only once the last piece was read without an error.

    Raises:
        EnvelopeError: ``envelope.zip-damaged``, ``envelope.zip-bomb``.
    """
    try:
        yield from inflated(file, entry, ratio=limits.ratio, ratio_from=limits.ratio_from)
    except DamageError as damage:
        raise _damaged(damage.detail) from None
    except BombError:
        raise error("envelope.zip-bomb", limit=limits.ratio) from None


def _at(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _damaged(detail: Text) -> EnvelopeError:
    return error("envelope.zip-damaged", detail=detail)


def _end_record(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Offset and size of the directory, and the number of files it names."""
    begin = max(0, length - _END.size - _LONGEST_COMMENT)
    tail = _at(file, begin, length - begin)
    at = _end_mark(tail)
    _, disk, first_disk, here, count, size, offset, _ = _END.unpack_from(tail, at)
    if 0xFFFF in (disk, here, count) or 0xFFFFFFFF in (size, offset) or tail[max(0, at - 20) : at][:4] == b"PK\x06\x07":
        raise _damaged(_ZIP64)
    if disk or first_disk or here != count:
        raise _damaged(_DISKS)
    if offset + size != begin + at:
        raise _damaged(_DIRECTORY)
    return offset, size, count


def _end_mark(tail: bytes) -> int:
    """Where the end record is. Were there two, in a comment or before it, two programs might see two directories."""
    marks = [at for at in _marks(tail) if at + _END.size + _END.unpack_from(tail, at)[-1] == len(tail)]
    if len(marks) != 1 or tail.find(b"PK\x05\x06", marks[0] + 1) >= 0:
        raise _damaged(_NO_END)
    return marks[0]


def _marks(tail: bytes) -> Iterator[int]:
    at = tail.find(b"PK\x05\x06")
    while 0 <= at <= len(tail) - _END.size:
        yield at
        at = tail.find(b"PK\x05\x06", at + 1)


def _count(file: BinaryIO, directory: int, size: int, count: int) -> None:
    """See that the directory names one file and no more."""
    data = _at(file, directory, min(size, 1024 * 1024))
    at = found = 0
    while at + _CENTRAL.size <= len(data) and data.startswith(b"PK\x01\x02", at):
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        at += _CENTRAL.size + name + extra + comment
        found += 1
    if max(found, count) > 1 or not (found or count):
        raise error("envelope.file-count", count=max(found, count))
    if found != count or at != size:
        raise _damaged(_DIRECTORY)


def _central(data: bytes) -> tuple[Entry, int, bytes]:
    _, _, _, flags, method, _, _, crc, packed, size, name, _, _, disk, _, _, offset = _CENTRAL.unpack_from(data)
    raw = data[_CENTRAL.size : _CENTRAL.size + name]
    if flags & _MASKED:
        raise error("envelope.zip-encrypted")
    if method not in METHODS:
        raise error("envelope.zip-method", method=method)
    if 0xFFFFFFFF in (packed, size, offset) or disk == 0xFFFF:
        raise _damaged(_ZIP64)
    if offset or disk or (method == _STORED and packed != size):
        raise _damaged(_DIRECTORY)
    return Entry(_text(raw, flags), method, crc, 0, packed, size), flags, raw


def _text(raw: bytes, flags: int) -> str:
    return raw.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace")


def _local(file: BinaryIO, entry: Entry, flags: int, name: bytes) -> int:
    """The offset of the packed bytes; the file's own header must say what the directory says."""
    head = _at(file, 0, _LOCAL.size)
    if len(head) < _LOCAL.size:
        raise _damaged(_DIFFERENT)
    mark, _, own_flags, method, _, _, crc, packed, size, length, extra = _LOCAL.unpack(head)
    if (mark, own_flags & _MASKED) != (b"PK\x03\x04", 0) or method != entry.method:
        raise _damaged(_DIFFERENT)
    stated = (entry.crc, entry.packed, entry.size)
    later = flags & own_flags & _DESCRIBED_AFTER and (crc, packed, size) == (0, 0, 0)
    if (flags ^ own_flags) & _DESCRIBED_AFTER or not (later or (crc, packed, size) == stated):
        raise _damaged(_DIFFERENT)
    if _at(file, _LOCAL.size, length) != name:
        raise _damaged(_DIFFERENT)
    return _LOCAL.size + int(length) + int(extra)


def _descriptor_length(file: BinaryIO, entry: Entry, flags: int, start: int, directory: int) -> int:
    """Bytes of the record after the packed data that states their sizes, if there is one."""
    if not flags & _DESCRIBED_AFTER:
        return 0
    found = _at(file, start + entry.packed, max(0, directory - start - entry.packed))[:32]
    stated = _DESCRIPTOR.pack(entry.crc, entry.packed, entry.size)
    if found not in (stated, b"PK\x07\x08" + stated):
        raise _damaged(_GAP)
    return len(found)
