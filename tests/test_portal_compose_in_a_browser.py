"""A shopkeeper writes a correct withholding invoice in a minute: by keyboard, in both languages, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from platform_intake import listed, row
from platform_people import person, signed_in
from platform_world import MELTEM, archiving, taxpayer
from portal_browser import PHONE, SCREEN, WIDE, Portal, accessible, portal, shot
from ulak_server.books import services as books
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["portal"]


@pytest.fixture(scope="module")
def seller(platform_database: str) -> int:
    id = taxpayer()
    with scoped(Role.PIPELINE):
        listed()
        listed(service="edespatch")
    with scoped(Role.WEB, [id]):
        address = {"street": "Moda Caddesi", "town": "Kadıköy", "city": "İstanbul", "postal_code": "34710"}
        form = books.ContactForm(number=MELTEM[0], title=MELTEM[1], tax_office="Kadıköy", **address)
        books.save_contact(id, form)
    return id


@pytest.fixture(scope="module")
def token(seller: int) -> str:
    return signed_in(person((seller, "clerk")))


def settled(page: Page) -> None:
    """Until everything that was typed is saved: a draft just opened says so of what was typed before."""
    page.wait_for_function("() => !Object.keys(localStorage).some((name) => name.startsWith('ulak-compose:'))")
    expect(page.locator("#compose-saved")).to_contain_text(
        page.evaluate("document.documentElement.lang === 'en' ? 'Saved' : 'Kaydedildi'")
    )


def flawless(page: Page) -> None:
    """axe finds nothing, with the whole page in view: bars that stay in place cover no field then."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": before["width"], "height": 3600})
    accessible(page)
    page.set_viewport_size(before)


def at(page: Page, pointer: str) -> Any:
    return page.locator(f'[data-at="{pointer}"]:not([type=radio])')


def write_withholding_invoice(page: Page, words: str, price: str) -> None:
    """By keyboard alone, but for the choice of what happened."""
    expect(page.locator("#f-who")).to_be_focused()
    page.keyboard.type("melt")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("Meltem")
    page.keyboard.press("Enter")
    expect(at(page, "/lines/0/name")).to_be_focused()
    page.keyboard.type("Mağaza temizliği")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(price)
    settled(page)
    page.locator(".pick").first.locator("summary").click()
    page.locator('label:has(input[name="type"][value="TEVKIFAT"])').click()
    expect(at(page, "/lines/0/withholding")).to_be_visible()
    at(page, "/lines/0/withholding").click()
    page.keyboard.type(words)
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("9/10")
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("language", "size", "words"), [("tr", SCREEN, "temizlik"), ("en", PHONE, "cleaning")], ids=["screen", "phone"]
)
def test_a_shopkeeper_sends_a_withholding_invoice(
    portal: Portal, seller: int, token: str, language: str, size: tuple[int, int], words: str
) -> None:
    page = portal.page(token, language=language, size=size)
    page.goto(f"/t/{seller}/compose/invoice")
    flawless(page)
    shot(page, f"compose-empty-{language}-{size[0]}")
    write_withholding_invoice(page, words, "5.000" if language == "tr" else "5,000")
    side = page.locator("#compose-side")
    expect(side).to_contain_text("9/10")
    expect(side.locator(".side__ready")).to_be_visible()
    page.wait_for_url(lambda url: url.rsplit("/", 1)[1].isdecimal())
    flawless(page)
    shot(page, f"compose-withholding-{language}-{size[0]}")
    page.keyboard.press("Control+Enter")
    dialog = page.locator("#compose-send")
    expect(dialog).to_be_visible()
    shot(page, f"compose-confirm-{language}-{size[0]}", whole=False)
    dialog.locator("form button").first.click()
    page.wait_for_url("**/compose/sent/*")
    expect(page.locator(".sent__says")).to_be_visible()
    accessible(page)
    document = int(page.url.rsplit("/", 1)[1])
    stored = row(seller, document)
    assert (stored.type_code, str(stored.payable), stored.stage) == ("TEVKIFAT", "5100.00", "accepted")


