"""Every address of the platform is in the table of permissions and open to whom the table says, and to nobody else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from permission_page import OTHERS, PAGE, shortened, written
from platform_api import Asker, answer, friendly, person, program, two_firms
from platform_ledger_rows import CODE, ledger_rows
from platform_world import ARDIC, MELTEM
from ulak.lifecycle import reports
from ulak_server import clock
from ulak_server.api.contract import Way
from ulak_server.api.service import PREFIX, ways
from ulak_server.console.rooms import ROOMS as CONSOLE
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange import records
from ulak_server.exchange.models_of_reports import Report
from ulak_server.ledgers.models import File, Work
from ulak_server.pages.urls import pages_of
from ulak_server.people import services as people
from ulak_server.people.actors import Standing
from ulak_server.people.permissions import ACTIONS, SCOPES
from ulak_server.portal.rooms import ROOMS as PORTAL

pytestmark = pytest.mark.usefixtures("platform_database")
NOWHERE: Final = 2_000_000_000
WAYS: Final = [way for way in ways() if way.action != "open"]
OPEN: Final = [way for way in ways() if way.action == "open"]
VALUES: Final = {
    "number": MELTEM[0],
    "service": "einvoice",
    "id": str(NOWHERE),
    "file": str(NOWHERE),
    "month": "2026-10",
    "code": "none",
    "form": "csv",
}
ADDRESSES: Final = itertools.count(1)


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return two_firms()


@pytest.fixture(scope="module")
def askers(firms: tuple[int, int]) -> dict[str, Asker]:
    """Somebody of each standing at the first firm; operators and those of both name it."""
    first, second = firms
    found = {
        role: person(f"{role}@ardic.example", {first: role}) for role in ("owner", "accountant", "clerk", "reader")
    }
    found["operator"] = person("op@ulak.example", {}, is_operator=True)
    found["operator"].headers["Ulak-Taxpayer"] = ARDIC[0]
    found["key"] = program(first)
    found["anonymous"] = Asker()
    found["stranger"] = person("owner@meltem.example", {second: "owner"})
    found["stranger key"] = program(second)
    return found


def address(way: Way, values: Mapping[str, str] = VALUES) -> str:
    path = way.path
    if path.startswith(("/envelopes/{id}", "/reports/{id}", "/ledgers/packages/{id}")) and "-" not in values["id"]:
        path = path.replace("{id}", "00000000-0000-4000-8000-000000000000")
    return path.format_map(values)


def call(asker: Asker, way: Way, values: Mapping[str, str] = VALUES, **headers: str) -> int:
    kind = next(iter(way.takes.kinds)) if way.takes else "application/json"
    asker.client.defaults["REMOTE_ADDR"] = f"198.51.{next(ADDRESSES) % 250}.{next(ADDRESSES) % 250}"
    body: Any = {} if way.takes else None
    return asker.call(way.method, address(way, values), body, kind=kind, **headers).status_code


def named(way: Way) -> str:
    return f"{way.method} {way.path}"


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"/{before}{one.pattern}"
        else:
            yield from patterns(one, f"{before}{one.pattern}")


def test_every_address_is_known(firms: tuple[int, int]) -> None:
    known = {f"{PREFIX}{way.path}" for way in ways()} | {one.split(" ")[-1] for one in OTHERS}
    known |= {f"/{shortened(page.address)}" for page in pages_of([*PORTAL, *CONSOLE])}
    found = {shortened(path) for path in patterns(get_resolver())}
    assert found - known <= {f"{PREFIX}/", "/"}, "an address that no table names"
    assert known - found == set()


def test_the_page_shows_the_tables_as_they_are() -> None:
    page = PAGE.read_text("utf-8")
    assert page == written(page), "python tests/permission_page.py"


@pytest.mark.parametrize("standing", list(Standing))
def test_ways_are_open_to_whom_the_table_says(askers: dict[str, Asker], standing: Standing) -> None:
    for way in WAYS:
        status = call(askers[standing], way)
        if standing is Standing.KEY and way.path.startswith("/me/sessions"):
            assert status == 401, "keys have no sessions"
        elif standing in ACTIONS[way.action].open_to:
            assert status not in (401, 403, 500), (named(way), status)
        else:
            assert status == (401 if standing is Standing.ANONYMOUS else 403), (named(way), status)


def test_a_key_does_what_its_scopes_say_and_nothing_else(firms: tuple[int, int]) -> None:
    for scope in SCOPES:
        asker = program(firms[0], [scope])
        for way in WAYS:
            status = call(asker, way)
            may = way.action in (scope, "me.read") and not way.path.startswith("/me/sessions")
            assert (status not in (401, 403)) is may, (scope, named(way), status)


def test_half_a_session_gets_nowhere(firms: tuple[int, int]) -> None:
    people.new_user("yarim@ardic.example", "kirmizi-bisiklet-42")
    asker = Asker()
    opened = answer(asker.post("/session", {"email": "yarim@ardic.example", "password": "kirmizi-bisiklet-42"}), 201)
    asker.headers["X-CSRFToken"] = opened["csrf_token"]
    assert {call(asker, way) for way in WAYS} == {403}


def test_what_is_open_to_all_gives_nothing_to_nobody(firms: tuple[int, int]) -> None:
    for way in OPEN:
        assert call(Asker(), way) in (401, 404, 422), named(way)


def test_a_session_changes_nothing_for_a_page_that_does_not_know_its_token(askers: dict[str, Asker]) -> None:
    owner = askers["owner"]
    for way in WAYS:
        if way.method != "GET":
            assert call(owner, way, X_CSRFToken="0" * 64) == 403, named(way)


# -- other people's ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "stranger key"])
def test_another_taxpayer_does_not_exist(askers: dict[str, Asker], who: str) -> None:
    for way in WAYS:
        if way.needs_taxpayer:
            there, nowhere = (call(askers[who], way, Ulak_Taxpayer=number) for number in (ARDIC[0], "1111111111"))
            assert (there, nowhere) == (403, 403), (named(way), there, nowhere)


def report_of(firm: int) -> str:
    """A report of a firm's that GİB refused."""
    now, id = clock.now(), uuid4()
    record = reports.begun(now, due_at=now, seed=1)._replace(stage=reports.Stage.REFUSED)
    with scoped(Role.PIPELINE, [firm]):
        Report.objects.create(
            id=id, taxpayer_id=firm, product="earsiv", month=now.date().replace(day=1), day=now.date(), cause="night",
            section_no=Report.objects.filter(taxpayer_id=firm).count() + 1, due_at=now, created_at=now,
            stage=record.stage, road=records.write(record),
        )  # fmt: skip
    return str(id)


