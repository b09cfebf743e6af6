"""E-mail goes out once; where nobody can know whether it did, that is said, and nothing is sent again unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message as Parsed
from pathlib import Path
from typing import Any, Final

import pytest

from delivery_world import breaking_server, document, firm, serving_mail, told
from platform_people import Watch
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery.addresses import message_in
from ulak_server.delivery.mail.claiming import LEASE, PAUSES, claim, completes
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.models import Message
from ulak_server.delivery.problems import DeliveryError
from ulak_server.delivery.services import Wanted

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return firm()


@pytest.fixture
def invoice(ardic: int) -> Iterator[int]:
    yield document(ardic)
    with scoped(Role.WEB, [ardic]):
        Message.objects.all().delete()


def want(ardic: int, invoice: int, *to: str, **more: Any) -> list[int]:
    given = {"attach": ("xml",), **more}
    with scoped(Role.WEB, [ardic]):
        return delivery.send(ardic, invoice, Wanted(to or ("alici@meltem.example",), **given), actor="user:1")


def stands(ardic: int, id: int) -> Message:
    with scoped(Role.WEB, [ardic]):
        return delivery.message(ardic, id)


def turn(**more: Any) -> int:
    station = Mail(threads=2, **more)
    try:
        return station.turn()
    finally:
        station.close()


def words(message: Parsed) -> str:
    part = next(one for one in message.walk() if one.get_content_type() == "text/plain")
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def test_a_document_goes_with_its_file_and_its_link(ardic: int, invoice: int) -> None:
    with serving_mail() as server:
        (id,) = want(ardic, invoice, note="Selam,\n\nfaturanız ektedir.")
        assert turn() == 1
    ((path, to, message),) = server.taken
    assert to == "alici@meltem.example"
    assert message_in(path) == id
    assert message_in(message["Message-ID"]) == id
    assert "Ardıç Ticaret A.Ş." in str(message["From"]) or "=?utf-8" in message["From"]
    assert "<fatura@ulak.example>" in message["From"]
    assert re.search(r"http://127\.0\.0\.1:8000/d/\d+-[\w-]{32}", words(message))
    assert "faturanız ektedir." in words(message)
    (file,) = [one for one in message.walk() if one.get_filename()]
    assert file.get_payload(decode=True) == b"<Invoice><SignatureValue/></Invoice>"
    found = stands(ardic, id)
    assert (found.stage, found.due_at) == ("sent", None)
    assert "4711" in found.answered


def test_each_receiver_has_a_message_of_their_own(ardic: int, invoice: int) -> None:
    with serving_mail() as server:
        ids = want(ardic, invoice, "bir@meltem.example", " iki@meltem.example", "bir@meltem.example")
        with scoped(Role.WEB, [ardic]):
            Message.objects.all().update(due_at=clock.now())
        turn()
    assert len(ids) == 2
    assert sorted(to for _, to, _ in server.taken) == ["bir@meltem.example", "iki@meltem.example"]
    assert len({path for path, _, _ in server.taken}) == 2


@pytest.mark.parametrize(
    ("said", "code", "is_suppressed"),
    [
        ("550 5.1.1 no such user", "mail.address-refused", True),
        ("550 unknown", "mail.address-refused", True),
        ("550 5.7.1 not from you", "mail.refused", False),
        ("552 5.2.2 mailbox full", "mail.refused", False),
    ],
)
def test_a_refused_receiver_is_told_and_not_tried_again(
    ardic: int, invoice: int, said: str, code: str, is_suppressed: bool
) -> None:
    to = f"{abs(hash(said))}@meltem.example"
    with serving_mail() as server:
        server.to[to] = said
        (id,) = want(ardic, invoice, to)
        turn()
        assert turn() == 0
        found = stands(ardic, id)
        assert (found.stage, found.code, found.due_at) == ("refused", code, None)
        if is_suppressed:
            with pytest.raises(DeliveryError, match=r"delivery\.suppressed"):
                want(ardic, invoice, to)
            with scoped(Role.WEB, [ardic]):
                delivery.lift(ardic, to)
        want(ardic, invoice, to)


def test_what_a_server_puts_off_is_tried_again_after_longer_and_longer_pauses(
    ardic: int, invoice: int, watch: Watch
) -> None:
    with serving_mail() as server:
        (id,) = want(ardic, invoice)
        for place, pause in enumerate(PAUSES):
            server.at_end = ["451 4.3.0 later"]
            assert turn() == 1, place
            found = stands(ardic, id)
            assert (found.stage, found.due_at) == ("waiting", watch.at + pause)
            assert turn() == 0
            watch.pass_time(seconds=pause.total_seconds())
        server.at_end = ["451 4.3.0 later"]
        turn()
    assert stands(ardic, id).stage == "given-up"
    with scoped(Role.WEB, [ardic]):
        assert len(delivery.attempts_of(ardic, id)) == len(PAUSES) + 1


@pytest.mark.parametrize("at", ["rcpt", "data"])
def test_a_line_that_breaks_before_the_end_has_sent_nothing(ardic: int, invoice: int, watch: Watch, at: str) -> None:
    with breaking_server(at):
        (id,) = want(ardic, invoice)
        turn()
    assert stands(ardic, id).stage == "waiting"
    watch.pass_time(hours=1)
    with serving_mail() as server:
        turn()
    assert len(server.taken) == 1
    assert stands(ardic, id).stage == "sent"


def test_a_line_that_breaks_at_the_end_is_unclear_and_not_sent_again(ardic: int, invoice: int, watch: Watch) -> None:
    with breaking_server("dot") as heard:
        (id,) = want(ardic, invoice)
        turn()
    assert len(heard) == 1
    assert stands(ardic, id).stage == "unclear"
    watch.pass_time(days=3)
    with serving_mail() as server:
        assert turn() == 0
        with scoped(Role.WEB, [ardic]):
            again = delivery.again(ardic, id, actor="user:1")
        turn()
    ((_, _, message),) = server.taken
    assert "daha önce de ulaşmış olabilir" in words(message)
    assert message_in(message["References"]) == id
    assert message_in(message["Message-ID"]) == again


def test_a_server_that_is_away_is_no_fault_of_the_message(ardic: int, invoice: int, watch: Watch) -> None:
    with breaking_server("hello"):
        (id,) = want(ardic, invoice)
        turn()
    found = stands(ardic, id)
    assert (found.stage, found.attempts, found.code) == ("waiting", 0, "mail.unreachable")


def test_a_process_that_dies_before_the_end_loses_and_doubles_nothing(ardic: int, invoice: int, watch: Watch) -> None:
    (id,) = want_with_mail(ardic, invoice)
    (held,) = claim(10)
    assert claim(10) == []
    watch.pass_time(seconds=LEASE.total_seconds() + 1)
    with serving_mail() as server:
        turn()
    assert len(server.taken) == 1
    assert completes(held) is False, "the one who was thought dead comes back and may not send"
    assert stands(ardic, id).stage == "sent"


def test_a_process_that_dies_at_the_end_leaves_it_unclear(ardic: int, invoice: int, watch: Watch) -> None:
    (id,) = want_with_mail(ardic, invoice)
    (held,) = claim(10)
    assert completes(held)
    watch.pass_time(seconds=LEASE.total_seconds() + 1)
    with serving_mail() as server:
        turn()
    assert server.taken == []
    assert stands(ardic, id).stage == "unclear"


def test_a_database_that_fails_at_the_end_keeps_the_server_from_taking_it(
    ardic: int, invoice: int, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving_mail() as server:
        (id,) = want(ardic, invoice)

        def fails(one: object) -> bool:
            raise OSError("the database is away")

        monkeypatch.setattr("ulak_server.delivery.mail.station.completes", fails)
        turn()
        assert server.taken == []
        monkeypatch.undo()
        assert stands(ardic, id).stage == "waiting"


def want_with_mail(ardic: int, invoice: int) -> list[int]:
    with told(ULAK_SMTP_URL="smtp://127.0.0.1:9", ULAK_MAIL_FROM="a@ulak.example"):
        return want(ardic, invoice)


def test_nobody_waits_behind_a_giant(ardic: int, invoice: int) -> None:
    small = firm_of_others()
    theirs = document(small)
    with serving_mail():
        for _ in range(3):
            want(ardic, invoice, *(f"k{number}@meltem.example" for number in range(50)), link=False)
        (late,) = want(small, theirs)
        with scoped(Role.WEB, [ardic]):
            Message.objects.all().update(due_at=clock.now() - timedelta(minutes=1))
        first = claim(20)
    assert late in [one.id for one in first]
    with scoped(Role.WEB, [small]):
        Message.objects.all().delete()


def firm_of_others() -> int:
    from platform_world import MELTEM, taxpayer

    return taxpayer(MELTEM, "MLT")


def test_one_that_goes_again_leads_to_the_document_still(ardic: int, invoice: int, watch: Watch) -> None:
    with serving_mail() as server:
        (id,) = want(ardic, invoice)
        turn()
        watch.pass_time(days=200)
        with scoped(Role.WEB, [ardic]):
            delivery.again(ardic, id)
        turn()
        first, second = (address_in(message) for _, _, message in server.taken)
        assert first != second
        with scoped(Role.WEB, [ardic]):
            open_now = [delivery.address_of_link(one) for one in delivery.open_links(ardic, invoice)]
    assert open_now == [second]


def address_in(message: Parsed) -> str:
    found = re.search(r"http://[\w.:]+/d/\d+-[\w-]{32}", words(message))
    assert found
    return found[0]


def test_a_message_can_be_stopped_before_it_goes(ardic: int, invoice: int) -> None:
    with serving_mail() as server:
        (id,) = want(ardic, invoice)
        with scoped(Role.WEB, [ardic]):
            delivery.stop(ardic, id)
        turn()
    assert server.taken == []
    assert stands(ardic, id).stage == "stopped"


def test_without_a_server_nobody_believes_that_something_was_sent(ardic: int, invoice: int) -> None:
    with pytest.raises(DeliveryError, match=r"delivery\.mail-not-set-up"):
        want(ardic, invoice)


def test_a_folder_may_play_the_server(ardic: int, invoice: int, tmp_path: Path) -> None:
    with told(ULAK_SMTP_URL=f"file:{tmp_path}", ULAK_MAIL_FROM="Ulak <a@ulak.example>"):
        (id,) = want(ardic, invoice)
        turn()
    assert [one.name for one in tmp_path.iterdir()] == [f"{id}.eml"]


ODD: Final = (
    *(
        "",
        "nobody",
        "a@b",
        "a b@c.example",
        "a@b..example",
        "a@-b.example",
        'a"@b.example',
        "<a@b.example>",
        "a@b.example>",
    ),
    *("ş@b.example", f"{'a' * 65}@b.example", "a@[127.0.0.1]", "a@b.example\0", ".a@b.example", "a@@b.example"),
    "a@b.example\r\nRCPT TO:<x@y.example>",
)


@pytest.mark.parametrize("address", ODD)
def test_addresses_that_are_none_are_refused(ardic: int, invoice: int, address: str) -> None:
    with serving_mail(), pytest.raises(DeliveryError, match=r"delivery\.(address-odd|no-receiver)"):
        want(ardic, invoice, address)


def test_nothing_written_by_people_becomes_a_header(ardic: int, invoice: int) -> None:
    with scoped(Role.WEB, [ardic]):
        from ulak_server.taxpayers.models import Taxpayer

        Taxpayer.objects.filter(id=ardic).update(title='Ardıç\r\nBcc: herkes@kotu.example "<b>')
    with serving_mail() as server:
        want(ardic, invoice, subject="Fatura\r\nBcc: herkes@kotu.example\r\n\r\n<script>", note="\r\n.\r\nQUIT\r\n.son")
        turn()
    with scoped(Role.WEB, [ardic]):
        Taxpayer.objects.filter(id=ardic).update(title="Ardıç Ticaret A.Ş.")
    ((_, _, message),) = server.taken
    assert message["Bcc"] is None
    assert "\r\nBcc:" not in server.raw[0].decode("ascii").partition("\r\n\r\n")[0]
    assert "QUIT" in words(message)
    assert ".son" in words(message)
    html = next(one for one in message.walk() if one.get_content_type() == "text/html").get_payload(decode=True)
    assert isinstance(html, bytes)
    assert b"<b>" not in html
