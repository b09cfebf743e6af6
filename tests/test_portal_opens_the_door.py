"""People come in by password and code, in both languages, on any screen; nobody else does."""

from __future__ import annotations

import pyotp
import pytest

from platform_people import PASSWORD, Watch, person, signed_in
from platform_world import ARDIC, taxpayer
from portal_browser import PHONE, Portal, accessible, portal, shot
from portal_client import Visitor, visitor
from ulak_server import clock
from ulak_server.people import services as people

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["portal"]


@pytest.fixture(scope="module")
def firm(platform_database: str) -> int:
    return taxpayer(ARDIC, "ARD")


def test_a_new_person_sets_up_the_second_factor_and_is_in(portal: Portal, firm: int) -> None:
    people.new_user("yeni@ardic.example", PASSWORD, "Yeni Kişi")
    page = portal.page(size=PHONE)
    page.goto("/")
    accessible(page)
    shot(page, "sign-in-phone")
    page.get_by_label("E-posta adresi").fill("yeni@ardic.example")
    page.get_by_label("Parola").fill(PASSWORD)
    page.get_by_role("button", name="Sürdür").click()
    page.wait_for_url(lambda url: "/second-factor" in url)
    accessible(page)
    shot(page, "second-factor-phone")
    secret = page.locator("input[name=secret]").input_value()
    page.get_by_label("Uygulamanın gösterdiği kod").fill("000000")
    page.get_by_role("button", name="Onayla").click()
    page.get_by_text("Doğrulama kodu yanlış").wait_for()
    page.get_by_label("Uygulamanın gösterdiği kod").fill(pyotp.TOTP(secret).at(int(clock.now().timestamp())))
    page.get_by_role("button", name="Onayla").click()
    page.get_by_text("Kurtarma kodlarınız").wait_for()
    accessible(page)
    assert page.locator("ol.secret li").count() == 10


def test_a_known_person_signs_in_with_a_recovery_code_in_english(portal: Portal, firm: int) -> None:
    who = person((firm, "owner"))
    page = portal.page(language="en")
    page.goto("/me")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill("not the password at all")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("The e-mail address or the password is wrong.").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(who.codes.pop())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/me")
    accessible(page)
    shot(page, "account-en")


def test_what_was_written_is_back_after_the_session_has_ended(portal: Portal, firm: int) -> None:
    who = person((firm, "owner"))
    token = signed_in(who)
    page = portal.page(token)
    page.goto("/me")
    page.locator("#code").fill("abcde-fghij-klmno")
    people.sign_out(token)
    page.get_by_role("button", name="İkinci adımı yenile").click()
    page.wait_for_url(lambda url: "/sign-in?next=" in url)
    page.get_by_label("E-posta adresi").fill(who.email)
    page.get_by_label("Parola").fill(PASSWORD)
    page.get_by_role("button", name="Sürdür").click()
    page.get_by_label("Kod").fill(who.codes.pop())
    page.get_by_role("button", name="Oturum aç").click()
    page.wait_for_url("**/me")
    page.get_by_text("Yazdıklarınız geri geldi").wait_for()
    assert page.locator("#code").input_value() == "abcde-fghij-klmno"


def test_pages_load_nothing_of_others_and_run_no_script_of_the_page(firm: int) -> None:
    found = visitor((firm, "owner")).get("/me")
    policy = found["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found["Cache-Control"] == "no-store"
    assert b"http://" not in found.content.replace(b"http://www.w3.org", b"")
    assert b"<script>" not in found.content
    assert b" style=" not in found.content


def test_nobody_is_led_to_another_site(firm: int) -> None:
    who = person((firm, "owner"))
    anybody = Visitor()
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        first = anybody.post(f"/sign-in?next={evil}", {"email": who.email, "password": PASSWORD})
        assert first.status_code == 302
        assert "evil" not in first["Location"].replace("%5C", "")
        assert first["Location"].startswith("/sign-in/code")


def test_strangers_see_the_way_in_and_nothing_else(firm: int) -> None:
    for path in ("/me", "/desk", f"/t/{firm}/today", "/console"):
        found = Visitor().get(path)
        assert (found.status_code, found.get("Location", "")[:9]) in ((302, "/sign-in?"), (404, "")), path


def test_an_address_where_nothing_is_says_so_in_both_languages() -> None:
    assert "Bu adreste bir sayfa yok." in Visitor().get("/yok/boyle/bir/yer").content.decode()
    assert "There is no page at this address." in Visitor(language="en").get("/nowhere").content.decode()


def test_a_page_that_asks_for_news_by_itself_keeps_no_session_alive(firm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(clock, "_clock", watch)
    who = visitor((firm, "owner"))
    for _ in range(3):
        watch.pass_time(minutes=8)
        assert who.get(f"/t/{firm}/notifications/count").status_code == 200
    watch.pass_time(minutes=8)
    assert who.get("/me").status_code == 302
    other = visitor((firm, "owner"))
    for _ in range(4):
        watch.pass_time(minutes=8)
        assert other.get("/me").status_code == 200


def test_pages_are_compressed_and_what_programs_get_is_not(firm: int) -> None:
    client, asked = Visitor().client, {"Accept-Encoding": "gzip"}
    assert client.get("/sign-in", headers=asked)["Content-Encoding"] == "gzip"
    for path in ("/api/v1/openapi.json", "/gib/efatura?wsdl", "/health"):
        assert "Content-Encoding" not in client.get(path, headers=asked), path
