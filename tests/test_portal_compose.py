"""The pages of the editors without a browser: opened, saved, told what is wrong, sent once."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.http import HttpResponse

from platform_intake import listed, row
from platform_world import MELTEM, archiving, taxpayer
from portal_client import Visitor, visitor
from ulak.lifecycle import documents as law
from ulak_server.books import learning
from ulak_server.books import services as books
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import DOCUMENTS
from ulak_server.taxpayers.models import Series

pytestmark = pytest.mark.usefixtures("platform_database")

WHOLE = {
    "/customer/tax_id": MELTEM[0],
    "/customer/name": MELTEM[1],
    "/customer/address/city": "İstanbul",
    "/customer/address/town": "Kadıköy",
    "/lines/0/name": "Boya",
    "/lines/0/price": "1.250,50",
}


@pytest.fixture(scope="module")
def seller(platform_database: str) -> int:
    id = taxpayer()
    with scoped(Role.PIPELINE):
        listed()
    return id


@pytest.fixture(scope="module")
def clerk(seller: int) -> Visitor:
    return visitor((seller, "clerk"))


@pytest.fixture(scope="module")
def shop(seller: int) -> int:
    """A shop that issues every document of the e-Arşiv family."""
    return archiving(taxpayer(MELTEM, "MEL"), "ME")


@pytest.fixture(scope="module")
def keeper(shop: int) -> Visitor:
    return visitor((shop, "clerk"))


def body(response: HttpResponse) -> str:
    return response.content.decode()


def news(response: HttpResponse) -> dict[str, Any]:
    found = re.search(r'data-news="([^"]*)"', body(response))
    assert found, body(response)[:500]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


def saved(clerk: Visitor, seller: int, changes: Any, **more: Any) -> HttpResponse:
    fields = {"kind": "invoice", "changes": json.dumps(changes), **more}
    return clerk.post(f"/t/{seller}/compose/save", fields, part=True)


def set_all(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"do": "set", "at": at, "value": value} for at, value in values.items()]


def written(clerk: Visitor, seller: int, values: dict[str, str] | None = None) -> dict[str, Any]:
    response = saved(clerk, seller, set_all(values or WHOLE))
    assert response.status_code == 200, body(response)
    return news(response)


@pytest.mark.parametrize("kind", ["invoice", "despatch", "freelance", "producer", "expense"])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_an_empty_editor_opens_and_keeps_nothing(seller: int, kind: str, language: str) -> None:
    who = visitor((seller, "clerk"), language=language)
    with scoped(Role.WEB, [seller]):
        before = Document.objects.count()
    response = who.get(f"/t/{seller}/compose/{kind}")
    assert response.status_code == 200
    assert 'data-at="/lines/0/name"' in body(response)
    with scoped(Role.WEB, [seller]):
        assert Document.objects.count() == before


def test_the_first_pause_makes_a_draft_and_tells_its_address(clerk: Visitor, seller: int) -> None:
    response = saved(clerk, seller, set_all({"/notes": "bir"}))
    told = news(response)
    assert response["HX-Replace-Url"] == f"/t/{seller}/compose/{told['draft']}"
    assert row(seller, told["draft"]).stage == "draft"
    again = clerk.get(response["HX-Replace-Url"])
    assert ">bir</textarea>" in body(again)


def test_a_save_answers_with_the_engines_sums_and_the_way(clerk: Visitor, seller: int) -> None:
    response = saved(clerk, seller, set_all(WHOLE))
    told = news(response)
    assert told["ready"] is True
    assert told["payable"] == "1.500,60\xa0₺"
    assert told["amounts"]["0"] == "1.250,50"
    assert told["values"]["/lines/0/price"] == "1.250,50"
    assert f"{MELTEM[3]} etiketine gider" in body(response)


def test_an_english_editor_writes_and_reads_english_numbers(seller: int) -> None:
    who = visitor((seller, "clerk"), language="en")
    told = news(saved(who, seller, set_all(WHOLE)))
    assert (told["values"]["/lines/0/price"], told["amounts"]["0"]) == ("1,250.50", "1,250.50")
    assert told["payable"] == "1,500.60\xa0TRY"
    again = {"draft": told["draft"], "version": told["version"]}
    told = news(saved(who, seller, set_all({"/lines/0/price": "1,250"}), **again))
    assert told["amounts"]["0"] == "1,250.00"
    assert 'value="1,250"' in body(who.get(f"/t/{seller}/compose/{told['draft']}"))
    turkish = visitor((seller, "clerk")).get(f"/t/{seller}/compose/{told['draft']}")
    assert 'value="1.250"' in body(turkish)


def test_an_english_editor_asks_back_what_could_be_a_thousand_or_a_fraction(seller: int) -> None:
    who = visitor((seller, "clerk"), language="en")
    response = saved(who, seller, set_all({**WHOLE, "/lines/0/price": "1.250"}))
    told = news(response)
    assert told["ready"] is False
    assert "“1.250” can be read in two ways." in html.unescape(body(response))
    [fault] = [one for one in told["found"] if one["at"] == "/lines/0/price"]
    assert fault["fixes"] == ["1,250", "1.2500"]
    fields = {"version": told["version"], "name": fault["name"], "place": 1}
    mended = news(who.post(f"/t/{seller}/compose/{told['draft']}/mend", fields, part=True))
    assert mended["amounts"]["0"] == "1.25"
    assert mended["ready"] is True


def test_a_mistake_stands_at_its_field_with_its_repair(clerk: Visitor, seller: int) -> None:
    told = news(saved(clerk, seller, set_all({**WHOLE, "/lines/0/price": "on iki", "/lines/0/vat": "18"})))
    at = {one["at"]: one for one in told["found"]}
    assert at["/lines/0/price"]["weight"] == "error"
    assert "on iki" in at["/lines/0/price"]["text"]
    assert at["/lines/0/vat"]["fixes"] == ["%20 yap"]


def test_a_repair_is_carried_out_by_the_server(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller, {**WHOLE, "/lines/0/vat": "18"})
    found = next(one for one in told["found"] if one["at"] == "/lines/0/vat")
    fields = {"version": told["version"], "name": found["name"], "place": 0}
    response = clerk.post(f"/t/{seller}/compose/{told['draft']}/mend", fields, part=True)
    assert not [one for one in news(response)["found"] if one["at"] == "/lines/0/vat"]
    assert 'id="compose-body"' in body(response)
    gone = clerk.post(f"/t/{seller}/compose/{told['draft']}/mend", fields, part=True)
    assert "compose.no-repair" in body(gone)


def test_withholding_is_found_by_words_and_makes_the_invoice_one_with_withholding(clerk: Visitor, seller: int) -> None:
    options = body(clerk.part(f"/t/{seller}/compose/complete/withholding", text="temizlik", line="0"))
    assert 'data-choose="withholding:612:0"' in options
    assert "9/10" in options
    told = written(clerk, seller)
    draft = {"draft": told["draft"], "version": told["version"]}
    response = saved(clerk, seller, [], choose="withholding:612:0", **draft)
    chosen = news(response)
    assert chosen["type"][0] == "TEVKIFAT"
    assert chosen["hidden"]["withholding"] is False
    assert "Tevkifat (9/10)" in body(response)


def test_exemptions_are_found_by_words_and_take_the_vat_away(clerk: Visitor, seller: int) -> None:
    query = {"text": "kitap", "profile": "TICARIFATURA", "type": "ISTISNA", "line": "0"}
    assert 'data-choose="exemption:335:0"' in body(clerk.part(f"/t/{seller}/compose/complete/exemption", **query))
    told = written(clerk, seller)
    draft = {"draft": told["draft"], "version": told["version"]}
    chosen = news(saved(clerk, seller, [], choose="exemption:335:0", **draft))
    assert chosen["type"][0] == "ISTISNA"
    assert chosen["values"]["/lines/0/vat"] == "0"
    assert chosen["ready"] is True


def test_a_typed_number_is_looked_up_at_once(clerk: Visitor, seller: int) -> None:
    options = body(clerk.part(f"/t/{seller}/compose/complete/customer", text=MELTEM[0]))
    assert f'data-choose="listed:{MELTEM[0]}"' in options
    assert "e-Fatura" in options
    told = news(saved(clerk, seller, [], choose=f"listed:{MELTEM[0]}"))
    page = body(clerk.get(f"/t/{seller}/compose/{told['draft']}"))
    assert f'value="{MELTEM[1]}"' in page
    assert "bir VKN olamaz" in body(clerk.part(f"/t/{seller}/compose/complete/customer", text="4812530768"))


def test_an_unregistered_customer_is_told_truthfully_to_become_e_arsiv(clerk: Visitor, seller: int) -> None:
    response = saved(clerk, seller, set_all({**WHOLE, "/customer/tax_id": "1460415308"}))
    told = news(response)
    assert told["profile"][0] == "EARSIVFATURA"
    assert told["ready"] is False
    assert "e-Arşiv" in body(response)
    assert "GİB listesinde e-Fatura kullanıcısı değil. e-Arşiv fatura olur." in html.unescape(body(response))


def test_two_windows_are_both_kept(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    draft = {"draft": told["draft"], "version": told["version"]}
    assert news(saved(clerk, seller, set_all({"/notes": "birinci"}), **draft))["version"] == told["version"] + 1
    late = saved(clerk, seller, set_all({"/notes": "ikinci"}), **draft)
    assert late["HX-Trigger"] == "compose:conflict"
    aside = re.search(r'name="version" value="(\d+)"', body(late))
    assert aside
    taken = clerk.post(f"/t/{seller}/compose/{told['draft']}/take", {"version": aside[1]})
    assert taken.status_code == 303
    assert "ikinci" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}"))
    undone = clerk.post(f"/t/{seller}/compose/{told['draft']}/undo", part=True)
    assert "birinci" in body(undone)
    assert "kenarda" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}/versions"))


def test_a_document_is_confirmed_and_sent_once_however_often_one_clicks(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    learning.learn_all()
    with scoped(Role.WEB, [seller]):
        assert not books.by_number(seller, [MELTEM[0]])
    asked = body(clerk.part(f"/t/{seller}/compose/{told['draft']}/confirm"))
    assert "Gönderilsin mi?" in asked
    assert MELTEM[1] in asked
    with scoped(Role.WEB, [seller]):
        before = Document.objects.filter(stage="accepted").count()
    for _ in range(2):
        response = clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
        assert (response.status_code, response["Location"]) == (303, f"/t/{seller}/compose/sent/{told['draft']}")
    with scoped(Role.WEB, [seller]):
        assert Document.objects.filter(stage="accepted").count() == before + 1
        assert books.by_number(seller, [MELTEM[0]]), "whom one wrote to is in the books"
    page = body(clerk.get(f"/t/{seller}/compose/sent/{told['draft']}"))
    assert "Alındı; denetleniyor." in page
    assert 'hx-trigger="every 2s"' in page
    assert clerk.get(f"/t/{seller}/compose/{told['draft']}").status_code == 303


def test_an_unfinished_document_is_not_sent_and_says_what_is_left(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller, {"/notes": "yarım"})
    response = clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
    assert "Henüz gönderilemez" in body(response)
    assert row(seller, told["draft"]).stage == "draft"
    assert "Önizleme için" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}/preview"))


def test_a_sent_invoice_is_repeated_and_despatched(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
    query = {"from": told["draft"]}
    again = body(clerk.get(f"/t/{seller}/compose/invoice", **query, **{"as": "repeat"}))
    assert 'value="Boya"' in again
    assert f'data-from="{told["draft"]}"' in again
    kept = news(saved(clerk, seller, set_all({"/notes": "yine"}), **{"as": "repeat"}, **query))
    assert 'value="Boya"' in body(clerk.get(f"/t/{seller}/compose/{kept['draft']}"))
    goods = body(clerk.get(f"/t/{seller}/compose/despatch", **query, **{"as": "despatch"}))
    assert 'value="Boya"' in goods
    assert 'data-at="/plate"' in goods


@pytest.mark.parametrize(
    "changes",
    ["{", "null", "[1]", '[{"at": "/ubl/x", "value": "1"}]', '[{"at": "/lines/99/name", "value": "x"}]', "[" * 5000],
)
def test_what_is_no_change_is_refused_in_a_sentence(clerk: Visitor, seller: int, changes: str) -> None:
    response = clerk.post(f"/t/{seller}/compose/save", {"kind": "invoice", "changes": changes}, part=True)
    assert response.status_code in (400, 404, 409, 422)
    assert "compose." in body(response)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "' or 1=1 --"]
)
def test_whatever_is_typed_is_shown_as_text(clerk: Visitor, seller: int, text: str) -> None:
    fields = (
        "/customer/name",
        "/lines/0/name",
        "/notes",
        "/lines/0/price",
        "/date",
        "/lines/0/discount",
        "/order/number",
    )
    told = written(clerk, seller, {**WHOLE, **dict.fromkeys(fields, text)})
    page = body(clerk.get(f"/t/{seller}/compose/{told['draft']}"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert html.escape(text) in page
    assert clerk.part(f"/t/{seller}/compose/{told['draft']}/confirm").status_code == 200


def test_five_thousand_lines_are_shown_page_by_page(clerk: Visitor, seller: int) -> None:
    rows = "\n".join(f"Mal {n}\t{n}\tAdet\t1,50" for n in range(1, 5001))
    changes = [*set_all({at: value for at, value in WHOLE.items() if "lines" not in at})]
    response = saved(clerk, seller, [*changes, {"do": "paste", "at": "/lines/0", "value": rows}])
    told = news(response)
    assert told["lines"] == 5000
    assert body(response).count('class="line"') == 50
    last = clerk.part(f"/t/{seller}/compose/{told['draft']}/lines", page=100)
    assert 'value="Mal 5000"' in body(last)
    assert len(body(last)) < 1_000_000


def test_readers_do_not_write(seller: int) -> None:
    reader = visitor((seller, "reader"))
    assert reader.get(f"/t/{seller}/compose/invoice").status_code == 403
    assert saved(reader, seller, []).status_code == 403


def test_a_whole_document_is_shown_as_it_will_look(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    assert "/paper" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}/preview"))
    response = clerk.get(f"/t/{seller}/compose/{told['draft']}/paper")
    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Boya" in body(response)
    assert MELTEM[1] in body(response)


def test_a_faulty_document_is_corrected_in_the_editor_and_keeps_its_place(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
    found_faulty(seller, told["draft"])
    led = clerk.get(f"/t/{seller}/compose/correct/{told['draft']}")
    assert led["Location"] == f"/t/{seller}/compose/invoice?as=correct&from={told['draft']}"
    assert 'value="Boya"' in body(clerk.get(f"/t/{seller}/compose/invoice", **{"as": "correct", "from": told["draft"]}))
    origin = {"as": "correct", "from": told["draft"]}
    kept = news(saved(clerk, seller, set_all({"/lines/0/name": "Astar"}), **origin))
    sent = clerk.post(f"/t/{seller}/compose/{kept['draft']}/send", {"version": kept["version"]})
    assert sent["Location"] == f"/t/{seller}/compose/sent/{told['draft']}"
    assert row(seller, told["draft"]).stage == "accepted"
    with scoped(Role.WEB, [seller]):
        assert not Document.objects.filter(id=kept["draft"]).exists()


def found_faulty(seller: int, document: int) -> None:
    """As if the rules had changed between the checks of the editor and those of the pipeline."""
    with happening(taxpayers=[seller]) as shell:
        found = shell.get(DOCUMENTS, document)
        assert found is not None
        shell.happen(DOCUMENTS, document, law.Judged(False, found.record.version))


@pytest.mark.parametrize(
    "choose",
    [
        "contact:999999999999999999", "contact:x", "item:5:99999", "item:1:0", "withholding:999:0", "withholding::",
        "listed:", "exemption:301:4999", "named:", "named:Yeni Firma", ":::", "x" * 5000, "contact:٣",
    ],
)  # fmt: skip
def test_choices_that_nobody_offered_do_no_harm(clerk: Visitor, seller: int, choose: str) -> None:
    response = saved(clerk, seller, [], choose=choose)
    assert response.status_code in (200, 404, 409, 422)
    assert "500" not in str(response.status_code)


def test_a_customer_whom_nobody_knows_is_begun_by_their_name(clerk: Visitor, seller: int) -> None:
    options = body(clerk.part(f"/t/{seller}/compose/complete/customer", text="Yeni Firma"))
    assert 'data-choose="named:Yeni Firma"' in options
    told = news(saved(clerk, seller, [], choose="named:Yeni Firma"))
    assert {"/customer/tax_id"} <= {one["at"] for one in told["found"]}


@pytest.mark.parametrize("what", ["customer", "item", "withholding", "exemption"])
@pytest.mark.parametrize("text", ["", "a" * 3000, "\x00", "%_'\"", "İŞLENMİŞ", "  ", "1" * 50])
def test_any_text_completes_to_something_or_nothing(clerk: Visitor, seller: int, what: str, text: str) -> None:
    response = clerk.part(f"/t/{seller}/compose/complete/{what}", text=text, line="x", day="dün", type="?", profile="?")
    assert response.status_code == 200


def test_a_draft_is_deleted_with_its_versions(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    assert clerk.post(f"/t/{seller}/compose/{told['draft']}/delete").status_code == 303
    assert clerk.get(f"/t/{seller}/compose/{told['draft']}").status_code in (404, 409)


def test_a_document_is_handed_to_the_recurring_ones_as_it_would_be_sent(seller: int) -> None:
    owner = visitor((seller, "owner"))
    told = written(owner, seller)
    for _ in range(2):
        response = owner.post(f"/t/{seller}/compose/plan/{told['draft']}")
        address = response["Location"]
        assert address.startswith(f"/t/{seller}/recurring/new?draft=")
        draft = int(address.rpartition("=")[2])
        assert row(seller, draft).profile == "TICARIFATURA"
        assert owner.get(address).status_code == 200
        owner.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"] + 1})


PERSON = {
    "/customer/tax_id": "10000000146",
    "/customer/first_name": "Ayşe",
    "/customer/family_name": "Yılmaz",
    "/customer/address/city": "Balıkesir",
    "/customer/address/town": "Edremit",
}
SALE = {"/lines/0/name": "Kupa", "/lines/0/price": "249,90"}
PLACE = {"/customer/address/city": "İstanbul", "/customer/address/town": "Kadıköy"}
WRITTEN = {
    "freelance": (
        {**PERSON, "/lines/0/name": "Çeviri", "/lines/0/net": "10.000"},
        ("freelance_receipt", "12500.00", "Net ücret"),
    ),
    "producer": (
        {
            **PERSON,
            "/lines/0/name": "Zeytin",
            "/lines/0/quantity": "100",
            "/lines/0/price": "42,50",
            "/lines/0/income_withholding": "2",
            "/lines/0/social": "1",
            "/lines/0/exchange_fee": "0,2",
            "/lines/0/pasture": "0,1",
        },
        ("producer_receipt", "4109.75", "Mera Fonu"),
    ),
    "expense": (
        {
            **PERSON,
            "/type": "IADE",
            "/original/kind": "SATIS_FISI",
            "/original/number": "214",
            "/original/date": "20.11.2026",
            "/lines/0/name": "Mont",
            "/lines/0/price": "1.000",
            "/lines/0/vat": "10",
            "/confirmation/code": "4711",
            "/confirmation/phone": "0532 111 22 33",
            "/provider/name": "Kısa Mesaj A.Ş.",
            "/provider/vkn": MELTEM[0],
        },
        ("expense_note", "1100.00", "KDV %10"),
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_receipts_are_written_reckoned_and_issued(keeper: Visitor, shop: int, name: str) -> None:
    values, (kind, payable, said) = WRITTEN[name]
    response = saved(keeper, shop, set_all(values), kind=name)
    told = news(response)
    assert told["ready"], [one["text"] for one in told["found"]]
    assert said in html.unescape(body(response))
    assert "Düzenlensin mi?" in body(keeper.part(f"/t/{shop}/compose/{told['draft']}/confirm"))
    assert keeper.get(f"/t/{shop}/compose/{told['draft']}/paper").status_code == 200
    sent = keeper.post(f"/t/{shop}/compose/{told['draft']}/send", {"version": told["version"]})
    assert sent.status_code == 303, body(sent)
    stored = row(shop, told["draft"])
    assert (stored.kind, str(stored.payable), stored.stage) == (kind, payable, "accepted")
    again = body(keeper.get(f"/t/{shop}/compose/{name}", **{"as": "repeat", "from": told["draft"]}))
    assert f'value="{values["/lines/0/name"]}"' in again
    assert "compose/" + name in body(keeper.get(f"/t/{shop}/compose/sent/{told['draft']}"))


def test_a_final_consumer_is_one_click_and_gets_an_e_arsiv_invoice(keeper: Visitor, shop: int) -> None:
    told = news(saved(keeper, shop, set_all({**SALE, **PLACE}), choose="consumer:"))
    draft = {"draft": told["draft"], "version": told["version"]}
    response = saved(keeper, shop, set_all(PLACE), **draft)
    told = news(response)
    assert "11111111111, nihai tüketici için" in html.unescape(body(keeper.get(f"/t/{shop}/compose/{told['draft']}")))
    assert (told["mark"], told["sending"], told["verb"]) == ("e-ARŞİV FATURA", "KAGIT", "Düzenle")
    assert "TICARIFATURA" not in told["profiles"]
    assert told["ready"], [one["text"] for one in told["found"]]
    keeper.post(f"/t/{shop}/compose/{told['draft']}/send", {"version": told["version"]})
    stored = row(shop, told["draft"])
    assert (stored.kind, stored.profile, stored.stage) == ("earchive_invoice", "EARSIVFATURA", "accepted")


def test_an_internet_sale_says_all_that_the_law_wants_and_has_its_own_series(keeper: Visitor, shop: int) -> None:
    told = news(saved(keeper, shop, set_all({**SALE, **PERSON, "/internet_sale": "1"})))
    left = {one["at"] for one in told["found"] if one["weight"] == "missing"}
    assert left == {f"/internet_sale/{name}" for name in ("site", "payment", "paid_on", "shipped_on")}
    filled = {"site": "www.magaza.example", "payment": "DIGER", "shipped_on": "20.11.2026", "carrier/tax_id": MELTEM[0]}
    changes = set_all({f"/internet_sale/{name}": value for name, value in filled.items()})
    told = news(saved(keeper, shop, changes, draft=told["draft"], version=told["version"]))
    left = {one["at"] for one in told["found"] if one["weight"] == "missing"}
    assert left == {"/internet_sale/other", "/internet_sale/carrier/name"}
    changes = set_all({"/internet_sale/other": "Hediye çeki", "/internet_sale/carrier/name": "Kargo"})
    told = news(saved(keeper, shop, changes, draft=told["draft"], version=told["version"]))
    assert told["ready"], [one["text"] for one in told["found"]]
    assert told["values"]["/internet_sale/other"] == "Hediye çeki"
    paper = body(keeper.get(f"/t/{shop}/compose/{told['draft']}/paper"))
    assert "DIGER - Hediye çeki" in paper
    assert "İade bölümü" in paper
    keeper.post(f"/t/{shop}/compose/{told['draft']}/send", {"version": told["version"]})
    with scoped(Role.WEB, [shop]):
        own = Series.objects.get(taxpayer_id=shop, purpose="internet").id
    assert row(shop, told["draft"]).series_id == own
    again = news(saved(keeper, shop, set_all({"/notes": "yine"}), **{"as": "repeat", "from": told["draft"]}))
    left = {one["at"] for one in again["found"] if one["weight"] == "missing"}
    assert left == {"/internet_sale/shipped_on"}


def test_a_receipt_is_handed_to_the_recurring_documents(shop: int) -> None:
    owner = visitor((shop, "owner"))
    told = news(
        saved(
            owner,
            shop,
            set_all({**PERSON, "/lines/0/name": "Aylık danışmanlık", "/lines/0/fee": "5.000"}),
            kind="freelance",
        )
    )
    planned = owner.post(f"/t/{shop}/compose/plan/{told['draft']}")
    assert planned.status_code == 303
    form = {
        "name": "Danışmanlık",
        "every": "1",
        "unit": "month",
        "day": "5",
        "begins_on": "2099-01-05",
        "intent": "send",
    }
    made = owner.post(f"/t/{shop}/recurring/new", {**form, "draft": told["draft"]})
    assert made.status_code == 303, body(made)
    assert "Danışmanlık" in body(owner.get(f"/t/{shop}/recurring"))


def test_who_is_registered_is_offered_no_e_arsiv_and_who_is_not_no_e_fatura(keeper: Visitor, shop: int) -> None:
    told = news(saved(keeper, shop, set_all({**SALE, **PERSON, "/profile": "TICARIFATURA"})))
    (found,) = [one for one in told["found"] if one["at"] == "/profile"]
    assert found["fixes"] == ["e-Arşiv fatura yap"]
    told = news(saved(keeper, shop, set_all({**SALE, **PLACE, "/customer/tax_id": MELTEM[0]})))
    assert "EARSIVFATURA" not in told["profiles"]


def test_new_documents_are_those_that_the_taxpayer_has_accounts_for(
    keeper: Visitor, shop: int, clerk: Visitor, seller: int
) -> None:
    mine, plain = body(keeper.get(f"/t/{shop}/compose/producer")), body(clerk.get(f"/t/{seller}/compose/producer"))
    for name in ("freelance", "producer", "expense"):
        assert f"/compose/{name}" in mine
        assert f'href="/t/{seller}/compose/{name}"' not in plain
