"""The control API shows and changes the center, and says of every bad request what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from center_support import INTEGRATOR, laboratory, sender_envelope
from center_web import center, on_network
from seal_pki import NOW
from ulak_center.faults import ACTIONS
from ulak_center.values import ISTANBUL
from ulak_center.web.control.access import Access
from ulak_center.web.control.dispatch import ROUTES
from ulak_center.web.site import Furnishing
from ulak_center.web.values import Head

TIME: Final = NOW.isoformat()


@pytest.fixture
def api() -> Iterator[httpx.Client]:
    with center() as found, on_network(found) as address, httpx.Client(base_url=f"{address.url}/control") as client:
        yield client


@pytest.fixture(scope="module")
def shared() -> Iterator[httpx.Client]:
    with center() as found, on_network(found) as address, httpx.Client(base_url=f"{address.url}/control") as client:
        yield client


def told(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def test_it_tells_how_the_center_stands(api: httpx.Client) -> None:
    assert told(api.get("/status")) == {
        "now": NOW.astimezone(ISTANBUL).isoformat(),
        "seed": 1,
        "clock": {"kind": "virtual", "speed": 0.0},
        "counts": {},
        "queue": {"waiting": 0, "next": None},
        "faults": 0,
        "integrators": 0,
        "suspended": [],
    }


def test_an_envelope_is_followed_from_end_to_end() -> None:
    lab = laboratory()
    lab.kurum.answers = "1200"
    packed = sender_envelope()
    id = lab.send(packed)
    with on_network(lab.center) as address, httpx.Client(base_url=f"{address.url}/control") as api:
        assert told(api.get(f"/envelopes/{id}"))["state"] == 1000
        before = told(api.get("/status"))["now"]
        moved = told(api.post("/clock", json={"advance": 3600}))
        assert moved["tasks"] > 0
        assert moved["now"] > before
        found = told(api.get(f"/envelopes/{id.upper()}", headers={"Accept-Language": "en"}))
        assert (found["state"], found["type"], found["code"]) == (1300, "SENDERENVELOPE", "")
        codes = [one["code"] for one in found["states"]]
        assert (codes[:3], codes[-1]) == ([1000, 1100, 1200], 1300)
        assert found["text"] == "BASARIYLA TAMAMLANDI"
        assert [one["code"] for one in found["responses"]] == [1200, 1200]
        assert found["sender"]["number"] == "4812530769"
        (document,) = found["documents"]
        assert document["kind"] == "INVOICE"
        assert found["attempts"][0]["outcome"] == "ok"
        zipped = api.get(f"/envelopes/{id}/zip")
        assert zipped.content == packed.data
        assert zipped.headers["content-disposition"] == f'attachment; filename="{id}.zip"'
        assert told(api.get("/envelopes?type=SYSTEMENVELOPE&state=1300&party=4812530769&limit=5"))["envelopes"] != []
        cancelled = told(api.post("/cancellations", json={"ettn": document["ettn"]}))
        assert cancelled["ettn"] == document["ettn"]
        assert told(api.get(f"/envelopes/{id}"))["state"] == 1235


def test_lists_come_in_pages() -> None:
    lab = laboratory()
    ids = [lab.send(sender_envelope()) for _ in range(5)]
    with on_network(lab.center) as address, httpx.Client(base_url=f"{address.url}/control") as api:
        seen: list[str] = []
        after = 0
        while True:
            page = told(api.get(f"/envelopes?limit=2&after={after}"))
            seen += [one["id"] for one in page["envelopes"]]
            if page["next"] is None:
                break
            after = page["next"]
        assert seen == list(reversed(ids))


@pytest.mark.parametrize("action", ACTIONS)
def test_every_fault_can_be_scripted_shown_and_taken_back(api: httpx.Client, action: str) -> None:
    number = {"fault": 2003, "status": 1195}.get(action, 0)
    wish = {"action": action, "number": number, "since": TIME, "times": None, "party": "x"}
    added = told(api.post("/faults", json=wish), 201)
    assert added["place"] == ACTIONS[added["action"]][0].value
    assert told(api.get("/faults")) == {"faults": [added]}
    assert told(api.delete(f"/faults/{added['id']}")) == {"removed": added["id"]}
    assert told(api.delete(f"/faults/{added['id']}"), 404)["code"] == "center.no-fault"
    assert told(api.get("/faults")) == {"faults": []}


def test_the_clock_goes_to_a_time_and_never_back(api: httpx.Client) -> None:
    later = NOW + timedelta(days=8)
    assert told(api.post("/clock", json={"to": later.isoformat()}))["tasks"] == 0
    for bad in ({"to": TIME}, {"advance": 5, "to": TIME}, {}, {"advance": 400_000_000}):
        answer = api.post("/clock", json=bad)
        assert answer.status_code in (400, 422)
        assert answer.headers["content-type"] == "application/problem+json"


def test_integrators_and_accounts_are_opened_and_closed(api: httpx.Client) -> None:
    kurum = {
        "number": INTEGRATOR,
        "title": "Kurum",
        "endpoint_gb": "http://127.0.0.1:1/gb",
        "endpoint_pk": "http://127.0.0.1:1/pk",
    }
    assert told(api.post("/integrators", json=kurum)) == {**kurum, "suspended": False}
    units = [{"alias": "urn:mail:pk@a.example", "role": "PK", "uses": ["Invoice", "DespatchAdvice"]}]
    opened = told(api.post("/accounts", json={"number": "4812530769", "title": "Ardıç", "units": units}))
    assert [(one["use"], one["deleted"]) for one in opened["units"]] == [("Invoice", None), ("DespatchAdvice", None)]
    assert told(api.get("/accounts/4812530769")) == opened
    told(api.post("/clock", json={"advance": 1}))
    closed = told(api.delete("/accounts/4812530769"))
    assert all(one["deleted"] for one in closed["units"])
    assert told(api.get("/accounts/7359021640"), 404)["code"] == "center.no-account"
    assert told(api.post("/suspensions", json={"number": INTEGRATOR})) == {"suspended": [INTEGRATOR]}
    assert told(api.get("/integrators"))["integrators"][0]["suspended"] is True
    assert told(api.delete(f"/suspensions/{INTEGRATOR}")) == {"suspended": []}
    assert told(api.post("/suspensions", json={"number": "1111111111"}), 404)["code"] == "center.no-integrator"


def test_a_pack_is_scripted_by_its_day(api: httpx.Client) -> None:
    answer = api.post("/packs", json={"pack": "none-such", "since": "2026-07-01"})
    assert answer.status_code == 422
    assert told(api.get("/packs")) == {"packs": []}


BAD: dict[str, tuple[str, str, Any, int, str, str]] = {
    "an unknown path": ("GET", "/nothing", None, 404, "center.control-path", ""),
    "an unknown method": ("PATCH", "/status", None, 405, "center.control-method", ""),
    "no JSON": ("POST", "/clock", b"{", 400, "center.control-json", ""),
    "no UTF-8": ("POST", "/integrators", b'{"number":"\xff"}', 400, "center.control-json", ""),
    "two values": ("POST", "/clock", b"{} {}", 400, "center.control-json", ""),
    "a list": ("POST", "/clock", b"[]", 400, "center.control-field", ""),
    "an unknown field": ("POST", "/clock", {"speed": 1}, 400, "center.control-field", ""),
    "a missing field": ("POST", "/faults", {}, 400, "center.control-field", ""),
    "text for a number": ("POST", "/clock", {"advance": "1"}, 400, "center.control-field", "/advance"),
    "a negative number": ("POST", "/clock", {"advance": -1}, 400, "center.control-field", "/advance"),
    "a time without zone": ("POST", "/clock", {"to": "2026-07-01T00:00:00"}, 400, "center.control-field", "/to"),
    "an unknown action": ("POST", "/faults", {"action": "explode"}, 400, "center.control-field", "/action"),
    "an action at a wrong place": (
        "POST",
        "/faults",
        {"action": "lost", "place": "judge"},
        422,
        "center.fault-place",
        "",
    ),
    "a share over one": ("POST", "/faults", {"action": "slow", "share": 1.5}, 400, "center.control-field", "/share"),
    "a wrong unit": (
        "POST",
        "/accounts",
        {"number": "4812530769", "title": "a", "units": [{"alias": "a", "role": "XX"}]},
        400,
        "center.control-field",
        "/units/0/role",
    ),
    "a title that XML cannot carry": (
        "POST",
        "/accounts",
        {"number": "4812530769", "title": "a\0"},
        400,
        "center.control-field",
        "/title",
    ),
    "an endpoint that is no address": (
        "POST",
        "/integrators",
        {"number": "4812530769", "title": "a", "endpoint_gb": "http://\0/", "endpoint_pk": "http://a/"},
        400,
        "center.control-field",
        "/endpoint_gb",
    ),
    "a bad parameter": ("GET", "/envelopes?limit=0", None, 400, "center.control-parameter", ""),
    "an unknown parameter": ("GET", "/status?all=1", None, 400, "center.control-parameter", ""),
    "too many parameters": ("GET", "/status?" + "a=1&" * 30, None, 400, "center.control-parameter", ""),
    "an envelope that is not there": ("GET", "/envelopes/x", None, 404, "center.no-envelope", ""),
    "a zip that is not there": ("GET", "/envelopes/..%2f/zip", None, 404, "center.no-envelope", ""),
    "an invoice that is not there": ("POST", "/cancellations", {"ettn": "x"}, 404, "center.no-document", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_a_problem_in_both_languages(shared: httpx.Client, name: str) -> None:
    method, path, body, status, code, pointer = BAD[name]
    said = set()
    for language in ("tr", "en"):
        sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Accept-Language": language}
        answer = shared.request(method, path, content=sent, headers=headers)
        problem = told(answer, status)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language
        assert (problem["code"], problem["status"], problem.get("pointer", "")) == (code, status, pointer)
        assert problem["type"] == f"urn:ulak:{code}"
        assert problem["title"]
        assert problem["detail"]
        said.add(problem["title"])
    assert len(said) == 2


def test_a_body_must_say_that_it_is_json(shared: httpx.Client) -> None:
    answer = shared.post("/faults", content=b'{"action":"slow"}', headers={"Content-Type": "text/plain"})
    assert told(answer, 415)["code"] == "center.control-type"
    answer = shared.post("/faults", content=b" " * 300_000, headers={"Content-Type": "application/json"})
    assert told(answer, 413)["code"] == "center.http"


# -- who may ------------------------------------------------------------------------------------------------------

NOBODY: dict[str, dict[str, str]] = {
    "a page of another site": {"Origin": "https://elsewhere.example"},
    "a page that says no more than that": {"Sec-Fetch-Site": "cross-site"},
    "a name that was pointed here": {"Host": "elsewhere.example"},
    "an address elsewhere": {"Host": "192.0.2.1:80"},
}


@pytest.mark.parametrize("name", NOBODY)
def test_others_are_kept_out(shared: httpx.Client, name: str) -> None:
    answer = shared.post("/faults", json={"action": "slow"}, headers=NOBODY[name])
    assert answer.status_code == 403
    assert told(shared.get("/faults"))["faults"] == []


def test_its_own_page_is_let_in(shared: httpx.Client) -> None:
    base = str(shared.base_url).removesuffix("/control/")
    headers = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
    assert told(shared.delete("/faults", headers=headers)) == {"removed": 0}


@pytest.mark.parametrize("caller", ["192.0.2.7", "::ffff:192.0.2.7", "", "x"])
def test_other_machines_are_kept_out_without_a_token(caller: str) -> None:
    head = Head("GET", "/control/status", "", {}, "127.0.0.1", "http", caller)
    error = Access().refusal(head)
    assert error is not None
    assert error.code == "center.control-remote"
    assert Access().refusal(head._replace(caller="::ffff:127.0.0.1", host="[::1]:80")) is None


def test_a_token_is_asked_of_everybody() -> None:
    with center() as found, on_network(found, Furnishing(token="a-secret")) as address:
        url = f"{address.url}/control/status"
        answer = httpx.get(url)
        assert told(answer, 401)["code"] == "center.control-token"
        assert answer.headers["www-authenticate"] == "Bearer"
        for given in ("Bearer a-secre", "Bearer", "Basic a-secret", "Bearer ş"):
            assert httpx.get(url, headers=[(b"Authorization", given.encode())]).status_code == 401
        headers = {"Authorization": "Bearer a-secret", "Host": "center.example"}
        assert httpx.get(url, headers=headers).status_code == 200


# -- fuzz ---------------------------------------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS: Final = (
    "advance",
    "to",
    "action",
    "place",
    "number",
    "title",
    "units",
    "alias",
    "ettn",
    "pack",
    "since",
    "times",
)
bodies = st.one_of(
    st.dictionaries(st.sampled_from(FIELDS), values | st.sampled_from(["slow", "4812530769", TIME]), max_size=6).map(
        lambda value: json.dumps(value).encode()
    ),
    st.binary(max_size=60),
)
POSTS: Final = tuple(
    one.pattern.pattern.replace("\\", "").removeprefix("/control") for one in ROUTES if one.method == "POST"
)
LIKELY: Final = {200, 201, 400, 404, 415, 422}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(POSTS), bodies)
def test_no_body_makes_it_fail(shared: httpx.Client, path: str, body: bytes) -> None:
    answer = shared.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in LIKELY, (path, body, answer.text)
    assert isinstance(answer.json(), dict)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["GET", "POST", "DELETE", "HEAD", "PUT"]),
    st.lists(
        st.sampled_from(["envelopes", "faults", "log", "accounts", "zip", "%2e", "x", "1", "%00", "ş"]), max_size=4
    ),
    st.dictionaries(
        st.sampled_from(["limit", "after", "state", "type", "party", "q"]), st.text(max_size=12), max_size=3
    ),
)
def test_no_path_makes_it_fail(shared: httpx.Client, method: str, path: list[str], query: dict[str, str]) -> None:
    answer = shared.request(method, "/" + "/".join(path), params=query)
    assert answer.status_code in LIKELY | {405}, (method, path, query, answer.text)


def test_every_path_is_written_down() -> None:
    document = (Path(__file__).parents[1] / "docs" / "center-web.md").read_text("utf-8")
    for one in ROUTES:
        path = one.pattern.pattern.replace("\\", "").replace("(?P<", "{").replace(">[^/]{1,300})", "}")
        assert f"`{one.method} {path}`" in document
