"""SOAP 1.2 and 1.1 messages, alone or in MTOM packages: read into header blocks and one body, and written.

Sources: SOAP 1.2 Part 1 (5, 5.4) and Part 2 (7); SOAP 1.1 (4, 6); XOP 1.0 (3.2). GİB's services speak SOAP 1.2 by their
WSDLs; 1.1 is read because clients in the field send it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Final, NamedTuple

from lxml import etree

from ulak.wire.media import MediaType, media_type, quoted
from ulak.wire.mtom import DEFAULT_LIMITS, Limits, Payload, content_id_of, pack, unpack
from ulak.wire.problems import WireError, wire_error
from ulak.xml import parse

__all__ = [
    "INCLUDE",
    "Fault",
    "Message",
    "Version",
    "attached",
    "envelope",
    "fault_in",
    "read",
    "ship",
    "written_fault",
]

INCLUDE: Final = "{http://www.w3.org/2004/08/xop/include}Include"
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRUE: Final = frozenset({"1", "true"})
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_SOAP11_CODES: Final = {"Client": "Sender", "Server": "Receiver"}
_MULTIPART: Final = "multipart/related"


class Version(Enum):
    """A version of SOAP: its namespace."""

    SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
    SOAP12 = "http://www.w3.org/2003/05/soap-envelope"

    @property
    def media(self) -> str:
        """The content type of an envelope that travels alone."""
        return "text/xml" if self is Version.SOAP11 else "application/soap+xml"

    def clark(self, local: str) -> str:
        """The Clark name of one of SOAP's own elements or attributes."""
        return f"{{{self.value}}}{local}"


class Message(NamedTuple):
    """A SOAP message.

    Attributes:
        action: of the content type (1.2) or the SOAPAction header (1.1), without quotes; empty if there was none.
        headers: the header blocks.
        body: the one element in the Body; its ``xop:Include`` elements are still there (see `attached`).
        envelope: the envelope's bytes as they came, which is what a WS-Security seal is checked on.
        attachments: bytes by Content-ID; every one is named in the envelope, and none that is named is missing.
        is_mtom: whether it came as a package.
    """

    version: Version
    action: str
    headers: tuple[etree._Element, ...]
    body: etree._Element
    envelope: bytes
    attachments: Mapping[str, bytes]
    is_mtom: bool


class Fault(NamedTuple):
    """What a Fault says.

    Attributes:
        code: ``Sender``, ``Receiver``, ``VersionMismatch``, ``MustUnderstand``, ``DataEncodingUnknown``; SOAP 1.1's
            ``Client`` and ``Server`` are called ``Sender`` and ``Receiver``.
        reason: for a person.
        details: the elements in its Detail.
    """

    code: str
    reason: str
    details: tuple[etree._Element, ...] = ()


