"""The types of a service's messages, as one table for reading, writing and the WSDL."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.wire.mtom import cid, decoded
from ulak.wire.problems import wire_error
from ulak.wire.soap import INCLUDE, attached

__all__ = ["Complex", "Field", "Root", "Simple", "Writing", "read_value"]

_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,12}")
_SPACE: Final = " \t\r\n"


class Simple(Enum):
    """A simple type of XML Schema."""

    STRING = "string"
    INT = "int"
    BINARY = "base64Binary"
    """``xs:base64Binary``; an ``xop:Include`` may stand for the bytes."""
    MEDIA = "xmime:base64Binary"
    """The same with an optional ``xmime:contentType`` attribute."""


class Field(NamedTuple):
    """A child element.

    Attributes:
        name: of the element, which has no namespace.
        attribute: of the Python value.
        required: whether the WSDL demands it. Reading does not: the services have their own codes for what is missing.
        nillable: whether it may be ``xsi:nil``.
        is_named: False where no source says what the element is called: any is read, and ``name`` is written.
    """

    name: str
    attribute: str
    type: Simple | Complex
    required: bool = False
    nillable: bool = False
    is_named: bool = True


class Complex(NamedTuple):
    """A sequence of child elements, and the Python value that it is.

    Attributes:
        name: of the type in the WSDL.
        make: makes the value from its attributes; what is missing in the message is not handed in.
    """

    name: str
    make: Callable[..., Any]
    fields: tuple[Field, ...]


class Root(NamedTuple):
    """A global element: what stands in a Body or a Detail."""

    name: str
    type: Complex


class Writing:
    """Writes values into elements, and keeps the binary data that is to travel beside them."""

    def __init__(self, *, mtom: bool) -> None:
        self._mtom = mtom
        self.attachments: dict[str, bytes] = {}

    def element(self, root: Root, namespace: str, value: Any) -> etree._Element:
        """The global element that says a value.

        Raises:
            WireError: ``wire.text-unfit``, ``wire.number-unfit``.
        """
        element = etree.Element(f"{{{namespace}}}{root.name}", nsmap={"gib": namespace})
        self._fill(element, root.type, value)
        return element

    def _fill(self, element: etree._Element, kind: Complex, value: Any) -> None:
        for field in kind.fields:
            inside = getattr(value, field.attribute)
            if inside is None and field.nillable and field.required:
                etree.SubElement(element, field.name, {_NIL: "true"})
            elif inside is not None and (field.required or inside not in ("", b"")):
                self._say(etree.SubElement(element, field.name), field.type, inside)

    def _say(self, element: etree._Element, kind: Simple | Complex, value: Any) -> None:
        if isinstance(kind, Complex):
            self._fill(element, kind, value)
        elif kind is Simple.STRING:
            _say_text(element, value)
        elif kind is Simple.INT:
            if not -(2**31) <= value < 2**31:
                raise wire_error("wire.number-unfit", place=element.tag, value=value)
            element.text = str(value)
        elif self._mtom:
            name = f"attachment-{len(self.attachments) + 1}@ulak"
            self.attachments[name] = value
            etree.SubElement(element, INCLUDE, {"href": cid(name)}, nsmap={"xop": etree.QName(INCLUDE).namespace})
        else:
            element.text = b64encode(value).decode()


def read_value(element: etree._Element, kind: Complex, namespace: str, attachments: Mapping[str, bytes]) -> Any:
    """The value that an element says.

    Children may stand in any order, and in the service's namespace though the WSDL has them in none: both are seen.

    Raises:
        WireError: ``wire.field-unknown``, ``wire.field-twice``, ``wire.field-value``, ``wire.base64``.
    """
    fields = {field.name: field for field in kind.fields}
    unnamed = next((field for field in kind.fields if not field.is_named), None)
    found: dict[str, Any] = {}
    seen = set()
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child)
        field = fields.get(name.localname, unnamed)
        if field is None or name.namespace not in (None, namespace):
            raise wire_error("wire.field-unknown", place=_local(element), name=child.tag)
        if field.name in seen:
            raise wire_error("wire.field-twice", place=_local(element), name=field.name)
        seen.add(field.name)
        if child.get(_NIL, "").strip() not in ("1", "true"):
            found[field.attribute] = _read(child, field.type, namespace, attachments)
    return kind.make(**found)


def _read(
    element: etree._Element, kind: Simple | Complex, namespace: str, attachments: Mapping[str, bytes]
) -> str | int | bytes | Any:
    if isinstance(kind, Complex):
        return read_value(element, kind, namespace, attachments)
    children = list(element.iterchildren(etree.Element))
    is_binary = kind in (Simple.BINARY, Simple.MEDIA)
    if is_binary and len(children) == 1 and children[0].tag == INCLUDE:
        return attached(children[0], attachments)
    if children:
        raise wire_error("wire.field-unknown", place=_local(element), name=children[0].tag)
    # Not element.text, which ends at a comment: a name must not read differently here than for others.
    text = str(element.xpath("string()"))
    if is_binary:
        if not text.isascii():
            raise wire_error("wire.base64", place=_local(element))
        return decoded(text.encode(), _local(element))
    return _integer(element, text) if kind is Simple.INT else text


def _integer(element: etree._Element, text: str) -> int:
    plain = text.strip(_SPACE)
    if not _INTEGER.fullmatch(plain) or not -(2**31) <= int(plain) < 2**31:
        raise wire_error("wire.field-value", place=_local(element), kind="xs:int")
    return int(plain)


def _say_text(element: etree._Element, text: str) -> None:
    try:
        element.text = text
    except ValueError:
        raise wire_error("wire.text-unfit", place=element.tag) from None


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
