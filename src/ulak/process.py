"""What a process that works on documents all day sets once, when it starts."""

from __future__ import annotations

import ctypes
from typing import Final

__all__ = ["keep_freed_memory"]

_M_TRIM_THRESHOLD: Final = -1
_M_TOP_PAD: Final = -2
_M_MMAP_THRESHOLD: Final = -3
_MOST_MMAP_THRESHOLD: Final = 32 * 1024 * 1024
"""glibc takes no larger one on 64-bit machines."""
_SPARE_BYTES: Final = 64 * 1024 * 1024


def keep_freed_memory(spare: int = _SPARE_BYTES) -> bool:
    """Let the C allocator keep up to ``spare`` bytes between documents instead of handing them back to the kernel.

    The tree of a 5 000-line invoice takes some 50 MB. Fetching its pages anew for each document costs a third of the
    parse; a worker that keeps them does not pay it again.

    Returns:
        False where the C library is not glibc, or would not have it; nothing is changed then.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    settings = (
        (_M_TRIM_THRESHOLD, spare),
        (_M_TOP_PAD, spare // 4),
        # Else every buffer above 128 KB, a document with a stylesheet for instance, has its pages fetched anew.
        (_M_MMAP_THRESHOLD, min(spare, _MOST_MMAP_THRESHOLD)),
    )
    return sum(bool(mallopt(*setting)) for setting in settings) == len(settings)
