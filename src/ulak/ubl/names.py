"""Names of the XML that Ulak reads and writes: one fixed prefix per namespace, the same in every document.

Fixed prefixes keep the inclusive canonical form stable, so a written document can be sealed as it stands
(XML Signature in UBL-TR is inclusive C14N, GİB Ek-3 v1.4).
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["EARSIV", "NAMESPACES", "PREFIXES", "XSI", "Markup", "clark", "markup", "prefixed"]

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
EARSIV: Final = "http://earsiv.efatura.gov.tr"

NAMESPACES: Final[dict[str, str]] = {
    "cac": _UBL + "CommonAggregateComponents-2",
    "cbc": _UBL + "CommonBasicComponents-2",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "ext": _UBL + "CommonExtensionComponents-2",
    "xades": "http://uri.etsi.org/01903/v1.3.2#",
    "xsi": XSI,
    "xml": "http://www.w3.org/XML/1998/namespace",
}
PREFIXES: Final[dict[str, str]] = {uri: prefix for prefix, uri in NAMESPACES.items()}


class Markup(NamedTuple):
    """How an element is opened (without the closing ``>``) and closed."""

    start: str
    end: str


def clark(name: str) -> str:
    """The name as lxml writes it. ``earsiv:`` names the native e-SMM form, no prefix means no namespace.

    >>> clark("earsiv:vkn")
    '{http://earsiv.efatura.gov.tr}vkn'
    >>> clark("fisNo")
    'fisNo'
    """
    prefix, _, local = name.rpartition(":")
    if not prefix:
        return local
    return f"{{{EARSIV if prefix == 'earsiv' else NAMESPACES[prefix]}}}{local}"


def markup(name: str) -> Markup:
    """The tags of an element inside a document of ours, where the root's namespace is the default one.

    >>> markup("cbc:ID")
    Markup(start='<cbc:ID', end='</cbc:ID>')
    >>> markup("earsiv:vkn"), markup("fisNo").start
    (Markup(start='<vkn', end='</vkn>'), '<fisNo xmlns=""')
    """
    prefix, _, local = name.rpartition(":")
    if not prefix:
        return Markup(f'<{local} xmlns=""', f"</{local}>")
    if prefix == "earsiv":
        return Markup(f"<{local}", f"</{local}>")
    return Markup(f"<{name}", f"</{name}>")


def prefixed(tag: str) -> str:
    """A Clark name as a person writes it, with the prefix of this house where there is one.

    >>> prefixed("{http://www.w3.org/2000/09/xmldsig#}Signature")
    'ds:Signature'
    >>> prefixed("{urn:unknown}Thing"), prefixed("Thing")
    ('Thing', 'Thing')
    """
    uri, _, local = tag.rpartition("}")
    prefix = PREFIXES.get(uri[1:])
    return f"{prefix}:{local}" if prefix else local
