"""Signature values, in the form of XML Signature, held against the key that is said to have made them."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate

__all__ = ["is_by"]

_PADDING: Final = padding.PKCS1v15()


def is_by(certificate: Certificate, value: bytes, digest: bytes, algorithm: Algorithm | None = None) -> bool:
    """Whether ``value`` is the signature of ``digest`` by the certificate's key.

    Args:
        certificate: holds the public key.
        value: PKCS#1 v1.5 for RSA; r and s, each as long as the curve's order, for EC (XML Signature 1.1, 6.4.3).
        digest: made with the algorithm's digest.
        algorithm: that the signature names; by default the one that the key chooses.
    """
    algorithm = algorithm or certificate.algorithm
    key, prehashed = certificate.public_key, utils.Prehashed(algorithm.digest.hash)
    if (algorithm.family == "EC") is not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(_der(value, (key.key_size + 7) // 8), digest, ec.ECDSA(prehashed))
        else:
            key.verify(value, digest, _PADDING, prehashed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _der(value: bytes, size: int) -> bytes:
    if len(value) != 2 * size:
        raise ValueError("r and s have not the size of the curve")
    return utils.encode_dss_signature(int.from_bytes(value[:size], "big"), int.from_bytes(value[size:], "big"))
