"""Mail servers are spoken to securely or not at all; a login is never sent in the clear."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from delivery_world import Server, serving_mail, told
from ulak_server import environment
from ulak_server.delivery.mail.handing import Handed, Line, Outcome
from ulak_server.delivery.mail.postbox import postbox
from ulak_server.delivery.problems import DeliveryError
from ulak_server.operations.examination.finding import Level
from ulak_server.operations.examination.settings import variables

MAIL: Final = ("a+1-x@ulak.example", "b@meltem.example", b"Subject: x\r\n\r\n.one\n..two\r\rthree")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's address and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.ulak.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, *form) + made.public_bytes(pem))
    return path


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate)
    return made


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def hand(server: Server, **url: str) -> Handed:
    port = server.url.rpartition(":")[2]
    user = f"{url['user']}@" if "user" in url else ""
    with told(ULAK_SMTP_URL=f"{url['scheme']}://{user}127.0.0.1:{port}{url.get('query', '')}"):
        line = Line(postbox(), timeout=5)
        try:
            return line.hand(*MAIL, lambda: True)
        finally:
            line.leave()


def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    fits = isinstance(data, LoginPassword) and (data.login, data.password) == (b"ulak@a", "p@ss:ö".encode())
    return AuthResult(success=fits, handled=False)


@pytest.fixture
def starttls(context: ssl.SSLContext) -> Iterator[Server]:
    with serving_mail(tls_context=context, require_starttls=True, authenticator=login, auth_required=True) as server:
        yield server


def test_starttls_is_spoken_with_a_login(starttls: Server, trusted: None) -> None:
    handed = hand(starttls, scheme="smtp", user="ulak%40a:p%40ss%3A%C3%B6", query="?tls=starttls")
    assert handed.outcome == Outcome.SENT, handed
    assert len(starttls.taken) == 1


def test_a_wrong_login_is_nobodys_message(starttls: Server, trusted: None) -> None:
    handed = hand(starttls, scheme="smtp", user="ulak%40a:wrong", query="?tls=starttls")
    assert (handed.outcome, handed.code) == (Outcome.AWAY, "mail.login")


def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to(starttls: Server) -> None:
    handed = hand(starttls, scheme="smtp", query="?tls=starttls")
    assert (handed.outcome, handed.code) == (Outcome.AWAY, "mail.insecure")
    assert starttls.taken == []


def test_a_server_that_hides_starttls_gets_nothing(trusted: None) -> None:
    with serving_mail() as plain:
        handed = hand(plain, scheme="smtp", user="ulak:secret", query="?tls=starttls")
    assert (handed.outcome, handed.code) == (Outcome.AWAY, "mail.insecure")
    assert plain.taken == []


def test_tls_from_the_first_byte(context: ssl.SSLContext, trusted: None) -> None:
    with serving_mail(ssl_context=context) as server:
        assert hand(server, scheme="smtps").outcome == Outcome.SENT
    assert len(server.taken) == 1


def test_what_is_written_arrives_as_it_was(trusted: None) -> None:
    with serving_mail() as server:
        hand(server, scheme="smtp")
    assert server.raw == [b"Subject: x\r\n\r\n.one\r\n..two\r\n\r\nthree\r\n"]


def test_strangers_are_spoken_to_securely_unless_told_otherwise() -> None:
    with told(ULAK_SMTP_URL="smtp://mail.example", ULAK_MAIL_FROM="a@b.example"):
        assert postbox().security == "starttls"
    with told(ULAK_SMTP_URL="smtps://mail.example", ULAK_MAIL_FROM="a@b.example"):
        assert (postbox().security, postbox().port) == ("tls", 465)
    with told(ULAK_SMTP_URL="smtp://127.0.0.1:25", ULAK_MAIL_FROM="a@b.example"):
        assert postbox().security == "none"


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://a:99999", "smtp://a?tls=maybe"]
)
def test_an_address_of_no_server_is_refused_without_its_password(url: str) -> None:
    with (
        told(ULAK_SMTP_URL=url, ULAK_MAIL_FROM="a@b.example"),
        pytest.raises(DeliveryError, match=r"delivery\.smtp-url"),
    ):
        postbox()
    with (
        told(ULAK_SMTP_URL="smtp://u:secret@h:x", ULAK_MAIL_FROM="a@b.example"),
        pytest.raises(DeliveryError) as refused,
    ):
        postbox()
    assert "secret" not in refused.value.text.en


def test_the_doctor_says_what_is_wrong_with_the_settings() -> None:
    for values, fits in (
        ({"ULAK_SMTP_URL": "", "ULAK_MAIL_FROM": ""}, True),
        ({"ULAK_SMTP_URL": "smtps://mail.example", "ULAK_MAIL_FROM": "Ulak <a@ulak.example>"}, True),
        ({"ULAK_SMTP_URL": "smtps://mail.example", "ULAK_MAIL_FROM": ""}, False),
        ({"ULAK_SMTP_URL": "mail.example", "ULAK_MAIL_FROM": "a@ulak.example"}, False),
        ({"ULAK_SMTP_URL": "smtps://mail.example", "ULAK_MAIL_FROM": "nobody"}, False),
    ):
        found = [one for one in variables(environment.read(values)) if one.subject == "ULAK_SMTP_URL"]
        assert all(one.level is Level.OK for one in found) is fits, values
