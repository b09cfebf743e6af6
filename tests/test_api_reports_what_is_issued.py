"""An ERP's day of e-Arşiv by the API: sold, cancelled, objected to, reported, balanced; and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from platform_api import Asker, answer, friendly, program, two_firms
from platform_archive import FORMS, archived, as_ubl, shop_sale
from platform_reports import Office, office
from platform_world import MELTEM, archiving
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.documents.batch_station import BatchStation

pytestmark = pytest.mark.usefixtures("platform_database")


class World(NamedTuple):
    office: Office
    erp: Asker
    other: Asker


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[World]:
    with office() as made:
        first, second = two_firms()
        yield World(made, program(archiving(first)), program(second))


def sent(world: World, body: bytes) -> str:
    """A document handed in and worked on; its address."""
    taken = answer(world.erp.post("/documents", body), 202)
    world.office.work()
    return f"/documents/{taken['id']}"


def reported(world: World) -> list[dict[str, Any]]:
    """Everything that waits is reported; the reports of the month."""
    answer(world.erp.post("/reports/send", {}), 202)
    world.office.hours(2)
    return answer(world.erp.get("/reports"), 200)["items"]  # type: ignore[no-any-return]


def test_a_sale_is_issued_cancelled_and_reported_and_the_month_balances(world: World) -> None:
    checked = answer(world.erp.post("/documents/check", shop_sale()), 200)
    assert (checked["is_valid"], checked["kind"]) == (True, "earchive_invoice"), checked["errors"]
    taken = answer(world.erp.post("/documents", shop_sale(), Accept_Language="en"), 202)
    assert (taken["route"]["way"], taken["route"]["why"]) == ("earchive", "consumer")
    assert taken["route"]["is_automatic"]
    assert "final consumer" in taken["route"]["reason"]
    world.office.work()
    address = f"/documents/{taken['id']}"
    stands = answer(world.erp.get(address), 200)
    assert (stands["stage"], stands["report"], stands["number"][:3]) == ("issued", "due", "ARS")
    may = answer(world.erp.get(f"{address}/cancellation"), 200)
    assert (may["cancel"]["allowed"], may["is_request"], may["cancellation"]) == (True, False, "")
    done = answer(world.erp.post(f"{address}/cancel", {"reason": "Yanlış ürün"}), 202)
    assert (done["stage"], done["cancellation"], done["reason"]) == ("voided", "ours", "Yanlış ürün")
    assert answer(world.erp.post(f"{address}/cancel", {"reason": "Yine"}), 202) == done, "an ERP that lost the answer"
    told = answer(world.erp.get(f"{address}/filings"), 200)["items"]
    assert [(one["what"], one["mark"], one["report"]) for one in told] == [
        ("issued", "due", None),
        ("cancelled", "due", None),
    ]
    before = answer(world.erp.get("/reports/balance"), 200)
    assert (before["is_balanced"], before["lines"][0]["what"]) == (False, "issued")
    (report,) = reported(world)
    assert (report["stage"], report["product"], report["issued"], report["cancelled"]) == ("accepted", "earsiv", 1, 1)
    assert answer(world.erp.get(address), 200)["report"] == "accepted"
    balance = answer(world.erp.get("/reports/balance"), 200)
    assert (balance["is_balanced"], balance["documents"], balance["accepted"]) == (True, 1, 2), balance
    days = answer(world.erp.get("/reports/calendar"), 200)["days"]
    assert [one["mark"] for one in days if one["issued"]] == ["accepted"]


def test_a_report_is_looked_into(world: World) -> None:
    (first, *_) = answer(world.erp.get("/reports"), 200)["items"]
    shown = answer(world.erp.get(f"/reports/{first['id']}", Accept_Language="en"), 200)
    assert {one["what"] for one in shown["attempts"]} >= {"send"}
    page = answer(world.erp.get(f"/reports/{first['id']}/entries?limit=1"), 200)
    rest = answer(world.erp.get(f"/reports/{first['id']}/entries?cursor={page['next']}"), 200)
    assert {one["what"] for one in (*page["items"], *rest["items"])} == {"issued", "cancelled"}
    file = world.erp.get(f"/reports/{first['id']}/file")
    assert file["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(file.content)).namelist() == [f"{first['id']}.xml"]
    for end in ("", "/entries", "/file"):
        assert world.other.get(f"/reports/{first['id']}{end}").status_code == 404
    assert answer(world.erp.post(f"/reports/{first['id']}/ask"), 409)["code"] == "reporting.not-asked"
    assert answer(world.erp.post(f"/reports/{first['id']}/renew"), 409)["code"] == "reporting.not-renewed"
    assert answer(world.erp.get("/reports?month=2026-13"), 422)["code"] == "overview.month"


def test_receipts_and_expense_notes_take_the_same_way(world: World) -> None:
    addresses = {kind: sent(world, archived(kind)) for kind in FORMS}
    for kind, address in addresses.items():
        found = answer(world.erp.get(address), 200)
        assert (found["kind"], found["stage"]) == (kind, "issued"), found["findings"]
    products = {one["product"] for one in reported(world) if one["stage"] == "accepted"}
    assert products == {"earsiv", "egider"}
    assert answer(world.erp.get("/reports/balance"), 200)["is_balanced"]


def test_between_taxpayers_cancelling_is_a_request_that_the_buyer_may_refuse(world: World) -> None:
    address = sent(world, archived("freelance_receipt"))
    asked = answer(world.erp.post(f"{address}/cancel", {}), 202)
    assert (asked["is_request"], asked["cancellation"]) == (True, "requested")
    early = answer(world.erp.post(f"{address}/cancellation/answer", {"answer": "refused"}), 409)
    assert early["code"] == "reporting.no-cancellation", "GİB has not been asked yet"
    reported(world)
    for day in ("0001-01-01", "9999-12-31"):
        never = answer(world.erp.post(f"{address}/cancellation/answer", {"answer": "accepted", "on": day}), 422)
        assert never["code"] == "reporting.answer-day"
    told = answer(world.erp.post(f"{address}/cancellation/answer", {"answer": "refused"}), 200)
    assert (told["stage"], told["cancellation"]) == ("issued", "refused")
    again = answer(world.erp.post(f"{address}/cancellation/answer", {"answer": "accepted"}), 409)
    assert again["code"] == "reporting.no-cancellation"


def test_a_batch_of_sales_goes_each_its_own_way(world: World) -> None:
    stated = as_ubl(archived("earchive_invoice", customer={**friendly()["customer"]}))
    bodies = [json.loads(shop_sale()), json.loads(shop_sale(MELTEM[0])), {"xml": stated.decode()}]
    wrapped = [{"document": bodies[0]}, {"document": bodies[1]}, {**bodies[2], "route": "auto"}, bodies[2]]
    handed = answer(world.erp.post("/batches", wrapped), 202)
    station = BatchStation(lambda: DEFAULT)
    while station.turn():
        pass
    assert answer(world.erp.get(f"/batches/{handed['id']}"), 200)["accepted"] == 3
    (refused,) = answer(world.erp.get(f"/batches/{handed['id']}/refusals", Accept_Language="en"), 200)["items"]
    assert (refused["place"], refused["code"]) == (3, "intake.registered")
    found = answer(world.erp.get(f"/documents?batch={handed['id']}"), 200)["items"]
    assert sorted(one["profile"] for one in found) == ["EARSIVFATURA", "TEMELFATURA", "TEMELFATURA"]


def test_an_objection_is_reported_once(world: World) -> None:
    address = sent(world, archived("freelance_receipt"))
    notice = {"method": "KEP", "number": "2026/17", "date": str(clock.today()), "explanation": "Hizmet alınmadı."}
    for _ in range(2):
        told = answer(world.erp.post(f"{address}/objections", notice), 202)
    assert [(one["method"], one["number"]) for one in told["objections"]] == [("KEP", "2026/17")]
    filed = answer(world.erp.get(f"{address}/filings"), 200)["items"]
    assert [one["what"] for one in filed].count("objected") == 1
    tomorrow = {**notice, "number": "18", "date": str(clock.today() + timedelta(days=1))}
    assert answer(world.erp.post(f"{address}/objections", tomorrow), 422)["code"] == "reporting.objection-day"
    # GİB's schema takes 255: what is longer would be put aside every night, and its time would pass.
    for text, status in (("x" * 256, 422), ("a\x00", 400), ("\u202e", 422), (" ", 422)):
        said = world.erp.post(f"{address}/objections", {**notice, "number": "19", "explanation": text})
        assert said.status_code == status
    unknown = {**notice, "method": "MEKTUP"}
    assert answer(world.erp.post(f"{address}/objections", unknown), 422)["errors"][0]["pointer"] == "/method"


def test_what_cannot_be_cancelled_says_why(world: World) -> None:
    draft = answer(world.erp.post("/documents?intent=draft", shop_sale()), 201)
    invoice = answer(world.erp.post("/documents", friendly()), 202)
    for id in (draft["id"], invoice["id"], 10**9):
        assert answer(world.erp.post(f"/documents/{id}/cancel", {}), 404)["code"] in (
            "reporting.no-document",
            "api.not-found",
        )
    accepted = answer(world.erp.post("/documents", shop_sale()), 202)
    refused = answer(world.erp.post(f"/documents/{accepted['id']}/cancel", {}, Accept_Language="en"), 409)
    assert refused["code"] == "reporting.not-cancelled"
    mine = sent(world, shop_sale())
    assert world.other.post(f"{mine}/cancel", {}).status_code == 404


def test_who_handed_a_document_over_on_paper_says_so(world: World) -> None:
    mine = sent(world, shop_sale(sending="KAGIT"))
    before = answer(world.erp.get(f"{mine}/deliveries"), 200)
    assert (before["delivered_at"], before["deliveries"]) == (None, [])
    assert "/e/" in before["page"]
    for _ in range(2):
        told = answer(world.erp.post(f"{mine}/handover", {"to": "Ayşe Yıldız"}), 200)
    assert [(one["how"], one["to"]) for one in told["deliveries"]] == [("paper", "Ayşe Yıldız")]
    assert told["delivered_at"]
    draft = answer(world.erp.post("/documents?intent=draft", shop_sale()), 201)
    assert answer(world.erp.post(f"/documents/{draft['id']}/handover", {}), 409)["code"] == "delivery.not-issued"


def test_nothing_is_issued_for_a_service_whose_account_is_not_open(world: World) -> None:
    for kind in FORMS:
        issuer = {"tax_id": MELTEM[0], "name": MELTEM[1], **FORMS["freelance_receipt"]["customer"]}
        refused = answer(world.other.post("/documents", archived(kind, supplier=issuer), Accept_Language="en"), 422)
        assert refused["code"] in ("intake.no-account", "intake.no-earchive"), refused
