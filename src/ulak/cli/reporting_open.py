"""The reports that a person names: XML, or the ZIP in which they travel."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ulak.cli.inputs import STDIN, Source, read, shown
from ulak.reports.packages import Opened, opened

__all__ = ["open_report"]


@contextmanager
def open_report(name: str) -> Iterator[Opened]:
    """The report of a file, ready to be read once.

    Raises:
        InputError: ``file.missing``, ``file.unreadable``.
        ReportError: ``report.zip``.
    """
    with _file(name) as file, opened(file) as found:
        yield found


@contextmanager
def _file(name: str) -> Iterator[BinaryIO]:
    if name == STDIN:
        with _aside(sys.stdin.buffer) as file:
            yield file
        return
    with _open(name) as file:
        if file.seekable():
            yield file
            return
        with _aside(file) as copy:
            yield copy


def _open(name: str) -> BinaryIO:
    try:
        return open(name, "rb")
    except (OSError, ValueError):
        read(Source(shown(name), name), 0)
        raise


@contextmanager
def _aside(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A ZIP is read from its end, so what cannot be sought is put aside first."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file
