"""The portal user: a taxpayer who works on GİB's portal, and the other party of the test plan.

Sources: e-Fatura Test Planı V1.3, 5 to 9; Entegrasyon Kılavuzu V1.10, 3.1, 3.2 and 4.4; Ticari Fatura Senaryosu V0.3,
2.6; Bilgi Sistemleri Denetimi Kılavuzu, J23 to J30 and L21 to L26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from ulak.envelope import ElementType, EnvelopeType, Party
from ulak_center.book import Kept
from ulak_center.ends.answering import Answer, due_by, is_late, refuse_answer, refuse_repeated, refuse_unknown
from ulak_center.ends.drafts import (
    DESPATCHES,
    INVOICES,
    ReceivedLine,
    answer_to,
    draft_of,
    lifted,
    receipt_of,
    varied,
)
from ulak_center.ends.end import End, sent
from ulak_center.ends.problems import end_error
from ulak_center.ends.reading import bytes_of, came
from ulak_center.ends.sending import Batch, Sealer, packed
from ulak_center.ends.values import Direction, EndDocument, House, Mark, Packet, Sent
from ulak_center.judging.trusting import RegistryTrust
from ulak_center.seals import PORTAL
from ulak_center.values import Filed, Role, Unit, Use

__all__ = ["ALIASES", "MOST_DOCUMENTS", "MOST_ENVELOPES", "Order", "Portal"]

ALIASES: Final[Mapping[Role, str]] = {
    Role.GB: "urn:mail:defaultgb@portal.example",
    Role.PK: "urn:mail:defaultpk@portal.example",
}
"""The portal user's aliases, each for invoices and for despatch advices."""
MOST_ENVELOPES: Final = 100
MOST_DOCUMENTS: Final = 100
"""Invoices in an envelope, at most (Schematron 20260701, ``InvoiceCountCheck``); the same for despatch advices here."""
_NUMBER: Final = PORTAL.tax_id or ""
_OK: Final = 1200


class Order(NamedTuple):
    """What the portal user is to send, as on the test plan's form (TP 9).

    Attributes:
        profile: ``TEMELFATURA``, ``TICARIFATURA`` or ``TEMELIRSALIYE``.
        documents: in each envelope.
        more: members of the JSON form (docs/json.md) that replace or add to the usual ones.
    """

    receiver: Party
    profile: str = INVOICES[0]
    documents: int = 1
    envelopes: int = 1
    more: Mapping[str, Any] | None = None


