"""Editors take whatever comes: any text, any change, any choice, thousands of lines; readers write nothing."""

from __future__ import annotations

import html

import pytest

from portal_client import Visitor, visitor
from portal_compose import WHOLE, body, clerk, news, saved, seller, set_all, written

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["clerk", "seller"]


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


@pytest.mark.parametrize("what", ["customer", "item", "withholding", "exemption"])
@pytest.mark.parametrize("text", ["", "a" * 3000, "\x00", "%_'\"", "İŞLENMİŞ", "  ", "1" * 50])
def test_any_text_completes_to_something_or_nothing(clerk: Visitor, seller: int, what: str, text: str) -> None:
    response = clerk.part(f"/t/{seller}/compose/complete/{what}", text=text, line="x", day="dün", type="?", profile="?")
    assert response.status_code == 200
