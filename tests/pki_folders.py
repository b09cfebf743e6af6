"""A test PKI on disk, made quickly, for tests of ``ulak pki``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from seal_pki import pooled_keys
from ulak.seal.pki import folder
from ulak.seal.pki.authority import URL, Authority, new_authority

__all__ = ["Capture", "certificate", "make_quickly", "quickly_made", "revoked"]

Capture = pytest.CaptureFixture[str]


def certificate(place: Path, name: str) -> x509.Certificate:
    inside = load_pkcs12((place / name).read_bytes(), None).cert
    assert inside
    return inside.certificate


def revoked(place: Path, issuer: str = "mali-muhur-s2") -> dict[int, x509.RevokedCertificate]:
    crl = x509.load_der_x509_crl((place / f"{issuer}.crl").read_bytes())
    return {entry.serial_number: entry for entry in crl}


def quickly_made(at: datetime, url: str, **more: Any) -> Authority:
    """`new_authority`, but with committed keys."""
    return new_authority(at, url, make_key=pooled_keys(), **more)


def make_quickly(place: Path) -> Path:
    """The folder of a PKI made now, as ``ulak pki new`` writes it."""
    now = datetime.now(UTC)
    folder.write(quickly_made(now, URL), place, now)
    return place
