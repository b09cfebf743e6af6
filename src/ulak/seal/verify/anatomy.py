"""A signature taken apart: every part named, nothing left over that could mean something else to another reader.

Source: XML Signature 1.1, 4; ETSI TS 101 903 V1.4.2, 6 and 7; Ek-3 V1.4, 3.
"""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.seal.canonical import METHODS
from ulak.seal.names import C14N, DS, DS11, EC, ENVELOPED, SIGNED_PROPERTIES, XADES, XADES141, ds, local, xades
from ulak.seal.verify.findings import Findings, Stop

__all__ = ["Anatomy", "Reference", "decoded", "decoded_text", "dissect", "refuse_giant"]

_MOST_ELEMENTS: Final = 20_000
"""A seal has some fifty, an archived one hundreds; to take one out of its document takes lxml quadratic time."""
_SIGNED_INFO: Final = ds("SignedInfo")
_VALUE: Final = ds("SignatureValue")
_KEY_INFO: Final = ds("KeyInfo")
_OBJECT: Final = ds("Object")
_TRANSFORM: Final = ds("Transform")
_REFERENCE: Final = ds("Reference")
_QUALIFYING: Final = xades("QualifyingProperties")
_SIGNED_PROPERTIES: Final = xades("SignedProperties")
_UNSIGNED: Final = xades("UnsignedProperties")
_INFO_HEAD: Final = [ds("CanonicalizationMethod"), ds("SignatureMethod")]
_REFERENCE_TAIL: Final = [ds("DigestMethod"), ds("DigestValue")]
_REFERENCE_WHOLE: Final = [ds("Transforms"), *_REFERENCE_TAIL]
_PREFIXES: Final = f"{{{EC}}}InclusiveNamespaces"
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_OURS: Final = tuple(f"{{{namespace}}}" for namespace in (DS, DS11, XADES, XADES141, EC, _MORE))
_VERSIONED_TYPE: Final = re.compile(r"http://uri\.etsi\.org/01903/v1\.\d\.\d#SignedProperties")


class Reference(NamedTuple):
    """A ``ds:Reference``.

    Attributes:
        uri: None if it has none.
        method: the canonical form of what is digested.
        prefixes: the ``InclusiveNamespaces`` of an exclusive form.
        transforms: all its transforms, in order.
        algorithm: URI of the digest.
        digest: as it stands there.
    """

    uri: str | None
    type: str
    method: str
    prefixes: tuple[str, ...]
    transforms: tuple[str, ...]
    algorithm: str
    digest: bytes


class Anatomy(NamedTuple):
    """The parts of a signature.

    Attributes:
        ids: of all its elements, its own among them.
        elements: all of them.
    """

    signature: etree._Element
    id: str
    info: etree._Element
    canonicalization: str
    prefixes: tuple[str, ...]
    algorithm: str
    content: Reference
    properties_reference: Reference
    value_element: etree._Element
    value: bytes
    key_info: etree._Element
    properties: etree._Element
    properties_id: str
    unsigned: etree._Element | None
    ids: list[str]
    elements: list[etree._Element]


def dissect(signature: etree._Element, findings: Findings) -> Anatomy:
    """Take a signature apart.

    Raises:
        Stop: it is not built as a seal is.
    """
    # Held until the end: an element that is asked for again then knows its tag already.
    elements = list(signature.iter())
    ids = _ids(elements)
    info, value, key_info, object_ = _children(signature)
    head = list(info)
    references = head[2:]
    if [child.tag for child in head] != _INFO_HEAD + [_REFERENCE] * len(references):
        raise _structure("ds:SignedInfo")
    if len(head[1]):
        raise Stop("seal.unknown-algorithm", algorithm=local(head[1][0].tag))
    qualifying, properties, unsigned = _qualifying(object_)
    id_ = signature.get("Id", "")
    _check_target(qualifying, id_, findings)
    content, properties_reference = _references(references, findings)
    return Anatomy(
        signature,
        id_,
        info,
        _method(head[0], head[0].get("Algorithm", "")),
        _prefixes(head[0]),
        head[1].get("Algorithm", ""),
        content,
        properties_reference,
        value,
        decoded(value, "ds:SignatureValue"),
        key_info,
        properties,
        properties.get("Id", ""),
        unsigned,
        ids,
        elements,
    )


def refuse_giant(anatomy: Anatomy) -> None:
    """Raises Stop ``seal.structure`` for a signature of far too many elements."""
    if len(anatomy.elements) > _MOST_ELEMENTS:
        raise _structure("ds:Signature")


def decoded(element: etree._Element, name: str) -> bytes:
    """The base64 content of an element, white space allowed; raises Stop ``seal.base64`` if it is none or empty."""
    if len(element):
        raise Stop("seal.base64", name=name)
    return decoded_text(element.text or "", name)


def decoded_text(text: str, name: str) -> bytes:
    """Base64 with white space; raises Stop ``seal.base64``."""
    try:
        data = a2b_base64("".join(text.split()), strict_mode=True)
    except (Base64Error, ValueError):
        raise Stop("seal.base64", name=name) from None
    if not data:
        raise Stop("seal.base64", name=name)
    return data


