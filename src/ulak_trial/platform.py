"""The candidate of the plan over a platform that runs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from uuid import UUID

from ulak.envelope import Party, opening
from ulak.errors import UlakError
from ulak.lifecycle.envelopes import Stage
from ulak.wire.efatura import Document as Call
from ulak.wire.efatura import hash_of
from ulak_center.plan.candidate import (
    About,
    AccountChange,
    Answer,
    Document,
    Image,
    Incoming,
    Mistake,
    Order,
    Packet,
    Sample,
    Sent,
    Shown,
    Standing,
)
from ulak_center.plan.candidates import Surroundings
from ulak_center.plan.gateway.calling import Merkez, shown_fault
from ulak_center.plan.gateway.issuing import Issuer
from ulak_center.plan.gateway.keys import Keys
from ulak_center.plan.gateway.making import Maker
from ulak_server import clock
from ulak_server.exchange.calls.news import receipt_at
from ulak_server.exchange.outbound.parcels import parcel
from ulak_trial import accounts, showing, taxpayers
from ulak_trial.crew import Crew

__all__ = ["Platform"]


class Platform:
    """A candidate (`ulak_center.plan.candidate.Candidate`).

    Documents are handed in as an ERP does it, and go the platform's own way; what the plan wants to see of single steps
    (a sample, its seal, its envelope) is made by the library as the platform makes it.

    Args:
        endpoint: address of the platform's service for GİB.
    """

    def __init__(self, given: Surroundings, keys: Keys, endpoint: str, crew: Crew) -> None:
        self._keys, self._crew, self._endpoint, self._pki = keys, crew, endpoint, given.pki
        from django.conf import settings

        values, (number, title) = settings.ENVIRONMENT, keys.integrator
        self._user = Party(values["ULAK_INTEGRATOR_SENDER"], number, title)
        self._mailbox = Party(values["ULAK_INTEGRATOR_MAILBOX"], number, title)
        self._maker = Maker(given.now, random.Random())  # noqa: S311
        self._issuer = Issuer(keys, self._maker, given.now, user=self._user, mailbox=self._mailbox)
        self._merkez = Merkez(given.merkez, given.now)
        self._taxpayers = taxpayers.Taxpayers(self._user, self._mailbox)

    # -- the candidate -----------------------------------------------------------------------------------------------

    def about(self) -> About:
        number, title = self._keys.integrator
        software = f"Ulak {version('ulak')}"
        return About(
            software, number, title, self._user.alias, self._mailbox.alias, self._endpoint, self._keys.customers
        )

    def sample(self, what: Sample) -> bytes:
        return self._issuer.sample(what)

    def seal(self, document: bytes) -> bytes:
        sealed: bytes = self._crew.context.keys.seal(document)
        return sealed

    def envelope(self, documents: Sequence[bytes]) -> Packet:
        return self._issuer.envelope(documents)

    def take_out(self, envelope: bytes) -> Sequence[bytes]:
        return [document.data for document in opening(envelope)]

    def prepare(self, order: Order) -> Sequence[Packet]:
        senders = order.senders or (self._user,)
        return [self._ordered(order, senders[number % len(senders)]) for number in range(order.envelopes)]

    def prepare_accounts(self, service: str, changes: Sequence[AccountChange], *, opens: bool) -> Packet:
        id = accounts.packed(self._keys, self._user, service, changes, opens=opens)
        self._taxpayers.note(service, changes, opens=opens)
        return self._packet(id, ())

    def send(self, ids: Sequence[str]) -> Sequence[Sent]:
        return [self._sent(UUID(id)) for id in ids]

    def standing(self, id: str) -> Standing:
        return showing.standing(UUID(id))

    def query(self, id: str) -> Shown:
        return self._merkez.query(id)

    def call_wrongly(self, mistake: Mistake, receiver: Party) -> Shown:
        (packet,) = self._issuer.order(Order(Sample.BASIC, receiver))
        call = Call.of(packet.id, packet.data)
        wrong = {
            Mistake.NAME: call._replace(file_name=f"{packet.id[:-1]}.zip"),
            Mistake.HASH: call._replace(hash=hash_of(call.hash.encode())),
        }
        try:
            self._merkez.once(wrong[mistake])
        except UlakError as error:
            return shown_fault(error)
        return Shown(None, "")

    def answer(self, ettn: str, answer: Answer, reason: str) -> Packet:
        (id,) = self._crew.prepared(lambda: [taxpayers.answer(ettn, answer.value, reason)])
        return self._packet(id, ())

    def incoming(self) -> Sequence[Incoming]:
        return showing.incoming()

    def message(self, id: str) -> bytes:
        return showing.came(id) or parcel(UUID(id)).data

    def image(self, ettn: str) -> Image | None:
        return showing.image(ettn)

    # ----------------------------------------------------------------------------------------------------------------

    def _ordered(self, order: Order, sender: Party) -> Packet:
        made = [self._maker.document(order.what, sender, order.receiver) for _ in range(order.documents)]
        (id,) = self._crew.prepared(lambda: self._taxpayers.hand_in(sender, order.receiver, [xml for _, xml in made]))
        return self._packet(id, tuple(named for named, _ in made))

    def _packet(self, id: UUID, documents: tuple[Document, ...]) -> Packet:
        packed = parcel(id)
        header = opening(packed.data).header
        return Packet(str(id), packed.data, documents, header.sender.number)

    def _sent(self, id: UUID) -> Sent:
        """Let it go, and wait until it is known whether Merkez has it."""
        self._crew.let_go(id)
        row = showing.settled(id)
        at: datetime = receipt_at(row) or clock.now()
        if row.record.stage is not Stage.NOT_TAKEN:
            return Sent(str(id), at)
        return Sent(str(id), at, showing.shown(row.record.code))
