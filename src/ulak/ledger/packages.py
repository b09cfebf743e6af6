"""Packages: the ZIP in which a berat, with or without its book, or a report goes to GİB.

Source: Teknik Kılavuz V1.7, 2.4 and 2.7; Uygulama Kılavuzu V1.12: since January 2025 the journal is uploaded with its
berat, of the general ledger the berat alone.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from ulak import zips
from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.names import FileName
from ulak.ledger.values import Month

__all__ = ["LEDGER_ALONE_SINCE", "Package", "contents", "opened", "package"]

LEDGER_ALONE_SINCE: Final = Month(2025, 1)
"""The first month whose package of the general ledger holds the berat alone."""
_LARGEST_DIRECTORY: Final = 65_536
_MOST: Final = 8
_DAMAGED: Final = Text("dosya bozuk", "it is damaged")


def contents(name: FileName) -> tuple[FileName, ...]:
    """The documents that a package holds, in order; the berat first.

    >>> [each.kind for each in contents(FileName("1234567808", Month(2025, 1), "YB"))]
    ['YB', 'Y']
    >>> [each.kind for each in contents(FileName("1234567808", Month(2025, 1), "KB"))]
    ['KB']
    """
    berat = name.berat
    if berat.kind == "DR" or (berat.kind == "KB" and berat.month >= LEDGER_ALONE_SINCE):
        return (berat,)
    return berat, berat.book


def package(target: BinaryIO, name: FileName, files: Mapping[str, BinaryIO], *, level: int = 6) -> int:
    """Write a package; the same documents always give the same bytes.

    Args:
        target: takes the ZIP.
        name: of the package: that of its berat, or of the report.
        files: the documents by their file names, each read from its beginning to its end.
        level: of compression, 1–9.

    Returns:
        bytes of the documents.

    Raises:
        BeratError: ``berat.missing-file``, ``berat.foreign-file``; nothing is written.
    """
    wanted = [each.xml for each in contents(name)]
    for file in wanted:
        if file not in files:
            raise problem("berat.missing-file", package=name.berat.zip, file=file)
    for file in files:
        if file not in wanted:
            raise problem("berat.foreign-file", package=name.berat.zip, file=PurePosixPath(file).name[:100])
    with zipfile.ZipFile(target, "w", compresslevel=level) as archive:
        return sum(zips.put(archive, file, files[file]) for file in wanted)


class Package:
    """The documents of a package that is being read; their names are compared, never used as paths.

    Attributes:
        names: of its files, as they stand there.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names: Final = tuple(entry.filename for entry in _sound(archive.infolist()))

    def open(self, name: str) -> BinaryIO:
        """A document, to be read once from its beginning."""
        return cast(BinaryIO, self._archive.open(name))


@contextmanager
def opened(file: BinaryIO) -> Iterator[Package]:
    """A package of a stranger's, or GİB's.

    Args:
        file: seekable.

    Raises:
        BeratError: ``berat.zip``, also while a document is read.
    """
    try:
        _refuse_giant(file)
        with zipfile.ZipFile(file) as archive:
            yield Package(archive)
    except zips.BROKEN as error:
        raise problem("berat.zip", detail=_DAMAGED) from error


def _refuse_giant(file: BinaryIO) -> None:
    """Before the directory is read, for it may be endless."""
    weight = zips.weight(file)
    if weight is None:
        raise problem("berat.zip", detail=_DAMAGED)
    if weight.files > _MOST or weight.directory > _LARGEST_DIRECTORY:
        raise problem("berat.zip", detail=Text(f"içinde {weight.files} dosya var", f"it holds {weight.files} files"))


def _sound(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    if any(zips.is_encrypted(entry) for entry in entries):
        raise problem("berat.zip", detail=Text("şifreli", "it is encrypted"))
    if not all(zips.is_usual(entry) for entry in entries):
        raise problem("berat.zip", detail=Text("olağandışı sıkıştırma yöntemi", "an unusual compression method"))
    return entries
