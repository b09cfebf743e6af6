"""Documents handed in together are stored at once and read by workers: each is taken or refused, once, in its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.db import DataError, OperationalError

from platform_intake import YEAR, encoded, friendly, listed
from platform_world import ARDIC, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import batch_station, batches, existing, splitting
from ulak_server.documents.batch_station import BatchStation
from ulak_server.documents.batches import hand_in
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Batch, Document
from ulak_server.documents.services import Draft, accept

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer(ARDIC)


def worked() -> None:
    station = BatchStation(lambda: DEFAULT)
    while station.turn():
        pass


def result(taxpayer: int, batch: int) -> tuple[Batch, dict[int, tuple[str, str]]]:
    with scoped(Role.WEB, [taxpayer]):
        refused = batches.refusals(taxpayer, batch, limit=1000)
        return batches.get(taxpayer, batch), {one.place: (one.name, one.problem["code"]) for one in refused}


def documents(taxpayer: int, batch: int) -> list[Document]:
    with scoped(Role.WEB, [taxpayer]):
        return list(Document.objects.filter(taxpayer_id=taxpayer, batch_id=batch).order_by("id"))


def wrapped(key: str, **changed: Any) -> bytes:
    return encoded({"erp_key": key, "document": friendly(**changed)})


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def code_of(taxpayer: int, content: bytes, form: Any, **said: Any) -> str:
    with pytest.raises(UlakError) as caught:
        hand_in(taxpayer, content, form, **said)
    return caught.value.code


def test_lines_are_taken_in_their_order_and_refusals_say_which_and_why(ardic: int) -> None:
    lines = [
        wrapped("b-0"),
        b"",
        b"{",
        wrapped("b-2", lines=[]).replace(b'"lines":[]', b'"line":[]'),
        encoded(friendly()),
        wrapped("b-0", notes=["twice"]),
        encoded({"erp_key": "b-5", "typo": 1, "document": friendly()}),
        wrapped("b-6", supplier={"tax_id": "1234567890", "name": "Başkası"}),
        wrapped("b-7\n"),
        b"[]",
    ]
    one = hand_in(ardic, b"\r\n".join(lines), "ndjson", actor="key:7", options=Options(priority=True))
    assert (one.total, one.is_repeated) == (9, False)
    worked()
    batch, refused = result(ardic, one.id)
    assert refused == {
        1: ("", "json.syntax"),
        2: ("b-2", "json.unknown-field"),
        4: ("b-0", "intake.erp-key-taken"),
        5: ("", "intake.item"),
        6: ("b-6", "intake.not-issuer"),
        7: ("b-7\n", "intake.erp-key"),
        8: ("", "json.type"),
    }
    assert (batch.stage, batch.read, batch.accepted, batch.refused) == ("done", 9, 2, 7)
    with scoped(Role.WEB, [ardic]):
        told = [(each.place, each.problem["line"]) for each in batches.refusals(ardic, one.id)]
    assert told == [(1, 3), (2, 4), (4, 6), (5, 7), (6, 8), (7, 9), (8, 10)], "lines of the file, empty ones counted"
    found = documents(ardic, one.id)
    assert [(row.erp_key, row.stage, row.priority) for row in found] == [
        ("b-0", "accepted", True),
        (None, "accepted", True),
    ]


@pytest.mark.parametrize("intent", ["send", "draft", "check"])
def test_a_nul_spoils_its_own_item_alone(ardic: int, intent: Any) -> None:
    odd = encoded({**friendly(), "x\0": 1})
    items = [wrapped(f"nul {intent}"), wrapped("4711\0\0"), wrapped("a3", note="a\0b"), odd]
    batch = hand_in(ardic, b"\n".join(items), "ndjson", intent=intent).id
    worked()
    done, refused = result(ardic, batch)
    assert (done.stage, done.accepted, refused) == ("done", 1, dict.fromkeys((1, 2, 3), ("", "json.nul")))


def test_a_zip_may_hold_ubl_and_json_and_what_file_managers_leave(ardic: int) -> None:
    first = hand_in(ardic, encoded([friendly()]), "json")
    worked()
    (row,) = documents(ardic, first.id)
    with scoped(Role.WEB, [ardic]):
        body = archive.read([ref := archive.Ref(ardic, row.month, row.id)])[ref].replace(
            str(row.ettn).encode(), str(uuid4()).encode()
        )
    files = {
        "2026/a.xml": body,
        "b.json": encoded(friendly()),
        "__MACOSX/._a.xml": b"x",
        "2026/.DS_Store": b"x",
        "notes.txt": b"hello",
        "again.xml": body,
        "inner.zip": zipped({"a.xml": body}),
    }
    one = hand_in(ardic, zipped(files), "zip")
    worked()
    batch, refused = result(ardic, one.id)
    assert refused == {
        2: ("notes.txt", "xml.not-xml"),
        3: ("again.xml", "intake.ettn-taken"),
        4: ("inner.zip", "xml.not-xml"),
    }
    assert batch.accepted == 2


def test_a_dry_run_keeps_only_what_is_wrong(ardic: int) -> None:
    bad = friendly(lines=[{"name": "Raf", "price": 10, "vat": 20, "unit": "adet"}])
    one = hand_in(ardic, encoded([friendly(), bad]), "json", intent="check")
    worked()
    batch, refused = result(ardic, one.id)
    assert (batch.accepted, refused, documents(ardic, one.id)) == (1, {1: ("", "intake.invalid")}, [])
    with scoped(Role.WEB, [ardic]):
        kept = batches.refusals(ardic, one.id)[0].problem
    assert "/lines/0/unit" in {error["where"] for error in kept["errors"]}
    assert set(kept["detail"]) == {"tr", "en"}


def test_drafts_may_be_handed_in_together(ardic: int) -> None:
    one = hand_in(ardic, encoded([{"notes": ["yarım"]}, friendly(), 7]), "json", intent="draft")
    worked()
    batch, refused = result(ardic, one.id)
    assert [row.stage for row in documents(ardic, one.id)] == ["draft", "draft"]
    assert (batch.accepted, refused) == (2, {2: ("", "intake.not-json")})


def test_the_same_key_is_one_batch(ardic: int) -> None:
    content = encoded([friendly()])
    one = hand_in(ardic, content, "json", key="batch-1")
    assert hand_in(ardic, content, "json", key="batch-1") == (one.id, 1, True)
    assert code_of(ardic, encoded([friendly(notes=["x"])]), "json", key="batch-1") == "intake.key-reused"
    assert code_of(ardic, content, "json", key="batch-1", intent="check") == "intake.key-reused"
    worked()
    assert len(documents(ardic, one.id)) == 1


@pytest.mark.parametrize(
    ("content", "form", "code"),
    [
        (b"", "ndjson", "batch.empty"),
        (b" \n\n ", "ndjson", "batch.empty"),
        (b"", "json", "batch.empty"),
        (b"[]", "json", "batch.empty"),
        (b"{}", "json", "batch.not-json"),
        (b"[1,", "json", "batch.not-json"),
        (b"[" * 100_000, "json", "batch.not-json"),
        (b"\xff\xfe[", "json", "batch.not-json"),
        (b"PK\x05\x06" + bytes(18), "zip", "batch.empty"),
        (b"PK", "zip", "batch.not-zip"),
        (b"", "zip", "batch.not-zip"),
        (b"[1]", "tar", "batch.form"),
    ],
)
def test_what_is_no_batch_is_refused_at_once(ardic: int, content: bytes, form: Any, code: str) -> None:
    with scoped(Role.WEB, [ardic]):
        before = Batch.objects.count()
    assert code_of(ardic, content, form) == code
    with scoped(Role.WEB, [ardic]):
        assert Batch.objects.count() == before


def test_limits_hold_before_anything_is_unpacked(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(ardic, b"{}\n" * (splitting.MOST + 1), "ndjson") == "batch.too-many"
    assert code_of(ardic, b"PK\x03\x04" + b"PK\x01\x02" * (2 * splitting.MOST + 1), "zip") == "batch.too-many"
    monkeypatch.setattr(splitting, "BIGGEST", 100)
    assert code_of(ardic, b" " * 101, "ndjson") == "batch.too-large"


def test_zip_bombs_are_told_and_the_rest_is_taken(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(
        {"bomb.xml": bytes(15 * 1024 * 1024), "huge.xml": bytes(21 * 1024 * 1024), "a.json": encoded(friendly())}
    )
    one = hand_in(ardic, bomb, "zip")
    worked()
    assert result(ardic, one.id)[1] == {
        0: ("bomb.xml", "batch.item-too-dense"),
        1: ("huge.xml", "batch.item-too-large"),
    }
    monkeypatch.setattr(splitting, "UNPACKED", 1000)
    assert code_of(ardic, bomb, "zip") == "batch.unpacked-too-large"


def test_damaged_and_encrypted_files_are_told_by_name(ardic: int) -> None:
    whole = bytearray(zipped({"a.json": encoded(friendly()), "b.json": encoded(friendly())}, zipfile.ZIP_STORED))
    at = whole.index(b"supplier")
    whole[at] ^= 1
    entry = whole.rindex(b"PK\x01\x02")
    whole[entry + 8] |= 1
    one = hand_in(ardic, bytes(whole), "zip")
    worked()
    assert result(ardic, one.id)[1] == {
        0: ("a.json", "batch.item-damaged"),
        1: ("b.json", "batch.item-encrypted"),
    }


def test_a_killed_worker_leaves_neither_half_a_piece_nor_two(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "_PIECE_ITEMS", 3)
    content = b"\n".join(wrapped(f"kill-{n}") for n in range(10))
    one = hand_in(ardic, content, "ndjson")
    station = BatchStation(lambda: DEFAULT)
    assert station.turn() == 3

    class Killed(BaseException):
        pass

    def dying(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(batch_station._Turn, "_advance", dying)
        with pytest.raises(Killed):
            station.turn()
    assert len(documents(ardic, one.id)) == 3
    worked()
    assert [row.erp_key for row in documents(ardic, one.id)] == [f"kill-{n}" for n in range(10)]
    assert result(ardic, one.id)[0].read == 10
    with scoped(Role.WEB, [ardic]):
        month = batches.month_of(batches.get(ardic, one.id).created_at)
        assert archive.read([batches.piece_ref(ardic, month, one.id, piece) for piece in range(4)]) == {}


def test_batches_take_turns_and_a_failing_one_stands_back(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "_PIECE_ITEMS", 2)
    large = hand_in(ardic, b"\n".join([encoded(friendly())] * 6), "ndjson")
    small = hand_in(ardic, encoded(friendly()), "ndjson")
    station = BatchStation(lambda: DEFAULT)
    station.turn()
    station.turn()
    assert result(ardic, small.id)[0].stage == "done"
    with scoped(Role.WEB, [ardic]):
        month = batches.month_of(batches.get(ardic, large.id).created_at)
        archive.forget([batches.piece_ref(ardic, month, large.id, 1)])
    with pytest.raises(KeyError):
        station.turn()
    other = hand_in(ardic, encoded(friendly()), "ndjson")
    worked()
    assert result(ardic, other.id)[0].stage == "done"
    assert result(ardic, large.id)[0].stage == "stored"


def test_a_document_that_came_meanwhile_is_seen(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look for duplicates and the insert another request may store the same document."""
    content = b"\n".join([wrapped("race-0"), wrapped("race-1")])
    hand_in(ardic, wrapped("race-1", notes=["first"]), "ndjson")
    worked()
    one = hand_in(ardic, content, "ndjson")
    looks: list[int] = []
    look = existing.collisions

    def blind_once(*args: Any) -> Any:
        looks.append(1)
        return {} if len(looks) == 1 else look(*args)

    monkeypatch.setattr(batch_station, "collisions", blind_once)
    worked()
    assert result(ardic, one.id)[1] == {1: ("race-1", "intake.erp-key-taken")}
    assert [row.erp_key for row in documents(ardic, one.id)] == ["race-0"]


