"""What GİB brings is kept and answered at once, then opened, judged, filed, and its sender told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from center_support import ARDIC_GB, MELTEM_PK, new_id, sealed, sender_envelope
from platform_way_in import asked, bring, came, installation, open_all, responses, rows
from platform_world import MELTEM, taxpayer
from ulak.envelope import Packed, Party
from ulak.envelope.documents import bare
from ulak.wire import ServiceFault
from ulak.wire.efatura import SERVICE, Document, hash_of
from ulak_server.archive.services import Ref, read
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document as Row
from ulak_server.exchange.inbound.endpoint import answer

pytestmark = pytest.mark.usefixtures("platform_database", "at_home")


@pytest.fixture(scope="module")
def at_home() -> Iterator[None]:
    with installation():
        yield


@pytest.fixture(scope="module")
def meltem(platform_database: str, at_home: None) -> int:
    return taxpayer(MELTEM, "MEL")


def id_of(packed: Packed) -> str:
    return packed.name.removesuffix(".zip").lower()


def test_documents_are_filed_with_their_receiver_and_its_sender_is_told(meltem: int) -> None:
    documents = [sealed("invoice/ticarifatura-satis"), sealed("invoice/temelfatura-satis")]
    packed = sender_envelope(*documents)
    row = came(packed)
    assert (row["stage"], row["code"], row["taxpayer_id"]) == ("responding", "1200", meltem)
    with scoped(Role.WEB, [meltem]):
        filed = list(Row.objects.filter(id__in=row["documents"]).order_by("id"))
        bodies = read([Ref(meltem, one.month, one.id) for one in filed])
    assert list(bodies.values()) == [bare(one) for one in documents], "byte for byte"
    assert [one.profile for one in filed] == ["TICARIFATURA", "TEMELFATURA"]
    assert {(one.partner, one.party_title, one.stage) for one in filed} == {(ARDIC_GB.number, ARDIC_GB.title, "filed")}
    assert all(one.payable and one.currency == "TRY" and one.number for one in filed)
    (said,) = responses(id_of(packed))
    assert (said.about.lower(), said.status) == (id_of(packed), "1200")
    assert (said.sender.alias, said.receiver.alias) == (MELTEM_PK.alias, ARDIC_GB.alias)


def test_an_envelope_is_kept_before_it_is_answered_and_known_when_it_comes_again(meltem: int) -> None:
    packed = sender_envelope()
    assert bring(packed).hash == packed.md5
    (row,) = rows("SELECT stage, digest FROM exchange_inbound WHERE id = %s", id_of(packed))
    assert row["stage"] == "stored"
    with pytest.raises(ServiceFault) as again:
        bring(packed)
    assert again.value.number == 2001
    open_all()
    with pytest.raises(ServiceFault) as later:
        bring(packed)
    assert later.value.number == 2001
    assert len(responses(id_of(packed))) == 1


def test_a_question_is_answered_at_every_stage(meltem: int) -> None:
    packed = sender_envelope()
    with pytest.raises(ServiceFault) as unknown:
        asked(id_of(packed))
    assert unknown.value.number == 2004
    bring(packed)
    assert asked(id_of(packed)).status == "1000"
    assert asked(id_of(packed).upper()).status == "1000"
    open_all()
    said = asked(id_of(packed))
    assert (said.status, said.about.lower()) == ("1200", id_of(packed))


@pytest.mark.parametrize("mtom", [True, False])
def test_both_ways_of_sending_bytes_are_taken(meltem: int, mtom: bool) -> None:
    assert came(sender_envelope(), mtom=mtom)["code"] == "1200"


def test_a_name_or_a_hash_that_is_wrong_is_refused_in_the_call(meltem: int) -> None:
    packed = sender_envelope()
    with pytest.raises(ServiceFault) as name:
        bring(packed._replace(name="envelope.zip"))
    with pytest.raises(ServiceFault) as hash:
        bring(packed._replace(md5="0" * 32))
    assert (name.value.number, hash.value.number) == (2006, 2000)
    assert rows("SELECT 1 FROM exchange_inbound WHERE id = %s", id_of(packed)) == []


def test_an_unknown_receiver_is_told_to_the_sender(meltem: int) -> None:
    stranger = Party("urn:mail:defaultpk@nobody.example", MELTEM_PK.number, MELTEM_PK.title)
    row = came(sender_envelope(receiver=stranger))
    assert (row["code"], row["taxpayer_id"], row["documents"]) == ("1172", None, [])
    (said,) = responses(row["id"])
    assert (said.status, said.sender.alias) == ("1172", stranger.alias)
    assert "nobody.example" in " ".join(said.notes)


def test_a_document_that_came_before_refuses_the_envelope(meltem: int) -> None:
    document = sealed("invoice/temelfatura-satis")
    assert came(sender_envelope(document))["code"] == "1200"
    row = came(sender_envelope(document, sealed("invoice/temelfatura-satis")))
    assert (row["code"], row["documents"]) == ("1163", [])
    assert responses(row["id"])[0].status == "1163"


def test_one_document_with_a_broken_seal_refuses_the_whole_envelope(meltem: int) -> None:
    good, bad = sealed("invoice/temelfatura-satis"), sealed("invoice/temelfatura-satis")
    row = came(sender_envelope(good, bad.replace("Çelik raf".encode(), "Çelik ray".encode())))
    assert (row["code"], row["documents"], row["taxpayer_id"]) == ("1177", [], meltem)
    assert json.loads(row["reason"])["code"] == "inbound.seal"
    assert "1.2" in responses(row["id"])[0].notes[0]
    assert asked(row["id"]).status == "1177"


def test_another_firms_seal_is_none(meltem: int) -> None:
    assert came(sender_envelope(sealed("invoice/temelfatura-satis", by="meltem")))["code"] == "1177"


def test_what_breaks_gibs_rules_is_refused(meltem: int) -> None:
    document = sealed("invoice/temelfatura-satis").replace(b">TEMELFATURA<", b">OLMAYAN<")
    row = came(sender_envelope(document))
    assert row["code"] == "1150"
    assert responses(row["id"])[0].status == "1150"


def test_what_is_no_zip_is_kept_and_answered_when_asked(meltem: int) -> None:
    id, data = new_id(), b"this is no ZIP"
    request = SERVICE.write_request(Document(f"{id}.zip", data, hash_of(data)))
    assert answer(request.content_type, request.body).status == 200
    open_all()
    (row,) = rows("SELECT * FROM exchange_inbound WHERE id = %s", id.lower())
    assert (row["stage"], row["code"]) == ("untold", "1110")
    with pytest.raises(ServiceFault) as unsaid:
        asked(id)
    assert unsaid.value.number == 2005, "nobody knows whom to answer as"
