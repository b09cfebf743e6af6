"""The whole center: its rooms put together around one store, one clock and one lock."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ulak.envelope import Party
from ulak.wire.efatura import Document, Query, Receipt, SystemResponse
from ulak_center.agenda import Agenda
from ulak_center.book import Book
from ulak_center.clock import Clock, RunningClock
from ulak_center.courier import Courier, InlineCourier
from ulak_center.ends.house import open_offices, publishing, settle
from ulak_center.ends.values import House, Packet
from ulak_center.enrolment import apply_accounts
from ulak_center.faults import Faults
from ulak_center.merkez import Desk, JudgeOf, Merkez
from ulak_center.packs import Packs
from ulak_center.policy import Ids, Policy
from ulak_center.problems import center_error
from ulak_center.records import Records
from ulak_center.registry import Accounts, Integrator, Synthetic
from ulak_center.residents import Answering, Mailbox
from ulak_center.road import Resident, Road
from ulak_center.seals import Seals
from ulak_center.store import Store
from ulak_center.timekeeping import Timekeeper
from ulak_center.values import Unit

__all__ = ["Center", "Setup"]


class Setup(NamedTuple):
    """How a center is to be.

    Attributes:
        path: the file in which everything is kept; None for a temporary one.
        seed: of all that is made up: UUIDs, and which chance a fault takes.
        clock: None for the real time.
        courier: carries calls to integrators; None for one after the other.
        synthetic: taxpayers that are worked out.
        seals: what GİB's own ends seal with and judge by.
        lists: the folder in which the user lists are published every hour; None for no lists.
        publishes_inline: write the lists while the clock stands still, so that every run is the same.
    """

    path: Path | None = None
    seed: int = 1
    clock: Clock | None = None
    policy: Policy = Policy()
    courier: Courier | None = None
    synthetic: Synthetic | None = None
    seals: Seals = Seals()
    lists: Path | None = None
    publishes_inline: bool = False


class Center(Timekeeper, Records):
    """GİB in one object. Threads may share it: one lock is around everything.

    Args:
        judge: judges envelopes.
        packs: the packs that ``judge`` uses, so that a change can be scripted.
    """

    def __init__(self, setup: Setup, judge: JudgeOf, packs: Packs) -> None:
        self.lock = threading.RLock()
        self.clock: Clock = setup.clock or RunningClock()
        self.seed, self.packs = setup.seed, packs
        store = self._store = Store(setup.path)
        self.faults = Faults(setup.seed, store, self.lock)
        self.registry = Accounts(store, setup.synthetic)
        self.desk = Desk(
            store,
            Book(store),
            Agenda(store),
            self.registry,
            self.faults,
            self.clock,
            setup.policy,
            Ids(store, setup.seed),
        )
        Timekeeper.__init__(self, self.desk.agenda, self.clock, self.lock)
        Records.__init__(self, self.desk, self.lock, setup.seed)
        self._courier = setup.courier or InlineCourier()
        self._road = Road(self.desk, self._courier, self._resident_of, self.lock, self.wake)
        self.merkez = Merkez(
            self.desk,
            judge,
            apply_accounts=lambda judgement, now: apply_accounts(self.registry, judgement, now),
            deliver=self._road.start,
            lock=self.lock,
        )
        self._road.merkez = self.merkez
        put = partial(self.merkez.put, caller="")
        self.answering = Answering(self.desk, put)
        self._mailbox = Mailbox(self.answering)
        house = House(self.desk, self.answering, setup.seals, self.lock, put, self._launch, self.wake)
        self.ends = settle(house, self._courier)
        self.portal, self.customs, self.probes, self.faulty_calls = self.ends
        self.lists = publishing(house, setup.lists, setup.synthetic, inline=setup.publishes_inline)
        self.archive, self.ledger = open_offices(house, self.faults, packs.store, self.lists)
        self._residents: dict[str, Resident] = dict(self.ends.residents(self._mailbox))

    def _launch(self, packet: Packet) -> None:
        self.merkez.launch(packet.name, packet.data, packet.header, (packet.element,))

    def close(self) -> None:
        """End all work and close the file."""
        self._courier.close()
        if self.lists is not None:
            self.lists.close()
        with self.lock:
            self._store.close()

    # -- the service ------------------------------------------------------------------------------------------------

    def send_document(self, document: Document, *, caller: str = "") -> Receipt:
        """EFatura's ``sendDocument``.

        Raises:
            ServiceFault: 2000, 2001, 2006, 2007.
        """
        with self.lock:
            receipt = self.merkez.take(document, caller)
        self.wake()
        return receipt

    def application_response(self, query: Query, *, caller: str = "") -> SystemResponse:
        """EFatura's ``getApplicationResponse``.

        Raises:
            ServiceFault: 2004, 2005, 2007.
        """
        with self.lock:
            return self.merkez.query(query)

    # -- who is registered ------------------------------------------------------------------------------------------

    def register_integrator(self, integrator: Integrator) -> None:
        """Add an integrator, or change its addresses."""
        with self.lock, self._store.step():
            self.registry.register(integrator)

    def open_account(self, number: str, title: str, kind: str, units: list[Unit]) -> None:
        """Register a taxpayer and its aliases, without a USERENVELOPE.

        Raises:
            CenterError: ``center.alias-elsewhere``.
        """
        method = "OZELENTEGRASYON" if any(unit.operator for unit in units) else "GIBPORTAL"
        with self.lock, self._store.step():
            self.registry.put_account(number, title, kind=kind, method=method, at=self.clock.now())
            self.registry.open_units(units)

    def _resident_of(self, party: Party) -> Resident | None:
        own = self._residents.get(party.number)
        if own is not None:
            return own
        units = self.registry.units(party.number)
        return self._mailbox if any(unit.alias == party.alias and not unit.operator for unit in units) else None

    def suspend(self, number: str, *, suspended: bool = True) -> None:
        """Take an integrator's permission to send and to ask (2007), or give it back.

        Raises:
            CenterError: ``center.no-integrator``.
        """
        with self.lock, self._store.step():
            self.registry.suspend(number, suspended=suspended)

    def cancel_invoice(self, ettn: str) -> None:
        """Note that an invoice was cancelled on GİB's portal: its envelope's state becomes 1235.

        Raises:
            CenterError: ``center.no-document``.
        """
        with self.lock, self._store.step():
            kept = self.desk.book.envelope_of(ettn)
            if kept is None:
                raise center_error("center.no-document", ettn=ettn[:100])
            self.desk.book.set(kept.id, 1235, self.clock.now())

    def change_pack(self, pack: str, since: date) -> None:
        """Judge by another rule pack from a day on.

        Raises:
            PackError: there is no such pack.
            CenterError: ``center.pack-kind``.
        """
        with self.lock:
            self.packs.change(pack, since)
