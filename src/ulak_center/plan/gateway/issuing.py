"""Envelopes made: documents built, sealed and packed, as an order asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, Header, Party, pack
from ulak.envelope.accounts import user_header
from ulak.envelope.responses import system_response
from ulak.envelope.values import CARRIES, ROOTS
from ulak.seal.sealing import seal
from ulak.xml import parse
from ulak_center.plan.candidate import AccountChange, Answer, Document, Incoming, Order, Packet, Received, Sample
from ulak_center.plan.gateway.accounts import account_documents
from ulak_center.plan.gateway.keys import Keys
from ulak_center.plan.gateway.making import Maker

__all__ = ["Issuer"]

_STRANGER: Final = Party("urn:mail:defaultpk@deneme.example", "7359021640", "Meltem Gıda Ltd. Şti.")
"""To whom samples are addressed that are never sent."""
_S_APR: Final = b">S_APR<"


class Issuer:
    """Makes what the gateway sends.

    Args:
        user: the integration user at its sender unit.
        mailbox: the same at its mailbox.
    """

    def __init__(self, keys: Keys, maker: Maker, now: Callable[[], datetime], *, user: Party, mailbox: Party) -> None:
        self._keys, self._maker, self._now = keys, maker, now
        self._user, self._mailbox = user, mailbox

    def sample(self, what: Sample) -> bytes:
        """One document, not sealed."""
        if what is Sample.SYSTEM_RESPONSE:
            header = Header(EnvelopeType.SENDER, self._maker.new_id(), _STRANGER, self._mailbox, self._now())
            return system_response(header, "1200", now=self._now(), new_id=self._maker.new_id)
        if what is Sample.ANSWER:
            today = self._now().date().isoformat()
            return self._maker.answer(Answer.ACCEPT, "", self._maker.new_id(), today, self._mailbox, _STRANGER)
        return self._maker.document(what, self._user, _STRANGER)[1]

    def seal(self, document: bytes, number: str = "") -> bytes:
        """A document sealed by a taxpayer; by the integration user if no number is given."""
        return seal(document, self._keys.of(number or self._keys.integrator.number), at=self._now())

    def envelope(self, documents: Sequence[bytes]) -> Packet:
        """Documents of one kind in the envelope that carries them, between the parties that they name."""
        element = _element_of(documents[0])
        is_system = _S_APR in documents[0]
        kind = EnvelopeType.SYSTEM if is_system else _carrier(element)
        sender = self._user if kind is EnvelopeType.SENDER else self._mailbox
        return self._packed(kind, element, sender, _STRANGER, documents)

    def order(self, order: Order) -> list[Packet]:
        """The envelopes of an order."""
        senders = order.senders or (self._user,)
        return [self._ordered(order, senders[number % len(senders)]) for number in range(order.envelopes)]

    def _ordered(self, order: Order, sender: Party) -> Packet:
        element = ElementType.DESPATCH_ADVICE if order.what is Sample.DESPATCH else ElementType.INVOICE
        names: list[Document] = []
        sealed: list[bytes] = []
        for _ in range(order.documents):
            named, document = self._maker.document(order.what, sender, order.receiver)
            names.append(named)
            sealed.append(self.seal(document, sender.number))
        packet = self._packed(EnvelopeType.SENDER, element, sender, order.receiver, sealed)
        return packet._replace(documents=tuple(names))

    def accounts(self, service: str, changes: Sequence[AccountChange], *, opens: bool) -> Packet:
        """A USERENVELOPE."""
        documents = account_documents(service, changes, self._keys, opens=opens, now=self._now())
        header = user_header(service, self._user, id=self._maker.new_id(), created=self._now())
        element = ElementType.PROCESS_USER_ACCOUNT if opens else ElementType.CANCEL_USER_ACCOUNT
        packed = pack(Envelope(header, (Group(element, documents),)))
        return Packet(header.id, packed.data, (), header.sender.number)

    def answer(self, invoice: Received, came: Incoming, answer: Answer, reason: str) -> Packet:
        """The answer to an invoice that came in, from the mailbox to the sender unit that it came from."""
        issued = came.at.date().isoformat()
        document = self._maker.answer(answer, reason, invoice.ettn, issued, came.receiver, came.sender)
        sealed = self.seal(document)
        return self._packed(
            EnvelopeType.POSTBOX, ElementType.APPLICATION_RESPONSE, came.receiver, came.sender, [sealed]
        )

    def _packed(
        self, kind: EnvelopeType, element: ElementType, sender: Party, receiver: Party, documents: Sequence[bytes]
    ) -> Packet:
        header = Header(kind, self._maker.new_id(), sender, receiver, self._now())
        packed = pack(Envelope(header, (Group(element, list(documents)),)), parse=False)
        return Packet(header.id, packed.data, (), sender.number)


def _element_of(document: bytes) -> ElementType:
    tag = parse(document).tag
    return next(element for element, root in ROOTS.items() if root == tag)


def _carrier(element: ElementType) -> EnvelopeType:
    return next(kind for kind, carried in CARRIES.items() if element in carried and kind is not EnvelopeType.SYSTEM)
