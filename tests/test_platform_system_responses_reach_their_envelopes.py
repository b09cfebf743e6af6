"""What Merkez or a receiver says of an envelope of ours is told to it; whoever has no say is not heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

import pytest

from center_support import ARDIC_GB, MELTEM_PK, OTHER, new_id
from platform_calls import envelope
from platform_way_in import came, installation, rows
from platform_world import ARDIC, taxpayer
from seal_pki import NOW
from ulak.envelope import GIB, EnvelopeType, Header, Packed, Party, pack, respond
from ulak.lifecycle import envelopes
from ulak_server.exchange.law import worker

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> Iterator[int]:
    with installation():
        yield taxpayer(ARDIC)


def taken(taxpayer_id: int) -> UUID:
    """An envelope of ours that Merkez has."""
    record = {"stage": envelopes.Stage.TAKEN, "sent_at": NOW}
    return envelope(taxpayer_id, record=record, receiver_alias=MELTEM_PK.alias, receiver_number=MELTEM_PK.number)


def response(about: UUID, status: str, sender: Party) -> Packed:
    header = Header(EnvelopeType.SENDER, str(about), ARDIC_GB, MELTEM_PK, NOW)
    return pack(respond(header, status, now=NOW, new_id=new_id, sender=sender))


def stage(id: UUID) -> str:
    return str(rows("SELECT stage FROM exchange_envelope WHERE id = %s", id)[0]["stage"])


def test_merkez_and_the_receiver_are_heard(ardic: int) -> None:
    id = taken(ardic)
    row = came(response(id, "1200", GIB))
    assert (row["stage"], row["taxpayer_id"], stage(id)) == ("filed", ardic, "passed")
    came(response(id, "1200", MELTEM_PK))
    assert stage(id) == "completed"
    (kept,) = rows("SELECT said::text FROM exchange_envelope WHERE id = %s", id)
    assert '"merkez", "1200"' in kept["said"]
    assert '"target", "1200"' in kept["said"]


def test_the_timeline_names_the_message_who_said_it_and_who_heard_it(ardic: int) -> None:
    id = taken(ardic)
    row = came(response(id, "1200", GIB))
    told = rows(
        "SELECT code, actor, facts::text FROM audit_entry WHERE what = 'envelope.response' AND envelope = %s", id
    )
    assert [(one["code"], one["actor"]) for one in told] == [("1200", worker())]
    assert json.loads(told[0]["facts"]) == {"by": "merkez", "message": str(row["id"])}


def test_ids_are_the_same_in_capital_letters(ardic: int) -> None:
    id = taken(ardic)
    header = Header(EnvelopeType.SENDER, str(id).upper(), ARDIC_GB, MELTEM_PK, NOW)
    came(pack(respond(header, "1160", now=NOW, new_id=new_id, sender=GIB)))
    assert stage(id) == "refused"


def test_a_refusal_of_the_receivers_brings_it_back(ardic: int) -> None:
    id = taken(ardic)
    came(response(id, "1150", MELTEM_PK))
    assert stage(id) == "returned"


def test_a_third_party_has_no_say(ardic: int) -> None:
    id = taken(ardic)
    row = came(response(id, "1200", Party("urn:mail:pk@other.example", OTHER, "Başkası")))
    assert (row["stage"], stage(id)) == ("filed", "taken")
    told = rows("SELECT code FROM audit_entry WHERE what = 'alarm' AND envelope = %s", row["id"])
    assert told == [{"code": "inbound.response-stray"}]


def test_a_response_about_nothing_of_ours_is_kept_and_nothing_else(ardic: int) -> None:
    row = came(response(UUID(int=7), "1200", GIB))
    assert (row["stage"], row["response"]) == ("filed", None)


def test_nobody_answers_a_system_response_however_wrong_it_is(ardic: int) -> None:
    made = respond(Header(EnvelopeType.SENDER, new_id(), ARDIC_GB, MELTEM_PK, NOW), "1200", now=NOW, new_id=new_id)
    (group,) = made.groups
    broken = [document.replace(b">S_APR<", b">KABUL<") for document in group.documents]
    row = came(pack(made._replace(groups=(group._replace(documents=broken),)), parse=False))
    assert (row["stage"], row["code"], row["response"]) == ("filed", "1150", None)
