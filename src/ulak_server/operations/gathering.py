"""The folder in which a machine's processes lay down what they count, so that one of them can tell all of it."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

__all__ = ["gathering", "watch_memory"]

_EVERY: Final = 10.0
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


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
    """Tell the memory of this process every few seconds, from a thread of its own."""
    threading.Thread(target=_watch, args=(part,), name="memory", daemon=True).start()


def _watch(part: str) -> None:
    from ulak_server.meters import MEMORY

    never = threading.Event()
    while True:
        with suppress(OSError, IndexError, ValueError):
            MEMORY.labels(part).set(int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE)
        never.wait(_EVERY)
