"""What is accepted goes out: judged, numbered, sealed, kept, put into an envelope that is the same every time."""

from __future__ import annotations

import hashlib
import io
import itertools
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, OperationalError

from platform_asides import standing, unreadable
from platform_way_out import Called, assert_no_gap, bodies, documents, key_ring, passing, run, sql
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from seal_pki import KNOWN_KEY, KNOWN_TRUST, key
from ulak.codes.statuses import Speaker
from ulak.envelope import open_envelope
from ulak.lifecycle import Woke
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes as trips
from ulak.seal.keys.pkcs12 import FileKey
from ulak.seal.keys.problems import failure
from ulak.seal.sealing import prepare
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify
from ulak_server import clock
from ulak_server.archive.services import Body, Ref, forget, keep
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.audit.services import timeline
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.judging import Judged, judge_to_send
from ulak_server.documents.models import Document, Form
from ulak_server.exchange.keys import Address, KeyRing
from ulak_server.exchange.law import happening
from ulak_server.exchange.outbound import packing, stations, work
from ulak_server.exchange.outbound.handlers import LINGER
from ulak_server.exchange.outbound.parcels import parcel
from ulak_server.exchange.outbound.plain import announcing
from ulak_server.exchange.outbound.problems import OutboundError
from ulak_server.exchange.outbound.work import Found, judge_all
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell

pytestmark = pytest.mark.usefixtures("platform_database")

OTHER_MAILBOX = "urn:mail:otherpk@meltem.example"


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MEL")


@pytest.fixture(autouse=True)
def nothing_waits(ardic: int) -> None:
    """What earlier tests left to wait for others has gone."""
    with passing(LINGER):
        run()


def error_of(row: Document) -> Any:
    """Why a document waits."""
    assert row.error is not None
    return row.error


def sent(taxpayer: int, count: int) -> Called:
    """So many invoices, sealed and put into an envelope that is about to be sent."""
    invoices(taxpayer, count)
    run()
    with passing(LINGER):
        return run()


def documents_of(envelope: UUID) -> list[int]:
    """The documents in an envelope."""
    return [id for (id,) in sql("SELECT unnest(documents) FROM exchange_envelope WHERE id = %s", [envelope])]


def spoil(taxpayer: int, id: int, old: bytes, new: bytes) -> None:
    """Change the body of a document that was accepted."""
    row = next(row for row in documents(taxpayer) if row.id == id)
    (body,) = bodies([row])
    assert old in body
    with scoped(Role.WEB, [taxpayer]):
        keep([Body(Ref(taxpayer, row.month, id), body.replace(old, new), "invoice")])


def wake(ids: Sequence[int]) -> None:
    """Ring the alarm clocks of documents, a day later."""
    with passing(timedelta(days=1)), happening() as shell:
        for id in ids:
            shell.happen(DOCUMENTS, id, Woke())


def test_an_invoice_is_judged_numbered_sealed_and_put_into_an_envelope(ardic: int) -> None:
    ids = invoices(ardic, 3)
    run()
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [row.stage for row in rows] == ["sealed"] * 3, "they wait a moment for others"
    year = clock.now().astimezone(clock.ISTANBUL).year
    assert [row.number for row in rows] == [f"ARD{year}{place:09}" for place in (1, 2, 3)]
    assert {row.form for row in rows} == {Form.SEALED}
    trust = Trust(TrustStore.read(KNOWN_TRUST))
    for row, body in zip(rows, bodies(rows), strict=True):
        assert row.number is not None
        assert row.number.encode() in body
        report = verify(body, trust=trust, at=clock.now())
        assert report.indication is not Indication.FAILED
    with passing(LINGER):
        calls = run()
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [row.stage for row in rows] == ["on-road"] * 3
    assert len({row.envelope for row in rows}) == 1
    assert [(one.room, type(one.effect).__name__) for one in calls.outside] == [("envelope", "Send")]