def rows_of(askers: dict[str, Asker], firm: int) -> dict[str, list[str]]:
    """What the first firm has, by the address that begins so."""
    owner = askers["owner"]
    answer(askers["key"].post("/documents?intent=draft", friendly()), 201)
    answer(askers["key"].post("/batches", [friendly()]), 202)
    answer(owner.post("/keys", {"name": "x", "scopes": ["documents.read"]}), 201)
    answer(owner.post("/invitations", {"email": "c@ardic.example", "role": "clerk"}), 201)
    with scoped(Role.WEB, [firm]):
        documents = [str(id) for id in Document.objects.values_list("id", flat=True)]
    found = {
        name: [str(one["id"]) for one in answer(owner.get(f"/{name}"), 200)["items"]]
        for name in ("aliases", "series", "keys", "invitations", "batches")
    }
    members = [str(one["id"]) for one in answer(owner.get("/members"), 200)["items"]]
    found["reports"] = [report_of(firm)]
    return {**found, "members": members, "documents": documents, "incoming": documents, "operations": documents}


@pytest.mark.parametrize("who", ["stranger", "stranger key"])
def test_another_taxpayers_rows_do_not_exist_by_their_ids_either(
    askers: dict[str, Asker], firms: tuple[int, int], who: str
) -> None:
    rows = rows_of(askers, firms[0])
    tried = 0
    for way in WAYS:
        if "{id}" not in way.path or way.path.split("/")[1] not in rows:
            continue
        for id in rows[way.path.split("/")[1]]:
            status = call(askers[who], way, {**VALUES, "id": id})
            assert status in (403, 404) or (status == 422 and way.takes), (named(way), id, status)
            tried += 1
    assert tried > 40


@pytest.mark.parametrize("who", ["stranger", "stranger key"])
def test_another_taxpayers_books_do_not_exist_by_their_ids_either(
    askers: dict[str, Asker], firms: tuple[int, int], who: str
) -> None:
    rows, own = ledger_rows(firms[0]), ledger_rows(firms[1])
    values = {**VALUES, "file": rows["file"], "code": CODE}
    tried = 0
    for way in WAYS:
        kind = way.path.split("/")[2] if way.path.startswith("/ledgers/") and "{id}" in way.path else ""
        # The file of somebody else's in a work of one's own is the cleverer question.
        for id in {rows[kind], own[kind]} if "{file}" in way.path else {rows[kind]} if kind else ():
            status = call(askers[who], way, {**values, "id": id})
            assert status in (403, 404) or (status == 422 and way.takes), (named(way), id, status)
            tried += 1
    assert tried > 20
    with scoped(Role.WEB, [firms[0]]):
        assert Work.objects.get(id=rows["works"]).stage == "checked"
        assert File.objects.filter(id=rows["file"]).exists()


def test_strange_letters_in_addresses_of_books_find_nothing(askers: dict[str, Asker], firms: tuple[int, int]) -> None:
    part, owner = ledger_rows(firms[0])["parts"], askers["owner"]
    for strange in ("%27%3B--", "9" * 60):
        assert owner.get(f"/ledgers/months/2026-09/balance?branch={strange}").status_code in (200, 404, 422)
        assert answer(owner.get(f"/ledgers/parts/{part}/lines?q={strange}"), 200)["items"] == []


def test_lists_show_a_taxpayers_own_alone(askers: dict[str, Asker], firms: tuple[int, int]) -> None:
    rows = rows_of(askers, firms[0])
    for name in ("documents", "aliases", "series", "keys", "invitations", "batches", "reports"):
        shown = answer(askers["stranger"].get(f"/{name}"), 200)["items"]
        assert not {str(one["id"]) for one in shown} & set(rows[name]), name
    members = answer(askers["stranger"].get("/members"), 200)["items"]
    assert [one["email"] for one in members] == ["owner@meltem.example"]


def test_operators_get_no_contents_whatever_they_name(askers: dict[str, Asker], firms: tuple[int, int]) -> None:
    for id in rows_of(askers, firms[0])["documents"]:
        for end in ("", "/xml", "/json", "/timeline"):
            assert askers["operator"].get(f"/documents/{id}{end}").status_code == 403
