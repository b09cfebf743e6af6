"""What comes in is taken once, judged whole and in parts, and answered with the status that fits."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

import pytest

from gateways import CHECKS, gateway, scripted_merkez
from seal_pki import NOW
from ulak.envelope import GIB, ElementType, Envelope, EnvelopeType, Group, Header, Party, pack, read_response, respond
from ulak.errors import UlakError
from ulak.wire import ServiceFault
from ulak.wire.client import Client
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse
from ulak_center.plan.candidate import Answer, Incoming, Order, Packet, Sample
from ulak_center.plan.gateway import Gateway
from ulak_center.plan.problems import PlanError

SELLER = Party("urn:mail:defaultgb@ardic.example", "4812530769", "Ardıç Ticaret A.Ş.")


def mailbox(candidate: Gateway) -> Party:
    about = candidate.about()
    return Party(about.mailbox, about.number, about.title)


def sold(candidate: Gateway, what: Sample = Sample.BASIC, documents: int = 1) -> Packet:
    """An envelope from a seller to the candidate."""
    (packet,) = candidate.prepare(Order(what, mailbox(candidate), 1, documents, (SELLER,)))
    return packet


def changed(candidate: Gateway, change: Callable[[bytes], bytes]) -> Packet:
    """The same with something changed in its documents."""
    documents = [change(document) for document in candidate.take_out(sold(candidate).data)]
    header = Header(EnvelopeType.SENDER, str(uuid4()), SELLER, mailbox(candidate), NOW)
    return packed(header, ElementType.INVOICE, documents)


def packed(header: Header, element: ElementType, documents: list[bytes]) -> Packet:
    return Packet(header.id, pack(Envelope(header, (Group(element, documents),))).data)


def call(candidate: Gateway, request: Document | Query) -> Receipt | SystemResponse:
    with Client(SERVICE, candidate.about().endpoint, allow_http=True) as client:
        return client.call(request)


def processed(candidate: Gateway, packet: Packet) -> Incoming:
    """Deliver an envelope and wait until the candidate has done with it."""
    call(candidate, Document.of(packet.id, packet.data))
    for _ in range(200):
        found = candidate.kept.arrived(packet.id)
        if found and found.code is not None and (found.responded or found.type is EnvelopeType.SYSTEM):
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def answered(candidate: Gateway, packet: Packet) -> tuple[Incoming, str, str]:
    """The same, with the status of the system response and its notes."""
    found = processed(candidate, packet)
    said = read_response(candidate.message(found.response))
    assert said.is_about(packet.id)
    return found, said.status, " ".join(said.notes)


def test_a_good_envelope_is_answered_1200() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        packet = sold(candidate, documents=3)
        found, status, notes = answered(candidate, packet)
        assert (status, notes) == ("1200", "")
        assert [(one.by_rules, one.by_seal) for one in found.documents] == [(True, True)] * 3
        (response,) = merkez.sent
        assert CHECKS.envelope(response.data, response.file_name).passed
        said = read_response(response.data)
        assert (said.sender[:2], said.receiver[:2]) == (mailbox(candidate)[:2], SELLER[:2])


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda data: data.replace(b"18.75", b"18.76"), "1177"),
        (lambda data: data.replace(b"<cbc:ProfileID>TEMELFATURA", b"<cbc:ProfileID>TEMEL"), "1150"),
        (lambda data: data.replace(b"<cbc:UUID>", b"<cbc:Uuid>").replace(b"</cbc:UUID>", b"</cbc:Uuid>"), "1160"),
    ],
    ids=["seal", "schematron", "schema"],
)
def test_one_bad_document_is_answered_with_what_is_wrong(change: Callable[[bytes], bytes], status: str) -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        found, said, notes = answered(candidate, changed(candidate, change))
        assert said == status
        assert notes
        assert found.code == int(status)


def test_a_zip_that_names_nobody_is_kept_and_not_answered() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        id = str(uuid4())
        call(candidate, Document.of(id, b"no zip at all"))
        for _ in range(100):
            found = candidate.kept.arrived(id)
            if found and found.code is not None:
                break
            time.sleep(0.02)
        assert found is not None
        assert (found.code, found.response) == (1110, "")
        assert merkez.sent == []


def test_a_system_response_is_noted_and_never_answered() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        (packet,) = candidate.prepare(Order(Sample.BASIC, SELLER))
        candidate.send([packet.id])
        about = Header(
            EnvelopeType.SENDER, packet.id, Party(candidate.about().sender, candidate.about().number), SELLER, NOW
        )
        response = respond(about, "1200", now=NOW, new_id=lambda: str(uuid4()), sender=GIB)
        processed(candidate, Packet(response.header.id, pack(response).data))
        standing = candidate.standing(packet.id)
        assert (standing.code, [reply.sender.number for reply in standing.replies]) == (1200, [GIB.number])
        assert standing.text
        assert len(merkez.sent) == 1


def test_an_envelope_is_taken_once() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        packet = sold(candidate)
        processed(candidate, packet)
        with pytest.raises(ServiceFault) as caught:
            call(candidate, Document.of(packet.id.upper(), packet.data))
        assert caught.value.number == 2001
        assert len(merkez.sent) == 1


@pytest.mark.parametrize(
    ("request_", "number"),
    [
        (Document(f"{uuid4()}.zip", b"x", "0" * 32), 2000),
        (Document("envelope.zip", b"x", ""), 2006),
        (Query(str(uuid4())), 2004),
    ],
)
def test_wrong_calls_get_gibs_faults(request_: Document | Query, number: int) -> None:
    with gateway() as candidate:
        with pytest.raises(ServiceFault) as caught:
            call(candidate, request_)
        assert caught.value.number == number


def test_merkez_is_told_how_an_envelope_stands() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        packet = changed(candidate, lambda data: data.replace(b"18.75", b"18.76"))
        processed(candidate, packet)
        told = call(candidate, Query(packet.id))
        assert isinstance(told, SystemResponse)
        said = read_response(told.xml)
        assert (said.status, said.is_about(packet.id)) == ("1177", True)


def test_a_commercial_invoice_is_answered_once() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        found = processed(candidate, sold(candidate, Sample.COMMERCIAL))
        ettn = found.documents[0].ettn
        packet = candidate.answer(ettn, Answer.REJECT, "Deneme.")
        assert CHECKS.envelope(packet.data, f"{packet.id}.zip").passed
        (document,) = candidate.take_out(packet.data)
        assert CHECKS.seal(document).passed
        with pytest.raises(PlanError, match=r"plan\.no-answer"):
            candidate.answer(ettn, Answer.ACCEPT, "")


def test_a_basic_invoice_cannot_be_answered() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        found = processed(candidate, sold(candidate))
        with pytest.raises(PlanError, match=r"plan\.no-answer"):
            candidate.answer(found.documents[0].ettn, Answer.REJECT, "Deneme.")
        with pytest.raises(PlanError, match=r"plan\.unknown-document"):
            candidate.answer(str(uuid4()), Answer.REJECT, "Deneme.")


def test_what_cannot_be_sealed_or_sent_is_an_error_in_words() -> None:
    with gateway() as candidate:
        stranger = Party("urn:mail:gb@stranger.example", "1234567801", "Yabancı")
        with pytest.raises(UlakError, match=r"plan\.key"):
            candidate.prepare(Order(Sample.BASIC, SELLER, senders=(stranger,)))
        with pytest.raises(UlakError, match=r"plan\.unknown-envelope"):
            candidate.send([str(uuid4())])
