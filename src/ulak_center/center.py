"""The whole center: its rooms put together around one store, one clock and one lock."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from ulak.envelope import Party
from ulak.rules import Checker, PackStore, checker_for
from ulak.wire.efatura import Document, Query, Receipt, SystemResponse
from ulak_center.agenda import Agenda
from ulak_center.book import Attempt, Book, Called, Kept, Passage, Stage
from ulak_center.clock import Clock, RunningClock
from ulak_center.courier import Courier, InlineCourier
from ulak_center.ends.house import open_offices, publishing, settle
from ulak_center.ends.values import House, Packet
from ulak_center.enrolment import apply_accounts
from ulak_center.faults import Faults
from ulak_center.merkez import Desk, JudgeOf, Merkez
from ulak_center.policy import Ids, Policy
from ulak_center.problems import center_error
from ulak_center.registry import Accounts, Integrator, Synthetic
from ulak_center.residents import Answering, Mailbox
from ulak_center.road import Resident, Road
from ulak_center.seals import Seals
from ulak_center.store import Store
from ulak_center.values import Unit

__all__ = ["Center", "Dossier", "Packs", "Setup", "Summary"]

_KIND: Final = "ubl-tr"
_LONGEST_CALL: Final = 90.0
"""Real seconds after which a call is not waited for, more than any call may take."""
_PACE: Final = 0.25
"""Seconds after which a working center looks at its clock again, since the clock may have been moved."""


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


class Dossier(NamedTuple):
    """All that is known about one envelope."""

    envelope: Kept
    stages: list[Stage]
    documents: list[Passage]
    responses: list[Kept]
    attempts: list[Attempt]


class Summary(NamedTuple):
    """How the center stands.

    Attributes:
        counts: envelopes by state.
        waiting: tasks.
        next_due: when the next task is due.
    """

    now: datetime
    seed: int
    counts: dict[int, int]
    waiting: int
    next_due: datetime | None
    faults: int
    integrators: int
    suspended: list[str]


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


class Center:
    """GİB in one object. Threads may share it: one lock is around everything.

    Args:
        judge: judges envelopes.
        packs: the packs that ``judge`` uses, so that a change can be scripted.
    """

    def __init__(self, setup: Setup, judge: JudgeOf, packs: Packs) -> None:
        self.lock = threading.RLock()
        self._changed = threading.Condition()
        self.clock: Clock = setup.clock or RunningClock()
        self.seed, self.packs = setup.seed, packs
        self.faults = Faults(setup.seed)
        store = self._store = Store(setup.path)
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
        self._courier = setup.courier or InlineCourier()
        self._residents: dict[str, Resident] = {}
        self._road = Road(self.desk, self._courier, self._resident_of, self.lock, self.wake)
        self.merkez = Merkez(
            self.desk,
            judge,
            apply_accounts=lambda judgement, now: apply_accounts(self.registry, judgement, now),
            deliver=self._road.start,
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
        self._residents |= self.ends.residents(self._mailbox)

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

    # -- time -------------------------------------------------------------------------------------------------------

    def run_due(self) -> int:
        """Carry out all tasks that are due; how many there were."""
        done = 0
        while self._carry_out():
            done += 1
        return done

    def advance(self, by: timedelta) -> int:
        """Move the clock, carrying out every task at its own moment; how many there were."""
        target = self.clock.now() + by
        done = self._run_landed()
        while (due := self.next_due()) is not None and due <= target:
            self._jump(due)
            done += self._run_landed()
        self._jump(target)
        return done

    def _run_landed(self) -> int:
        """As `run_due`, and wait for calls under way, since what follows from them is due before later tasks."""
        done = self.run_due()
        until = time.monotonic() + _LONGEST_CALL
        while self._is_calling() and time.monotonic() < until:
            with self._changed:
                self._changed.wait(_PACE / 10)
            done += self.run_due()
        return done

    def _is_calling(self) -> bool:
        with self.lock:
            return self.desk.agenda.is_calling()

    def _jump(self, to: datetime) -> None:
        with self.lock:
            if to > self.clock.now():
                self.clock.jump(to)

    def next_due(self) -> datetime | None:
        """When the next task is due."""
        with self.lock:
            return self.desk.agenda.next_due()

    def work(self, stop: threading.Event) -> None:
        """Carry out tasks as they fall due, until told to stop."""
        while not stop.is_set():
            self.run_due()
            due = self.next_due()
            wait = None if due is None else self.clock.wait_for(due)
            with self._changed:
                self._changed.wait(_PACE if wait is None else min(wait, _PACE))

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._changed:
            self._changed.notify_all()

    def _carry_out(self) -> bool:
        with self.lock:
            return self.desk.agenda.carry_out(self.clock.now())

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

    def live_in(self, number: str, resident: Resident) -> None:
        """Let one of GİB's own receivers take what comes for a VKN."""
        self._residents[number] = resident

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

    # -- what happened ----------------------------------------------------------------------------------------------

    def dossier(self, id: str) -> Dossier:
        """All about one envelope.

        Raises:
            CenterError: ``center.no-envelope``.
        """
        with self.lock:
            book = self.desk.book
            kept = book.get(id)
            if kept is None:
                raise center_error("center.no-envelope", id=id[:100])
            id = kept.id
            return Dossier(kept, book.stages(id), book.documents(id), book.responses_about(id), book.attempts(id))

    def envelopes(
        self, *, status: int | None = None, type: str = "", party: str = "", after: int = 0, limit: int = 100
    ) -> list[Kept]:
        """The newest envelopes first; see `Book.newest`."""
        with self.lock:
            return self.desk.book.newest(status=status, type=type, party=party, after=after, limit=limit)

    def envelope_zip(self, id: str) -> bytes:
        """The ZIP of an envelope.

        Raises:
            CenterError: ``center.no-envelope``.
        """
        with self.lock:
            data = self.desk.book.data(id)
        if not data:
            raise center_error("center.no-envelope", id=id[:100])
        return data

    def calls(self, *, after: int = 0, limit: int = 100) -> list[Called]:
        """The newest calls first, both ways."""
        with self.lock:
            return self.desk.book.calls(after=after, limit=limit)

    def note_call(self, operation: str, party: str, envelope: str, outcome: str, seconds: float) -> None:
        """Note a call that came in."""
        with self.lock:
            self.desk.book.note_call(self.clock.now(), "in", operation, party, envelope, outcome, seconds)

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

    def summary(self) -> Summary:
        """How the center stands."""
        with self.lock:
            integrators = self.registry.integrators()
            return Summary(
                self.clock.now(),
                self.seed,
                self.desk.book.counts(),
                self.desk.agenda.waiting(),
                self.desk.agenda.next_due(),
                len(list(self.faults)),
                len(integrators),
                [each.number for each in integrators if each.is_suspended],
            )
