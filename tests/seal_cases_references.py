"""Seals whose references lead elsewhere, or through transforms."""

from __future__ import annotations

from copy import deepcopy

from seal_cases import (
    CONTENT,
    EXC,
    FAILED,
    PROPERTIES,
    XMLDSIG,
    case,
    signed_as_it_stands,
)
from seal_forge import Forge

__all__: list[str] = []


@case("one-reference", "The document alone is signed, not the properties", FAILED, "seal.references")
def _() -> Forge:
    return Forge().remove(PROPERTIES).sign()


@case("no-document-reference", "The properties alone are signed, not the document", FAILED, "seal.references")
def _() -> Forge:
    return Forge().remove(CONTENT).sign()


@case("three-references", "The document is referred to twice", FAILED, "seal.references")
def _() -> Forge:
    forge = Forge()
    forge.at("//ds:SignedInfo").append(deepcopy(forge.at(CONTENT)))
    return forge.sign()


@case("external-reference", "The signed content is to be fetched from the web", FAILED, "seal.reference-elsewhere")
def _() -> Forge:
    return Forge().set(CONTENT, URI="http://127.0.0.1:1/invoice.xml").sign()


@case("file-reference", "The signed content is a file of the reader's", FAILED, "seal.reference-elsewhere")
def _() -> Forge:
    return Forge().set(CONTENT, URI="file:///etc/hostname").sign()


@case("xpointer-reference", "The whole document, by XPointer", FAILED, "seal.reference-elsewhere")
def _() -> Forge:
    return Forge().set(CONTENT, URI="#xpointer(/)").sign()


@case(
    "references-swapped",
    "The document's reference is declared to be that of the properties",
    FAILED,
    "seal.reference-elsewhere",
)
def _() -> Forge:
    forge = Forge()
    name = forge.at(PROPERTIES).attrib.pop("Type")
    return forge.set(CONTENT, Type=str(name)).sign()


@case("type-wrong", "The Type of SignedProperties is another", FAILED, "seal.reference-type", crypto=True)
def _() -> Forge:
    return Forge().set(PROPERTIES, Type="http://uri.etsi.org/01903#CountersignedSignature").sign()


@case("type-missing", "The reference to SignedProperties has no Type", FAILED, "seal.reference-type", crypto=True)
def _() -> Forge:
    forge = Forge()
    del forge.at(PROPERTIES).attrib["Type"]
    return forge.sign()


@case("xpath-transform", "An XPath leaves the amount unsigned", FAILED, "seal.transform")
def _() -> Forge:
    step = (
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
        "<ds:XPath>not(ancestor-or-self::cbc:PayableAmount)</ds:XPath></ds:Transform>"
    )
    return Forge().insert(f"{CONTENT}/ds:Transforms", step).sign()


@case("xslt-transform", "A stylesheet decides what is signed", FAILED, "seal.foreign-content")
def _() -> Forge:
    step = (
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116">'
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/></ds:Transform>'
    )
    return Forge().insert(f"{CONTENT}/ds:Transforms", step).sign()


@case("base64-transform", "A transform that decodes base64", FAILED, "seal.transform")
def _() -> Forge:
    step = f'<ds:Transform Algorithm="{XMLDSIG}base64"/>'
    return Forge().insert(f"{CONTENT}/ds:Transforms", step).sign()


@case("no-transform", "The signature signs itself", FAILED, "seal.transform")
def _() -> Forge:
    return Forge().remove(f"{CONTENT}/ds:Transforms").sign()


@case("canonicalization-unknown", "Canonical XML 1.1, which Ulak does not know", FAILED, "seal.canonicalization")
def _() -> Forge:
    return Forge().set("//ds:CanonicalizationMethod", Algorithm="http://www.w3.org/2006/12/xml-c14n11").sign()


@case("canonicalization-wrong", "Says exclusive, signed inclusive", FAILED, "seal.signature-value", crypto=False)
def _() -> Forge:
    forge = Forge().set("//ds:CanonicalizationMethod", Algorithm=EXC)
    return signed_as_it_stands(forge, inclusive=True)
