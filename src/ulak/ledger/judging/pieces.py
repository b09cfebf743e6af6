"""Pieces of a book: the head of its frame with some of its entries, as a document that can be judged by itself."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import takewhile
from typing import Any, Final

from lxml import etree

from ulak.ledger.reading.streaming import Node
from ulak.ledger.reading.tags import DETAIL, ENTRIES, HEADER, XBRL
from ulak.xml import parse

__all__ = ["Pieces", "complete", "entries_of"]

_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
_STUB: Final = (
    f'<ds:Signature xmlns:ds="{_DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="-"/>'
    '<ds:SignatureMethod Algorithm="-"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="-"/>'
    '</ds:Transforms><ds:DigestMethod Algorithm="-"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>'
    "</ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>AA=="
    f'</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="{_XADES}" '
    'Target="-"><xades:SignedProperties><xades:SignedSignatureProperties><xades:SigningTime>2000-01-01T00:00:00Z'
    "</xades:SigningTime><xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod "
    'Algorithm="-"/><ds:DigestValue>AA==</ds:DigestValue></xades:CertDigest><xades:IssuerSerial><ds:X509IssuerName>-'
    "</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>"
    "</xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties>"
    "</xades:QualifyingProperties></ds:Object></ds:Signature>"
)
"""Enough of a seal for schema and rules, where a document is judged before it is sealed."""


def complete(root: Node) -> None:
    """Give a document that is not sealed yet what schema and rules want to see there."""
    if next(root.iterchildren(f"{{{_DS}}}Signature"), None) is None:
        root.append(parse(_STUB.encode()))


class Pieces:
    """Makes pieces of a book.

    Args:
        root: the frame, read as far as the first entry.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._head = self._copied()

    def _copied(self) -> Node:
        """The frame's elements up to the entries, without texts between them."""
        root = _like(self._root)
        xbrl = next(self._root.iterchildren(XBRL))
        made = _below(root, xbrl)
        for child in xbrl.iterchildren("*"):
            if child.tag == ENTRIES:
                entries = _below(made, child)
                entries.extend(_bare(each) for each in takewhile(_is_no_entry, child.iterchildren("*")))
                break
            made.append(_bare(child))
        complete(root)
        return root

    def of(self, nodes: Iterable[Node], ids: Iterable[str] = ()) -> Node:
        """The root of a piece; the nodes are moved there, behind stand-ins for ids of earlier pieces."""
        root = deepcopy(self._head)
        entries = entries_of(root)
        entries.extend(etree.Element(HEADER, id=id_) for id_ in ids)
        entries.extend(nodes)
        return root

    def begun(self, header: Node, *, is_first: bool) -> Node:
        """An entry without its lines; only that for the first of them has the texts between the entry's own fields."""
        begun = _like(header)
        begun.text = header.text if is_first else None
        for child in header.iterchildren():
            if child.tag == DETAIL:
                break
            begun.append(deepcopy(child) if is_first else _bare(child))
        return begun


def entries_of(root: Node) -> Node:
    """The ``accountingEntries`` of a frame or piece that has one."""
    return next(next(root.iterchildren(XBRL)).iterchildren(ENTRIES))


def _is_no_entry(node: Node) -> bool:
    return node.tag != HEADER


def _like(node: Node) -> Node:
    """An empty element of the same name, attributes, prefixes and line."""
    prefixes: Any = node.nsmap
    made = etree.Element(node.tag, nsmap=prefixes)
    made.attrib.update(node.attrib)
    _copy_line(node, made)
    return made


def _below(parent: Node, node: Node) -> Node:
    made = _like(node)
    parent.append(made)
    return made


def _copy_line(node: Node, made: Node) -> None:
    if isinstance(node.sourceline, int):
        made.sourceline = node.sourceline


def _bare(node: Node) -> Node:
    made = deepcopy(node)
    made.tail = None
    return made