def test_the_bytes_of_an_envelope_are_the_same_whenever_they_are_made(ardic: int) -> None:
    calls = sent(ardic, 4)
    (id,) = [one.key for one in calls.outside]
    first, again = parcel(id), parcel(id)
    assert first == again
    opened = open_envelope(first.data, name=first.name)
    inside = list(opened.groups[0].documents)
    sealed = bodies([row for row in documents(ardic) if row.envelope == id])
    assert [body.partition(b"\n")[2].strip() for body in sealed] == [data.strip() for data in inside]
    assert opened.header.sender.alias == ARDIC[2]
    assert opened.header.receiver.number == MELTEM[0]
    with zipfile.ZipFile(io.BytesIO(first.data)) as archive:
        xml = archive.read(f"{id}.xml")
    ((digest, size),) = sql("SELECT digest, size FROM exchange_envelope WHERE id = %s", [id])
    assert (hashlib.sha256(xml).digest(), len(xml)) == (bytes(digest), size)


def test_an_envelope_whose_content_changed_is_not_sent(ardic: int) -> None:
    calls = sent(ardic, 2)
    id = calls.outside[0].key
    parcel(id)
    sql("UPDATE exchange_envelope SET digest = %s WHERE id = %s", [bytes(32), id])
    with pytest.raises(OutboundError) as raised:
        parcel(id)
    assert raised.value.code == "outbound.changed"
    with pytest.raises(OutboundError) as raised:
        parcel(uuid4())
    assert raised.value.code == "outbound.no-envelope"


def test_a_hundred_go_at_once_and_the_rest_waits(ardic: int) -> None:
    ids = invoices(ardic, 130)
    run()
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [row.stage for row in rows].count("on-road") == 100
    with passing(LINGER):
        run()
    rows = [row for row in documents(ardic) if row.id in ids]
    assert {row.stage for row in rows} == {"on-road"}
    assert sorted(Counter(row.envelope for row in rows).values()) == [30, 100]


def test_what_has_priority_does_not_wait(ardic: int) -> None:
    ids = invoices(ardic, 2)
    sql("UPDATE documents_document SET priority = true, alias = %s WHERE id = %s", [OTHER_MAILBOX, ids[1]])
    run()
    assert {row.id: row.stage for row in documents(ardic) if row.id in ids} == {ids[0]: "sealed", ids[1]: "on-road"}


def test_receivers_aliases_and_loners_have_envelopes_of_their_own(ardic: int) -> None:
    ids = invoices(ardic, 6)
    sql("UPDATE documents_document SET alias = %s WHERE id = ANY (%s)", [OTHER_MAILBOX, ids[:2]])
    sql("UPDATE documents_document SET profile = 'IHRACAT' WHERE id = ANY (%s)", [ids[2:4]])
    run()
    with passing(LINGER):
        run()
    by_id = {row.id: row.envelope for row in documents(ardic)}
    assert by_id[ids[0]] == by_id[ids[1]] != by_id[ids[4]] == by_id[ids[5]]
    assert len({by_id[id] for id in ids}) == 4


def test_a_lot_is_cut_before_it_becomes_too_large(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 40_000)
    ids = invoices(ardic, 7)
    run()
    with passing(LINGER):
        run()
    sizes = Counter(row.envelope for row in documents(ardic) if row.id in ids)
    lengths = {row.envelope: len(bodies([row])[0]) for row in documents(ardic) if row.id in ids}
    assert len(sizes) > 1
    assert all(count * lengths[envelope] <= 40_000 for envelope, count in sizes.items())


def test_envelopes_wait_for_their_alarm_when_no_call_is_free(ardic: int) -> None:
    ids = invoices(ardic, 2)
    calls = Called(free=0)
    run(calls)
    with passing(LINGER):
        run(calls)
    assert calls.outside == []
    envelope = next(row.envelope for row in documents(ardic) if row.id in ids and row.envelope is not None)
    ((stage, wake_at),) = sql("SELECT stage, wake_at FROM exchange_envelope WHERE id = %s", [envelope])
    assert stage == "packed"
    assert wake_at is not None
    assert parcel(envelope).size > 0


