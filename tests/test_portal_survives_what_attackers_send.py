"""What attackers write into addresses and headers is answered in sentences: no failure, no way out of the site."""

from __future__ import annotations

from typing import Final

import pytest

from platform_world import ARDIC, taxpayer
from portal_client import Visitor, visitor

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
