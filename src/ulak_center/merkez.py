"""Merkez: takes envelopes, judges them, tells their senders, and knows how each one stands.

Source: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1 and 4; Yazılım Standartları (Ek-3) V1.4, 7.2 and 8. How envelopes reach
their receivers is `ulak_center.road`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple, Protocol

from ulak.envelope import (
    GIB,
    ElementType,
    Envelope,
    EnvelopeError,
    EnvelopeType,
    Header,
    Party,
    opening,
    opening_xml,
    read_response,
    respond,
    xml_pieces,
)
from ulak.envelope import SystemResponse as Told
from ulak.envelope.zipping import write_zip
from ulak.errors import Text
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, check_document, hash_of
from ulak_center.agenda import Agenda, Rest, Task
from ulak_center.book import Book, Kept
from ulak_center.clock import Clock
from ulak_center.faults import Action, Circumstance, Faults, Place
from ulak_center.guarded import Guarded
from ulak_center.policy import Ids, Policy
from ulak_center.registry import Accounts
from ulak_center.store import Store
from ulak_center.values import Judgement, Registry

__all__ = ["Desk", "JudgeOf", "Merkez"]

_OK: Final = 1200
_DONE: Final = 1300
_REFUSED_BY_TARGET: Final = 1230
_OPEN: Final = frozenset({1200, 1210, 1220})
_STORED: Final = "ZARF KUYRUGA EKLENDI"
"""Seen in the field; no source fixes the receipt's words."""
_SCRIPTED: Final = Text("Simülasyonda kurulmuş hata.", "A fault scripted in the simulation.")


