"""Where fetched evidence is kept: in memory, or in a folder that several processes share.

Nothing in a cache is believed: all of it is examined again, signature included, whenever it is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import threading
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from ulak.errors import Text
from ulak.seal.verdicts import Reason

__all__ = ["Cache", "FolderCache", "Kept", "MemoryCache"]

_MAGIC: Final = b"ulak-trust-1\n"


class Kept(NamedTuple):
    """What came of asking an address.

    Attributes:
        data: what it gave; empty if it failed.
        until: when to ask again.
        failure: why it gave nothing.
    """

    data: bytes
    until: datetime
    failure: Reason | None = None


class Cache(Protocol):
    """Keeps what was fetched. Both verbs may be called by several threads at once and never raise."""

    def get(self, key: str) -> Kept | None:
        """What is kept, however old."""
        ...

    def put(self, key: str, kept: Kept) -> None: ...


class MemoryCache:
    """Keeps in this process; forgets what was not used for longest beyond ``max_bytes``."""

    def __init__(self, max_bytes: int = 64 * 1024 * 1024) -> None:
        self._max_bytes = max_bytes
        self._size = 0
        self._entries: OrderedDict[str, Kept] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str) -> Kept | None:
        with self._guard:
            kept = self._entries.get(key)
            if kept is not None:
                self._entries.move_to_end(key)
            return kept

    def put(self, key: str, kept: Kept) -> None:
        with self._guard:
            old = self._entries.pop(key, None)
            self._entries[key] = kept
            self._size += _weight(kept) - (_weight(old) if old else 0)
            while self._size > self._max_bytes and len(self._entries) > 1:
                self._size -= _weight(self._entries.popitem(last=False)[1])


def _weight(kept: Kept) -> int:
    return len(kept.data) + 1024


class FolderCache:
    """Keeps in a folder, a file a key, written whole or not at all. Broken and foreign files are passed over.

    A folder that cannot be written makes things slower, not wrong; `problem` says so.
    """

    def __init__(self, folder: Path | str) -> None:
        self._folder = Path(folder)
        self.problem: str = ""

    def get(self, key: str) -> Kept | None:
        try:
            return _unpacked(key, self._file(key).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, kept: Kept) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_packed(key, kept))
                os.replace(name, self._file(key))
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(name)
                raise
        except OSError as error:
            self.problem = str(error)

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.kept"


def _packed(key: str, kept: Kept) -> bytes:
    failure = kept.failure and [kept.failure.code, list(kept.failure.text), list(kept.failure.repair)]
    digest = hashlib.sha256(kept.data).hexdigest()
    head = {"key": key, "until": kept.until.isoformat(), "failure": failure, "sha256": digest}
    return _MAGIC + json.dumps(head, ensure_ascii=False).encode() + b"\n" + kept.data


def _unpacked(key: str, packed: bytes) -> Kept:
    magic, head, data = packed[: len(_MAGIC)], *packed[len(_MAGIC) :].split(b"\n", 1)
    read = json.loads(head)
    until = datetime.fromisoformat(read["until"])
    is_whole = magic == _MAGIC and hashlib.sha256(data).hexdigest() == read["sha256"] and until.tzinfo is not None
    if not is_whole or read["key"] != key:
        raise ValueError("not what was kept")
    if read["failure"] is None:
        return Kept(data, until)
    code, text, repair = read["failure"]
    return Kept(data, until, Reason(str(code), Text(*map(str, text)), Text(*map(str, repair))))
