"""The package in which a report travels: a ZIP of one XML, both named by the report's number.

Source: e-Arşiv Kılavuzu V1.18, 5. Names are compared, never used as paths.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Final, NamedTuple, cast

from ulak import zips
from ulak.errors import Text
from ulak.reports.problems import ReportError, problem

__all__ = ["Opened", "misnamed", "opened"]

_SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06")
_LARGEST_DIRECTORY: Final = 65_536
_DAMAGED: Final = Text("dosya bozuk", "it is damaged")
_COUNT: Final = Text("içinde {count} dosya var", "it holds {count} files")
_CIPHER: Final = Text("şifreli", "it is encrypted")
_METHOD: Final = Text("olağandışı sıkıştırma yöntemi", "an unusual compression method")


class Opened(NamedTuple):
    """A report that is being read.

    Attributes:
        stream: gives its XML.
        inner: name of the file in the ZIP; empty for plain XML.
    """

    stream: BinaryIO
    inner: str


@contextmanager
def opened(file: BinaryIO) -> Iterator[Opened]:
    """The report in a file: the one XML of a ZIP, or the file itself if it is no ZIP.

    Args:
        file: seekable, at its beginning.

    Raises:
        ReportError: ``report.zip``, also while the XML is read.
    """
    begin = file.read(4)
    file.seek(0)
    if begin not in _SIGNATURES:
        yield Opened(file, "")
        return
    try:
        _refuse_giant(file)
        with zipfile.ZipFile(file) as archive:
            entry = _only(archive.infolist())
            with archive.open(entry) as stream:
                yield Opened(cast(BinaryIO, stream), entry.filename)
    except zips.BROKEN as error:
        raise _bad(_DAMAGED) from error


def _refuse_giant(file: BinaryIO) -> None:
    """Before the directory is read, for it may be endless."""
    weight = zips.weight(file)
    if weight is None:
        raise _bad(_DAMAGED)
    if weight.files != 1 or weight.directory > _LARGEST_DIRECTORY:
        raise _bad(_COUNT.format(count=weight.files))


def _only(entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    if len(entries) != 1:
        raise _bad(_COUNT.format(count=len(entries)))
    entry = entries[0]
    if zips.is_encrypted(entry):
        raise _bad(_CIPHER)
    if not zips.is_usual(entry):
        raise _bad(_METHOD)
    return entry


def _bad(detail: Text) -> ReportError:
    return problem("report.zip", detail=detail)


def misnamed(file: str, inner: str, number: str) -> ReportError | None:
    """What is wrong with the names of a package: GİB refuses it with 158, or as unreadable.

    Args:
        file: name of the ZIP, without its folder.
        inner: name of the file in it.
        number: raporNo; capitals count (e-Arşiv Kılavuzu V1.18, 3.3.1.4).

    >>> misnamed("A.zip", "A.xml", "A") is None
    True
    """
    wanted = (f"{number}.zip", f"{number}.xml")
    wrong = next((name for name, right in zip((file, inner), wanted, strict=True) if name != right), None)
    if wrong is None:
        return None
    return problem(
        "report.file-name", where="/eArsivRaporu/baslik/raporNo", name=PurePosixPath(wrong).name, number=number
    )
