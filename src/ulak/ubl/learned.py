"""Types made known to msgspec by one thread at a time.

msgspec remembers with a class how to read it, and lets other threads see that while it is still being put together:
one that reads by a half-made plan ends the process. So no class is read before its plan is whole.
"""

from __future__ import annotations

import threading
from typing import Any, Final

import msgspec

__all__ = ["learn"]

_LEARNT: Final[dict[type[Any], msgspec.json.Decoder[Any]]] = {}
_LOCK: Final = threading.Lock()


def learn(type: type[Any]) -> msgspec.json.Decoder[Any]:
    """The decoder of a class, whose plan and those of all classes in it are whole from now on."""
    found = _LEARNT.get(type)
    if found is None:
        with _LOCK:
            found = _LEARNT.setdefault(type, msgspec.json.Decoder(type))
    return found
