"""By the control API a tester works the portal, customs, the probes, the offices and the user lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from center_ends import end_laboratory
from center_support import ARDIC_GB, ARDIC_PK, MELTEM_PK, Laboratory, laboratory, sealed, sender_envelope
from center_web import center, on_network
from ulak.envelope import Party
from ulak.wire.attachment import Attachment
from ulak.wire.earsiv import SendDocumentFile
from ulak_center.ends.calls import Mistake
from ulak_center.ends.customs import EXPORT


class Api:
    """The control API of a laboratory's center."""

    def __init__(self, lab: Laboratory, http: httpx.Client) -> None:
        self.lab, self._http = lab, http

    def get(self, path: str, status: int = 200) -> Any:
        return self._told(self._http.get(path), status)

    def post(self, path: str, status: int = 200, **asked: Any) -> Any:
        return self._told(self._http.post(path, json=asked), status)

    def raw(self, path: str) -> bytes:
        return self._http.get(path).content

    def headers(self, path: str) -> httpx.Headers:
        return self._http.get(path).headers

    def pass_time(self, **by: float) -> None:
        self.lab.pass_time(**by)

    @staticmethod
    def _told(answer: httpx.Response, status: int) -> Any:
        assert answer.status_code == status, answer.text
        return answer.json()


@contextmanager
def api_of(lab: Laboratory) -> Iterator[Api]:
    with on_network(lab.center) as address, httpx.Client(base_url=f"{address.url}/control") as http:
        yield Api(lab, http)


@pytest.fixture
def api() -> Iterator[Api]:
    lab = end_laboratory()
    lab.kurum.answers = "1200"
    with api_of(lab) as found:
        yield found


def portal_mailbox(api: Api) -> Party:
    told = api.get("/portal")
    alias = next(unit["alias"] for unit in told["units"] if unit["role"] == "PK")
    return Party(alias, told["number"], told["title"])


def to_portal(api: Api) -> str:
    """A commercial invoice of Ardıç to the portal user; its ETTN."""
    mailbox = portal_mailbox(api)
    address = {"town": "Çankaya", "city": "Ankara", "postal_code": "06100"}
    customer = {"tax_id": mailbox.number, "name": mailbox.title, "tax_office": "Çankaya", "address": address}
    document = sealed("invoice/ticarifatura-satis", customer=customer)
    api.lab.send(sender_envelope(document, receiver=mailbox))
    api.pass_time(minutes=1)
    (envelope,) = api.get("/portal/incoming")["envelopes"]
    (found,) = envelope["documents"]
    assert api.raw(f"/portal/documents/{found['ettn']}") in document
    return str(found["ettn"])


@pytest.mark.parametrize(("answer", "reason"), [("KABUL", ""), ("RED", "Eksik mal")])
def test_the_portal_user_answers_once(api: Api, answer: str, reason: str) -> None:
    ettn = to_portal(api)
    sent = api.post("/portal/answer", ettn=ettn, answer=answer, reason=reason)
    api.pass_time(minutes=1)
    assert api.get(f"/envelopes/{sent['id']}")["state"] == 1300
    (outgoing,) = api.get("/portal/outgoing")["envelopes"]
    assert (outgoing["id"], outgoing["state"]) == (sent["id"], 1300)
    assert [one["code"] for one in outgoing["responses"]] == [1200, 1200]
    (incoming,) = api.get("/portal/incoming?limit=1")["envelopes"]
    assert incoming["documents"][0]["answer"] == answer
    assert api.post("/portal/answer", 422, ettn=ettn, answer=answer, reason="x")["code"] == "center.answered"


def test_a_document_never_runs_as_a_page_of_the_center(api: Api) -> None:
    said = api.headers(f"/portal/documents/{to_portal(api)}")
    assert said["content-disposition"] == "attachment"
    assert said["content-security-policy"].startswith("sandbox;")
    assert said["x-content-type-options"] == "nosniff"


def test_a_refusal_must_say_why(api: Api) -> None:
    assert api.post("/portal/answer", 422, ettn=to_portal(api), answer="RED")["code"] == "center.reason-missing"
    assert api.post("/portal/answer", 422, ettn="none", answer="KABUL")["code"] == "center.not-held"


@pytest.mark.parametrize("kind", ["invoice", "despatch"])
def test_the_portal_user_sends_as_many_as_are_asked_for(api: Api, kind: str) -> None:
    told = api.post("/portal/send", receiver=ARDIC_PK.number, alias=ARDIC_PK.alias, kind=kind, documents=2, envelopes=2)
    assert [len(one["documents"]) for one in told["envelopes"]] == [2, 2]
    api.pass_time(minutes=1)
    assert {one["state"] for one in api.get("/portal/outgoing")["envelopes"]} == {1300}
    assert api.get(f"/envelopes/{told['envelopes'][0]['id']}")["documents"][0]["ettn"]


