"""What a process that works on documents all day sets once, when it starts."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from typing import Final

__all__ = ["give_memory_back", "hold_little_memory", "keep_freed_memory", "release_pages", "share_arenas"]

_M_TRIM_THRESHOLD: Final = -1
_M_TOP_PAD: Final = -2
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_ARENAS: Final = 2
_MOST_MMAP_THRESHOLD: Final = 32 * 1024 * 1024
"""glibc takes no larger one on 64-bit machines."""
_SPARE_BYTES: Final = 64 * 1024 * 1024
_LARGE: Final = 1024 * 1024


def keep_freed_memory(spare: int = _SPARE_BYTES) -> bool:
    """Let the C allocator keep up to ``spare`` bytes between documents instead of handing them back to the kernel.

    The tree of a 5 000-line invoice takes some 50 MB. Fetching its pages anew for each document costs a third of the
    parse; a worker that keeps them does not pay it again.

    Returns:
        False where the C library is not glibc, or would not have it; nothing is changed then.
    """
    return _allocating(
        (_M_TRIM_THRESHOLD, spare),
        (_M_TOP_PAD, spare // 4),
        # Else every buffer above 128 KB, a document with a stylesheet for instance, has its pages fetched anew.
        (_M_MMAP_THRESHOLD, min(spare, _MOST_MMAP_THRESHOLD)),
    )


def hold_little_memory() -> bool:
    """Let large buffers have pages of their own, which go back when they are freed.

    For a process whose steps take minutes: left alone, glibc learns from the first large buffer that is freed to keep
    all that follow.

    Returns:
        as `keep_freed_memory`.
    """
    return _allocating((_M_MMAP_THRESHOLD, _LARGE))


def share_arenas() -> bool:
    """Let all threads allocate from two arenas: each has its own otherwise, and keeps what it once needed.

    To be called before there are threads. Those of Python seldom want memory at once.

    Returns:
        as `keep_freed_memory`.
    """
    return _allocating((_M_ARENA_MAX, _ARENAS))


def give_memory_back() -> None:
    """Hand back to the kernel what is free within the process; nothing happens where the C library is not glibc."""
    gc.collect()
    release_pages()


def release_pages() -> None:
    """The same without looking for what nobody refers to: a few milliseconds, in which other threads may not allocate.

    Python's own small objects lie in arenas of their own, which go back only when nothing is left in them.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _allocating(*settings: tuple[int, int]) -> bool:
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    return sum(bool(mallopt(*setting)) for setting in settings) == len(settings)
