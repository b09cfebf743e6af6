"""The text of the unsigned properties that Ulak writes, each its own canonical form.

Source: ETSI TS 101 903 V1.4.2: 7.1.4 (time stamps), 7.4 (references), 7.6 (values), 8.1 (TimeStampValidationData);
names and order as in XAdES.xsd and XAdESv141.xsd of GİB's e-Arşiv package.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from cryptography import x509
from cryptography.x509 import ocsp

from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate, rfc2253
from ulak.seal.levels.imprints import STANDARD, Kind
from ulak.seal.verdicts import Evidence

__all__ = [
    "NAMES",
    "certificate_refs",
    "certificate_values",
    "revocation_refs",
    "revocation_values",
    "time_stamp",
    "validation_data",
]

NAMES: Final = {
    Kind.SIGNATURE: "xades:SignatureTimeStamp",
    Kind.SIG_AND_REFS: "xades:SigAndRefsTimeStamp",
    Kind.ARCHIVE: "xades141:ArchiveTimeStamp",
    Kind.OLD_ARCHIVE: "xades:ArchiveTimeStamp",
}
"""How Ulak writes the containers."""


def time_stamp(kind: Kind, token: bytes, *, id: str, declared: str) -> str:
    """A container with one RFC 3161 token (DER).

    Args:
        declared: ``xmlns`` attributes that the element must carry where it will stand; likewise below.
    """
    name = NAMES[kind]
    return (
        f'<{name}{declared} Id="{id}">'
        f'<ds:CanonicalizationMethod Algorithm="{STANDARD.uri}"></ds:CanonicalizationMethod>'
        f"<xades:EncapsulatedTimeStamp>{_base64(token)}</xades:EncapsulatedTimeStamp></{name}>"
    )


def certificate_refs(issuers: Iterable[Certificate], digest: Digest, *, id: str, declared: str) -> str:
    """References to the certificates that the sealer's rests on; the sealer's own is not among them (7.4.1)."""
    refs = "".join(
        f"<xades:Cert><xades:CertDigest>{_digest(digest, each.der)}</xades:CertDigest><xades:IssuerSerial>"
        f"<ds:X509IssuerName>{escape(each.issuer)}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{each.serial}</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>"
        for each in issuers
    )
    return (
        f'<xades:CompleteCertificateRefs{declared} Id="{id}"><xades:CertRefs>{refs}</xades:CertRefs>'
        "</xades:CompleteCertificateRefs>"
    )


def revocation_refs(evidence: Evidence, digest: Digest, *, id: str, declared: str) -> str:
    """References to the revocation lists and answers that say that these certificates were good (7.4.2)."""
    crls = "".join(_crl_ref(each, digest) for each in evidence.crls)
    answers = "".join(_ocsp_ref(each, digest) for each in evidence.ocsp_responses)
    return (
        f'<xades:CompleteRevocationRefs{declared} Id="{id}">'
        f"{_within('xades:CRLRefs', crls)}{_within('xades:OCSPRefs', answers)}</xades:CompleteRevocationRefs>"
    )


def _crl_ref(der: bytes, digest: Digest) -> str:
    crl = x509.load_der_x509_crl(der)
    return (
        f"<xades:CRLRef><xades:DigestAlgAndValue>{_digest(digest, der)}</xades:DigestAlgAndValue>"
        f"<xades:CRLIdentifier><xades:Issuer>{escape(rfc2253(crl.issuer.public_bytes()))}</xades:Issuer>"
        f"<xades:IssueTime>{_time(crl.last_update_utc)}</xades:IssueTime>{_crl_number(crl)}</xades:CRLIdentifier>"
        "</xades:CRLRef>"
    )


def _crl_number(crl: x509.CertificateRevocationList) -> str:
    try:
        number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        return ""
    return f"<xades:Number>{number}</xades:Number>"


def _ocsp_ref(der: bytes, digest: Digest) -> str:
    answer = ocsp.load_der_ocsp_response(der)
    name, key = answer.responder_name, answer.responder_key_hash
    if name is not None:
        responder = f"<xades:ByName>{escape(rfc2253(name.public_bytes()))}</xades:ByName>"
    else:
        responder = f"<xades:ByKey>{_base64(key or b'')}</xades:ByKey>"
    return (
        f"<xades:OCSPRef><xades:OCSPIdentifier><xades:ResponderID>{responder}</xades:ResponderID>"
        f"<xades:ProducedAt>{_time(answer.produced_at_utc)}</xades:ProducedAt></xades:OCSPIdentifier>"
        f"<xades:DigestAlgAndValue>{_digest(digest, der)}</xades:DigestAlgAndValue></xades:OCSPRef>"
    )


def certificate_values(certificates: Iterable[Certificate], *, id: str, declared: str = "") -> str:
    """The certificates themselves (7.6.1)."""
    held = "".join(
        f"<xades:EncapsulatedX509Certificate>{each.base64}</xades:EncapsulatedX509Certificate>" for each in certificates
    )
    return f'<xades:CertificateValues{declared} Id="{id}">{held}</xades:CertificateValues>'


def revocation_values(evidence: Evidence, *, id: str, declared: str = "") -> str:
    """The revocation lists and answers themselves (7.6.2)."""
    crls = _all("xades:EncapsulatedCRLValue", evidence.crls)
    answers = _all("xades:EncapsulatedOCSPValue", evidence.ocsp_responses)
    return (
        f'<xades:RevocationValues{declared} Id="{id}">'
        f"{_within('xades:CRLValues', crls)}{_within('xades:OCSPValues', answers)}</xades:RevocationValues>"
    )


def validation_data(
    certificates: tuple[Certificate, ...], evidence: Evidence, *, of: str, id: str, declared: str
) -> str:
    """What the time stamp with the Id ``of`` needs to be judged and the document does not hold yet (8.1).

    ``of`` may be empty for a time stamp without an Id: then this belongs to the one before it.
    """
    name = "xades141:TimeStampValidationData"
    held = certificate_values(certificates, id=f"{id}_Certificates") if certificates else ""
    if evidence.crls or evidence.ocsp_responses:
        held += revocation_values(evidence, id=f"{id}_Revocation")
    uri = f" URI={quoteattr(f'#{of}')}" if of else ""
    return f'<{name}{declared} Id="{id}"{uri}>{held}</{name}>'


def _digest(digest: Digest, der: bytes) -> str:
    return (
        f'<ds:DigestMethod Algorithm="{digest.value}"></ds:DigestMethod>'
        f"<ds:DigestValue>{_base64(digest.of(der))}</ds:DigestValue>"
    )


def _all(name: str, values: Iterable[bytes]) -> str:
    return "".join(f"<{name}>{_base64(each)}</{name}>" for each in values)


def _within(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>" if content else ""


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
