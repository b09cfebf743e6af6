"""Home, desk, month, first steps and help in a real browser: both languages, a phone and a screen, light and dark."""

from __future__ import annotations

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from platform_intake import listed
from platform_merkez import environment
from platform_people import person, signed_in
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from portal_browser import PHONE, SCREEN, WIDE, Portal, accessible, portal, shot
from seal_pki import pki_folder
from ulak.lifecycle.answers import AnswerKind, received
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Answer, Direction, Document
from ulak_server.exchange import records
from ulak_server.overview import months
from ulak_server.overview import services as overview

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("platform_database")
KARGO = ("9183746505", "Işık İnşaat A.Ş.", "urn:mail:gb@kargo.example", "urn:mail:pk@kargo.example")
LAST = months.before(months.current())


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int, int]:
    found = taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MLT"), taxpayer(KARGO, "KRG")
    busy(found[0])
    return found


def busy(taxpayer_id: int) -> None:
    """A taxpayer for whom something of every sort waits."""
    for stage in ("returned", "faulty", "draft", "draft", "clashed"):
        (id,) = invoices(taxpayer_id)
        put(taxpayer_id, id, stage=stage, payable=Decimal("18240.50"))
    for days in (0, 7):
        (id,) = invoices(taxpayer_id)
        at = clock.now() - timedelta(days=days)
        answer = received(AnswerKind.COMMERCIAL, at, DEFAULT)
        put(taxpayer_id, id, direction=Direction.IN, stage="filed", road=None, wake_at=None, accepted_at=at, answer=1)
        with scoped(Role.WEB, [taxpayer_id]):
            Answer(
                document_id=id,
                taxpayer_id=taxpayer_id,
                kind=AnswerKind.COMMERCIAL,
                stage=answer.stage,
                until=answer.until,
                road=records.write(answer),
            ).save(force_insert=True)
    today = clock.now().astimezone(clock.ISTANBUL).date()
    for back in range(6):
        for size, day in ((3, months.before(months.current(), back)), (2, min(today, months.current()))):
            for id in invoices(taxpayer_id, size if back else 1):
                put(
                    taxpayer_id,
                    id,
                    stage="delivered",
                    issue_date=day,
                    payable=Decimal(1200 * (back + 1)),
                    vat=Decimal(200),
                )
    for number in (1, 2, 5):
        (id,) = invoices(taxpayer_id)
        put(taxpayer_id, id, stage="delivered", number=f"ARD{LAST.year}{number:09}", issue_date=LAST)


def put(taxpayer_id: int, id: int, **values: object) -> None:
    with scoped(Role.WEB, [taxpayer_id]):
        Document.objects.filter(id=id).update(work=None, **values)


@pytest.fixture(scope="module")
def token(firms: tuple[int, int, int]) -> str:
    return signed_in(person(*((one, "owner") for one in firms)))


@pytest.mark.parametrize(
    ("size", "language", "theme"),
    [(SCREEN, "tr", "light"), (PHONE, "en", "dark")],
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}",
)
def test_pages_are_accessible_at_every_width(
    portal: Portal, firms: tuple[int, int, int], token: str, size: tuple[int, int], language: str, theme: str
) -> None:
    page = portal.page(token, size=size, language=language, theme=theme)
    ways = {
        "home": f"/t/{firms[0]}/today",
        "home-empty": f"/t/{firms[1]}/today",
        "desk": "/desk",
        "month": f"/t/{firms[0]}/months/{months.written(LAST)}",
        "step": f"/t/{firms[1]}/start/details",
        "help": "/help",
        "help-article": "/help/withholding",
        "help-code": "/help/codes/1163",
    }
    for name, path in ways.items():
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], f"{name} is {width} wide"
        accessible(page)
        shot(page, f"{name}-{size[0]}-{language}-{theme}")


