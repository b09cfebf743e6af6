"""Workbooks made: small ones at once, large ones by a child process, so that a server goes on answering others.

To the child rows come in frames: four bytes of length, then msgpack.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any, Final

import msgspec

from ulak.cores import on_any_core
from ulak.sheets.problems import problem

__all__ = ["main", "make", "make_apart"]

Row = Sequence[str | int | None]
_LENGTH: Final = 4
_TOGETHER: Final = 500
_MEMORY: Final = 1024 * 1024 * 1024
_SECONDS: Final = 600
_PATIENCE: Final = 900
_places: Final = threading.BoundedSemaphore(2)
"""Children at work at the same time."""


def make(target: IO[bytes], title: str, rows: Iterable[Row]) -> None:
    """Write a workbook with one sheet, whose first row stays in sight."""
    # Not before it is needed: it holds 17 MB in each process.
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    book.save(target)


def make_apart(title: str, rows: Iterable[Row]) -> IO[bytes]:
    """The same by a child process; a nameless file, at its beginning, which the caller closes.

    Raises:
        SheetError: ``sheet.busy`` if others are being made already, ``sheet.not-made``; both pass.
    """
    if not _places.acquire(blocking=False):
        raise problem("sheet.busy")
    try:
        return _made(title, rows)
    finally:
        _places.release()


def _made(title: str, rows: Iterable[Row]) -> IO[bytes]:
    target = tempfile.TemporaryFile()  # noqa: SIM115 it is the caller's
    command = [sys.executable, "-I", "-m", "ulak.sheets.new_workbooks", title]
    with on_any_core():
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=target)  # noqa: S603
    try:
        assert child.stdin
        each = iter(rows)
        while piece := list(islice(each, _TOGETHER)):
            said = msgspec.msgpack.encode(piece)
            child.stdin.write(len(said).to_bytes(_LENGTH, "big") + said)
        child.stdin.close()
        if child.wait(_PATIENCE):
            raise problem("sheet.not-made")
    except (BrokenPipeError, subprocess.TimeoutExpired):
        target.close()
        raise problem("sheet.not-made") from None
    except BaseException:
        target.close()
        raise
    finally:
        child.kill()
        child.wait()
    target.seek(0)
    return target


def main() -> None:
    """Make a workbook of the standard input's rows, and write it to the standard output; argument: its title."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    make(sys.stdout.buffer, sys.argv[1], _read(sys.stdin.buffer))


def _read(source: IO[bytes]) -> Iterator[Any]:
    while length := source.read(_LENGTH):
        yield from msgspec.msgpack.decode(source.read(int.from_bytes(length, "big")))


if __name__ == "__main__":
    main()
