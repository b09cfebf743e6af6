"""People sign in with two factors and do what their roles allow; nothing of them works from another site."""

from __future__ import annotations

import pytest

from platform_api import PASSWORD, Asker, answer, friendly, person, program, two_firms
from platform_world import ARDIC, MELTEM
from ulak_server.api.door import COOKIE

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return two_firms()


@pytest.fixture(scope="module")
def owner(firms: tuple[int, int]) -> Asker:
    return person("owner@ardic.example", {firms[0]: "owner"})


def test_the_cookie_is_for_the_api_alone_and_no_script_reads_it(owner: Asker) -> None:
    cookie = owner.client.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/api/", True, "Strict")
    assert answer(owner.get("/session"), 200)["level"] == "full"
    standing = answer(owner.get("/me"), 200)
    assert standing["name"] == "Deniz Aksoy"
    assert [(one["number"], one["role"]) for one in standing["taxpayers"]] == [(ARDIC[0], "owner")]
    assert "keys.write" in standing["taxpayers"][0]["actions"]


def test_a_change_without_the_token_of_the_session_is_refused(owner: Asker) -> None:
    elsewhere = Asker()
    elsewhere.client.cookies = owner.client.cookies
    assert answer(elsewhere.get("/me"), 200)
    assert answer(elsewhere.post("/documents", friendly()), 403)["code"] == "api.csrf"
    elsewhere.headers["X-CSRFToken"] = "0" * 64
    assert answer(elsewhere.post("/documents", friendly()), 403)["code"] == "api.csrf"
    answer(owner.post("/documents", friendly()), 202)


def test_somebody_half_way_through_signing_in_may_do_nothing_yet(firms: tuple[int, int]) -> None:
    reader = person("reader@ardic.example", {firms[0]: "reader"})
    again = Asker()
    opened = answer(again.post("/session", {"email": "reader@ardic.example", "password": PASSWORD}), 201)
    assert opened["level"] == "second-factor-due"
    again.headers["X-CSRFToken"] = opened["csrf_token"]
    assert answer(again.get("/documents"), 403)["code"] == "people.second-factor-due"
    assert answer(again.post("/session/code", {"code": "000000"}), 401)["code"] == "people.wrong-code"
    wrong = Asker().post("/session", {"email": "reader@ardic.example", "password": "yanlis"})
    assert answer(wrong, 401)["code"] == "people.wrong-credentials"
    assert answer(reader.get("/documents"), 200)
    assert answer(reader.post("/documents", friendly()), 403)["code"] == "people.not-allowed"


def test_an_owner_invites_and_lets_go(owner: Asker) -> None:
    made = answer(owner.post("/invitations", {"email": "clerk@ardic.example", "role": "clerk"}), 201)
    assert answer(owner.get("/invitations"), 200)["items"][0]["email"] == "clerk@ardic.example"
    answer(Asker().post("/invitations/accept", {"token": made["token"], "password": PASSWORD, "name": "Ece Er"}), 204)
    refused = Asker().post("/invitations/accept", {"token": made["token"], "password": PASSWORD})
    assert answer(refused, 404)["code"] == "people.invitation-unknown"
    clerk = next(one for one in answer(owner.get("/members"), 200)["items"] if one["role"] == "clerk")
    answer(owner.call("PATCH", f"/members/{clerk['id']}", {"role": "reader"}), 204)
    answer(owner.call("DELETE", f"/members/{clerk['id']}"), 204)
    assert answer(owner.call("DELETE", f"/members/{clerk['id']}"), 404)["code"] == "people.no-such-user"
    mine = next(one for one in answer(owner.get("/members"), 200)["items"] if one["role"] == "owner")
    assert answer(owner.call("DELETE", f"/members/{mine['id']}"), 409)["code"] == "people.last-owner"


def test_a_key_is_made_shown_once_used_and_revoked(owner: Asker) -> None:
    made = answer(owner.post("/keys", {"name": "ERP", "scopes": ["documents.read"]}), 201)
    erp = Asker(Authorization=f"Bearer {made['key']}")
    assert answer(erp.get("/documents"), 200)["items"] is not None
    assert answer(erp.get("/me"), 200)["taxpayers"][0]["actions"].count("documents.read") == 1
    listed = owner.get("/keys")
    assert made["key"] not in listed.content.decode()
    answer(owner.call("DELETE", f"/keys/{made['id']}"), 204)
    assert answer(erp.get("/documents"), 401)["code"] == "people.key-revoked"


def test_an_accountant_says_for_whom(firms: tuple[int, int]) -> None:
    accountant = person("books@office.example", {firms[0]: "accountant", firms[1]: "accountant"})
    assert answer(accountant.get("/taxpayer"), 400)["code"] == "api.taxpayer-wanted"
    for who in (ARDIC, MELTEM):
        assert answer(accountant.get("/taxpayer", Ulak_Taxpayer=who[0]), 200)["title"] == who[1]
    assert answer(accountant.get("/taxpayer", Ulak_Taxpayer="5610247301"), 403)["code"] == "api.taxpayer-unknown"
    assert answer(accountant.get("/keys", Ulak_Taxpayer=ARDIC[0]), 403)["code"] == "people.not-allowed"


def test_an_operator_takes_on_whom_they_do_not_read(firms: tuple[int, int]) -> None:
    operator = person("op@ulak.example", {}, is_operator=True)
    party = {"tax_office": "Ulus", "address": {"town": "Ulus", "city": "Ankara"}}
    new = {"number": "5610247301", "title": "Yeni A.Ş.", "details": party}
    assert answer(operator.post("/taxpayers", new), 201)["details"] == party
    assert answer(operator.post("/taxpayers", new), 409)["code"] == "taxpayer.known"
    every = answer(operator.get("/taxpayers?limit=2"), 200)
    rest = answer(operator.get(f"/taxpayers?limit=2&cursor={every['next']}"), 200)
    assert {one["number"] for one in (*every["items"], *rest["items"])} == {ARDIC[0], MELTEM[0], "5610247301"}
    for path in ("/documents", "/incoming", "/keys"):
        assert answer(operator.get(path, Ulak_Taxpayer=ARDIC[0]), 403)["code"] == "people.not-allowed"
    assert answer(program(firms[0]).get("/taxpayers"), 403)["code"] == "people.not-allowed"
    alias = {"service": "einvoice", "role": "GB", "name": "urn:mail:defaultgb@yeni.example"}
    made = answer(operator.post("/aliases", alias, Ulak_Taxpayer="5610247301"), 201)
    assert made["is_default"]
    answer(operator.post("/series", {"kind": "invoice", "prefix": "YNI"}, Ulak_Taxpayer="5610247301"), 201)
    twice = operator.post("/series", {"kind": "invoice", "prefix": "YNI"}, Ulak_Taxpayer="5610247301")
    assert answer(twice, 409)["code"] == "taxpayer.series-known"


def test_signing_out_ends_the_session(firms: tuple[int, int]) -> None:
    leaving = person("leaving@ardic.example", {firms[0]: "reader"})
    token = leaving.client.cookies[COOKIE].value
    assert len(answer(leaving.get("/me/sessions"), 200)["items"]) == 1
    answer(leaving.call("DELETE", "/session"), 204)
    late = Asker(Cookie=f"{COOKIE}={token}")
    assert answer(late.get("/me"), 401)["code"] == "people.session-ended"
