"""Mail that came back is read whatever its form, believed only if it bears our mark, and stops addresses of no use."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery_world import document, firm, told
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery.addresses import mark_of, message_in
from ulak_server.delivery.mail.bounces import LARGEST, read
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.models import Event, Message
from ulak_server.delivery.problems import DeliveryError
from ulak_server.delivery.services import Wanted

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return firm()


@pytest.fixture
def posted(ardic: int, tmp_path: Path) -> Iterator[None]:
    with told(ULAK_SMTP_URL=f"file:{tmp_path}", ULAK_MAIL_FROM="Ulak <a@ulak.example>"):
        yield


def sent(ardic: int, to: str) -> int:
    invoice = document(ardic)
    with scoped(Role.WEB, [ardic]):
        (id,) = delivery.send(ardic, invoice, Wanted((to,), attach=(), link=False))
    station = Mail(threads=1)
    station.turn()
    station.close()
    assert stands(ardic, id).stage == "sent"
    return id


def stands(ardic: int, id: int) -> Message:
    with scoped(Role.WEB, [ardic]):
        return delivery.message(ardic, id)


def stopped(ardic: int) -> dict[str, str]:
    with scoped(Role.WEB, [ardic]):
        return {one.address: one.reason for one in delivery.suppressions(ardic)}


def report(to: str, status: str, action: str = "failed", said: str = "", original: str = "") -> bytes:
    """A notice as RFC 3464 has it."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I am sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; x@meltem.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said or status + " no"}

--B
Content-Type: text/rfc822-headers

{original or "Subject: Fatura"}

--B--
""".encode()


def path(id: int) -> str:
    return f"a+{mark_of(id)}@ulak.example"


def test_an_address_that_is_gone_is_stopped(ardic: int, posted: None) -> None:
    id = sent(ardic, "Gitti@meltem.example")
    delivery.came_back(report(path(id), "5.1.1", said="550 5.1.1 user unknown"))
    found = stands(ardic, id)
    assert (found.stage, found.code) == ("bounced", "mail.bounced")
    assert "user unknown" in found.answered
    assert stopped(ardic)["gitti@meltem.example"] == "bounced"
    with pytest.raises(DeliveryError, match=r"delivery\.suppressed") as refused:
        sent(ardic, "gitti@MELTEM.example")
    assert "geri döndü" in refused.value.text.tr
    with scoped(Role.WEB, [ardic]):
        assert Event.objects.filter(kind="mail.bounced", once=f"bounce:{id}").count() == 1


def test_the_same_notice_twice_changes_nothing(ardic: int, posted: None) -> None:
    id = sent(ardic, "iki@meltem.example")
    for _ in range(2):
        delivery.came_back(report(path(id), "5.2.2"))
    with scoped(Role.WEB, [ardic]):
        assert len(delivery.attempts_of(ardic, id)) == 2
        assert Event.objects.filter(once=f"bounce:{id}").count() == 1


def test_a_full_mailbox_is_stopped_only_after_several_in_a_row(ardic: int, posted: None) -> None:
    for number in range(3):
        assert "dolu@meltem.example" not in stopped(ardic), number
        delivery.came_back(report(path(sent(ardic, "dolu@meltem.example")), "5.2.2"))
    assert stopped(ardic)["dolu@meltem.example"] == "bounced-often"


def test_one_that_arrived_in_between_begins_the_count_anew(ardic: int, posted: None) -> None:
    for _ in range(2):
        delivery.came_back(report(path(sent(ardic, "bazen@meltem.example")), "4.4.1"))
    sent(ardic, "bazen@meltem.example")
    delivery.came_back(report(path(sent(ardic, "bazen@meltem.example")), "4.4.1"))
    assert "bazen@meltem.example" not in stopped(ardic)


def test_a_delay_is_no_bounce(ardic: int, posted: None) -> None:
    id = sent(ardic, "yavas@meltem.example")
    assert delivery.came_back(report(path(id), "4.4.7", "delayed")).kind == "delayed"
    assert stands(ardic, id).stage == "sent"


def test_a_success_is_no_bounce(ardic: int, posted: None) -> None:
    id = sent(ardic, "iyi@meltem.example")
    with pytest.raises(DeliveryError, match=r"delivery\.not-a-bounce"):
        delivery.came_back(report(path(id), "2.0.0", "delivered"))
    assert stands(ardic, id).stage == "sent"


def test_a_complaint_stops_the_address(ardic: int, posted: None) -> None:
    id = sent(ardic, "kizgin@meltem.example")
    said = f"""From: fbl@mx.example
To: abuse@ulak.example
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--B
Content-Type: message/rfc822

Message-ID: <{mark_of(id)}@ulak.example>
Subject: Fatura

