"""The text of a XAdES-BES signature, in GİB's flavour, written so that it is its own canonical form.

Source: Ek-3 V1.4, 3 (all elements of the skeleton are used); ETSI TS 101 903 V1.4.2; XML Signature 1.1.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from ulak.seal.algorithms import CURVES, Algorithm
from ulak.seal.certificates import Certificate
from ulak.seal.names import C14N_COMMENTS, DS, DS11, ENVELOPED, SIGNED_PROPERTIES, XADES

__all__ = ["ISTANBUL", "Reference", "Scope", "Unsigned", "reference_to_document", "reference_to_value"]

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_USUAL: Final = 8 * 1024
"""Characters in namespaces; hundreds of longer ones would fill the memory if they were remembered."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Scope:
    """What canonical XML gives to an element that stands at one place of a document.

    Attributes:
        declared: ``xmlns`` attributes that the signature element itself must carry there.
        apex: all attributes in scope, as inclusive canonical XML writes them on an element cut out there.
        inherited: the ``xml:`` attributes of the ancestors, likewise.
    """

    declared: str
    apex: str
    inherited: str = ""

    @classmethod
    def below(cls, element: etree._Element, also: Mapping[str, str] = _NOTHING) -> Scope:
        """The scope of the children of an element, which may come to declare further prefixes."""
        inherited: dict[str, str] = {}
        for ancestor in (element, *element.iterancestors()):
            for name, value in ancestor.attrib.items():
                if isinstance(name, str) and name.startswith(_XML):
                    inherited.setdefault(f"xml:{name.removeprefix(_XML)}", str(value))
        namespaces: dict[str | None, str] = dict(element.nsmap)
        namespaces.update(also)
        size = sum(map(len, (*namespaces.values(), *inherited.values())))
        return (_remembered if size <= _USUAL else _scope)(tuple(namespaces.items()), tuple(sorted(inherited.items())))

    def canonical(self, element: str) -> str:
        """The canonical form of an element of ours (which begins with ``<name Id="…">``), cut out of this scope."""
        name, _, rest = element.partition(" ")
        if not self.inherited:
            return f"{name}{self.apex} {rest}"
        start, _, content = rest.partition(">")
        return f"{name}{self.apex} {start}{self.inherited}>{content}"


def _scope(namespaces: tuple[tuple[str | None, str], ...], inherited: tuple[tuple[str, str], ...]) -> Scope:
    known = dict(namespaces)
    ours = {"ds": DS, "xades": XADES}
    missing = {prefix: uri for prefix, uri in ours.items() if known.get(prefix) != uri}
    known.update(missing)
    ordered = sorted(known.items(), key=lambda item: item[0] or "")
    return Scope(
        declared="".join(_declaration(prefix, uri) for prefix, uri in missing.items()),
        apex="".join(_declaration(prefix, uri) for prefix, uri in ordered if uri),
        inherited="".join(f' {name}="{_attribute(value)}"' for name, value in inherited),
    )


_remembered: Final = lru_cache(maxsize=256)(_scope)


def _declaration(prefix: str | None, uri: str) -> str:
    return f' xmlns:{prefix}="{_attribute(uri)}"' if prefix else f' xmlns="{_attribute(uri)}"'


