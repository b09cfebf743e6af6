"""A link shows a document to whoever has it, for as long as it holds, and leads nowhere else."""

from __future__ import annotations

import re
from email import message_from_bytes
from pathlib import Path
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from delivery_world import told
from platform_api import two_firms
from platform_people import Watch
from platform_way_out import run
from platform_world import invoices
from seal_pki import KNOWN_TRUST
from ulak.seal.trust import Policy, Trust, TrustStore
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery.links import token_of
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.models import Link
from ulak_server.delivery.problems import DeliveryError
from ulak_server.designs import services as designs
from ulak_server.documents.models import Document
from ulak_server.people.models import Limit

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return two_firms()


@pytest.fixture(scope="module")
def invoice(firms: tuple[int, int]) -> int:
    (id,) = invoices(firms[0])
    run()
    return int(id)


@pytest.fixture(autouse=True)
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Trust(TrustStore.read(KNOWN_TRUST), Policy(online=False), clock=clock.now)
    monkeypatch.setattr("ulak_server.delivery.verdicts.trust", lambda: known)


@pytest.fixture
def link(firms: tuple[int, int], invoice: int) -> Link:
    with scoped(Role.WEB, [firms[0]]):
        Link.objects.all().delete()
        Limit.objects.all().delete()
        return delivery.make_link(firms[0], invoice, label="Meltem", actor="user:1")


def ask(link: Link | str, path: str = "", language: str = "tr", **headers: str) -> HttpResponse:
    token = link if isinstance(link, str) else token_of(link)
    client = Client(SERVER_NAME="localhost", headers={"Accept-Language": language, **headers})
    response = client.get(f"/d/{token}{path}")
    assert not response.cookies, "strangers get no cookie"
    return cast(HttpResponse, response)


def words(response: HttpResponse) -> str:
    return response.content.decode()


def stored(firms: tuple[int, int], link: Link) -> Link:
    with scoped(Role.WEB, [firms[0]]):
        return Link.objects.get(id=link.id)


def test_the_page_says_whose_document_it_is_and_nothing_to_search_engines(link: Link) -> None:
    response = ask(link)
    assert response.status_code == 200
    said = words(response)
    for wanted in ("Ardıç Ticaret A.Ş.", "4812530769", "Meltem Gıda Ltd. Şti.", "ARD20"):
        assert wanted in said
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "script-src" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "<script" not in said


def test_the_page_speaks_the_readers_language_and_can_be_switched(link: Link) -> None:
    assert "How do I know" in words(ask(link, language="en-GB,en;q=0.9"))
    assert "Gerçek olduğunu" in words(ask(link))
    assert "How do I know" in words(ask(link, "?lang=en"))
    assert "Gerçek olduğunu" in words(ask(link, "?lang=tr", language="en"))


def test_the_seal_is_judged_in_plain_words(link: Link) -> None:
    assert "Mührü geçerli" in words(ask(link))
    assert "The seal is valid" in words(ask(link, language="en"))


def test_a_changed_document_is_not_to_be_trusted(firms: tuple[int, int], link: Link, invoice: int) -> None:
    with scoped(Role.WEB, [firms[0]]):
        row = Document.objects.get(id=invoice)
        ref = archive.Ref(firms[0], row.month, row.id)
        whole = archive.read([ref])[ref]
        archive.keep([archive.Body(ref, whole.replace("Çelik".encode(), "Gümüş".encode()), "invoice")])
    try:
        said = words(ask(link))
    finally:
        with scoped(Role.WEB, [firms[0]]):
            archive.keep([archive.Body(ref, whole, "invoice")])
    assert "Mührü tutmuyor" in said
    assert "Mührü geçerli</" not in said


