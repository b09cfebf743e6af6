"""What a process remembers of the database: only what is committed, and apart for each database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection, transaction

__all__ = ["Remembered"]

V = TypeVar("V")


class Remembered(Generic[V]):
    """Values by key, the least used of them forgotten first.

    What a transaction has read may be its own and be undone with it; it is remembered when that transaction commits.

    Args:
        most: how many values are remembered.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._values: OrderedDict[tuple[str, Hashable], V] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], V]) -> V:
        """The value of a key; ``read`` fetches it in the running transaction if it is not remembered."""
        place = self._place(key)
        with self._lock:
            if place in self._values:
                self._values.move_to_end(place)
                return self._values[place]
        value = read()
        transaction.on_commit(lambda: self._put(place, value))
        return value

    def forget(self, key: Hashable) -> None:
        """Read a key anew when it is asked for next."""
        with self._lock:
            self._values.pop(self._place(key), None)

    def _put(self, place: tuple[str, Hashable], value: V) -> None:
        with self._lock:
            self._values[place] = value
            self._values.move_to_end(place)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def _place(self, key: Hashable) -> tuple[str, Hashable]:
        settings = connection.settings_dict
        return f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}", key
