"""From a dropped file to sealed ledgers on their way, in a real browser; and how the steps look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from platform_ledger_works import begun, done, entries, someone
from platform_people import person, signed_in
from platform_world import ARDIC, taxpayer
from portal_browser import PHONE, SCREEN, Portal, accessible, portal, shot
from portal_ledgers_world import company, judged, making
from support import needs_reference
from ulak.lifecycle.ledgers import Stage
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.station import Works

__all__ = ["portal"]
pytestmark = [pytest.mark.usefixtures("platform_database"), needs_reference]
JULY: Final = date(2026, 7, 1)
HEADINGS: Final = "Fiş No;Fiş Tarihi;Hesap Kodu;Hesap Adı;Borç;Alacak"


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    made = taxpayer(ARDIC)
    company(made)
    return made


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    with making(tmp_path_factory.mktemp("packs")) as made:
        yield made


@pytest.fixture(scope="module")
def owner(ardic: int) -> str:
    return signed_in(person((ardic, "owner")))


def look(page: Page, name: str) -> None:
    """The page is accessible, fits its window, and is kept as a picture."""
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    shot(page, f"ledger-{name}")


def worked(page: Page, works: Works) -> None:
    """The worker does what is due while the page waits, and goes on by itself."""
    expect(page.locator("#progress")).to_be_visible()
    done(works)
    expect(page.locator("#progress, .notice--bad")).to_have_count(0)


def step(page: Page, name: str) -> None:
    """The wizard stands at a step, by itself."""
    expect(page.locator(".ledger-steps [aria-current]")).to_have_text(name)


def test_entries_become_sealed_ledgers_on_their_way(
    portal: Portal, ardic: int, owner: str, works: Works, tmp_path: Path
) -> None:
    page = portal.page(owner)
    page.goto(f"/t/{ardic}/ledgers/new")
    page.get_by_role("button", name="Başla").click()
    look(page, "files-empty")
    entries(tmp_path, 300, JULY)
    page.locator("#file").set_input_files(tmp_path / "entries.csv")
    expect(page.get_by_text("yüklendi, inceleniyor")).to_be_visible()
    done(works)
    page.get_by_role("button", name="Denetle").click()
    expect(page.get_by_role("progressbar", name="Kayıtlar okunuyor ve denetleniyor")).to_be_visible()
    accessible(page)
    done(works)
    expect(page.get_by_role("heading", name="Dosyalarda")).to_be_visible()
    look(page, "findings-warnings")
    for one in page.locator("input[name=code]").all():
        one.check()
    page.get_by_role("button", name=re.compile("devam et|Önizle")).click()
    worked(page, works)
    expect(page.get_by_role("heading", name="Mizan")).to_be_visible()
    look(page, "preview")
    page.get_by_role("link", name="Sonraki sayfa").click()
    expect(page.get_by_text("Sayfa 2 /")).to_be_visible()
    page.get_by_role("button", name="Oluştur", exact=True).click()
    worked(page, works)
    step(page, "Mühür")
    look(page, "seal")
    page.get_by_label("Entegratörün mührü").check()
    page.get_by_role("button", name="Mühürle").click()
    worked(page, works)
    step(page, "Gönderim ve onay")
    look(page, "sealed")
    page.get_by_role("button", name="GİB'e gönder").click()
    assert page.locator("input[name=looked]:invalid").count() == 1
    page.get_by_label("Defterlere baktım").check()
    page.get_by_role("button", name="GİB'e gönder").click()
    worked(page, works)
    expect(page.get_by_role("heading", name="Gönderildi; GİB'in onayı bekleniyor.")).to_be_visible()
    look(page, "sent")
    judged(ardic, JULY, Stage.FETCHED)
    expect(page.get_by_text("2 / 2 onaylı")).to_be_visible()
    page.get_by_role("button", name="Raporu oluştur ve gönder").click()
    expect(page.get_by_role("heading", name="Temmuz 2026 defter raporu")).to_be_visible()
    done(works)
    judged(ardic, JULY, Stage.FILED, kinds="DR")
    page.reload()
    expect(
        page.get_by_role("heading", name="Temmuz 2026 tamam: beratlar onaylı, defter raporu GİB'de.")
    ).to_be_visible()
    look(page, "done")


@pytest.mark.parametrize(("size", "theme", "language"), [(SCREEN, "dark", "en"), (PHONE, "light", "tr")])
def test_what_is_wrong_looks_right(
    portal: Portal, ardic: int, owner: str, works: Works, size: tuple[int, int], theme: str, language: str
) -> None:
    lines = [f"M-{n};31.06.2026;100;KASA;{n},00;" for n in range(1, 121)]
    work = begun(someone(ardic), ardic, "\n".join([HEADINGS, *lines]).encode(), date(2026, 6, 1), f"{theme}.csv")
    done(works)
    ledgers.check(someone(ardic), ardic, work)
    done(works)
    page = portal.page(owner, size=size, theme=theme, language=language)
    here = f"/t/{ardic}/ledgers/works/{work}"
    page.goto(here)
    look(page, f"findings-{theme}")
    page.goto(f"{here}?step=columns")
    look(page, f"columns-{theme}")
    page.goto(f"/t/{ardic}/ledgers/templates")
    look(page, f"templates-{theme}")
    page.goto(here)
    page.locator("details.menu", has_text="…").or_(page.locator(".heading details.menu")).first.locator(
        "summary"
    ).click()
    page.locator("[data-opens=stop]").click()
    accessible(page)
    page.locator("#stop .button--danger").click()
    page.wait_for_url(f"**/t/{ardic}/ledgers")
