"""The process that makes books: apart from the pipeline's workers, since a step may take minutes and much memory.

Any number of them may run, on any machines.
"""

from __future__ import annotations

import threading
from contextlib import closing

from ulak_server.database.bell import BOOKS
from ulak_server.exchange import worker
from ulak_server.exchange.keys import KeyRing
from ulak_server.ledgers.station import Works

__all__ = ["run"]


def run(name: str, stop: threading.Event) -> None:
    """Make books until it is told to stop; the step under way is left, and done anew later."""
    with closing(KeyRing()) as keys:
        worker.run(worker.Context(name, stop, keys), [Works(keys, stop)], hears=BOOKS)