def read(
    content_type: str,
    data: bytes,
    *,
    soap_action: str = "",
    understood: Collection[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Message:
    """Read a message as HTTP carried it.

    Args:
        content_type: the HTTP header's value.
        soap_action: the SOAPAction header's value, where there was one.
        understood: Clark names of header blocks that the caller acts on, besides those that need not be understood.

    Raises:
        WireError: for whatever is not a message as MTOM and SOAP have it.
        XmlError: if the envelope is not XML.
    """
    media = media_type(content_type)
    if len(data) > limits.total:
        raise wire_error("wire.too-large", limit=limits.total)
    if media.kind == _MULTIPART:
        package = unpack(media, data, limits)
        xml, attachments, unnamed = package.root, package.attachments, package.unnamed
        action = _action(media) or _action(package.media)
    elif media.kind in {version.media for version in Version}:
        xml, attachments, unnamed = data, {}, 0
        action = media.get("action")
    else:
        raise wire_error("wire.content-type", kind=media.kind)
    if len(xml) <= limits.envelope and xml.count(b"<") + xml.count(b"=") > limits.markup:
        raise wire_error("wire.too-much-markup", limit=limits.markup)
    root = parse(xml, max_bytes=limits.envelope)
    version, headers, body = _parts(root, understood)
    named = _check_includes(root, attachments)
    if unused := sorted(set(attachments) - named) + ["-"] * unnamed:
        raise wire_error("wire.part-unused", names=", ".join(unused[:5])[:200])
    return Message(
        version, action or soap_action.strip().strip('"'), headers, body, xml, attachments, media.kind == _MULTIPART
    )


def attached(include: etree._Element, attachments: Mapping[str, bytes]) -> bytes:
    """The bytes that an ``xop:Include`` stands for.

    Raises:
        WireError: ``wire.part-missing``.
    """
    return attachments[_name(include, attachments)]


def fault_in(message: Message) -> Fault | None:
    """The Fault that a message's Body holds, if it does. A Fault that leaves parts out is read as far as it goes."""
    name, body = message.version.clark, message.body
    if body.tag != name("Fault"):
        return None
    if message.version is Version.SOAP11:
        detail = body.find("detail")
        code, reason = body.findtext("faultcode", ""), body.findtext("faultstring", "")
    else:
        detail = body.find(name("Detail"))
        code = body.findtext(f"{name('Code')}/{name('Value')}", "")
        reason = body.findtext(f"{name('Reason')}/{name('Text')}", "")
    local = code.strip().rpartition(":")[2].split(".")[0]
    details = () if detail is None else tuple(detail.iterchildren(etree.Element))
    return Fault(_SOAP11_CODES.get(local, local) or "Receiver", reason.strip(), details)


def envelope(body: etree._Element, version: Version = Version.SOAP12, headers: Iterable[etree._Element] = ()) -> bytes:
    """The bytes of an envelope around a body element and header blocks."""
    root = etree.Element(version.clark("Envelope"), nsmap={"soap": version.value})
    blocks = list(headers)
    if blocks:
        etree.SubElement(root, version.clark("Header")).extend(blocks)
    etree.SubElement(root, version.clark("Body")).append(body)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def ship(
    xml: bytes, version: Version = Version.SOAP12, action: str = "", attachments: Mapping[str, bytes] | None = None
) -> Payload:
    """An envelope as HTTP carries it: alone, or with attachments as an MTOM package."""
    is_old = version is Version.SOAP11
    soap_action = quoted(action) if is_old else None
    if attachments:
        payload = pack(xml, attachments, kind=version.media, action="" if is_old else action)
        return payload._replace(soap_action=soap_action)
    said = f"; action={quoted(action)}" if action and not is_old else ""
    return Payload(f"{version.media}; charset=UTF-8{said}", xml, soap_action)


def written_fault(fault: Fault, version: Version = Version.SOAP12) -> etree._Element:
    """The Fault element of a version of SOAP."""
    name = version.clark
    element = etree.Element(name("Fault"), nsmap={"soap": version.value})
    if version is Version.SOAP11:
        code = {new: old for old, new in _SOAP11_CODES.items()}.get(fault.code, fault.code)
        etree.SubElement(element, "faultcode").text = f"soap:{code}"
        etree.SubElement(element, "faultstring").text = fault.reason
    else:
        etree.SubElement(etree.SubElement(element, name("Code")), name("Value")).text = f"soap:{fault.code}"
        text = etree.SubElement(etree.SubElement(element, name("Reason")), name("Text"), {_LANG: "tr"})
        text.text = fault.reason
    if fault.details:
        etree.SubElement(element, "detail" if version is Version.SOAP11 else name("Detail")).extend(fault.details)
    return element


def fit(text: str) -> str:
    r"""A text with what XML cannot hold replaced, for sentences that quote a broken message.

    >>> fit("a\x00b")
    'a\ufffdb'
    """
    return _UNFIT.sub("\ufffd", text)


def spoken(content_type: str) -> Version:
    """The version to answer in when a message could not be read: by its content type, SOAP 1.2 if that says nothing.

    >>> spoken("text/xml; charset=utf-8").name, spoken("?").name
    ('SOAP11', 'SOAP12')
    """
    try:
        media = media_type(content_type)
    except WireError:
        return Version.SOAP12
    is_old = Version.SOAP11.media in (media.kind, media.get("start-info").partition(";")[0].strip().lower())
    return Version.SOAP11 if is_old else Version.SOAP12


def _action(media: MediaType) -> str:
    """The action of a package, which writers put in one of three places."""
    if action := media.get("action"):
        return action
    try:
        return media_type(media.get("start-info") or media.get("type")).get("action")
    except WireError:
        return ""


def _parts(
    root: etree._Element, understood: Collection[str]
) -> tuple[Version, tuple[etree._Element, ...], etree._Element]:
    name = etree.QName(root)
    if name.localname != "Envelope" or name.namespace not in {version.value for version in Version}:
        raise wire_error("wire.not-envelope", name=root.tag)
    version = Version(name.namespace)
    children = list(root.iterchildren(etree.Element))
    found = [str(child.tag) for child in children]
    if found not in ([version.clark("Body")], [version.clark("Header"), version.clark("Body")]):
        raise wire_error("wire.structure", found=", ".join(found[:5])[:200] or "-")
    blocks = tuple(block for header in children[:-1] for block in header.iterchildren(etree.Element))
    for block in blocks:
        if block.get(version.clark("mustUnderstand"), "").strip() in _TRUE and block.tag not in understood:
            raise wire_error("wire.must-understand", name=block.tag)
    bodies = list(children[-1].iterchildren(etree.Element))
    if len(bodies) != 1:
        raise wire_error("wire.body", count=len(bodies))
    return version, blocks, bodies[0]


def _check_includes(root: etree._Element, attachments: Mapping[str, bytes]) -> set[str]:
    """Which attachments the envelope names."""
    named = set()
    for include in root.iter(INCLUDE):
        parent = include.getparent()
        if parent is None or len(parent) != 1 or len(include) or parent.text or include.tail or include.text:
            raise wire_error("wire.include", place=root.tag if parent is None else parent.tag)
        named.add(_name(include, attachments))
    return named


def _name(include: etree._Element, attachments: Mapping[str, bytes]) -> str:
    """The Content-ID that an include names; some writers do not escape it, others escape it in both places."""
    href = include.get("href", "")
    if href[:4].lower() != "cid:":
        raise wire_error("wire.include", place=INCLUDE)
    for name in (content_id_of(href), href[4:]):
        if name in attachments:
            return name
    raise wire_error("wire.part-missing", href=href[:200])
