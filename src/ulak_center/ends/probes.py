"""Probes: envelopes that GİB sends to see whether an integrator's service works.

Source: e-Fatura Test Planı V1.3, 7 b and c. How often GİB sends them is in no guide.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.envelope import GIB, ElementType, EnvelopeType, Header, Party, respond
from ulak.errors import UlakError
from ulak_center.agenda import Task
from ulak_center.book import Attempt
from ulak_center.ends.drafts import INVOICES, draft_of
from ulak_center.ends.problems import end_error
from ulak_center.ends.sending import Names, Sealer, as_packet, packed
from ulak_center.ends.values import House, Packet, Told
from ulak_center.store import moment, stamp

__all__ = ["Kind", "Outcome", "Probes", "Repeated"]

_SERIES: Final = "GIB"
_ISSUE_DATE: Final = re.compile(rb"<cbc:IssueDate>[^<]*</cbc:IssueDate>")
_TASK: Final = "probe"
_MOST_HOURS: Final = 8760.0
_UNDELIVERED: Final = frozenset({1200, 1210})
_GIVEN_UP: Final = 1215


class Kind(StrEnum):
    """A probe."""

    STRAY_RESPONSE = "stray-response"
    """A system response about an envelope that nobody knows, to a sender's unit; it only has to be accepted (7 b)."""
    BAD_INVOICE = "bad-invoice"
    """An invoice that breaks the schema, to a mailbox; it has to be accepted, and then refused by a system response
    (7 c)."""


class Outcome(NamedTuple):
    """What became of a probe.

    Attributes:
        state: of its envelope in Merkez.
        accepted: whether the service took it; None while that is not known.
        responses: the system responses about it that came.
        attempts: the calls, with what was answered.
    """

    id: str
    kind: Kind
    receiver: Party
    at: datetime
    state: int
    accepted: bool | None
    responses: tuple[Told, ...]
    attempts: tuple[Attempt, ...]


class Repeated(NamedTuple):
    """A probe that is sent again and again.

    Attributes:
        hours: between two.
        due: when the next is sent.
    """

    kind: Kind
    receiver: Party
    hours: float
    due: datetime


