"""Seals recognised at a glance: those written as GİB's skeleton has it, in which everything agrees.

Taking a signature apart element by element costs more than its cryptography. Most seals need none of that: their
canonical text has one shape, and either all of it agrees or the long way has to say what does not. So nothing is
refused here and nothing tolerated; what is recognised here the long way would find flawless, too (a test holds that).
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.algorithms import DIGESTS, signature_named
from ulak.seal.canonical import canonical_element
from ulak.seal.certificates import Certificate
from ulak.seal.errors import SealError
from ulak.seal.names import C14N, C14N_COMMENTS, DS, ENVELOPED, SIGNED_PROPERTIES, XADES
from ulak.seal.values import is_by
from ulak.seal.verify.anatomy import Reference
from ulak.seal.verify.claims import Claims, moment_of
from ulak.seal.verify.findings import Stop
from ulak.seal.verify.keyvalue import rsa_texts
from ulak.seal.verify.signer import certificate_in, digested

__all__ = ["Flawless", "flawless"]

_LARGEST: Final = 32 * 1024
_ID: Final = r"[\w.\-]+"
_BASE64: Final = r"[A-Za-z0-9+/=\n]+"
_TEXT: Final = r"[^<&\r]*"


def _empty(name: str, attribute: str) -> str:
    return rf"<{name} {attribute}></{name}>"


def _digest(name: str) -> str:
    algorithm = _empty("ds:DigestMethod", rf'Algorithm="(?P<{name}_algorithm>[^"&]+)"')
    return rf"{algorithm}<ds:DigestValue>(?P<{name}>{_BASE64})</ds:DigestValue>"


_SHAPE: Final = re.compile(
    rf'<ds:Signature(?P<scope>(?: xmlns(?::[^\s="]+)?="[^"&]*")+) Id="(?P<id>{_ID})">'
    rf'(?P<info><ds:SignedInfo(?: Id="(?P<info_id>{_ID})")?>'
    + _empty("ds:CanonicalizationMethod", rf'Algorithm="(?:{re.escape(C14N)}|{re.escape(C14N_COMMENTS)})"')
    + _empty("ds:SignatureMethod", r'Algorithm="(?P<algorithm>[^"&]+)"')
    + rf'<ds:Reference(?: Id="(?P<content_id>{_ID})")? URI=""><ds:Transforms>'
    + _empty("ds:Transform", rf'Algorithm="{re.escape(ENVELOPED)}"')
    + rf"</ds:Transforms>{_digest('content')}</ds:Reference>"
    + rf'<ds:Reference(?: Id="(?P<reference_id>{_ID})")? Type="{re.escape(SIGNED_PROPERTIES)}" URI="#'
    + rf'(?P<target>{_ID})">'
    + rf"{_digest('properties')}</ds:Reference></ds:SignedInfo>)"
    rf'<ds:SignatureValue(?: Id="(?P<value_id>{_ID})")?>(?P<value>{_BASE64})</ds:SignatureValue>'
    rf"<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>(?P<modulus>{_BASE64})</ds:Modulus>"
    rf"<ds:Exponent>(?P<exponent>{_BASE64})</ds:Exponent></ds:RSAKeyValue></ds:KeyValue><ds:X509Data>"
    rf"<ds:X509SubjectName>(?P<subject>{_TEXT})</ds:X509SubjectName>"
    rf"<ds:X509Certificate>(?P<certificate>{_BASE64})</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    r'<ds:Object><xades:QualifyingProperties Target="#(?P=id)">'
    r'(?P<signed><xades:SignedProperties Id="(?P=target)"><xades:SignedSignatureProperties>'
    rf"<xades:SigningTime>(?P<time>{_TEXT})</xades:SigningTime><xades:SigningCertificate><xades:Cert><xades:CertDigest>"
    rf"{_digest('bound')}</xades:CertDigest><xades:IssuerSerial>"
    rf"<ds:X509IssuerName>(?P<issuer>{_TEXT})</ds:X509IssuerName>"
    r"<ds:X509SerialNumber>(?P<serial>[0-9]{1,60})</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>"
    r"</xades:SigningCertificate>(?:<xades:SignerRole><xades:ClaimedRoles>"
    rf"<xades:ClaimedRole>(?P<role>{_TEXT})</xades:ClaimedRole></xades:ClaimedRoles></xades:SignerRole>)?"
    r"</xades:SignedSignatureProperties></xades:SignedProperties>)</xades:QualifyingProperties></ds:Object></ds:Signature>"
)
_IDS: Final = ("id", "info_id", "content_id", "reference_id", "value_id", "target")
_SCOPES: Final = tuple(f' xmlns:{prefix}="{uri}"' for prefix, uri in (("ds", DS), ("xades", XADES)))


class Flawless(NamedTuple):
    """What is left to look at of a seal that was recognised: the document's digest, and what the seal is used for."""

    signer: Certificate
    claims: Claims
    content: Reference
    id: str
    properties_id: str
    ids: list[str]


def flawless(signature: etree._Element) -> Flawless | None:
    """What the seal says, if it is written as usual, everything in it agrees, and signature value and properties hold.

    None of any other seal, whatever the matter is.
    """
    if next(signature.iter(etree.Comment, etree.PI), None) is not None:
        return None
    try:
        text = canonical_element(signature, C14N)
        found = _SHAPE.fullmatch(text.decode()) if len(text) <= _LARGEST else None
        return _agreeing(found) if found else None
    except (etree.LxmlError, SealError, Stop, ValueError):
        return None


def _agreeing(found: re.Match[str]) -> Flawless | None:
    algorithm = signature_named(found["algorithm"])
    time = moment_of(found["time"])
    if algorithm is None or time is None or not all(scope in found["scope"] for scope in _SCOPES):
        return None
    if not {found["content_algorithm"], found["properties_algorithm"], found["bound_algorithm"]} <= DIGESTS.keys():
        return None
    signer = certificate_in(found["certificate"])
    info = _cut_out(found["info"], "<ds:SignedInfo", found["scope"])
    if not (
        _is_bound(found, signer)
        and _digest_of(found, "properties", _cut_out(found["signed"], "<xades:SignedProperties", found["scope"]))
        and is_by(signer, b64decode(found["value"]), algorithm.digest.of(info), algorithm)
    ):
        return None
    content = Reference("", "", C14N, (), (ENVELOPED,), found["content_algorithm"], b64decode(found["content"]))
    ids = [id_ for name in _IDS if (id_ := found[name])]
    claims = Claims(time, " ".join((found["role"] or "").split())[:200], None)
    return Flawless(signer, claims, content, found["id"], found["target"], ids)


def _is_bound(found: re.Match[str], signer: Certificate) -> bool:
    """Whether all that the seal says of its certificate is the certificate's."""
    key = found["modulus"].replace("\n", ""), found["exponent"].replace("\n", "")
    return (
        found["subject"] == signer.subject
        and found["issuer"] == signer.issuer
        and int(found["serial"]) == signer.serial
        and key == rsa_texts(signer)
        and b64decode(found["bound"]) == digested(signer, found["bound_algorithm"])
    )


def _digest_of(found: re.Match[str], name: str, data: bytes) -> bool:
    return DIGESTS[found[f"{name}_algorithm"]].of(data) == b64decode(found[name])


def _cut_out(element: str, start: str, scope: str) -> bytes:
    """An element's canonical form, cut out of the signature's: it gets all namespaces in scope (Canonical XML, 2.4)."""
    return (start + scope + element[len(start) :]).encode()
