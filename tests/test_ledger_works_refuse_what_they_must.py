"""Limits, permissions, changed files, a full disk: what must not go on stops, says why, and goes on when it may."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from platform_ledger_works import (
    FACTS,
    MONTH,
    begun,
    done,
    entries,
    let_go,
    rules,
    set_up,
    software,
    someone,
    state,
    to,
    worker,
)
from platform_world import ARDIC, MELTEM, taxpayer
from seal_pki import NOW
from support import needs_reference
from ulak.errors import UlakError
from ulak.seal.keys.problems import failure
from ulak.sheets import Workbook, new_workbooks
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.models_of_ledgers import LedgerPackage
from ulak_server.ledgers import reading, uploading
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.keeping import PIECE
from ulak_server.ledgers.models import Book, Company, File, Piece, Stage, Work
from ulak_server.ledgers.problems import PROBLEMS, LedgerWorkError
from ulak_server.ledgers.station import Works
from ulak_server.ledgers.steps import sealing
from ulak_server.ledgers.turns import Over, Turn, claim, waiting
from ulak_server.people.models import Role as Part
from ulak_server.people.services import Caller, NotAllowed, NotFound

pytestmark = [pytest.mark.usefixtures("platform_database"), needs_reference]


@pytest.fixture(scope="module")
def works(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    clock.use(lambda: NOW)
    try:
        with software(), rules(tmp_path_factory.mktemp("rules")), worker() as made:
            yield made
    finally:
        clock.use(None)


@pytest.fixture(scope="module")
def ardic(works: Works) -> tuple[int, Caller]:
    one = taxpayer()
    return one, set_up(one)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return entries(tmp_path_factory.mktemp("entries"), 300)


@pytest.fixture(scope="module")
def sealed(works: Works, data: bytes) -> tuple[int, Caller, int]:
    """Another company's month, ready to be sent."""
    one = taxpayer(
        ("6120457738", "Defne Yapı A.Ş.", "urn:mail:defnegb@defne.example", "urn:mail:defnepk@defne.example"), "DEF"
    )
    me = set_up(one)
    work = begun(me, one, data)
    to("sealed", works, me, one, work)
    return one, me, work


@pytest.fixture(autouse=True)
def fresh(ardic: tuple[int, Caller]) -> Iterator[None]:
    """Every test begins without a work, and without the packages of the one before."""
    yield
    one, _ = ardic
    with scoped(Role.WEB, [one]), connection.cursor() as cursor:
        for table in ("exchange_ledger_file", "exchange_ledger_package"):
            cursor.execute(f"DELETE FROM {table} WHERE taxpayer_id = %s", [one])
        for table in ("book", "part", "finding", "piece", "file", "work"):
            cursor.execute(f"DELETE FROM ledgers_{table} WHERE taxpayer_id = %s", [one])


def refused(verb: Any, *facts: Any, **more: Any) -> UlakError:
    """The error with which a verb refuses; it speaks both languages and says what to do."""
    with pytest.raises(UlakError) as caught:
        verb(*facts, **more)
    error = caught.value
    assert error.text.tr
    assert error.text.en
    return error


# -- uploads -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("defter.pdf", b"%PDF", "ledger-work.file-kind"),
        ("../../etc/passwd", b"root", "ledger-work.file-kind"),
        ("bos.csv", b"", "ledger-work.file-empty"),
    ],
)
def test_a_file_that_cannot_be_entries_is_refused_at_once(
    ardic: tuple[int, Caller], name: str, content: bytes, code: str
) -> None:
    one, me = ardic
    work = ledgers.begin(me, one, MONTH).id
    assert refused(ledgers.add_file, me, one, work, name, io.BytesIO(content), len(content)).code == code
    assert ledgers.files(me, one, work) == []


