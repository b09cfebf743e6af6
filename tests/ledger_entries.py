"""An entry store for tests that take accounting exports in; one for all of them, emptied in between."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from ulak.ledger.store import EntryStore

__all__ = ["entries"]


@cache
def _store() -> EntryStore:
    directory = Path(tempfile.mkdtemp())
    store = EntryStore.create(directory / "store")

    def end() -> None:
        store.close()
        shutil.rmtree(directory)

    atexit.register(end)
    return store


@contextmanager
def entries() -> Iterator[EntryStore]:
    """An empty store."""
    store = _store()
    for table in ("line", "account", "raw_fault"):
        store.connection.execute(f"DELETE FROM {table}")
    yield store
