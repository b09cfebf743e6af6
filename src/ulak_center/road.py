"""The road from Merkez to receivers: deliveries, GİB's schedule of retries, and asking those that do not answer.

Sources: Ek-2 V1.5, 4.1 (1210 … 1230); Ek-3 V1.4, 7.2.2 (Merkez asks receivers for missing system responses).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Final, Protocol

from ulak.envelope import EnvelopeError, EnvelopeType, Party, read_response
from ulak.wire.efatura import Document, Query, Receipt, SystemResponse, hash_of
from ulak_center.agenda import Task
from ulak_center.book import Attempt, Kept
from ulak_center.courier import Courier, Delivered
from ulak_center.faults import Action, Circumstance, Fault, Place
from ulak_center.merkez import Desk, Merkez
from ulak_center.registry import Integrator
from ulak_center.values import Role

__all__ = ["Resident", "Road"]

_KNOWN: Final = 2001
_HELD: Final = timedelta(seconds=60)
_WRONG: Final = "0" * 32
_WITHOUT_CALL: Final = frozenset(Action) - {Action.WRONG_HASH}
_WAITING: Final = 1220
_STILL_AT_WORK: Final = frozenset({1000, 1100})
_NO_ROAD: Final = "no integrator serves this address"


class Resident(Protocol):
    """A receiver that GİB runs itself: the portal, customs, synthetic taxpayers."""

    def receive(self, kept: Kept, data: bytes) -> None:
        """Take an envelope that was delivered; called within a step of the store."""


class Road:
    """Deliveries.

    Args:
        resident_of: GİB's own receiver behind a party, if it is one.
        lock: held by the center around all its work; taken again when a call has ended.
    """

    def __init__(
        self,
        desk: Desk,
        courier: Courier,
        resident_of: Callable[[Party], Resident | None],
        lock: AbstractContextManager[object],
        wake: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._courier = courier
        self._resident_of = resident_of
        self._lock = lock
        self._wake = wake
        self.merkez: Merkez | None = None
        desk.agenda.handle("deliver", self._deliver)
        desk.agenda.handle("deliver-held", self._deliver_now)
        desk.agenda.handle("deliver-again", self._deliver_now)
        desk.agenda.handle("poll", self._poll)

    def start(self, id: str) -> None:
        """Put an envelope on the road."""
        self._desk.agenda.add("deliver", id, self._desk.clock.now() + self._desk.policy.road)

    # -- deliveries -------------------------------------------------------------------------------------------------

    def _deliver(self, task: Task) -> None:
        kept = self._desk.book.get(task.subject)
        if kept is None:
            self._desk.agenda.end(task)
            return
        fault = self._struck(kept)
        if fault is None:
            self._carry(task, kept)
        else:
            self._carry_badly(task, kept, fault)

    def _struck(self, kept: Kept) -> Fault | None:
        """GİB's own receivers are handed envelopes without a call, so that no hash can be wrong."""
        desk, now = self._desk, self._desk.clock.now()
        can = None if desk.registry.operator_of(kept.receiver, now) else _WITHOUT_CALL
        parties = (*kept.sender[:2], *kept.receiver[:2])
        return desk.faults.strike(Circumstance(Place.DELIVER, now, "sendDocument", kept.type, parties, can))

    def _deliver_now(self, task: Task) -> None:
        kept = self._desk.book.get(task.subject)
        if kept is not None:
            self._carry(task, kept)

    def _carry_badly(self, task: Task, kept: Kept, fault: Fault) -> None:
        desk, now = self._desk, self._desk.clock.now()
        if fault.action in (Action.SLOW, Action.OUT_OF_ORDER):
            wait = timedelta(seconds=fault.seconds) if fault.seconds else _HELD
            overtakers = fault.overtakers if fault.action is Action.OUT_OF_ORDER else -1
            with desk.store.step():
                desk.agenda.end(task)
                desk.agenda.add("deliver-held", kept.id, now + wait, overtakers)
        elif fault.action is Action.LOST:
            self._arrived(task, kept, Delivered(Receipt(), None, f"fault {fault.id}: lost", 0.0), "")
        elif fault.action in (Action.UNREACHABLE, Action.OUTAGE):
            self._failed(task, kept, Delivered(None, None, f"fault {fault.id}: {fault.action}", 0.0), "")
        else:
            if fault.action is Action.DUPLICATE:
                desk.agenda.add("deliver-again", kept.id, now + desk.policy.road)
            self._carry(task, kept, hash=_WRONG if fault.action is Action.WRONG_HASH else "")

    def _carry(self, task: Task, kept: Kept, hash: str = "") -> None:
        desk, now = self._desk, self._desk.clock.now()
        integrator = desk.registry.operator_of(kept.receiver, now)
        if integrator is not None:
            desk.agenda.fly(task)
            url = self._endpoint(integrator, kept)
            wanted = partial(self._document, kept, hash)
            self._courier.send(url, wanted, lambda result: self._landed(task, kept, result, url))
            return
        resident = self._resident_of(kept.receiver)
        if resident is None:
            self._failed(task, kept, Delivered(None, None, _NO_ROAD, 0.0), "")
            return
        with desk.store.step():
            resident.receive(kept, desk.book.data(kept.id))
            self._arrived(task, kept, Delivered(Receipt(), None, "", 0.0), "")

    def _document(self, kept: Kept, hash: str) -> Document:
        with self._lock:
            data = self._desk.book.data(kept.id)
        return Document(kept.name, data, hash or hash_of(data))

    def _landed(self, task: Task, kept: Kept, result: Delivered, url: str) -> None:
        with self._lock:
            if result.response is not None or result.number == _KNOWN:
                self._arrived(task, kept, result, url)
            else:
                self._failed(task, kept, result, url)
        self._wake()

    def _arrived(self, task: Task, kept: Kept, result: Delivered, url: str) -> None:
        desk, now = self._desk, self._desk.clock.now()
        with desk.store.step():
            desk.agenda.end(task)
            self._note(kept, "sendDocument", result, url)
            current = desk.book.get(kept.id) or kept
            if current.is_on_the_road and kept.type == EnvelopeType.SYSTEM:
                desk.book.set(kept.id, 1300, now)
            elif current.is_on_the_road:
                desk.book.set(kept.id, _WAITING, now)
                if url:
                    desk.agenda.add("poll", kept.id, now + desk.policy.poll_after)
            self._overtaken(kept)

    def _overtaken(self, kept: Kept) -> None:
        """Of what waits to be overtaken, an envelope overtakes what is of its kind and goes to its receiver."""
        desk = self._desk
        for task in desk.agenda.tasks("deliver-held"):
            held = desk.book.get(task.subject)
            is_alike = held is not None and (held.type, held.receiver[:2]) == (kept.type, kept.receiver[:2])
            if task.tries > 0 and is_alike and task.subject != kept.id:
                desk.agenda.hasten(task, desk.clock.now())

    def _failed(self, task: Task, kept: Kept, result: Delivered, url: str) -> None:
        """Ek-2, 4.1: the state is 1210 while it is tried again, and 1215 after the last try."""
        desk, now = self._desk, self._desk.clock.now()
        with desk.store.step():
            desk.agenda.end(task)
            self._note(kept, "sendDocument", result, url)
            current = desk.book.get(kept.id) or kept
            if not current.is_on_the_road or task.kind == "deliver-again":
                return
            if task.tries >= desk.policy.retries:
                desk.book.set(kept.id, 1215, now)
                return
            if current.status != 1210:
                desk.book.set(kept.id, 1210, now)
            desk.agenda.add("deliver", kept.id, now + desk.policy.retry_every, task.tries + 1)

    # -- asking -----------------------------------------------------------------------------------------------------

    def _poll(self, task: Task) -> None:
        desk = self._desk
        kept = desk.book.get(task.subject)
        integrator = None if kept is None else desk.registry.operator_of(kept.receiver, desk.clock.now())
        if kept is None or kept.status != _WAITING or integrator is None:
            desk.agenda.end(task)
            return
        desk.agenda.fly(task)
        url = self._endpoint(integrator, kept)
        self._courier.send(url, lambda: Query(kept.id), lambda result: self._told(task, kept, result, url))

    def _told(self, task: Task, kept: Kept, result: Delivered, url: str) -> None:
        desk = self._desk
        with self._lock, desk.store.step():
            desk.agenda.end(task)
            self._note(kept, "getApplicationResponse", result, url)
            if not self._is_settled(kept, result) and task.tries + 1 < desk.policy.polls:
                desk.agenda.add("poll", kept.id, desk.clock.now() + desk.policy.poll_after, task.tries + 1)
        self._wake()

    def _is_settled(self, kept: Kept, result: Delivered) -> bool:
        """Whether the receiver's answer says how the envelope ended; then its sender is told too."""
        if not isinstance(result.response, SystemResponse) or self.merkez is None:
            return False
        try:
            told = read_response(result.response.xml)
            if told.about.lower() != kept.id or int(told.status) in _STILL_AT_WORK:
                return False
            self.merkez.settle(told, kept.receiver, self._desk.clock.now())
            self.merkez.put_ours(result.response.xml, about=kept.id, says=int(told.status))
        except (EnvelopeError, ValueError):
            return False
        return True

    def _endpoint(self, integrator: Integrator, kept: Kept) -> str:
        """Where an envelope goes: what is for a mailbox to one address, all else to that of the sender units."""
        units = self._desk.registry.units(kept.receiver.number)
        roles = {unit.role for unit in units if unit.alias == kept.receiver.alias}
        is_mailbox = kept.type == EnvelopeType.SENDER or roles == {Role.PK}
        return integrator.endpoint_pk if is_mailbox else integrator.endpoint_gb

    def _note(self, kept: Kept, operation: str, result: Delivered, url: str) -> None:
        now = self._desk.clock.now()
        attempt = Attempt(now, operation, url, result.outcome, result.detail[:500], round(result.seconds, 6))
        self._desk.book.note_attempt(kept.id, attempt)
        if url:
            party = kept.receiver.number
            self._desk.book.note_call(now, "out", operation, party, kept.id, result.outcome, attempt.seconds)
