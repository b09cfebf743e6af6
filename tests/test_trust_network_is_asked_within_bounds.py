"""No server, however it behaves, holds a judgement up or makes it guess."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

from seal_pki import NOW, Misbehaviour, misbehaving, serving
from trust_cases import Ca, Known, codes, crl, new_ca
from ulak.errors import Text
from ulak.seal.pki.keymaking import pem_of
from ulak.seal.trust import Ask, FetchFailure, HttpFetcher, Policy, Revocation, Trust, TrustStore
from ulak.seal.trust.fetching import _Request
from ulak.seal.verdicts import Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

SHORT = 0.25
ROOT = new_ca()
QUICK = Policy(connect_seconds=SHORT, read_seconds=SHORT, request_seconds=SHORT, total_seconds=2 * SHORT, online=True)


def fails(url: str, *, seconds: float = SHORT, **asked: Any) -> FetchFailure:
    with pytest.raises(FetchFailure) as caught:
        HttpFetcher(QUICK).fetch(Ask(url, **asked), seconds=seconds)
    assert caught.value.repair.tr
    assert caught.value.repair.en
    return caught.value


@contextmanager
def raw(
    talk: Callable[[socket.socket], object], heard: list[bytes] | None = None, *, listens: bool = True
) -> Iterator[str]:
    """A server that talks as it is told, after it has read what came first if it ``listens``."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            request = connection.recv(65536) if listens else b""
            if heard is not None:
                heard.append(request)
            talk(connection)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def saying(*lines: str, body: bytes = b"") -> Callable[[socket.socket], None]:
    head = "\r\n".join(("HTTP/1.1 200 OK", *lines, f"Content-Length: {len(body)}", "", "")).encode()
    return lambda connection: connection.sendall(head + body)


FAILURES: list[tuple[Misbehaviour, str]] = [
    ("hang", "trust.fetch-timeout"),
    ("slow", "trust.fetch-timeout"),
    ("500", "trust.fetch-status"),
    ("huge", "trust.fetch-too-large"),
    ("redirect", "trust.fetch-redirect"),
    ("truncated", "trust.fetch-truncated"),
    ("refused", "trust.fetch-unreachable"),
]