class JudgeOf(Protocol):
    """Judges envelopes."""

    def judge(self, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
        """What Merkez finds about an envelope."""


class Desk(NamedTuple):
    """What all rooms of the center share."""

    store: Store
    book: Book
    agenda: Agenda
    registry: Accounts
    faults: Faults
    clock: Clock
    policy: Policy
    new_id: Ids


class Merkez:
    """The e-Fatura and e-İrsaliye center.

    Args:
        apply_accounts: opens and closes the accounts of a USERENVELOPE that passed.
        deliver: puts an envelope on the road to its receiver.
        lock: the center's; envelopes are judged without it.
    """

    def __init__(
        self,
        desk: Desk,
        judge: JudgeOf,
        *,
        apply_accounts: Callable[[Judgement, datetime], None],
        deliver: Callable[[str], None],
        lock: AbstractContextManager[object],
    ) -> None:
        self._desk = desk
        self._lock = lock
        self._asked = Guarded(desk.registry, lock)
        self._judge = judge
        self._apply_accounts = apply_accounts
        self._deliver = deliver
        desk.agenda.handle("begin", self._begin)
        desk.agenda.handle("process", self._process)

    # -- the service ------------------------------------------------------------------------------------------------

    def take(self, document: Document, caller: str) -> Receipt:
        """Take an envelope: it is stored and queued when this returns, and judged later.

        Raises:
            ServiceFault: 2006, 2000, 2001, 2007 (Ek-3, 8).
        """
        check_document(document)
        id = envelope_id(document.file_name)
        if self._desk.book.get(id) is not None:
            raise SERVICE.fault_of("sendDocument", 2001)
        if self._desk.registry.has_suspended():
            self._refuse_suspended("sendDocument", _sender_of(document.data))
        self.put(document.file_name, document.data, caller=caller)
        return Receipt(_STORED, hash_of(document.data))

    def put(self, name: str, data: bytes, *, caller: str) -> str:
        """Queue an envelope, from wherever it came, and return its id."""
        id, now = envelope_id(name), self._desk.clock.now()
        with self._desk.store.step():
            self._desk.book.add(id, name, data, at=now, caller=caller)
            self._desk.agenda.add("begin", id, now + self._desk.policy.queue)
        return id

    def query(self, query: Query) -> SystemResponse:
        """How an envelope stands, as the XML of a system response of GİB's.

        Raises:
            ServiceFault: 2004, 2007.
        """
        kept = self._desk.book.get(query.envelope_id.strip())
        if kept is None:
            raise SERVICE.fault_of("getApplicationResponse", 2004)
        if self._desk.registry.has_suspended():
            self._refuse_suspended("getApplicationResponse", kept.sender)
        return SystemResponse(self._told(kept))

    def _told(self, kept: Kept) -> str:
        """Where an envelope says not from whom it is, the answer names GİB: whoever asks is to learn the state."""
        sender = kept.sender if kept.type else _sender_of(self._desk.book.data(kept.id))
        try:
            envelope = self._answer(kept._replace(sender=sender), kept.status)
        except EnvelopeError:
            envelope = self._answer(kept._replace(sender=GIB), kept.status)
        return _xml_of(envelope).decode()

    def _refuse_suspended(self, operation: str, sender: Party) -> None:
        integrator = self._desk.registry.operator_of(sender, self._desk.clock.now())
        if integrator is not None and integrator.is_suspended:
            raise SERVICE.fault_of(operation, 2007)

    # -- processing -------------------------------------------------------------------------------------------------

    def _begin(self, task: Task) -> None:
        desk, now = self._desk, self._desk.clock.now()
        with desk.store.step():
            desk.agenda.end(task)
            desk.book.set(task.subject, 1100, now)
            desk.agenda.add("process", task.subject, now + desk.policy.work)

    def _process(self, task: Task) -> Rest | None:
        desk = self._desk
        kept = desk.book.get(task.subject)
        if kept is None:
            desk.agenda.end(task)
            return None
        return partial(self._judge_alone, task, kept, desk.book.data(kept.id), desk.clock.now())

    def _judge_alone(self, task: Task, kept: Kept, data: bytes, now: datetime) -> None:
        """Judge without the lock: a large envelope takes seconds, in which others must be served."""
        judgement = self._judge.judge(kept.name, data, self._asked, now)
        with self._lock:
            self._settle_judged(task, kept, self._struck(judgement, now))

    def _settle_judged(self, task: Task, kept: Kept, judgement: Judgement) -> None:
        desk, now = self._desk, self._desk.clock.now()
        with desk.store.step():
            desk.agenda.end(task)
            if judgement.header is not None:
                desk.book.describe(kept.id, judgement.header, judgement.elements)
            if judgement.status != _OK:
                desk.book.set(kept.id, judgement.status, now, judgement)
            else:
                desk.book.file(kept.id, judgement.documents)
                desk.book.set(kept.id, _OK, now)
            self._go_on(desk.book.get(kept.id) or kept, judgement, now)

    def _struck(self, judgement: Judgement, now: datetime) -> Judgement:
        is_to_alias = judgement.header is not None and judgement.header.receiver.number != GIB.number
        can = (Action.STATUS, Action.UNKNOWN_ALIAS) if is_to_alias else (Action.STATUS,)
        fault = self._desk.faults.strike(_circumstance(Place.JUDGE, judgement.header, now, can))
        if fault is None:
            return judgement
        status = 1181 if fault.action is Action.UNKNOWN_ALIAS else fault.number
        documents = judgement.documents if status == _OK else ()
        return judgement._replace(status=status, code="center.scripted", reason=_SCRIPTED, documents=documents)

    def _go_on(self, kept: Kept, judgement: Judgement, now: datetime) -> None:
        if kept.type == EnvelopeType.SYSTEM:
            if judgement.status == _OK and judgement.documents:
                self._pass_on(kept, judgement, now)
            return
        if judgement.status == _OK and kept.type == EnvelopeType.USER:
            self._apply_accounts(judgement, now)
            self._desk.book.set(kept.id, _DONE, now)
        elif judgement.status == _OK:
            self._deliver(kept.id)
        self._respond(kept, judgement, now)

    def _pass_on(self, kept: Kept, judgement: Judgement, now: datetime) -> None:
        """A target's system response: it settles the envelope it is about, and goes to that one's sender unchanged."""
        told = read_response(judgement.documents[0].data)
        self._desk.book.answers(kept.id, told.about.lower(), int(told.status))
        self.settle(told, kept.sender, now)
        if kept.receiver.number == GIB.number:
            self._desk.book.set(kept.id, _DONE, now)
        elif not self._is_lost(kept.header, now):
            self._deliver(kept.id)

    def settle(self, told: Told, teller: Party, now: datetime) -> None:
        """Note what the target of an envelope says about it; only its own target's word counts, and only the first."""
        about = self._desk.book.get(told.about)
        if about is None or about.status not in _OPEN or about.receiver[:2] != teller[:2]:
            return
        if int(told.status) == _OK:
            self._desk.book.set(about.id, _DONE, now)
        elif int(told.status) > 1100:
            self._desk.book.set(about.id, _REFUSED_BY_TARGET, now)

    # -- system responses -------------------------------------------------------------------------------------------

    def _respond(self, kept: Kept, judgement: Judgement, now: datetime) -> None:
        """Tell the sender; what cannot be addressed is only seen by asking."""
        try:
            envelope = self._answer(kept, judgement.status, judgement.reason)
        except EnvelopeError:
            return
        if not self._is_lost(kept.header, now):
            self._send(envelope.header, _xml_of(envelope), about=kept.id, says=judgement.status)

    def put_ours(self, xml: str, *, about: str, says: int) -> None:
        """Send on a system response that was fetched from its target, unless it came already."""
        data = xml.encode()
        header = opening_xml([data]).header
        if self._desk.book.get(header.id) is None:
            self._send(header, data, about=about, says=says)

    def _send(self, header: Header, xml: bytes, *, about: str, says: int) -> None:
        file = io.BytesIO()
        packed = write_zip(file, header.id, [xml], self._desk.clock.now())
        self.launch(packed.name, file.getvalue(), header)
        self._desk.book.answers(header.id.lower(), about, says)

    def launch(self, name: str, data: bytes, header: Header, elements: Iterable[ElementType] = ()) -> None:
        """Send an envelope of GİB's own, which nobody judges; within a step of the store."""
        id, now = header.id.lower(), self._desk.clock.now()
        self._desk.book.add(id, name, data, at=now, caller="", is_ours=True)
        self._desk.book.describe(id, header, elements)
        self._desk.book.set(id, _OK, now)
        self._deliver(id)

    def _answer(self, kept: Kept, status: int, reason: Text | None = None) -> Envelope:
        said = reason or kept.reason
        return respond(
            kept.header,
            str(status),
            now=self._desk.clock.now(),
            new_id=self._desk.new_id,
            sender=GIB,
            reasons=[said.tr] if said.tr else [],
            any_status=True,
        )

    def _is_lost(self, header: Header, now: datetime) -> bool:
        return self._desk.faults.strike(_circumstance(Place.RESPOND, header, now)) is not None


def envelope_id(name: str) -> str:
    """The id in a file's name, lower case.

    >>> envelope_id("6F9619FF-8B86-D011-B42D-00C04FC964FF.zip")
    '6f9619ff-8b86-d011-b42d-00c04fc964ff'
    """
    return name.lower().removesuffix(".zip")


def _xml_of(envelope: Envelope) -> bytes:
    return b"".join(xml_pieces(envelope, parse=False))


def _sender_of(data: bytes) -> Party:
    try:
        return opening(data, parse=False).header.sender
    except EnvelopeError:
        return Party("", "")


def _circumstance(
    place: Place, header: Header | None, now: datetime, can: Collection[Action] | None = None
) -> Circumstance:
    if header is None:
        return Circumstance(place, now, can=can)
    parties = (*header.sender[:2], *header.receiver[:2])
    return Circumstance(place, now, "sendDocument", header.type.value if header.type else "", parties, can)
