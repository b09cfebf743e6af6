"""The folder in which a machine's processes lay down what they count, so that one of them can tell all of it."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ulak.kept import holdings
from ulak.process import release_pages, share_arenas

__all__ = ["Watch", "gathering", "watch_memory"]

_EVERY: Final = 10.0
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_MUCH: Final = 160 << 20
"""Bytes from which on a process hands back what it holds and does not use."""
_GROWN: Final = 8 << 20
"""Bytes that it has to have grown by since it did so last."""


@contextmanager
def gathering(data: Path) -> Iterator[None]:
    """Let this process's children lay down what they count; what earlier ones left is cleared if nobody uses it."""
    folder = data / "run" / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "metrics.lock").open("w") as lock:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(exist_ok=True)
        fcntl.flock(lock, fcntl.LOCK_SH)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        try:
            yield
        finally:
            del os.environ["PROMETHEUS_MULTIPROC_DIR"]


def watch_memory(part: str) -> None:
    """Tell every few seconds what this process and its stores hold, from a thread of its own, and keep it small.

    A large document leaves tens of megabytes free within the process, which glibc would keep for the next one.
    """
    share_arenas()
    threading.Thread(target=_watch, args=(part,), name="memory", daemon=True).start()


class Watch:
    """When a process is to hand memory back.

    Args:
        release: hands it back.
        resident: tells the bytes that the process holds.
    """

    def __init__(self, release: Callable[[], None] = release_pages, resident: Callable[[], int] | None = None) -> None:
        self._release, self._resident = release, resident or _resident
        self._least = _MUCH

    def look(self) -> int:
        """Hand back what is free if the process has grown; the bytes that it holds then."""
        found = self._resident()
        if found < self._least:
            return found
        self._release()
        found = self._resident()
        self._least = max(_MUCH, found + _GROWN)
        return found


def _watch(part: str) -> None:
    from ulak_server.meters import KEPT, MEMORY

    never, watch = threading.Event(), Watch()
    while True:
        with suppress(OSError, IndexError, ValueError):
            MEMORY.labels(part).set(watch.look())
        for one in holdings():
            KEPT.labels(part, one.name).set(one.bytes)
        never.wait(_EVERY)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
