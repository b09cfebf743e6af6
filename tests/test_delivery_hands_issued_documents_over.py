"""What is issued reaches its buyer by itself, or a person is told why not; what each got, when and how is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from email import message_from_bytes
from email.message import Message as Parsed
from email.policy import default as EMAIL
from typing import Any, cast

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from delivery_world import Server, document, serving_mail
from platform_archive import CONSUMER, archived
from platform_database import settled
from platform_intake import row, sent
from platform_people import Watch
from platform_way_out import run
from platform_world import MELTEM, archiving, taxpayer
from seal_pki import KNOWN_TRUST
from ulak.seal.trust import Policy, Trust, TrustStore
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery.addresses import message_in
from ulak_server.delivery.feed import read_on
from ulak_server.delivery.mail.returning import came_back
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.mail.writing_bytes import whole
from ulak_server.delivery.models import Delivered, Handover, Message, Suppression
from ulak_server.delivery.papers import File
from ulak_server.delivery.permanent import of_paper
from ulak_server.delivery.problems import DeliveryError
from ulak_server.delivery.services import HandoverStage
from ulak_server.delivery.sharing import Sharing, said_in
from ulak_server.documents.addresses import token_of, xml_address
from ulak_server.exchange.reports import services as reporting
from ulak_server.people.models import Limit

pytestmark = pytest.mark.usefixtures("platform_database")
BUYER = {**CONSUMER, "email": "ayse@yildiz.example"}


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return archiving(taxpayer())


@pytest.fixture(autouse=True)
def fresh(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    settled()
    read_on(10_000)
    known = Trust(TrustStore.read(KNOWN_TRUST), Policy(online=False), clock=clock.now)
    monkeypatch.setattr("ulak_server.delivery.verdicts.trust", lambda: known)
    with scoped(Role.WEB, [ardic]):
        Limit.objects.all().delete()
        for model in (Message, Handover, Delivered, Suppression):
            model.objects.all().delete()


@pytest.fixture
def mail() -> Iterator[Server]:
    with serving_mail() as server:
        yield server


def issued(ardic: int, kind: str = "earchive_invoice", **changed: Any) -> int:
    """A document that was issued just now."""
    taken = sent(ardic, archived(kind, **{"customer": BUYER, **changed}))
    run()
    assert row(ardic, taken.id).stage == "issued"
    return int(taken.id)


def shared(known: dict[str, str] | None = None) -> None:
    """Until what happened has been read, looked at and sent."""
    settled()
    read_on(10_000)
    Sharing(lambda _, numbers: {one: (known or {})[one] for one in numbers if one in (known or {})}).turn()
    station = Mail(threads=1)
    try:
        while station.turn():
            pass
    finally:
        station.close()


def handing(ardic: int, id: int) -> delivery.Handing:
    with scoped(Role.WEB, [ardic]):
        return delivery.handing_of(ardic, id)


def text_of(message: Parsed) -> str:
    part = next(one for one in message.walk() if one.get_content_type() == "text/plain")
    return cast(bytes, part.get_payload(decode=True)).decode()


def test_an_issued_document_goes_to_its_buyer_by_itself_with_what_the_law_wants_said(ardic: int, mail: Server) -> None:
    id = issued(ardic)
    shared()
    ((_, to, message),) = mail.taken
    assert to == "ayse@yildiz.example"
    names = [one.get_filename() or "" for one in message.walk()]
    assert {name.rpartition(".")[2] for name in names if name} == {"pdf", "xml"}
    said = text_of(message)
    for wanted in ("görüntüleme aracı", "ebelge.gib.gov.tr", "Doğrulamak", "Yazdırmak", f"/e/{ardic}-"):
        assert wanted in said
    assert message["Auto-Submitted"] == "auto-generated"
    found = handing(ardic, id)
    assert (found.stage, found.sending) == (HandoverStage.MAILED, "ELEKTRONIK")
    (record,) = found.records
    assert (record.how, record.recipient, sorted(record.forms)) == ("mail", "ayse@yildiz.example", ["pdf", "xml"])
    assert found.delivered_at == record.at == row(ardic, id).delivered_at
    shared()
    assert len(mail.taken) == 1, "once"
    with scoped(Role.WEB, [ardic]):
        assert [one.what for one in audit.timeline(id)].count("document.mailed") == 1


def test_the_books_know_addresses_that_a_document_does_not_say(ardic: int, mail: Server) -> None:
    receiver = {
        "tax_id": MELTEM[0],
        "name": MELTEM[1],
        "address": {"town": "Ula", "city": "Muğla"},
        "tax_office": "Ula",
    }
    id = issued(ardic, "freelance_receipt", customer=receiver)
    shared({MELTEM[0]: "muhasebe@meltem.example; depo@meltem.example"})
    assert [to for _, to, _ in mail.taken] == ["muhasebe@meltem.example"]
    assert handing(ardic, id).stage is HandoverStage.MAILED


def test_who_has_no_address_or_wants_paper_waits_for_a_person_who_writes_it_down(ardic: int, mail: Server) -> None:
    paper, nowhere = issued(ardic, sending="KAGIT"), issued(ardic, customer=CONSUMER)
    shared()
    assert not mail.taken
    assert handing(ardic, paper).stage is HandoverStage.PAPER
    assert handing(ardic, nowhere).stage is HandoverStage.NO_ADDRESS
    with scoped(Role.WEB, [ardic]):
        assert {one.id for one, _ in delivery.to_hand_over(ardic)} == {paper, nowhere}
        for at in (clock.now() + timedelta(hours=1), clock.now() - timedelta(days=1)):
            with pytest.raises(DeliveryError) as refused:
                delivery.handed_over(ardic, paper, at=at)
            assert refused.value.code == "delivery.handed-when"
        made = delivery.handed_over(ardic, paper, to="Ayşe Yıldız", actor="user:1")
        assert delivery.handed_over(ardic, paper, actor="user:2").id == made.id
    found = handing(ardic, paper)
    assert (found.stage, found.may_be_handed, found.delivered_at) == (HandoverStage.HANDED, False, made.at)
    with scoped(Role.WEB, [ardic]):
        assert [one.id for one, _ in delivery.to_hand_over(ardic)] == [nowhere]


def test_other_documents_are_not_handed_over_so(ardic: int) -> None:
    invoice = document(ardic)
    with scoped(Role.WEB, [ardic]), pytest.raises(DeliveryError) as refused:
        delivery.handed_over(ardic, invoice)
    assert refused.value.code == "delivery.not-issued"


def test_a_number_that_all_buyers_without_one_share_leads_to_nobodys_address(ardic: int, mail: Server) -> None:
    issued(ardic)
    shared()
    stranger = issued(ardic, customer={**CONSUMER, "first_name": "Can"})
    shared({str(CONSUMER["tax_id"]): "ayse@yildiz.example"})
    assert len(mail.taken) == 1, "the invoice of another one went to Ayşe"
    assert handing(ardic, stranger).stage is HandoverStage.NO_ADDRESS
    with scoped(Role.WEB, [ardic]):
        assert delivery.proposed(ardic, stranger) == []


def test_what_a_person_writes_of_a_handover_is_kept_in_one_plain_line(ardic: int) -> None:
    id = issued(ardic)
    with scoped(Role.WEB, [ardic]):
        made = delivery.handed_over(ardic, id, to="Ay\x00şe\r\n\u202eYıldız", note="\x00")
    assert (made.recipient, made.note) == ("Ay şe Yıldız", "")


def test_stopped_addresses_and_installations_without_mail_are_said(ardic: int, mail: Server) -> None:
    with scoped(Role.WEB, [ardic]):
        delivery.suppress_by_hand(ardic, "kapali@yildiz.example")
    id = issued(ardic, customer={**BUYER, "email": "Kapali@yildiz.example"})
    shared()
    assert handing(ardic, id).stage is HandoverStage.STOPPED
    assert not mail.taken


def test_without_mail_a_person_is_told(ardic: int) -> None:
    id = issued(ardic)
    shared()
    assert handing(ardic, id).stage is HandoverStage.NO_MAIL


def test_the_buyer_is_told_of_a_cancellation_and_of_the_right_to_refuse_it(ardic: int, mail: Server) -> None:
    plain = issued(ardic)
    receiver = {**archived_client(), "email": "muhasebe@meltem.example"}
    asked = issued(ardic, "freelance_receipt", customer=receiver)
    shared()
    for id in (plain, asked):
        reporting.cancel(ardic, id, "Yanlış")
    mail.taken.clear()
    shared()
    told = {to: text_of(message) for _, to, message in mail.taken}
    assert "iptal etti" in told["ayse@yildiz.example"]
    assert "reddedebilirsiniz" not in told["ayse@yildiz.example"]
    assert "reddedebilirsiniz" in told["muhasebe@meltem.example"]
    assert not [part for _, _, message in mail.taken for part in message.walk() if part.get_filename()]


def archived_client() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads(archived("freelance_receipt"))["customer"])


def test_mail_that_comes_back_was_no_delivery(ardic: int, mail: Server) -> None:
    id = issued(ardic)
    shared()
    ((path, _, _),) = mail.taken
    assert message_in(path) is not None
    came_back(bounce(path))
    found = handing(ardic, id)
    assert found.delivered_at is None
    assert [one.undone_why for one in found.records] == ["mail.bounced"]


def bounce(path: str) -> bytes:
    report = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    return (
        f"To: {path}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
        f"--x\r\nContent-Type: text/plain\r\n\r\nno\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; b.example\r\n\r\n{report}\r\n--x--\r\n"
    ).encode()


def test_one_that_cannot_be_opened_holds_up_no_other(ardic: int, mail: Server) -> None:
    damaged, sound = issued(ardic), issued(ardic)
    with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE archive_body SET data = set_byte(data, 40, get_byte(data, 40) # 1) WHERE owner = %s", [damaged]
        )
    shared()
    assert [to for _, to, _ in mail.taken] == ["ayse@yildiz.example"]
    assert handing(ardic, sound).stage is HandoverStage.MAILED
    assert handing(ardic, damaged).stage is HandoverStage.NO_ADDRESS


# -- the addresses that hold for good ----------------------------------------------------------------------------------


def ask(path: str, **headers: str) -> HttpResponse:
    response = Client(SERVER_NAME="localhost", headers={"Accept-Language": "tr", **headers}).get(path)
    assert not response.cookies, "strangers get no cookie"
    assert "noindex" in response["X-Robots-Tag"]
    return cast(HttpResponse, response)


def test_the_address_of_the_report_gives_the_sealed_xml_and_only_to_who_has_it(ardic: int) -> None:
    id = issued(ardic)
    ettn = row(ardic, id).ettn
    path = xml_address(ardic, ettn).partition("8000")[2] or xml_address(ardic, ettn).split("/", 3)[3]
    path = "/" + path.lstrip("/")
    response = ask(path)
    assert response["Content-Type"] == "application/xml"
    assert b"SignatureValue" in response.content
    assert "sandbox" in response["Content-Security-Policy"]
    assert handing(ardic, id).delivered_at is None, "GİB's programs come by it, and are not the buyer"
    token = token_of(ardic, ettn)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token.replace("-", "_", 1), f"{token}.pdf"):
        refused = ask(f"/e/{wrong}.xml")
        assert (refused.status_code, refused.content) == (404, b"")
    draft = sent(ardic, archived("earchive_invoice", customer=BUYER), intent="draft")
    missing = ask(f"/e/{token_of(ardic, row(ardic, draft.id).ettn)}.xml")
    assert (missing.status_code, missing.content) == (404, b""), "as if there were none"


def test_people_see_it_too_and_that_it_is_cancelled(ardic: int) -> None:
    id = issued(ardic)
    token = token_of(ardic, row(ardic, id).ettn)
    before = ask(f"/e/{token}").content.decode()
    assert "Mührü geçerli" in before
    assert "iptal edildi" not in before
    reporting.cancel(ardic, id)
    assert "Bu belge iptal edildi." in ask(f"/e/{token}").content.decode()
    assert ask(f"/e/{token}.xml").status_code == 200
    assert ask(f"/e/{token}/document.pdf").content.startswith(b"%PDF-")
    assert "sandbox" in ask(f"/e/{token}/paper")["Content-Security-Policy"]
    assert "İPTAL" in ask(f"/e/{token}/paper").content.decode()
    assert ask(f"/e/{token[:-1]}").status_code == 404


def test_a_paper_copy_leads_to_its_original(ardic: int) -> None:
    id = issued(ardic)
    shown = row(ardic, id)
    amount = f"{shown.payable:.2f}".replace(".", ",")
    found = ask(f"/e/?ettn={shown.ettn}&amount={amount}")
    assert (found.status_code, found["Location"].partition("?")[0]) == (302, f"/e/{token_of(ardic, shown.ettn)}")
    code = json.dumps({"ettn": str(shown.ettn).upper(), "odenecek": str(shown.payable)})
    assert ask(f"/e/?ettn={code}").status_code == 302
    receipt = row(ardic, issued(ardic, "freelance_receipt", customer=archived_client()))
    code = json.dumps({"ettn": str(receipt.ettn), "tahsilat": str(receipt.payable)})
    assert ask(f"/e/?ettn={code}").status_code == 302
    hostile = (
        "ettn=" + "[" * 3000,  # deeper than the stack
        f'ettn={{"ettn":"{shown.ettn}","odenecek":"1e99999999"}}',  # larger than numbers are reckoned with
        f'ettn={{"ettn":"{shown.ettn}","odenecek":"sNaN"}}',
    )
    wrong = (f"ettn={shown.ettn}", f"ettn={shown.ettn}&amount=1", "ettn=x&amount=1", "ettn={}&amount=1")
    for query in (*wrong, *hostile):
        refused = ask(f"/e/?{query}")
        assert refused.status_code == 404
        assert "bulunamadı" in refused.content.decode()
    assert ask("/e/").status_code == 200
    for _ in range(20):
        last = ask("/e/?ettn=x&amount=1")
    assert last.status_code == 429


@pytest.mark.parametrize("body", [b"", b"<a", b"<!DOCTYPE a><a/>", b"<Invoice/>", b"\xff\xfe"])
def test_what_cannot_be_read_goes_electronically(body: bytes) -> None:
    assert said_in(body) == ("", "ELEKTRONIK")


def test_the_first_delivery_counts(ardic: int, mail: Server) -> None:
    watch = Watch()
    clock.use(watch)
    try:
        id = issued(ardic)
        shared()
        first = handing(ardic, id).delivered_at
        watch.pass_time(hours=2)
        ask(f"/e/{token_of(ardic, row(ardic, id).ettn)}")
        with scoped(Role.WEB, [ardic]):
            delivery.handed_over(ardic, id)
        found = handing(ardic, id)
    finally:
        clock.use(None)
    assert found.delivered_at == first
    assert [one.how for one in found.records] == ["mail", "link", "paper"]


@given(st.text(), st.text(), st.lists(st.binary(max_size=300), max_size=3))
def test_a_message_says_what_was_put_into_it(text: str, html: str, files: list[bytes]) -> None:
    given_files = [File(f"belge-{place}.xml", "application/xml", data) for place, data in enumerate(files)]
    data = whole(b"Subject: x\r\n", text, html, given_files)
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = message_from_bytes(data, policy=EMAIL)
    assert not [part.defects for part in message.walk() if part.defects]
    assert [part.get_content() for part in message.iter_attachments()] == files
    for kind, wanted in (("plain", text), ("html", html)):
        body = message.get_body((kind,))
        assert body is not None
        said = body.get_payload(decode=True)
        assert isinstance(said, bytes)
        assert said.decode() == re.sub(r"\r\n|\r|\n", "\r\n", f"{wanted.rstrip()}\n")


@given(st.text(max_size=80))
def test_nothing_that_is_written_as_a_paper_copy_stumbles(said: str) -> None:
    found, amount = of_paper(said)
    assert found is None or isinstance(amount, Decimal | None)
