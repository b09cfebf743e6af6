"""Signature values in the form of XML Signature: made from other forms, and held against the key that made them."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate

__all__ = ["der_of_plain", "is_by", "order_size", "plain_of_der"]

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
            key.verify(der_of_plain(value, key.curve), digest, ec.ECDSA(prehashed))
        else:
            key.verify(value, digest, _PADDING, prehashed)
    except (InvalidSignature, ValueError):
        return False
    return True


def der_of_plain(value: bytes, curve: ec.EllipticCurve) -> bytes:
    """The DER form (X.509's) of r and s side by side; raises ValueError if they are not as long as the order."""
    size = order_size(curve)
    if len(value) != 2 * size:
        raise ValueError("r and s have not the size of the curve")
    return utils.encode_dss_signature(int.from_bytes(value[:size], "big"), int.from_bytes(value[size:], "big"))


def plain_of_der(der: bytes, curve: ec.EllipticCurve) -> bytes:
    """r and s side by side, each as long as the curve's order (RFC 4050), of a DER-encoded ECDSA signature.

    Raises:
        ValueError: if it is none of this curve.
    """
    r, s = utils.decode_dss_signature(der)
    size = order_size(curve)
    if not (0 < r < 256**size and 0 < s < 256**size):
        raise ValueError("r or s is out of range")
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def order_size(curve: ec.EllipticCurve) -> int:
    """Bytes of a number below the curve's order."""
    return (curve.key_size + 7) // 8
