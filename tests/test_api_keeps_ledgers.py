"""An ERP makes a month's books over the API alone: uploaded, checked, made, sealed, sent, approved, fetched."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

import pytest
from django.http import StreamingHttpResponse
from django.test import override_settings

from platform_api import Asker, answer, person, program
from platform_ledger_works import FACTS, done, entries, rules, worker
from platform_ledgers import Books, books
from platform_merkez import environment
from platform_world import ARDIC, MELTEM, taxpayer
from support import needs_reference
from ulak.rules import PackStore
from ulak_server.exchange.ledgers.problems import LedgerExchangeError
from ulak_server.exchange.ledgers.verifying import check_rules
from ulak_server.ledgers.station import Works

pytestmark = [pytest.mark.usefixtures("platform_database"), needs_reference]
SOFTWARE: Final = "8642031054##Deneme Yazılım A.Ş.##Ulak##1.0"
MONTH: Final = "2026-10"


@pytest.fixture(scope="module")
def people(firm: int) -> dict[str, Asker]:
    """People who have signed in, by the clock of the wall."""
    found = {role: person(f"{role}@ardic.example", {firm: role}) for role in ("owner", "clerk", "reader")}
    found["operator"] = person("op@ulak.example", {}, is_operator=True)
    found["operator"].headers["Ulak-Taxpayer"] = ARDIC[0]
    found["stranger"] = program(taxpayer(MELTEM, "MEL"))
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packs")


@pytest.fixture(scope="module")
def packs(home: Path) -> PackStore:
    """GİB's rules, once the world has put them there."""
    return PackStore(home)


@pytest.fixture(scope="module")
def world(people: dict[str, Asker], home: Path) -> Iterator[tuple[Books, Works]]:
    with (
        books() as made,
        worker() as works,
        rules(home),
        environment(ULAK_EDEFTER_SOFTWARE=SOFTWARE),
    ):
        yield made, works


