"""Which rules judge on which day."""

from __future__ import annotations

from datetime import date
from typing import Final

from ulak.rules import Checker, PackStore, checker_for
from ulak_center.problems import center_error

__all__ = ["Packs"]

_KIND: Final = "ubl-tr"


class Packs:
    """Which rule pack judges on which day: the one in force, unless a change was scripted.

    Args:
        store: the packs at hand.
    """

    def __init__(self, store: PackStore | None = None) -> None:
        self.store = self._store = store or PackStore()
        self._changes: list[tuple[date, str]] = []

    def change(self, pack: str, since: date) -> None:
        """Judge by a pack from a day on, whatever its own dates say.

        Raises:
            PackError: there is no such pack.
            CenterError: ``center.pack-kind``.
        """
        kind = self._store.get(pack).kind
        if kind != _KIND:
            raise center_error("center.pack-kind", pack=pack, kind=kind)
        self._changes = sorted([*self._changes, (since, pack)])

    @property
    def changes(self) -> list[tuple[date, str]]:
        """The scripted changes, by day."""
        return list(self._changes)

    def checker_of(self, day: date) -> Checker:
        """The rules of a day, without Ulak's own advice: Merkez knows none."""
        scripted = [pack for since, pack in self._changes if since <= day]
        choice = self._store.choose(_KIND, day, scripted[-1] if scripted else None)
        return checker_for(choice.pack, self._store, advice=False)