def test_uploads_have_limits(ardic: tuple[int, Caller], monkeypatch: pytest.MonkeyPatch) -> None:
    one, me = ardic
    work = ledgers.begin(me, one, MONTH).id
    monkeypatch.setattr(uploading, "MOST_OF_FILE", 100)
    monkeypatch.setattr(uploading, "MOST_OF_TAXPAYER", 150)
    monkeypatch.setattr(uploading, "MOST_FILES", 2)
    assert refused(ledgers.begin_file, me, one, work, "a.csv", 101).code == "ledger-work.file-too-big"
    ledgers.begin_file(me, one, work, "a.csv", 90)
    assert refused(ledgers.begin_file, me, one, work, "b.csv", 90).code == "ledger-work.too-much"
    ledgers.begin_file(me, one, work, "b.csv", 20)
    assert refused(ledgers.begin_file, me, one, work, "c.csv", 1).code == "ledger-work.too-many-files"


def test_an_upload_goes_on_where_the_line_broke(ardic: tuple[int, Caller], works: Works, data: bytes) -> None:
    one, me = ardic
    work = ledgers.begin(me, one, MONTH).id
    whole = data + b"\r\n" * (PIECE // 2)
    file = ledgers.begin_file(me, one, work, "ekim.csv", len(whole))
    ledgers.add_piece(me, one, work, file.id, 0, whole[:PIECE])
    again = ledgers.begin_file(me, one, work, "ekim.csv", len(whole))
    assert (again.id, again.received, again.state) == (file.id, PIECE, "uploading")
    error = refused(ledgers.add_piece, me, one, work, file.id, 0, whole[:PIECE])
    assert isinstance(error, LedgerWorkError)
    assert (error.code, error.received) == ("ledger-work.file-offset", PIECE)
    assert refused(ledgers.check, me, one, work).code == "ledger-work.file-unfinished"
    assert ledgers.add_piece(me, one, work, file.id, PIECE, whole[PIECE:]).state == "looking"
    done(works)
    (seen,) = ledgers.files(me, one, work)
    assert (seen.state, seen.mapping_name, state(one, work).stage) == ("taken", "ulak", "mapping")


def test_a_changed_file_is_never_put_together_with_what_came_before_it(
    ardic: tuple[int, Caller], works: Works, data: bytes
) -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 700_000))

    one, me = ardic
    work = ledgers.begin(me, one, MONTH).id
    whole = data + b"\r\n" * (PIECE // 2)
    begin = partial(ledgers.begin_file, me, one, work, "ekim.csv", len(whole))
    first = begin(mark="1")
    ledgers.add_piece(me, one, work, first.id, 0, whole[:PIECE])
    assert begin(mark="1").received == PIECE
    assert begin(mark="2").received == 0
    for file in ledgers.files(me, one, work):
        ledgers.remove_file(me, one, work, file.id)
    broken = Dripping(b"x" * (PIECE + 5))
    assert (
        refused(ledgers.add_file, me, one, work, "ekim.csv", broken, len(whole)).code == "ledger-work.file-unfinished"
    )
    taken = ledgers.add_file(me, one, work, "ekim.csv", Dripping(whole), len(whole))
    done(works)
    [seen] = ledgers.files(me, one, work)
    assert (seen.id, seen.state, seen.received) == (taken.id, "taken", len(whole))


def test_the_same_entries_are_not_taken_twice(ardic: tuple[int, Caller], works: Works, data: bytes) -> None:
    one, me = ardic
    work = begun(me, one, data)
    code = refused(ledgers.add_file, me, one, work, "kopya.csv", io.BytesIO(data), len(data)).code
    assert code == "ledger-work.file-twice"
    done(works)
    assert [file.name for file in ledgers.files(me, one, work)] == ["ekim.csv"]


# -- people ------------------------------------------------------------------------------------------------------------


def test_everybody_may_do_what_their_part_is_and_no_more(ardic: tuple[int, Caller], works: Works, data: bytes) -> None:
    one, owner = ardic
    clerk, reader = someone(one, Part.CLERK), someone(one, Part.READER)
    work = begun(clerk, one, data)
    to("built", works, clerk, one, work)
    assert ledgers.work_of(reader, one, work).stage == "built"
    for verb in (ledgers.seal, ledgers.send):
        with pytest.raises(NotAllowed):
            verb(clerk, one, work)
    with pytest.raises(NotAllowed):
        ledgers.save_facts(clerk, one, FACTS)
    for verb in (ledgers.check, ledgers.plan, ledgers.create, ledgers.cancel):
        with pytest.raises(NotAllowed):
            verb(reader, one, work)
    with pytest.raises(NotFound):
        ledgers.work_of(someone(one + 1000), one, work)
    assert ledgers.seal(owner, one, work).stage == "sealing"
    done(works)
    ledgers.start_again(clerk, one, work)
    assert ledgers.books(reader, one, work) == []
    told = [entry for entry in ledgers.timeline(reader, one, work) if entry.what == "ledger.dropped"]
    assert len(told[0].facts["digests"]) == 4


def test_operators_see_how_works_stand_and_nothing_in_them(sealed: tuple[int, Caller, int]) -> None:
    one, _, _ = sealed
    with scoped(Role.OPERATOR), connection.cursor() as cursor:
        cursor.execute("SELECT stage, error_code FROM ledgers_work WHERE taxpayer_id = %s", [one])
        assert cursor.fetchall() == [("sealed", "")]
        cursor.execute("SELECT what, size > 0 FROM ledgers_file WHERE taxpayer_id = %s LIMIT 1", [one])
        assert cursor.fetchall()
        for column in ("work.said", "file.name", "piece.data", "part.debit", "book.name", "company.facts"):
            table, name = column.split(".")
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"SELECT {name} FROM ledgers_{table}")
    with scoped(Role.WEB, [one + 1000]):
        assert not Work.objects.exists()
        assert not Piece.objects.exists()
        assert not Company.objects.exists()


