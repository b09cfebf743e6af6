"""The process that makes books: apart from the pipeline's workers, since a step may take minutes and much memory.

Any number of them may run, on any machines.
"""

from __future__ import annotations

import os
import threading
from contextlib import closing

from ulak.process import hold_little_memory
from ulak_server.database.bell import BOOKS
from ulak_server.exchange import worker
from ulak_server.exchange.keys import KeyRing
from ulak_server.ledgers.limits import limits
from ulak_server.ledgers.station import Works

__all__ = ["run"]

_TOO_MUCH = 70
"""How a process ends that did too much: whoever keeps it running starts it anew."""


def run(name: str, stop: threading.Event) -> None:
    """Make books until it is told to stop; the step under way is left, and done anew later."""
    hold_little_memory()
    with closing(KeyRing()) as keys:
        works = Works(keys, stop, limits(), lambda: os._exit(_TOO_MUCH))
        worker.run(worker.Context(name, stop, keys), [works], hears=BOOKS)
