"""Canonical XML: the bytes that digests and signatures are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from lxml import etree

from ulak.seal.names import C14N, C14N_COMMENTS, EXC_C14N, EXC_C14N_COMMENTS

__all__ = ["METHODS", "canonical_document", "canonical_element"]

METHODS: Final = frozenset({C14N, C14N_COMMENTS, EXC_C14N, EXC_C14N_COMMENTS})
"""The methods that Ulak knows: inclusive 1.0 and exclusive 1.0, each with and without comments."""

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"


def canonical_document(root: etree._Element) -> bytes:
    """The document of a root, processing instructions beside it included, as ``URI=""`` means it: no comments.

    Source: XML Signature 1.1, 4.4.3.2 and 4.4.3.3.
    """
    return etree.tostring(root.getroottree(), method="c14n", with_comments=False)


def canonical_element(element: etree._Element, method: str, prefixes: Sequence[str] = ()) -> bytes:
    """One element with what it contains, in the namespaces that hold where it stands.

    Args:
        element: inside its document; its surroundings count for the inclusive methods.
        method: one of `METHODS`.
        prefixes: the ``InclusiveNamespaces`` of an exclusive method; ``#default`` means the default namespace.

    Raises:
        KeyError: for an unknown method, and for ``#default`` on a prefixed element, which libxml2 cannot be told.
    """
    if method not in METHODS:
        raise KeyError(method)
    comments = method in (C14N_COMMENTS, EXC_C14N_COMMENTS)
    if method in (EXC_C14N, EXC_C14N_COMMENTS):
        return _exclusive(element, comments, prefixes)
    with _inheriting(element):
        return etree.tostring(element, method="c14n", with_comments=comments)


def _exclusive(element: etree._Element, comments: bool, prefixes: Sequence[str]) -> bytes:
    if "#default" in prefixes and element.prefix and None in element.nsmap:
        raise KeyError("#default")
    named = [prefix for prefix in prefixes if prefix != "#default"]
    return etree.tostring(
        element, method="c14n", exclusive=True, with_comments=comments, inclusive_ns_prefixes=named or None
    )


@contextmanager
def _inheriting(element: etree._Element) -> Iterator[None]:
    """Lend the element the xml: attributes of its ancestors, as inclusive canonical XML 1.0 does to an apex (2.4)."""
    lent: dict[str, str] = {}
    for ancestor in element.iterancestors():
        for name, value in ancestor.attrib.items():
            if str(name).startswith(_XML) and name not in element.attrib:
                lent.setdefault(str(name), str(value))
    for name, value in lent.items():
        element.set(name, value)
    try:
        yield
    finally:
        for name in lent:
            del element.attrib[name]
