"""The parent's side of the child process that opens old workbooks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, BinaryIO, Final

import msgspec

from ulak.cores import on_any_core
from ulak.sheets.problems import problem

__all__ = ["child_rows", "child_sheets"]

_LENGTH: Final = 4
_PIECE: Final = 1024 * 1024
_KINDS: Final[dict[str, Any]] = {"datetime": datetime, "date": date, "time": time}


def child_sheets(file: BinaryIO) -> list[tuple[str, bool]]:
    """The names of the sheets with cells, and whether they are hidden. Raises `SheetError`."""
    for frame in _frames(file, "sheets", "", 0, 0):
        return msgspec.convert(frame, list[tuple[str, bool]])
    return []


def child_rows(file: BinaryIO, sheet: str, most_rows: int, most_columns: int) -> Iterator[list[Any]]:
    """The rows of a sheet, blank ones too. Raises `SheetError`."""
    for frame in _frames(file, "rows", sheet, most_rows, most_columns):
        for row in frame:
            yield [_kept(one) for one in row]


def _kept(value: Any) -> Any:
    """Days and times come as arrays of their kind and their ISO form."""
    return _KINDS[value[0]].fromisoformat(value[1]) if isinstance(value, list) and len(value) == 2 else value


def _frames(file: BinaryIO, wanted: str, sheet: str, most_rows: int, most_columns: int) -> Iterator[Any]:
    command = [
        sys.executable,
        "-I",
        "-m",
        "ulak.sheets.old_workbooks",
        wanted,
        sheet,
        str(most_rows),
        str(most_columns),
    ]
    with on_any_core():
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
    try:
        assert child.stdin
        assert child.stdout
        assert child.stderr
        _hand_over(file, child.stdin)
        yield from _read(child.stdout)
        if child.wait():
            raise problem("sheet.encrypted" if b"assword" in child.stderr.read(_PIECE) else "sheet.unreadable")
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise problem("sheet.unreadable") from None
    finally:
        child.kill()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe and not pipe.closed:
                pipe.close()
        child.wait()


def _hand_over(file: BinaryIO, target: IO[bytes]) -> None:
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            target.write(piece)
        target.close()
    except BrokenPipeError:  # it died of the file; its own words tell why
        return


def _read(source: IO[bytes]) -> Iterator[Any]:
    while length := source.read(_LENGTH):
        yield msgspec.msgpack.decode(source.read(int.from_bytes(length, "big")))
