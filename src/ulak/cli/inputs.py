"""The files that a person names on the command line."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ulak.errors import Text, UlakError
from ulak.xml import MAX_BYTES

__all__ = ["LARGEST_SEALED", "STDIN", "InputError", "Source", "expand", "is_large", "read", "shown"]

STDIN: Final = "-"
LARGEST_SEALED: Final = 200 * 1024 * 1024
"""Bytes of the largest thing that is sealed: a part of an e-Defter (e-Defter Teknik Kılavuzu V1.7, 2.2)."""
_REASONS: Final = {
    errno.ENOENT: Text("Böyle bir dosya ya da klasör yok.", "There is no such file or folder."),
    errno.ENOTDIR: Text("Böyle bir dosya ya da klasör yok.", "There is no such file or folder."),
    errno.ENAMETOOLONG: Text("Dosya adı çok uzun.", "The file name is too long."),
    errno.EACCES: Text("Dosyayı okuma izni yok.", "There is no permission to read it."),
    errno.EPERM: Text("Dosyayı okuma izni yok.", "There is no permission to read it."),
    errno.EISDIR: Text("Bu bir klasör, dosya değil.", "This is a folder and no file."),
    errno.ELOOP: Text("Kısayollar birbirini gösteriyor.", "Its links point to one another."),
}
_FAILED: Final = Text("Okunamadı: {detail}", "It could not be read: {detail}")
_LOOK: Final = Text("Yolu, adı ve izinleri denetleyin.", "Check the path, the name and the permissions.")
_NO_XML: Final = Text("Klasörde ve alt klasörlerinde XML dosyası yok.", "There is no XML file in the folder or below.")
_OTHER_FOLDER: Final = Text(
    "Adı .xml ile biten dosyaların durduğu klasörü verin.", "Name the folder that holds files ending in .xml."
)


class InputError(UlakError):
    """A file cannot be read; ``code`` is one of ``file.*``."""


class Source(NamedTuple):
    """One file to look at.

    Attributes:
        name: how it is called in the output.
        path: where it is; empty if it was read already.
        data: its content, if it was read already (standard input, a pipe).
        error: why there is nothing to read.
    """

    name: str
    path: str = ""
    data: bytes | None = None
    error: tuple[str, Text, Text] | None = None


def expand(names: Iterable[str], limit: int) -> Iterator[Source]:
    """Every file named, and every ``*.xml`` below every folder named, in order of the line and then of path.

    Links to folders are not followed. What is no plain file is read here, since a worker could not.

    Args:
        limit: bytes after which reading stops.
    """
    for name in names:
        if name == STDIN:
            yield _held(Source(STDIN), limit)
        elif os.path.isdir(name):
            yield from _below(name)
        elif _is_plain(name):
            yield Source(shown(name), name)
        else:
            yield _held(Source(shown(name), name), limit)


def read(source: Source, limit: int) -> bytes:
    """The content, at most one byte more than ``limit``.

    Raises:
        InputError: ``file.missing`` or ``file.unreadable``.
    """
    if source.error:
        raise InputError(*source.error, where=source.name)
    if source.data is not None:
        return source.data
    try:
        if source.name == STDIN and not source.path:
            return sys.stdin.buffer.read(limit + 1)
        with open(source.path, "rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(*_why(error), where=source.name) from None


def is_large(source: Source) -> bool:
    """Whether it is a plain file that is better streamed than held."""
    try:
        status = os.stat(source.path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES


def shown(path: str) -> str:
    """A path as valid text, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _held(source: Source, limit: int) -> Source:
    try:
        return source._replace(data=read(source, limit))
    except InputError as error:
        return source._replace(error=(error.code, error.text, error.repair))


def _is_plain(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _below(folder: str) -> Iterator[Source]:
    found = False
    for source in _walk(folder):
        found = True
        yield source
    if not found:
        yield Source(shown(folder), folder, error=("file.no-documents", _NO_XML, _OTHER_FOLDER))


def _walk(folder: str) -> Iterator[Source]:
    failures: list[Source] = []
    walk = os.walk(folder, onerror=lambda error: failures.append(_unopened(error)))
    for place, below, files in walk:
        below.sort()
        paths = (os.path.join(place, file) for file in sorted(files) if file.lower().endswith(".xml"))
        # A link that leads nowhere is no plain file, but must be told of; a pipe would block for ever.
        yield from (Source(shown(path), path) for path in paths if _is_plain(path) or not os.path.exists(path))
    yield from failures


def _unopened(error: OSError) -> Source:
    path = str(error.filename)
    return Source(shown(path), path, error=_why(error))


def _why(error: OSError | ValueError) -> tuple[str, Text, Text]:
    number = error.errno if isinstance(error, OSError) else None
    detail = (error.strerror if isinstance(error, OSError) else None) or str(error)
    code = "file.missing" if number in (errno.ENOENT, errno.ENOTDIR) else "file.unreadable"
    return code, _REASONS.get(number or 0) or _FAILED.format(detail=detail), _LOOK
