"""Signatures in the forms of tokens, hosts and XML, and the check that each of them holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa

from ulak.seal.algorithms import Algorithm, Digest
from ulak.seal.certificates import Certificate
from ulak.seal.keys.problems import failure
from ulak.seal.values import is_by, order_size, plain_of_der

__all__ = [
    "DIGEST_INFO",
    "chain_of",
    "checked",
    "padded",
    "plain_of_any",
    "refuse_wrong_length",
    "with_prefix",
]

DIGEST_INFO: Final = {
    Digest.SHA256: bytes.fromhex("3031300d060960864801650304020105000420"),
    Digest.SHA384: bytes.fromhex("3041300d060960864801650304020205000430"),
    Digest.SHA512: bytes.fromhex("3051300d060960864801650304020305000440"),
}
"""What stands before the digest in a PKCS#1 v1.5 signature (RFC 8017, 9.2, note 1)."""


def with_prefix(digest: bytes, algorithm: Algorithm) -> bytes:
    """The DigestInfo of a digest, which a token signs as it is (CKM_RSA_PKCS)."""
    return DIGEST_INFO[algorithm.digest] + digest


def refuse_wrong_length(digest: bytes, algorithm: Algorithm) -> None:
    """Raises KeyFailure ``key.digest-length`` for what cannot be a digest of the algorithm."""
    if len(digest) != algorithm.digest.size:
        expected, name = algorithm.digest.size, algorithm.digest.name
        raise failure("key.digest-length", given=len(digest), expected=expected, algorithm=name)


def plain_of_any(signature: bytes, certificate: Certificate) -> bytes:
    """A host's signature as XML writes it: hosts give ECDSA in DER, as X.509 does, or plain.

    What is neither is given back as it is, for `checked` to refuse.
    """
    key = certificate.public_key
    if isinstance(key, rsa.RSAPublicKey):
        return signature
    try:
        return plain_of_der(signature, key.curve)
    except ValueError:
        return signature


def padded(signature: bytes, certificate: Certificate) -> bytes:
    """A token's signature in full length: for EC, r and s may come shorter than the order (PKCS#11 2.40, 2.3.1)."""
    key = certificate.public_key
    if isinstance(key, rsa.RSAPublicKey) or len(signature) % 2:
        return signature
    half, size = len(signature) // 2, order_size(key.curve)
    return signature[:half].rjust(size, b"\0") + signature[half:].rjust(size, b"\0")


def checked(signature: bytes, digest: bytes, certificate: Certificate, name: str) -> bytes:
    """The signature, once the certificate's public key has verified it.

    Args:
        signature: as `ulak.seal.keys.port.SealingKey.sign` returns it.
        name: of the key, for the error.

    Raises:
        KeyFailure: ``key.wrong-signature``.
    """
    if not is_by(certificate, signature, digest):
        raise failure("key.wrong-signature", name=name)
    return signature


def chain_of(certificate: Certificate, others: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """The issuers of a certificate, nearest first, as far as ``others`` hold them."""
    left, chain = list(dict.fromkeys(others)), [certificate]
    while not chain[-1].is_self_issued:
        issuer = next((one for one in left if one not in chain and _issued(one, chain[-1])), None)
        if issuer is None:
            break
        chain.append(issuer)
    return tuple(chain[1:])


def _issued(issuer: Certificate, certificate: Certificate) -> bool:
    try:
        certificate.x509.verify_directly_issued_by(issuer.x509)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
