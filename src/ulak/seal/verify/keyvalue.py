"""``ds:KeyValue``: whether it is the certificate's own key.

Source: XML Signature 1.1, 4.5.2 and 4.5.9; RFC 4050, 3 (the older form of EC keys).
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from ulak.seal.algorithms import CURVES
from ulak.seal.certificates import Certificate
from ulak.seal.names import DS11, ds
from ulak.seal.verify.anatomy import decoded

__all__ = ["is_key_of", "rsa_texts"]

_RSA: Final = ds("RSAKeyValue")
_RSA_PARTS: Final = [ds("Modulus"), ds("Exponent")]
_EC: Final = f"{{{DS11}}}ECKeyValue"
_EC_PARTS: Final = [f"{{{DS11}}}NamedCurve", f"{{{DS11}}}PublicKey"]
_DER: Final = f"{{{DS11}}}DEREncodedKeyValue"
_MORE: Final = "{http://www.w3.org/2001/04/xmldsig-more#}"
_POINT: Final = [f"{_MORE}X", f"{_MORE}Y"]


def is_key_of(value: etree._Element, certificate: Certificate) -> bool:
    """Whether a ``ds:KeyValue`` or ``ds11:DEREncodedKeyValue`` holds the certificate's key.

    Raises:
        Stop: ``seal.base64``.
    """
    if value.tag == _DER:
        return _key(certificate) is not None and decoded(value, "ds11:DEREncodedKeyValue") == certificate.spki
    if len(value) != 1:
        return False
    key, parts = value[0], list(value[0])
    tags = [part.tag for part in parts]
    if key.tag == _RSA and tags == _RSA_PARTS:
        return _is_rsa(parts[0], parts[1], certificate)
    if key.tag == _EC and tags == _EC_PARTS:
        return _is_ec(parts[0], parts[1], certificate)
    return key.tag == f"{_MORE}ECDSAKeyValue" and _is_older_ec(key, certificate)


def _is_rsa(modulus: etree._Element, exponent: etree._Element, certificate: Certificate) -> bool:
    written = "".join((modulus.text or "").split()), "".join((exponent.text or "").split())
    if written == rsa_texts(certificate):
        return True
    numbers = _rsa_numbers(certificate)
    return numbers == (
        int.from_bytes(decoded(modulus, "ds:Modulus"), "big"),
        int.from_bytes(decoded(exponent, "ds:Exponent"), "big"),
    )


def _key(certificate: Certificate) -> object:
    """The certificate's key, be it too weak for a seal; None if it cannot be read."""
    try:
        return certificate.x509.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


@lru_cache(maxsize=4096)
def _rsa_numbers(certificate: Certificate) -> tuple[int, int] | None:
    key = _key(certificate)
    if not isinstance(key, rsa.RSAPublicKey):
        return None
    numbers = key.public_numbers()
    return numbers.n, numbers.e


@lru_cache(maxsize=4096)
def rsa_texts(certificate: Certificate) -> tuple[str, str] | None:
    """The key as a seal usually writes it, so that most need no decoding."""
    numbers = _rsa_numbers(certificate)
    if numbers is None:
        return None
    modulus, exponent = (
        b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode() for number in numbers
    )
    return modulus, exponent


def _is_ec(curve: etree._Element, point: etree._Element, certificate: Certificate) -> bool:
    key = _key(certificate)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    named = curve.get("URI", "").removeprefix("urn:oid:") == CURVES.get(key.curve.name)
    return named and decoded(point, "ds11:PublicKey") in _points(key)


def _points(key: ec.EllipticCurvePublicKey) -> tuple[bytes, bytes]:
    forms = PublicFormat.UncompressedPoint, PublicFormat.CompressedPoint
    return key.public_bytes(Encoding.X962, forms[0]), key.public_bytes(Encoding.X962, forms[1])


def _is_older_ec(value: etree._Element, certificate: Certificate) -> bool:
    key = _key(certificate)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    curve = value.find(f"{_MORE}DomainParameters/{_MORE}NamedCurve")
    point = [part.get("Value", "") for name in _POINT for part in value.iterfind(f"{_MORE}PublicKey/{name}")]
    urn = curve.get("URN", "") if curve is not None else ""
    numbers = key.public_numbers()
    return urn == f"urn:oid:{CURVES.get(key.curve.name)}" and point == [str(numbers.x), str(numbers.y)]