def test_customs_decide_about_an_export(api: Api) -> None:
    customs = api.get("/customs")
    mailbox = Party(EXPORT, customs["number"], customs["title"])
    api.lab.send(sender_envelope(sealed("invoice/ihracat-istisna"), receiver=mailbox))
    api.pass_time(minutes=1)
    (envelope,) = api.get("/customs/incoming")["envelopes"]
    ettn = envelope["documents"][0]["ettn"]
    assert len(envelope["documents"][0]["reference"]) == 23
    sent = api.post(
        "/customs/answer", ettn=ettn, answer="KABUL", registration="26060200EX000001", exported="2026-11-20"
    )
    api.pass_time(minutes=1)
    assert api.get(f"/envelopes/{sent['id']}")["state"] == 1300
    assert api.post("/customs/answer", 422, ettn=ettn, answer="GUMRUKONAY")["code"] == "center.customs-answer"


@pytest.mark.parametrize(("kind", "receiver"), [("stray-response", ARDIC_GB), ("bad-invoice", ARDIC_PK)])
def test_a_probe_is_sent_and_asked_about(api: Api, kind: str, receiver: Party) -> None:
    id = api.post("/probes", kind=kind, receiver=receiver.number, alias=receiver.alias)["id"]
    api.pass_time(minutes=1)
    found = api.get(f"/probes/{id}")
    assert (found["kind"], found["accepted"], found["receiver"]["alias"]) == (kind, True, receiver.alias)
    assert api.get("/probes?limit=5")["probes"] == [found]
    assert api.get("/probes/none", 404)["code"] == "center.no-probe"
    nobody = api.post("/probes", 404, kind=kind, receiver="1111111111", alias="urn:mail:x")
    assert nobody["code"] == "center.no-endpoint"


def test_a_probe_may_be_sent_again_and_again(api: Api) -> None:
    asked: dict[str, Any] = {"kind": "stray-response", "receiver": ARDIC_GB.number, "alias": ARDIC_GB.alias}
    assert api.post("/probes", **asked, hours=2)["hours"] == 2
    api.pass_time(hours=5)
    told = api.get("/probes")
    assert len(told["probes"]) == 2
    assert [one["kind"] for one in told["repeated"]] == ["stray-response"]
    assert api.post("/probes/stop", **asked) == {"stopped": True}
    assert api.get("/probes")["repeated"] == []


@pytest.mark.parametrize("kind", [Mistake.WRONG_HASH, Mistake.WRONG_NAME, Mistake.DUPLICATE, Mistake.UNKNOWN_ID])
def test_a_wrong_call_tells_what_was_answered(api: Api, kind: Mistake) -> None:
    told = api.post("/calls", kind=kind.value, receiver=ARDIC_GB.number, alias=ARDIC_GB.alias)
    assert (told["kind"], told["seconds"] >= 0) == (kind, True)
    assert isinstance(told["message"], str)
    assert told["expected"]


def test_packages_of_an_office_are_shown_and_senders_barred(api: Api) -> None:
    lab = api.lab
    name = "12345678-1234-1234-1234-123456789012"
    with lab.center.lock:
        request = SendDocumentFile(Attachment(f"{name}.zip", b"no zip"))
        lab.center.archive.handle(request, "8642031054", lab.center.clock.now())
    api.pass_time(minutes=1)
    (package,) = api.get("/archive/packages?party=8642031054&status=152")["packages"]
    assert (package["id"], package["status"], package["due"]) == (name, 152, None)
    assert "ZIP" in package["reason"].upper()
    steps = api.get(f"/archive/packages/{name}")["steps"]
    assert [one["status"] for one in steps] == [10, 15, 152]
    assert api.get("/ledger/packages") == {"packages": [], "next": None}
    assert api.get("/ledger/packages/none", 404)["code"] == "center.no-package"
    for standing in ("unknown", None):
        told = api.post("/ledger/standings", number="8642031054", standing=standing)
        assert told == {"number": "8642031054", "standing": standing}


def test_user_lists_are_published_and_fetched(tmp_path: Path) -> None:
    with center(lists=tmp_path) as found, on_network(found) as address, httpx.Client(base_url=address.url) as http:
        path = "/EFaturaMerkez/newUserPkListxml.zip"
        assert http.get(path).status_code == 404
        told = http.post("/control/lists", json={}).json()
        assert {one["path"] for one in told["lists"]} > {path}
        answer = http.get(path)
        assert answer.content.startswith(b"PK")
        assert http.head(path).headers["content-length"] == str(len(answer.content))
        for said in (
            {"If-None-Match": answer.headers["etag"]},
            {"If-Modified-Since": answer.headers["last-modified"]},
        ):
            assert http.get(path, headers=said).status_code == 304
        assert path in http.get("/EFaturaMerkez/userList.jsp").text
        ended = http.post("/control/lists/ends", json={"number": MELTEM_PK.number, "reason": "<birleşme>"}).json()
        assert http.get("/control/lists/ends").json() == {"ends": [ended]}
        http.post("/control/faults", json={"action": "outage", "times": 1})
        with pytest.raises(httpx.TransportError):
            http.get(path)
        http.post("/control/faults", json={"action": "refuse"})
        assert http.get(path).status_code == 200


def test_a_center_without_lists_says_so() -> None:
    with api_of(laboratory()) as api:
        assert api.get("/lists", 422)["code"] == "center.control-missing"