--B--
"""
    delivery.came_back(said.encode())
    assert stopped(ardic)["kizgin@meltem.example"] == "complained"
    assert stands(ardic, id).code == "mail.complained"


WITHOUT_MARK = report("a@ulak.example", "5.1.1")


@pytest.mark.parametrize(
    "where",
    ["To: {path}", "Delivered-To: {path}", "X-Original-To: {path}", "Envelope-To: {path}", 'To: "x" <{upper}>'],
)
def test_the_mark_is_found_in_the_return_path(ardic: int, posted: None, where: str) -> None:
    id = sent(ardic, f"yol{abs(hash(where))}@meltem.example")
    line = where.format(path=path(id), upper=path(id).upper()).encode()
    assert read(WITHOUT_MARK.replace(b"To: a@ulak.example", line)).message == id


def test_the_mark_is_found_in_what_came_back(ardic: int, posted: None) -> None:
    id = sent(ardic, "geri@meltem.example")
    assert read(report("a@ulak.example", "5.1.1", original=f"X-Ulak-Message: {mark_of(id)}")).message == id
    assert read(report("a@ulak.example", "5.1.1", original=f"Message-ID: <{mark_of(id)}@ulak.example>")).message == id


def test_servers_that_write_no_report_are_understood(ardic: int, posted: None) -> None:
    id = sent(ardic, "qmail@meltem.example")
    said = f"""Return-Path: <>
From: MAILER-DAEMON@mx.example
To: {path(id)}
Subject: failure notice

Hi. This is the qmail-send program.
<qmail@meltem.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 No such user here
"""
    found = delivery.came_back(said.encode())
    assert (found.kind, found.status, found.is_gone) == ("bounced", "5.1.1", True)


@pytest.mark.parametrize(
    ("why", "mark"),
    [
        ("a mark that was made up", "12-aaaaaaaaaaaaaaaa"),
        ("a mark of another message", "99999-{proof}"),
        ("a number beyond all", "9999999999999999999-aaaaaaaaaaaaaaaa"),
        ("no mark", ""),
    ],
)
def test_strangers_stop_no_address(ardic: int, posted: None, why: str, mark: str) -> None:
    id = sent(ardic, f"hedef{abs(hash(why))}@meltem.example")
    proof = mark_of(id).partition("-")[2]
    with pytest.raises(DeliveryError, match=r"delivery\.bounce-of-other"):
        delivery.came_back(report(f"a+{mark.format(proof=proof)}@ulak.example", "5.1.1"))
    assert stands(ardic, id).stage == "sent"


def test_a_vacation_notice_is_no_bounce(ardic: int, posted: None) -> None:
    id = sent(ardic, "tatil@meltem.example")
    away = EmailMessage()
    away["To"], away["From"], away["Auto-Submitted"] = path(id), "tatil@meltem.example", "auto-replied"
    away.set_content("Tatildeyim, 550 gün sonra dönerim.")
    with pytest.raises(DeliveryError, match=r"delivery\.not-a-bounce"):
        delivery.came_back(away.as_bytes().replace(b"550 g", b"1550 g"))


MIXED = b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
HOSTILE = {
    "nothing": b"",
    "no header": b"\r\n\r\n",
    "NULs": b"\0" * 5000,
    "a header without end": b"To: " + b"a" * 100_000,
    "many headers": b"X: y\r\n" * 20_000,
    "parts within parts": MIXED + (b"--B\r\n" + MIXED) * 500,
    "a boundary that never comes": b'Content-Type: multipart/report; boundary="never"\r\n\r\nx',
    "a charset that is none": b"Content-Type: text/plain; charset=\xff\xfe\r\nContent-Transfer-Encoding: x\r\n\r\n====",
    "a broken encoded word": b"To: =?utf-8?q?=E2?=\r\nSubject: =?x?b?!!!?=\r\n\r\n",
    "a report without blocks": b"Content-Type: message/delivery-status\r\n\r\n",
    "a report of binary": b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n//79\r\n",
    "numbers without end": b"From: mailer-daemon\r\n\r\n5." + b"9" * 100_000,
    "larger than is read": b"To: a\r\n\r\n" + b"x" * (LARGEST + 10),
}  # fmt: skip
"""Mail that anybody may send to the address, by what is wrong with it."""


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_strangers_send_breaks_the_reader(name: str) -> None:
    assert read(HOSTILE[name]).message is None


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(data: bytes) -> None:
    assert read(data).message is None


@given(st.integers(min_value=0, max_value=900), st.binary(min_size=1, max_size=40))
def test_any_damage_to_a_notice_is_read(place: int, noise: bytes) -> None:
    whole = report("a+1-aaaaaaaaaaaaaaaa@ulak.example", "5.1.1")
    assert read(whole[:place] + noise + whole[place:]).message is None


@given(st.integers(min_value=1, max_value=2**63 - 1))
def test_marks_are_known_again_whatever_the_case(id: int) -> None:
    assert message_in(f"bounce+{mark_of(id)}@x.example".upper()) == id