def test_enter_before_the_answer_takes_what_was_typed_and_not_what_still_stands_there(
    portal: Portal, seller: int, token: str
) -> None:
    with scoped(Role.WEB, [seller]):
        books.save_contact(seller, books.ContactForm(number="4812530769", title="Ambar Ltd. Şti."))
    page = portal.page(token)
    page.goto(f"/t/{seller}/compose/invoice")
    page.keyboard.type("ambar")
    first = page.locator("#suggestions [role=option]").first
    expect(first).to_contain_text("Ambar")
    page.locator("#f-who").press("Control+a")
    page.keyboard.type("melt")
    page.keyboard.press("Enter")
    expect(page.locator("#f-who")).to_have_value(MELTEM[1])


def test_mistakes_stand_at_their_fields_and_are_repaired_by_a_button(portal: Portal, seller: int, token: str) -> None:
    page = portal.page(token)
    page.goto(f"/t/{seller}/compose/invoice")
    at(page, "/lines/0/name").fill("Boya")
    at(page, "/lines/0/price").fill("on iki")
    at(page, "/lines/0/vat").fill("18")
    at(page, "/date").fill("31.06.2026")
    settled(page)
    expect(page.locator("#f-lines-0-price-about")).to_contain_text("“on iki” bir sayı değil.")
    expect(page.locator("#f-date-about")).to_contain_text("31.06.2026")
    flawless(page)
    shot(page, "compose-mistakes-tr-1280")
    page.locator("#f-lines-0-vat-about button").click()
    expect(at(page, "/lines/0/vat")).to_have_value("20")
    expect(page.locator("#f-lines-0-vat-about")).to_be_hidden()
    expect(at(page, "/lines/0/price")).to_have_value("on iki")


def test_sums_come_from_the_server_as_one_types_and_undo_takes_them_back(
    portal: Portal, seller: int, token: str
) -> None:
    page = portal.page(token, size=WIDE, theme="dark")
    page.goto(f"/t/{seller}/compose/invoice")
    at(page, "/lines/0/price").fill("1.250,50")
    expect(page.locator('[data-amount="0"]')).to_have_text("1.250,50")
    settled(page)
    at(page, "/lines/0/quantity").fill("3")
    expect(page.locator(".sums__row--main")).to_contain_text("4.501,80")
    at(page, "/lines/0/discount").fill("%10")
    expect(page.locator(".sums__row--main")).to_contain_text("4.051,62")
    shot(page, "compose-sums-tr-1920-dark")
    page.locator("[data-do=undo]").click()
    expect(page.locator(".sums__row--main")).to_contain_text("4.501,80")
    expect(at(page, "/lines/0/discount")).to_have_value("")
    page.locator("[data-do=redo]").click()
    expect(at(page, "/lines/0/discount")).to_have_value("%10")


