"""What all calls have in common: problems instead of pages, limits, ids, lists by pages, walls between taxpayers."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_api import Asker, answer, friendly, person, program, two_firms
from ulak_server.api import door
from ulak_server.api.limits import Bucket, Rate
from ulak_server.api.paging import LARGEST_ID, packed, unpacked
from ulak_server.api.problems import ApiError
from ulak_server.api.service import described, ways

pytestmark = pytest.mark.usefixtures("platform_database")


DESCRIBED: Final = json.loads(described("en"))
EXAMPLES: Final = {"uuid": "00000000-0000-4000-8000-000000000000", "integer": "1"}


def example(*, type: str = "", format: str = "", **_: Any) -> str:
    return EXAMPLES.get(format or type, "x")


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return two_firms()


@pytest.fixture(scope="module")
def askers(firms: tuple[int, int]) -> list[Asker]:
    return [program(one) for one in firms]


@pytest.fixture(scope="module")
def erp(askers: list[Asker]) -> Asker:
    return askers[0]


def test_where_nothing_is_stands_a_problem(erp: Asker) -> None:
    for path in ("/", "/pizza", "/documents/abc", "/documents/1/pizza", "/documents/99999999999999999999", "/%0A%00"):
        response = erp.get(path)
        assert answer(response, 404)["code"] == "api.not-found"
        assert response["Content-Type"] == "application/problem+json"
    response = erp.call("PUT", "/documents", friendly())
    assert answer(response, 405)["code"] == "api.method"
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


def test_a_sane_id_of_the_callers_is_taken_over_and_another_is_not(erp: Asker) -> None:
    assert erp.get("/me", X_Request_Id="erp-2026-0001")["X-Request-Id"] == "erp-2026-0001"
    odd = erp.get("/me", X_Request_Id="<script>")["X-Request-Id"]
    assert len(odd) == 36


def test_bodies_are_weighed_and_looked_at_before_they_are_read(erp: Asker) -> None:
    assert answer(erp.call("POST", "/documents", b"a,b", kind="text/csv"), 415)["code"] == "api.content-type"
    assert answer(erp.call("POST", "/documents"), 400)["code"] == "api.body-wanted"
    assert answer(erp.call("POST", "/documents", b"{"), 400)["code"] == "json.syntax"
    assert answer(erp.call("POST", "/documents", b'{"a": "\xff"}'), 400)["code"] in ("json.syntax", "json.encoding")
    big = b'{"documents": [' + b" " * 70_000 + b"1]}"
    assert answer(erp.call("POST", "/incoming/taken", big), 413)["code"] == "api.too-large"
    deep = b'{"lines": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert erp.call("POST", "/documents", deep).status_code in (400, 422)


def test_a_misspelt_parameter_is_not_passed_over(erp: Asker) -> None:
    told = answer(erp.get("/documents?partnr=7359021640"), 422)
    assert (told["code"], told["errors"][0]["parameter"]) == ("api.unknown-parameter", "partnr")
    assert "partner" in told["repair"]
    for query in ("limit=0", "limit=201", "issued_from=yesterday", "batch=x", "ettn=1"):
        assert answer(erp.get(f"/documents?{query}"), 422)["code"] == "api.parameter"
    assert answer(erp.get("/documents?cursor=pizza"), 400)["code"] == "intake.cursor"
    assert answer(erp.get("/registered-users/7359021640?at=pizza"), 422)["errors"][0]["parameter"] == "at"


def test_no_address_has_a_nul_in_it(erp: Asker) -> None:
    erp.client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    asked = 0
    for way in ways():
        said = DESCRIBED["paths"][f"/api/v1{way.path}"][way.method.lower()].get("parameters", [])
        names = {one["name"]: example(**one["schema"]) for one in said}
        paths = [f"{way.path.format_map(names)}?{name}=a%00b" for name in ("branch", "a%00")]
        texts = [one["name"] for one in said if one["in"] == "path" and names[one["name"]] == "x"]
        paths += [way.path.format_map({**names, name: "a%00b"}) for name in texts]
        for path in paths:
            assert answer(erp.call(way.method, path), 400)["code"] == "api.nul", (way.method, path)
        asked += len(texts)
    assert asked > 5
    assert answer(erp.get("/documents?text=a%00b"), 400)["errors"][0]["parameter"] == "text"


def test_no_field_of_a_body_has_a_nul_in_it(erp: Asker, firms: tuple[int, int]) -> None:
    owner = person("nul@ardic.example", {firms[0]: "owner"})
    for asker, method, path, body, pointer in (
        (owner, "PATCH", "/taxpayer", {"title": "a\0"}, "/title"),
        (Asker(), "POST", "/session", {"email": "a\0@x.example", "password": "x"}, "/email"),
        (erp, "POST", "/documents?intent=draft", {**friendly(), "note": "a\0b"}, "/note"),
        (erp, "POST", "/documents", {"erp_key": "4711\0\0", "document": friendly()}, "/erp_key"),
        (erp, "POST", "/documents/check", {**friendly(), "a/b\0": 1}, "/a~1b\ufffd"),
        (erp, "POST", "/incoming/taken", {"documents": [1], "x": ["", "\0"]}, "/x/1"),
    ):
        told = answer(asker.call(method, path, body), 400)
        assert (told["code"], told["errors"][0]["pointer"]) == ("json.nul", pointer)
    assert answer(erp.post("/documents?intent=draft", {**friendly(), "note": "a\\u0000b"}), 201)["stage"] == "draft"


def test_documents_are_found_page_by_page_and_by_what_is_known(erp: Asker) -> None:
    made = [answer(erp.post(f"/documents?erp_key=page-{place}", friendly()), 202)["id"] for place in range(5)]
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = answer(erp.get(f"/documents?limit=2&partner=7359021640&text=page-&cursor={cursor}"), 200)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == made[::-1]
    assert [one["id"] for one in answer(erp.get("/documents?erp_key=page-3"), 200)["items"]] == [made[3]]
    assert answer(erp.get("/documents?direction=in"), 200)["items"] == []
    two = answer(erp.get("/documents?stage=accepted&stage=sealed&kind=invoice"), 200)["items"]
    assert set(made) <= {one["id"] for one in two}


NOTICE = {"method": "KEP", "number": "1", "date": "2026-11-22", "explanation": "x"}
GIVEN: dict[str, Any] = {
    "/cancellation/answer": {"answer": "accepted"},
    "/answer": {"answer": "KABUL"},
    "/objections": NOTICE,
    **{end: {} for end in ("/receipt", "/return", "/cancel", "/handover")},
}
"""What a way takes, by the end of its address."""


def test_nobody_reaches_what_is_another_taxpayers(askers: list[Asker]) -> None:
    ours, theirs = askers
    document = answer(ours.post("/documents?intent=draft", friendly()), 201)["id"]
    batch = answer(ours.post("/batches", [friendly()]), 202)["id"]
    ids = {"documents": document, "batches": batch, "incoming": document}
    for way in ways():
        room = way.path.split("/")[1]
        if "{id}" not in way.path or room not in ids:
            continue
        body: Any = friendly() if way.takes else None
        body = next((given for end, given in GIVEN.items() if way.path.endswith(end)), body)
        response = theirs.call(way.method, way.path.replace("{id}", str(ids[room])), body)
        assert response.status_code == 404, (way, response.content)
    assert answer(ours.get(f"/documents/{document}"), 200)["stage"] == "draft"
    assert answer(theirs.get("/documents"), 200)["items"] == []
    assert answer(theirs.get(f"/documents?batch={batch}"), 200)["items"] == []


def test_every_call_but_the_open_ones_needs_somebody(erp: Asker) -> None:
    nobody, forged = Asker(), Asker(Authorization="Bearer ulak_1_abcdefghij_" + "x" * 43)
    basic = Asker(Authorization="Basic dWxhazp1bGFr")
    codes = set()
    for way in ways():
        path = way.path.replace("{id}", "1").replace("{service}", "einvoice").replace("{number}", "7359021640")
        if way.action == "open":
            continue
        for asker in (nobody, forged, basic):
            response = asker.call(way.method, path)
            codes.add(answer(response, 401)["code"] if response.status_code == 401 else response.status_code)
    assert codes <= {"people.not-signed-in", "people.key-unknown", "api.who", 429, 404}
    assert {"people.not-signed-in", "people.key-unknown", "api.who"} <= codes


def test_who_calls_too_often_is_told_when_to_come_again(erp: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_KNOWN", Bucket(Rate(per_second=0.5, burst=3)))
    statuses = [erp.get("/me").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    response = erp.get("/me")
    assert answer(response, 429)["code"] == "api.rate"
    assert 1 <= int(response["Retry-After"]) <= 2


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_no_more_is_let_through_than_the_rate_says(pauses: list[float]) -> None:
    rate = Rate(per_second=2, burst=5)
    bucket, now, through = Bucket(rate), 0.0, 0
    for pause in pauses:
        now += pause
        wait = bucket.take("one", now)
        through += wait == 0
        assert wait == 0 or bucket.take("one", now) > 0
    assert through <= rate.burst + rate.per_second * now + 1e-6
    assert bucket.take("other", now) == 0


@given(st.integers(0, LARGEST_ID))
def test_a_cursor_leads_back_to_where_the_page_ended(id: int) -> None:
    assert unpacked(packed(id)) == id


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_any_other_text_is_no_cursor(text: str) -> None:
    found = None
    with suppress(ApiError):
        found = unpacked(text, -5)
    assert found is None or found == -5 or 0 <= found <= LARGEST_ID


def test_a_description_is_there_for_everybody() -> None:
    page = json.loads(Asker().client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).content)
    assert len(page["paths"]) == len({way.path for way in ways()})
