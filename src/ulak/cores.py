"""Which cores of the machine a process runs on.

One thread of Python runs at a time, whatever the cores. The kernel spreads them all the same: each that is let on wakes
up on another core, which slept and has nothing of what it works with at hand.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

__all__ = ["keep_to_one_core", "on_any_core"]

_NAME: Final = "\0{}/core/{}"
"""Of a socket without a file, which only one process of the machine has, and which is free once it ends."""
_marks: list[socket.socket] = []
_ours: set[int] = set()


def keep_to_one_core(among: str = "ulak") -> int | None:
    """Have all threads of this process, and those to come, run on one core that no other process keeps to this way.

    Args:
        among: name of those processes of the machine that share the cores out.

    Returns:
        the core; None if the process may use one core alone, each core has its process, or the system has no such
        thing. Nothing is changed then.
    """
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    core = next((one for one in cores if _is_taken_now(among, one)), None) if len(cores) > 1 else None
    if core is not None:
        _ours.update(cores)
        # Threads that are begun meanwhile run where the thread does that begins them.
        while sum(_is_moved(thread, core) for thread in _threads()):
            pass
    return core


@contextmanager
def on_any_core() -> Iterator[None]:
    """Let this thread use every core: for work outside of Python, and to start a process, which runs where it does."""
    if not _ours:
        yield
        return
    kept = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _ours)
    try:
        yield
    finally:
        os.sched_setaffinity(0, kept)


def _is_taken_now(among: str, core: int) -> bool:
    """Take a core for this process and move this thread there, if nobody has it and the system lets it."""
    mark = socket.socket(socket.AF_UNIX)
    try:
        mark.bind(_NAME.format(among, core))
        os.sched_setaffinity(0, {core})
    except OSError:
        mark.close()
        return False
    _marks.append(mark)
    return True


def _threads() -> list[int]:
    return [int(name) for name in os.listdir("/proc/self/task")]


def _is_moved(thread: int, core: int) -> bool:
    """Move a thread to a core; whether it ran elsewhere."""
    with suppress(OSError):
        if os.sched_getaffinity(thread) != {core}:
            os.sched_setaffinity(thread, {core})
            return True
    return False
