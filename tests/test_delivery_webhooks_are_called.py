"""Webhooks are told of what happens: signed, again until they hear, and never within the platform's own network."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from delivery_world import Receiver, document, firm, receiving, settled, told
from platform_people import Watch, person
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery.feed import read_on
from ulak_server.delivery.hooks.calling import Caller
from ulak_server.delivery.hooks.guard import checked_url, is_allowed, target_of
from ulak_server.delivery.hooks.station import OFF_AFTER, PAUSES, Hooks
from ulak_server.delivery.models import Call, Hook, Notification
from ulak_server.delivery.problems import DeliveryError
from ulak_server.delivery.telling import tell

pytestmark = pytest.mark.usefixtures("platform_database")
NETWORK = (ip_network("127.0.0.0/8"),)


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    taxpayer = firm()
    read_on()
    return taxpayer


@pytest.fixture
def receiver(ardic: int) -> Iterator[Receiver]:
    with receiving() as one:
        yield one
    with scoped(Role.WEB, [ardic]):
        Hook.objects.all().delete()


def turn() -> int:
    station = Hooks(Caller(NETWORK, whole=3), threads=2)
    try:
        return station.turn()
    finally:
        station.close()


def make(ardic: int, receiver: Receiver, *kinds: str) -> Any:
    with scoped(Role.WEB, [ardic]):
        return delivery.make_hook(ardic, receiver.url, kinds, label="ERP")


def happen(ardic: int, what: str, *documents: int, code: str = "", **facts: Any) -> None:
    """Something that the pipeline writes down, read and told."""
    with scoped(Role.PIPELINE, [ardic]):
        audit.record([Entry(what, clock.now(), ardic, documents, code=code, facts=facts)])
    settled()
    while read_on()[0]:
        pass
    tell(ardic)


def calls(ardic: int, hook: int) -> list[Call]:
    with scoped(Role.WEB, [ardic]):
        return delivery.calls_of(ardic, hook)


def test_a_receiver_hears_what_happened_and_can_prove_from_whom(ardic: int, receiver: Receiver) -> None:
    made = make(ardic, receiver)
    invoice = document(ardic, number="ARD2026000000077")
    happen(ardic, "document.delivered", invoice)
    assert turn() == 1
    ((headers, body),) = receiver.heard
    said = Webhook(made.secret).verify(body, headers)
    assert said["type"] == "document.delivered"
    assert said["data"]["taxpayer"] == "4812530769"
    (one,) = said["data"]["documents"]
    assert (one["id"], one["number"], one["direction"]) == (invoice, "ARD2026000000077", "out")
    assert "1234.56" not in body.decode(), "no content"
    assert headers["host"] == receiver.url.split("/")[2]
    (call,) = calls(ardic, made.id)
    assert (call.stage, call.status) == ("done", 200)
    assert turn() == 0


def test_a_receiver_hears_only_what_it_wants(ardic: int, receiver: Receiver) -> None:
    make(ardic, receiver, "answer.rejected")
    invoice = document(ardic)
    happen(ardic, "document.delivered", invoice)
    happen(ardic, "answer.received", invoice, code="KABUL")
    happen(ardic, "answer.received", invoice, code="RED")
    turn()
    assert [json.loads(body)["type"] for _, body in receiver.heard] == ["answer.rejected"]


def test_documents_that_only_carry_answers_are_nobodys_news(ardic: int, receiver: Receiver) -> None:
    make(ardic, receiver)
    happen(ardic, "document.delivered", document(ardic, kind="application_response"))
    assert turn() == 0


def test_the_same_call_has_the_same_id_until_it_is_heard(ardic: int, receiver: Receiver, watch: Watch) -> None:
    make(ardic, receiver)
    receiver.status = lambda number: 500 if number < 3 else 204
    happen(ardic, "document.delivered", document(ardic))
    for pause in PAUSES[:2]:
        assert turn() == 1
        assert turn() == 0
        watch.pass_time(seconds=pause.total_seconds() + 1)
    assert turn() == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    assert len(receiver.heard) == 3


def test_one_probe_goes_to_a_receiver_that_fails_whatever_waits(ardic: int, receiver: Receiver, watch: Watch) -> None:
    made = make(ardic, receiver)
    receiver.status = lambda number: 503
    for _ in range(20):
        happen(ardic, "document.delivered", document(ardic))
    assert turn() <= 8
    heard = len(receiver.heard)
    assert turn() == 0
    watch.pass_time(seconds=PAUSES[0].total_seconds() + 1)
    assert turn() == 1
    assert len(receiver.heard) == heard + 1
    receiver.status = lambda number: 200
    watch.pass_time(hours=1)
    while turn():
        pass
    assert {call.stage for call in calls(ardic, made.id)} == {"done"}


def test_a_receiver_that_fails_for_days_is_switched_off_and_its_owner_told(
    ardic: int, receiver: Receiver, watch: Watch
) -> None:
    owner = person((ardic, "owner"))
    made = make(ardic, receiver)
    receiver.status = lambda number: 500
    happen(ardic, "document.delivered", document(ardic))
    turn()
    watch.pass_time(seconds=OFF_AFTER.total_seconds() + 1)
    turn()
    with scoped(Role.WEB, [ardic]):
        hook = delivery.hook(ardic, made.id)
        assert hook.off_why == "failing"
    tell(ardic)
    with scoped(Role.WEB, [ardic]):
        (notice,) = [one for one in delivery.notices(ardic, owner.id) if one.row.kind == "webhook.off"]
    assert "“ERP”" in notice.sentence.tr
    happen(ardic, "document.delivered", document(ardic))
    watch.pass_time(days=9)
    assert turn() == 0
    receiver.status = lambda number: 200
    with scoped(Role.WEB, [ardic]):
        delivery.switch_on(ardic, made.id)
        Notification.objects.all().delete()
    assert turn() == 1, "what waited is told; what happened while it was off is not"


def test_a_receiver_that_is_gone_is_switched_off_at_once(ardic: int, receiver: Receiver) -> None:
    made = make(ardic, receiver)
    receiver.status = lambda number: 410
    happen(ardic, "document.delivered", document(ardic))
    turn()
    with scoped(Role.WEB, [ardic]):
        assert delivery.hook(ardic, made.id).off_why == "gone"


def test_nobody_is_led_elsewhere(ardic: int, receiver: Receiver) -> None:
    made = make(ardic, receiver)
    receiver.status, receiver.headers = lambda number: 302, {"Location": "http://169.254.169.254/latest/meta-data"}
    happen(ardic, "document.delivered", document(ardic))
    turn()
    (call,) = calls(ardic, made.id)
    assert (call.code, call.status) == ("webhook.redirected", 302)
    assert len(receiver.heard) == 1


def test_a_new_secret_signs_beside_the_old_one_for_a_day(ardic: int, receiver: Receiver, watch: Watch) -> None:
    made = make(ardic, receiver)
    with scoped(Role.WEB, [ardic]):
        new = delivery.rotate_secret(ardic, made.id)
    for hours, fitting in ((1, (made.secret, new.secret)), (25, (new.secret,))):
        watch.at = datetime.now(UTC) + timedelta(hours=0 if hours == 1 else 25)
        happen(ardic, "document.delivered", document(ardic))
        turn()
        headers, body = receiver.heard[-1]
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        valid = [
            one
            for one in (made.secret, new.secret)
            if Webhook(one).sign(headers["webhook-id"], at, body.decode()) in headers["webhook-signature"].split()
        ]
        assert tuple(valid) == fitting


def test_a_test_call_and_a_repetition(ardic: int, receiver: Receiver) -> None:
    made = make(ardic, receiver)
    with scoped(Role.WEB, [ardic]):
        delivery.test_hook(ardic, made.id)
    turn()
    assert json.loads(receiver.heard[0][1])["type"] == "webhook.test"
    (call,) = calls(ardic, made.id)
    with scoped(Role.WEB, [ardic]):
        delivery.call_again(ardic, call.id)
    turn()
    assert receiver.heard[0][0]["webhook-id"] == receiver.heard[1][0]["webhook-id"]
    with scoped(Role.WEB, [ardic]):
        assert [one.status for one in delivery.tries_of(ardic, call.id)] == [200, 200]


def test_a_removed_webhook_is_called_no_more_and_its_secret_is_gone(ardic: int, receiver: Receiver) -> None:
    made = make(ardic, receiver)
    happen(ardic, "document.delivered", document(ardic))
    with scoped(Role.WEB, [ardic]):
        delivery.remove_hook(ardic, made.id)
        assert bytes(Hook.objects.get(id=made.id).secret) == b""
    assert turn() == 0


def test_a_silent_receiver_ends_within_its_time(ardic: int, receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answered = Caller(NETWORK, whole=0.2).call(
            f"http://127.0.0.1:{silent.getsockname()[1]}/", _key(), "{}", ["whsec_YWJj"], clock.now()
        )
    assert answered.code == "webhook.timeout"


@pytest.mark.parametrize(
    "beginning", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"]
)
def test_a_receiver_that_trickles_ends_within_its_time(ardic: int, beginning: bytes) -> None:
    is_over = threading.Event()

    def trickle(listening: socket.socket) -> None:
        with listening.accept()[0] as line, contextlib.suppress(OSError):
            line.sendall(beginning)
            # Gives up by itself long after the call should have.
            for _ in range(100):
                if is_over.wait(0.05):
                    return
                line.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=trickle, args=(listening,))
        thread.start()
        answered = Caller(NETWORK, whole=0.4).call(
            f"http://127.0.0.1:{listening.getsockname()[1]}/", _key(), "{}", ["whsec_YWJj"], clock.now()
        )
        is_early = thread.is_alive()
        is_over.set()
        thread.join()
    assert (answered.code, is_early) == ("webhook.timeout", True)


def _key() -> Any:
    from uuid import uuid4

    return uuid4()


INSIDE = {
    "127.0.0.1": "this machine",
    "10.1.2.3": "private",
    "172.16.0.1": "private",
    "192.168.1.1": "private",
    "169.254.169.254": "where clouds keep their secrets",
    "100.64.0.1": "shared by a provider",
    "0.0.0.0": "this machine, for some systems",
    "224.0.0.1": "many",
    "255.255.255.255": "all",
    "198.18.0.1": "for measuring",
    "::1": "this machine",
    "::": "this machine, for some systems",
    "fe80::1": "this link",
    "fc00::1": "private",
    "fd12:3456::1": "private",
    "::ffff:127.0.0.1": "this machine in disguise",
    "::ffff:10.0.0.1": "private in disguise",
    "64:ff9b::7f00:1": "this machine, translated",
    "2002:7f00:1::": "this machine, tunnelled",
    "ff02::1": "many",
}


@pytest.mark.parametrize("address", INSIDE)
def test_what_lies_inside_is_not_called(address: str) -> None:
    assert not is_allowed(ip_address(address), ())
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(DeliveryError, match=r"webhook\.private"):
        target_of(f"https://{host}/", ())


@pytest.mark.parametrize("host", ["localhost", "0x7f000001", "2130706433", "127.1", "0177.0.0.1"])
def test_odd_ways_of_writing_this_machine_lead_nowhere(host: str) -> None:
    with pytest.raises(DeliveryError, match=r"webhook\.(private|unresolved)"):
        target_of(f"https://{host}/", ())


def test_a_name_that_leads_inside_and_outside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(DeliveryError, match=r"webhook\.private"):
        target_of("https://rebind.example/", ())


def test_what_was_resolved_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that says something else the second time it is asked gains nothing."""
    asked: list[str] = []

    def resolve(host: str, *_: Any, **__: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14" if len(asked) == 1 else "127.0.0.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    target = target_of("https://rebind.example:8443/a?b=c", ())
    assert target.url == "https://93.184.215.14:8443/a?b=c"
    assert (target.host, target.authority) == ("rebind.example", "rebind.example:8443")
    assert asked == ["rebind.example"]


def test_public_addresses_are_called() -> None:
    for address in ("93.184.215.14", "2606:4700::1111"):
        assert is_allowed(ip_address(address), ())


def test_plain_http_is_for_allowed_networks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(DeliveryError, match=r"webhook\.private"):
        target_of("http://plain.example/", NETWORK)


ODD: Final = (
    *("", "http://a.example/", "ftp://a.example/", "https://", "https://user:pass@a.example/", "https://a.example/#x"),
    *("https://a.example:0/", "https://a.example:99999/", "https://a.exam ple/", "https://a.example/\r\nX: y"),
    *("javascript:alert(1)", "https://a\\@b.example/", "https://[::1", "https://ş.example/"),
    f"https://a.example/{'a' * 3000}",
)


@pytest.mark.parametrize("url", ODD)
def test_what_is_no_address_of_a_webhook_is_refused(url: str) -> None:
    with told(ULAK_WEBHOOK_NETWORKS=""), pytest.raises(DeliveryError, match=r"webhook\.url-odd"):
        checked_url(url)


@given(st.text(max_size=80))
def test_any_address_is_taken_or_refused(text: str) -> None:
    try:
        taken = checked_url(text)
    except DeliveryError as error:
        taken = f"https:// {error.code}"
    assert taken.startswith("https://")
    assert taken.endswith("webhook.url-odd") or taken == text.strip()


def test_an_event_that_is_none_is_refused(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]), pytest.raises(DeliveryError, match=r"webhook\.kind-unknown"):
        delivery.make_hook(ardic, "https://a.example/", ["document.eaten"])
