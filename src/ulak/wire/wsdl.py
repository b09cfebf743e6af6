"""A WSDL 1.1 description of each service, made from the tables that messages are read and written by.

Source: WSDL 1.1 (W3C Note) with its SOAP 1.2 binding, and the WSDLs of GİB's packages for the names; that of e-Defter
is not held, so its answers are described as `ulak.wire.edefter` writes them, and names that no message shows are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.wire import earsiv, edefter, efatura
from ulak.wire.fields import Complex, Root, Simple
from ulak.wire.service import Operation, Service

__all__ = ["description"]

_WSDL: Final = "http://schemas.xmlsoap.org/wsdl/"
_SOAP12: Final = "http://schemas.xmlsoap.org/wsdl/soap12/"
_XS: Final = "http://www.w3.org/2001/XMLSchema"
_MIME: Final = "http://www.w3.org/2005/05/xmlmime"
_HTTP: Final = "http://schemas.xmlsoap.org/soap/http"


class _Names(NamedTuple):
    """What the WSDL calls things that messages do not show."""

    definitions: str
    port_type: str
    binding: str
    service: str
    port: str
    fault: str


_NAMES: Final = {
    efatura.SERVICE.name: _Names(
        "EFatura", "EFaturaPortType", "EFaturaSoapBinding", "EFatura", "EFaturaSoap12", "EFaturaFaultMessage"
    ),
    earsiv.SERVICE.name: _Names(
        "EArsivWsService",
        "EArsivWs",
        "EArsivWsServiceSoapBinding",
        "EArsivWsService",
        "EArsivWsPort",
        "EArsivFault",
    ),
    edefter.SERVICE.name: _Names("EDefterWs", "EDefterWs", "EDefterWsSoapBinding", "EDefterWs", "EDefterWsPort", ""),
}


def description(service: Service[Any, Any], url: str) -> bytes:
    """The WSDL of a service that is reached at ``url``."""
    return _Writer(service, _NAMES[service.name]).whole(url)


class _Writer:
    def __init__(self, service: Service[Any, Any], names: _Names) -> None:
        self._service = service
        self._names = names
        prefixes = {"wsdl": _WSDL, "soap12": _SOAP12, "xs": _XS, "xmime": _MIME, "tns": service.namespace}
        said = {"name": names.definitions, "targetNamespace": service.namespace}
        self._root = etree.Element(f"{{{_WSDL}}}definitions", said, nsmap=prefixes)

    def whole(self, url: str) -> bytes:
        self._types()
        self._messages()
        self._port_type()
        self._binding()
        service = _wsdl(self._root, "service", name=self._names.service)
        port = _wsdl(service, "port", name=self._names.port, binding=f"tns:{self._names.binding}")
        etree.SubElement(port, f"{{{_SOAP12}}}address", location=url)
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    def _types(self) -> None:
        types = _wsdl(self._root, "types")
        roots = self._roots()
        kinds = {kind.name: kind for root in roots for kind in _kinds(root.type)}
        has_media = any(field.type is Simple.MEDIA for kind in kinds.values() for field in kind.fields)
        if has_media:
            _media_schema(types)
        schema = _xs(types, "schema", targetNamespace=self._service.namespace, elementFormDefault="unqualified")
        if has_media:
            _xs(schema, "import", namespace=_MIME)
        for root in roots:
            _xs(schema, "element", name=root.name, type=f"tns:{root.type.name}")
        for kind in kinds.values():
            sequence = _xs(_xs(schema, "complexType", name=kind.name), "sequence")
            for field in kind.fields:
                said = {} if field.required else {"minOccurs": "0"}
                said |= {"nillable": "true"} if field.nillable else {}
                _xs(sequence, "element", name=field.name, type=_type(field.type), **said)

    def _roots(self) -> list[Root]:
        found = [root for one in self._service.operations for root in (one.request, one.response)]
        fault = [self._service.fault] if self._service.fault else []
        others = {name for one in self._service.operations for name in one.other_faults}
        return [*found, *fault, *(Root(name, Complex(name, tuple, ())) for name in sorted(others))]

    def _messages(self) -> None:
        for operation in self._service.operations:
            self._message(operation.name, operation.request.name)
            self._message(f"{operation.name}Response", operation.response.name)
        if self._service.fault:
            self._message(self._names.fault, self._service.fault.name)
        for name in sorted({name for one in self._service.operations for name in one.other_faults}):
            self._message(name, name)

    def _message(self, name: str, element: str) -> None:
        _wsdl(_wsdl(self._root, "message", name=name), "part", name="parameters", element=f"tns:{element}")

    def _faults(self, operation: Operation) -> Iterator[str]:
        if self._service.fault:
            yield self._names.fault
        yield from operation.other_faults

    def _port_type(self) -> None:
        port_type = _wsdl(self._root, "portType", name=self._names.port_type)
        for one in self._service.operations:
            operation = _wsdl(port_type, "operation", name=one.name)
            _wsdl(operation, "input", name=one.name, message=f"tns:{one.name}")
            _wsdl(operation, "output", name=f"{one.name}Response", message=f"tns:{one.name}Response")
            for fault in self._faults(one):
                _wsdl(operation, "fault", name=fault, message=f"tns:{fault}")

    def _binding(self) -> None:
        binding = _wsdl(self._root, "binding", name=self._names.binding, type=f"tns:{self._names.port_type}")
        etree.SubElement(binding, f"{{{_SOAP12}}}binding", style="document", transport=_HTTP)
        for one in self._service.operations:
            operation = _wsdl(binding, "operation", name=one.name)
            etree.SubElement(operation, f"{{{_SOAP12}}}operation", soapAction=one.action or "", style="document")
            for side, name in (("input", one.name), ("output", f"{one.name}Response")):
                etree.SubElement(_wsdl(operation, side, name=name), f"{{{_SOAP12}}}body", use="literal")
            for fault in self._faults(one):
                etree.SubElement(
                    _wsdl(operation, "fault", name=fault), f"{{{_SOAP12}}}fault", name=fault, use="literal"
                )


def _wsdl(parent: etree._Element, tag: str, /, **said: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_WSDL}}}{tag}", said)


def _xs(parent: etree._Element, tag: str, /, **said: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_XS}}}{tag}", said)


def _type(kind: Simple | Complex) -> str:
    if isinstance(kind, Complex):
        return f"tns:{kind.name}"
    return kind.value if kind is Simple.MEDIA else f"xs:{kind.value}"


def _kinds(kind: Complex) -> Iterator[Complex]:
    yield kind
    for field in kind.fields:
        if isinstance(field.type, Complex):
            yield from _kinds(field.type)


def _media_schema(types: etree._Element) -> None:
    """The type for binary data with a content type (W3C, Describing Media Content of Binary Data in XML)."""
    schema = _xs(types, "schema", targetNamespace=_MIME)
    _xs(schema, "attribute", name="contentType", type="xs:string")
    kind = _xs(schema, "complexType", name="base64Binary")
    extension = _xs(_xs(kind, "simpleContent"), "extension", base="xs:base64Binary")
    _xs(extension, "attribute", ref="xmime:contentType")
