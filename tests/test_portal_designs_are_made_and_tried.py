"""Designs in the portal: made, tried on a document as one types, worn, retired and brought back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from platform_world import ARDIC, MELTEM, invoices, taxpayer
from portal_client import Visitor, visitor
from render_hostile import HOSTILE
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.designs import services as designs

pytestmark = pytest.mark.usefixtures("platform_database")

FIELDS: dict[str, Any] = {
    "name": "Mavi antet",
    "kind": "",
    "accent": "#1a3f7a",
    "ink": "#222222",
    "language": "tr",
    "density": "normal",
    "columns": ["code", "quantity", "unit_price", "vat_rate", "amount"],
    "words": "1",
    "note_tr": "Bizi seçtiğiniz için\r\nteşekkür ederiz.",
    "note_en": "",
    "bank": ["Ziraat Bankası", ""],
    "iban": ["TR33 0006 1005 1978 6457 8413 26", ""],
    "currency": ["TRY", "TRY"],
    "platform": "",
}


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer(ARDIC)


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MLT")


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


def picture(form: str = "PNG", size: tuple[int, int] = (900, 360)) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(made, form)
    return SimpleUploadedFile(f"logo.{form.lower()}", made.getvalue(), f"image/{form.lower()}")


def kept(owner: Visitor, ardic: int, name: str, **more: Any) -> int:
    """Save a design; its id."""
    response = owner.post(f"/t/{ardic}/settings/designs/new", {**FIELDS, "name": name, **more})
    assert response.status_code == 303, response.content.decode()[:3000]
    return int(response["Location"].rpartition("/")[2])


def test_who_has_none_is_told_how_to_begin(ardic: int, owner: Visitor) -> None:
    page = owner.get(f"/t/{ardic}/settings/designs").content.decode()
    assert "Tasarım yap" in page
    assert f"/t/{ardic}/settings/designs/new" in page


def test_a_design_is_saved_as_typed_and_shown_again(ardic: int, owner: Visitor) -> None:
    made = kept(owner, ardic, "Mavi antet", logo=picture())
    page = owner.get(f"/t/{ardic}/settings/designs/{made}").content.decode()
    for said in ("Mavi antet", "#1a3f7a", "TR330006100519786457841326", "data:image/"):
        assert said in page
    with scoped(Role.WEB, [ardic]):
        found = designs.drawn(designs.design_of(ardic, made))
        look = designs.look_of(found)
    assert look.columns == ("code", "quantity", "unit_price", "vat_rate", "amount")
    assert look.note_tr == "Bizi seçtiğiniz için\nteşekkür ederiz."
    assert look.logo is not None
    assert len(look.logo.data) <= 3584
    assert "Kullanılıyor" in owner.get(f"/t/{ardic}/settings/designs").content.decode()


def test_a_picture_stays_until_it_is_removed(ardic: int, owner: Visitor) -> None:
    made = kept(owner, ardic, "Logolu", logo=picture("JPEG"))
    address = f"/t/{ardic}/settings/designs/{made}"
    owner.post(address, {**FIELDS, "name": "Logolu", "revision": "1"})
    with scoped(Role.WEB, [ardic]):
        assert set(designs.drawn(designs.design_of(ardic, made)).pictures) == {"logo"}
    owner.post(address, {**FIELDS, "name": "Logolu", "revision": "2", "no_logo": "1"})
    with scoped(Role.WEB, [ardic]):
        assert designs.drawn(designs.design_of(ardic, made)).pictures == {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "adı yok"),
        ({"accent": "red"}, "#rrggbb"),
        ({"accent": "#ffff00"}, "okunmaz"),
        ({"columns": ["quantity"]}, "zorunlu"),
        ({"iban": ["TR00", ""]}, "IBAN"),
        ({"logo": SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")}, "logo"),
        ({"logo": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n", "image/png")}, "logo"),
        ({"stylesheet": SimpleUploadedFile("a.xslt", b"<html/>", "text/xml"), "kind": "invoice"}, "XSLT"),
        ({"stylesheet": SimpleUploadedFile("a.xslt", b"<html/>", "text/xml")}, "türünü"),
    ],
)
def test_mistakes_are_told_and_nothing_typed_is_lost(
    wrong: dict[str, Any], said: str, ardic: int, owner: Visitor
) -> None:
    fields = {**FIELDS, "name": "Yanlışlar", "platform": "belge.ornek.example", **wrong}
    response = owner.post(f"/t/{ardic}/settings/designs/new", fields)
    page = response.content.decode()
    assert 400 <= response.status_code < 500
    assert said.lower() in page.lower()
    assert "belge.ornek.example" in page


def test_a_name_that_is_taken_is_told_at_its_field(ardic: int, owner: Visitor) -> None:
    kept(owner, ardic, "Bir tane")
    page = owner.post(f"/t/{ardic}/settings/designs/new", {**FIELDS, "name": "Bir tane"}).content.decode()
    assert 'aria-describedby="name-about"' in page


def test_two_who_change_it_at_once_do_not_overwrite_each_other(ardic: int, owner: Visitor) -> None:
    made = kept(owner, ardic, "Paylaşılan")
    address = f"/t/{ardic}/settings/designs/{made}"
    assert owner.post(address, {**FIELDS, "name": "Paylaşılan", "revision": "1"}).status_code == 303
    second = owner.post(address, {**FIELDS, "name": "Paylaşılan 2", "revision": "1"})
    assert second.status_code >= 400
    assert "Paylaşılan 2" in second.content.decode()


def test_the_paper_is_drawn_for_what_is_typed_and_nothing_is_saved(ardic: int, owner: Visitor) -> None:
    (one,) = invoices(ardic)
    response = owner.post(f"/t/{ardic}/settings/designs/0/preview", {**FIELDS, "paper": str(one), "logo": picture()})
    page = response.content.decode()
    assert response["Content-Security-Policy"].endswith("sandbox")
    for said in ("#1a3f7a", "Meltem", "teşekkür ederiz", "data:image/"):
        assert said in page
    with scoped(Role.WEB, [ardic]):
        assert "Denenen" not in [row.name for row in designs.designs_of(ardic)]


@pytest.mark.parametrize("kind", designs.KINDS)
def test_every_kind_has_a_sample(kind: str, ardic: int, owner: Visitor) -> None:
    response = owner.post(f"/t/{ardic}/settings/designs/0/preview", {**FIELDS, "paper": f"sample-{kind}"})
    assert response.content.decode().count("<table") >= 1


def test_papers_of_others_are_not_drawn(ardic: int, meltem: int, owner: Visitor) -> None:
    (theirs,) = invoices(meltem, sender=MELTEM, receiver=ARDIC, prefix="MLT")
    page = owner.post(f"/t/{ardic}/settings/designs/0/preview", {**FIELDS, "paper": str(theirs)}).content.decode()
    assert "ORN2026000000001" in page


@pytest.mark.parametrize("paper", ["", "x", "99999999999999999999", "sample-none", "-1", "٣"])
def test_a_paper_that_is_none_is_the_sample(paper: str, ardic: int, owner: Visitor) -> None:
    page = owner.post(f"/t/{ardic}/settings/designs/0/preview", {**FIELDS, "paper": paper}).content.decode()
    assert "ORN2026000000001" in page


def test_what_cannot_be_drawn_is_said_in_the_frame(ardic: int, owner: Visitor) -> None:
    response = owner.post(f"/t/{ardic}/settings/designs/0/preview", {**FIELDS, "accent": "<script>"})
    assert response.status_code == 200
    assert "#rrggbb" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_a_stylesheet_of_ones_own_is_tried_isolated(ardic: int, owner: Visitor) -> None:
    hostile = SimpleUploadedFile("a.xslt", HOSTILE["document-file"].xslt, "text/xml")
    fields = {**FIELDS, "kind": "invoice", "stylesheet": hostile, "paper": "sample-invoice"}
    page = owner.post(f"/t/{ardic}/settings/designs/0/preview", fields).content.decode()
    assert "izin verilmeyen" in page
    assert "ORN2026000000001" in page


def test_findings_follow_what_is_typed(ardic: int, owner: Visitor) -> None:
    address = f"/t/{ardic}/settings/designs/0/findings"
    good = owner.post(address, FIELDS, part=True).content.decode()
    assert "GİB logosu yüklenmemiş" in good
    bad = owner.post(address, {**FIELDS, "accent": "#eeeeee"}, part=True).content.decode()
    assert "okunmaz" in bad
    assert "finding--error" in bad


def test_a_design_is_worn_retired_and_brought_back(ardic: int, owner: Visitor) -> None:
    made = kept(owner, ardic, "Sırası gelen")
    address = f"/t/{ardic}/settings/designs/{made}"
    assert owner.post(f"{address}/default").status_code == 303
    with scoped(Role.WEB, [ardic]):
        assert designs.designs_of(ardic)[0].id == made
    assert owner.post(f"{address}/retire").status_code == 303
    assert "Kaldırılanlar" in owner.get(f"/t/{ardic}/settings/designs").content.decode()
    assert owner.post(f"{address}/restore").status_code == 303
    with scoped(Role.WEB, [ardic]):
        assert made in [row.id for row in designs.designs_of(ardic)]


def test_what_documents_carry_is_switched(ardic: int, owner: Visitor) -> None:
    assert owner.post(f"/t/{ardic}/settings/designs/wardrobe", {"karekod": "1"}).status_code == 303
    with scoped(Role.WEB, [ardic]):
        found = designs.dresses(ardic)
        assert (found.has_stylesheet, found.has_karekod) == (False, True)
    owner.post(f"/t/{ardic}/settings/designs/wardrobe", {"karekod": "1", "stylesheet": "1"})


def test_designs_of_others_are_not_there(ardic: int, meltem: int, owner: Visitor) -> None:
    theirs = kept(visitor((meltem, "owner")), meltem, "Meltem'in")
    for path in ("", "/retire", "/default", "/restore", "/preview"):
        address = f"/t/{ardic}/settings/designs/{theirs}{path}"
        response = owner.post(address, FIELDS) if path else owner.get(address)
        assert response.status_code in (200, 404)
        assert "Meltem&#x27;in" not in response.content.decode()


def test_who_may_only_read_sees_no_buttons(ardic: int) -> None:
    reader = visitor((ardic, "reader"))
    assert "Yeni tasarım" not in reader.get(f"/t/{ardic}/settings/designs").content.decode()
    assert reader.post(f"/t/{ardic}/settings/designs/new", FIELDS).status_code == 403


def test_it_speaks_english_too(ardic: int) -> None:
    reader = visitor((ardic, "owner"), language="en")
    page = reader.get(f"/t/{ardic}/settings/designs/new").content.decode()
    for said in ("Main colour", "Columns of lines", "Write the amount out in words", "Sample:"):
        assert said in page
