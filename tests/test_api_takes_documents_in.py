"""An ERP hands documents in over the API: what is answered is stored, and what is wrong is told in its own fields."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from platform_api import Asker, answer, friendly, program, two_firms
from ulak.ubl import invoice
from ulak_server.people.services import SCOPES

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return two_firms()


@pytest.fixture(scope="module")
def erp(firms: tuple[int, int]) -> Asker:
    return program(firms[0])


def sent(erp: Asker, query: str = "", **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = answer(erp.post(f"/documents{query}", friendly(**changes)), 202)
    return found


def test_an_invoice_is_accepted_and_stands_where_its_location_says(erp: Asker) -> None:
    response = erp.post("/documents", friendly())
    accepted = answer(response, 202)
    assert accepted["route"]["alias"] == "urn:mail:defaultpk@meltem.example"
    assert accepted["route"]["list_of"], "also a registered receiver is told as of when the list is"
    assert (accepted["stage"], accepted["number"], accepted["is_repeated"]) == ("accepted", None, False)
    found = answer(erp.get(response["Location"].removeprefix("/api/v1")), 200)
    assert (found["ettn"], found["direction"], found["payable"]) == (accepted["ettn"], "out", "5940.00")
    assert found["partner"]["title"] == "Meltem Gıda Ltd. Şti."


def test_its_body_is_given_back_as_ubl_and_as_json(erp: Asker) -> None:
    accepted = sent(erp)
    id = accepted["id"]
    xml = erp.get(f"/documents/{id}/xml")
    assert xml.status_code == 200
    assert xml["Content-Type"] == "application/xml"
    assert "sandbox" in xml["Content-Security-Policy"]
    assert accepted["ettn"].encode() in xml.content
    assert invoice.read(xml.content)
    assert answer(erp.get(f"/documents/{id}/json"), 200)["lines"][0]["name"] == "Çelik raf"
    same = erp.get(f"/documents/{id}/xml", If_None_Match=xml["ETag"])
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", xml["ETag"])


def test_ubl_is_taken_as_it_is(erp: Asker) -> None:
    id = sent(erp)["id"]
    body = erp.get(f"/documents/{id}/xml").content
    refused = erp.call("POST", "/documents", body, kind="application/xml")
    assert answer(refused, 409)["code"] == "intake.ettn-taken"
    assert answer(refused, 409)["document"] == id
    other = body.replace(answer(erp.get(f"/documents/{id}"), 200)["ettn"].encode(), str(uuid4()).encode())
    answer(erp.call("POST", "/documents", other, kind="application/xml"), 202)


def test_a_call_repeated_under_its_key_takes_the_document_once(erp: Asker) -> None:
    body, key = friendly(), str(uuid4())
    first = answer(erp.post("/documents", body, Idempotency_Key=key), 202)
    again = answer(erp.post("/documents", body, Idempotency_Key=key), 202)
    assert (again["id"], again["ettn"], again["is_repeated"]) == (first["id"], first["ettn"], True)
    other = erp.post("/documents", friendly(currency="USD", exchange_rate="41.5"), Idempotency_Key=key)
    assert answer(other, 409)["code"] == "intake.key-reused"


def test_what_is_wrong_is_told_with_the_callers_own_field_in_the_callers_language(erp: Asker) -> None:
    body = friendly(lines=[{"name": "Raf", "quantity": "on iki", "price": 1, "vat": 20}])
    response = erp.post("/documents", body, Accept_Language="en")
    told = answer(response, 422)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "en"
    assert told["code"] == "json.type"
    assert told["errors"][0]["pointer"] == "/lines/0/quantity"
    assert told["instance"] == f"urn:uuid:{response['X-Request-Id']}"
    turkish = answer(erp.post("/documents", body), 422)
    assert "beklenirken" in turkish["detail"]
    assert "takes" in told["detail"]


def test_a_receiver_who_is_not_registered_is_told_as_e_arsiv(erp: Asker) -> None:
    stranger = {**friendly()["customer"], "tax_id": "1234567808"}
    assert answer(erp.post("/documents", friendly(customer=stranger)), 422)["code"] == "intake.unregistered"
    assert (
        answer(erp.post("/documents", friendly(customer=stranger, profile=None)), 422)["code"] == "intake.no-earchive"
    )
    anybody = {**stranger, "tax_id": "11111111111"}
    assert answer(erp.post("/documents", friendly(customer=anybody)), 422)["code"] == "intake.unregistered"
    mistyped = {**stranger, "tax_id": "7359021641"}
    assert answer(erp.post("/documents", friendly(customer=mistyped)), 422)["code"] == "intake.partner-number"
    route = answer(erp.get("/routes/1234567808"), 200)
    assert (route["way"], route["alias"], bool(route["list_of"])) == ("earchive", "", True)
    assert "listesinde" in route["reason"]
    assert answer(erp.get("/routes/7359021640?service=edespatch"), 200)["way"] == "edespatch"
    registered = answer(erp.get("/registered-users/7359021640?service=einvoice"), 200)
    assert [one["alias"] for one in registered["aliases"]] == ["urn:mail:defaultpk@meltem.example"]
    before = answer(erp.get("/registered-users/7359021640?at=2001-01-01"), 200)
    assert (before["is_registered"], before["aliases"]) == (False, [])


def test_a_document_is_checked_without_being_stored(erp: Asker) -> None:
    ettn = str(uuid4())
    found = answer(erp.post("/documents/check", friendly(uuid=ettn)), 200)
    assert (found["is_valid"], found["errors"], found["payable"]) == (True, [], "5940.00")
    assert answer(erp.post("/documents/check", friendly(uuid=ettn)), 200)["is_valid"]
    wrong = friendly(lines=[{"name": "Raf", "quantity": 1, "price": 1, "vat": 20, "unit": "ADET"}])
    told = answer(erp.post("/documents/check", wrong), 200)
    assert not told["is_valid"]
    assert any(one.get("pointer") == "/lines/0/unit" for one in told["errors"])


def test_a_draft_may_be_unfinished_changed_sent_and_thrown_away(erp: Asker) -> None:
    draft = answer(erp.post("/documents?intent=draft", friendly(lines=None)), 201)
    path = f"/documents/{draft['id']}"
    assert draft["stage"] == "draft"
    assert answer(erp.get(f"{path}/xml"), 409)["code"] == "api.no-xml"
    assert answer(erp.post(f"{path}/submit"), 422)["code"] == "json.missing-field"
    answer(erp.call("PUT", path, friendly()), 200)
    assert answer(erp.get(f"{path}/json"), 200)["lines"]
    submitted = answer(erp.post(f"{path}/submit"), 202)
    assert (submitted["ettn"], submitted["stage"]) == (draft["ettn"], "accepted")
    assert answer(erp.call("DELETE", path), 409)["code"] == "intake.no-draft"
    other = answer(erp.post("/documents?intent=draft", friendly()), 201)
    answer(erp.call("DELETE", f"/documents/{other['id']}"), 204)
    assert answer(erp.get(f"/documents/{other['id']}"), 404)["code"] == "api.not-found"


def test_a_document_that_has_not_gone_is_withdrawn_for_good(erp: Asker) -> None:
    path = f"/documents/{sent(erp)['id']}"
    assert answer(erp.post(f"{path}/withdraw"), 200)["stage"] == "withdrawn"
    assert answer(erp.post(f"{path}/withdraw"), 200)["stage"] == "withdrawn"
    assert answer(erp.post(f"{path}/resend"), 409)["code"] == "exchange.not-resent"
    assert answer(erp.call("POST", f"{path}/correct", friendly()), 409)["code"] == "exchange.not-corrected"


def test_nobody_sees_or_touches_a_document_of_somebody_else(erp: Asker, firms: tuple[int, int]) -> None:
    path, stranger = f"/documents/{sent(erp)['id']}", program(firms[1])
    for method, way in [("GET", ""), ("GET", "/xml"), ("GET", "/json"), ("DELETE", ""), ("POST", "/submit")]:
        assert answer(stranger.call(method, f"{path}{way}"), 404)["code"] == "api.not-found"
    for way in ("/withdraw", "/resend"):
        assert answer(stranger.post(f"{path}{way}"), 404)["code"] == "exchange.no-document"
    as_other = Asker(**erp.headers, **{"Ulak-Taxpayer": "7359021640"})
    assert answer(as_other.get(path), 403)["code"] == "api.taxpayer-unknown"


def test_a_key_may_do_what_its_scopes_say_and_nothing_else(erp: Asker, firms: tuple[int, int]) -> None:
    reader = program(firms[0], [scope for scope in SCOPES if scope.endswith(".read")])
    id = sent(erp)["id"]
    answer(reader.get(f"/documents/{id}"), 200)
    refused = answer(reader.post("/documents", friendly()), 403)
    assert refused["code"] == "people.not-allowed"