def test_nobody_seals_without_a_key_that_may(
    ardic: tuple[int, Caller], works: Works, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, me = ardic
    work = begun(me, one, data)
    to("built", works, me, one, work)
    assert refused(ledgers.seal, me, one, work, "own").code == "ledger-work.no-own-key"
    assert refused(ledgers.seal, me, one, work, "komsunun").code == "ledger-work.key"
    assert refused(ledgers.seal, me, one, work, stamped=True).code == "ledger-work.no-stamper"
    ledgers.withdraw_consent(me, one)
    try:
        assert refused(ledgers.seal, me, one, work).code == "ledger-work.no-consent"
        assert [way.is_usable for way in ledgers.ways_to_seal(me, one)] == [False, False]
    finally:
        ledgers.consent(me, one, date(2026, 1, 2))
    assert refused(ledgers.consent, me, one, date(2030, 1, 1)).code == "ledger-work.consent-day"
    assert state(one, work).stage == "built"
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "borrowed", away)
        ledgers.seal(me, one, work)
        done(works)
    found = state(one, work)
    assert (found.stage, found.error_code) == ("sealing", "key.host-unreachable")
    assert found.wake_at is not None
    assert found.wake_at > NOW
    clock.use(lambda: NOW.replace(year=NOW.year + 5))
    try:
        done(works)
        assert (state(one, work).stage, state(one, work).error_code) == ("failed", "seal.certificate-expired")
    finally:
        clock.use(lambda: NOW)
    ledgers.retry(me, one, work)
    done(works)
    assert (state(one, work).stage, state(one, work).error) == ("sealed", None)


def away(_: Turn) -> None:
    """A token that does not answer for a while."""
    raise failure("key.host-unreachable", host="-", detail="-")


def test_facts_that_no_book_can_bear_are_refused_field_by_field(ardic: tuple[int, Caller]) -> None:
    one, me = ardic
    wrong = {**FACTS, "phone": "0312 111", "activity_codes": [], "address": {**FACTS["address"], "postal_code": "A1"}}
    error = refused(ledgers.save_facts, me, one, wrong)
    assert isinstance(error, LedgerWorkError)
    assert set(error.by_field) == {"phone", "activity_codes", "address/postal_code"}
    assert ledgers.save_facts(me, one, FACTS | {"phone": "0 (312) 111-11 11"}).phone == "3121111111"
    assert refused(ledgers.save_facts, me, one, FACTS, "0000").code == "ledger-work.facts"
    assert refused(ledgers.begin, me, one, MONTH, "0007").code == "ledger-work.branch"
    assert refused(ledgers.begin, me, one, date(2027, 1, 1)).code == "ledger-work.month"
    assert list(ledgers.missing_facts(me, one)) == []