class Probes:
    """GİB's probes. Threads may share it."""

    def __init__(self, house: House) -> None:
        self._house, self._desk = house, house.desk
        self._names = Names(house, _SERIES)
        key = house.seals.gib
        self._sealing = None if key is None else Sealer(key)
        house.desk.agenda.handle(_TASK, self._repeat)

    def send(self, kind: Kind, receiver: Party) -> str:
        """Send a probe at once; the id of its envelope.

        Raises:
            CenterError: ``center.receiver``, ``center.no-endpoint``, ``center.no-key``.
        """
        self._refuse(receiver)
        packet = self.stray(receiver) if kind is Kind.STRAY_RESPONSE else self._bad_invoice(receiver)
        with self._house.lock, self._desk.store.step():
            self._house.launch(packet)
            self._desk.store.add(
                "probes",
                envelope=packet.header.id,
                kind=kind.value,
                receiver=receiver.number,
                alias=receiver.alias,
                at=stamp(self._desk.clock.now()),
            )
        self._house.wake()
        return packet.header.id

    def outcome(self, id: str) -> Outcome:
        """What became of a probe.

        Raises:
            CenterError: ``center.no-probe``.
        """
        with self._house.lock:
            row = self._desk.store.row("select * from probes where envelope = ?", id.strip().lower())
            kept = None if row is None else self._desk.book.get(id.strip())
            if row is None or kept is None:
                raise end_error("center.no-probe", id=id[:100])
            book = self._desk.book
            told = [Told(each.sender, each.says, each.received) for each in book.responses_about(kept.id)]
            accepted = None if kept.status in _UNDELIVERED else kept.status != _GIVEN_UP
            return Outcome(
                kept.id,
                Kind(row["kind"]),
                Party(row["alias"], row["receiver"]),
                moment(row["at"]),
                kept.status,
                accepted,
                tuple(told),
                tuple(book.attempts(kept.id)),
            )

    def outcomes(self, limit: int = 100) -> list[Outcome]:
        """What became of the newest probes, newest first."""
        with self._house.lock:
            rows = self._desk.store.rows("select envelope from probes order by at desc, rowid desc limit ?", limit)
            return [self.outcome(row[0]) for row in rows]

    # -- again and again --------------------------------------------------------------------------------------------

    def every(self, kind: Kind, receiver: Party, hours: float) -> Repeated:
        """Send a probe again and again, the first time after so many hours; instead of what was arranged before.

        Raises:
            CenterError: ``center.probe-hours``, and as `send`.
        """
        if not 0 < hours <= _MOST_HOURS:
            raise end_error("center.probe-hours", hours=hours)
        self._refuse(receiver)
        if kind is Kind.BAD_INVOICE and self._sealing is None:
            raise end_error("center.no-key", who=GIB.title)
        seconds = max(1, round(hours * 3600))
        with self._house.lock, self._desk.store.step():
            due = self._desk.clock.now() + timedelta(seconds=seconds)
            self._desk.agenda.drop(_TASK, _subject(kind, receiver))
            self._desk.agenda.add(_TASK, _subject(kind, receiver), due, seconds)
        self._house.wake()
        return Repeated(kind, receiver._replace(title=""), seconds / 3600, due)

    def stop(self, kind: Kind, receiver: Party) -> bool:
        """No longer send a probe again and again; False if none was arranged."""
        with self._house.lock, self._desk.store.step():
            return self._desk.agenda.drop(_TASK, _subject(kind, receiver)) > 0

    def repeated(self) -> list[Repeated]:
        """What is sent again and again."""
        with self._house.lock:
            return [
                Repeated(*_read_subject(task.subject), task.tries / 3600, task.due)
                for task in self._desk.agenda.tasks(_TASK)
            ]

    def _repeat(self, task: Task) -> None:
        desk = self._desk
        with desk.store.step():
            desk.agenda.end(task)
            desk.agenda.add(_TASK, task.subject, desk.clock.now() + timedelta(seconds=task.tries), task.tries)
            # What cannot be sent now, since nobody serves the address or the key has ended, may be next time.
            with suppress(UlakError):
                self.send(*_read_subject(task.subject))

    # -- what is sent -----------------------------------------------------------------------------------------------

    def stray(self, receiver: Party) -> Packet:
        """A system response of GİB's about an envelope that nobody knows, not sent yet."""
        batch = self._names.reserve(0, 1)
        with self._house.lock, self._desk.store.step():
            unknown = Header(EnvelopeType.SENDER, self._desk.new_id(), receiver, GIB, batch.at)
            made = respond(unknown, "1200", now=batch.at, new_id=self._desk.new_id)
        return as_packet(made._replace(header=made.header._replace(id=batch.envelopes[0])), batch.at)

    def _bad_invoice(self, receiver: Party) -> Packet:
        sealer = self._sealing
        if sealer is None:
            raise end_error("center.no-key", who=GIB.title)
        batch = self._names.reserve(1)
        titled = receiver._replace(title=receiver.title or receiver.number)
        made = draft_of(INVOICES[0], batch.documents[0], GIB, titled, batch.at)
        # The schema demands the date of issue; all else is as it should be, the seal too.
        bad = _ISSUE_DATE.sub(b"", made, count=1)
        documents = sealer.seal([bad], batch.at)
        return packed(EnvelopeType.SENDER, ElementType.INVOICE, (GIB, titled), documents, batch.envelopes[0], batch.at)

    def _refuse(self, receiver: Party) -> None:
        if not receiver.alias.strip():
            raise end_error("center.receiver", number=receiver.number[:50], alias="-")
        with self._house.lock:
            if not self._is_served(receiver):
                raise end_error("center.no-endpoint", number=receiver.number[:50], alias=receiver.alias[:100])

    def _is_served(self, receiver: Party) -> bool:
        return self._desk.registry.operator_of(receiver, self._desk.clock.now()) is not None


def _subject(kind: Kind, receiver: Party) -> str:
    return f"{kind} {receiver.number} {receiver.alias}"


def _read_subject(subject: str) -> tuple[Kind, Party]:
    kind, number, alias = subject.split(" ", 2)
    return Kind(kind), Party(alias, number)
