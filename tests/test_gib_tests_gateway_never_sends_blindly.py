"""The gateway sends an envelope again only when it is known that Merkez has not got it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from gateways import Script, gateway, scripted_merkez
from ulak.envelope import Header, Party, opening
from ulak.envelope.responses import query_answer
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, hash_of
from ulak_center.plan.candidate import Order, Packet, Sample
from ulak_center.plan.gateway import Gateway
from ulak_center.web.values import Answer, Drop, Reply

PORTAL = Party("urn:mail:portalpk@gib.example", "5610247301", "Portal")


def made(gateway: Gateway) -> Packet:
    (packet,) = gateway.prepare(Order(Sample.BASIC, PORTAL))
    return packet


def script(sending: Iterable[str], asking: Iterable[str]) -> Script:
    """A Merkez that does with each sending, each question, what the next word says."""
    ways, answers = iter(sending), iter(asking)

    def handle(request: Document | Query) -> Receipt | SystemResponse | Answer:
        word = next(ways) if isinstance(request, Document) else next(answers)
        if word == "drop":
            return Drop()
        if word == "503":
            return Reply(503, b"busy")
        if word.isdigit():
            raise SERVICE.fault_of(
                "sendDocument" if isinstance(request, Document) else "getApplicationResponse", int(word)
            )
        return Receipt("", hash_of(request.data)) if isinstance(request, Document) else known()

    return handle


def known() -> SystemResponse:
    with gateway() as other:
        header: Header = opening(made(other).data).header
    ids = iter([f"00000000-0000-4000-8000-{number:012}" for number in range(9)])
    assert header.created is not None
    return SystemResponse(query_answer(header, "1000", now=header.created, new_id=lambda: next(ids)))


@pytest.mark.parametrize(
    ("sending", "asking", "sends", "asks", "arrived"),
    [
        (["take"], [], 1, 0, True),
        (["drop"], ["known"], 1, 1, True),
        (["503"], ["known"], 1, 1, True),
        (["drop", "take"], ["2004"], 2, 1, True),
        (["503", "take"], ["503", "2004"], 2, 2, True),
        (["2001"], ["known"], 1, 1, True),
        (["2001"], ["2004"], 1, 1, False),
        (["2006"], [], 1, 0, False),
        (["2007"], [], 1, 0, False),
        (["2000", "take"], [], 2, 0, True),
        (["drop"], ["503"] * 9, 1, 5, False),
    ],
)
def test_an_unclear_sending_is_followed_by_a_question(
    sending: list[str], asking: list[str], sends: int, asks: int, arrived: bool
) -> None:
    with scripted_merkez(script(sending, asking)) as merkez, gateway(merkez.url) as candidate:
        packet = made(candidate)
        (sent,) = candidate.send([packet.id])
        assert (len(merkez.sent), len(merkez.asked), sent.fault is None) == (sends, asks, arrived)
        assert {call.data for call in merkez.sent} == {packet.data}


def test_what_was_taken_is_not_sent_again() -> None:
    with scripted_merkez() as merkez, gateway(merkez.url) as candidate:
        packet = made(candidate)
        first = candidate.send([packet.id])
        assert candidate.send([packet.id]) == first
        assert len(merkez.sent) == 1


def test_a_refused_envelope_shows_code_and_words() -> None:
    with scripted_merkez(script(["2006"], [])) as merkez, gateway(merkez.url) as candidate:
        (sent,) = candidate.send([made(candidate).id])
        assert sent.fault is not None
        assert (sent.fault.code, sent.fault.text) == (2006, "GECERSIZ ZARF ADI")


def test_a_merkez_that_is_not_there_is_no_success() -> None:
    with gateway() as candidate:
        (sent,) = candidate.send([made(candidate).id])
        assert sent.fault is not None
        assert sent.fault.text.startswith("wire.unreachable")