def test_enter_adds_lines_and_a_spreadsheet_is_pasted(portal: Portal, seller: int, token: str) -> None:
    page = portal.page(token)
    page.goto(f"/t/{seller}/compose/invoice")
    at(page, "/lines/0/name").fill("Boya")
    at(page, "/lines/0/price").fill("10")
    at(page, "/lines/0/price").press("Enter")
    expect(at(page, "/lines/1/name")).to_be_focused()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData('text/plain', 'Fırça\\t4\\tAdet\\t25,50\\nRulo\\t2\\tAdet\\t40');
            const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }"""
    )
    expect(at(page, "/lines/2/name")).to_have_value("Rulo")
    expect(page.locator(".sums__row--main")).to_contain_text("230,40")
    page.locator('[data-line="1"] .line__menu summary').click()
    page.locator('[data-line="1"] [data-do=remove]').click()
    expect(at(page, "/lines/1/name")).to_have_value("Rulo")
    page.locator("[data-do=undo]").click()
    expect(at(page, "/lines/1/name")).to_have_value("Fırça")


def test_two_tabs_are_told_of_each_other(portal: Portal, seller: int, token: str) -> None:
    first = portal.page(token)
    first.goto(f"/t/{seller}/compose/invoice")
    at(first, "/notes").fill("birinci")
    settled(first)
    first.wait_for_url(lambda url: url.rsplit("/", 1)[1].isdecimal())
    second = first.context.new_page()
    second.goto(first.url)
    at(second, "/notes").fill("ikinci")
    settled(second)
    at(first, "/order/number").evaluate("one => { one.closest('details').open = true }")
    at(first, "/order/number").fill("77")
    dialog = first.locator("#compose-conflict")
    expect(dialog).to_be_visible()
    accessible(first)
    shot(first, "compose-conflict-tr-1280", whole=False)
    dialog.locator("a").click()
    expect(at(first, "/notes")).to_have_value("ikinci")


def test_what_is_written_while_the_session_ends_comes_back(portal: Portal, seller: int) -> None:
    who = person((seller, "clerk"))
    page = portal.page(signed_in(who))
    page.goto(f"/t/{seller}/compose/invoice")
    at(page, "/notes").fill("önce")
    settled(page)
    page.wait_for_url(lambda url: url.rsplit("/", 1)[1].isdecimal())
    page.context.clear_cookies(name="ulak_portal")
    at(page, "/notes").fill("sonra")
    expect(page.locator("#session-ended")).to_be_visible()
    address = page.url
    page.context.add_cookies([{"name": "ulak_portal", "value": signed_in(who), "url": portal.url}])
    page.goto(address)
    expect(at(page, "/notes")).to_have_value("sonra")
    settled(page)
    page.reload()
    expect(at(page, "/notes")).to_have_value("sonra")


def test_a_despatch_advice_is_written_and_sent(portal: Portal, seller: int, token: str) -> None:
    page = portal.page(token, size=PHONE)
    page.goto(f"/t/{seller}/compose/despatch")
    page.locator("#f-who").fill("melt")
    page.locator("#suggestions [role=option]").first.click()
    expect(at(page, "/lines/0/name")).to_be_focused()
    page.keyboard.type("Çelik raf")
    at(page, "/lines/0/quantity").fill("12")
    at(page, "/plate").fill("34 abc 123")
    at(page, "/drivers/0/first_name").fill("Veli")
    at(page, "/drivers/0/family_name").fill("Demir")
    at(page, "/drivers/0/tckn").fill("50721483392")
    page.locator("[data-do=same-address]").click()
    expect(page.locator(".side__ready")).to_be_visible()
    shot(page, "compose-despatch-tr-390")
    flawless(page)
    page.locator("[data-do=send]").click()
    page.locator("#compose-send form button").first.click()
    page.wait_for_url("**/compose/sent/*")
    with scoped(Role.WEB, [seller]):
        assert Document.objects.get(id=int(page.url.rsplit("/", 1)[1])).kind == "despatch_advice"


def test_a_lawyer_names_the_net_fee_and_a_shop_sells_to_whoever_comes(portal: Portal, seller: int, token: str) -> None:
    archiving(seller)
    page = portal.page(token)
    page.goto(f"/t/{seller}/compose/freelance")
    flawless(page)
    page.keyboard.type("melt")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("Meltem")
    page.keyboard.press("Enter")
    expect(at(page, "/lines/0/name")).to_be_focused()
    page.keyboard.type("Dava vekâleti")
    at(page, "/lines/0/net").click()
    page.keyboard.type("10.000")
    expect(at(page, "/lines/0/fee")).to_have_value("12.500,00")
    expect(at(page, "/lines/0/collected")).to_have_value("12.500,00")
    at(page, "/lines/0/income_withholding").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("0")
    expect(at(page, "/lines/0/net")).to_have_value("12.500,00")
    expect(at(page, "/lines/0/collected")).to_have_value("15.000,00")
    expect(page.locator(".side__ready")).to_be_visible()
    flawless(page)
    shot(page, "compose-freelance")
    settled(page)
    page.goto(f"/t/{seller}/compose/invoice")
    page.locator("[data-do=consumer]").click()
    expect(page.locator("#compose-mark")).to_have_text("e-ARŞİV FATURA")
    expect(page.locator("#compose-verb")).to_have_text("Düzenle")
    expect(at(page, "/lines/0/name")).to_be_focused()
    page.keyboard.type("Kupa")
    page.locator("#f-internet_sale").check()
    at(page, "/internet_sale/payment").select_option("DIGER")
    expect(at(page, "/internet_sale/other")).to_be_visible()
    settled(page)
    flawless(page)
    shot(page, "compose-internet-sale")
