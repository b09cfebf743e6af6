"""What people see of deliveries, webhooks and notifications, and what they do there; and a document behind a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
from django.http import HttpResponse

from delivery_world import told
from platform_archive import archived
from platform_database import settled
from platform_intake import sent
from platform_people import Person, person, signed_in
from platform_way_out import run
from platform_world import ARDIC, archiving, invoices, taxpayer
from portal_browser import PHONE, SCREEN, Portal, accessible, portal, shot
from portal_client import Visitor, visitor
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed
from ulak_server.delivery import services as delivery
from ulak_server.delivery.models import Attempt, Call, Hook, Link, Message, Notification, Suppression
from ulak_server.delivery.services import Wanted
from ulak_server.delivery.sharing import Sharing
from ulak_server.delivery.suppressions import suppress
from ulak_server.delivery.telling import tell
from ulak_server.exchange.reports import services as reporting

pytestmark = pytest.mark.usefixtures("platform_database")
ROLES: Final = ("owner", "accountant", "clerk", "reader")
__all__ = ["portal"]
_REFUSED: Final = "550 5.1.1 <eski@meltem.example>: Recipient address rejected: User unknown"


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


@pytest.fixture(autouse=True)
def sends(tmp_path: Path) -> Iterator[None]:
    with told(ULAK_SMTP_URL=f"file:{tmp_path}", ULAK_MAIL_FROM="Ulak <fatura@ulak.example>"):
        yield


@pytest.fixture
def made(ardic: int, invoice: int, owner: Person) -> Iterator[dict[str, int]]:
    """Deliveries of every kind, a webhook that fails, notifications."""
    yield _fill(ardic, invoice)
    with scoped(Role.WEB, [ardic]):
        for model in (Message, Attempt, Call, Hook, Link, Notification, Suppression):
            model.objects.all().delete()


def _fill(ardic: int, invoice: int) -> dict[str, int]:
    now = clock.now()
    to = tuple(f"{name}@meltem.example" for name in ("muhasebe", "depo", "eski", "ayse"))
    with scoped(Role.WEB, [ardic]):
        ids = delivery.send(ardic, invoice, Wanted(to))
        ends = (
            ("sent", "", "250 2.0.0 queued as 4711"),
            ("unclear", "mail.unclear", "closed"),
            ("refused", "mail.address-refused", _REFUSED),
        )
        for id, (stage, code, detail) in zip(ids, ends, strict=False):
            Message.objects.filter(id=id).update(stage=stage, code=code, answered=detail, due_at=None)
            Attempt(taxpayer_id=ardic, message_id=id, at=now, outcome=stage, code=code, detail=detail).save()
        suppress(ardic, "eski@meltem.example", "refused", detail=_REFUSED)
        hook = delivery.make_hook(ardic, "https://erp.ardic.example/ulak", label="ERP").id
        delivery.make_hook(ardic, "https://rapor.ardic.example/gelen", ["document.received"])
        for kind, code in (("document.returned", "1181"), ("answer.rejected", "RED"), ("document.received", "")):
            feed.happened(ardic, kind, documents=[invoice], code=code)
    tell(ardic)
    with scoped(Role.WEB, [ardic]):
        call = delivery.calls_of(ardic, hook)[0].id
        Call.objects.filter(id=call).update(status=503, code="webhook.refused", attempts=3)
        Attempt(taxpayer_id=ardic, call_id=call, at=now, outcome="failed", code="webhook.refused", status=503).save()
        Hook.objects.filter(id=hook).update(failures=3)
    return {"message": ids[2], "unclear": ids[1], "waiting": ids[3], "hook": hook, "call": call}


# -- seen --------------------------------------------------------------------------------------------------------------

LOOKS: Final[tuple[tuple[tuple[int, int], str, Literal["light", "dark"], str], ...]] = (
    (SCREEN, "tr", "light", "screen"),
    (PHONE, "en", "dark", "phone"),
)


@pytest.mark.parametrize(("size", "language", "theme", "mark"), LOOKS, ids=[look[-1] for look in LOOKS])
def test_every_page_is_for_everybody(
    portal: Portal,
    ardic: int,
    invoice: int,
    session: str,
    made: dict[str, int],
    size: tuple[int, int],
    language: str,
    theme: Literal["light", "dark"],
    mark: str,
) -> None:
    paths = {
        "log": "deliveries",
        "message": f"deliveries/{made['message']}",
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
    page = portal.page(session, size=size, language=language, theme=theme)
    for name, path in paths.items():
        page.goto(f"/t/{ardic}/{path}")
        shot(page, f"delivery-{name}-{mark}")
        accessible(page)


@pytest.mark.parametrize(("size", "language", "theme", "mark"), LOOKS, ids=[look[-1] for look in LOOKS])
def test_a_document_behind_a_link_is_for_everybody(
    portal: Portal,
    ardic: int,
    invoice: int,
    size: tuple[int, int],
    language: str,
    theme: Literal["light", "dark"],
    mark: str,
) -> None:
    with scoped(Role.WEB, [ardic]):
        address = delivery.address_of_link(delivery.make_link(ardic, invoice)).partition("/d/")[2]
    page = portal.page(size=size, language=language)
    page.emulate_media(color_scheme=theme)
    page.goto(f"/d/{address}")
    assert "ARD2026" in (page.frame_locator("iframe.paper").locator("body").text_content() or "")
    shot(page, f"public-document-{mark}")
    accessible(page)
    page.goto(f"/d/{address[:-3]}xxx")
    shot(page, f"public-gone-{mark}")
    accessible(page)


# -- done --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def me(session: str, owner: Person) -> Visitor:
    return Visitor(session, "tr", owner)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def led(response: HttpResponse) -> str:
    assert response.status_code == 303, (response.status_code, words(response)[:500])
    return response["Location"]


def test_a_document_is_sent_and_seen_in_the_log(me: Visitor, ardic: int, invoice: int, made: dict[str, int]) -> None:
    form = {"to": "yeni@meltem.example; iki@meltem.example", "channel": "mail", "language": "tr", "attach": ["xml"]}
    where = led(me.post(f"/t/{ardic}/documents/{invoice}/deliver", {**form, "link": "1", "days": "30"}))
    assert where == f"/t/{ardic}/documents/{invoice}/deliveries"
    assert "yeni@meltem.example" in words(me.get(where))
    assert "iki@meltem.example" in words(me.get(f"/t/{ardic}/deliveries"))


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("hiç kimse", "bir e-posta adresi değil"),
        ("eski@meltem.example", "gönderim durdurulmuş"),
        ("", "Alıcı yazılmamış"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_nothing_written_is_lost(
    me: Visitor, ardic: int, invoice: int, made: dict[str, int], to: str, said: str
) -> None:
    form = {"to": to, "channel": "mail", "language": "tr", "note": "Çok uzun bir not <b>", "days": "30"}
    response = me.post(f"/t/{ardic}/documents/{invoice}/deliver", form)
    assert response.status_code in (409, 422)
    assert said in words(response)
    assert "Çok uzun bir not &lt;b&gt;" in words(response)
    assert 'aria-invalid="true"' in words(response)


def test_a_link_is_shown_and_closed(me: Visitor, ardic: int, invoice: int) -> None:
    shown = words(me.post(f"/t/{ardic}/documents/{invoice}/links", {"days": "7", "label": "Meltem"}, part=True))
    address = re.search(r"http://127\.0\.0\.1:8000(/d/[\w-]+)", shown)
    assert address
    assert Visitor().get(address[1]).status_code == 200
    with scoped(Role.WEB, [ardic]):
        link = delivery.links_of(ardic, invoice)[0]
    me.post(f"/t/{ardic}/links/{link.id}/revoke", part=True)
    assert Visitor().get(address[1]).status_code == 410


def test_only_who_may_pass_a_document_on_is_shown_where_its_links_lead(ardic: int, invoice: int) -> None:
    with scoped(Role.WEB, [ardic]):
        link = delivery.make_link(ardic, invoice, label="Yalnız iletenlere")
    token = delivery.address_of_link(link).rpartition("/")[2]
    found = {role: words(visitor((ardic, role)).get(f"/t/{ardic}/documents/{invoice}/deliveries")) for role in ROLES}
    assert all("Yalnız iletenlere" in page for page in found.values())
    assert {role for role, page in found.items() if token in page} == {"owner", "accountant", "clerk"}
    with scoped(Role.WEB, [ardic]):
        delivery.revoke_link(ardic, link.id)


def test_one_that_is_unclear_is_sent_again_and_one_that_waits_is_stopped(
    me: Visitor, ardic: int, made: dict[str, int]
) -> None:
    assert "Ulaştı mı bilinmiyor" in words(me.get(f"/t/{ardic}/deliveries/{made['unclear']}"))
    where = led(me.post(f"/t/{ardic}/deliveries/{made['unclear']}/again"))
    assert "ilk gönderim" in words(me.get(where))
    led(me.post(f"/t/{ardic}/deliveries/{made['waiting']}/stop"))
    assert "Durduruldu" in words(me.get(f"/t/{ardic}/deliveries/{made['waiting']}"))
    assert me.post(f"/t/{ardic}/deliveries/{made['waiting']}/stop").status_code == 409


def test_an_address_is_stopped_and_allowed_again(me: Visitor, ardic: int) -> None:
    led(me.post(f"/t/{ardic}/deliveries/stopped", {"address": "dur@meltem.example"}))
    assert "dur@meltem.example" in words(me.get(f"/t/{ardic}/deliveries/stopped"))
    led(me.post(f"/t/{ardic}/deliveries/stopped/lift", {"address": "dur@meltem.example"}))
    assert "dur@meltem.example" not in words(me.get(f"/t/{ardic}/deliveries/stopped"))
    wrong = me.post(f"/t/{ardic}/deliveries/stopped", {"address": "dur"})
    assert wrong.status_code == 422
    assert "bir e-posta adresi değil" in words(wrong)


def test_a_webhook_is_made_and_its_secret_shown_once(me: Visitor, ardic: int, made: dict[str, int]) -> None:
    form = {"url": "https://yeni.ardic.example/", "label": "Yeni", "kinds": ["answer.rejected"]}
    shown = words(me.post(f"/t/{ardic}/settings/webhooks/new", form))
    secret = re.search(r"whsec_[\w+/=]+", shown)
    assert secret
    with scoped(Role.WEB, [ardic]):
        hook = delivery.hooks_of(ardic)[-1]
    assert hook.kinds == ["answer.rejected"]
    for path in ("settings/webhooks", f"settings/webhooks/{hook.id}"):
        assert secret[0] not in words(me.get(f"/t/{ardic}/{path}"))
    renewed = re.search(r"whsec_[\w+/=]+", words(me.post(f"/t/{ardic}/settings/webhooks/{hook.id}/secret")))
    assert renewed
    assert renewed[0] != secret[0]
    led(me.post(f"/t/{ardic}/settings/webhooks/{hook.id}", {**form, "all": "1"}))
    for verb in ("test", "off", "on", "remove"):
        led(me.post(f"/t/{ardic}/settings/webhooks/{hook.id}/{verb}"))
    assert me.get(f"/t/{ardic}/settings/webhooks/{hook.id}").status_code == 404


def test_an_address_that_will_not_do_is_said_at_its_field(me: Visitor, ardic: int) -> None:
    response = me.post(f"/t/{ardic}/settings/webhooks/new", {"url": "http://10.0.0.1/", "label": "İç"})
    assert response.status_code == 422
    assert "çağrılacak bir adres değil" in words(response)
    assert "İç" in words(response)


def test_what_the_page_of_a_webhook_asks_for_by_itself_is_the_list_alone(
    me: Visitor, ardic: int, made: dict[str, int]
) -> None:
    page = f"/t/{ardic}/settings/webhooks/{made['hook']}"
    assert 'name="url"' in words(me.get(page))
    assert 'name="url"' not in words(me.get(f"{page}/calls"))


def test_a_call_is_repeated(me: Visitor, ardic: int, made: dict[str, int]) -> None:
    led(me.post(f"/t/{ardic}/settings/webhooks/calls/{made['call']}/again"))
    assert me.part(f"/t/{ardic}/settings/webhooks/{made['hook']}/calls").status_code == 200


def test_the_bell_counts_until_all_was_seen(me: Visitor, ardic: int, made: dict[str, int]) -> None:
    assert "3" in words(me.part(f"/t/{ardic}/notifications/count"))
    led(me.post(f"/t/{ardic}/notifications/seen"))
    assert "bell__count" not in words(me.part(f"/t/{ardic}/notifications/count"))


def test_wishes_are_kept(me: Visitor, ardic: int, owner: Person) -> None:
    led(
        me.post(
            f"/t/{ardic}/settings/notifications", {"mail:document.delivered": "daily", "shown:document.delivered": "1"}
        )
    )
    with scoped(Role.WEB, [ardic]):
        wish = delivery.preferences(ardic, owner.id)["document.delivered"]
    assert (wish.shown, wish.mail) == (True, "daily")
    assert me.post(f"/t/{ardic}/settings/notifications", {"mail:document.delivered": "hourly"}).status_code == 422


def test_without_a_mail_server_the_page_says_what_can_be_done(me: Visitor, ardic: int, invoice: int) -> None:
    with told(ULAK_SMTP_URL=""):
        assert "e-posta gönderimi açık değil" in words(me.get(f"/t/{ardic}/documents/{invoice}/deliver"))
        assert "e-posta gönderimi açık değil" in words(me.get(f"/t/{ardic}/deliveries"))


# -- issued documents --------------------------------------------------------------------------------------------------


def test_what_is_to_be_handed_over_is_listed_printed_and_written_down(ardic: int, session: str) -> None:
    archiving(ardic)
    feed.read_on(10_000)
    paper = int(sent(ardic, archived("earchive_invoice", sending="KAGIT")).id)
    run()
    settled()
    feed.read_on(10_000)
    Sharing().turn()
    mine = Visitor(session)
    listed = mine.get(f"/t/{ardic}/deliveries/to-hand-over").content.decode()
    assert "Kâğıtla teslim edilecek" in listed
    assert f"/t/{ardic}/documents/{paper}" in listed
    assert "to-hand-over" in mine.get(f"/t/{ardic}/deliveries").content.decode()
    card = mine.part(f"/t/{ardic}/documents/{paper}/deliveries").content.decode()
    assert f"/t/{ardic}/documents/{paper}/pdf" in card
    address = f"/t/{ardic}/documents/{paper}/handed-over"
    early = mine.post(address, {"at": "2020-01-01T10:00"}, part=True)
    assert early.status_code == 422
    assert "düzenlenmesinden önce" in early.content.decode()
    done = mine.post(address, {"at": "", "to": "Ayşe Yıldız"}, part=True).content.decode()
    assert "Ayşe Yıldız" in done
    assert "handed-over" not in done, "nothing is written down twice"
    assert "Elden teslim edilecek belge yok" in mine.get(f"/t/{ardic}/deliveries/to-hand-over").content.decode()
    more = [int(sent(ardic, archived("earchive_invoice", sending="KAGIT")).id) for _ in range(3)]
    run()
    settled()
    feed.read_on(10_000)
    Sharing().turn()
    reporting.cancel(ardic, more[0])
    done_all = mine.post(f"/t/{ardic}/deliveries/to-hand-over", {"id": [str(more[1])]})
    assert done_all.status_code in (204, 302, 303)
    listed = mine.get(f"/t/{ardic}/deliveries/to-hand-over").content.decode()
    assert [f"/documents/{one}#" in listed for one in more] == [False, False, True], "neither cancelled nor handed over"
    reader = visitor((ardic, "reader"))
    assert reader.post(address).status_code == 403


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "light"), (SCREEN, "dark")])
def test_strangers_find_the_original_of_their_paper(
    portal: Portal, size: tuple[int, int], theme: Literal["light", "dark"]
) -> None:
    page = portal.page(size=size)
    page.emulate_media(color_scheme=theme)
    page.goto("/e/")
    accessible(page)
    page.fill("#ettn", "yok")
    page.fill("#amount", "1")
    page.click("main button")
    assert page.get_by_role("alert").is_visible()
    accessible(page)
    shot(page, f"paper-find-{size[0]}-{theme}")
