"""Operators learn on their first page when the integrator's own certificate ends, in time to apply for another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import connection

from portal_client import Visitor, visitor
from ulak_server import clock, formats

pytestmark = pytest.mark.usefixtures("platform_database")
KEPT = """
INSERT INTO audit_head (day, block, digest, statement, algorithm, signature, certificate, stamp, at)
VALUES (%s, 1, '', '', '', 'x', %s, '', now())
"""


@pytest.fixture(scope="module")
def operator(platform_database: str) -> Visitor:
    return visitor(operator=True)


def front(operator: Visitor) -> str:
    return operator.get("/console").content.decode()


def ending(days: int) -> bytes:
    """A certificate that ends in so many days and an hour."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ulak Entegratör A.Ş.")])
    key, until = ec.generate_private_key(ec.SECP256R1()), clock.now() + timedelta(days=days, hours=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, until - timedelta(days=1095), until)
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_before_the_first_night_nothing_is_known(operator: Visitor) -> None:
    assert "kayıt bu gece mühürlenince görünür" in front(operator)


@pytest.mark.parametrize(
    ("days", "told", "presses"),
    [(60, "", False), (59, "59 gün sonra bitiyor", False), (3, "3 gün sonra bitiyor", True), (-2, "günü bitti", True)],
)
def test_the_end_is_told_in_time(operator: Visitor, days: int, told: str, presses: bool) -> None:
    certificate = ending(days)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_head")
        cursor.execute(KEPT, [clock.today() + timedelta(days=cursor.fetchone()[0]), certificate])
    page = front(operator)
    until = x509.load_der_x509_certificate(certificate).not_valid_after_utc
    assert f"{formats.day(until)} gününe kadar" in page
    assert told in page
    assert ("Entegratörün mühür sertifikası" in page) is ("ULAK_SEAL_KEY" in page) is bool(told)
    assert ("chip--bad" in page) is presses


def test_a_head_that_holds_no_certificate_breaks_no_page(operator: Visitor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [clock.today() + timedelta(days=100), b"x"])
    assert "kayıt bu gece mühürlenince görünür" in front(operator)
