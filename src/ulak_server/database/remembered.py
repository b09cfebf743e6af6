"""What a process remembers of the database: only what is committed, and apart for each database."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeGuard, TypeVar

from django.db import connection, transaction

from ulak.kept import Kept

__all__ = ["Remembered", "here"]

V = TypeVar("V")
_Place = tuple[str, Hashable]


class _Read(Generic[V]):
    """A value that a transaction has read: its own until it commits, everybody's from then on."""

    def __init__(self, of: Remembered[V], place: _Place, value: V) -> None:
        self.of, self.place, self.value = of, place, value

    def __call__(self) -> None:
        self.of.put(self.place, self.value)


class Remembered(Generic[V]):
    """Values by key, the least used of them forgotten first.

    What a transaction has read may be its own and be undone with it: until it commits nobody else is given it, and what
    was read since a savepoint is forgotten when the transaction goes back there.

    Args:
        name, room, size: of the store (`ulak.kept.Kept`).
    """

    def __init__(self, name: str, room: int, size: Callable[[V], int] = lambda _: 0) -> None:
        # A value may be None, which a store does not tell from nothing.
        self._values = Kept[_Place, tuple[V]](name, room, lambda held: size(held[0]))

    def get(self, key: Hashable, read: Callable[[], V]) -> V:
        """The value of a key; ``read`` fetches it in the running transaction if it is not remembered."""
        place = _place(key)
        if (known := self._values.get(place)) is not None:
            return known[0]
        for one in connection.run_on_commit:
            if self._is_of(one[1], place):
                return one[1].value
        value = read()
        transaction.on_commit(_Read(self, place, value))
        return value

    def forget(self, key: Hashable) -> None:
        """Read a key anew when it is asked for next."""
        place = _place(key)
        connection.run_on_commit = [one for one in connection.run_on_commit if not self._is_of(one[1], place)]
        self._values.take(place)

    def put(self, place: _Place, value: V) -> None:
        """Remember what a transaction has read that is committed."""
        self._values.put(place, (value,))

    def _is_of(self, one: Callable[[], object], place: _Place) -> TypeGuard[_Read[V]]:
        return isinstance(one, _Read) and one.of is self and one.place == place


def here() -> str:
    """To which database the connection leads, for what is remembered of its rows."""
    settings = connection.settings_dict
    return f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def _place(key: Hashable) -> _Place:
    return here(), key
