"""The files of an e-Defter package, taken out of a ZIP of strangers; those that are large lie on the disk.

Names are compared, never used as paths. What two programs could read in different ways is refused: files of the same
name, entries that overlap, headers that differ from the directory (`zipfile` sees to that).
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from ulak.errors import Text
from ulak.zips import BROKEN, is_encrypted, weight
from ulak_center.office.problems import refused

__all__ = ["unpacked"]

_LOCAL: Final = 30
_BLOCK: Final = 256 * 1024
_IN_MEMORY: Final = 1 << 20
_MOST_FILES: Final = 16
_DAMAGED: Final = Text("ZIP bozuk ya da bu bir ZIP değil", "it is damaged, or no ZIP")
_CIPHER: Final = Text("şifreli", "it is encrypted")
_METHOD: Final = Text("olağandışı sıkıştırma yöntemi", "an unusual compression method")


@contextmanager
def unpacked(data: bytes, wanted: Collection[str], limit: int) -> Iterator[dict[str, BinaryIO]]:
    """The files of a package by name: exactly those wanted. They go away afterwards.

    Args:
        limit: bytes of one file.

    Raises:
        Refused: ``ledger.zip``, ``ledger.files``, ``ledger.too-large``.
    """
    _check_count(data, wanted)
    with ExitStack() as stack:
        yield _files(data, wanted, limit, stack)


def _files(data: bytes, wanted: Collection[str], limit: int, stack: ExitStack) -> dict[str, BinaryIO]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_names([entry.filename for entry in entries], wanted)
            _check_places(entries)
            return {entry.filename: _content(archive, entry, limit, stack) for entry in entries}
    except BROKEN:
        raise refused("ledger.zip", detail=_DAMAGED) from None


def _check_count(data: bytes, wanted: Collection[str]) -> None:
    """Before the directory is read, for it may be endless."""
    found = weight(BytesIO(data))
    if found is None or not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise refused("ledger.zip", detail=_DAMAGED)
    if found.files > _MOST_FILES or found.directory > _MOST_FILES * 0xFFFF:
        raise refused("ledger.files", wanted=", ".join(sorted(wanted)), found=found.files)


def _check_names(names: list[str], wanted: Collection[str]) -> None:
    if sorted(names) != sorted(wanted):
        found = ", ".join(name[:80] for name in sorted(names)) or "–"
        raise refused("ledger.files", wanted=", ".join(sorted(wanted)), found=found)


def _check_places(entries: list[zipfile.ZipInfo]) -> None:
    """Older versions of `zipfile` read entries that overlap."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise refused("ledger.zip", detail=_DAMAGED)
        end = entry.header_offset + _LOCAL + entry.compress_size


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, stack: ExitStack) -> BinaryIO:
    if is_encrypted(entry):
        raise refused("ledger.zip", detail=_CIPHER)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refused("ledger.zip", detail=_METHOD)
    if entry.file_size > limit:
        raise refused("ledger.too-large", file=entry.filename, limit=limit)
    target = cast(BinaryIO, stack.enter_context(SpooledTemporaryFile(_IN_MEMORY)))  # noqa: SIM115 the stack closes it
    left = limit
    with archive.open(entry) as file:
        while left >= 0 and (block := file.read(_BLOCK)):
            left -= len(block)
            target.write(block)
    if limit - left != entry.file_size:
        raise refused("ledger.zip", detail=_DAMAGED)
    target.seek(0)
    return target
