"""What people see of deliveries, webhooks and notifications; and what a document's receiver sees behind a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from delivery_world import told
from platform_people import Person, person, signed_in
from platform_way_out import run
from platform_world import ARDIC, invoices, taxpayer
from portal_browser import PHONE, SCREEN, Portal, accessible, portal, shot
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed
from ulak_server.delivery import services as delivery
from ulak_server.delivery.models import Attempt, Call, Hook, Message
from ulak_server.delivery.services import Wanted
from ulak_server.delivery.suppressions import suppress
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


def fill(ardic: int, invoice: int, owner: Person, tmp: str) -> dict[str, int]:
    """Deliveries of every kind, a webhook that fails, notifications."""
    feed.read_on()
    with told(ULAK_SMTP_URL=f"file:{tmp}", ULAK_MAIL_FROM="Ulak <fatura@ulak.example>"), scoped(Role.WEB, [ardic]):
        ids = delivery.send(
            ardic, invoice, Wanted(("muhasebe@meltem.example", "depo@meltem.example", "eski@meltem.example", "ayse@meltem.example"))
        )
        said = (
            ("sent", "", "250 2.0.0 queued as 4711", 250),
            ("unclear", "mail.unclear", "Connection unexpectedly closed", None),
            ("refused", "mail.address-refused", "550 5.1.1 <eski@meltem.example>: Recipient address rejected: User unknown", 550),
        )
        now = clock.now()
        for id, (stage, code, detail, status) in zip(ids, said, strict=False):
            Message.objects.filter(id=id).update(stage=stage, code=code, answered=detail, due_at=None)
            Attempt(taxpayer_id=ardic, message_id=id, at=now, outcome=stage, code=code, detail=detail, status=status).save()
        suppress(ardic, "eski@meltem.example", "refused", detail=said[2][2])
        hook = delivery.make_hook(ardic, "https://erp.ardic.example/ulak", label="ERP").id
        delivery.make_hook(ardic, "https://rapor.ardic.example/gelen", ["document.received"])
        for what, code in (("document.returned", "1181"), ("answer.rejected", "RED"), ("document.received", "")):
            delivery_feed_happened(ardic, what, invoice, code)
    tell(ardic)
    with scoped(Role.WEB, [ardic]):
        call = delivery.calls_of(ardic, hook)[0].id
        Call.objects.filter(id=call).update(status=503, code="webhook.refused", attempts=3)
        Attempt(taxpayer_id=ardic, call_id=call, at=now, outcome="failed", code="webhook.refused", status=503, detail="Service Unavailable").save()
        Hook.objects.filter(id=hook).update(failures=3)
    return {"message": ids[2], "hook": hook, "call": call}


def delivery_feed_happened(ardic: int, kind: str, invoice: int, code: str) -> None:
    feed.happened(ardic, kind, documents=[invoice], code=code)


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


def test_pictures_of_rooms(
    portal: Portal, ardic: int, invoice: int, owner: Person, session: str, tmp_path: Path
) -> None:
    made = fill(ardic, invoice, owner, str(tmp_path))
    paths = {
        "log": "deliveries",
        "one": f"deliveries/{made['message']}",
        "stopped": "deliveries/stopped",
        "card": f"documents/{invoice}/deliveries",
        "compose": f"documents/{invoice}/deliver",
        "webhooks": "settings/webhooks",
        "webhook": f"settings/webhooks/{made['hook']}",
        "webhook-new": "settings/webhooks/new",
        "call": f"settings/webhooks/calls/{made['call']}",
        "notifications": "notifications",
        "wishes": "settings/notifications",
    }
    with told(ULAK_SMTP_URL=f"file:{tmp_path}", ULAK_MAIL_FROM="Ulak <fatura@ulak.example>"):
        for size, language, theme, mark in ((SCREEN, "tr", "light", "s"), (PHONE, "en", "dark", "p")):
            page = portal.page(session, size=size, language=language, theme=theme)
            for name, path in paths.items():
                page.goto(f"/t/{ardic}/{path}")
                shot(page, f"delivery-{name}-{mark}")
                try:
                    accessible(page)
                except AssertionError as e:
                    print("AXE", name, str(e)[:400])
