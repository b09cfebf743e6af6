"""What a process keeps to be quick, bounded by bytes: the least used goes first.

A bound in entries says nothing where one entry is a stylesheet and another a word. Every store that may hold much has a
name, and `holdings` tells of all that there are, so that whoever runs a process sees where its memory is.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

__all__ = ["ENTRY", "Holding", "Kept", "Store", "holdings", "tell_of"]

ENTRY: Final = 400
"""About the bytes that an entry takes besides what it says of itself: its key, its places in the tables."""
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _nothing(_: object) -> int:
    return 0


class Holding(NamedTuple):
    """What one store holds.

    Attributes:
        bytes: about as many as its values take.
        room: bytes that it may hold.
    """

    name: str
    entries: int
    bytes: int
    room: int


class Store(Protocol):
    """What `holdings` tells of.

    Attributes:
        bytes: about as many as it holds now, of the ``room`` that it may fill.
    """

    @property
    def name(self) -> str: ...
    @property
    def entries(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def room(self) -> int: ...
    def clear(self) -> None:
        """Keep nothing; what is asked for next is made anew."""
        ...


class Kept(Generic[K, V]):
    """Values by key, up to so many bytes; any number of threads may share it.

    Args:
        name: by which `holdings` tells of it, e.g. ``archive.dictionaries``.
        room: bytes of all entries together. What alone is larger is not kept.
        size: about the bytes of a value, as it is when it is put in, beyond `ENTRY`.
        rest: seconds after which a value that nobody asked for goes, when any other is asked for; None: never.
        clock: counts them.

    >>> words = Kept[str, bytes]("words", room=1_000, size=len)
    >>> words.put("a", b"." * 500)
    >>> words.put("b", b"." * 100)
    >>> words.get("a"), words.entries, words.bytes
    (None, 1, 500)
    """

    def __init__(
        self,
        name: str,
        room: int,
        size: Callable[[V], int] = _nothing,
        *,
        rest: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name, self.room, self.bytes = name, room, 0
        self._size_of, self._rest, self._clock = size, rest, clock
        self._held: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._used: dict[K, float] = {}
        self._lock = threading.Lock()
        tell_of(self)

    @property
    def entries(self) -> int:
        return len(self._held)

    def get(self, key: K) -> V | None:
        """The value of a key, which counts as used now; None if there is none."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            if self._rest is not None:
                self._use(key, self._rest)
            return found[0]

    def put(self, key: K, value: V) -> None:
        """Keep a value, in the place of the one that the key has."""
        size = self._size_of(value) + ENTRY
        with self._lock:
            self._drop(key)
            if size > self.room:
                return
            self._held[key] = value, size
            self.bytes += size
            if self._rest is not None:
                self._use(key, self._rest)
            while self.bytes > self.room:
                self._drop(next(iter(self._held)))

    def obtain(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made if there is none; two threads that want it at once may both make it."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def take(self, key: K) -> V | None:
        """The value of a key, which is not kept any more."""
        with self._lock:
            return self._drop(key)

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._held.clear()
            self._used.clear()
            self.bytes = 0

    def _use(self, key: K, rest: float) -> None:
        """Note that a value is used, and let those go that were not for so long."""
        now = self._clock()
        self._used[key] = now
        while self._used[(oldest := next(iter(self._held)))] < now - rest:
            self._drop(oldest)

    def _drop(self, key: K) -> V | None:
        self._used.pop(key, None)
        found = self._held.pop(key, None)
        if found is None:
            return None
        self.bytes -= found[1]
        return found[0]


_STORES: Final[weakref.WeakSet[Store]] = weakref.WeakSet()
_STORES_LOCK: Final = threading.Lock()


def tell_of(store: Store) -> None:
    """Let `holdings` tell of a store, as long as it lives; each `Kept` has that done."""
    with _STORES_LOCK:
        _STORES.add(store)


def holdings() -> list[Holding]:
    """What the stores of this process hold, those of one name together, the largest first."""
    found: dict[str, Holding] = {}
    for one in _stores():
        so_far = found.get(one.name, Holding(one.name, 0, 0, 0))
        found[one.name] = Holding(
            one.name, so_far.entries + one.entries, so_far.bytes + one.bytes, so_far.room + one.room
        )
    return sorted(found.values(), key=lambda each: -each.bytes)


def _stores() -> list[Store]:
    with _STORES_LOCK:
        return list(_STORES)
