"""GİB's own ends put together, and registered."""

from __future__ import annotations

from typing import NamedTuple

from ulak_center.ends.customs import Customs
from ulak_center.ends.portal import Portal
from ulak_center.ends.values import House
from ulak_center.road import Resident
from ulak_center.seals import PORTAL
from ulak_center.values import CUSTOMS, Unit

__all__ = ["Ends", "settle"]


class Ends(NamedTuple):
    """GİB's own ends."""

    portal: Portal
    customs: Customs

    def residents(self) -> dict[str, Resident]:
        """Who takes what comes for a VKN."""
        return {PORTAL.tax_id or "": self.portal, CUSTOMS: self.customs}


def settle(house: House) -> Ends:
    """Make the ends and register them; those that are registered already stay as they are."""
    ends = Ends(Portal(house), Customs(house))
    with house.lock, house.desk.store.step():
        _register(house, PORTAL.tax_id or "", PORTAL.name, "OZEL", ends.portal.units())
        _register(house, CUSTOMS, ends.customs.name, "KAMU", ends.customs.units())
    return ends


def _register(house: House, number: str, title: str, kind: str, units: list[Unit]) -> None:
    registry = house.desk.registry
    if registry.account(number) is None:
        registry.put_account(number, title, kind=kind, method="GIBPORTAL", at=house.desk.clock.now())
        registry.open_units(units)
