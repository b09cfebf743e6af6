"""A taxpayer's designs: kept, changed by one at a time, chosen, put away; and which of them a document wears."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_intake import encoded, friendly, listed
from platform_way_out import bodies, documents, passing, run
from platform_world import MELTEM, invoices, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak.render import Design, embedded_in, stylesheet
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.designs import services as designs
from ulak_server.designs.models import Design as Kept
from ulak_server.designs.models import Sheet
from ulak_server.designs.pictures import checked
from ulak_server.designs.services import UNDRESSED, Dress, Wanted
from ulak_server.designs.sewing import PLATFORM
from ulak_server.documents.batch_station import BatchStation
from ulak_server.documents.batches import hand_in, refusals
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Document
from ulak_server.exchange.outbound.handlers import LINGER

pytestmark = pytest.mark.usefixtures("platform_database")

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OWN = stylesheet("invoice", Design()) + b"<!-- our own -->"


def worn(**values: Any) -> Design:
    """The design as documents wear it: it names this installation where the taxpayer names no other place."""
    return Design(platform=PLATFORM, **values)


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MEL")


@pytest.fixture(autouse=True)
def nothing_is_there(ardic: int, meltem: int) -> Iterator[None]:
    yield
    for whose in (ardic, meltem):
        with scoped(Role.WEB, [whose]):
            for one in designs.designs_of(whose):
                designs.retire(whose, one.id)
            designs.set_wardrobe(whose, has_stylesheet=True, has_karekod=True)


def within(whose: int, verb: Callable[[], Any]) -> Any:
    with scoped(Role.WEB, [whose]):
        return verb()


def save(whose: int, name: str = "Sade", *, id: int | None = None, revision: int | None = None, **wanted: Any) -> Any:
    return within(whose, lambda: designs.save(whose, Wanted(name, **wanted), id=id, revision=revision, actor="user:1"))


def refusal(verb: Callable[[], Any]) -> UlakError:
    with pytest.raises(UlakError) as caught:
        verb()
    return caught.value


def dress(whose: int, kind: str = "invoice", design: int | None = None) -> Dress:
    with scoped(Role.PIPELINE, [whose]):
        return designs.dress_for(whose, kind, design)


# -- kept --------------------------------------------------------------------------------------------------------------


def test_a_design_comes_back_as_it_was_given(ardic: int) -> None:
    made = save(ardic, values={"accent": "#112233", "note_tr": "Teşekkürler"}, pictures={"logo": PIXEL})
    with scoped(Role.WEB, [ardic]):
        look = designs.look_of(designs.drawn(designs.design_of(ardic, made.id)))
    assert (look.accent, look.note_tr) == ("#112233", "Teşekkürler")
    assert look.logo is not None
    assert (look.logo.data, look.logo.mime) == (PIXEL, "image/png")


def test_pictures_stay_where_none_are_given(ardic: int) -> None:
    made = save(ardic, pictures={"logo": PIXEL, "signature": PIXEL})
    save(ardic, id=made.id, values={"accent": "#000000"})
    with scoped(Role.WEB, [ardic]):
        assert set(designs.drawn(designs.design_of(ardic, made.id)).pictures) == {"logo", "signature"}
    save(ardic, id=made.id, pictures={})
    with scoped(Role.WEB, [ardic]):
        assert designs.drawn(designs.design_of(ardic, made.id)).pictures == {}


@pytest.mark.parametrize(
    ("wanted", "code", "where"),
    [
        ({"name": "  "}, "design.name", "/name"),
        ({"name": "x" * 81}, "design.name", "/name"),
        ({"name": "a\0b"}, "design.name", "/name"),
        ({"kind": "poster"}, "design.kind", "/kind"),
        ({"pictures": {"banner": PIXEL}}, "design.picture-slot", "/pictures/banner"),
        ({"pictures": {"logo": b"<svg/>"}}, "design.picture-type", "/pictures/logo"),
        ({"pictures": {"logo": PIXEL + bytes(13_000)}}, "design.picture-too-large", "/pictures/logo"),
        ({"values": {"colour": "red"}}, "render.design", ""),
        ({"values": {"accent": "url(javascript:1)"}}, "render.design", ""),
        ({"values": {"columns": ["quantity"]}}, "design.unfit", ""),
        ({"stylesheet": OWN}, "design.own-for-all", "/kind"),
        ({"stylesheet": b"<xsl", "kind": "invoice"}, "design.unfit", ""),
        ({"stylesheet": b"<!DOCTYPE a>" + OWN, "kind": "invoice"}, "design.unfit", ""),
        ({"stylesheet": OWN + b"<!--" + b"x" * 31_000 + b"-->", "kind": "invoice"}, "design.too-large", "/stylesheet"),
    ],
)
def test_what_is_not_fit_to_be_worn_is_refused(ardic: int, wanted: dict[str, Any], code: str, where: str) -> None:
    error = refusal(lambda: save(ardic, **{"name": "Yeni", **wanted}))
    assert (error.code, error.where) == (code, where)
    assert error.text.tr != error.text.en
    assert error.repair.tr
    assert within(ardic, lambda: designs.designs_of(ardic)) == []


def test_a_name_is_one_designs_until_it_is_put_away(ardic: int) -> None:
    first = save(ardic, "Kurumsal")
    assert refusal(lambda: save(ardic, " Kurumsal ")).code == "design.name-taken"
    save(ardic, "Kurumsal", id=first.id)
    within(ardic, lambda: designs.retire(ardic, first.id))
    save(ardic, "Kurumsal")


def test_of_two_who_change_it_at_once_one_is_told(ardic: int) -> None:
    made = save(ardic)
    assert save(ardic, id=made.id, revision=1).revision == 2
    assert refusal(lambda: save(ardic, id=made.id, revision=1)).code == "design.changed-meanwhile"


def test_the_first_of_a_kind_is_the_default_and_one_alone(ardic: int) -> None:
    one, other, advice = save(ardic, "Bir"), save(ardic, "İki"), save(ardic, "Üç", kind="despatch")
    assert [one.is_default, other.is_default, advice.is_default] == [True, False, True]
    within(ardic, lambda: designs.make_default(ardic, other.id))
    found = {each.id: each.is_default for each in within(ardic, lambda: designs.designs_of(ardic))}
    assert found == {one.id: False, other.id: True, advice.id: True}
    assert [each.id for each in within(ardic, lambda: designs.designs_of(ardic, "invoice"))] == [other.id, one.id]


def test_what_was_put_away_is_neither_changed_nor_chosen(ardic: int) -> None:
    made = save(ardic)
    within(ardic, lambda: designs.retire(ardic, made.id))
    for verb in (designs.make_default, designs.retire):
        assert refusal(lambda verb=verb: within(ardic, lambda: verb(ardic, made.id))).code == "design.unknown"  # type: ignore[misc]
    assert refusal(lambda: save(ardic, id=made.id)).code == "design.unknown"
    assert within(ardic, lambda: designs.design_of(ardic, made.id)).retired_at is not None


def test_what_was_put_away_can_be_taken_out_again(ardic: int) -> None:
    made = save(ardic)
    assert refusal(lambda: within(ardic, lambda: designs.restore(ardic, made.id))).code == "design.unknown"
    within(ardic, lambda: designs.retire(ardic, made.id))
    other = save(ardic)
    assert refusal(lambda: within(ardic, lambda: designs.restore(ardic, made.id))).code == "design.name-taken"
    save(ardic, "Yeni", id=other.id)
    back = within(ardic, lambda: designs.restore(ardic, made.id))
    assert (back.retired_at, back.is_default) == (None, False)


def test_nobody_sees_or_changes_anothers(ardic: int, meltem: int) -> None:
    made = save(ardic, pictures={"logo": PIXEL})
    assert refusal(lambda: within(meltem, lambda: designs.design_of(meltem, made.id))).code == "design.unknown"
    assert refusal(lambda: within(meltem, lambda: designs.design_of(ardic, made.id))).code == "design.unknown"
    assert within(meltem, lambda: designs.designs_of(ardic)) == []
    assert dress(meltem, design=made.id).design is None, "a design of somebody else is nobody's"


def test_what_was_done_stands_in_the_timeline(ardic: int) -> None:
    made = save(ardic)
    within(ardic, lambda: designs.set_wardrobe(ardic, has_stylesheet=True, has_karekod=False, actor="user:1"))
    with scoped(Role.WEB, [ardic]):
        told = list(
            Entry.objects.filter(what__in=("design.added", "design.default", "wardrobe.changed")).order_by("-id")
        )
    assert [one.what for one in told[:3]] == ["wardrobe.changed", "design.default", "design.added"]
    assert told[2].facts["design"] == made.id
    assert told[2].actor == "user:1"


# -- worn --------------------------------------------------------------------------------------------------------------


def test_whoever_made_none_wears_everybodys(ardic: int) -> None:
    assert dress(ardic).stylesheet == stylesheet("invoice", worn())
    assert dress(ardic, "despatch_advice").stylesheet == stylesheet("despatch", worn())
    assert dress(ardic).has_karekod


def test_the_own_kinds_design_goes_before_that_for_all(ardic: int) -> None:
    save(ardic, "Genel", values={"accent": "#111111"})
    save(ardic, "Fatura", kind="invoice", values={"accent": "#222222"})
    assert dress(ardic).stylesheet == stylesheet("invoice", worn(accent="#222222"))
    assert dress(ardic, "despatch_advice").stylesheet == stylesheet("despatch", worn(accent="#111111"))


def test_a_named_design_goes_before_the_default_also_if_it_was_put_away_since(ardic: int) -> None:
    save(ardic, "Bir")
    other = save(ardic, "İki", values={"accent": "#333333"})
    assert dress(ardic, design=other.id).stylesheet == stylesheet("invoice", worn(accent="#333333"))
    within(ardic, lambda: designs.retire(ardic, other.id))
    assert dress(ardic, design=other.id).stylesheet == stylesheet("invoice", worn(accent="#333333"))
    assert not dress(ardic, design=UNDRESSED)
    assert not dress(ardic, "system_response")


def test_a_change_is_worn_at_once_and_what_was_undone_never(ardic: int) -> None:
    made = save(ardic, values={"accent": "#444444"})
    assert dress(ardic).stylesheet == stylesheet("invoice", worn(accent="#444444"))
    save(ardic, id=made.id, values={"accent": "#555555"})
    assert dress(ardic).stylesheet == stylesheet("invoice", worn(accent="#555555"))
    with scoped(Role.WEB, [ardic]):
        designs.save(ardic, Wanted("Sade", values={"accent": "#440044"}), id=made.id)
        assert designs.dress_for(ardic, "invoice").stylesheet == stylesheet("invoice", worn(accent="#440044"))
        transaction.set_rollback(True)
    save(ardic, id=made.id, values={"accent": "#005500"})
    assert dress(ardic).stylesheet == stylesheet("invoice", worn(accent="#005500"))


def test_a_stylesheet_of_the_taxpayers_own_is_worn_as_it_is_and_never_called_ours(ardic: int) -> None:
    save(ardic, kind="invoice", stylesheet=OWN)
    worn = dress(ardic)
    assert (worn.stylesheet, worn.is_foreign) == (OWN, True)
    assert not within(ardic, lambda: designs.is_own(ardic, hashlib.sha256(OWN).digest()))


def test_a_design_that_cannot_be_sewn_any_more_keeps_no_document_waiting(ardic: int) -> None:
    made = save(ardic, values={"accent": "#660000"})
    with scoped(Role.WEB, [ardic]):
        Kept.objects.filter(id=made.id).update(values={"gone": 1}, revision=99)
    assert dress(ardic).stylesheet == stylesheet("invoice", worn())


def test_documents_go_out_in_the_design_that_was_chosen(ardic: int) -> None:
    save(ardic, values={"accent": "#aa0000"})
    named = save(ardic, "Diğer", values={"accent": "#006600"})
    ids = invoices(ardic, 3)
    with scoped(Role.WEB, [ardic]):
        Document.objects.filter(id=ids[1]).update(design_id=named.id)
        Document.objects.filter(id=ids[2]).update(design_id=UNDRESSED)
    run()
    with passing(LINGER):
        run()
    rows = [row for row in documents(ardic) if row.id in ids]
    carried = [embedded_in(body) for body in bodies(rows)]
    wanted = [stylesheet("invoice", worn(accent=colour)) for colour in ("#aa0000", "#006600")]
    assert [one.stylesheet for one in carried] == [*wanted, None]
    assert [bool(one.qr) for one in carried] == [True, True, False]
    assert all(within(ardic, lambda made=made: designs.is_own(ardic, hashlib.sha256(made).digest())) for made in wanted)  # type: ignore[misc]


@pytest.mark.parametrize(("has_stylesheet", "has_karekod"), [(True, False), (False, True), (False, False)])
def test_a_taxpayer_may_do_without(ardic: int, has_stylesheet: bool, has_karekod: bool) -> None:
    within(ardic, lambda: designs.set_wardrobe(ardic, has_stylesheet=has_stylesheet, has_karekod=has_karekod))
    (id,) = invoices(ardic, 1)
    run()
    (body,) = bodies([row for row in documents(ardic) if row.id == id])
    carried = embedded_in(body)
    assert (carried.stylesheet is not None, bool(carried.qr)) == (has_stylesheet, has_karekod)


def test_digests_of_made_stylesheets_are_written_once(ardic: int) -> None:
    for _ in range(3):
        dress(ardic)
    with scoped(Role.WEB, [ardic]):
        assert Sheet.objects.filter(digest=dress_digest(stylesheet("invoice", worn()))).count() == 1


def dress_digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@settings(max_examples=60, deadline=None)
@given(
    data=st.binary(max_size=60) | st.sampled_from([PIXEL, b"\xff\xd8\xff", b"RIFF", b"<?xml version='1.0'?><svg/>"]),
    slot=st.text(max_size=30) | st.sampled_from(designs.SLOTS),
)
def test_any_picture_is_kept_or_refused_clearly(data: bytes, slot: str) -> None:
    is_fit = slot in designs.SLOTS and data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF"))
    if is_fit:
        assert checked({slot: data}) == {slot: data}
    else:
        assert refusal(lambda: checked({slot: data})).code.startswith("design.picture-")


def test_whoever_hands_a_document_in_names_its_design(ardic: int) -> None:
    save(ardic)
    named = save(ardic, "Diğer", values={"accent": "#006600"})
    gone = save(ardic, "Eski")
    within(ardic, lambda: designs.retire(ardic, gone.id))
    listed(MELTEM)
    items = [{"erp_key": f"d-{one}", "design": one, "document": friendly()} for one in (named.id, UNDRESSED, gone.id)]
    one = hand_in(ardic, b"\n".join(map(encoded, items)), "ndjson")
    other = hand_in(ardic, encoded([friendly()]), "json", options=Options(design=named.id))
    station = BatchStation(lambda: DEFAULT)
    while station.turn():
        pass
    with scoped(Role.WEB, [ardic]):
        kept = dict(Document.objects.filter(batch_id__in=(one.id, other.id)).values_list("erp_key", "design_id"))
        refused = [each.problem["code"] for each in refusals(ardic, one.id)]
    assert kept == {f"d-{named.id}": named.id, "d-0": UNDRESSED, None: named.id}
    assert refused == ["design.unknown"]
