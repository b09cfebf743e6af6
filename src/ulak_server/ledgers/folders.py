"""Private folders in which workers make books, and nameless files; what a killed process left is cleared away."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from ulak_server.ledgers.problems import problem

__all__ = ["Workshop", "has_room", "is_left", "private"]

_SPARE: Final = 256 * 1024 * 1024
"""Bytes that are left free on the disk."""
_LOCK: Final = "lock"


def root() -> Path:
    """Where all workers of this machine have their folders; nobody else may look into it."""
    folder: Path = settings.ENVIRONMENT.data / "run" / "ledgers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class Workshop:
    """The folder of one process, with one of each work; it is free to be cleared away when the process has ended."""

    def __init__(self) -> None:
        with _alone():
            self.folder = Path(tempfile.mkdtemp(prefix="worker-", dir=root()))
            self._lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def of(self, work: int) -> Path:
        """The folder of a work."""
        folder = self.folder / str(work)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def clear(self, work: int) -> None:
        """Remove the folder of a work."""
        shutil.rmtree(self.folder / str(work), ignore_errors=True)

    def works(self) -> list[int]:
        """The works that have a folder."""
        return [int(one.name) for one in self.folder.iterdir() if one.name.isdecimal()]

    def tidy(self) -> int:
        """Clear away what processes left that were killed; how many there were."""
        with _alone():
            left = [folder for folder in root().glob("worker-*") if folder != self.folder and is_left(folder)]
            for folder in left:
                shutil.rmtree(folder, ignore_errors=True)
        return len(left)

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)


@contextmanager
def _alone() -> Iterator[None]:
    """Make or clear away folders while no other process does: a folder that is not locked yet looks as if left."""
    place = os.open(root(), os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def is_left(folder: Path) -> bool:
    """Whether the process of a worker's folder has ended: locks of the kernel end with their process."""
    with suppress(OSError):
        file = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        finally:
            os.close(file)
    return False


def has_room(wanted: int) -> None:
    """See that the disk has room for so many bytes.

    Raises:
        LedgerWorkError: ``ledger-work.disk-full``; it is not permanent.
    """
    if shutil.disk_usage(root()).free < wanted + _SPARE:
        raise problem("ledger-work.disk-full")


@contextmanager
def private() -> Iterator[Path]:
    """A folder for a moment, which nobody else may look into; cleared away like a worker's if its process is killed."""
    workshop = Workshop()
    try:
        yield workshop.folder
    finally:
        workshop.close()
