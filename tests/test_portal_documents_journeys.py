"""People answer, receive, label and find documents in a real browser, by mouse and by keyboard, on screen and phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from platform_merkez import merkez
from platform_people import person, signed_in
from portal_browser import PHONE, Portal, accessible, shot
from portal_browser import portal as portal
from portal_documents import Firms, row, standing
from ulak.lifecycle.documents import Stage
from ulak_server.books import services as books
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.states import State

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def firms(platform_database: str) -> Iterator[Firms]:
    with merkez() as center:
        made = Firms(center)
        with scoped(Role.WEB, [made.ardic]):
            books.save_label(made.ardic, "Takip edilecek", "orange")
        yield made


@pytest.fixture(scope="module")
def sender(firms: Firms) -> str:
    return signed_in(person((firms.ardic, "owner")))


@pytest.fixture(scope="module")
def receiver(firms: Firms) -> str:
    return signed_in(person((firms.meltem, "owner")))


def settled(page: Page) -> None:
    """Until the page is whole and no part of it is being exchanged."""
    page.wait_for_function(
        "() => document.readyState === 'complete'"
        " && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
    )


def test_an_invoice_is_accepted_from_its_page(firms: Firms, portal: Portal, receiver: str) -> None:
    ((_, came),) = firms.invoice()
    page = portal.page(receiver)
    page.goto(f"/t/{firms.meltem}/incoming")
    accessible(page)
    shot(page, "incoming")
    page.locator(f"#d{came} a").click()
    page.wait_for_url(f"**/documents/{came}")
    expect(page.get_by_text("gün var").first).to_be_visible()
    settled(page)
    accessible(page)
    shot(page, "document-to-answer")
    page.get_by_role("button", name="Kabul et").first.click()
    shot(page, "document-accept", whole=False)
    page.locator("#accept").get_by_role("button", name="Kabul et").click()
    expect(page.get_by_text("Kabul yanıtınız gönderiliyor.")).to_be_visible()
    firms.center.settle()
    assert State.read(row(firms.meltem, came).state) is State.WE_ACCEPTED
    page.reload()
    expect(page.get_by_text("Yanıtınız ulaştı.").first).to_be_visible()


def test_a_second_tab_that_is_behind_says_so(firms: Firms, portal: Portal, receiver: str) -> None:
    ((_, came),) = firms.invoice()
    first, second = portal.page(receiver), portal.page(receiver)
    for page in (first, second):
        page.goto(f"/t/{firms.meltem}/documents/{came}")
    second.get_by_role("button", name="Reddet…").click()
    second.get_by_label("Neden (satıcı okur)").fill("Sipariş edilmedi")
    second.locator("#reject").get_by_role("button", name="Reddet").click()
    expect(second.get_by_text("Ret yanıtınız gönderiliyor.")).to_be_visible()
    first.get_by_role("button", name="Kabul et").first.click()
    first.locator("#accept").get_by_role("button", name="Kabul et").click()
    expect(first.get_by_text("lifecycle.answered-already")).to_be_visible()
    accessible(first)


def test_a_despatch_is_received_in_part(firms: Firms, portal: Portal, receiver: str) -> None:
    sent, came = firms.despatch()
    page = portal.page(receiver, size=PHONE, language="en", theme="dark")
    page.goto(f"/t/{firms.meltem}/documents/{came}")
    settled(page)
    accessible(page)
    shot(page, "despatch-phone-en-dark")
    page.get_by_role("link", name="Something is missing…").click()
    page.locator("input[name=rejected-0]").fill("1")
    page.get_by_role("button", name="Send the receipt").click()
    expect(page.get_by_text("Write why it is rejected.")).to_be_visible()
    accessible(page)
    shot(page, "receipt-phone-en-dark")
    page.locator("input[name=reason-0]").fill("Ezik geldi")
    page.get_by_role("button", name="Send the receipt").click()
    expect(page.get_by_text("Your receipt advice is being sent.")).to_be_visible()
    firms.center.settle()
    assert State.read(row(firms.ardic, sent).state) is State.RECEIVED


def test_documents_are_found_and_labelled_by_keyboard(firms: Firms, portal: Portal, sender: str) -> None:
    firms.invoice(count=3)
    page = portal.page(sender)
    page.goto(f"/t/{firms.ardic}/outgoing")
    settled(page)
    page.get_by_label("Listede ara").focus()
    page.keyboard.type("MELTEM gida")
    page.wait_for_url(re.compile(r"text=MELTEM(\+|%20)gida"))
    settled(page)
    expect(page.locator("tbody tr").first).to_be_visible()
    for _ in ("e-Fatura", "e-Arşiv", "Durum"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_label("Yanıt bekliyor").check()
    page.wait_for_url("**state=awaiting**")
    settled(page)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".bulk")).to_contain_text("2 belge seçili")
    accessible(page)
    shot(page, "outgoing-marked")
    page.locator(".bulk summary").click()
    page.locator("button[value='label:takip-edilecek']").click()
    expect(page.get_by_text("2 belge: Etiketle.")).to_be_visible()
    expect(page.locator("tbody .tag")).to_have_count(2)
    page.locator("tbody tr a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")


def test_what_came_back_offers_what_can_be_done(firms: Firms, portal: Portal, sender: str) -> None:
    ((sent, _),) = firms.invoice(profile="TEMELFATURA")
    standing(sent, Stage.RETURNED, code="1181", numbered=True)
    page = portal.page(sender)
    page.goto(f"/t/{firms.ardic}/documents/{sent}")
    settled(page)
    accessible(page)
    shot(page, "document-returned")
    page.get_by_role("button", name="Yeniden gönder").first.click()
    page.locator("#resend").get_by_role("button", name="Yeniden gönder").click()
    expect(page.get_by_text("Yeniden gönderiliyor.")).to_be_visible()