# -- what was made -----------------------------------------------------------------------------------------------------


def test_a_strangers_copy_is_told_from_the_book_that_was_sealed(sealed: tuple[int, Caller, int]) -> None:
    one, me, work = sealed
    book, pieces = ledgers.file_of(me, one, ledgers.books(me, one, work)[0][1].id)
    content = b"".join(pieces)
    assert ledgers.compare(me, one, book.id, io.BytesIO(content)).name == book.name
    other = io.BytesIO(content.replace(b"Ticari", b"Ticarx", 1))
    assert refused(ledgers.compare, me, one, book.id, other).code == "ledger-work.not-ours"


def test_pieces_cannot_be_put_in_the_place_of_others(sealed: tuple[int, Caller, int]) -> None:
    one, me, work = sealed
    made = [book for _, book in ledgers.books(me, one, work)]
    with scoped(Role.WEB, [one]):
        journal, ledger = (Book.objects.get(id=book.id).file_id for book in made[:2])
        before = bytes(Piece.objects.get(file_id=journal).data)
        Piece.objects.filter(file_id=journal).update(data=bytes(Piece.objects.get(file_id=ledger).data))
    assert refused(ledgers.file_of, me, one, made[0].id).code == "archive.damaged"
    with scoped(Role.WEB, [one]):
        Piece.objects.filter(file_id=journal).update(data=before)
    assert b"".join(ledgers.file_of(me, one, made[0].id)[1])


def test_what_was_changed_after_sealing_is_not_sent_and_what_was_sent_is_not_taken_back(
    sealed: tuple[int, Caller, int], works: Works
) -> None:
    one, me, work = sealed
    (package,) = [book for _, book in ledgers.books(me, one, work) if book.is_package and book.kind == "KB"]
    with scoped(Role.WEB, [one]):
        file = Book.objects.get(id=package.id).file
        File.objects.filter(id=file.id).update(digest="0" * 64)
    assert refused(ledgers.file_of, me, one, package.id).code == "ledger-work.changed"
    ledgers.send(me, one, work)
    done(works)
    found = state(one, work)
    assert (found.stage, found.error_code, found.resumes) == ("failed", "ledger-work.changed", "sending")
    with scoped(Role.WEB, [one]):
        assert LedgerPackage.objects.filter(taxpayer_id=one).count() == 1, "the journal's went before it"
        File.objects.filter(id=file.id).update(digest=file.digest)
    (upload,) = ledgers.files(me, one, work)
    assert refused(ledgers.remove_file, me, one, work, upload.id).code == "ledger-work.sent-already"
    ledgers.retry(me, one, work)
    done(works)
    assert state(one, work).stage == "sent"
    with scoped(Role.WEB, [one]):
        assert LedgerPackage.objects.filter(taxpayer_id=one).count() == 2
    for verb in (ledgers.start_again, ledgers.cancel):
        assert refused(verb, me, one, work).code == "ledger-work.sent-already"


