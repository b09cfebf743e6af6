"""People keep their books and import files in a browser: by mouse, on a phone, in both languages, for every eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from books_files import LINE, work, workbook
from platform_intake import encoded, friendly, listed
from platform_world import taxpayer
from portal_browser import PHONE, Portal, accessible, portal, shot
from portal_client import Visitor, visitor
from ulak.lifecycle.policy import DEFAULT
from ulak_server.books import services as books
from ulak_server.books.importing import jobs
from ulak_server.books.services import ContactForm, ItemForm
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.taking import take_in

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["portal"]
PHONE_PAGES = ("settings", "settings/users", "settings/series", "settings/keys", "recurring")
SETTINGS = ("", "/account", "/series", "/seal", "/branches", "/labels", "/users", "/keys")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    made = taxpayer()
    with scoped(Role.WEB, [made]):
        for number, title in (("2222222222", "IŞIK İnşaat A.Ş."), ("10000000146", "Ayşe Nur Yıldız")):
            books.save_contact(made, ContactForm(number=number, title=title, town="Çiğli", city="İzmir"))
        books.save_item(made, ItemForm(code="R-1", name="Çelik raf", price="412,50", vat="20"))
        books.save_label(made, "Ödenecek", "red")
    return made


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


def test_a_contact_is_found_as_one_types_and_added_with_gibs_help(ardic: int, owner: Visitor, portal: Portal) -> None:
    page = portal.page(owner.token)
    page.goto(f"/t/{ardic}/contacts")
    accessible(page)
    page.get_by_role("searchbox", name="Kişilerde ara").fill("isik insaat")
    expect(page.locator("#found")).to_contain_text("1 kişi")
    expect(page.locator("#found")).to_contain_text("IŞIK İnşaat A.Ş.")
    page.get_by_role("link", name="Kişi ekle").click()
    page.get_by_label("VKN / TCKN").press_sequentially("7359021640")
    expect(page.locator("#known")).to_contain_text("e-Fatura kullanıcısı")
    page.get_by_role("link", name="Unvanı al").click()
    expect(page.get_by_label("Unvan", exact=True)).to_have_value("Meltem Gıda Ltd. Şti.")
    page.get_by_label("E-posta").fill("meltem")
    page.get_by_role("button", name="Kaydet").click()
    expect(page.get_by_label("E-posta")).to_have_attribute("aria-invalid", "true")
    accessible(page)
    shot(page, "books-contact-in-error")
    page.get_by_label("E-posta").fill("a@meltem.example")
    page.get_by_role("button", name="Kaydet").click()
    expect(page.locator("#notices")).to_contain_text("kaydedildi")
    page.get_by_label("Seç: Meltem Gıda Ltd. Şti.").check()
    page.get_by_role("button", name="Sil").click()
    expect(page.locator("#found")).to_contain_text("2 kişi")
    page.get_by_role("button", name="Geri al").click()
    expect(page.locator("#found")).to_contain_text("3 kişi")
    shot(page, "books-contacts")


def test_a_file_becomes_drafts_in_four_steps(ardic: int, owner: Visitor, portal: Portal, tmp_path: Path) -> None:
    file = tmp_path / "kasım.xlsx"
    file.write_bytes(workbook(LINE, ("2", "31.06.2026", *LINE[2:])))
    page = portal.page(owner.token, language="en", theme="dark")
    page.goto(f"/t/{ardic}/imports")
    accessible(page)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Upload and look").click()
    expect(page.locator(".is-wrong")).to_contain_text("31.06.2026")
    accessible(page)
    shot(page, "imports-matching")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#progress")).to_be_visible()
    id = int(page.url.rpartition("/")[2])
    work(ardic, id)
    make = page.get_by_role("button", name="Make 1 draft")
    expect(make).to_be_visible()
    accessible(page)
    shot(page, "imports-checked")
    with page.expect_download() as told:
        page.get_by_role("link", name="File with its errors").click()
    assert told.value.suggested_filename.endswith(".xlsx")
    make.click()
    expect(page.locator("#progress")).to_be_visible()
    work(ardic, id)
    expect(page.get_by_role("link", name="Go to the documents")).to_be_visible()
    accessible(page)


def test_every_page_is_for_every_eye(ardic: int, owner: Visitor, portal: Portal) -> None:
    draft = take_in(ardic, encoded(friendly()), intent="draft", policy=DEFAULT).id
    page = portal.page(owner.token)
    own = [f"settings{one}" for one in SETTINGS]
    for path in ("items", "items/1", "recurring", f"recurring/new?draft={draft}", *own):
        page.goto(f"/t/{ardic}/{path}")
        accessible(page)


def test_pages_fit_a_phone(ardic: int, owner: Visitor, portal: Portal) -> None:
    with scoped(Role.WEB, [ardic]):
        last = jobs.imports(ardic)[0].id
    page = portal.page(owner.token, size=PHONE, theme="dark", language="en")
    for path in (
        "contacts",
        "contacts/1",
        "items",
        "imports",
        f"imports/{last}",
        "settings",
        "settings/users",
        "recurring",
    ):
        page.goto(f"/t/{ardic}/{path}")
        assert fits(page), path
        shot(page, f"phone-{path.replace('/', '-')}")
    accessible(page)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_key_is_shown_once_and_somebody_is_invited(ardic: int, owner: Visitor, portal: Portal) -> None:
    page = portal.page(owner.token)
    page.goto(f"/t/{ardic}/settings/keys")
    page.get_by_label("Hangi program için?").fill("ERP")
    page.get_by_role("button", name="Üret").click()
    expect(page.locator(".secret")).to_contain_text(f"ulak_{ardic}_")
    accessible(page)
    page.get_by_role("button", name="İptal et").click()
    accessible(page)
    page.get_by_role("dialog").get_by_role("button", name="İptal et").click()
    expect(page.locator("table")).to_contain_text("iptal")
    page.goto(f"/t/{ardic}/settings/users")
    page.get_by_label("E-posta").fill("yeni@ornek.example")
    page.get_by_role("button", name="Davet et").click()
    expect(page.locator(".secret")).to_contain_text("/invitation?token=")
    accessible(page)
