"""Reports and cancellations in a real browser: a journey through them, and how their pages look."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from platform_archive import archived
from platform_intake import listed, row, sent
from platform_people import person, signed_in
from platform_way_out import run
from platform_world import ARDIC, archiving, taxpayer
from portal_browser import PHONE, SCREEN, Portal, accessible, portal, shot
from ulak.lifecycle import reports as law
from ulak_server import clock
from ulak_server.exchange.law import happening
from ulak_server.exchange.reports import gathering
from ulak_server.overview import months

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("platform_database")


def month() -> str:
    """The running one, as addresses have it."""
    return months.written(months.current())


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return archiving(taxpayer(ARDIC))


@pytest.fixture(scope="module")
def sold(ardic: int) -> list[int]:
    """Two invoices to a final consumer and a receipt, all of them issued."""
    taken = [sent(ardic, archived(kind)) for kind in ("earchive_invoice", "earchive_invoice", "freelance_receipt")]
    run()
    return [int(one.id) for one in taken]


@pytest.fixture(scope="module")
def owner(ardic: int) -> str:
    return signed_in(person((ardic, "owner")))


def test_a_sale_is_found_cancelled_and_reported(portal: Portal, ardic: int, sold: list[int], owner: str) -> None:
    page = portal.page(owner)
    page.goto(f"/t/{ardic}/outgoing")
    page.get_by_label("e-Arşiv", exact=True).check()
    page.wait_for_url("**kind=earchive_invoice**")
    page.get_by_role("link", name=str(row(ardic, sold[0]).number)).click()
    page.get_by_role("button", name="İptal et…").click()
    expect(page.get_by_role("dialog", name="Belge iptal edilsin mi?")).to_be_visible()
    accessible(page)
    page.get_by_label("Neden").fill("Müşteri vazgeçti")
    page.get_by_role("button", name="İptal et", exact=True).click()
    expect(page.get_by_text("“Müşteri vazgeçti”")).to_be_visible()
    expect(page.get_by_role("link", name="Doğrusunu yaz")).to_be_visible()
    accessible(page)
    shot(page, "document-cancelled", whole=False)
    page.goto(f"/t/{ardic}/reports/{month()}")
    expect(page.get_by_text("4 kayıt raporlanmayı bekliyor.")).to_be_visible()
    accessible(page)
    shot(page, "reports-calendar")
    page.get_by_role("button", name="Şimdi gönder").click()
    expect(page.get_by_text("4 kayıt raporlanıyor.")).to_be_visible()


@pytest.mark.parametrize(("size", "theme", "language"), [(SCREEN, "dark", "tr"), (PHONE, "light", "en")])
def test_pages_of_trouble_look_right(
    portal: Portal, ardic: int, sold: list[int], owner: str, size: tuple[int, int], theme: str, language: str
) -> None:
    report = refused(ardic)
    page = portal.page(owner, size=size, theme=theme, language=language)
    places = {
        "reports-balance": f"/t/{ardic}/reports/{month()}/balance",
        "report": f"/t/{ardic}/reports/{report}",
        "receipts": f"/t/{ardic}/receipts",
        "objection": f"/t/{ardic}/documents/{sold[2]}/objection",
    }
    for name, place in places.items():
        page.goto(place)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        shot(page, f"{name}-{theme}")


def refused(ardic: int) -> str:
    """A report with something in it that GİB did not take."""
    sent(ardic, archived("earchive_invoice"))
    run()
    with happening() as shell:
        gathering.hurry(ardic, shell.now)
        found = gathering.gather(shell, gathering.Group(ardic, "earsiv", clock.today(), False))
        assert found is not None
        found.record = found.record._replace(stage=law.Stage.REFUSED, code="157")
        return str(found.key)
