"""Receipts and e-Arşiv invoices are written in editors of their own, by whoever has accounts for them."""

from __future__ import annotations

import html

import pytest

from platform_intake import row
from platform_world import MELTEM
from portal_client import Visitor, visitor
from portal_compose import body, clerk, keeper, news, saved, seller, set_all, shop
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.taxpayers.models import Series

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["clerk", "keeper", "seller", "shop"]


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
