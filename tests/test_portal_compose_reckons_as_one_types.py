"""Whatever is typed in an editor is saved, reckoned and told to be wrong, with its repair, by the server."""

from __future__ import annotations

import html

import pytest

from platform_intake import row
from platform_world import MELTEM
from portal_client import Visitor, visitor
from portal_compose import WHOLE, body, clerk, news, saved, seller, set_all, written
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["clerk", "seller"]


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


def test_a_customer_whom_nobody_knows_is_begun_by_their_name(clerk: Visitor, seller: int) -> None:
    options = body(clerk.part(f"/t/{seller}/compose/complete/customer", text="Yeni Firma"))
    assert 'data-choose="named:Yeni Firma"' in options
    told = news(saved(clerk, seller, [], choose="named:Yeni Firma"))
    assert {"/customer/tax_id"} <= {one["at"] for one in told["found"]}


def test_an_unregistered_customer_is_told_truthfully_to_become_e_arsiv(clerk: Visitor, seller: int) -> None:
    response = saved(clerk, seller, set_all({**WHOLE, "/customer/tax_id": "1460415308"}))
    told = news(response)
    assert told["profile"][0] == "EARSIVFATURA"
    assert told["ready"] is False
    assert "e-Arşiv" in body(response)
    assert "GİB listesinde e-Fatura kullanıcısı değil. e-Arşiv fatura olur." in html.unescape(body(response))


def test_a_whole_document_is_shown_as_it_will_look(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    assert "/paper" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}/preview"))
    response = clerk.get(f"/t/{seller}/compose/{told['draft']}/paper")
    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Boya" in body(response)
    assert MELTEM[1] in body(response)
