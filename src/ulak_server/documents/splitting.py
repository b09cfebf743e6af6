"""What is handed in together, cut into its items: NDJSON, a JSON array, or a ZIP of files.

Items are cut while they are read, so that no more than one of them and one piece are held at a time (of a JSON array:
its text, once). What is wrong with one item does not stop the others; what is wrong with the whole does.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, Literal, NamedTuple

import msgspec

from ulak_server.documents.batch_problems import batch_problem
from ulak_server.documents.reading import LARGEST

__all__ = ["BIGGEST", "MOST", "BatchForm", "Part", "pieces_of"]

BatchForm = Literal["ndjson", "json", "zip"]
BIGGEST: Final = 64 * 1024 * 1024
"""Bytes that are handed in at once."""
MOST: Final = 10_000
"""Documents that are handed in at once."""
UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes that a ZIP may hold."""
DENSEST: Final = 200
"""How many times as large as its packed bytes a file of a ZIP may be, once it is larger than a mebibyte."""
_DENSE_FROM: Final = 1024 * 1024
_PIECE_BYTES: Final = 1024 * 1024
_PIECE_ITEMS: Final = 250
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_LONGEST_NAME: Final = 200
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BOM: Final = b"\xef\xbb\xbf"


class Part(NamedTuple):
    """One item as it was handed in.

    Attributes:
        name: of its file; empty otherwise.
        fault: the code of why it could not be read, and its facts; empty if it could.
        line: on which line of what was handed in it stands, from 1; 0: it was not lines.
    """

    name: str
    data: bytes
    fault: str = ""
    facts: dict[str, str | int] = {}  # noqa: RUF012
    line: int = 0


def pieces_of(file: BinaryIO, form: BatchForm) -> Iterator[list[Part]]:
    """The items, some hundred at a time.

    Args:
        file: can be sought; at its beginning.

    Raises:
        BatchError: ``batch.empty``, ``batch.too-large``, ``batch.too-many``, ``batch.not-json``, ``batch.not-zip``,
            ``batch.unpacked-too-large``, ``batch.form``.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > BIGGEST:
        raise batch_problem("batch.too-large", limit=BIGGEST)
    readers = {"ndjson": _lines, "json": _array, "zip": _files}
    if form not in readers:
        raise batch_problem("batch.form", form=form)
    count = 0
    for piece in _gathered(readers[form](file)):
        count += len(piece)
        if count > MOST:
            raise batch_problem("batch.too-many", limit=MOST)
        yield piece
    if not count:
        raise batch_problem("batch.empty")


def _gathered(parts: Iterable[Part]) -> Iterator[list[Part]]:
    piece: list[Part] = []
    size = 0
    for part in parts:
        if piece and (size + len(part.data) > _PIECE_BYTES or len(piece) == _PIECE_ITEMS):
            yield piece
            piece, size = [], 0
        piece.append(part)
        size += len(part.data)
    if piece:
        yield piece


# -- text --------------------------------------------------------------------------------------------------------------


def _lines(file: BinaryIO) -> Iterator[Part]:
    if file.read(len(_BOM)) != _BOM:
        file.seek(0)
    number = 0
    while line := file.readline(LARGEST + 1):
        number += 1
        if len(line) > LARGEST and not line.endswith(b"\n"):
            while (rest := file.readline(LARGEST)) and not rest.endswith(b"\n"):
                pass
            yield _too_large("")._replace(line=number)
        elif not line.isspace():
            yield Part("", line.strip(), line=number)


def _array(file: BinaryIO) -> Iterator[Part]:
    data = file.read().removeprefix(_BOM)
    if data[:64].lstrip()[:1] not in (b"[", b""):
        raise batch_problem("batch.not-json", detail="[")
    try:
        found = _ARRAY.decode(data) if not data.isspace() and data else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise batch_problem("batch.not-json", detail=str(error)) from None
    del data
    for one in found:
        yield _too_large("") if len(bytes(one)) > LARGEST else Part("", bytes(one))


_ARRAY: Final = msgspec.json.Decoder(list[msgspec.Raw])


# -- ZIP ---------------------------------------------------------------------------------------------------------------


def _files(file: BinaryIO) -> Iterator[Part]:
    # Reading a directory makes an object of each entry, and a forged one may have a million.
    if _count(file, _ENTRY) > 2 * MOST:
        raise batch_problem("batch.too-many", limit=MOST)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not _is_chaff(entry)]
            if sum(entry.file_size for entry in entries) > UNPACKED:
                raise batch_problem("batch.unpacked-too-large", limit=UNPACKED)
            for entry in entries:
                yield _file(archive, entry)
    except _BROKEN as error:
        raise batch_problem("batch.not-zip", detail=str(error)) from None


def _count(file: BinaryIO, mark: bytes) -> int:
    found, tail = 0, b""
    while piece := file.read(_PIECE_BYTES):
        found += (tail + piece).count(mark)
        tail = piece[-len(mark) + 1 :]
    return found


_BROKEN: Final = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError, EOFError)


def _is_chaff(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what file managers leave behind."""
    name = entry.filename.rpartition("/")[2]
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or name in (".DS_Store", "Thumbs.db", "desktop.ini")


def _file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Part:
    name = _printable(entry.filename)
    if entry.flag_bits & _ENCRYPTED:
        return Part(name, b"", "batch.item-encrypted")
    if entry.file_size > LARGEST:
        return _too_large(name)
    if entry.file_size > _DENSE_FROM and entry.file_size > DENSEST * entry.compress_size:
        return Part(name, b"", "batch.item-too-dense", {"limit": DENSEST})
    if entry.compress_type not in _METHODS:
        return Part(name, b"", "batch.item-damaged", {"detail": f"method {entry.compress_type}"})
    try:
        return Part(name, archive.read(entry))
    except (*_BROKEN, RuntimeError, zlib.error) as error:
        return Part(name, b"", "batch.item-damaged", {"detail": _printable(str(error))})


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:_LONGEST_NAME])


def _too_large(name: str) -> Part:
    return Part(name, b"", "batch.item-too-large", {"limit": LARGEST})
