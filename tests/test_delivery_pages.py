"""What people see of deliveries, webhooks and notifications; and what a document's receiver sees behind a link."""

from __future__ import annotations

import pytest

from delivery_world import document, told
from platform_people import Person, person, signed_in
from platform_way_out import run
from platform_world import ARDIC, invoices, taxpayer
from portal_browser import PHONE, SCREEN, WIDE, Portal, accessible, portal, shot
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed
from ulak_server.delivery import services as delivery
from ulak_server.delivery.models import Attempt, Hook, Message
from ulak_server.delivery.services import Wanted
from ulak_server.delivery.telling import tell

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["portal"]


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer(ARDIC, "ARD")


@pytest.fixture(scope="module")
def invoice(ardic: int) -> int:
    (id,) = invoices(ardic)
    run()
    return int(id)


@pytest.fixture(scope="module")
def owner(ardic: int) -> Person:
    return person((ardic, "owner"))


@pytest.fixture(scope="module")
def session(owner: Person) -> str:
    return signed_in(owner)


def test_pictures(portal: Portal, ardic: int, invoice: int, owner: Person, session: str) -> None:
    with scoped(Role.WEB, [ardic]):
        link = delivery.make_link(ardic, invoice)
        address = delivery.address_of_link(link).replace("http://127.0.0.1:8000", "")
    for size, name in ((SCREEN, "screen"), (PHONE, "phone")):
        for language, theme in (("tr", "light"), ("en", "dark")):
            page = portal.page(size=size, language=language, theme=theme)
            page.emulate_media(color_scheme=theme)
            page.goto(address)
            shot(page, f"public-{name}-{language}")
            accessible(page)
    page.goto(address[:-3] + "xxx")
    shot(page, "public-gone")
    accessible(page)
