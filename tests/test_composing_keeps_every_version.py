"""Drafts are kept at every pause, undone and redone; two windows lose nothing; what is sent is what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from platform_intake import listed, row
from platform_world import MELTEM, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak.ubl.documents import read_document
from ulak_server.archive import services as archive
from ulak_server.composing import services as composing
from ulak_server.composing import versions
from ulak_server.composing.models import Version, Writing
from ulak_server.composing.services import Aside, Change, Draft, NotReady, Weight
from ulak_server.composing.state import text_at
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def seller(platform_database: str) -> int:
    id = taxpayer()
    with scoped(Role.PIPELINE):
        listed()
        listed(service="edespatch")
    return id


WHOLE: Sequence[Change] = [
    Change("set", "/customer/tax_id", MELTEM[0]),
    Change("set", "/customer/name", MELTEM[1]),
    Change("set", "/customer/tax_office", "Kadıköy"),
    Change("set", "/customer/address/city", "İstanbul"),
    Change("set", "/customer/address/town", "Kadıköy"),
    Change("set", "/lines/0/name", "Boya"),
    Change("set", "/lines/0/quantity", "3"),
    Change("set", "/lines/0/price", "1.250,50"),
    Change("set", "/lines/0/vat", "20"),
]


def begun(seller: int, *changes: Change, kind: str = "invoice") -> Draft:
    with scoped(Role.WEB, [seller]):
        draft = composing.begin(seller, composing.blank(seller, kind), DEFAULT)
    return written(seller, draft, *changes) if changes else draft


def written(seller: int, draft: Draft, *changes: Change, who: str = "Ayşe") -> Draft:
    with scoped(Role.WEB, [seller]):
        found = composing.write(seller, draft.document, draft.version, changes, who=who)
    assert isinstance(found, Draft)
    return found


def assessed(seller: int, draft: Draft) -> composing.Ready:
    with scoped(Role.WEB, [seller]):
        look = composing.looked_at(seller, draft.state)
    return composing.judged(seller, look, draft.document)


def test_an_empty_document_says_what_it_needs_and_nothing_is_called_wrong(seller: int) -> None:
    ready = assessed(seller, begun(seller))
    assert {one.code for one in ready.found} == {"compose.no-customer", "compose.no-line"}
    assert {one.weight for one in ready.found} == {Weight.MISSING}
    assert not ready.is_ready


def test_a_whole_invoice_is_proposed_its_way_and_can_be_sent(seller: int) -> None:
    ready = assessed(seller, begun(seller, *WHOLE))
    assert [one for one in ready.found if one.weight is not Weight.WARNING] == []
    assert (ready.look.profile, ready.look.type, ready.look.is_proposed) == ("TICARIFATURA", "SATIS", True)
    assert ready.look.receiver.alias == MELTEM[3]
    assert ready.is_ready


def test_undo_and_redo_walk_through_the_pauses(seller: int) -> None:
    draft = begun(seller, Change("set", "/notes", "bir"))
    draft = written(seller, draft, Change("set", "/notes", "iki"))
    draft = written(seller, draft, Change("set", "/notes", "üç"))
    with scoped(Role.WEB, [seller]):
        back = composing.undo(seller, draft.document)
        assert text_at(back.state, "/notes") == "iki"
        assert back.can_redo
        first = composing.undo(seller, draft.document)
        empty = composing.undo(seller, draft.document)
        assert [text_at(one.state, "/notes") for one in (first, empty)] == ["bir", ""]
        assert not empty.can_undo
        again = composing.redo(seller, draft.document)
        assert text_at(again.state, "/notes") == "bir"
        composing.undo(seller, draft.document)
        with pytest.raises(UlakError) as told:
            composing.undo(seller, draft.document)
    assert told.value.code == "compose.no-version"


def test_what_is_written_after_an_undo_goes_on_from_there(seller: int) -> None:
    draft = begun(seller, Change("set", "/notes", "bir"))
    draft = written(seller, draft, Change("set", "/notes", "iki"))
    with scoped(Role.WEB, [seller]):
        back = composing.undo(seller, draft.document)
    after = written(seller, back, Change("set", "/notes", "başka"))
    assert text_at(after.state, "/notes") == "başka"
    assert not after.can_redo
    with scoped(Role.WEB, [seller]):
        assert text_at(composing.undo(seller, draft.document).state, "/notes") == "bir"


def test_a_second_window_is_told_and_nothing_of_either_is_lost(seller: int) -> None:
    both = begun(seller, Change("set", "/notes", "başlangıç"))
    mine = written(seller, both, Change("set", "/notes", "benimki"), who="Ayşe Kaya")
    with scoped(Role.WEB, [seller]):
        late = composing.write(seller, both.document, both.version, [Change("set", "/order/number", "77")], who="Can")
        assert isinstance(late, Aside)
        assert late.who == "Ayşe Kaya"
        assert (late.draft.state, late.draft.version) == (mine.state, mine.version)
        assert text_at(composing.load(seller, both.document).state, "/notes") == "benimki"
        kept = composing.take(seller, both.document, late.version)
        assert (text_at(kept.state, "/notes"), text_at(kept.state, "/order/number")) == ("başlangıç", "77")
        assert text_at(composing.undo(seller, both.document).state, "/notes") == "benimki"
        other = composing.apart(seller, both.document, late.version, DEFAULT)
        assert other.document != both.document
        assert text_at(other.state, "/order/number") == "77"


def test_a_save_whose_answer_was_lost_may_be_made_again(seller: int) -> None:
    draft = begun(seller, Change("set", "/notes", "bir"))
    once = written(seller, draft, Change("set", "/notes", "iki"))
    assert written(seller, draft, Change("set", "/notes", "iki")).version == once.version


def test_the_same_content_makes_no_version(seller: int) -> None:
    draft = begun(seller, Change("set", "/notes", "bir"))
    assert written(seller, draft, Change("set", "/notes", "bir  ")).version == draft.version


def test_old_versions_make_room_and_bases_too_old_are_refused_in_words(
    seller: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "KEPT", 5)
    draft = begun(seller)
    for turn in range(10):
        draft = written(seller, draft, Change("set", "/notes", str(turn)))
    with scoped(Role.WEB, [seller]):
        assert Version.objects.filter(document_id=draft.document).count() == 5
        with pytest.raises(UlakError) as told:
            composing.write(seller, draft.document, 2, [Change("set", "/notes", "x")])
        assert text_at(composing.undo(seller, draft.document).state, "/notes") == "8"
    assert told.value.code == "compose.no-version"


def test_a_draft_is_sent_once_as_it_was_seen(seller: int) -> None:
    draft = begun(seller, *WHOLE, Change("add", "/lines/1"))
    taken = composing.send(seller, draft.document, draft.version, policy=DEFAULT)
    assert taken.stage == "accepted"
    stored = row(seller, draft.document)
    assert (stored.profile, stored.type_code, stored.alias, str(stored.payable)) == (
        "TICARIFATURA",
        "SATIS",
        MELTEM[3],
        "4501.80",
    )
    with pytest.raises(UlakError) as told:
        composing.send(seller, draft.document, draft.version, policy=DEFAULT)
    assert told.value.code == "intake.no-draft"
    with scoped(Role.WEB, [seller]):
        assert not Writing.objects.filter(document_id=draft.document).exists()


def test_a_draft_that_moved_on_is_not_sent_unseen(seller: int) -> None:
    draft = begun(seller, *WHOLE)
    written(seller, draft, Change("set", "/lines/0/price", "9.999"))
    with pytest.raises(UlakError) as told:
        composing.send(seller, draft.document, draft.version, policy=DEFAULT)
    assert told.value.code == "compose.changed-elsewhere"


def test_an_unfinished_draft_is_not_sent_and_says_what_it_lacks(seller: int) -> None:
    draft = begun(seller, *WHOLE[:5])
    with pytest.raises(NotReady) as told:
        composing.send(seller, draft.document, draft.version, policy=DEFAULT)
    assert [one.code for one in told.value.ready.found] == ["compose.no-line"]
    assert row(seller, draft.document).stage == "draft"


def test_drafts_that_others_delete_or_send_leave_no_version_behind(seller: int) -> None:
    kept, gone = begun(seller, *WHOLE), begun(seller, *WHOLE)
    drafts.delete(seller, gone.document)
    versions.forget_orphans()
    with scoped(Role.WEB, [seller]):
        left = set(Writing.objects.filter(document_id__in=[kept.document, gone.document]).values_list("document_id"))
        assert left == {(kept.document,)}
        assert not Version.objects.filter(document_id=gone.document).exists()
        assert len(versions.versions(kept.document)) == 1
    assert versions.forget_orphans() == 0


def test_a_deleted_draft_takes_its_versions_along(seller: int) -> None:
    draft = begun(seller, *WHOLE)
    with scoped(Role.WEB, [seller]):
        writing = Writing.objects.get(document_id=draft.document)
    composing.delete(seller, draft.document)
    with scoped(Role.WEB, [seller]):
        assert not Version.objects.filter(document_id=draft.document).exists()
        refs = [archive.Ref(seller, writing.month, -draft.document, archive.BATCH + 1 + slot) for slot in range(3)]
        assert archive.read(refs) == {}


def test_others_see_no_versions(seller: int) -> None:
    draft = begun(seller, *WHOLE)
    other = taxpayer(("1460415308", "Başkası", "urn:mail:gb@b.example", "urn:mail:pk@b.example"), "BAS")
    with scoped(Role.WEB, [other]):
        assert list(Version.objects.filter(document_id=draft.document)) == []
        with pytest.raises(UlakError):
            composing.write(other, draft.document, draft.version, [Change("set", "/notes", "x")])


def test_a_sent_invoice_is_repeated_without_what_belonged_to_its_day(seller: int) -> None:
    draft = begun(seller, *WHOLE, Change("set", "/date", "23.11.2026"), Change("set", "/notes", "Teşekkürler"))
    composing.send(seller, draft.document, draft.version, policy=DEFAULT)
    with scoped(Role.WEB, [seller]):
        again = composing.repeated(seller, draft.document)
        despatch = composing.despatch_of(seller, draft.document)
    assert "date" not in again.members
    assert text_at(again, "/lines/0/price") in ("1.250,50", "1.250,5")
    assert text_at(again, "/notes") == "Teşekkürler"
    assert despatch.kind == "despatch_advice"
    assert text_at(despatch, "/delivery_address/city") == "İstanbul"
    assert "price" not in despatch.lines[0]


def test_the_sent_document_says_the_sums_that_were_shown(seller: int) -> None:
    draft = begun(seller, *WHOLE, Change("set", "/discount", "%10"))
    ready = assessed(seller, draft)
    assert ready.look.live is not None
    assert ready.look.live.totals is not None
    composing.send(seller, draft.document, draft.version, policy=DEFAULT)
    stored = row(seller, draft.document)
    with scoped(Role.WEB, [seller]):
        ref = archive.Ref(seller, stored.month, stored.id)
        document: Any = read_document(archive.read([ref])[ref])
    stated = document.legal_monetary_total
    shown = ready.look.live.totals
    assert stated.payable_amount.value == shown.payable
    assert stated.tax_inclusive_amount.value == shown.tax_inclusive
    assert stated.allowance_total_amount.value == shown.allowance