@pytest.fixture(scope="module")
def firm(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def erp(firm: int) -> Asker:
    return program(firm)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return entries(tmp_path_factory.mktemp("export"), 300)


def told(response: Any, status: int = 200) -> bytes:
    """The bytes of an answer that is no JSON."""
    assert response.status_code == status, response.content
    if isinstance(response, StreamingHttpResponse):
        return b"".join(cast(Iterator[bytes], response.streaming_content))
    content: bytes = response.content
    return content


def step(erp: Asker, works: Works, work: int, **wanted: Any) -> Any:
    answer(erp.post(f"/ledgers/works/{work}/steps", wanted), 202)
    done(works)
    return answer(erp.get(f"/ledgers/works/{work}"), 200)["work"]


def test_a_month_goes_from_the_export_to_gibs_approval(
    world: tuple[Books, Works], erp: Asker, people: dict[str, Asker], export: bytes, packs: PackStore
) -> None:
    gib, works = world
    owner = people["owner"]
    wrong = answer(owner.call("PUT", "/ledgers/facts", {"phone": "12"}), 422)
    assert "/phone" in {one["pointer"] for one in wrong["errors"]}
    assert answer(owner.call("PUT", "/ledgers/facts", FACTS), 200)["facts"]["creator"] == FACTS["creator"]
    answer(owner.call("PUT", "/ledgers/consent", {"day": "2026-01-02"}), 204)
    assert answer(erp.get("/ledgers/facts"), 200)["keys"] == ["integrator"]

    begun = answer(erp.post("/ledgers/works", {"month": MONTH}), 201)
    work = begun["work"]["id"]
    assert answer(erp.post("/ledgers/works", {"month": MONTH}), 201)["work"]["id"] == work
    put = f"/ledgers/works/{work}/files?name=ekim.csv"
    file = answer(erp.call("PUT", put, export, kind="text/csv"), 200)
    assert file["received"] == len(export)
    assert answer(erp.call("PUT", put, export, kind="text/csv"), 200)["id"] == file["id"]
    assert answer(erp.call("PUT", put + "x", export, kind="text/csv"), 422)["code"] == "ledger-work.file-kind"
    done(works)
    look = answer(erp.get(f"/ledgers/works/{work}/files/{file['id']}"), 200)
    assert (look["file"]["state"], look["missing"]) == ("taken", [])
    assert "amount" in answer(erp.get("/ledgers/mappings"), 200)["fields"] or look["columns"]

    assert answer(erp.post(f"/ledgers/works/{work}/send"), 409)["code"] == "ledger-work.not-now"
    assert step(erp, works, work, step="check")["stage"] == "checked"
    found = answer(erp.get(f"/ledgers/works/{work}/findings"), 200)
    assert found["sums"]["debit"] == found["sums"]["credit"]
    assert told(erp.get(f"/ledgers/works/{work}/findings.csv")).startswith(b"\xef\xbb\xbf")
    seen = [one["code"] for one in found["items"]]
    assert step(erp, works, work, step="plan", seen=seen)["stage"] == "planned"
    preview = answer(erp.get(f"/ledgers/works/{work}/preview"), 200)
    assert [one["number"] for one in preview["parts"]] == ["000000"]
    assert len(preview["packages"]) == 2
    assert step(erp, works, work, step="create")["stage"] == "built"
    answer(erp.post(f"/ledgers/works/{work}/seal", {"key": "integrator", "stamped": False}), 202)
    done(works)
    sent = answer(erp.post(f"/ledgers/works/{work}/send"), 202)
    assert sent["work"]["stage"] in ("sending", "sent")
    done(works)
    gib.a_while()

    late = answer(erp.post(f"/ledgers/works/{work}/seal", {"anew": True}), 409)
    assert late["code"].startswith("ledger-work.")
    month = answer(erp.get(f"/ledgers/months/{MONTH}"), 200)
    assert {one["kind"]: one["stage"] for one in month["packages"]} == {"YB": "fetched", "KB": "fetched"}
    assert {one["kind"]: one["duty"] for one in month["copies"]}["K"] == "own-only"
    answer(erp.post(f"/ledgers/months/{MONTH}/report", {"key": "integrator", "stamped": False}), 202)
    done(works)
    gib.a_while()
    year = answer(erp.get("/ledgers/months?year=2026"), 200)["items"]
    assert next(one["state"] for one in year if one["month"] == MONTH) == "closed"
    (term,) = (one for one in answer(erp.get("/ledgers/calendar?year=2026"), 200)["items"] if one["closed_at"])
    assert term["month"] == MONTH

    package = next(one for one in month["packages"] if one["kind"] == "YB")
    shown = answer(erp.get(f"/ledgers/packages/{package['id']}"), 200)
    what = [one["what"] for one in shown["calls"]]
    assert (what[0], what[-1]) == ("send", "fetch")
    approved = told(erp.get(f"/ledgers/packages/{package['id']}/approved"))
    assert b"CounterSignature" in approved
    check_rules(approved, package["name"], date(2026, 11, 22), packs)
    with pytest.raises(LedgerExchangeError, match="berat-rules"):
        check_rules(approved, package["name"].replace(ARDIC[0], MELTEM[0]), date(2026, 11, 22), packs)
    inside = zipfile.ZipFile(io.BytesIO(told(erp.get(f"/ledgers/packages/{package['id']}/file"))))
    (part,) = month["parts"]
    journal = next(one for one in part["files"] if one["kind"] == "Y")
    data = told(erp.get(f"/ledgers/books/{journal['id']}/file"))
    assert hashlib.sha256(data).hexdigest() == journal["digest"]
    assert inside.read(journal["name"]) == data
    folder = zipfile.ZipFile(io.BytesIO(told(erp.get(f"/ledgers/months/{MONTH}/folder"))))
    kinds = ("DR", "GIB-KB", "GIB-YB", "K", "KB", "Y", "YB")
    place = f"{ARDIC[0]}/01.01.2026-31.12.2026/10"
    names = {f"{place}/{'GIB-' * ('GIB' in kind)}{ARDIC[0]}-202610-{kind[-2:].strip('-')}-000000.xml" for kind in kinds}
    assert {name for name in folder.namelist() if name.endswith(".xml")} == names
    assert folder.read(f"{place}/{journal['name'].removesuffix('.xml')}.xml") == data
    address = f"/ledgers/books/{journal['id']}/compare"
    octets = "application/octet-stream"
    assert answer(erp.call("POST", address, data, kind=octets), 200)["id"] == journal["id"]
    changed = answer(erp.call("POST", address, data.replace(b"TRY", b"USD", 1), kind=octets), 409)
    assert changed["code"] == "ledger-work.not-ours"
    balance = answer(erp.get(f"/ledgers/months/{MONTH}/balance"), 200)["items"]
    assert sum(Decimal(one["balance"]) for one in balance) == 0
    account = balance[0]["account"]
    lines = answer(erp.get(f"/ledgers/parts/{part['id']}/lines?q={account}&limit=2"), 200)
    assert all(one["account"] == account for one in lines["items"])
    assert lines["count"] >= len(lines["items"])
    order = {"order": "withdraw"}
    refused = answer(erp.post(f"/ledgers/packages/{package['id']}/orders", order), 409)
    assert refused["code"] == "ledger-exchange.not-withdrawn"
    answer(erp.post(f"/ledgers/packages/{package['id']}/orders", {"order": "fetch"}), 202)
    gib.a_while()
    assert answer(erp.get(f"/ledgers/packages/{package['id']}"), 200)["package"]["stage"] == "fetched"
    others_see_nothing(people, work, file["id"], part["id"], journal["id"], package["id"])


def others_see_nothing(people: dict[str, Asker], work: int, file: int, part: int, book: int, package: str) -> None:
    """Neither another taxpayer's program nor the operator gets at a month."""
    addresses = (
        f"/ledgers/works/{work}", f"/ledgers/works/{work}/files/{file}", f"/ledgers/works/{work}/findings",
        f"/ledgers/parts/{part}/lines", f"/ledgers/books/{book}/file", f"/ledgers/packages/{package}",
        f"/ledgers/packages/{package}/file", f"/ledgers/packages/{package}/approved",
    )  # fmt: skip
    for address in addresses:
        assert people["stranger"].get(address).status_code == 404, address
        assert people["operator"].get(address).status_code == 403, address
    assert people["reader"].get(addresses[0]).status_code == 200
    assert people["reader"].post(f"/ledgers/works/{work}/steps", {"step": "cancel"}).status_code == 403
    assert people["clerk"].post(f"/ledgers/works/{work}/send").status_code == 403


def test_an_upload_is_weighed_before_it_is_read(world: tuple[Books, Works], erp: Asker) -> None:
    work = answer(erp.post("/ledgers/works", {"month": "2026-09"}), 201)["work"]["id"]
    put = f"/ledgers/works/{work}/files?name=eylul.csv"
    assert answer(erp.call("PUT", put, b"x" * 10, kind="text/html"), 415)["code"] == "api.content-type"
    assert (
        answer(erp.call("PUT", f"/ledgers/works/{work}/files", b"x", kind="text/csv"), 422)["code"] == "api.parameter"
    )
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        assert answer(erp.call("PUT", put, b"a;b\n" * 100, kind="text/csv"), 200)["received"] == 400
    assert answer(erp.get("/ledgers/months/2026-13"), 404)["code"] == "api.not-found"
    copied = answer(erp.call("PUT", "/ledgers/months/2023-05/copies", {"uploaded_on": "2023-09-01"}), 200)
    assert {one["is_done"] for one in copied["copies"]} == {True}
    assert answer(erp.call("PUT", "/ledgers/months/2023-05/copies", {"uploaded_on": "2099-01-01"}), 422)
