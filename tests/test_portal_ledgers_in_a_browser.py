"""The months of a company's books in a real browser: a journey into a book, and how the pages look."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from platform_people import person, signed_in
from platform_world import MELTEM, taxpayer
from portal_browser import PHONE, SCREEN, Portal, accessible, portal, shot
from portal_ledgers_world import CLOSED, company, judged, making, packages, sent
from ulak.lifecycle.ledgers import Stage

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("platform_database")
WORDS = "Şematron hatası: 4. satırda hesap adı boş."


class World(NamedTuple):
    """A company whose July GİB refused, and one that has not begun."""

    firm: int
    new: int
    owner: str


@pytest.fixture(scope="module")
def world(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("ledgers")
    firm, new = taxpayer(), taxpayer(MELTEM)
    me = company(firm, "0001")
    with making(folder) as works:
        sent(works, me, firm, folder, CLOSED, 120)
        judged(firm, CLOSED, Stage.REFUSED, words=WORDS, kinds="YB")
    return World(firm, new, signed_in(person((firm, "owner"), (new, "owner"))))


def test_a_voucher_is_found_and_shown_in_its_book(portal: Portal, world: World) -> None:
    page = portal.page(world.owner)
    page.goto(f"/t/{world.firm}/today")
    page.get_by_role("navigation", name="Ana menü").get_by_role("link", name="Defter").click()
    page.get_by_role("link", name="Merkez", exact=True).click()
    expect(page.get_by_role("heading", name="GİB kabul etmedi: Temmuz 2026.")).to_be_visible()
    page.get_by_role("link", name="Temmuz 2026", exact=True).click()
    expect(page.get_by_role("heading", name=WORDS)).to_be_visible()
    page.get_by_role("link", name="Deftere bak").click()
    page.get_by_label("Ara", exact=True).and_(page.get_by_role("searchbox")).fill("banka tahsilatı")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Aramayı temizle")).to_be_visible()
    accessible(page)
    shot(page, "ledgers-found", whole=False)
    entry = page.get_by_role("cell").get_by_role("link").first
    number = entry.inner_text()
    entry.click()
    expect(page.locator(f"#e{number}")).to_be_in_viewport()
    page.get_by_role("link", name="Büyük defter", exact=True).click()
    expect(page.get_by_role("heading", name="Büyük defter")).to_be_visible()


@pytest.mark.parametrize(("size", "theme", "language"), [(SCREEN, "dark", "tr"), (PHONE, "light", "en")])
def test_pages_look_right(portal: Portal, world: World, size: tuple[int, int], theme: str, language: str) -> None:
    page = portal.page(world.owner, size=size, theme=theme, language=language)
    package = next(one.id for one in packages(world.firm, CLOSED) if one.kind == "YB")
    places = {
        "ledgers-year": f"{world.firm}/ledgers?branch=",
        "ledgers-matrix": f"{world.firm}/ledgers",
        "ledgers-new": f"{world.new}/ledgers",
        "ledgers-month": f"{world.firm}/ledgers/2026-07",
        "ledgers-package": f"{world.firm}/ledgers/packages/{package}",
        "ledgers-book": f"{world.firm}/ledgers/parts/1",
        "ledgers-balance": f"{world.firm}/ledgers/2026-07/balance",
        "ledgers-facts": f"{world.firm}/ledgers/facts",
    }
    for name, place in places.items():
        page.goto(f"/t/{place}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        shot(page, f"{name}-{theme}")
