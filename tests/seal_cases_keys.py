"""Weak algorithms, and keys and certificates that do not fit."""

from __future__ import annotations

from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from seal_cases import (
    CONTENT,
    FAILED,
    MORE,
    UNSURE,
    XMLDSIG,
    case,
    resealed_by,
)
from seal_forge import Forge, certificate_for, pem_body
from seal_pki import KNOWN_EC_KEY, KNOWN_KEY

__all__: list[str] = []


@case("rsa-sha1", "Signed with SHA-1", UNSURE, "seal.weak-algorithm")
def _() -> Forge:
    return Forge().set("//ds:SignatureMethod", Algorithm=XMLDSIG + "rsa-sha1").sign()


@case("digest-sha1", "The document's digest is SHA-1", UNSURE, "seal.weak-algorithm")
def _() -> Forge:
    return Forge().set(f"{CONTENT}/ds:DigestMethod", Algorithm=XMLDSIG + "sha1").sign()


@case("digest-md5", "The document's digest is MD5", UNSURE, "seal.weak-algorithm")
def _() -> Forge:
    return Forge().set(f"{CONTENT}/ds:DigestMethod", Algorithm=MORE + "md5").sign()


@case("hmac", "An HMAC with the public key as its secret, which everybody can make", UNSURE, "seal.weak-algorithm")
def _() -> Forge:
    return Forge().set("//ds:SignatureMethod", Algorithm=MORE + "hmac-sha256").sign()


@case("hmac-truncated", "An HMAC of which one bit is compared", UNSURE, "seal.unknown-algorithm")
def _() -> Forge:
    forge = Forge().set("//ds:SignatureMethod", Algorithm=MORE + "hmac-sha256")
    return forge.insert("//ds:SignatureMethod", "<ds:HMACOutputLength>1</ds:HMACOutputLength>").sign()


@case("algorithm-unknown", "RSASSA-PSS, which GİB's rules do not name", UNSURE, "seal.unknown-algorithm")
def _() -> Forge:
    return (
        Forge().set("//ds:SignatureMethod", Algorithm="http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1").sign()
    )


@case("algorithm-of-another-key", "An EC algorithm with an RSA key", FAILED, "seal.algorithm-key")
def _() -> Forge:
    return Forge().set("//ds:SignatureMethod", Algorithm=MORE + "ecdsa-sha256").sign()


@case("key-too-short", "An RSA key of 1024 bits", UNSURE, "seal.weak-key")
def _() -> Forge:
    return resealed_by(Forge(), "Zayıf Ltd. Şti.", "4812530769", 1024)


@case("ec-value-in-der", "An EC signature value in DER", FAILED, "seal.signature-form", crypto=False)
def _() -> Forge:
    forge = Forge(key=KNOWN_EC_KEY)
    value = b64decode(forge.at("//ds:SignatureValue").text or "")
    half = len(value) // 2
    der = encode_dss_signature(int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
    return forge.set("//ds:SignatureValue", b64encode(der).decode())


@case("no-key-info", "No ds:KeyInfo", UNSURE, "seal.no-certificate")
def _() -> Forge:
    return Forge().remove("//ds:KeyInfo")


@case("no-certificate", "ds:KeyInfo without a certificate", UNSURE, "seal.no-certificate")
def _() -> Forge:
    return Forge().remove("//ds:X509Data")


@case("certificate-truncated", "Half a certificate", UNSURE, "seal.certificate-unreadable")
def _() -> Forge:
    return Forge().set("//ds:X509Certificate", b64encode(KNOWN_KEY.certificate.der[:600]).decode())


@case("certificate-tampered", "A letter of the owner's name was changed", UNSURE, "seal.signing-certificate")
def _() -> Forge:
    der = KNOWN_KEY.certificate.der.replace("Ardıç".encode(), "Ardıs".encode() + b" ")
    return Forge().set("//ds:X509Certificate", b64encode(der).decode())


@case("certificate-exchanged", "The certificate of somebody else", UNSURE, "seal.signing-certificate")
def _() -> Forge:
    return Forge().set("//ds:X509Certificate", pem_body(certificate_for("Başkası A.Ş.", "7359021640")))


@case("certificate-second", "Somebody else's certificate stands before the signer's", UNSURE, "seal.second-certificate")
def _() -> Forge:
    other = f"<ds:X509Certificate>{pem_body(certificate_for('Başkası A.Ş.', '7359021640'))}</ds:X509Certificate>"
    return Forge().insert("//ds:X509Data", other, at=0)


@case("key-value-exchanged", "ds:KeyValue is another key", UNSURE, "seal.key-value")
def _() -> Forge:
    numbers = certificate_for("Başkası A.Ş.", "7359021640").certificate.x509.public_key().public_numbers()  # type: ignore[union-attr]
    return Forge().set("//ds:Modulus", b64encode(numbers.n.to_bytes(256, "big")).decode())  # type: ignore[union-attr]


@case("key-retrieved", "The key is to be fetched from the web", FAILED, "seal.key-info")
def _() -> Forge:
    return Forge().insert("//ds:KeyInfo", '<ds:RetrievalMethod URI="http://127.0.0.1:1/key"/>')


@case("subject-exchanged", "ds:X509SubjectName names somebody else", UNSURE, "seal.subject-name", crypto=True)
def _() -> Forge:
    return Forge().set("//ds:X509SubjectName", "CN=Başkası A.Ş.,2.5.4.5=#130a37333539303231363430")


@case("issuer-serial-in-key-info", "ds:X509IssuerSerial names another certificate", UNSURE, "seal.issuer-serial")
def _() -> Forge:
    other = (
        "<ds:X509IssuerSerial><ds:X509IssuerName>CN=Başkası</ds:X509IssuerName>"
        "<ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial>"
    )
    return Forge().insert("//ds:X509Data", other)


@case("serial-wrong", "IssuerSerial has another serial number", UNSURE, "seal.issuer-serial", crypto=True)
def _() -> Forge:
    return Forge().set("//ds:X509SerialNumber", "1").sign()


@case("issuer-wrong", "IssuerSerial names another issuer", UNSURE, "seal.issuer-serial", crypto=True)
def _() -> Forge:
    return Forge().set("//ds:X509IssuerName", "CN=Başka Sağlayıcı,C=TR").sign()


@case(
    "certificate-unsigned",
    "No SigningCertificate: the certificate can be exchanged",
    UNSURE,
    "seal.no-signing-certificate",
)
def _() -> Forge:
    return Forge().remove("//xades:SigningCertificate").sign()


@case("certificate-digest-md5", "The certificate's digest is MD5", UNSURE, "seal.weak-algorithm")
def _() -> Forge:
    return Forge().set("//xades:CertDigest/ds:DigestMethod", Algorithm=MORE + "md5").sign()


@case("certificate-untrusted", "A certificate that nobody vouches for", UNSURE, "trust.self-issued", crypto=True)
def _() -> Forge:
    return resealed_by(Forge(), "Ardıç Ticaret A.Ş.", "4812530769")


@case("certificate-without-tax-id", "A certificate without VKN or TCKN", UNSURE, "seal.no-tax-id", crypto=True)
def _() -> Forge:
    return resealed_by(Forge(), "Numarasız A.Ş.", None)
