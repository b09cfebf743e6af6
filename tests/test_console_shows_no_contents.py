"""The operator's pages: open to operators alone, useful when nothing and when much is wrong, silent about contents."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from console_world import SECRET, World, trouble
from platform_asides import standing
from platform_people import person, signed_in
from platform_world import ARDIC, MELTEM
from portal_client import Visitor, visitor
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.console.rooms import ROOMS
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.pages.door import LANGUAGE_COOKIE
from ulak_server.people.models import Support, User
from ulak_server.taxpayers.models import Taxpayer

pytestmark = pytest.mark.usefixtures("platform_database")
PAGES = [page for room in ROOMS for page in room.pages]


@pytest.fixture(scope="module")
def world(platform_database: Any) -> World:
    trouble()
    return World()


@pytest.fixture(scope="module")
def someone(world: World) -> Visitor:
    return visitor(operator=True)


@pytest.fixture
def operator(someone: Visitor) -> Visitor:
    someone.client.cookies[LANGUAGE_COOKIE] = "tr"
    return someone


@pytest.fixture(scope="module")
def others(world: World) -> dict[str, Visitor]:
    roles = ("owner", "accountant", "clerk", "reader")
    return {"": Visitor(), **{role: visitor((world.taxpayer, role)) for role in roles}}


def address(page: Any, world: World) -> str:
    path = f"/{page.address}"
    for name, value in (
        ("<int:owner>", world.taxpayer),
        ("<int:document>", world.documents[0]),
        ("<int:user>", world.owner.id),
        ("<int:id>", 1),
        ("<int:subject>", 1),
        ("<slug:station>", "telling"),
        ("<str:service>", "einvoice"),
        ("<str:number>", ARDIC[0]),
        ("<uuid:report>", "00000000-0000-4000-8000-000000000000"),
        ("<uuid:package>", "00000000-0000-4000-8000-000000000000"),
    ):
        path = path.replace(name, str(value))
    assert "<" not in path
    return path


GETS = [page for page in PAGES if page.method == "GET"]


@pytest.mark.parametrize("page", GETS, ids=lambda page: page.name)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_page_opens_and_says_nothing_of_contents(
    page: Any, language: str, world: World, operator: Visitor
) -> None:
    operator.client.cookies[LANGUAGE_COOKIE] = language
    response = operator.get(address(page, world))
    said = response.content.decode()
    assert response.status_code == 200
    assert [mark for mark in SECRET if mark in said] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.name}")
@pytest.mark.parametrize("role", ["owner", "accountant", "clerk", "reader", ""])
def test_no_page_is_open_to_anybody_else(page: Any, role: str, world: World, others: dict[str, Visitor]) -> None:
    who = others[role]
    send = who.get if page.method == "GET" else who.post
    response = send(address(page, world))
    assert response.status_code == (403 if role else 302)
    if not role:
        assert response["Location"].startswith("/sign-in")


def test_the_overview_links_each_need_to_where_it_is_met(world: World, operator: Visitor) -> None:
    said = operator.get("/console").content.decode()
    assert "2 belgenin ulaşıp ulaşmadığı bilinmiyor." in said
    assert 'href="/console/stuck"' in said
    assert "Çalışan işçi yok" in said


def test_what_is_put_aside_is_tried_again_when_an_operator_says_so(world: World, operator: Visitor) -> None:
    for owner in (world.taxpayer, 0):
        asides.put_aside("inbound", Unit(owner, 4711), ValueError())
    overview = operator.get("/console").content.decode()
    assert "1 mükellefin ve 1 kaydın işi yapılamıyor." in overview
    said = operator.get("/console/queues").content.decode()
    assert "Gelen zarflar" in said
    assert 'href="/console/taxpayers/0"' not in said
    for owner in (world.taxpayer, 0):
        way = f"/console/queues/inbound/{owner}/4711/again"
        assert f'action="{way}"' in said
        assert operator.post(way).status_code == 303
    # Those of other tests may be there, too.
    mine = [one.until <= clock.now() for one in standing() if (one.station, one.subject) == ("inbound", 4711)]
    assert mine == [True, True]
    for owner in (world.taxpayer, 0):
        asides.take_back("inbound", Unit(owner, 4711))
    assert operator.post(way).status_code == 303, "another was faster: it is said, and nothing is wrong"


def test_a_disputed_document_is_entered_as_delivered_or_sent_again(world: World, operator: Visitor) -> None:
    for document, verb in ((world.documents[0], "confirm"), (world.documents[5], "release")):
        answer = operator.post(f"/console/stuck/{world.taxpayer}/{document}/{verb}")
        # The marked rows have no road of a disputed document: the law says that there is nothing to find out.
        assert answer.status_code in (303, 409, 422)


def test_a_taxpayer_is_taken_on_and_its_account_asked_for(operator: Visitor) -> None:
    odd = operator.post("/console/taxpayers/new", {"number": "123", "title": "Deneme", "contract_from": "2026-01-01"})
    assert odd.status_code == 422
    assert "Deneme" in odd.content.decode()
    made = operator.post(
        "/console/taxpayers/new", {"number": MELTEM[0], "title": "Kavak Orman Ltd.", "contract_from": "2026-01-01"}
    )
    assert made.status_code == 303, made.content.decode()[:2000]
    with scoped(Role.OPERATOR):
        id = Taxpayer.objects.get(number=MELTEM[0]).id
    refused = operator.post(f"/console/taxpayers/{id}/accounts/einvoice/open", {"kind": "private"})
    assert refused.status_code == 422
    assert "account.aliases-missing" in refused.content.decode()
    assert operator.post(f"/console/taxpayers/{id}/contract", {"until": "2026-12-31"}).status_code == 303
    assert "31.12.2026" in operator.get(f"/console/taxpayers/{id}").content.decode()
    invited = operator.post(f"/console/taxpayers/{id}/invite", {"email": "sahip@kavak.example"})
    assert f"/invitation/{id}." in invited.content.decode()


def test_taxpayers_are_found_by_number_title_and_stage(world: World, operator: Visitor) -> None:
    for query in ({"text": ARDIC[0][:5]}, {"text": "ardıç"}, {"stage": "active"}):
        assert ARDIC[1] in operator.get("/console/taxpayers", **query).content.decode()
    assert "Bulunamadı" in operator.get("/console/taxpayers", text="yok böyle biri").content.decode()


def test_the_record_is_verified_at_the_press_of_a_button(operator: Visitor) -> None:
    assert "Kayıt mühürlendiği gibi." in operator.post("/console/audit").content.decode()


def test_operators_let_each_other_in_and_out(operator: Visitor) -> None:
    other = person()
    assert operator.post("/console/people", {"email": other.email}).status_code == 303
    assert operator.post("/console/people", {"email": "yok@ornek.example"}).status_code == 404
    token = signed_in(other)
    assert Visitor(token).get("/console").status_code == 200
    assert operator.post(f"/console/people/{other.id}/out").status_code == 303
    assert Visitor(token).get("/console").status_code == 302
    with scoped(Role.OPERATOR):
        assert not User.objects.values_list("is_active", flat=True).get(id=other.id)


def test_support_access_goes_from_asking_to_reading_to_its_end(world: World, operator: Visitor) -> None:
    home, page = f"/t/{world.taxpayer}/outgoing", f"/t/{world.taxpayer}/settings/support"
    assert operator.get(home).status_code == 403
    asked = operator.post(f"/console/support/{world.taxpayer}", {"reason": "Birlikte bakalım.", "hours": "4"})
    assert asked.status_code == 303
    owner = Visitor(signed_in(world.owner))
    assert "Birlikte bakalım." in owner.get(page).content.decode()
    with scoped(Role.OPERATOR):
        id = Support.objects.get(taxpayer_id=world.taxpayer).id
    assert operator.post(f"{page}/{id}/consent").status_code == 403
    assert owner.post(f"{page}/{id}/consent").status_code == 303
    seen = operator.get(home)
    assert seen.status_code == 200
    assert SECRET[0] in seen.content.decode()
    assert operator.get(f"/t/{world.taxpayer}/documents/{world.documents[2]}").status_code == 200
    assert operator.post(f"/t/{world.taxpayer}/documents/{world.documents[2]}/withdraw").status_code == 403
    assert home in owner.get(page).content.decode()
    assert home not in operator.get("/console").content.decode()
    assert owner.post(f"{page}/{id}/end").status_code == 303
    assert operator.get(home).status_code == 403


def test_a_helper_s_pages_write_nothing(world: World, operator: Visitor) -> None:
    """Every page of the taxpayer opens, or is refused in words, for somebody whose transactions can only read."""
    operator.post(f"/console/support/{world.taxpayer}", {"reason": "Bir daha.", "hours": "1"})
    with scoped(Role.OPERATOR):
        id = Support.objects.filter(taxpayer_id=world.taxpayer).order_by("-id")[0].id
    Visitor(signed_in(world.owner)).post(f"/t/{world.taxpayer}/settings/support/{id}/consent")
    before = states(world)
    for path in (
        "today",
        "outgoing",
        "incoming",
        "despatches",
        "contacts",
        "items",
        "imports",
        "settings",
        "search?text=x",
    ):
        assert operator.get(f"/t/{world.taxpayer}/{path}").status_code in (200, 403), path
    assert states(world) == before


def states(world: World) -> list[tuple[int, str]]:
    with scoped(Role.WEB, [world.taxpayer]):
        return list(Document.objects.filter(taxpayer_id=world.taxpayer).order_by("id").values_list("id", "stage"))


def test_forms_need_the_mark_of_the_page(operator: Visitor) -> None:
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.cookies["ulak_portal"] = operator.token
    assert strict.post("/console/audit").status_code == 403
