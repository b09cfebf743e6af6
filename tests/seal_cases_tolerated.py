"""Seals that differ from GİB's flavour and pass all the same."""

from __future__ import annotations

import hashlib
from base64 import b64encode

from asn1crypto import x509 as asn1

from seal_cases import (
    CONTENT,
    EXC,
    PASSED,
    PROPERTIES,
    UNSURE,
    XMLDSIG,
    case,
)
from seal_forge import SHA256, TINY, Forge
from seal_pki import KNOWN_KEY

__all__: list[str] = []


@case(
    "sha1-certificate-digest",
    "The certificate's digest is SHA-1, as in old documents",
    PASSED,
    "seal.sha1-certificate",
    crypto=True,
)
def _() -> Forge:
    digest = b64encode(hashlib.sha1(KNOWN_KEY.certificate.der).digest()).decode()
    forge = Forge().set("//xades:CertDigest/ds:DigestMethod", Algorithm=XMLDSIG + "sha1")
    return forge.set("//xades:CertDigest/ds:DigestValue", digest).sign()


def _version_2(serial: str) -> Forge:
    forge = Forge()
    found = forge.at("//xades:CertDigest/ds:DigestValue").text
    forge.remove("//xades:SigningCertificate")
    new = (
        f'<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="{SHA256}"/>'
        f"<ds:DigestValue>{found}</ds:DigestValue></xades:CertDigest>{serial}</xades:Cert></xades:SigningCertificateV2>"
    )
    return forge.insert("//xades:SignedSignatureProperties", new, at=1).sign()


@case(
    "signing-certificate-v2",
    "SigningCertificateV2 of EN 319 132-1",
    PASSED,
    "seal.signing-certificate-v2",
    crypto=True,
)
def _() -> Forge:
    return _version_2("")


@case(
    "signing-certificate-v2-serial",
    "SigningCertificateV2 with the issuer",
    PASSED,
    "seal.signing-certificate-v2",
    crypto=True,
)
def _() -> Forge:
    return _version_2(f"<xades:IssuerSerialV2>{_issuer_serial(KNOWN_KEY.certificate.serial)}</xades:IssuerSerialV2>")


@case(
    "signing-certificate-v2-wrong",
    "SigningCertificateV2 with another serial",
    UNSURE,
    "seal.issuer-serial",
    crypto=True,
)
def _() -> Forge:
    return _version_2(f"<xades:IssuerSerialV2>{_issuer_serial(7)}</xades:IssuerSerialV2>")


@case("issuer-name-reordered", "The issuer's name backwards, with blanks", PASSED, "seal.issuer-name-form", crypto=True)
def _() -> Forge:
    return Forge().set("//ds:X509IssuerName", "C=TR, CN=TEST Mali Mühür - known").sign()


@case("subject-in-words", "The subject with serialNumber in words, which says the same", PASSED, "", crypto=True)
def _() -> Forge:
    return Forge().set("//ds:X509SubjectName", "SERIALNUMBER=4812530769, CN=Ardıç Ticaret A.Ş.")


@case("subject-title", "The title alone where the subject belongs", PASSED, "seal.subject-title", crypto=True)
def _() -> Forge:
    return Forge().set("//ds:X509SubjectName", "Ardıç Ticaret A.Ş.")


@case("explicit-c14n", "The document's canonical form is named", PASSED, "seal.explicit-c14n", crypto=True)
def _() -> Forge:
    step = '<ds:Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
    return Forge().insert(f"{CONTENT}/ds:Transforms", step).sign()


@case("exclusive-c14n", "Exclusive canonical XML everywhere", PASSED, "seal.explicit-c14n", crypto=True)
def _() -> Forge:
    step = f'<ds:Transform Algorithm="{EXC}"/>'
    forge = Forge().insert(f"{CONTENT}/ds:Transforms", step)
    forge.insert(PROPERTIES, f"<ds:Transforms>{step}</ds:Transforms>", at=0)
    return forge.set("//ds:CanonicalizationMethod", Algorithm=EXC).sign()


@case(
    "exclusive-c14n-stylesheet", "The same, below a stylesheet instruction", PASSED, "seal.explicit-c14n", crypto=True
)
def _() -> Forge:
    forge = Forge(b'<?xml-stylesheet type="text/xsl" href="a.xslt"?>' + TINY)
    forge.insert(f"{CONTENT}/ds:Transforms", f'<ds:Transform Algorithm="{EXC}WithComments"/>')
    return forge.sign()


@case(
    "type-with-version", "The Type of SignedProperties names a version", PASSED, "seal.type-with-version", crypto=True
)
def _() -> Forge:
    return Forge().set(PROPERTIES, Type="http://uri.etsi.org/01903/v1.3.2#SignedProperties").sign()


@case("no-key-value", "No ds:KeyValue", PASSED, "seal.no-key-value", crypto=True)
def _() -> Forge:
    return Forge().remove("//ds:KeyValue")


@case("chain-in-key-info", "The issuers' certificates are there, too", PASSED, "seal.chain-in-key-info", crypto=True)
def _() -> Forge:
    forge = Forge()
    for issuer in (*KNOWN_KEY.chain, KNOWN_KEY.root):
        forge.insert("//ds:X509Data", f"<ds:X509Certificate>{issuer.base64}</ds:X509Certificate>")
    return forge


@case("target-without-hash", "The Target of Ek-3's skeleton", PASSED, "seal.target-form", crypto=True)
def _() -> Forge:
    return Forge().set("//xades:QualifyingProperties", Target="Signature_forged")


@case("no-signatory", "No cac:Signature", PASSED, "seal.no-signatory", crypto=True)
def _() -> Forge:
    return Forge().remove("/*/cac:Signature").sign()


@case("signatory-reference", "cac:Signature points elsewhere", PASSED, "seal.signatory-reference", crypto=True)
def _() -> Forge:
    return Forge().set("/*/cac:Signature//cbc:URI", "#Signature").sign()


def _issuer_serial(serial: int) -> str:
    from ulak.seal.verify.signer import _IssuerSerial

    issuer = asn1.GeneralNames(
        [asn1.GeneralName("directory_name", asn1.Name.load(KNOWN_KEY.certificate.x509.issuer.public_bytes()))]
    )
    return b64encode(_IssuerSerial({"issuer": issuer, "serial_number": serial}).dump()).decode()
