"""Inventory books over the API: the list uploaded, looked through, made, sealed, sent; GİB's approval fetched.

The opening's numbers go on in the closing, and nothing of it gets in the way of the month's own books.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest

from platform_api import Asker, answer, program
from platform_ledger_works import FACTS, done, rules, set_up, software, someone, worker
from platform_ledgers import Books, books
from platform_world import ARDIC, MELTEM, taxpayer
from support import needs_reference
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.station import Works

pytestmark = [pytest.mark.usefixtures("platform_database"), needs_reference]
OPENING: Final = "2025-11"
CLOSING: Final = "2026-10"
BAD: Final = "Hesap Kodu;Ana Hesap Adı;Tutar\n153.01;TİCARİ MALLAR;çok\n"


@pytest.fixture(scope="module")
def firm(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def erp(firm: int) -> Asker:
    return program(firm)


@pytest.fixture(scope="module")
def world(firm: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Books, Works]]:
    with books() as made, worker() as works, rules(tmp_path_factory.mktemp("packs")), software():
        ledgers.save_facts(set_up(firm), firm, FACTS | {"fiscal_start": "11-01"})
        yield made, works


def step(erp: Asker, works: Works, work: int, **wanted: Any) -> Any:
    answer(erp.post(f"/ledgers/works/{work}/steps", wanted), 202)
    done(works)
    return answer(erp.get(f"/ledgers/works/{work}"), 200)["work"]


def uploaded(erp: Asker, works: Works, work: int, name: str, data: bytes) -> Any:
    file = answer(erp.call("PUT", f"/ledgers/works/{work}/files?name={name}", data, kind="text/csv"), 200)
    done(works)
    return answer(erp.get(f"/ledgers/works/{work}/files/{file['id']}"), 200)["file"]


def template(erp: Asker) -> bytes:
    return streamed(erp.get("/ledgers/inventories/template.csv"))


def streamed(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def inventory(erp: Asker, month: str, year: int) -> Any:
    found = answer(erp.get(f"/ledgers/inventories?year={year}"), 200)["items"]
    return next(one for one in found if one["day"].startswith(month))


def test_an_opening_inventory_goes_from_its_list_to_gibs_approval(
    world: tuple[Books, Works], erp: Asker, firm: int
) -> None:
    gib, works = world
    listed = answer(erp.get("/ledgers/inventories?year=2026"), 200)["items"]
    assert [(one["day"], one["is_opening"], one["state"]) for one in listed] == [
        ("2026-10-31", False, "none"),
        ("2026-11-01", True, "none"),
    ]
    wrong = answer(erp.post("/ledgers/works", {"month": "2026-09", "kind": "inventory"}), 422)
    assert wrong["code"] == "lifecycle.ledger-inventory-day"
    begun = answer(erp.post("/ledgers/works", {"month": OPENING, "kind": "inventory"}), 201)
    work = begun["work"]["id"]
    strange = uploaded(erp, works, work, "sayim.csv", b"Kod;Tutar\n1;2\n")
    assert (strange["state"], "Hesap Kodu" in strange["error"]) == ("broken", True)
    me = someone(firm)
    ledgers.remove_file(me, firm, work, strange["id"])
    bad = uploaded(erp, works, work, "hatali.csv", BAD.encode())
    assert step(erp, works, work, step="check")["stage"] == "checked"
    found = answer(erp.get(f"/ledgers/works/{work}/findings"), 200)["items"]
    assert {one["code"] for one in found} == {"ledger.inventory.cell"}
    assert answer(erp.post(f"/ledgers/works/{work}/steps", {"step": "plan"}), 409)["code"] == "ledger-work.has-errors"
    ledgers.remove_file(me, firm, work, bad["id"])
    uploaded(erp, works, work, "sayim.csv", template(erp))
    assert step(erp, works, work, step="check")["stage"] == "checked"
    assert step(erp, works, work, step="plan")["stage"] == "planned"
    preview = answer(erp.get(f"/ledgers/works/{work}/preview"), 200)
    assert (len(preview["parts"]), len(preview["packages"]), len(preview["balance"])) == (1, 1, 3)
    assert preview["due_at"].startswith("2026-03-1")
    assert ledgers.page_of(me, firm, work, 1).entries[1].lines[0].sub == "153.01"
    assert step(erp, works, work, step="create")["stage"] == "built"
    answer(erp.post(f"/ledgers/works/{work}/seal", {"key": "integrator", "stamped": False}), 202)
    done(works)
    answer(erp.post(f"/ledgers/works/{work}/send"), 202)
    done(works)
    gib.a_while()

    made = inventory(erp, OPENING, 2025)
    assert (made["state"], made["may_begin"], [one["stage"] for one in made["packages"]]) == (
        "approved",
        False,
        ["fetched"],
    )
    (part,) = made["parts"]
    assert {one["kind"] for one in part["files"]} == {"E", "EB"}
    again = answer(erp.post("/ledgers/works", {"month": OPENING, "kind": "inventory"}), 422)
    assert again["code"] == "lifecycle.ledger-inventory-there"
    lines = answer(erp.get(f"/ledgers/parts/{part['id']}/lines?q=telefon"), 200)
    assert [Decimal(one["debit"]) for one in lines["items"]] == [Decimal("1000000.00")]
    folder = zipfile.ZipFile(io.BytesIO(streamed(erp.get(f"/ledgers/months/{OPENING}/folder"))))
    place = f"{ARDIC[0]}/01.11.2025-31.10.2026/11/"
    names = {name.removeprefix(place) for name in folder.namelist()}
    stem = f"{ARDIC[0]}-202511"
    assert {f"{stem}-E-000000.xml", f"{stem}-EB-000000.xml", f"GIB-{stem}-EB-000000.xml", "envanter.xslt"} <= names


def test_the_month_itself_is_left_as_it_is(world: tuple[Books, Works], erp: Asker) -> None:
    month = next(one for one in answer(erp.get("/ledgers/months?year=2025"), 200)["items"] if one["month"] == OPENING)
    assert (month["parts"], month["state"]) == (0, "empty")
    assert answer(erp.get(f"/ledgers/months/{OPENING}"), 200)["parts"] == []
    assert answer(erp.get(f"/ledgers/months/{OPENING}/balance"), 200)["items"] == []
    assert answer(erp.get("/ledgers/calendar?year=2025"), 200)["items"] == []


def test_the_closing_goes_on_where_the_opening_ended(world: tuple[Books, Works], erp: Asker) -> None:
    _, works = world
    work = answer(erp.post("/ledgers/works", {"month": CLOSING, "kind": "inventory"}), 201)["work"]["id"]
    uploaded(erp, works, work, "sayim.csv", template(erp))
    assert step(erp, works, work, step="check")["stage"] == "checked"
    sums = answer(erp.get(f"/ledgers/works/{work}/findings"), 200)["sums"]
    assert (sums["first_entry"], sums["last_entry"], sums["first_day"]) == (4, 6, "2026-10-31")
    assert inventory(erp, CLOSING, 2026)["state"] == "made"


def test_others_see_nothing_of_it(world: tuple[Books, Works], erp: Asker) -> None:
    stranger = program(taxpayer(MELTEM, "MEL"))
    part = inventory(erp, OPENING, 2025)["parts"][0]
    for address in (f"/ledgers/parts/{part['id']}/lines", f"/ledgers/books/{part['files'][0]['id']}/file"):
        assert stranger.get(address).status_code == 404
    assert [one["works"] for one in answer(stranger.get("/ledgers/inventories?year=2026"), 200)["items"]] == [[]] * 2