class Portal(End):
    """The portal user.

    Args:
        judges_seals: whether an envelope whose seals do not hold is answered with 1177.
    """

    name = PORTAL.name
    holder = "portal"
    series = "PRT"

    def __init__(self, house: House, *, judges_seals: bool = True) -> None:
        super().__init__(house)
        key = house.seals.portal
        self._sealing = None if key is None else Sealer(key)
        self.judges_seals = judges_seals
        trust = house.seals.trust
        self._trust = None if trust is None else RegistryTrust(trust, house.desk.registry)

    @property
    def party(self) -> Party:
        """The portal user at its sender's unit."""
        return Party(ALIASES[Role.GB], _NUMBER, PORTAL.name)

    @property
    def mailbox(self) -> Party:
        """The portal user at its mailbox."""
        return Party(ALIASES[Role.PK], _NUMBER, PORTAL.name)

    def units(self) -> list[Unit]:
        """Its aliases as they are to be registered."""
        now = self._desk.clock.now()
        return [Unit(_NUMBER, alias, role, use, "", now) for role, alias in ALIASES.items() for use in Use]

    # -- what comes in ----------------------------------------------------------------------------------------------

    def receive(self, kept: Kept, data: bytes) -> None:
        """Take an envelope that was delivered; each only once. Within a step of the store."""
        if kept.type == EnvelopeType.SYSTEM or self.shelf.has(kept.id):
            return
        now = self._desk.clock.now()
        found = came(data, self._trust if self.judges_seals else None, now)
        titles = (found.header.sender.title, found.header.receiver.title) if found.header else ("", "")
        self.shelf.put(
            kept.id, Direction.IN, found.documents, at=now, titles=titles, status=found.status, reason=found.reason
        )
        if found.status == _OK and kept.type == EnvelopeType.POSTBOX:
            for document in found.documents:
                self._take_answer(document, kept.id, now)
        self._house.answering.later(kept, str(found.status), reasons=found.reasons)

    def _take_answer(self, answer: Filed, envelope: str, now: datetime) -> None:
        """Note an answer on what it is about; only the first that comes in time counts."""
        itself = self.shelf.document(answer.ettn, Direction.IN)
        about = self.shelf.find(answer.about, Direction.OUT)
        if itself is None:
            return
        if about is None:
            self.shelf.mark(itself, Mark.UNKNOWN)
        elif about.answer:
            self.shelf.mark(itself, Mark.SECOND)
        elif is_late(self._desk, self.shelf, about, now):
            self.shelf.mark(itself, Mark.LATE)
        else:
            self.shelf.answer(about, answer.answer or Answer.RECEIPT, now, envelope)

    def answer_by(self, ettn: str) -> date | None:
        """The last day on which a document that came can be answered; None if it is not answered at all."""
        return due_by(self.document(ettn))

    # -- what goes out ----------------------------------------------------------------------------------------------

    def send(self, order: Order) -> list[Sent]:
        """Make, seal and send documents of ordinary content; what is sent may still be refused by Merkez.

        Raises:
            CenterError: ``center.send-what``, ``center.send-count``, ``center.receiver``, ``center.no-key``.
            UlakError: ``json.*``, ``totals.*`` if ``more`` makes no document; ``seal.*``.
        """
        _refuse_order(order)
        sealer, receiver = self._sealer(), self._titled(order.receiver)
        batch = self._names.reserve(order.documents * order.envelopes, order.envelopes)
        old = batch.documents[0]
        template = draft_of(order.profile, old, self.party, receiver, batch.at, order.more)
        documents = sealer.seal(varied(template, old, batch.documents), batch.at)
        packets = list(self._packets(order, receiver, batch, documents))
        self._dispatch.send(packets)
        return [sent(packet) for packet in packets]

    def _packets(self, order: Order, receiver: Party, batch: Batch, documents: Sequence[bytes]) -> Iterator[Packet]:
        element = ElementType.DESPATCH_ADVICE if order.profile in DESPATCHES else ElementType.INVOICE
        for at, id in enumerate(batch.envelopes):
            part = documents[at * order.documents : (at + 1) * order.documents]
            yield packed(EnvelopeType.SENDER, element, (self.party, receiver), part, id, batch.at)

    def answer(self, ettn: str, answer: Answer, reason: str = "", *, force: bool = False) -> Sent:
        """Accept, reject or return a commercial invoice; accept or reject a despatch advice as a whole.

        Args:
            reason: why; must be given unless it is accepted.
            force: against the rules of time and of one answer, to see that the other side refuses it.

        Raises:
            CenterError: ``center.not-held``, ``center.not-incoming``, ``center.not-accepted``, ``center.no-answer``,
                ``center.answered``, ``center.answer-late``, ``center.reason-missing``, ``center.unreadable``,
                ``center.no-key``.
        """
        document, came_in = self._to_answer(ettn, answer, reason, force=force)
        is_despatch = document.element is ElementType.DESPATCH_ADVICE
        with self._house.lock:
            form = lifted(bytes_of(self._desk, document), ettn)
        batch = self._names.reserve(1)
        named = batch.documents[0]
        if is_despatch:
            made = receipt_of(form, ettn, None, reason if answer is Answer.REJECT else "", named, batch.at)
        else:
            made = answer_to(form, ettn, answer, reason, named, batch.at)
        return self._answered(document, came_in, answer, batch, made, force=force)

    def receive_goods(self, ettn: str, lines: Sequence[ReceivedLine], reason: str = "", *, force: bool = False) -> Sent:
        """Answer a despatch advice line by line.

        Args:
            reason: a note on the whole; may be empty.
            force: as in `answer`.

        Raises:
            CenterError: as `answer`, and ``center.lines``.
        """
        document, came_in = self._to_answer(ettn, Answer.RECEIPT, reason, force=force)
        with self._house.lock:
            form = lifted(bytes_of(self._desk, document), ettn)
        batch = self._names.reserve(1)
        made = receipt_of(form, ettn, lines, reason, batch.documents[0], batch.at)
        return self._answered(document, came_in, Answer.RECEIPT, batch, made, force=force)

    def _to_answer(self, ettn: str, answer: Answer, reason: str, *, force: bool) -> tuple[EndDocument, Kept]:
        self._sealer()
        with self._house.lock:
            document = self._held(ettn)
            refuse_unknown(document)
            refuse_answer(document, answer, reason)
            if not force:
                refuse_repeated(document, self._desk.clock.now())
            came_in = self._desk.book.get(document.envelope)
        if came_in is None:
            raise end_error("center.not-held", who=PORTAL.name, ettn=ettn[:100])
        return document, came_in

    def _answered(
        self, document: EndDocument, came_in: Kept, answer: Answer, batch: Batch, made: bytes, *, force: bool
    ) -> Sent:
        element = (
            ElementType.RECEIPT_ADVICE
            if document.element is ElementType.DESPATCH_ADVICE
            else ElementType.APPLICATION_RESPONSE
        )
        parties = (Party(*came_in.receiver[:2], PORTAL.name), came_in.sender)
        signed = self._sealer().seal([made], batch.at)
        packet = packed(EnvelopeType.POSTBOX, element, parties, signed, batch.envelopes[0], batch.at)
        with self._house.lock, self._desk.store.step():
            # While it was sealed, somebody else may have answered.
            if not force:
                refuse_repeated(self._held(document.ettn), batch.at)
            self._dispatch.put(packet)
            self.shelf.answer(document, answer, batch.at, packet.header.id)
        self._house.wake()
        return sent(packet)

    def _titled(self, party: Party) -> Party:
        with self._house.lock:
            known = self._desk.registry.account(party.number)
        title = party.title or (known.title if known else "")
        return party._replace(title=title or "Alıcı Deneme")

    def _sealer(self) -> Sealer:
        if self._sealing is None:
            raise end_error("center.no-key", who=PORTAL.name)
        return self._sealing


def _refuse_order(order: Order) -> None:
    known = (*INVOICES, *DESPATCHES)
    if order.profile not in known:
        raise end_error("center.send-what", what=order.profile[:50], known=", ".join(known))
    if not (1 <= order.documents <= MOST_DOCUMENTS and 1 <= order.envelopes <= MOST_ENVELOPES):
        raise end_error("center.send-count", envelopes=MOST_ENVELOPES, documents=MOST_DOCUMENTS)
    number, alias = order.receiver.number, order.receiver.alias
    if len(number) not in (10, 11) or not number.isascii() or not number.isdecimal() or not alias.strip():
        raise end_error("center.receiver", number=number[:50], alias=alias[:100])