def _text(value: str) -> str:
    """Text as canonical XML writes it (1.0, 2.3); U+FFFD stands for characters that XML cannot carry."""
    value = _NOT_XML.sub("\ufffd", value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace("\r", "&#xD;")


def _attribute(value: str) -> str:
    """An attribute's value as canonical XML writes it (1.0, 2.3)."""
    for character, written in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\t", "&#x9;"), ("\n", "&#xA;")):
        value = value.replace(character, written)
    return value.replace("\r", "&#xD;")


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``ds:Reference`` to what is sealed: its address, its one transform and the digest of the outcome."""

    uri: str
    transform: str
    digest: bytes


def reference_to_document(digest: bytes) -> Reference:
    """The whole document but the signature."""
    return Reference("", ENVELOPED, digest)


def reference_to_value(signature_value_id: str, digest: bytes) -> Reference:
    """The signature value of another seal, which a counter-signature covers."""
    return Reference(f"#{signature_value_id}", C14N_COMMENTS, digest)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A signature in which only the signature value is missing.

    Attributes:
        certificate: of the one who is to sign.
        to_be_signed: the canonical ``ds:SignedInfo``.
    """

    certificate: Certificate
    to_be_signed: bytes
    _before: bytes
    _after: bytes

    @property
    def digest(self) -> bytes:
        """What the key signs: the digest of `to_be_signed` by the key's algorithm."""
        return self.certificate.algorithm.digest.of(self.to_be_signed)

    def with_value(self, signature: bytes) -> bytes:
        """The ``ds:Signature`` element as UTF-8."""
        return b"".join(self.around(signature))

    def around(self, signature: bytes) -> tuple[bytes, bytes, bytes]:
        """The same in three pieces."""
        return self._before, b64encode(signature), self._after

    @classmethod
    def build(
        cls,
        reference: Reference,
        certificate: Certificate,
        *,
        scope: Scope,
        at: datetime,
        id: str,
        role: str,
        mime: str | None = None,
    ) -> Unsigned:
        """Write the signature up to its value.

        Args:
            reference: to what is sealed.
            certificate: of the one who is to sign.
            scope: what is in force where the signature will stand.
            at: the signing time, with zone; written in that of Istanbul.
            id: what the Ids of the signature and its parts end with; it must occur once in the envelope to be.
            role: the claimed role, as the seals in GİB's samples carry it.
            mime: media type of what is sealed, where the seal is to name it.
        """
        form = _form_of(certificate, scope, reference.uri, reference.transform, role, mime)
        mine, time = id.encode(), (_time(at),)
        properties = certificate.algorithm.digest.of(_woven(form.properties, mine, time))
        digests = (b64encode(reference.digest), b64encode(properties))
        info = _woven(form.info, mine, digests)
        return cls(certificate, info, _woven(form.before, mine, digests), _woven(form.after, mine, time))


_Template = tuple[tuple[bytes, ...], ...]
"""A text that was cut where values go, each part again where the Id goes."""
_ID, _VALUE = "\0", "\1"
"""Marks that no XML holds."""


class _Form(NamedTuple):
    """What signatures of one key at like places have in common.

    Attributes:
        properties: the canonical ``xades:SignedProperties``; the signing time goes in.
        info: the canonical ``ds:SignedInfo``; the digests go in.
        before: what comes before the signature value; the digests go in.
        after: what comes behind it; the signing time goes in.
    """

    properties: _Template
    info: _Template
    before: _Template
    after: _Template


def _form_of(certificate: Certificate, scope: Scope, uri: str, transform: str, role: str, mime: str | None) -> _Form:
    size = len(scope.declared) + len(scope.apex) + len(scope.inherited) + len(uri) + len(role)
    return (_remembered_form if size <= _USUAL else _form)(certificate, scope, uri, transform, role, mime)


def _form(certificate: Certificate, scope: Scope, uri: str, transform: str, role: str, mime: str | None) -> _Form:
    properties = _signed_properties(certificate, role, mime)
    info = _signed_info(certificate.algorithm, uri, transform)
    return _Form(
        properties=_cut(scope.canonical(properties)),
        info=_cut(scope.canonical(info)),
        before=_cut(f'<ds:Signature{scope.declared} Id="Signature_{_ID}">{info}<ds:SignatureValue Id="Value_{_ID}">'),
        after=_cut(
            f"</ds:SignatureValue>{_key_info(certificate)}<ds:Object>"
            f'<xades:QualifyingProperties Target="#Signature_{_ID}">{properties}</xades:QualifyingProperties>'
            "</ds:Object></ds:Signature>"
        ),
    )


_remembered_form: Final = lru_cache(maxsize=128)(_form)


def _cut(text: str) -> _Template:
    return tuple(tuple(part.split(_ID.encode())) for part in text.encode().split(_VALUE.encode()))


def _woven(template: _Template, id: bytes, values: Iterable[bytes]) -> bytes:
    parts = map(id.join, template)
    return b"".join((next(parts), *(piece for pair in zip(values, parts, strict=True) for piece in pair)))


@lru_cache(maxsize=16)
def _time(at: datetime) -> bytes:
    return at.astimezone(ISTANBUL).isoformat(timespec="milliseconds").encode()


def _signed_info(algorithm: Algorithm, uri: str, transform: str) -> str:
    digest = f'<ds:DigestMethod Algorithm="{algorithm.digest.value}"></ds:DigestMethod><ds:DigestValue>{_VALUE}'
    return (
        f'<ds:SignedInfo Id="SignedInfo_{_ID}">'
        f'<ds:CanonicalizationMethod Algorithm="{C14N_COMMENTS}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{algorithm.uri}"></ds:SignatureMethod>'
        f'<ds:Reference Id="Content_{_ID}" URI="{uri}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{transform}"></ds:Transform></ds:Transforms>'
        f"{digest}</ds:DigestValue></ds:Reference>"
        f'<ds:Reference Type="{SIGNED_PROPERTIES}" URI="#SignedProperties_{_ID}">'
        f"{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )


def _signed_properties(certificate: Certificate, role: str, mime: str | None) -> str:
    format_ = (
        f'<xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#Content_{_ID}">'
        f"<xades:MimeType>{_text(mime)}</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties>"
        if mime
        else ""
    )
    return (
        f'<xades:SignedProperties Id="SignedProperties_{_ID}"><xades:SignedSignatureProperties>'
        f"<xades:SigningTime>{_VALUE}</xades:SigningTime>{_signing_certificate(certificate)}"
        f"<xades:SignerRole><xades:ClaimedRoles><xades:ClaimedRole>{_text(role)}</xades:ClaimedRole>"
        f"</xades:ClaimedRoles></xades:SignerRole></xades:SignedSignatureProperties>{format_}</xades:SignedProperties>"
    )


@lru_cache(maxsize=4096)
def _signing_certificate(certificate: Certificate) -> str:
    digest = certificate.algorithm.digest
    return (
        "<xades:SigningCertificate><xades:Cert><xades:CertDigest>"
        f'<ds:DigestMethod Algorithm="{digest.value}"></ds:DigestMethod>'
        f"<ds:DigestValue>{b64encode(digest.of(certificate.der)).decode()}</ds:DigestValue></xades:CertDigest>"
        f"<xades:IssuerSerial><ds:X509IssuerName>{_text(certificate.issuer)}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{certificate.serial}</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>"
        "</xades:SigningCertificate>"
    )


@lru_cache(maxsize=4096)
def _key_info(certificate: Certificate) -> str:
    return (
        f"<ds:KeyInfo><ds:KeyValue>{_key_value(certificate)}</ds:KeyValue><ds:X509Data>"
        f"<ds:X509SubjectName>{_text(certificate.subject)}</ds:X509SubjectName>"
        f"<ds:X509Certificate>{certificate.base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    )


def _key_value(certificate: Certificate) -> str:
    key = certificate.public_key
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return (
            f"<ds:RSAKeyValue><ds:Modulus>{_crypto_binary(numbers.n)}</ds:Modulus>"
            f"<ds:Exponent>{_crypto_binary(numbers.e)}</ds:Exponent></ds:RSAKeyValue>"
        )
    point = b64encode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()
    return (
        f'<ds11:ECKeyValue xmlns:ds11="{DS11}"><ds11:NamedCurve URI="urn:oid:{CURVES[key.curve.name]}">'
        f"</ds11:NamedCurve><ds11:PublicKey>{point}</ds11:PublicKey></ds11:ECKeyValue>"
    )


def _crypto_binary(number: int) -> str:
    """A positive number in base64, most significant byte first, no leading zeros (XML Signature 1.1, 4.1)."""
    return b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode()