def test_a_faulty_document_waits_for_its_author_and_takes_no_number(ardic: int) -> None:
    ids = invoices(ardic, 3)
    spoil(ardic, ids[1], b"<cbc:DocumentCurrencyCode>TRY", b"<cbc:DocumentCurrencyCode>TRL")
    run()
    rows = {row.id: row for row in documents(ardic) if row.id in ids}
    assert [rows[id].stage for id in ids] == ["sealed", "faulty", "sealed"]
    faulty = rows[ids[1]]
    assert (faulty.number, faulty.work) == (None, None)
    assert error_of(faulty)["code"] == "document.faulty"
    finding = error_of(faulty)["findings"][0]
    assert finding["id"]
    assert finding["explanation"]["tr"] != finding["explanation"]["en"]
    first, second = rows[ids[0]].number, rows[ids[2]].number
    assert first is not None
    assert second is not None
    assert int(second[3:]) == int(first[3:]) + 1


def test_what_cannot_be_sealed_goes_back_and_leaves_no_gap(ardic: int) -> None:
    ids = invoices(ardic, 3)
    year = str(clock.now().astimezone(clock.ISTANBUL).year).encode()
    spoil(ardic, ids[0], b"ARD" + year + b"000000000<", b"ARD" + year + b"000000777<")
    run()
    rows = {row.id: row for row in documents(ardic) if row.id in ids}
    assert [rows[id].stage for id in ids] == ["faulty", "sealed", "sealed"]
    assert error_of(rows[ids[0]])["code"] == "numbering.no-placeholder"
    assert_no_gap(ardic)


def test_documents_wait_for_a_key_that_is_away(ardic: int, tmp_path: Path) -> None:
    ids = invoices(ardic, 2)
    away = tmp_path / "key.p12"
    ring = KeyRing(lambda: Address(f"pkcs12:{away}"))
    run(keys=ring)
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [(row.stage, row.number, error_of(row)["code"]) for row in rows] == [
        ("judged", None, "key.file-missing")
    ] * 2
    shutil.copy(KNOWN_KEY.p12, away)
    wake(ids)
    with passing(timedelta(days=1)):
        run(keys=ring)
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [(row.stage, row.error) for row in rows] == [("sealed", None)] * 2
    assert_no_gap(ardic)


