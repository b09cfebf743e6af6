"""Files that are read as streams: a ZIP is read from its end, so what cannot be sought is put aside first."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ulak.cli.inputs import STDIN, Source, read, shown

__all__ = ["seekable"]


@contextmanager
def seekable(name: str) -> Iterator[BinaryIO]:
    """A file that a person names, at its beginning; ``-`` is standard input.

    Raises:
        InputError: ``file.missing``, ``file.unreadable``.
    """
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
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file
