"""The certificates and revocation data that a seal carries, and whether they are those that it names.

Source: ETSI TS 101 903 V1.4.2, 7.4 (references), 7.6 (values), 8.1 (TimeStampValidationData).
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.seal.algorithms import DIGESTS
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import SealError, error_of
from ulak.seal.levels.parts import Parts, children
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.names import DS, ds, xades, xades141
from ulak.seal.verdicts import Evidence

__all__ = ["Carried", "carried", "decoded", "key_info_certificates", "signer_of", "unmatched"]

VALIDATION_DATA: Final = xades141("TimeStampValidationData")
_DIGEST_NAMES: Final = {uri: digest.name.lower() for uri, digest in DIGESTS.items()} | {DS + "sha1": "sha1"}
"""SHA-1 only to find a certificate by what old documents call it; the seal's own digests are not made with it."""


class Carried(NamedTuple):
    """What a seal carries for those who judge it later."""

    certificates: tuple[Certificate, ...] = ()
    evidence: Evidence = Evidence()


def decoded(element: etree._Element) -> bytes:
    """The bytes in an element; raises LevelFailure ``level.broken-base64``."""
    try:
        if len(element):
            raise ValueError("not only text")
        return b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise error_of(LevelFailure, PROBLEMS, "level.broken-base64", element=_name(element)) from None


def carried(parts: Parts) -> Carried:
    """All certificates and revocation data in a seal, time-stamp tokens not opened.

    Raises:
        LevelFailure: ``level.broken-base64``, ``level.unreadable``.
    """
    holders = [each for each in parts.properties if each.tag == VALIDATION_DATA]
    places = [parts.holder, *holders]
    certificates = [
        *key_info_certificates(parts),
        *_certificates(_deep(places, xades("CertificateValues"), xades("EncapsulatedX509Certificate"))),
    ]
    revocation = [each for place in places for each in children(place, xades("RevocationValues"))]
    crls = _deep(revocation, xades("CRLValues"), xades("EncapsulatedCRLValue"))
    answers = _deep(revocation, xades("OCSPValues"), xades("EncapsulatedOCSPValue"))
    evidence = Evidence(_once(map(decoded, crls)), _once(map(decoded, answers)))
    return Carried(tuple(dict.fromkeys(certificates)), evidence)


def key_info_certificates(parts: Parts) -> tuple[Certificate, ...]:
    """The certificates in ``ds:KeyInfo``; raises LevelFailure."""
    return tuple(_certificates(_deep([parts.key_info], ds("X509Data"), ds("X509Certificate"))))


def signer_of(parts: Parts) -> Certificate:
    """The sealer's certificate: the one in KeyInfo that ``xades:SigningCertificate`` names.

    Raises:
        LevelFailure: ``level.no-signer``.
    """
    properties = _deep([parts.qualifying], xades("SignedProperties"), xades("SignedSignatureProperties"))
    named = [each for name in ("SigningCertificate", "SigningCertificateV2") for each in _deep(properties, xades(name))]
    digests = [each for list_ in named for each in _deep([list_], xades("Cert"), xades("CertDigest"))]
    found = {each for each in key_info_certificates(parts) for digest in digests if _is_of(digest, each.der)}
    if len(found) != 1:
        raise error_of(LevelFailure, PROBLEMS, "level.no-signer")
    return found.pop()


def unmatched(parts: Parts, held: Carried) -> Iterator[tuple[etree._Element, str]]:
    """References to certificates and revocation data that the seal should carry with its values and does not.

    Yields:
        the referring element and the digest that nothing has. Nothing where the seal carries no values (XAdES-C).
    """
    tags = {each.tag for each in parts.properties}
    if xades("CertificateValues") in tags:
        ders = [each.der for each in held.certificates]
        yield from _missing(
            parts, "CompleteCertificateRefs", (xades("CertRefs"), xades("Cert"), xades("CertDigest")), ders
        )
    if xades("RevocationValues") in tags:
        digest = xades("DigestAlgAndValue")
        for path, values in (
            ((xades("CRLRefs"), xades("CRLRef"), digest), held.evidence.crls),
            ((xades("OCSPRefs"), xades("OCSPRef"), digest), held.evidence.ocsp_responses),
        ):
            yield from _missing(parts, "CompleteRevocationRefs", path, values)


def _missing(
    parts: Parts, name: str, path: tuple[str, ...], values: Iterable[bytes]
) -> Iterator[tuple[etree._Element, str]]:
    held = list(values)
    known: dict[str | None, set[bytes]] = {None: set()}
    for refs in (each for each in parts.properties if each.tag == xades(name)):
        for element in _deep([refs], *path):
            method, said = _digest_in(element)
            if method not in known:
                known[method] = {_digest(method, each) for each in held}
            if said not in known[method]:
                yield refs, said.hex()[:100]


def _is_of(element: etree._Element, value: bytes) -> bool:
    method, said = _digest_in(element)
    return method is not None and _digest(method, value) == said


def _digest_in(element: etree._Element) -> tuple[str | None, bytes]:
    """The method (None if Ulak does not know it) and the value of a ``DigestAlgAndValueType``."""
    method, said = element.find(ds("DigestMethod")), element.find(ds("DigestValue"))
    if method is None or said is None:
        return None, b""
    return _DIGEST_NAMES.get(method.get("Algorithm", "")), decoded(said)


def _digest(method: str | None, value: bytes) -> bytes:
    return hashlib.new(method or "", value, usedforsecurity=False).digest()


def _deep(places: Iterable[etree._Element | None], *path: str) -> list[etree._Element]:
    """The elements at a path below each of the places."""
    found = [each for each in places if each is not None]
    for tag in path:
        found = [each for place in found for each in children(place, tag)]
    return found


def _certificates(elements: Iterable[etree._Element]) -> Iterator[Certificate]:
    for element in elements:
        try:
            yield certificate_of(decoded(element))
        except LevelFailure:
            raise
        except SealError as error:
            name, detail = _name(element), error.text
            raise error_of(LevelFailure, PROBLEMS, "level.unreadable", element=name, detail=detail) from None


def _once(values: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(values))


def _name(element: etree._Element) -> Text:
    name = etree.QName(element).localname
    return Text(name, name)
