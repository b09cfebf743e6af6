"""The signature and digest algorithms of seals: which the key chooses, which are read, which are too weak.

GİB's samples and e-Arşiv guide (V1.18, 5) use RSA with SHA-256; rsa-sha1 is forbidden (SignatureMethodCheck). Curves
and their digests follow KamuSM's P-384 certificates: the digest is as strong as the curve.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import Final, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, error_of

__all__ = [
    "CURVES",
    "DIGESTS",
    "LEAST_RSA_BITS",
    "WEAK",
    "Algorithm",
    "Digest",
    "algorithm_of",
    "digest_named",
    "signature_named",
]

LEAST_RSA_BITS: Final = 2048
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC: Final = "http://www.w3.org/2001/04/xmlenc#"


class Digest(Enum):
    """A digest that a seal may be made with; the value is its XML name."""

    SHA256 = _ENC + "sha256"
    SHA384 = _MORE + "sha384"
    SHA512 = _ENC + "sha512"

    def __init__(self, uri: str) -> None:
        self._new = getattr(hashlib, uri.rpartition("#")[2])
        self.size: Final[int] = self._new().digest_size
        """Bytes of the digest."""

    @property
    def hash(self) -> hashes.HashAlgorithm:
        return _HASHES[self]

    def of(self, *data: bytes) -> bytes:
        """The digest of ``data``, the pieces one after the other.

        >>> Digest.SHA256.of(b"").hex()[:16]
        'e3b0c44298fc1c14'
        """
        made = self._new()
        for piece in data:
            made.update(piece)
        return bytes(made.digest())


_HASHES: Final[dict[Digest, hashes.HashAlgorithm]] = {
    Digest.SHA256: hashes.SHA256(),
    Digest.SHA384: hashes.SHA384(),
    Digest.SHA512: hashes.SHA512(),
}


class _Facts(NamedTuple):
    uri: str
    family: str
    digest: Digest


class Algorithm(Enum):
    """A signature algorithm that a seal may be made with."""

    RSA_SHA256 = _Facts(_MORE + "rsa-sha256", "RSA", Digest.SHA256)
    RSA_SHA384 = _Facts(_MORE + "rsa-sha384", "RSA", Digest.SHA384)
    RSA_SHA512 = _Facts(_MORE + "rsa-sha512", "RSA", Digest.SHA512)
    ECDSA_SHA256 = _Facts(_MORE + "ecdsa-sha256", "EC", Digest.SHA256)
    ECDSA_SHA384 = _Facts(_MORE + "ecdsa-sha384", "EC", Digest.SHA384)
    ECDSA_SHA512 = _Facts(_MORE + "ecdsa-sha512", "EC", Digest.SHA512)

    def __init__(self, uri: str, family: str, digest: Digest) -> None:
        self.uri: Final = uri
        self.family: Final = family
        """``RSA`` (PKCS#1 v1.5) or ``EC``."""
        self.digest: Final = digest


WEAK: Final = frozenset(
    {
        "http://www.w3.org/2000/09/xmldsig#sha1",
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        _MORE + "ecdsa-sha1",
        _MORE + "md5",
        _MORE + "rsa-md5",
        _MORE + "sha224",
        _MORE + "rsa-sha224",
        _MORE + "ecdsa-sha224",
    }
)
"""Algorithms that are known and too weak (or, with a shared secret, no seal at all)."""

DIGESTS: Final = {digest.value: digest for digest in Digest}
_SIGNATURES: Final = {algorithm.uri: algorithm for algorithm in Algorithm}
_BY_CURVE: Final = {
    "secp256r1": Algorithm.ECDSA_SHA256,
    "secp384r1": Algorithm.ECDSA_SHA384,
    "secp521r1": Algorithm.ECDSA_SHA512,
}
CURVES: Final = {"secp256r1": "1.2.840.10045.3.1.7", "secp384r1": "1.3.132.0.34", "secp521r1": "1.3.132.0.35"}
"""Object identifiers of the curves, by the name that the library has for them (RFC 5480, 2.1.1.1)."""
_WRONG_KEY: Final = {
    "key.unsupported": Problem(
        Text(
            "Bu tür anahtarla mühürlenemez: {kind}. RSA (en az 2048 bit) ya da P-256, P-384, P-521 eğrisi gerekir.",
            "A key of this kind cannot seal: {kind}. RSA (2048 bits or more) or curve P-256, P-384, P-521 is needed.",
        ),
        Text(
            "KamuSM'den alınmış bir mali mühür ya da nitelikli sertifika kullanın.",
            "Use a mali mühür or a qualified certificate issued by KamuSM.",
        ),
    )
}


def algorithm_of(key: object) -> Algorithm:
    """The algorithm that a public key chooses; of a key that could not be read, its kind in words is enough.

    Raises:
        SealError: ``key.unsupported`` for short RSA keys, other curves and other families.
    """
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_RSA_BITS:
        return Algorithm.RSA_SHA256
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _BY_CURVE:
        return _BY_CURVE[key.curve.name]
    raise error_of(SealError, _WRONG_KEY, "key.unsupported", kind=_kind(key))


def _kind(key: object) -> str:
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, str):
        return key
    return key.curve.name if isinstance(key, ec.EllipticCurvePublicKey) else type(key).__name__


def digest_named(uri: str) -> Digest | None:
    """The digest with this XML name, if a seal may be made with it."""
    return DIGESTS.get(uri)


def signature_named(uri: str) -> Algorithm | None:
    """The signature algorithm with this XML name, if a seal may be made with it."""
    return _SIGNATURES.get(uri)
