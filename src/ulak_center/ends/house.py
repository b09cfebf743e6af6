"""GİB's own ends put together, and registered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ulak.envelope import GIB
from ulak.rules import PackStore
from ulak_center.courier import Courier
from ulak_center.ends.calls import FaultyCalls
from ulak_center.ends.customs import Customs
from ulak_center.ends.lists import PUBLISHING, Lists
from ulak_center.ends.portal import Portal
from ulak_center.ends.probes import Probes
from ulak_center.ends.values import House
from ulak_center.faults import Faults
from ulak_center.office import ArchiveOffice, ArchiveRights, LedgerOffice, LedgerRights, SqliteShelf, enlist
from ulak_center.population import Population
from ulak_center.registry import Synthetic
from ulak_center.road import Resident
from ulak_center.seals import PORTAL
from ulak_center.userlists import Publisher
from ulak_center.values import CUSTOMS, Unit

__all__ = ["Ends", "Offices", "open_offices", "publishing", "settle"]


class Ends(NamedTuple):
    """GİB's own ends."""

    portal: Portal
    customs: Customs
    probes: Probes
    faulty_calls: FaultyCalls

    def residents(self, mailbox: Resident) -> dict[str, Resident]:
        """Who takes what comes for a VKN.

        Args:
            mailbox: takes what is sent to GİB itself: system responses about its probes.
        """
        return {PORTAL.tax_id or "": self.portal, CUSTOMS: self.customs, GIB.number: mailbox}


def settle(house: House, courier: Courier) -> Ends:
    """Make the ends and register them; those that are registered already stay as they are."""
    probes = Probes(house)
    ends = Ends(Portal(house), Customs(house), probes, FaultyCalls(house, courier, probes.stray))
    with house.lock, house.desk.store.step():
        _register(house, PORTAL.tax_id or "", PORTAL.name, "OZEL", ends.portal.units())
        _register(house, CUSTOMS, ends.customs.name, "KAMU", ends.customs.units())
    return ends


def _register(house: House, number: str, title: str, kind: str, units: list[Unit]) -> None:
    registry = house.desk.registry
    if not registry.units(number):
        registry.put_account(number, title, kind=kind, method="GIBPORTAL", at=house.desk.clock.now())
        registry.open_units(units)


def publishing(house: House, folder: Path | None, synthetic: Synthetic | None, *, inline: bool) -> Lists | None:
    """The lists, if there is a folder for them."""
    if folder is None:
        # A center that published before may have been started without a folder now.
        with house.lock, house.desk.store.step():
            house.desk.agenda.drop(PUBLISHING, "")
        return None
    population = synthetic if isinstance(synthetic, Population) else None
    return Lists(house, Publisher(folder, population), inline=inline)


class Offices(NamedTuple):
    """The offices of the other two services; used under the center's lock."""

    archive: ArchiveOffice
    ledger: LedgerOffice


def open_offices(house: House, faults: Faults, packs: PackStore, lists: Lists | None) -> Offices:
    """The e-Arşiv and the e-Defter office, their packages on the center's agenda."""
    desk, seals, shelf = house.desk, house.seals, SqliteShelf(house.desk.store.connection)
    archive = ArchiveOffice(
        shelf,
        seals.trust,
        rights=ArchiveRights(desk.registry),
        packs=packs,
        lists=lists.archive_file if lists else None,
        faults=faults,
        also_at=_real_time,
        lock=house.lock,
    )
    rights = LedgerRights(desk.registry)
    ledger = LedgerOffice(
        shelf,
        seals.trust,
        seals.gib,
        rights=rights,
        packs=packs,
        faults=faults,
        also_at=_real_time,
        lock=house.lock,
    )
    for office, kind in ((archive, "earsiv"), (ledger, "edefter")):
        enlist(office, kind, store=desk.store, agenda=desk.agenda, clock=desk.clock, lock=house.lock)
    return Offices(archive, ledger)


def _real_time() -> datetime:
    """Senders cannot know how the center's clock was moved."""
    return datetime.now(UTC)
