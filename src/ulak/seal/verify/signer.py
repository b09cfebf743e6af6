"""Whose certificate a seal carries and binds: ``ds:KeyInfo`` against the signed properties.

Source: ETSI TS 101 903 V1.4.2, 7.2.1 and 7.2.2; EN 319 132-1, 5.2.2; XML Signature 1.1, 4.5.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from asn1crypto import core
from asn1crypto import x509 as asn1
from lxml import etree

from ulak.errors import Text
from ulak.seal.algorithms import DIGESTS
from ulak.seal.certificates import MAX_BYTES, Certificate, certificate_of
from ulak.seal.errors import SealError
from ulak.seal.names import DS11, ds, local, xades
from ulak.seal.remembering import remembered
from ulak.seal.verify.anatomy import decoded, decoded_text
from ulak.seal.verify.distinguished import names_issuer, names_subject, trimmed
from ulak.seal.verify.findings import Findings, Stop, weak_or_unknown
from ulak.seal.verify.keyvalue import is_key_of

__all__ = ["Carried", "bound", "carried", "certificate_in", "digested"]

_KEY_VALUE: Final = ds("KeyValue")
_KEY_NAME: Final = ds("KeyName")
_X509_DATA: Final = ds("X509Data")
_X509: Final = ds("X509Certificate")
_SUBJECT: Final = ds("X509SubjectName")
_X509_SERIAL: Final = ds("X509IssuerSerial")
_IN_KEY_INFO: Final = frozenset({_KEY_VALUE, _X509_DATA, _KEY_NAME, f"{{{DS11}}}DEREncodedKeyValue"})
_IN_X509_DATA: Final = frozenset({ds("X509SKI"), ds("X509CRL"), f"{{{DS11}}}X509Digest"})
_SHA1: Final = "http://www.w3.org/2000/09/xmldsig#sha1"
_VERSION_1: Final = xades("SigningCertificate")
_CERT: Final = xades("Cert")
_CERT_DIGEST: Final = xades("CertDigest")
_DIGEST_PARTS: Final = [ds("DigestMethod"), ds("DigestValue")]
_SERIAL_V1: Final = xades("IssuerSerial")
_SERIAL_V2: Final = xades("IssuerSerialV2")
_CERT_V1: Final = ([_CERT_DIGEST, _SERIAL_V1],)
_CERT_V2: Final = ([_CERT_DIGEST], [_CERT_DIGEST, _SERIAL_V2])
_SERIAL_PARTS: Final = [ds("X509IssuerName"), ds("X509SerialNumber")]
_LONGEST_SERIAL: Final = 60


class Carried(NamedTuple):
    """What ``ds:KeyInfo`` holds."""

    certificates: tuple[Certificate, ...]
    key_values: tuple[etree._Element, ...]
    subject_names: tuple[str, ...]
    serials: tuple[etree._Element, ...]


class _Binding(NamedTuple):
    """One ``Cert`` of the signed properties."""

    algorithm: str
    digest: bytes
    serial: etree._Element | None


def carried(key_info: etree._Element) -> Carried:
    """Read ``ds:KeyInfo``.

    Raises:
        Stop: it holds what is not accepted, no certificate, or one that cannot be read.
    """
    certificates: list[Certificate] = []
    key_values: list[etree._Element] = []
    names: list[str] = []
    serials: list[etree._Element] = []
    for part in key_info:
        tag = part.tag
        if tag == _X509_DATA:
            _read_x509_data(part, certificates, names, serials)
        elif tag not in _IN_KEY_INFO:
            raise Stop("seal.key-info", name=local(tag))
        elif tag != _KEY_NAME:
            key_values.append(part)
    if not certificates:
        raise Stop("seal.no-certificate")
    return Carried(tuple(certificates), tuple(key_values), tuple(names), tuple(serials))


def bound(carried: Carried, signing_certificate: etree._Element | None, findings: Findings) -> Certificate:
    """The certificate that the signed properties bind, checked against all that the seal says of the key.

    Raises:
        Stop: none of the certificates is the bound one.
    """
    if signing_certificate is None:
        raise Stop("seal.no-signing-certificate")
    bindings = [_binding(cert, signing_certificate.tag == _VERSION_1) for cert in signing_certificate]
    certificate = _bound(carried.certificates, bindings, findings)
    _check_others(carried.certificates, certificate, findings)
    _check_key_values(carried.key_values, certificate, findings)
    for name in carried.subject_names:
        if name != certificate.subject and not names_subject(name, certificate):
            is_title = name == certificate.common_name
            findings.add("seal.subject-title" if is_title else "seal.subject-name", name=name)
    for serial in carried.serials:
        issuer, number, _ = _named(serial, certificate)
        if not any(_named(serial, each).fits for each in carried.certificates):
            findings.add("seal.issuer-serial", issuer=issuer, serial=number)
    return certificate


def _read_x509_data(
    data: etree._Element, certificates: list[Certificate], names: list[str], serials: list[etree._Element]
) -> None:
    for part in data:
        tag = part.tag
        if tag == _X509:
            if len(part):
                raise Stop("seal.base64", name="ds:X509Certificate")
            certificates.append(_certificate(part))
        elif tag == _SUBJECT:
            names.append(trimmed(part.text or ""))
        elif tag == _X509_SERIAL:
            serials.append(part)
        elif tag not in _IN_X509_DATA:
            raise Stop("seal.key-info", name=local(tag))


def _certificate(element: etree._Element) -> Certificate:
    text = element.text or ""
    if len(text) > 2 * MAX_BYTES:
        size = Text(f"{len(text)} karakter; bu bir sertifika değil", f"{len(text)} characters; this is no certificate")
        raise Stop("seal.certificate-unreadable", detail=size)
    return certificate_in(text)


@remembered(most=4096, largest=8 * 1024)
def certificate_in(text: str) -> Certificate:
    """The certificate in a text of base64; raises Stop ``seal.base64`` or ``seal.certificate-unreadable``."""
    try:
        return certificate_of(decoded_text(text, "ds:X509Certificate"))
    except SealError as error:
        raise Stop("seal.certificate-unreadable", detail=error.text) from None


def _binding(cert: etree._Element, version_1: bool) -> _Binding:
    parts = list(cert)
    forms = _CERT_V1 if version_1 else _CERT_V2
    if cert.tag != _CERT or [part.tag for part in parts] not in forms:
        raise _broken("xades:Cert")
    digest = list(parts[0])
    if [part.tag for part in digest] != _DIGEST_PARTS:
        raise _broken("xades:CertDigest")
    serial = parts[1] if len(parts) > 1 else None
    return _Binding(digest[0].get("Algorithm", ""), decoded(digest[1], "xades:CertDigest"), serial)


def _bound(certificates: tuple[Certificate, ...], bindings: list[_Binding], findings: Findings) -> Certificate:
    """The one certificate that a binding names; an authority's only if there is no other."""
    matches = [
        (certificate, binding)
        for binding in bindings
        for certificate in certificates
        if _digest(certificate, binding.algorithm) == binding.digest
    ]
    if not matches:
        raise Stop("seal.signing-certificate")
    certificate, binding = min(matches, key=lambda match: match[0].is_authority)
    if binding.algorithm == _SHA1:
        findings.add("seal.sha1-certificate")
    if binding.serial is not None:
        _check_serial(binding.serial, certificate, findings)
    return certificate