def test_without_trusted_roots_nothing_is_called_good(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ulak_server.delivery.verdicts.trust", lambda: None)
    assert "şu anda denetlenemedi" in words(ask(link))


def test_the_seal_is_verified_anew_after_an_hour_only(
    link: Link, monkeypatch: pytest.MonkeyPatch, watch: Watch
) -> None:
    from ulak_server.delivery import verdicts

    count: list[int] = []

    def counted(body: bytes) -> verdicts.Verdict:
        count.append(1)
        return verdicts.judged(body)

    monkeypatch.setattr("ulak_server.delivery.links.judged", counted)
    for _ in range(3):
        ask(link)
    assert len(count) == 1
    watch.pass_time(minutes=61)
    ask(link)
    assert len(count) == 2


def test_the_files_are_the_document_itself_and_its_picture(firms: tuple[int, int], link: Link, invoice: int) -> None:
    xml = ask(link, "/document.xml")
    with scoped(Role.WEB, [firms[0]]):
        row = Document.objects.get(id=invoice)
        ref = archive.Ref(firms[0], row.month, row.id)
        assert xml.content == archive.read([ref])[ref]
    assert xml["Content-Disposition"] == f'attachment; filename="{row.number}.xml"'
    pdf = ask(link, "/document.pdf")
    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF-")
    assert ask(link, "/document.exe").status_code == 404


def test_the_paper_is_for_a_frame_and_runs_nothing_of_ours(link: Link) -> None:
    response = ask(link, "/paper")
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy


def test_what_is_opened_is_counted_and_written_down(firms: tuple[int, int], link: Link, invoice: int) -> None:
    for _ in range(2):
        ask(link)
    ask(link, "/paper")
    ask(link, "/document.xml")
    found = stored(firms, link)
    assert found.views == 2
    assert found.first_seen_at is not None
    with scoped(Role.WEB, [firms[0]]):
        told = [one.what for one in audit.timeline(invoice) if one.facts.get("link") == link.id]
    assert told.count("link.viewed") == 2
    assert told.count("link.fetched") == 1


def test_the_token_is_nowhere_in_the_database(firms: tuple[int, int], link: Link) -> None:
    secret = token_of(link).partition("-")[2]
    with scoped(Role.WEB, [firms[0]]):
        kept = Link.objects.filter(id=link.id).values()[0]
    assert secret not in repr(kept)
    assert re.fullmatch(r"[0-9a-f]{64}", kept["digest"])


def gone(link: Link | str, status: int, tr: str, en: str) -> None:
    for path in ("", "/paper", "/document.pdf", "/document.xml"):
        response = ask(link, path)
        assert response.status_code == status, path
        assert tr in words(response), path
        assert "noindex" in response["X-Robots-Tag"]
        assert "Ardıç" not in words(response), "nobody learns whose it was"
    assert en in words(ask(link, language="en"))


def test_a_link_that_ended_says_so(link: Link, watch: Watch) -> None:
    watch.pass_time(days=91)
    gone(link, 410, "süresi", "The link ended on")


def test_a_link_that_was_closed_says_so(firms: tuple[int, int], link: Link) -> None:
    with scoped(Role.WEB, [firms[0]]):
        delivery.revoke_link(firms[0], link.id)
    gone(link, 410, "kapattı", "The sender has closed this link")


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("guessed", lambda token: token[:-4] + "AAAA"),
        ("of another taxpayer", lambda token: f"2{token[1:]}"),
        ("of nobody", lambda token: f"999999999{token[1:]}"),
        ("of a number too large", lambda token: f"9999999999{token[1:]}"),
        ("cut off", lambda token: token[:-5]),
        ("with more behind", lambda token: token + "x"),
        ("empty", lambda token: "-"),
        ("odd", lambda token: "%00%ff"),
        ("SQL", lambda token: "1-' OR 1=1 --"),
    ],
)
def test_a_link_that_is_none_leads_nowhere(link: Link, why: str, change: object) -> None:
    assert callable(change)
    gone(change(token_of(link)), 404, "Bu bağlantıda bir belge yok", "There is no document behind this link")


def test_one_network_address_opens_only_so_many(link: Link) -> None:
    seen = {ask("1-" + "A" * 32).status_code for _ in range(121)}
    assert seen == {404, 429}
    assert ask(link).status_code == 429
    assert "Çok sık" in words(ask(link))


def test_only_sealed_documents_get_links(firms: tuple[int, int]) -> None:
    (draft,) = invoices(firms[0])
    with scoped(Role.WEB, [firms[0]]):
        with pytest.raises(DeliveryError, match=r"delivery\.not-sealed"):
            delivery.make_link(firms[0], draft)
        with pytest.raises(DeliveryError, match=r"delivery\.no-document"):
            delivery.make_link(firms[0], 10**9)
        for days in (0, 10_000):
            with pytest.raises(DeliveryError, match=r"link\.days"):
                delivery.make_link(firms[0], draft, days=days)


def test_whoever_asks_for_the_links_of_others_gets_none(firms: tuple[int, int], invoice: int, link: Link) -> None:
    with scoped(Role.WEB, [firms[1]]):
        assert delivery.links_of(firms[1], invoice) == []
        with pytest.raises(DeliveryError, match=r"link\.unknown"):
            delivery.revoke_link(firms[1], link.id)


def test_messages_carry_the_document_and_its_picture_in_the_issuers_look(
    firms: tuple[int, int], invoice: int, tmp_path: Path
) -> None:
    plain = attached(firms[0], invoice, tmp_path)
    with scoped(Role.WEB, [firms[0]]):
        saved = designs.save(firms[0], designs.Wanted("Kırmızı", values={"accent": "#a01010"}))
        designs.make_default(firms[0], saved.id)
    red = attached(firms[0], invoice, tmp_path)
    assert plain["application/pdf"].startswith(b"%PDF-")
    assert red["application/pdf"] != plain["application/pdf"]
    assert red["application/xml"] == plain["application/xml"]
    assert b"SignatureValue" in red["application/xml"]


def attached(firm: int, invoice: int, folder: Path) -> dict[str, bytes]:
    """The files of a message that is sent now, by their kind."""
    with told(ULAK_SMTP_URL=f"file:{folder}", ULAK_MAIL_FROM="Ulak <a@ulak.example>"):
        with scoped(Role.WEB, [firm]):
            (id,) = delivery.send(firm, invoice, delivery.Wanted(("a@meltem.example",), link=False))
        station = Mail(threads=1)
        station.turn()
        station.close()
    message = message_from_bytes((folder / f"{id}.eml").read_bytes())
    files = [one for one in message.walk() if one.get_filename()]
    return {one.get_content_type(): cast(bytes, one.get_payload(decode=True)) for one in files}
