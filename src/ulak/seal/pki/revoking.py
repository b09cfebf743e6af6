"""Revoking a certificate in the folder of a test PKI."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from ulak.seal.certificates import MAX_BYTES, Certificate, certificate_of, certificates_in_pem
from ulak.seal.errors import SealError, error_of
from ulak.seal.pki.authority import Authority
from ulak.seal.pki.folder import changing, write_crl
from ulak.seal.pki.issuer import Issuer
from ulak.seal.pki.problems import PROBLEMS, PkiError

__all__ = ["Revoked", "revoke"]

_DECIMAL: Final = re.compile(r"[0-9]{1,50}")
_HEXADECIMAL: Final = re.compile(r"(?:0x)?([0-9a-f]{1,40})", re.IGNORECASE)


class Revoked(NamedTuple):
    """What was revoked: its serial number, and the authority whose list was renewed."""

    serial: int
    issuer: str


def revoke(folder: Path, given: str, *, reason: str, at: datetime, now: datetime) -> Revoked:
    """Revoke a certificate and renew the list of its issuer.

    Args:
        given: a file (PKCS#12 without a password, PEM or DER), in the folder or elsewhere; or a serial number,
            decimal or hexadecimal.
        reason: one of `issuer.REASONS`, or ``removeFromCRL`` to end a suspension.
        at: when the revocation takes effect.
        now: the new list's date.

    Raises:
        PkiError: ``pki.unknown-certificate``, ``pki.impossible-time``, ``pki.already-revoked``, ``pki.not-suspended``,
            ``pki.bad-reason``, ``pki.not-a-pki`` or ``pki.not-writable``.
    """
    with changing(folder) as made:
        issuer, serial = _find(made, folder, given)
        begin = issuer.issued[serial].begin
        if not begin <= at <= now:
            given, since = at.isoformat(), begin.isoformat()
            raise error_of(PkiError, PROBLEMS, "pki.impossible-time", given=given, begin=since)
        issuer.revoke(serial, at, reason)
        write_crl(made, issuer, folder, now)
    return Revoked(serial, issuer.name)


def _find(made: Authority, folder: Path, given: str) -> tuple[Issuer, int]:
    for path in (Path(given), folder / given):
        if path.is_file() and (certificate := _certificate(path)) and (issuer := made.find_issuer(certificate)):
            return issuer, certificate.serial
    for serial in _serials(given):
        for each in made.issuers.values():
            if serial in each.issued:
                return each, serial
    raise error_of(PkiError, PROBLEMS, "pki.unknown-certificate", given=given)


def _serials(given: str) -> list[int]:
    text = given.replace(":", "")
    found = [int(text)] if _DECIMAL.fullmatch(text) else []
    hexadecimal = _HEXADECIMAL.fullmatch(text)
    return [*found, int(hexadecimal[1], 16)] if hexadecimal else found


def _certificate(path: Path) -> Certificate | None:
    """The (first) certificate of a file, None if there is none."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES)
    try:
        if b"-----BEGIN" in data:
            return certificates_in_pem(data)[0]
        if path.suffix.lower() in (".p12", ".pfx"):
            inside = load_pkcs12(data, None).cert
            return certificate_of(inside.certificate.public_bytes(Encoding.DER)) if inside else None
        return certificate_of(data)
    except (ValueError, SealError):
        return None