def _ids(elements: list[etree._Element]) -> list[str]:
    """All Ids in the signature; refuses whatever is no part of a seal."""
    ids: list[str] = []
    for element in elements:
        if not _is_ours(element.tag):
            raise _foreign(element)
        if id_ := element.get("Id"):
            ids.append(id_)
    return ids


def _is_ours(tag: object) -> bool:
    return isinstance(tag, str) and tag.startswith(_OURS)


def _foreign(element: etree._Element) -> Stop:
    if not isinstance(element.tag, str):
        return Stop("seal.comment", line=element.sourceline)
    return Stop("seal.foreign-content", name=local(element.tag))


def _children(signature: etree._Element) -> list[etree._Element]:
    children = list(signature)
    tags = [child.tag for child in children]
    if tags[:2] != [_SIGNED_INFO, _VALUE]:
        raise _structure("ds:Signature")
    if tags[2:3] != [_KEY_INFO]:
        raise Stop("seal.no-certificate")
    if not tags[3:]:
        raise Stop("seal.no-signed-properties")
    if tags[3:] != [_OBJECT]:
        raise _structure("ds:Signature")
    return children


def _qualifying(object_: etree._Element) -> tuple[etree._Element, etree._Element, etree._Element | None]:
    if [child.tag for child in object_] != [_QUALIFYING]:
        raise Stop("seal.no-signed-properties") if not len(object_) else _structure("ds:Object")
    qualifying = object_[0]
    parts = list(qualifying)
    if not parts or parts[0].tag != _SIGNED_PROPERTIES:
        raise Stop("seal.no-signed-properties")
    if [part.tag for part in parts[1:]] not in ([], [_UNSIGNED]):
        raise _structure("xades:QualifyingProperties")
    return qualifying, parts[0], parts[1] if len(parts) == 2 else None


def _check_target(qualifying: etree._Element, id_: str, findings: Findings) -> None:
    target = qualifying.get("Target", "")
    if not id_ or target.removeprefix("#") != id_:
        raise Stop("seal.target", target=target)
    if target == id_:
        findings.add("seal.target-form", target=target)


def _references(elements: list[etree._Element], findings: Findings) -> tuple[Reference, Reference]:
    """The reference to what is sealed and the one to the signed properties, in either order."""
    references = [_reference(element) for element in elements]
    if len(references) != 2:
        raise Stop("seal.references", count=len(references))
    typed = [reference for reference in references if _is_properties(reference, findings)]
    if len(typed) != 1:
        other = next((reference for reference in references if reference.uri), references[0])
        raise Stop("seal.reference-type", type=other.type)
    properties = typed[0]
    content = references[1] if references[0] is properties else references[0]
    return content, properties


def _is_properties(reference: Reference, findings: Findings) -> bool:
    if reference.type == SIGNED_PROPERTIES:
        return True
    if not _VERSIONED_TYPE.fullmatch(reference.type):
        return False
    findings.add("seal.type-with-version", type=reference.type)
    return True


def _reference(element: etree._Element) -> Reference:
    children = list(element)
    tags = [child.tag for child in children]
    if tags == _REFERENCE_WHOLE:
        transforms, method, prefixes = _transforms(children[0])
    elif tags == _REFERENCE_TAIL:
        transforms, method, prefixes = (), C14N, ()
    else:
        raise _structure("ds:Reference")
    algorithm = children[-2].get("Algorithm", "")
    digest = decoded(children[-1], "ds:DigestValue")
    return Reference(element.get("URI"), element.get("Type", ""), method, prefixes, transforms, algorithm, digest)


def _transforms(element: etree._Element) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The transforms, the canonical form that they end with and its prefixes."""
    steps = list(element)
    if not steps or any(step.tag != _TRANSFORM for step in steps):
        raise _structure("ds:Transforms")
    names = tuple(step.get("Algorithm", "") for step in steps)
    for step, name in zip(steps, names, strict=True):
        if (name != ENVELOPED and name not in METHODS) or (name == ENVELOPED and len(step)):
            raise Stop("seal.transform", transform=name or "?")
    last = steps[-1]
    if names[-1] == ENVELOPED:
        return names, C14N, ()
    return names, _method(last, names[-1]), _prefixes(last)


def _method(element: etree._Element, name: str) -> str:
    if name not in METHODS:
        raise Stop("seal.canonicalization", method=name or "?")
    return name


def _prefixes(element: etree._Element) -> tuple[str, ...]:
    """The prefixes that an exclusive form treats as the inclusive one does."""
    if not len(element):
        return ()
    if len(element) > 1 or element[0].tag != _PREFIXES or not element.get("Algorithm", "").startswith(EC):
        raise _structure(local(element.tag))
    return tuple(element[0].get("PrefixList", "").split())


def _structure(where: str) -> Stop:
    detail = Text(f"{where} eksik ya da fazla öğe içeriyor", f"{where} has too much or too little in it")
    return Stop("seal.structure", detail=detail)
