"""Batches over the API: all that is in order is taken, what is not is told by its place and in its own fields."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from platform_api import Asker, answer, friendly, program, two_firms
from ulak.lifecycle.policy import DEFAULT
from ulak_server.documents.batch_station import BatchStation

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def erp(platform_database: str) -> Asker:
    return program(two_firms()[0])


def worked() -> None:
    station = BatchStation(lambda: DEFAULT)
    while station.turn():
        pass


def test_lines_are_taken_or_refused_each_for_itself(erp: Asker) -> None:
    wrong = friendly(lines=[{"name": "Raf", "quantity": "çok", "price": 1, "vat": 20}])
    items = [{"erp_key": "a1", "document": friendly()}, {"erp_key": "a2", "document": wrong}, friendly()]
    data = "\n".join(json.dumps(one) for one in items).encode()
    response = erp.call("POST", "/batches", data, kind="application/x-ndjson", Idempotency_Key="monday")
    stored = answer(response, 202)
    assert (stored["total"], stored["is_repeated"]) == (3, False)
    again = answer(erp.call("POST", "/batches", data, kind="application/x-ndjson", Idempotency_Key="monday"), 202)
    assert (again["id"], again["is_repeated"]) == (stored["id"], True)
    other = erp.call("POST", "/batches", data + b"\n{}", kind="application/x-ndjson", Idempotency_Key="monday")
    assert answer(other, 409)["code"] == "intake.key-reused"

    path = response["Location"].removeprefix("/api/v1")
    assert answer(erp.get(path), 200)["stage"] == "stored"
    worked()
    through = answer(erp.get(path), 200)
    assert (through["stage"], through["accepted"], through["refused"]) == ("done", 2, 1)
    (refusal,) = answer(erp.get(f"{path}/refusals", Accept_Language="en"), 200)["items"]
    assert (refusal["place"], refusal["code"]) == (1, "json.type")
    assert "takes" in refusal["detail"]
    assert refusal["errors"][0]["pointer"] == "/lines/0/quantity"
    found = answer(erp.get(f"/documents?batch={stored['id']}"), 200)["items"]
    assert sorted(one["erp_key"] or "" for one in found) == ["", "a1"]


def test_a_zip_of_ubl_is_taken(erp: Asker) -> None:
    id = answer(erp.post("/documents?intent=send", friendly()), 202)["id"]
    xml = erp.get(f"/documents/{id}/xml").content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("again.xml", xml)
        archive.writestr("broken.xml", b"<Invoice")
    stored = answer(erp.call("POST", "/batches", packed.getvalue(), kind="application/zip"), 202)
    worked()
    path = f"/batches/{stored['id']}/refusals"
    first = answer(erp.get(f"{path}?limit=1"), 200)
    rest = answer(erp.get(f"{path}?limit=1&cursor={first['next']}"), 200)
    assert [(one["name"], one["code"]) for one in (*first["items"], *rest["items"])] == [
        ("again.xml", "intake.ettn-taken"),
        ("broken.xml", "xml.truncated"),
    ]
    assert rest["next"] is None


def test_what_is_no_batch_is_told_at_once(erp: Asker, platform_database: str) -> None:
    assert answer(erp.call("POST", "/batches", b"[]"), 422)["code"] == "batch.empty"
    assert answer(erp.call("POST", "/batches", b"PK", kind="application/zip"), 422)["code"] == "batch.not-zip"
    assert answer(erp.call("POST", "/batches", b"x", kind="text/csv"), 415)["code"] == "api.content-type"
    assert answer(erp.get("/batches/999999"), 404)["code"] == "batch.unknown"


def test_batches_come_page_by_page(erp: Asker) -> None:
    made = [
        answer(erp.call("POST", "/batches?intent=check", json.dumps([friendly()]).encode()), 202)["id"] for _ in "123"
    ]
    seen, cursor = [], ""
    while cursor is not None:
        page = answer(erp.get(f"/batches?limit=2&cursor={cursor}"), 200)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == sorted(seen, reverse=True)
    assert set(made) <= set(seen)
