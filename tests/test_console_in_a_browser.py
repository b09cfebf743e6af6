"""The console looked at: every page without a fault that axe knows, on a phone, in the dark, in English."""

from __future__ import annotations

from typing import Any

import pytest

from console_world import World, trouble
from platform_people import person, signed_in
from portal_browser import PHONE, WIDE, Portal, accessible, portal, shot
from ulak_server.console.rooms import ROOMS

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["portal"]
PLACES = [page for room in ROOMS for page in room.pages if page.method == "GET"]


@pytest.fixture(scope="module")
def world(platform_database: Any) -> World:
    trouble()
    return World()


@pytest.fixture(scope="module")
def token(world: World) -> str:
    return signed_in(person(operator=True))


def test_every_page_is_accessible_and_fits_at_every_size(portal: Portal, token: str, world: World) -> None:
    wide, phone = portal.page(token), portal.page(token, size=PHONE, language="en", theme="dark")
    for place in PLACES:
        path = "/" + place.address.replace("<int:owner>", str(world.taxpayer))
        for page, name in ((wide, "tr"), (phone, "en-phone-dark")):
            page.goto(path)
            accessible(page)
            shot(page, f"{place.name.replace('.', '-')}-{name}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not scrolls, f"{path} is wider than a screen of {name}"


def test_on_a_phone_the_rail_shows_where_one_is(portal: Portal, token: str) -> None:
    page = portal.page(token, size=PHONE)
    for path in ("/console", "/console/credits", "/console/people"):
        page.goto(path)
        box = page.locator(".rail a[aria-current=page]").bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE[0], path


def test_support_is_asked_for_answered_and_seen_by_both_sides(portal: Portal, token: str, world: World) -> None:
    operator, owner = portal.page(token, size=WIDE), portal.page(signed_in(world.owner))
    operator.goto(f"/console/taxpayers/{world.taxpayer}")
    operator.get_by_label("Gerekçe").fill("Reddedilen faturanın nedenine birlikte bakalım.")
    operator.get_by_role("button", name="İste", exact=True).click()
    operator.wait_for_url("**/console/support")
    owner.goto(f"/t/{world.taxpayer}/settings/support")
    accessible(owner)
    shot(owner, "support-asked-tr")
    owner.get_by_role("button", name="4 saatlik izin ver").click()
    owner.get_by_role("button", name="Şimdi bitir").wait_for()
    operator.reload()
    shot(operator, "support-given-tr")
    operator.get_by_role("link", name="Sayfalarını aç").click()
    operator.wait_for_url("**/today")
    shot(operator, "support-helping-tr")
    owner.reload()
    owner.get_by_text("Bakılan sayfalar").click()
    assert owner.get_by_text(f"/t/{world.taxpayer}/today").count() >= 1
    shot(owner, "support-viewed-tr")
    owner.get_by_role("button", name="Şimdi bitir").click()
    owner.get_by_text("bitirildi").wait_for()
    refused = operator.goto(f"/t/{world.taxpayer}/outgoing")
    assert refused is not None
    assert refused.status == 403
