"""What a command writes to a file: all of it or nothing."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress

from ulak.cli.inputs import STDIN, InputError, shown
from ulak.cli.session import Session
from ulak.errors import Text

__all__ = ["mode_of", "write_output"]

_WRITE = Text("{name} yazılamadı: {detail}", "{name} could not be written: {detail}")
_ELSEWHERE = Text("Klasörün var ve yazılabilir olduğuna bakın.", "See that its folder exists and may be written.")


def write_output(session: Session, data: bytes, output: str | None) -> None:
    """Write to the file named, or to standard output if none is, or ``-``.

    A file that is there already is replaced in one step, so that nobody ever sees half of the new one.

    Raises:
        InputError: ``file.unwritable``.
    """
    if output is None or output == STDIN:
        session.put_bytes(data)
        session.flush()
        return
    try:
        _replace(output, data) if _is_replaceable(output) else _overwrite(output, data)
    except OSError as error:
        facts = {"name": shown(output), "detail": error.strerror or str(error)}
        raise InputError("file.unwritable", _WRITE.format(**facts), _ELSEWHERE, permanent=False) from None


def _is_replaceable(path: str) -> bool:
    """Whether it is a plain file or nothing yet: links, pipes and devices stay what they are."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode) and os.access(path, os.W_OK)
    except FileNotFoundError:
        return True


def _overwrite(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


def _replace(path: str, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".ulak-")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, mode_of(path))
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def mode_of(path: str) -> int:
    """The permissions of the file that is replaced, or those of a new one."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
