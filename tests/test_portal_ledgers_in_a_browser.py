"""The months of a company's books in a real browser: the year, a month, the book itself, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from platform_people import person, signed_in
from platform_world import MELTEM, taxpayer
from portal_browser import PHONE, SCREEN, WIDE, Portal, accessible, portal, shot
from portal_ledgers_world import CLOSED, REFUSED, company, judged, making, packages, sent
from ulak.lifecycle.ledgers import Stage
from ulak_server.ledgers import services as ledgers

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("platform_database")


class World(NamedTuple):
    """A company whose July is closed and whose August GİB refused, and one that has not begun."""

    firm: int
    new: int
    owner: str


@pytest.fixture(scope="module")
def world(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("ledgers")
    firm, new = taxpayer(), taxpayer(MELTEM)
    me = company(firm, "0001")
    with making(folder) as works:
        sent(works, me, firm, folder, CLOSED)
        judged(firm, CLOSED, Stage.FETCHED)
        ledgers.save_facts(me, firm, {**_facts(me, firm), "elsewhere": ["2026-07"]})
        sent(works, me, firm, folder, REFUSED)
        judged(firm, REFUSED, Stage.REFUSED, words="Şematron hatası: 4. satırda hesap adı boş.", kinds="YB")
        yield World(firm, new, signed_in(person((firm, "owner"), (new, "owner"))))


def _facts(me: object, firm: int) -> dict[str, object]:
    import msgspec

    return dict(msgspec.to_builtins(ledgers.facts_of(me, firm)))


def test_pages_look_right(portal: Portal, world: World) -> None:
    part = {}
    for size, theme, language in ((SCREEN, "light", "tr"), (PHONE, "light", "tr"), (WIDE, "dark", "en")):
        page = portal.page(world.owner, size=size, theme=theme, language=language)
        package = next(one.id for one in packages(world.firm, REFUSED) if one.kind == "YB")
        page.goto(f"/t/{world.firm}/ledgers/2026-08")
        part = page.get_by_role("link", name="Deftere bak" if language == "tr" else "View the book").get_attribute("href")
        places = {
            "ledgers-year": f"/t/{world.firm}/ledgers?branch=",
            "ledgers-matrix": f"/t/{world.firm}/ledgers",
            "ledgers-new": f"/t/{world.new}/ledgers",
            "ledgers-month": f"/t/{world.firm}/ledgers/2026-08",
            "ledgers-month-closed": f"/t/{world.firm}/ledgers/2026-07",
            "ledgers-month-empty": f"/t/{world.firm}/ledgers/2026-09?branch=0001",
            "ledgers-package": f"/t/{world.firm}/ledgers/packages/{package}",
            "ledgers-book": part,
            "ledgers-ledger": f"{part}?view=ledger",
            "ledgers-found": f"{part}?q=120",
            "ledgers-nothing": f"{part}?q=zzzz",
            "ledgers-balance": f"/t/{world.firm}/ledgers/2026-08/balance",
            "ledgers-facts": f"/t/{world.firm}/ledgers/facts",
            "ledgers-facts-new": f"/t/{world.new}/ledgers/facts",
            "ledgers-branch-new": f"/t/{world.firm}/ledgers/facts?branch=new",
        }
        for name, place in places.items():
            page.goto(place)
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            shot(page, f"{name}-{size[0]}-{theme}")
