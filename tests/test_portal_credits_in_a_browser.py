"""Kontör in a real browser: loaded, found, and looked at on a phone, a screen and a wall, in the light and the dark."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import expect

from credits_world import Credits
from platform_people import person, signed_in
from portal_browser import PHONE, SCREEN, WIDE, Portal, accessible, portal, shot

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("platform_database")
LOOKS: Final = ((SCREEN, "light", "tr"), (PHONE, "dark", "en"), (WIDE, "dark", "tr"))


@pytest.fixture(scope="module")
def world(platform_database: str) -> Credits:
    return Credits()


@pytest.fixture(scope="module")
def owner(world: Credits) -> str:
    return signed_in(person(*((firm, "owner") for firm in (world.plain, world.well, world.low, world.empty))))


def test_kontor_are_loaded_by_one_and_found_by_the_other(portal: Portal, world: Credits, owner: str) -> None:
    operator, mine = portal.page(signed_in(person(operator=True))), portal.page(owner)
    operator.goto("/console/credits?show=waiting")
    operator.get_by_role("link", name="Zeytin Dalı").click()
    form = operator.locator("form", has=operator.get_by_role("heading", name="Kontör yükle"))
    form.get_by_label("Kontör", exact=True).fill("100")
    form.get_by_label("Satış faturası").fill("ULK2026000000055")
    accessible(operator)
    form.get_by_role("button", name="Yükle").click()
    expect(operator.get_by_text("Kontör yüklendi.")).to_be_visible()
    expect(operator.locator("#stands .figure")).to_have_text("100")
    mine.goto(f"/t/{world.empty}/settings/credits")
    expect(mine.get_by_text("ULK2026000000055").first).to_be_visible()
    mine.get_by_label("Hareket", exact=True).select_option("loaded")
    mine.get_by_role("button", name="Süz").click()
    mine.wait_for_url("**what=loaded**")
    expect(mine.locator("#entries tbody tr")).to_have_count(2)
    with mine.expect_download() as told:
        mine.get_by_role("link", name="Excel").click()
    assert told.value.suggested_filename.startswith("ulak-kontor-")


@pytest.mark.parametrize(("size", "theme", "language"), LOOKS)
def test_pages_look_right(
    portal: Portal, world: Credits, owner: str, size: tuple[int, int], theme: str, language: str
) -> None:
    mine = portal.page(owner, size=size, theme=theme, language=language)
    theirs = portal.page(signed_in(person(operator=True)), size=size, theme=theme, language=language)
    places = {
        "credits-none": (mine, f"/t/{world.plain}/settings/credits"),
        "credits-enough": (mine, f"/t/{world.well}/settings/credits"),
        "credits-low": (mine, f"/t/{world.low}/settings/credits"),
        "credits-home": (mine, f"/t/{world.low}/today"),
        "console-credits": (theirs, "/console/credits"),
        "console-credits-one": (theirs, f"/console/credits/{world.well}"),
    }
    for name, (page, place) in places.items():
        page.goto(place)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        shot(page, f"{name}-{size[0]}-{theme}-{language}")
