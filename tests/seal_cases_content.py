"""Seals over something that was changed, and seals that carry broken values."""

from __future__ import annotations

from base64 import b64decode, b64encode

from lxml import etree

from seal_cases import (
    CONTENT,
    EVIL,
    FAILED,
    PASSED,
    case,
    signed_as_it_stands,
)
from seal_forge import Forge, tiny
from seal_pki import KNOWN_EC_KEY

__all__: list[str] = []


@case("flawless", "A seal as it should be", PASSED, "", crypto=True)
def _() -> Forge:
    return Forge()


@case("flawless-ec", "The same by an EC P-384 key", PASSED, "", crypto=True)
def _() -> Forge:
    return Forge(key=KNOWN_EC_KEY)


@case("content-changed", "The amount was raised after sealing", FAILED, "seal.content-changed", crypto=False)
def _() -> Forge:
    return Forge().set("//cbc:PayableAmount", "9200.00")


@case(
    "content-attribute-changed", "The currency was changed after sealing", FAILED, "seal.content-changed", crypto=False
)
def _() -> Forge:
    return Forge().set("//cbc:PayableAmount", currencyID="USD")


@case("content-added", "A second amount was added after sealing", FAILED, "seal.content-changed", crypto=False)
def _() -> Forge:
    return Forge().insert("/*", EVIL)


@case(
    "content-pretty-printed",
    "The document was indented after sealing",
    FAILED,
    "seal.properties-changed",
    crypto=False,
)
def _() -> bytes:
    forge = Forge()
    etree.indent(forge.root)
    return forge.data()


@case("time-changed", "The signing time was changed after sealing", FAILED, "seal.properties-changed", crypto=False)
def _() -> Forge:
    return Forge().set("//xades:SigningTime", "2026-01-01T00:00:00+03:00")


@case(
    "digest-changed",
    "The document's digest was set right after a change",
    FAILED,
    "seal.signature-value",
    crypto=False,
)
def _() -> Forge:
    forge = Forge()
    value = forge.at("//ds:SignatureValue").text
    return forge.set("//cbc:PayableAmount", "9200.00").sign().set("//ds:SignatureValue", value)


@case("value-changed", "One bit of the signature value differs", FAILED, "seal.signature-value", crypto=False)
def _() -> Forge:
    forge = Forge()
    value = bytearray(b64decode(forge.at("//ds:SignatureValue").text or ""))
    value[7] ^= 1
    return forge.set("//ds:SignatureValue", b64encode(bytes(value)).decode())


@case("value-of-another", "The signature value of another document", FAILED, "seal.signature-value", crypto=False)
def _() -> Forge:
    other = Forge(tiny(supplier="7359021640"))
    return Forge().set("//ds:SignatureValue", other.at("//ds:SignatureValue").text)


@case("digest-empty", "The document's digest is empty", FAILED, "seal.base64", crypto=False)
def _() -> Forge:
    return Forge().set(f"{CONTENT}/ds:DigestValue", "")


@case("digest-shortened", "Half a digest", FAILED, "seal.content-changed", crypto=False)
def _() -> Forge:
    forge = Forge().sign()
    digest = b64decode(forge.at(f"{CONTENT}/ds:DigestValue").text or "")
    return signed_as_it_stands(forge.set(f"{CONTENT}/ds:DigestValue", b64encode(digest[:16]).decode()))


@case("value-not-base64", "A signature value that is no base64", FAILED, "seal.base64", crypto=False)
def _() -> Forge:
    return Forge().set("//ds:SignatureValue", "mühür")


@case("certificate-not-base64", "A certificate that is no base64", FAILED, "seal.base64")
def _() -> Forge:
    return Forge().set("//ds:X509Certificate", "%%%%")
