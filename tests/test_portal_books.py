"""The pages of books, imports, settings and recurring documents do what they say, for those who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from books_files import LINE, work, workbook
from platform_intake import encoded, friendly, listed, sent
from platform_world import ARDIC, MELTEM, taxpayer
from portal_client import Visitor, visitor
from ulak.lifecycle.policy import DEFAULT
from ulak_server.books import plans
from ulak_server.books import services as books
from ulak_server.books.importing import jobs
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.taking import take_in
from ulak_server.people import services as people
from ulak_server.portal.rooms.settings_room import WAYS
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.services import today

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer()


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_contact_is_added_changed_removed_and_brought_back(ardic: int, owner: Visitor) -> None:
    fields = {"number": "7359021640", "title": "Meltem Gıda", "city": "İstanbul", "kind": "both"}
    assert owner.post(f"/t/{ardic}/contacts/new", fields).status_code == 303
    page = text(owner.get(f"/t/{ardic}/contacts", q="meltem"))
    assert "Meltem Gıda" in page
    assert "e-Fatura" in page
    with scoped(Role.WEB, [ardic]):
        id = books.by_number(ardic, ["7359021640"])["7359021640"].id
    owner.post(f"/t/{ardic}/contacts/{id}", {**fields, "title": "Meltem Büyük"})
    assert "Meltem Büyük" in text(owner.get(f"/t/{ardic}/contacts/{id}"))
    gone = owner.post(f"/t/{ardic}/contacts/remove", {"id": [str(id)]})
    assert gone["Location"].endswith(f"removed={id}")
    assert "Geri al" in text(owner.get(gone["Location"]))
    assert owner.get(f"/t/{ardic}/contacts/{id}").status_code == 404
    owner.post(f"/t/{ardic}/contacts/restore", {"ids": str(id)})
    assert owner.get(f"/t/{ardic}/contacts/{id}").status_code == 200


def test_what_is_wrong_stands_at_its_field_and_nothing_written_is_lost(ardic: int, owner: Visitor) -> None:
    page = owner.post(f"/t/{ardic}/contacts/new", {"number": "123", "title": "<b>Kötü</b>", "email": "x"})
    assert page.status_code == 422
    shown = text(page)
    assert "geçerli bir VKN ya da TCKN değil" in shown
    assert shown.count('aria-invalid="true"') == 2
    assert "&lt;b&gt;Kötü&lt;/b&gt;" in shown
    assert "<b>Kötü" not in shown
    page = owner.post(f"/t/{ardic}/items/new", {"name": "", "price": "çok"})
    assert text(page).count('aria-invalid="true"') == 2


def test_gibs_list_is_looked_up_while_one_types(ardic: int, owner: Visitor) -> None:
    assert "Meltem Gıda Ltd. Şti." in text(owner.part(f"/t/{ardic}/contacts/known", number="735 902 1640"))
    assert "e-Arşiv" in text(owner.part(f"/t/{ardic}/contacts/known", number="2222222222"))
    assert "Meltem Gıda Ltd. Şti." in text(owner.get(f"/t/{ardic}/contacts/new", number="7359021640"))


def test_lists_are_sifted_by_parts(ardic: int, owner: Visitor) -> None:
    owner.post(
        f"/t/{ardic}/items/new", {"name": "Çelik raf", "code": "R-1", "price": "1.234,5", "unit": "C62", "vat": "20"}
    )
    part = text(owner.part(f"/t/{ardic}/items", q="celik"))
    assert "Çelik raf" in part
    assert "1.234,50" in part
    assert "<html" not in part
    assert "Ürün bulunamadı" in text(owner.part(f"/t/{ardic}/items", q="yok böyle"))
    for cursor in ("x", "|", "çelik|99999999999999999999", "\0|1"):
        assert owner.get(f"/t/{ardic}/items", after=cursor).status_code == 200


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_books_and_templates_are_downloaded(ardic: int, owner: Visitor, form: str) -> None:
    for path in (f"contacts/file?form={form}", f"items/file?form={form}", "imports/template?about=invoice"):
        response = owner.get(f"/t/{ardic}/{path}")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")


def test_a_file_is_imported_step_by_step(ardic: int, owner: Visitor) -> None:
    wrong = ("2", "31.06.2026", *LINE[2:])
    file = SimpleUploadedFile("faturalar.xlsx", workbook(LINE, wrong))
    begun = owner.post(f"/t/{ardic}/imports", {"about": "invoice", "file": file})
    assert begun.status_code == 303, text(begun)
    address = begun["Location"]
    id = int(address.rpartition("/")[2])
    page = text(owner.get(address))
    assert "diye bir gün yok" in page
    columns = {f"column-{at}": name for at, name in jobs_columns(ardic, id).items()}
    fields = {"sheet": "Faturalar", "header": "1", "decimal": "comma", **columns}
    assert owner.post(f"{address}/reading", {**fields, "column-7": "", "then": "look"}).status_code == 303
    assert owner.post(f"{address}/reading", {**fields, "then": "check"}).status_code == 303
    assert "denetleniyor" in text(owner.get(address))
    assert owner.part(f"{address}/progress").status_code == 200
    work(ardic, id)
    assert owner.part(f"{address}/progress")["HX-Redirect"] == address
    page = text(owner.get(address))
    assert "B3" in page
    assert "1 taslak yap" in page
    assert owner.get(f"{address}/errors").status_code == 200
    assert owner.post(f"{address}/carry-out").status_code == 303
    work(ardic, id)
    assert "aktarıldı" in text(owner.get(address))
    owner.post(f"{address}/undo")
    work(ardic, id)
    assert "geri alındı" in text(owner.get(address))


def jobs_columns(ardic: int, id: int) -> dict[str, str]:
    with scoped(Role.WEB, [ardic]):
        columns: dict[str, str] = jobs.get(ardic, id).mapping["columns"]
        return columns


def test_files_that_cannot_be_read_are_told_on_the_page(ardic: int, owner: Visitor) -> None:
    bad = (("a.pdf", b"%PDF-1.7", "tanınan bir dosya"), ("a.csv", b"", "boş"), ("b.xlsx", b"PK\x03\x04x", "açılamadı"))
    for name, data, said in bad:
        page = owner.post(f"/t/{ardic}/imports", {"about": "invoice", "file": SimpleUploadedFile(name, data)})
        assert page.status_code == 422
        assert said in text(page)
    assert owner.post(f"/t/{ardic}/imports", {"about": "invoice"}).status_code == 422


def test_a_clerk_may_not_see_keys_and_a_reader_may_write_nothing(ardic: int) -> None:
    reader = visitor((ardic, "reader"))
    assert reader.get(f"/t/{ardic}/contacts").status_code == 200
    assert "Kişi ekle" not in text(reader.get(f"/t/{ardic}/contacts"))
    assert reader.post(f"/t/{ardic}/contacts/new", {"title": "x"}).status_code == 403
    assert reader.get(f"/t/{ardic}/settings/keys").status_code == 403
    assert "settings/keys" not in text(reader.get(f"/t/{ardic}/settings"))


def test_every_way_beside_the_settings_leads_to_a_page_that_shows_them_all(ardic: int, owner: Visitor) -> None:
    for way in WAYS:
        here = f"/t/{ardic}/{way.path}"
        response = owner.get(here)
        assert response.status_code == 200, way.path
        beside = re.search(r'<ul class="settings__ways">.*?</ul>', text(response))
        assert beside is not None, way.path
        assert f'<a href="{here}" aria-current="page">' in beside[0]
        assert beside[0].count("<li>") == len(WAYS)


def test_what_lies_below_a_way_marks_it_too(ardic: int, owner: Visitor) -> None:
    page = text(owner.get(f"/t/{ardic}/settings/webhooks/new"))
    assert f'<a href="/t/{ardic}/settings/webhooks" aria-current="true">' in page
    assert f'href="/t/{ardic}/settings" aria-current' not in page.split("settings__ways")[1].split("</ul>")[0]


def test_the_company_is_changed_and_what_has_no_field_stays(ardic: int, owner: Visitor) -> None:
    with scoped(Role.WEB, [ardic]):
        taxpayers.change(ardic, details={"registered_name": "Ardıç", "address": {"region": "Köy", "city": "Ankara"}})
    fields = {"title": "Ardıç A.Ş.", "tax_office": "Çankaya", "city": "İzmir", "mersis": "0481253076900012"}
    assert owner.post(f"/t/{ardic}/settings", fields).status_code == 303
    with scoped(Role.WEB, [ardic]):
        found = taxpayers.of(ardic)
    assert found.title == "Ardıç A.Ş."
    assert found.details == {
        "registered_name": "Ardıç", "tax_office": "Çankaya", "ids": {"MERSISNO": "0481253076900012"},
        "address": {"region": "Köy", "city": "İzmir"},
    }  # fmt: skip
    page = owner.post(f"/t/{ardic}/settings", {"title": " "})
    assert page.status_code == 422
    assert "unvanı" in text(page)


def test_series_are_added_made_default_and_closed(ardic: int, owner: Visitor) -> None:
    assert (
        owner.post(f"/t/{ardic}/settings/series", {"kind": "invoice", "prefix": "yyy", "last": "12"}).status_code == 303
    )
    with scoped(Role.WEB, [ardic]):
        made = next(one for one in taxpayers.series_of(ardic, "invoice") if one.prefix == "YYY")
    owner.post(f"/t/{ardic}/settings/series/{made.id}/default")
    with scoped(Role.WEB, [ardic]):
        assert taxpayers.series_of(ardic, "invoice")[0].prefix == "YYY"
    owner.post(f"/t/{ardic}/settings/series/{made.id}/close")
    assert "kapalı" in text(owner.get(f"/t/{ardic}/settings/series"))
    page = owner.post(f"/t/{ardic}/settings/series", {"kind": "invoice", "prefix": "FYS", "last": "-1"})
    assert "GİB portalında" in text(page)
    sold = {"kind": "earchive_invoice:internet", "prefix": "net"}
    assert owner.post(f"/t/{ardic}/settings/series", sold).status_code == 303
    shown = text(owner.post(f"/t/{ardic}/settings/series", {"kind": "earchive_invoice", "prefix": "NET"}))
    assert "e-Arşiv fatura, internet satışı</td>" in shown
    assert "“NET” ön ekli bir seri zaten var." in shown


def test_accounts_aliases_and_seal_say_why_not(ardic: int, owner: Visitor) -> None:
    page = text(owner.get(f"/t/{ardic}/settings/account"))
    assert ARDIC[2] in page
    assert f"/t/{ardic}/settings/account/earchive/open" in page, "services without aliases are opened like the others"
    alias = {"service": "einvoice", "role": "GB", "name": "urn:mail:x@ardic.example"}
    asked = text(owner.post(f"/t/{ardic}/settings/account/aliases", alias))
    assert "ULAK_INTEGRATOR_NUMBER" in asked, "of an open account GİB is asked, which needs to know who asks"
    assert owner.post(f"/t/{ardic}/settings/account/einvoice/open", {"kind": "private"}).status_code == 409
    own = {"sealing": "own", "address": "pkcs11:token=KART", "secret": "1"}
    assert "yalnız işletmeci" in text(owner.post(f"/t/{ardic}/settings/seal", own))
    own["address"] = "https://imza.example.com/anahtar"
    assert owner.post(f"/t/{ardic}/settings/seal", own).status_code == 303
    page = text(owner.get(f"/t/{ardic}/settings/seal"))
    assert "imza.example.com" not in page
    assert owner.post(f"/t/{ardic}/settings/seal", {"sealing": "integrator"}).status_code == 303


def test_branches_and_labels_come_and_go(ardic: int, owner: Visitor) -> None:
    owner.post(f"/t/{ardic}/settings/branches/new", {"name": "İzmir", "city": "İzmir"})
    with scoped(Role.WEB, [ardic]):
        (branch,) = books.branches(ardic)
    owner.post(f"/t/{ardic}/settings/branches/{branch.id}", {"name": "İzmir Konak", "city": "İzmir"})
    assert "İzmir Konak" in text(owner.get(f"/t/{ardic}/settings/branches"))
    gone = owner.post(f"/t/{ardic}/settings/branches/{branch.id}/remove")
    assert "Şube silindi" in text(owner.get(gone["Location"]))
    owner.post(f"/t/{ardic}/settings/branches/{branch.id}/restore")
    assert "İzmir Konak" in text(owner.get(f"/t/{ardic}/settings/branches"))
    assert owner.post(f"/t/{ardic}/settings/branches/new", {"name": ""}).status_code == 422
    owner.post(f"/t/{ardic}/settings/labels", {"name": "Ödenecek", "colour": "red"})
    with scoped(Role.WEB, [ardic]):
        (label,) = books.labels(ardic)
    owner.post(f"/t/{ardic}/settings/labels", {"id": str(label.id), "name": "Ödendi", "colour": "green"})
    assert "Ödendi" in text(owner.get(f"/t/{ardic}/settings/labels"))
    assert owner.post(f"/t/{ardic}/settings/labels", {"name": "Ödendi"}).status_code == 409
    gone = owner.post(f"/t/{ardic}/settings/labels/{label.id}/remove")
    assert "Etiket silindi" in text(owner.get(gone["Location"]))
    assert owner.post(f"/t/{ardic}/settings/labels/{label.id}/restore").status_code == 303


def test_people_are_invited_given_roles_and_let_go(ardic: int, owner: Visitor) -> None:
    page = text(owner.post(f"/t/{ardic}/settings/users", {"email": "yeni@ornek.example", "role": "clerk"}))
    token = re.search(r"invitation\?token=([\w.-]+)", page)
    assert token is not None
    assert token[1] not in text(owner.get(f"/t/{ardic}/settings/users"))
    with scoped(Role.WEB, [ardic]):
        (open_one,) = people.invitations(ardic)
    owner.post(f"/t/{ardic}/settings/users/invitations/{open_one.id}/revoke")
    assert "yeni@ornek.example" not in text(owner.get(f"/t/{ardic}/settings/users"))
    other = visitor((ardic, "clerk"))
    assert other.person is not None
    user = other.person.id
    assert owner.post(f"/t/{ardic}/settings/users/{user}/role", {"role": "reader"}).status_code == 303
    assert owner.post(f"/t/{ardic}/settings/users/{user}/role", {"role": "king"}).status_code == 422
    assert owner.post(f"/t/{ardic}/settings/users/{user}/remove").status_code == 303
    assert owner.person is not None
    last = owner.post(f"/t/{ardic}/settings/users/{owner.person.id}/remove")
    assert last.status_code == 409


def test_a_key_is_shown_once_and_revoked(ardic: int, owner: Visitor) -> None:
    fields = {"name": "ERP", "scope": ["documents.read", "nothing"], "life": "90"}
    page = text(owner.post(f"/t/{ardic}/settings/keys", fields))
    token = re.search(rf"ulak_{ardic}_\w+_[\w-]+", page)
    assert token is not None
    assert people.authenticate_key(token[0]).scopes(ardic) == {"documents.read"}
    assert token[0] not in text(owner.get(f"/t/{ardic}/settings/keys"))
    with scoped(Role.WEB, [ardic]):
        (key,) = people.keys_of(ardic)
    owner.post(f"/t/{ardic}/settings/keys/{key.id}/revoke")
    with pytest.raises(people.NotSignedIn):
        people.authenticate_key(token[0])
    assert owner.post(f"/t/{ardic}/settings/keys", {"name": ""}).status_code == 422


def test_a_draft_is_repeated_from_its_page(ardic: int, owner: Visitor) -> None:
    draft = take_in(ardic, encoded(friendly()), intent="draft", policy=DEFAULT)
    begin = today().isoformat()
    fields = {
        "draft": str(draft.id),
        "name": "Kira",
        "every": "1",
        "unit": "month",
        "day": "31",
        "begins_on": begin,
        "intent": "draft",
    }
    made = owner.post(f"/t/{ardic}/recurring/new", fields)
    assert made.status_code == 303, text(made)
    page = text(owner.get(made["Location"]))
    assert "Her ayın son günü" in page
    assert owner.post(made["Location"], {**fields, "every": "0x"}).status_code == 422
    assert owner.post(made["Location"], {**fields, "until": "31.06.2026"}).status_code == 422
    assert owner.post(made["Location"], {**fields, "unit": "week", "name": "Haftalık"}).status_code == 303
    owner.post(f"{made['Location']}/pause")
    assert "durduruldu" in text(owner.get(f"/t/{ardic}/recurring"))
    owner.post(f"{made['Location']}/pause")
    gone = owner.post(f"{made['Location']}/remove")
    assert "Geri al" in text(owner.get(gone["Location"]))
    id = int(made["Location"].rpartition("/")[2])
    owner.post(f"/t/{ardic}/recurring/{id}/restore")
    with scoped(Role.WEB, [ardic]):
        assert plans.plan(ardic, id).next_on is not None
    assert owner.post(f"/t/{ardic}/recurring/new", {**fields, "draft": "x"}).status_code == 404


def test_a_document_that_has_gone_is_repeated_too(ardic: int, owner: Visitor) -> None:
    gone = sent(ardic)
    assert f'value="{MELTEM[1]}"' in text(owner.get(f"/t/{ardic}/recurring/new?draft={gone.id}"))
    fields = {"draft": str(gone.id), "name": "Aidat", "every": "1", "unit": "month", "day": "1", "intent": "draft"}
    made = owner.post(f"/t/{ardic}/recurring/new", {**fields, "begins_on": today().isoformat()})
    assert made.status_code == 303, text(made)
    with scoped(Role.WEB, [ardic]):
        plan = plans.plan(ardic, int(made["Location"].rpartition("/")[2]))
    assert plan.document["customer"]["tax_id"] == "7359021640"
    assert not {"number", "uuid", "date"} & plan.document.keys()


def test_a_clerk_who_may_not_send_plans_drafts_alone(ardic: int, owner: Visitor) -> None:
    page = text(visitor((ardic, "reader")).get(f"/t/{ardic}/recurring"))
    assert "Yinelenen" in page
    assert visitor((ardic, "reader")).get(f"/t/{ardic}/recurring/new").status_code == 403