class TestAServerThat:
    @pytest.mark.parametrize(("how", "code"), FAILURES)
    def test_misbehaves_is_an_error_that_names_it(self, how: Misbehaviour, code: str) -> None:
        with misbehaving(how) as url:
            error = fails(f"{url}/a.crl", seconds=2 if how not in {"hang", "slow"} else SHORT)
        assert error.code == code
        assert url in error.text.tr
        assert url in error.where

    def test_sends_its_headers_byte_by_byte_is_left(self) -> None:
        over = threading.Event()

        def drip(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.02):
                connection.sendall(b"y")

        with raw(drip) as url:
            assert fails(url).code == "trust.fetch-timeout"
        over.set()

    def test_was_left_is_not_listened_to_any_longer(self) -> None:
        ended = threading.Event()

        def drip(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            try:
                while True:
                    connection.sendall(b"y")
                    threading.Event().wait(0.01)
            except OSError:
                ended.set()

        with raw(drip) as url:
            fails(url)
            assert ended.wait(5)

    def test_sends_more_than_it_said_or_compressed_is_not_unpacked(self) -> None:
        with raw(saying("Content-Encoding: gzip", body=bytes(100))) as url:
            assert fails(url).code == "trust.fetch-unreachable"

    def test_does_not_speak_http_is_an_error(self) -> None:
        with raw(lambda connection: connection.sendall(b"220 mail.example ESMTP\r\n")) as url:
            assert fails(url).code == "trust.fetch-truncated"

    def test_is_asked_for_exactly_what_it_may_send_gives_it(self) -> None:
        with raw(saying(body=b"x" * 100)) as url:
            assert HttpFetcher(QUICK).fetch(Ask(url, max_bytes=100), seconds=2) == b"x" * 100
            assert fails(url, max_bytes=99, seconds=2).code == "trust.fetch-too-large"


class TestARedirect:
    @pytest.mark.parametrize(
        "target",
        [
            "file:///etc/passwd",
            "ftp://127.0.0.1/x",
            "gopher://127.0.0.1/",
            "ldap://127.0.0.1/x",
            "http://a:b@127.0.0.1/",
        ],
    )
    def test_to_another_scheme_or_with_a_password_is_not_followed(self, target: str) -> None:
        with misbehaving("redirect", target=target) as url:
            error = fails(url, seconds=2)
        assert error.code == "trust.fetch-redirect"
        assert target in error.text.en

    def test_of_a_question_with_a_body_is_not_followed(self) -> None:
        with raw(saying(body=b"good")) as there, misbehaving("redirect", target=there) as url:
            assert (
                fails(url, body=b"question", kind="application/ocsp-request", seconds=2).code == "trust.fetch-redirect"
            )
            assert HttpFetcher(QUICK).fetch(Ask(url), seconds=2) == b"good"


class TestAnAddress:
    @pytest.mark.parametrize(
        "url",
        [
            "ldap://ldap.example/cn=x",
            "file:///etc/passwd",
            "http://",
            "http://user:secret@127.0.0.1/",
            "http://[::1",
            "x",
        ],
    )
    def test_of_another_kind_is_not_asked(self, url: str) -> None:
        assert fails(url).code == "trust.fetch-address"

    @pytest.mark.parametrize("url", ["http://user:secret@127.0.0.1/", "http://secret@127.0.0.1/", "ftp://a:secret@@b"])
    def test_shows_no_password_that_somebody_put_into_it(self, url: str) -> None:
        error = fails(url)
        assert "secret" not in repr((error, error.text, error.where, vars(error)))

    def test_that_no_one_knows_is_an_error(self) -> None:
        assert fails("http://no-such-host.invalid/", seconds=3).code in {
            "trust.fetch-unreachable",
            "trust.fetch-timeout",
        }

    def test_is_asked_without_proxies_and_passwords_of_the_environment(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        heard: list[bytes] = []
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        with raw(saying(body=b"good"), heard) as url:
            assert HttpFetcher(QUICK).fetch(Ask(url), seconds=2) == b"good"
        assert b"uthorization" not in heard[0]

    def test_is_asked_through_a_proxy_when_told(self) -> None:
        with raw(saying(body=b"by proxy")) as proxy:
            fetcher = HttpFetcher(QUICK, proxy=proxy)
            assert fetcher.fetch(Ask("http://no-such-host.invalid/a.crl"), seconds=2) == b"by proxy"


@contextmanager
def over_tls(place: Path) -> Iterator[tuple[str, ssl.SSLContext]]:
    """An https server, and a context that trusts it."""
    # TLS asks the machine's clock.
    always = NOW + timedelta(days=365 * 70)
    root = new_ca("tls root", end=always)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    held = root.issue("127.0.0.1", more=[(here, False)], end=always)
    (place / "tls.pem").write_bytes(pem_of(held.key) + held.certificate.x509.public_bytes(Encoding.PEM))
    serving_with = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving_with.load_cert_chain(place / "tls.pem")
    trusting = ssl.create_default_context(cadata=root.certificate.x509.public_bytes(Encoding.PEM).decode())
    # The test's certificates leave out what Python 3.13 and later ask for.
    trusting.verify_flags &= ~ssl.VERIFY_X509_STRICT

    def talk(connection: socket.socket) -> None:
        with serving_with.wrap_socket(connection, server_side=True) as secure:
            secure.recv(65536)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")

    with raw(talk, listens=False) as url:
        yield url.replace("http:", "https:"), trusting


class TestAnHttpsServer:
    def test_is_asked_if_its_own_certificate_is_trusted(self, tmp_path: Path) -> None:
        with over_tls(tmp_path) as (url, trusting):
            assert HttpFetcher(QUICK, context=trusting).fetch(Ask(url), seconds=3) == b"good"
            assert fails(url, seconds=3).code == "trust.fetch-unreachable"

    def test_that_never_begins_to_talk_is_left(self) -> None:
        over = threading.Event()
        with raw(lambda connection: over.wait(5) and None, listens=False) as url:
            assert fails(url.replace("http:", "https:")).code == "trust.fetch-timeout"
        over.set()

    def test_may_not_send_back_to_http(self, tmp_path: Path) -> None:
        request = _Request(Ask("https://here.invalid/"), lambda seconds: httpx.Client(), 0, lambda: 0)
        with pytest.raises(FetchFailure) as caught:
            request._target("https://here.invalid/", "http://here.invalid/a.crl")
        assert caught.value.code == "trust.fetch-redirect"
        assert request._target("https://here.invalid/", "/a.crl") == "https://here.invalid/a.crl"


class TestAHostThatIsAway:
    def test_is_left_alone_for_a_while_after_two_failures(self) -> None:
        now = [0.0]
        fetcher = HttpFetcher(Policy(rest_seconds=30), monotonic=lambda: now[0])

        def outcome(url: str) -> str:
            try:
                return fetcher.fetch(Ask(url), seconds=2).decode()
            except FetchFailure as error:
                return error.code

        with misbehaving("refused") as url, raw(saying(body=b"good")) as other:
            assert [outcome(url) for _ in range(4)] == ["trust.fetch-unreachable"] * 2 + ["trust.fetch-resting"] * 2
            assert outcome(other) == "good"
            now[0] = 31.0
            assert [outcome(url) for _ in range(2)] == ["trust.fetch-unreachable", "trust.fetch-resting"]

    def test_is_asked_normally_once_it_answers_again(self) -> None:
        now, listens = [0.0], threading.Event()

        def talk(connection: socket.socket) -> None:
            if listens.is_set():
                saying(body=b"good")(connection)

        fetcher = HttpFetcher(Policy(), monotonic=lambda: now[0])
        with raw(talk) as url:
            for _ in range(2):
                with pytest.raises(FetchFailure):
                    fetcher.fetch(Ask(url), seconds=2)
            listens.set()
            now[0] = 31.0
            assert [fetcher.fetch(Ask(url), seconds=2) for _ in range(3)] == [b"good"] * 3

    def test_is_not_taken_for_away_because_it_says_no(self) -> None:
        fetcher = HttpFetcher(QUICK)
        with misbehaving("500") as url:
            for _ in range(4):
                with pytest.raises(FetchFailure) as caught:
                    fetcher.fetch(Ask(url), seconds=2)
                assert caught.value.code == "trust.fetch-status"


def named(url: str, issuer: Ca = ROOT, ocsp: str = "") -> Known:
    """A certificate that names an address for its list, and the same or another for OCSP."""
    here, there = x509.UniformResourceIdentifier(url), x509.UniformResourceIdentifier(ocsp or url)
    lists = x509.CRLDistributionPoints([x509.DistributionPoint([here], None, None, None)])
    access = x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, there)])
    return issuer.issue(more=[(lists, False), (access, False)])


