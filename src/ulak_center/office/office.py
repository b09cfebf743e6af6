"""What both offices have besides their services: packages carried on, and looked at by those who test."""

from __future__ import annotations

from datetime import datetime

from ulak.errors import Text
from ulak_center.faults import Action, Circumstance, Fault, Faults, Place
from ulak_center.office.desk import Desk
from ulak_center.office.rights import Rights, Standing
from ulak_center.office.values import Package, Step

__all__ = ["Office"]


class Office:
    """An office around its desk.

    Args:
        rights: who is known.
        faults: those that strike calls.
    """

    def __init__(self, desk: Desk, rights: Rights, faults: Faults | None = None) -> None:
        self._faults = faults
        self._desk, self._shelf, self._rights = desk, desk.shelf, rights
        self.process, self.begin, self.verdict, self.settle = desk.process, desk.begin, desk.verdict, desk.settle
        self.run_due = desk.run_due
        self.next_due = desk.next_due
        self.waiting = desk.waiting
        self.tell = desk.tell

    def packages(self, party: str = "", status: int | None = None, after: int = 0, limit: int = 1000) -> list[Package]:
        """Packages in the order in which they came."""
        return list(self._shelf.packages(self._desk.office, party=party, status=status, after=after, limit=limit))

    def why(self, package: Package) -> Text:
        """Why a package stands as it does, and what is to be noted about it; empty if there is nothing to say."""
        return self._shelf.steps(package.row)[-1].reason

    def steps(self, id: str) -> list[Step]:
        """What became of the newest package of an id; empty if there is none."""
        package = self._shelf.newest(self._desk.office, id)
        return list(self._shelf.steps(package.row)) if package else []

    def hold(self, number: str, standing: Standing | None) -> None:
        """Hold something against a VKN or TCKN, or nothing any more."""
        self._shelf.hold(self._desk.office, number, standing)

    def _struck(self, action: Action, operation: str, now: datetime, *parties: str) -> Fault | None:
        """A scripted fault of a call to this office."""
        if self._faults is None:
            return None
        here = Circumstance(Place.TAKE, now, operation, self._desk.office, parties, can=(action,), is_by_name=True)
        return self._faults.strike(here)

    def _is_known(self, signer: str, now: datetime) -> bool:
        """Whether somebody may use the service at all."""
        is_barred = self._shelf.standing(self._desk.office, signer) is Standing.UNKNOWN
        return not is_barred and self._rights.is_known(signer, now)
