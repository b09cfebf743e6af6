"""Whether an issuer's key signed something: certificates, revocation lists, OCSP answers, time stamps."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

from asn1crypto import core
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import SignatureAlgorithmOID as Oid

from ulak.seal.algorithms import LEAST_RSA_BITS
from ulak.seal.certificates import Certificate

__all__ = [
    "BROKEN",
    "has_weak_key",
    "is_issued_by",
    "is_strong",
    "is_weakly_signed",
    "key_hash",
    "padding_of",
    "verifies",
]

Padding = padding.PKCS1v15 | padding.PSS | ec.ECDSA | None

BROKEN: Final = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises for structures that cannot be read; much of them is read only when it is looked at."""

_STRONG: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_PLAIN_RSA: Final = frozenset({Oid.RSA_WITH_SHA256, Oid.RSA_WITH_SHA384, Oid.RSA_WITH_SHA512})
_ECDSA: Final = frozenset({Oid.ECDSA_WITH_SHA256, Oid.ECDSA_WITH_SHA384, Oid.ECDSA_WITH_SHA512})


class _KeyInfo(core.Sequence):  # type: ignore[misc]
    """SubjectPublicKeyInfo of any algorithm, also of unknown ones."""

    _fields: Final = [("algorithm", core.Any), ("bits", core.BitString)]


def is_strong(algorithm: hashes.HashAlgorithm | None) -> bool:
    """Whether a digest may still carry a signature: SHA-256, SHA-384, SHA-512."""
    return isinstance(algorithm, _STRONG)


def padding_of(algorithm: x509.ObjectIdentifier, digest: hashes.HashAlgorithm | None) -> Padding:
    """How a signature with this algorithm identifier is made; None if it is not one that is read."""
    if algorithm in _PLAIN_RSA:
        return padding.PKCS1v15()
    return ec.ECDSA(digest) if algorithm in _ECDSA and digest else None


def verifies(
    signer: Certificate, signature: bytes, data: bytes, how: object, digest: hashes.HashAlgorithm | None
) -> bool:
    """Whether ``signature`` over ``data`` is of the signer's key; False also for what cannot be checked."""
    try:
        key = signer.x509.public_key()
        if isinstance(key, rsa.RSAPublicKey) and isinstance(how, padding.PKCS1v15 | padding.PSS) and digest:
            key.verify(signature, data, how, digest)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(how, ec.ECDSA):
            key.verify(signature, data, how)
            return True
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return False


@lru_cache(maxsize=8192)
def is_issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the issuer's key signed the certificate, whatever their names say."""
    read = certificate.x509
    try:
        how, digest = read.signature_algorithm_parameters, read.signature_hash_algorithm
    except (UnsupportedAlgorithm, ValueError):
        return False
    return verifies(issuer, read.signature, read.tbs_certificate_bytes, how, digest)


def is_weakly_signed(certificate: Certificate) -> bool:
    """Whether the certificate's own signature rests on a digest that is too weak today."""
    # Of an algorithm that is not known nothing can be said.
    try:
        return not is_strong(certificate.x509.signature_hash_algorithm)
    except UnsupportedAlgorithm:
        return True


def has_weak_key(certificate: Certificate) -> bool:
    """Whether the key is too short or of a family that nothing can be checked with."""
    try:
        key = certificate.x509.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return True
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size < LEAST_RSA_BITS
    return not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.key_size < 256


@lru_cache(maxsize=4096)
def key_hash(certificate: Certificate, algorithm: str) -> bytes:
    """The digest of the public key's bits, without algorithm and length (RFC 6960, 4.1.1; RFC 5280, 4.2.1.2)."""
    tbs = asn1.TbsCertificate.load(certificate.x509.tbs_certificate_bytes)
    bits = _KeyInfo.load(tbs["subject_public_key_info"].dump())["bits"].contents[1:]
    return hashlib.new(algorithm, bits).digest()