def test_entries_with_errors_become_no_book(
    ardic: tuple[int, Caller], works: Works, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, me = ardic
    lines = data.decode().splitlines(keepends=True)
    work = begun(me, one, "".join([*lines[:-1]]).replace("01.10.2026", "31.06.2026", 1).encode())
    done(works)
    ledgers.check(me, one, work)
    done(works)
    found = ledgers.findings(me, one, work)
    assert (state(one, work).stage, found.errors > 0) == ("checked", True)
    assert refused(ledgers.plan, me, one, work).code == "ledger-work.has-errors"
    listed = b"".join(ledgers.findings_file(me, one, work, "csv")).decode("utf-8-sig")
    assert len(listed.splitlines()) == 1 + found.errors + found.warnings
    for many in (2_000, 0):
        monkeypatch.setattr(reading, "_MANY", many)
        made = io.BytesIO(b"".join(ledgers.findings_file(me, one, work, "xlsx", "en")))
        rows = Workbook(made, "xlsx").rows("Ulak")
        assert [row[1] for _, row in rows] == ["Code", *(line.split(";")[1] for line in listed.splitlines()[1:])]
    monkeypatch.setattr(new_workbooks, "_places", threading.BoundedSemaphore(1))
    with new_workbooks._places:
        assert refused(ledgers.findings_file, me, one, work, "xlsx").code == "sheet.busy"
    worst = found.groups[0]
    assert ledgers.examples(me, one, work, worst.code, limit=1)[0].value == worst.examples[0].value


# -- the worker --------------------------------------------------------------------------------------------------------


def test_a_full_disk_waits_for_room_and_goes_on(
    ardic: tuple[int, Caller], works: Works, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, me = ardic
    work = begun(me, one, data)
    done(works)
    ledgers.check(me, one, work)
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
        done(works)
    found = state(one, work)
    assert (found.stage, found.error_code) == ("checking", "ledger-work.disk-full")
    assert found.wake_at is not None
    assert found.wake_at > NOW
    progress = ledgers.progress(me, one, work)
    assert progress.error is not None
    assert progress.error["permanent"] is False
    let_go(one)
    done(works)
    assert (state(one, work).stage, state(one, work).error) == ("checked", None)


def test_a_turn_that_is_over_keeps_nothing(ardic: tuple[int, Caller], works: Works, data: bytes) -> None:
    one, me = ardic
    work = begun(me, one, data)
    (mine,) = [claimed for id, owner in waiting() if id == work and (claimed := claim(id, owner))]
    assert claim(work, one) is None, "another may not take it meanwhile"
    turn = Turn(mine, Path("nowhere"), works._keys, threading.Event())
    ledgers.cancel(me, one, work)
    with pytest.raises(Over), turn.settling():
        raise AssertionError("it may keep something")
    with scoped(Role.WEB, [one]):
        assert not File.objects.filter(work_id=work).exists()
        assert not Piece.objects.filter(taxpayer_id=one).exists()
    assert state(one, work).stage == "cancelled"


def test_a_taxpayer_with_many_works_lets_the_others_through(
    ardic: tuple[int, Caller], works: Works, data: bytes
) -> None:
    one, me = ardic
    first = begun(me, one, data)
    second = begun(me, one, data, date(2026, 9, 1), "eylul.csv")
    other = taxpayer(MELTEM, "MEL")
    third = begun(someone(other), other, data)
    assert ARDIC != MELTEM
    claimed = [(id, claim(id, owner)) for id, owner in waiting()]
    assert [id for id, mine in claimed if mine] == [first, third]
    assert (second, None) in claimed
    let_go(one)
    let_go(other)
    assert works.turn() + works.turn() == 2
    assert state(other, third).turn == 2
    done(works)
    assert {state(one, first).stage, state(one, second).stage, state(other, third).stage} == {"mapping"}


def test_a_step_that_fails_again_and_again_ends_and_can_be_tried_anew(
    ardic: tuple[int, Caller], works: Works, data: bytes
) -> None:
    one, me = ardic
    work = begun(me, one, data)
    with scoped(Role.WEB, [one]):
        Work.objects.filter(id=work).update(tries=8)
    done(works)
    found = state(one, work)
    assert (found.stage, found.error_code) == ("failed", "ledger-work.failed")
    ledgers.retry(me, one, work)
    done(works)
    assert state(one, work).stage == Stage.MAPPING


def test_every_code_of_this_room_stands_on_its_page_as_it_is() -> None:
    page = (Path(__file__).parents[1] / "docs" / "ledgers.md").read_text("utf-8")
    rows = [f"| `{code}` | {said.text.en} | {said.repair.en} |" for code, said in PROBLEMS.items()]
    assert [row for row in rows if row not in page] == []
