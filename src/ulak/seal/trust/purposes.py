"""Whether a certificate was issued for what it is used for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

from ulak.seal.certificates import Certificate
from ulak.seal.trust.findings import Finding, finding
from ulak.seal.trust.policy import Purpose
from ulak.seal.verdicts import SubIndication as Sub

__all__ = ["unfit_for"]

_SEALING: Final = frozenset(
    {
        x509.ObjectIdentifier("2.16.792.1.2.1.1.5.7.50.1"),
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
        x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),
        Usage.EMAIL_PROTECTION,
        Usage.ANY_EXTENDED_KEY_USAGE,
    }
)
"""KamuSM's mali mühür (as in GİB's samples), document signing (RFC 9336, and Microsoft's), e-mail, any."""
_NOT_SEALING: Final = frozenset(
    {Usage.SERVER_AUTH, Usage.CLIENT_AUTH, Usage.CODE_SIGNING, Usage.TIME_STAMPING, Usage.OCSP_SIGNING}
)


def unfit_for(purpose: Purpose, certificate: Certificate) -> Iterator[Finding]:
    """Why a certificate may not be used for a purpose."""
    usage = _key_usage(certificate)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        yield _wrong(certificate, "keyUsage")
    if usage is None and purpose is Purpose.SEAL:
        yield _wrong(certificate, "keyUsage")
    if not _EXTENDED[purpose](certificate):
        yield _wrong(certificate, "extKeyUsage")


def _wrong(certificate: Certificate, extension: str) -> Finding:
    facts = {"certificate": certificate.common_name, "extension": extension}
    return finding(Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.wrong-usage", **facts)


def _seals(certificate: Certificate) -> bool:
    found = _extended(certificate)
    if found is None:
        return True
    uses = frozenset(found.value)
    return bool(uses & _SEALING) or not uses & _NOT_SEALING


def _stamps(certificate: Certificate) -> bool:
    """The only purpose, and critical (RFC 3161, 2.3)."""
    found = _extended(certificate)
    return found is not None and found.critical and list(found.value) == [Usage.TIME_STAMPING]


_EXTENDED: Final = {Purpose.SEAL: _seals, Purpose.TIME_STAMPING: _stamps}


def _key_usage(certificate: Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.x509.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _extended(certificate: Certificate) -> x509.Extension[x509.ExtendedKeyUsage] | None:
    try:
        return certificate.x509.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return None