def test_numbers_of_the_erp_are_taken_once_in_a_batch(ardic: int) -> None:
    number = f"ERP{YEAR}000000099"
    one = hand_in(ardic, encoded([friendly(number=number), friendly(number=number)]), "json")
    worked()
    assert result(ardic, one.id)[1] == {1: ("", "intake.number-taken")}


def test_what_is_kept_of_a_problem_can_be_shown_in_both_languages(ardic: int) -> None:
    one = hand_in(ardic, b"{}", "ndjson")
    worked()
    with scoped(Role.WEB, [ardic]):
        (kept,) = batches.refusals(ardic, one.id)
        assert batches.find(ardic, limit=1)[0].id == one.id
        assert batches.refusals(ardic, one.id, after=0) == []
    assert msgspec.json.decode(msgspec.json.encode(kept.problem))["where"].startswith("/")
    with scoped(Role.WEB, [ardic]), pytest.raises(UlakError) as caught:
        batches.get(ardic, one.id + 1000)
    assert caught.value.code == "batch.unknown"


@pytest.mark.parametrize("kind", [DataError, RuntimeError])
def test_an_item_that_cannot_be_stored_is_refused_and_holds_up_no_other(
    ardic: int, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:

    def breaking(drafts: Sequence[Draft], *given: Any, **more: Any) -> Any:
        if any(draft.erp_key == f"{kind.__name__}-1" for draft in drafts):
            raise kind("what nobody foresaw")
        return accept(drafts, *given, **more)

    monkeypatch.setattr(batch_station, "accept", breaking)
    keys = [f"{kind.__name__}-{number}" for number in range(3)]
    batch = hand_in(ardic, b"\n".join(wrapped(key) for key in keys), "ndjson").id
    worked()
    found, refused = result(ardic, batch)
    assert (found.stage, found.accepted, refused) == ("done", 2, {1: (keys[1], "batch.item-failed")})
    assert [one.erp_key for one in documents(ardic, batch)] == [keys[0], keys[2]]


def test_a_piece_waits_where_no_item_is_to_blame(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*given: Any, **more: Any) -> Any:
        raise OperationalError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(batch_station, "accept", away)
        batch = hand_in(ardic, wrapped("waits-1"), "ndjson").id
        with pytest.raises(OperationalError):
            worked()
    found, refused = result(ardic, batch)
    assert (found.stage == "done", found.wake_at is not None, refused) == (False, True, {})
