"""Two ERPs, the API and Merkez: what one sends, the other takes over and answers, and both see how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from platform_api import Asker, answer, friendly, program, two_firms
from platform_merkez import Merkez, merkez

pytestmark = pytest.mark.usefixtures("platform_database")


class World(NamedTuple):
    merkez: Merkez
    ardic: Asker
    meltem: Asker


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[World]:
    with merkez() as made:
        first, second = two_firms()
        yield World(made, program(first), program(second))


def delivered(world: World, document: dict[str, Any]) -> tuple[str, str]:
    """A document sent and brought: its address for the sender, and that for the receiver."""
    sent = answer(world.ardic.post("/documents", document), 202)
    world.merkez.settle()
    (came,) = answer(world.meltem.get(f"/incoming?ettn={sent['ettn']}"), 200)["items"]
    return f"/documents/{sent['id']}", f"/{came['id']}"


def test_an_invoice_is_delivered_taken_over_and_accepted(world: World) -> None:
    ours, theirs = delivered(world, friendly())
    stands = answer(world.ardic.get(ours, Accept_Language="en"), 200)
    assert (stands["stage"], stands["answer"]["stage"]) == ("delivered", "expected")
    assert stands["number"].startswith("ARD2")
    assert stands["left_at"]
    assert stands["delivered_at"]
    xml = world.meltem.get(f"/documents{theirs}/xml")
    assert xml.content.strip() in world.ardic.get(f"{ours}/xml").content
    assert b"SignatureValue" in xml.content
    assert answer(world.meltem.get(f"/documents{theirs}/transport"), 409)["code"] == "api.no-lorry"

    id = int(theirs[1:])
    assert answer(world.meltem.post("/incoming/taken", {"documents": [id, 10**9]}), 200)["documents"] == [id]
    assert answer(world.meltem.post("/incoming/taken", {"documents": [id]}), 200)["documents"] == []
    assert answer(world.meltem.get(f"/incoming?ettn={stands['ettn']}"), 200)["items"] == []
    assert answer(world.meltem.get("/incoming?is_taken=true"), 200)["items"][0]["is_taken"]

    given = answer(world.meltem.post(f"/incoming{theirs}/answer", {"answer": "KABUL"}), 202)
    again = answer(world.meltem.post(f"/incoming{theirs}/answer", {"answer": "RED", "reason": "Geç"}), 409)
    assert again["code"] == "lifecycle.answered-already"
    world.merkez.settle()
    assert answer(world.meltem.get(f"/documents/{given['document']}"), 200)["stage"] == "delivered"
    accepted = answer(world.ardic.get(ours), 200)
    assert accepted["answer"]["code"] == "KABUL"
    assert accepted["sentence"] == "Alıcı kabul etti."


def test_its_timeline_and_its_envelope_tell_what_happened(world: World) -> None:
    ours, _ = delivered(world, friendly())
    told = answer(world.ardic.get(f"{ours}/timeline"), 200)["entries"]
    words = [one["what"] for one in told]
    assert words[0] == "document.accepted"
    assert words.index("document.sealed") < words.index("document.delivered")
    assert told[0]["actor"].startswith("key:")
    envelope = answer(world.ardic.get(ours), 200)["envelope"]
    shown = answer(world.ardic.get(f"/envelopes/{envelope}", Accept_Language="en"), 200)
    assert (shown["stage"], shown["attempts"]) == ("completed", 1)
    assert [one["code"] for one in shown["said"]] == ["receipt", "1200", "1200"]
    assert answer(world.meltem.get(f"/envelopes/{envelope}"), 404)["code"] == "exchange.no-envelope"
    assert answer(world.meltem.get(f"{ours}/timeline"), 404)["code"] == "api.not-found"


def test_an_incoming_invoice_becomes_the_draft_of_its_return(world: World) -> None:
    _, theirs = delivered(world, friendly(profile="TEMELFATURA"))
    refused = answer(world.meltem.post(f"/incoming{theirs}/answer", {"answer": "KABUL"}), 409)
    assert refused["code"] == "lifecycle.answer-not-foreseen"
    made = answer(world.meltem.post(f"/incoming{theirs}/return", {"reason": "Kusurlu"}), 201)
    draft = answer(world.meltem.get(f"/documents/{made['document']}"), 200)
    assert (draft["stage"], draft["about"]) == ("draft", int(theirs[1:]))
    document = answer(world.meltem.get(f"/documents/{made['document']}/json"), 200)
    assert document["returns"]


def test_a_lorry_may_leave_when_merkez_has_taken_its_despatch_advice(world: World) -> None:
    parties = friendly()
    advice = {
        "document": "despatch_advice",
        "supplier": parties["supplier"],
        "customer": parties["customer"],
        "plate": "06ABC123",
        "drivers": [{"first_name": "Ali", "family_name": "Kaya", "tckn": "10000000146"}],
        "delivery_address": {"town": "Kadıköy", "city": "İstanbul", "postal_code": "34710"},
        "lines": [{"name": "Çelik raf", "quantity": 12}],
    }
    checked = answer(world.ardic.post("/documents/check", advice), 200)
    assert checked["is_valid"], checked["errors"]
    sent = answer(world.ardic.post("/documents", advice), 202)
    assert answer(world.ardic.get(f"/documents/{sent['id']}"), 200)["may_leave"] is False
    world.merkez.settle()
    assert answer(world.ardic.get(f"/documents/{sent['id']}"), 200)["may_leave"] is True
    lorry = answer(world.ardic.get(f"/documents/{sent['id']}/transport"), 200)
    assert (lorry["may_leave"], lorry["plates"], lorry["drivers"][0]["name"]) == (True, ["06ABC123"], "Ali Kaya")
    (came,) = answer(world.meltem.get(f"/incoming?ettn={sent['ettn']}"), 200)["items"]
    assert came["may_leave"] is True
    answer(world.meltem.post(f"/incoming/{came['id']}/receipt"), 202)
    world.merkez.settle()
    assert answer(world.ardic.get(f"/documents/{sent['id']}"), 200)["answer"]["code"] == "RECEIPT"
