"""What attackers write into addresses and headers is answered in sentences: no failure, no way out of the site."""

from __future__ import annotations

from typing import Final

import pytest
from django.test import Client

from platform_world import ARDIC, taxpayer
from portal_client import Visitor, visitor
from ulak_server.people import services as people

pytestmark = pytest.mark.usefixtures("platform_database")
UNREADABLE: Final = "//[evil.example"
"""Looks like the beginning of an address of IPv6, which readers of addresses refuse to read."""


@pytest.fixture(scope="module")
def firm(platform_database: str) -> int:
    return taxpayer(ARDIC, "ARD")


def test_addresses_that_nobody_can_read_lead_home(firm: int) -> None:
    anybody = Visitor()
    assert anybody.get("/sign-in", next=UNREADABLE).status_code == 200
    assert anybody.post("/appearance", {"back": UNREADABLE, "language": "tr"})["Location"] == "/"


def test_a_referrer_that_nobody_can_read_leads_home(firm: int) -> None:
    anybody = Visitor()
    for name in ("Referer", "HX-Current-URL"):
        found = anybody.client.post(f"/t/{firm}/documents/views", headers={name: f"https:{UNREADABLE}"})
        assert (found.status_code, found["Location"]) == (302, "/sign-in?next=/")


def test_a_taxpayer_that_cannot_be_is_no_way_around_the_choice_of_one(firm: int) -> None:
    owner = visitor((firm, "owner"))
    for nobodys in ("0", "00", str(2**63)):
        for page in ("outgoing", "settings/webhooks", "settings/designs"):
            assert owner.get(f"/t/{nobodys}/{page}").status_code == 404, (nobodys, page)


def test_numbers_that_no_table_holds_are_not_found(firm: int) -> None:
    owner = visitor((firm, "owner"))
    for verb in ("withdraw", "resend", "take", "answer"):
        assert owner.post(f"/t/{firm}/documents/{2**63}/{verb}").status_code == 404, verb


def test_a_nul_is_left_out_wherever_it_stands(firm: int) -> None:
    owner, anybody = visitor((firm, "owner")), Visitor()
    assert anybody.post("/sign-in", {"email": "a\0b@ardic.example", "password": "a\0b"}).status_code < 500
    assert owner.post(f"/t/{firm}/deliveries/stopped/lift", {"address": "a\0b"}).status_code < 500
    assert owner.get(f"/t/{firm}/outgoing", text="a\0b").status_code == 200
    assert owner.get(f"/t/{firm}/months/a%00b").status_code == 422


def test_a_form_that_nobody_can_read_is_refused_in_a_sentence(firm: int) -> None:
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.get("/sign-in")
    many = strict.post("/sign-in", {f"x{place}": "" for place in range(1001)})
    assert (many.status_code, "pages.too-large" in many.content.decode()) == (413, True)
    for path in ("/sign-in", f"/t/{firm}/imports"):
        broken = strict.generic("POST", path, b"x", content_type="multipart/form-data; boundary=" + "x" * 300)
        assert (broken.status_code, "pages.unreadable" in broken.content.decode()) == (400, True), path


def test_a_number_of_thousands_of_digits_is_no_number(firm: int) -> None:
    owner, long = visitor((firm, "owner")), "1" * 5000
    for path in ("items", "contacts", "deliveries"):
        assert owner.get(f"/t/{firm}/{path}", after=long, before=f"a|{long}").status_code == 200, path
        assert owner.get(f"/t/{firm}/{path}", after=f"a|{long}").status_code == 200, path
    assert owner.post(f"/t/{firm}/settings/labels", {"name": "Uzun", "id": long}).status_code < 500


@pytest.fixture(scope="module")
def helper(firm: int) -> Visitor:
    """An operator who reads along."""
    found = visitor(operator=True)
    caller = people.authenticate_session(found.token)
    with people.working_for(caller):
        id = people.ask_for_support(caller, firm, "Birlikte bakalım.", 4)
    assert visitor((firm, "owner")).post(f"/t/{firm}/settings/support/{id}/consent").status_code == 303
    return found


def test_who_reads_along_sees_a_month_which_others_leave_notes_in(firm: int, helper: Visitor) -> None:
    assert helper.get(f"/t/{firm}/months/2026-10").status_code == 200


def test_who_reads_along_is_told_that_nothing_was_changed(firm: int, helper: Visitor) -> None:
    found = helper.post(f"/t/{firm}/notifications/seen")
    assert (found.status_code, "pages.read-only" in found.content.decode()) == (403, True)