def test_every_step_is_accessible(portal: Portal, firms: tuple[int, int, int], token: str) -> None:
    page = portal.page(token, size=PHONE, language="en", theme="dark")
    for step in overview.STEPS:
        page.goto(f"/t/{firms[1]}/start/{step}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], step
    shot(page, "step-delivered-phone")
    page.goto("/help/codes")
    accessible(page)


def test_the_first_page_fits_a_wide_screen(portal: Portal, firms: tuple[int, int, int], token: str) -> None:
    page = portal.page(token, size=WIDE)
    for name, path in (("home", f"/t/{firms[0]}/today"), ("desk", "/desk")):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDE[0], name
        shot(page, f"{name}-1920-tr-light")


def test_a_term_says_what_it_means_where_it_stands(portal: Portal, firms: tuple[int, int, int], token: str) -> None:
    page = portal.page(token)
    page.goto(f"/t/{firms[1]}/start/series")
    page.get_by_role("button", name="Seri: anlamı").click()
    expect(page.locator(":popover-open")).to_contain_text("ARD2026000000001")
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator(":popover-open")).to_have_count(0)


def test_two_letters_and_enter_change_the_client(portal: Portal, firms: tuple[int, int, int], token: str) -> None:
    page = portal.page(token)
    page.goto("/desk")
    page.get_by_label("Müşteri ara").press_sequentially("ış")
    expect(page.locator("#desk-rows tr:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(f"/t/{firms[2]}/today"))


def test_a_month_is_closed_by_hand(portal: Portal, firms: tuple[int, int, int], token: str) -> None:
    page = portal.page(token, language="en")
    page.goto(f"/t/{firms[0]}/months/{months.written(LAST)}")
    expect(page.get_by_text(f"ARD{LAST.year}000000003 – ARD{LAST.year}000000004")).to_be_visible()
    while page.get_by_role("button", name="Seen").count():
        button = page.get_by_role("button", name="Seen").first
        id = button.get_attribute("id")
        button.click()
        expect(page.locator(f"#{id}")).to_contain_text("Undo")
    page.get_by_label("Note").fill("Two numbers were spoilt by the old program.")
    page.get_by_role("button", name="Close the month").click()
    expect(page.get_by_text("The month is closed.").first).to_be_visible()
    shot(page, "month-closed-en")


def test_help_finds_while_one_types(portal: Portal) -> None:
    page = portal.page()
    page.goto("/help")
    page.get_by_label("Ne arıyorsunuz?").press_sequentially("TEVKIFAT", delay=10)
    expect(page.get_by_role("link", name="Tevkifat ve istisna")).to_be_visible()
    shot(page, "help-found-tr")


def test_the_first_steps_begin_in_a_sandbox(portal: Portal, tmp_path: Path) -> None:
    listed(MELTEM)
    shutil.copytree(pki_folder(), tmp_path / "pki")
    known = {"ULAK_SANDBOX": str(tmp_path / "pki"), "ULAK_DATA": str(tmp_path), "ULAK_INTEGRATOR_NUMBER": "8642031054"}
    with environment(**known):
        page = portal.page(signed_in(person()), size=PHONE)
        page.goto("/desk")
        page.get_by_role("link", name="Vergi numarasıyla başla").click()
        page.get_by_label("VKN ya da TCKN").press_sequentially(MELTEM[0])
        expect(page.locator("#looked")).to_contain_text(MELTEM[1])
        page.get_by_label("VKN ya da TCKN").fill("4810173324")
        page.get_by_label("Unvan").fill("Poyraz Yazılım Ltd. Şti.")
        accessible(page)
        page.get_by_role("button", name="Başla").click()
        page.get_by_label("Vergi dairesi").fill("Çankaya")
        page.get_by_label("İl", exact=True).fill("Ankara")
        page.get_by_label("İlçe").fill("Çankaya")
        page.get_by_role("button", name="Kaydet ve sürdür").click()
        page.get_by_text("Kendi deneme mührünüz").click()
        shot(page, "step-seal-phone")
        page.get_by_role("button", name="Kaydet ve sürdür").click()
        expect(page.get_by_label("Seri", exact=True)).to_have_value("POY")
        page.get_by_role("button", name="Kaydet ve sürdür").click()
        accessible(page)
        page.get_by_role("button", name="Hesabı açtır").click()
        expect(page.get_by_text("entegratörün mührü konuyor")).to_be_visible()
        accessible(page)
        shot(page, "step-account-phone")
