"""Binary security tokens: the certificate that a message carries.

Source: WS-Security X.509 Certificate Token Profile 1.1, 3.1. In a PkiPath (ITU-T X.509) each certificate issued the
next, so the signer's is the last.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from typing import Final, Literal

from asn1crypto import core
from asn1crypto import x509 as asn1

from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import SealError
from ulak.seal.wssecurity.names import PKI_PATH, X509V3
from ulak.seal.wssecurity.problems import soap_error

__all__ = ["TOKENS", "TokenKind", "decoded", "token_bytes", "token_certificates"]

TokenKind = Literal["X509v3", "PKIPath"]
TOKENS: Final[dict[TokenKind, str]] = {"X509v3": X509V3, "PKIPath": PKI_PATH}
_LONGEST_PATH: Final = 8
_LARGEST_TOKEN: Final = 256 * 1024
_BLANKS: Final = {ord(blank): None for blank in " \t\r\n"}


class _Path(core.SequenceOf):  # type: ignore[misc]
    _child_spec = asn1.Certificate


def token_bytes(kind: TokenKind, certificate: Certificate, chain: Sequence[Certificate]) -> bytes:
    """What a token of the kind carries, DER.

    Args:
        chain: the certificates of the issuers, nearest first; only a path carries them.
    """
    if kind == "X509v3":
        return certificate.der
    return bytes(_Path([asn1.Certificate.load(one.der) for one in (*reversed(chain), certificate)]).dump())


def token_certificates(value_type: str, data: bytes) -> tuple[Certificate, ...]:
    """The certificates of a token, the signer's first, then its issuers, nearest first.

    Raises:
        SoapError: ``soap.token-broken``, ``soap.token-kind``.
    """
    if value_type == X509V3:
        return (_certificate(data),)
    if value_type == PKI_PATH:
        return tuple(_certificate(der) for der in reversed(_path(data)))
    raise soap_error("soap.token-kind", kind=value_type or "-")


def decoded(text: str | None, code: str) -> bytes:
    """The bytes of a base64 value; white space is allowed.

    Raises:
        SoapError: ``code``, if it is empty or not base64.
    """
    try:
        data = b64decode((text or "").translate(_BLANKS), validate=True)
    except (binascii.Error, ValueError):
        raise soap_error(code) from None
    if not data:
        raise soap_error(code)
    return data


def _certificate(der: bytes) -> Certificate:
    try:
        return certificate_of(der)
    except SealError as error:
        raise soap_error("soap.token-broken", detail=error.text) from None


def _path(data: bytes) -> list[bytes]:
    if len(data) > _LARGEST_TOKEN:
        raise soap_error("soap.token-broken", detail=f"{len(data)} > {_LARGEST_TOKEN}")
    try:
        path = [bytes(one.dump()) for one in _Path.load(data, strict=True)]
    except (ValueError, TypeError) as error:
        raise soap_error("soap.token-broken", detail=str(error).splitlines()[0]) from None
    if not 1 <= len(path) <= _LONGEST_PATH:
        raise soap_error("soap.token-broken", detail=f"PKIPath: {len(path)}")
    return path