def test_a_signature_that_fails_in_mid_batch_leaves_no_gap(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = invoices(ardic, 6)
    ring = key_ring()
    with ring.using() as opened:
        opened_key = opened.key
    signed = itertools.count()

    def failing(digest: bytes) -> bytes:
        if next(signed) == 3:
            raise failure("key.host-unreachable", host="kart.example", detail="")
        return FileKey.sign(opened_key, digest)  # type: ignore[arg-type]

    monkeypatch.setattr(opened_key, "sign", failing)
    run(keys=ring)
    rows = {row.id: row for row in documents(ardic) if row.id in ids}
    assert [rows[id].stage for id in ids] == ["sealed"] * 3 + ["judged"] + ["sealed"] * 2
    assert_no_gap(ardic)
    wake([ids[3]])
    with passing(timedelta(days=1)):
        run()
    assert next(row.number for row in documents(ardic) if row.id == ids[3])
    assert_no_gap(ardic)


def test_a_key_of_somebody_else_seals_nothing(ardic: int) -> None:
    ids = invoices(ardic, 1)
    run(keys=KeyRing(lambda: Address(f"pkcs12:{KNOWN_KEY.p12}", "1234567890")))
    (row,) = [row for row in documents(ardic) if row.id in ids]
    assert (row.stage, error_of(row)["code"]) == ("judged", "sealing-key.other-owner")
    wake(ids)
    with passing(timedelta(days=1)):
        run(keys=KeyRing(lambda: Address("")))
    (row,) = [row for row in documents(ardic) if row.id in ids]
    assert error_of(row)["code"] == "sealing-key.missing"


def test_who_seals_is_announced_alike_on_the_short_way_and_on_the_long_one(ardic: int) -> None:
    ids = invoices(ardic, 1)
    (body,) = bodies([row for row in documents(ardic) if row.id in ids])
    certificate, at = key("integrator").certificate, clock.now()
    assert certificate.tax_id
    short = announcing(body, certificate.tax_id)
    assert short != body
    assert prepare(short, certificate, at=at).digest == prepare(body, certificate, at=at).digest
    commented = body.replace(b"<cac:Signature>", b"<!-- x --><cac:Signature>")
    assert announcing(commented, certificate.tax_id) == commented
    assert b'schemeID="TCKN">12345678901</cbc:ID></cac:PartyIdentification>' in announcing(body, "12345678901")
    run()


@pytest.mark.parametrize("kind", [RuntimeError, DataError])
def test_a_bad_row_is_put_aside_and_holds_up_nobody(
    ardic: int, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    ids = invoices(ardic, 5)
    judged = judge_to_send
    bad = str(next(row.ettn for row in documents(ardic) if row.id == ids[2])).encode()

    def breaking(body: bytes, today: date) -> Judged:
        if bad in body:
            raise kind("a mistake in the program")
        return judged(body, today)

    monkeypatch.setattr(work, "judge_to_send", breaking)
    run()
    rows = {row.id: row for row in documents(ardic) if row.id in ids}
    assert [rows[id].stage for id in ids] == ["sealed", "sealed", "accepted", "sealed", "sealed"]
    assert error_of(rows[ids[2]])["code"] == "outbound.internal"
    assert rows[ids[2]].wake_at is not None, "it comes back"


def test_documents_whose_records_cannot_be_read_hold_up_nobody(ardic: int, meltem: int) -> None:
    ids = invoices(ardic, 4)
    theirs = invoices(meltem, 1, sender=MELTEM, receiver=ARDIC, prefix="MEL")
    bad = ids[0], ids[2]
    with unreadable("documents_document", *bad, taxpayer=ardic):
        run()
        assert [_stage(ardic, id) for id in ids] == ["accepted", "sealed", "accepted", "sealed"]
        assert _stage(meltem, theirs[0]) == "sealed"
        found = {one.subject: one for one in standing()}
        assert {(one.station, one.taxpayer, one.reason, one.failures) for one in found.values()} == {
            ("preparing", ardic, f"DecodeError document {id}", 1) for id in bad
        }
        preparing = stations.Preparing(key_ring(), Called())
        with passing(timedelta()):
            assert preparing.turn() == 0, "they are not tried in every round"
        with passing(timedelta(minutes=1)):
            assert preparing.turn() + preparing.turn() == 2
            assert preparing.turn() == 0
        assert {one.failures for one in standing()} == {2}
        assert asides.wake("preparing", Unit(ardic, bad[0]), "operator")
    run()
    assert [_stage(ardic, id) == "accepted" for id in bad] == [False, True], "an operator had one tried at once"
    with passing(timedelta(minutes=6)):
        run()
    assert _stage(ardic, bad[1]) != "accepted", "nothing is lost"
    assert standing() == []
    assert_no_gap(ardic)


def test_sealed_documents_whose_records_cannot_be_read_hold_up_nobody(ardic: int) -> None:
    ids = invoices(ardic, 3)
    run()
    with unreadable("documents_document", ids[1], taxpayer=ardic), passing(LINGER):
        calls = run()
        assert set(ids).intersection(documents_of(calls.outside[-1].key)) == {ids[0], ids[2]}
        assert [(one.station, one.subject) for one in standing()] == [("packing", ids[1])]
    with passing(LINGER + timedelta(minutes=1)):
        calls = run()
    assert documents_of(calls.outside[-1].key) == [ids[1]]
    assert standing() == []


def test_a_bad_row_that_cannot_even_say_so_holds_up_nobody(
    ardic: int, meltem: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, theirs = invoices(ardic, 2), invoices(meltem, 1, sender=MELTEM, receiver=ARDIC, prefix="MEL")
    judged = judge_all

    def failing(shell: Shell, rows: Iterable[Row], found: dict[Ref, bytes]) -> Found:
        rows = list(rows)
        if any(row.key == ids[0] for row in rows):
            raise DataError("a NUL that nobody can write down")
        return judged(shell, rows, found)

    def unwritten(id: int, error: Exception) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(stations, "judge_all", failing)
        patch.setattr(stations, "_put_aside", unwritten)
        run()
        assert [_stage(ardic, id) for id in ids] == ["accepted", "sealed"]
        assert _stage(meltem, theirs[0]) == "sealed"
        assert [(one.subject, one.reason) for one in standing()] == [(ids[0], "DataError")]
    with passing(timedelta(minutes=1)):
        run()
    assert _stage(ardic, ids[0]) != "accepted", "nothing is lost"
    assert standing() == []


def _stage(taxpayer: int, id: int) -> str:
    return next(row.stage for row in documents(taxpayer) if row.id == id)


def test_a_taxpayer_for_whom_the_database_fails_holds_up_no_other(
    ardic: int, meltem: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, ids = invoices(ardic, 1), invoices(meltem, 1, sender=MELTEM, receiver=ARDIC, prefix="MEL")
    judged = judge_all

    def failing(shell: Shell, rows: Iterable[Row], found: dict[Ref, bytes]) -> Found:
        rows = list(rows)
        if any(row.key in theirs for row in rows):
            raise OperationalError("statement timeout")
        return judged(shell, rows, found)

    monkeypatch.setattr(stations, "judge_all", failing)
    preparing = stations.Preparing(key_ring(), Called())
    for _ in range(4):
        with suppress(OperationalError):
            preparing.turn()
    assert [row.stage for row in documents(meltem) if row.id in ids] == ["sealed"]
    monkeypatch.undo()
    run()
    assert [row.stage for row in documents(ardic) if row.id in theirs] == ["sealed"]


def test_a_body_that_is_gone_holds_up_nobody(ardic: int) -> None:
    ids = invoices(ardic, 3)
    month = next(row.month for row in documents(ardic) if row.id == ids[1])
    with scoped(Role.PIPELINE, [ardic]):
        forget([Ref(ardic, month, ids[1])])
    run()
    rows = {row.id: row for row in documents(ardic) if row.id in ids}
    assert [rows[id].stage for id in ids] == ["sealed", "accepted", "sealed"]
    assert error_of(rows[ids[1]])["code"] == "outbound.no-body"


@pytest.mark.parametrize(
    ("others", "code"), [(["urn:mail:yeni@meltem.example"], "outbound.other-alias"), ([], "outbound.no-alias")]
)
def test_another_alias_is_offered_where_the_receivers_is_gone(ardic: int, others: list[str], code: str) -> None:
    sql("DELETE FROM userlist_registered_user")
    for alias in [MELTEM[3], *others] if others else []:
        sql(
            "INSERT INTO userlist_registered_user (number, service, role, alias, title, type, account_type, registered,"
            " created, since, first_seen) VALUES (%s, 'einvoice', 'PK', %s, '', '', '', now(), now(), now(), now())",
            [MELTEM[0], alias],
        )
    calls = sent(ardic, 1)
    id = calls.outside[-1].key
    ended = law.TripEnded(str(id), trips.Stage.REFUSED, "1172", Speaker.MERKEZ, clock.now(), None)
    document = documents_of(id)[-1]
    with passing(timedelta(minutes=1)), happening() as shell:
        shell.happen(DOCUMENTS, document, ended)
    (row,) = [row for row in documents(ardic) if row.id == document]
    assert (row.stage, error_of(row)["code"], error_of(row)["aliases"]) == ("returned", code, others)


def test_the_timeline_of_each_document_has_its_own_number(ardic: int) -> None:
    ids = invoices(ardic, 3)
    run()
    numbers = {row.id: row.number for row in documents(ardic) if row.id in ids}
    with scoped(Role.WEB, [ardic]):
        told = {id: [one for one in timeline(id) if one.what == "document.sealed"] for id in ids}
    assert {id: [one.facts for one in found] for id, found in told.items()} == {
        id: [{"number": number}] for id, number in numbers.items()
    }
    assert len({found[0].id for found in told.values()}) == 1, "one entry for all of them"
