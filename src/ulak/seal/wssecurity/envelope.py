"""A SOAP envelope taken apart: version, Header, Body, the Ids in it, and the attachments that its Body includes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, cast
from urllib.parse import unquote

from lxml import etree

from ulak.seal.wssecurity.names import SOAP11, SOAP12, XOP_INCLUDE
from ulak.seal.wssecurity.problems import soap_error

__all__ = ["NCNAME", "Message", "elements", "holders_of_ids", "include_attachments", "message_of"]

_WITH_ID: Final = etree.XPath("descendant-or-self::*[@*[translate(local-name(), 'ID', 'id') = 'id']]")
NCNAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
"""The Ids that are written and taken; XML allows letters beyond ASCII too, which no WS-Security software makes."""


class Message(NamedTuple):
    """The parts of a SOAP envelope.

    Attributes:
        soap: the namespace of SOAP 1.1 or 1.2.
    """

    soap: str
    root: etree._Element
    header: etree._Element | None
    body: etree._Element

    def name(self, local: str) -> str:
        """The Clark name of an element or attribute of this version of SOAP."""
        return f"{{{self.soap}}}{local}"


def message_of(root: etree._Element) -> Message:
    """Take an envelope apart.

    Raises:
        SoapError: ``soap.not-envelope``; ``soap.structure`` if it is not at most one Header and then one Body.
    """
    name = etree.QName(root)
    if name.localname != "Envelope" or name.namespace not in (SOAP11, SOAP12):
        raise soap_error("soap.not-envelope", name=root.tag)
    soap = f"{{{name.namespace}}}"
    children = list(elements(root))
    found = [str(child.tag) for child in children]
    if found == [soap + "Header", soap + "Body"]:
        return Message(str(name.namespace), root, *children)
    if found == [soap + "Body"]:
        return Message(str(name.namespace), root, None, children[0])
    raise soap_error("soap.structure", found=", ".join(found[:5]) or "-")


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return parent.iterchildren(etree.Element)


def holders_of_ids(root: etree._Element) -> dict[str, list[etree._Element]]:
    """Which elements bear an Id, whatever the attribute is called: ``wsu:Id``, ``Id``, ``ID``, ``xml:id``."""
    found: dict[str, list[etree._Element]] = {}
    for element in cast("list[etree._Element]", _WITH_ID(root)):
        for name, value in element.attrib.items():
            if str(name).rpartition("}")[2].lower() == "id":
                found.setdefault(str(value), []).append(element)
    return found


def include_attachments(body: etree._Element, attachments: Mapping[str, bytes]) -> tuple[str, ...]:
    """Put the attachments into the Body, as base64 in place of each ``xop:Include``; the tree is changed.

    That is what the message says without MTOM (XOP, 5), and what Apache CXF and WSS4J sign and verify.

    Args:
        attachments: bytes by Content-ID, without the angle brackets.

    Returns:
        the Content-IDs that were included.

    Raises:
        SoapError: ``soap.attachment-missing``, ``soap.attachment-place``.
    """
    included = []
    for include in list(body.iter(XOP_INCLUDE)):
        href = include.get("href", "")
        parent = include.getparent()
        if parent is None or not href.startswith("cid:") or not _is_alone(include, parent):
            raise soap_error("soap.attachment-place", href=href)
        name = unquote(href.removeprefix("cid:"))
        if name not in attachments:
            raise soap_error("soap.attachment-missing", href=href)
        parent.remove(include)
        parent.text = b64encode(attachments[name]).decode()
        included.append(name)
    return tuple(dict.fromkeys(included))


def _is_alone(include: etree._Element, parent: etree._Element) -> bool:
    return len(parent) == 1 and len(include) == 0 and not (parent.text or include.tail or include.text)
