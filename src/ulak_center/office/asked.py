"""What judging asks of the shelf and the registry, without the center's lock around all of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from ulak_center.office.rights import Rights, Standing
from ulak_center.office.values import Filing, Package, Shelf

__all__ = ["Asked"]


class Asked:
    """A shelf and rights; the lock is taken for each question, and for no longer."""

    def __init__(self, shelf: Shelf, rights: Rights, lock: AbstractContextManager[object]) -> None:
        self._shelf, self._rights, self._lock = shelf, rights, lock

    def standing(self, office: str, number: str) -> Standing | None:
        with self._lock:
            return self._shelf.standing(office, number)

    def acts_for(self, number: str, owner: str, at: datetime) -> bool:
        with self._lock:
            return self._rights.acts_for(number, owner, at)

    def filed(self, filing: Filing, before: int) -> str | None:
        with self._lock:
            return self._shelf.filed(filing, before)

    def repeated(self, filings: Sequence[Filing], before: int) -> list[tuple[Filing, str]]:
        with self._lock:
            return self._shelf.repeated(filings, before)

    def alike(self, office: str, prefix: str, status: int) -> Sequence[Package]:
        with self._lock:
            return self._shelf.alike(office, prefix, status)

    def has_consent(self, number: str, owner: str) -> bool:
        with self._lock:
            return self._shelf.has_consent(number, owner)
