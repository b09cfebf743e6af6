"""A child process that ends when its parent is gone, however the parent went."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Final

__all__ = ["end_with"]

_LOOK: Final = 0.3
"""Seconds between two looks."""
_GRACE: Final = 10.0
"""Seconds for finishing what is under way."""


def end_with(parent: int) -> None:
    """Let this process end itself, as SIGTERM would, once its parent is not ``parent`` any more.

    Args:
        parent: the process id that the parent had when it made this one.
    """
    threading.Thread(target=_watch, args=(parent,), name="tether", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)
