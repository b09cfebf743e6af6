"""The gateway: a candidate for GİB's test plan, in this process, with keys, clock and chance handed in."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from ulak.codes import statuses
from ulak.envelope import Party, opening
from ulak.errors import UlakError
from ulak.seal.trust import Trust
from ulak.wire.efatura import Document as Call
from ulak.wire.efatura import hash_of
from ulak.wire.service import Reply as Answered
from ulak_center.plan.candidate import (
    About,
    AccountChange,
    Answer,
    Image,
    Incoming,
    Mistake,
    Order,
    Packet,
    Received,
    Sample,
    Sent,
    Shown,
    Standing,
)
from ulak_center.plan.checks import Checks
from ulak_center.plan.gateway.calling import Merkez, shown_fault
from ulak_center.plan.gateway.endpoint import Endpoint
from ulak_center.plan.gateway.issuing import Issuer
from ulak_center.plan.gateway.keeping import Kept
from ulak_center.plan.gateway.keys import Keys
from ulak_center.plan.gateway.making import Maker
from ulak_center.plan.gateway.receiving import Receiver
from ulak_center.plan.problems import plan_error
from ulak_center.values import ISTANBUL

__all__ = ["Gateway"]

_SOFTWARE: Final = "Ulak gateway"
_SENDER: Final = "urn:mail:defaultgb@kurum.example"
_MAILBOX: Final = "urn:mail:defaultpk@kurum.example"
_WINDOW: Final = timedelta(days=8)
"""In which a commercial invoice may be answered, to the end of the eighth day (Denetim Kılavuzu J24, J26)."""
_NOT_COMMERCIAL: Final = "TICARIFATURA değil / it is no TICARIFATURA"
_TOO_LATE: Final = "sekiz gün geçti / eight days have passed"
_ANSWERED: Final = "yanıtlanmış / it was answered before"


class Gateway:
    """A candidate (`ulak_center.plan.candidate.Candidate`). Close it when done.

    Args:
        merkez: address of Merkez's EFatura service.
        endpoint: address at which `soap` is served, as GİB is told it.
        trust: judges the seals of what comes in.
        now: the time, aware.
        chance: gives ids; the same gives the same ids.
        pause: real seconds of the first pause between two tries of a call.
    """

    def __init__(
        self,
        merkez: str,
        endpoint: str,
        *,
        keys: Keys,
        trust: Trust,
        now: Callable[[], datetime],
        chance: random.Random,
        pause: float = 0.2,
    ) -> None:
        self._keys, self._now, self._address = keys, now, endpoint
        self.kept = Kept()
        maker = Maker(now, chance)
        title = keys.integrator.title
        self._user = Party(_SENDER, keys.integrator.number, title)
        self._mailbox = Party(_MAILBOX, keys.integrator.number, title)
        self._issuer = Issuer(keys, maker, now, user=self._user, mailbox=self._mailbox)
        self.merkez = Merkez(merkez, now, first=pause)
        self._answering = Merkez(merkez, now, first=pause)
        self._new_id = maker.new_id
        checks = Checks(trust, now)
        self.receiver = Receiver(self.kept, checks, now=now, new_id=maker.new_id, send=self._answering.send)
        self.endpoint = Endpoint(self.kept, now=now, new_id=maker.new_id, queue=self.receiver.add)
        self.receiver.start()

    def close(self) -> None:
        """Finish what is waiting, and close the connections."""
        self.receiver.close()
        self.merkez.close()
        self._answering.close()

    def soap(self, content_type: str, body: bytes, soap_action: str = "") -> Answered:
        """What to answer to a SOAP message that GİB sent."""
        return self.endpoint.soap(content_type, body, soap_action)

    # -- the candidate -----------------------------------------------------------------------------------------------

    def about(self) -> About:
        number, title = self._keys.integrator
        return About(_SOFTWARE, number, title, _SENDER, _MAILBOX, self._address, self._keys.customers)

    def sample(self, what: Sample) -> bytes:
        return self._issuer.sample(what)

    def seal(self, document: bytes) -> bytes:
        return self._issuer.seal(document)

    def envelope(self, documents: Sequence[bytes]) -> Packet:
        return self.kept.add(self._issuer.envelope(documents))

    def take_out(self, envelope: bytes) -> Sequence[bytes]:
        return [document.data for document in opening(envelope)]

    def prepare(self, order: Order) -> Sequence[Packet]:
        return [self.kept.add(packet) for packet in self._issuer.order(order)]

    def prepare_accounts(self, service: str, changes: Sequence[AccountChange], *, opens: bool) -> Packet:
        return self.kept.add(self._issuer.accounts(service, changes, opens=opens))

    def send(self, ids: Sequence[str]) -> Sequence[Sent]:
        return [self._sent(id) for id in ids]

    def _sent(self, id: str) -> Sent:
        before = self.kept.sent(id)
        if before is not None and before.fault is None:
            return before
        sent = self.merkez.send(self.kept.packet(id))
        self.kept.note_sent(sent)
        return sent

    def standing(self, id: str) -> Standing:
        replies = self.kept.replies(self.kept.packet(id).id)
        if not replies:
            return Standing(None, "")
        last = replies[-1]
        return Standing(last.code, _label(last.code) or last.text, tuple(replies))

    def query(self, id: str) -> Shown:
        return self.merkez.query(id)

    def call_wrongly(self, mistake: Mistake, receiver: Party) -> Shown:
        (packet,) = self._issuer.order(Order(Sample.BASIC, receiver))
        call = Call.of(packet.id, packet.data)
        wrong = {
            Mistake.NAME: call._replace(file_name=f"{packet.id[:-1]}.zip"),
            Mistake.HASH: call._replace(hash=hash_of(call.hash.encode())),
        }
        try:
            self.merkez.once(wrong[mistake])
        except UlakError as error:
            return shown_fault(error)
        return Shown(None, "")

    def answer(self, ettn: str, answer: Answer, reason: str) -> Packet:
        came, invoice = self._received(ettn)
        self._refuse_answer(came, invoice)
        if not self.kept.claim_answer(ettn):
            raise plan_error("plan.no-answer", ettn=ettn, why=_ANSWERED)
        return self.kept.add(self._issuer.answer(invoice, came, answer, reason))

    def incoming(self) -> Sequence[Incoming]:
        return self.kept.incoming()

    def message(self, id: str) -> bytes:
        return self.kept.body(id)

    def image(self, ettn: str) -> Image | None:
        """None: this gateway draws no documents."""
        return None

    # ----------------------------------------------------------------------------------------------------------------

    def _received(self, ettn: str) -> tuple[Incoming, Received]:
        for came in self.kept.incoming():
            for document in came.documents:
                if document.ettn.lower() == ettn.lower() and document.kind == "Invoice":
                    return came, document
        raise plan_error("plan.unknown-document", ettn=ettn)

    def _refuse_answer(self, came: Incoming, invoice: Received) -> None:
        if invoice.profile != "TICARIFATURA":
            raise plan_error("plan.no-answer", ettn=invoice.ettn, why=_NOT_COMMERCIAL)
        days = self._now().astimezone(ISTANBUL).date() - came.at.astimezone(ISTANBUL).date()
        if days > _WINDOW:
            raise plan_error("plan.no-answer", ettn=invoice.ettn, why=_TOO_LATE)


def _label(code: int) -> str:
    known = statuses.get(str(code))
    return known.label.tr if known else ""
