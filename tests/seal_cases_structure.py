"""Seals built so that two readers could see two things: wrapping, duplicates, comments."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from seal_cases import (
    CONTENT,
    EVIL,
    EXC,
    FAILED,
    PROPERTIES,
    UNSURE,
    case,
)
from seal_forge import TINY, Forge, tiny

__all__: list[str] = []


@case("no-seal", "No seal where GİB asks for one", FAILED, "seal.missing")
def _() -> bytes:
    return TINY


@case("empty-signature", "An empty ds:Signature", FAILED, "seal.structure")
def _() -> bytes:
    return TINY.replace(b"<ext:ExtensionContent/>", b"<ext:ExtensionContent><ds:Signature/></ext:ExtensionContent>")


@case("two-signatures", "The seal stands there twice", FAILED, "seal.several")
def _() -> Forge:
    forge = Forge()
    again = deepcopy(forge.at("//ext:UBLExtension"))
    forge.at("//ext:UBLExtensions").append(again)
    return forge


@case("signature-in-content", "A second signature hides in the document", FAILED, "seal.several")
def _() -> Forge:
    return Forge().insert("/*/cac:Signature", "<ds:Signature/>").sign()


@case("seal-moved", "The seal was moved to the end of the document", FAILED, "seal.misplaced", crypto=True)
def _() -> Forge:
    forge = Forge()
    forge.root.append(forge.signature)
    return forge


@case("wrapped-whole", "The sealed invoice hides in an extension of another one", FAILED, "seal.misplaced")
def _() -> bytes:
    sealed = Forge().root
    outer = etree.fromstring(tiny().replace(b"1200.00", b"9.00"))
    content = outer.find(".//{*}ExtensionContent")
    assert content is not None
    content.append(sealed)
    return etree.tostring(outer, encoding="UTF-8")


@case("wrapped-in-object", "An invoice was put into the signature", FAILED, "seal.foreign-content", crypto=True)
def _() -> Forge:
    return Forge().insert("//ds:Signature", f"<ds:Object>{EVIL}</ds:Object>")


@case("wrapped-in-key-info", "An amount was put into ds:KeyInfo", FAILED, "seal.foreign-content", crypto=True)
def _() -> Forge:
    return Forge().insert("//ds:KeyInfo", EVIL)


@case(
    "wrapped-by-id", "An element is signed by its Id, and the document is another", FAILED, "seal.reference-elsewhere"
)
def _() -> Forge:
    forge = Forge().set("/*/cac:AccountingSupplierParty", Id="body").set(CONTENT, URI="#body").sign()
    forge.at(CONTENT + "/ds:Transforms/ds:Transform").set("Algorithm", EXC)
    return forge.sign().set("//cbc:PayableAmount", "9.00")


@case("extra-object", "A second ds:Object", FAILED, "seal.structure", crypto=True)
def _() -> Forge:
    return Forge().insert("//ds:Signature", '<ds:Object Id="more"/>')


@case("second-properties", "A second SignedProperties in the signature", FAILED, "seal.structure", crypto=None)
def _() -> Forge:
    forge = Forge()
    forge.at("//xades:QualifyingProperties").append(deepcopy(forge.at("//xades:SignedProperties")))
    return forge


@case("duplicate-id", "Another element has the Id of SignedProperties", FAILED, "seal.duplicate-id")
def _() -> Forge:
    return Forge().set("/*/cac:AccountingSupplierParty", Id="SignedProperties_forged").sign()


@case("duplicate-id-in-seal", "An unsigned property has the Id of SignedProperties", FAILED, "seal.duplicate-id")
def _() -> Forge:
    unsigned = (
        '<xades:UnsignedProperties><xades:UnsignedSignatureProperties Id="SignedProperties_forged"/>'
        "</xades:UnsignedProperties>"
    )
    return Forge().insert("//xades:QualifyingProperties", unsigned)


@case(
    "properties-elsewhere",
    "SignedProperties' reference leads out of the signature",
    FAILED,
    "seal.reference-elsewhere",
)
def _() -> Forge:
    forge = Forge()
    copy = deepcopy(forge.at("//xades:SignedProperties"))
    copy.set("Id", "other")
    forge.at("//ext:UBLExtensions").append(copy)
    forge.set(PROPERTIES, URI="#other").sign()
    return forge.set("//ds:Object//xades:SigningTime", "2026-01-01T00:00:00+03:00")


@case("no-signed-properties", "No SignedProperties: plain XML Signature", FAILED, "seal.no-signed-properties")
def _() -> Forge:
    return Forge().remove("//ds:Object").remove(PROPERTIES).sign()


@case("target-elsewhere", "QualifyingProperties belong to another signature", FAILED, "seal.target", crypto=True)
def _() -> Forge:
    return Forge().set("//xades:QualifyingProperties", Target="#Signature_other")


@case("comment-in-value", "A comment shortens the amount for some readers", UNSURE, "seal.split-value", crypto=True)
def _() -> bytes:
    return Forge().data().replace(b"1200.00", b"1<!-- -->200.00")


@case("comment-in-tax-id", "A comment hides in the supplier's VKN", UNSURE, "seal.split-value", crypto=True)
def _() -> bytes:
    return re.sub(rb'(<cac:Party>.*schemeID="VKN">481)', rb"\1<!---->", Forge().data())


@case("instruction-in-value", "A processing instruction inside the amount", UNSURE, "seal.split-value")
def _() -> Forge:
    forge = Forge()
    amount = forge.at("//cbc:PayableAmount")
    amount.text, instruction = "1", etree.ProcessingInstruction("x", "y")
    instruction.tail = "200.00"
    amount.append(instruction)
    return forge.sign()


@case("comment-in-digest", "A comment inside ds:DigestValue", FAILED, "seal.comment")
def _() -> bytes:
    return Forge().data().replace(b"<ds:DigestValue>", b"<ds:DigestValue><!---->", 1)


@case("comment-in-certificate", "A comment inside ds:X509Certificate", FAILED, "seal.comment")
def _() -> bytes:
    return Forge().data().replace(b"<ds:X509Certificate>MII", b"<ds:X509Certificate>MII<!---->")


@case("relative-namespace", "A relative namespace, for which there is no canonical form", FAILED, "seal.not-canonical")
def _() -> bytes:
    return Forge().data().replace(b"<cbc:PayableAmount", b'<cbc:PayableAmount xmlns:r="relative"')