def online(leaf: Known, policy: Policy = QUICK) -> Trusted:
    return Trust(TrustStore((ROOT.certificate,)), policy, clock=lambda: NOW).judge(leaf.certificate, at=NOW)


class TestAJudgement:
    @pytest.mark.parametrize("how", [*(how for how, _ in FAILURES), "garbage"])
    @pytest.mark.parametrize("rule", list(Revocation))
    def test_that_cannot_learn_is_indeterminate_and_says_of_whom(self, how: Misbehaviour, rule: Revocation) -> None:
        policy = Policy(
            revocation=rule,
            connect_seconds=SHORT,
            read_seconds=SHORT,
            request_seconds=0.2,
            total_seconds=0.4,
            online=True,
        )
        with misbehaving(how) as url:
            found = online(named(url), policy)
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.TRY_LATER)
        assert codes(found)[0] == "trust.revocation-unknown"
        if how != "garbage":
            assert url in " ".join(why.text.tr for why in found.reasons)

    def test_asks_only_addresses_of_certificates_that_lead_to_a_root(self) -> None:
        asked: list[str] = []
        other = new_ca("other")
        with raw(lambda connection: asked.append("asked")) as url:
            found = online(named(url, other))
        assert (found.sub, asked) == (Sub.NO_CERTIFICATE_CHAIN_FOUND, [])

    def test_offline_asks_no_one(self) -> None:
        asked: list[str] = []
        with raw(lambda connection: asked.append("asked")) as url:
            found = online(named(url), Policy())
        assert (found.sub, asked) == (Sub.TRY_LATER, [])
        assert codes(found) == ["trust.revocation-unknown", "trust.no-ocsp", "trust.no-crl"]

    def test_of_a_certificate_that_names_only_directories_says_so(self) -> None:
        found = online(named("ldap://ldap.example/cn=x"))
        assert codes(found) == ["trust.revocation-unknown", "trust.no-ocsp-address", "trust.no-crl-address"]

    def test_goes_on_to_the_list_when_ocsp_hangs(self) -> None:
        with raw(saying(body=crl(ROOT))) as lists, misbehaving("hang") as ocsp:
            found = online(named(lists, ocsp=ocsp))
        assert found.indication is Indication.PASSED
        assert (len(found.evidence.crls), len(found.evidence.ocsp_responses)) == (1, 0)

    @pytest.mark.parametrize("rule", list(Revocation))
    def test_learns_from_a_real_authority(self, rule: Revocation) -> None:
        with serving() as pki:
            store = TrustStore(pki.authority.roots, pki.authority.intermediates)
            trust = Trust(store, Policy(revocation=rule, online=True), clock=lambda: NOW)
            verdicts = {
                short: trust.judge(pki.key(short).certificate, at=NOW) for short in ("ardic", "ardic-ec", "revoked")
            }
        assert verdicts["ardic"].indication is Indication.PASSED
        assert verdicts["ardic-ec"].indication is Indication.PASSED
        assert verdicts["revoked"].sub is Sub.REVOKED_NO_POE
        kinds = {Revocation.OCSP_FIRST: (0, 2), Revocation.CRL_FIRST: (2, 0), Revocation.BOTH: (2, 2)}[rule]
        evidence = verdicts["ardic"].evidence
        assert (len(evidence.crls), len(evidence.ocsp_responses)) == kinds

    def test_stops_asking_when_its_time_is_over(self) -> None:
        now = [0.0]

        class Slow:
            asked = 0

            def fetch(self, ask: Ask, *, seconds: float) -> bytes:
                self.asked += 1
                now[0] += seconds
                raise FetchFailure("trust.fetch-timeout", Text("yok", "none"))

        slow = Slow()
        policy = Policy(online=True, request_seconds=8, total_seconds=8)
        trust = Trust(
            TrustStore((ROOT.certificate,)), policy, fetcher=slow, clock=lambda: NOW, monotonic=lambda: now[0]
        )
        found = trust.judge(named("http://127.0.0.1:1/").certificate, at=NOW)
        assert slow.asked == 1
        assert codes(found) == ["trust.revocation-unknown", "trust.fetch-timeout", "trust.out-of-time"]
