"""Designing by eye: the paper beside the form follows every change, at every width and in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from platform_world import ARDIC, invoices, taxpayer
from portal_browser import PHONE, WIDE, Portal, accessible, portal, shot
from portal_client import Visitor, visitor

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    made = taxpayer(ARDIC)
    invoices(made, 2)
    return made


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


def test_the_paper_follows_the_form_and_what_is_seen_is_saved(ardic: int, owner: Visitor, portal: Portal) -> None:
    page = portal.page(owner.token)
    page.goto(f"/t/{ardic}/settings/designs")
    shot(page, "designs-empty")
    page.get_by_role("link", name="Tasarım yap").click()
    paper = page.frame_locator("iframe[name=preview]")
    expect(paper.get_by_role("heading", name="e-Fatura", exact=True)).to_be_visible()
    expect(paper.get_by_text("Meltem Gıda")).to_be_visible()
    page.get_by_label("Adı").fill("Mavi antet")
    page.get_by_label("Not isteğe bağlı", exact=True).fill("Bizi seçtiğiniz için teşekkürler")
    expect(paper.get_by_text("Bizi seçtiğiniz için teşekkürler")).to_be_visible()
    page.get_by_label("Ana renk").fill("#1a3f7a")
    expect(paper.get_by_role("heading", name="e-Fatura", exact=True)).to_have_css("color", "rgb(26, 63, 122)")
    page.get_by_label("Şu belge üzerinde").select_option("sample-despatch")
    expect(paper.get_by_role("heading", name="e-İrsaliye")).to_be_visible()
    page.get_by_label("Ana renk").fill("#eeeeee")
    expect(page.locator("#findings")).to_contain_text("okunmaz")
    page.get_by_label("Ana renk").fill("#1a3f7a")
    expect(page.locator("#findings")).not_to_contain_text("okunmaz")
    accessible(page)
    shot(page, "designs-edit")
    page.get_by_role("button", name="Kaydet").click()
    expect(page.locator("#notices")).to_contain_text("Kaydedildi")
    page.goto(f"/t/{ardic}/settings/designs")
    expect(page.get_by_role("link", name="Mavi antet")).to_be_visible()
    expect(page.get_by_text("Kullanılıyor")).to_be_visible()
    accessible(page)
    shot(page, "designs-list")


@pytest.mark.parametrize(
    ("size", "language", "theme", "path", "name"),
    [
        (WIDE, "en", "dark", "/new", "designs-edit-wide-dark"),
        (PHONE, "tr", "light", "/new", "designs-edit-phone"),
        (PHONE, "en", "dark", "", "designs-list-phone"),
    ],
)
def test_every_page_is_accessible(
    size: tuple[int, int], language: str, theme: str, path: str, name: str, ardic: int, owner: Visitor, portal: Portal
) -> None:
    page = portal.page(owner.token, size=size, language=language, theme=theme)
    page.goto(f"/t/{ardic}/settings/designs{path}")
    if path:
        expect(page.frame_locator("iframe[name=preview]").get_by_text(re.compile("Ardıç")).first).to_be_visible()
    shot(page, name)
    accessible(page)