def _digest(certificate: Certificate, algorithm: str) -> bytes:
    if algorithm not in DIGESTS and algorithm != _SHA1:
        raise weak_or_unknown(algorithm)
    return digested(certificate, algorithm)


@lru_cache(maxsize=4096)
def digested(certificate: Certificate, algorithm: str) -> bytes:
    """The digest of a certificate, by an algorithm of `DIGESTS` or SHA-1."""
    if algorithm == _SHA1:
        return hashlib.sha1(certificate.der, usedforsecurity=False).digest()
    return DIGESTS[algorithm].of(certificate.der)


class _Named(NamedTuple):
    """What an ``IssuerSerial`` says, and whether it is a certificate's."""

    issuer: str
    serial: str
    fits: bool


def _check_serial(element: etree._Element, certificate: Certificate, findings: Findings) -> None:
    issuer, serial, fits = _named(element, certificate)
    if not fits:
        findings.add("seal.issuer-serial", issuer=issuer, serial=serial)
    elif element.tag == _SERIAL_V1 and issuer != certificate.issuer:
        findings.add("seal.issuer-name-form", issuer=issuer)


def _named(element: etree._Element, certificate: Certificate) -> _Named:
    if element.tag == _SERIAL_V2:
        return _named_in(decoded(element, "xades:IssuerSerialV2"), certificate)
    parts = list(element)
    if [part.tag for part in parts] != _SERIAL_PARTS:
        raise _broken("IssuerSerial")
    issuer, serial = trimmed(parts[0].text or ""), (parts[1].text or "").strip()
    says_issuer = issuer == certificate.issuer or names_issuer(issuer, certificate)
    return _Named(issuer, serial, says_issuer and _is_serial(serial, certificate))


def _is_serial(written: str, certificate: Certificate) -> bool:
    is_number = written.isascii() and written.isdecimal() and len(written) <= _LONGEST_SERIAL
    return is_number and int(written) == certificate.serial


class _IssuerSerial(core.Sequence):  # type: ignore[misc]
    """``IssuerSerial`` of RFC 5035, 4."""

    _fields: ClassVar = [("issuer", asn1.GeneralNames), ("serial_number", core.Integer)]


def _named_in(der: bytes, certificate: Certificate) -> _Named:
    try:
        read = _IssuerSerial.load(der, strict=True)
        names = [name.chosen for name in read["issuer"] if name.name == "directory_name"]
        serial = str(read["serial_number"].native)
        shown = ", ".join(name.human_friendly for name in names)
        issuer = asn1.Name.load(certificate.x509.issuer.public_bytes())
        return _Named(shown, serial, names == [issuer] and _is_serial(serial, certificate))
    # asn1crypto lets whatever strange bytes cause come through.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        raise Stop("seal.base64", name="xades:IssuerSerialV2") from None


def _check_others(certificates: tuple[Certificate, ...], signer: Certificate, findings: Findings) -> None:
    others = [certificate for certificate in certificates if certificate != signer]
    for other in others:
        if not other.is_authority:
            findings.add("seal.second-certificate", subject=other.subject)
    if others and all(other.is_authority for other in others):
        findings.add("seal.chain-in-key-info", count=len(others))


def _check_key_values(values: tuple[etree._Element, ...], signer: Certificate, findings: Findings) -> None:
    if not values:
        findings.add("seal.no-key-value")
    if not all(is_key_of(value, signer) for value in values):
        findings.add("seal.key-value")


def _broken(where: str) -> Stop:
    return Stop("seal.structure", detail=Text(f"{where} bozuk", f"{where} is broken"))
