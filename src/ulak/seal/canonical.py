"""Canonical XML: the bytes that digests and signatures are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from ulak.seal.names import C14N, C14N_COMMENTS, EXC_C14N, EXC_C14N_COMMENTS
from ulak.seal.remembering import remembered
from ulak.spans import start_tag

__all__ = ["METHODS", "canonical_document", "canonical_element"]

METHODS: Final = frozenset({C14N, C14N_COMMENTS, EXC_C14N, EXC_C14N_COMMENTS})
"""The methods that Ulak knows: inclusive 1.0 and exclusive 1.0, each with and without comments."""

_ATTRIBUTE: Final = re.compile(rb' ([^ ="<>]+)="[^"]*"')
_LARGE: Final = 64 * 1024
"""Documents above it mostly hold a stylesheet; in long texts searching takes more time than it saves."""
_MANY_NAMESPACES: Final = 24
_MANY_ATTRIBUTES: Final = 1000
_MOST_STEPS: Final = 300_000_000
"""Elements times the square of the namespaces in scope: some seconds."""
_ELEMENTS: Final = etree.XPath("count(descendant-or-self::*)")
_ATTRIBUTES: Final = etree.XPath("count(descendant-or-self::*/@*)")
_CROWDED: Final = etree.XPath(f"boolean(descendant-or-self::*[@*[{_MANY_ATTRIBUTES + 1}]])")
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_UNESCAPED: Final = frozenset("&<>")
"""What libxml2 leaves as it is in the name of a namespace."""


def canonical_document(
    root: etree._Element, size: int = 0, *, is_exclusive: bool = False, prefixes: Sequence[str] = ()
) -> bytes:
    """The document of a root, processing instructions beside it included, as ``URI=""`` means it: no comments.

    Args:
        size: bytes of the document, if known: they tell which way is quicker.
        is_exclusive: exclusive instead of inclusive, with the ``InclusiveNamespaces`` in ``prefixes``.

    Raises:
        C14NError: the document has none that all software agrees on: it is XML 1.1, which ends lines elsewhere, or has
            a namespace with a relative name, or one with ``&``, ``<`` or ``>`` in it, which libxml2 writes otherwise
            than others. Or it has far too many namespaces or attributes, and would take minutes.
        KeyError: for ``#default`` among the prefixes of a root that has another default namespace.

    Source: XML Signature 1.1, 4.4.3.2 and 4.4.3.3.
    """
    if (version := root.getroottree().docinfo.xml_version) != "1.0":
        raise etree.C14NError(f"XML {version}")
    if not is_exclusive and size < _LARGE and (plain := _plain(root)):
        return plain
    _refuse_odd(root)
    if is_exclusive:
        return _exclusive(root.getroottree(), root, False, prefixes)
    return etree.tostring(root.getroottree(), method="c14n", with_comments=False)


def _plain(root: etree._Element) -> bytes | None:
    """The canonical form of a document where libxml2's ordinary writer differs from it in the root's start tag alone.

    None of any other document.

    Canonical XML looks every namespace up again for every element, which takes most of the time of sealing. Where they
    are all declared on the root, and no element has what the two write differently, the ordinary writer does as well.
    """
    if root.getprevious() is not None or root.getnext() is not None:
        return None
    written: bytes = etree.tostring(root, encoding="utf-8")
    tag = start_tag(written, 0)
    if tag.endswith(b"/>"):
        return None
    body = written[len(tag) :]
    return None if _differs(body) else _root_tag(tag) + _written_out(body)


def _differs(body: bytes) -> bool:
    """Whether there may be a further namespace, a comment, a processing instruction, attributes out of order, a
    character written as a number, or ``>`` (which one of the two escapes in attributes).

    Some of it occurs in text too, and then costs no more than time.
    """
    if b" xmlns" in body or any(mark in body and b"<" + mark in body for mark in (b"!", b"?")):
        return True
    if any(body[at + 1 : at + 2] in (b"#", b"g") for at in _places(body, b"&")):
        return True
    return b'" ' in body and not all(_is_in_order(body, at) for at in _places(body, b'" '))


def _places(body: bytes, mark: bytes) -> Iterator[int]:
    at = body.find(mark)
    while at >= 0:
        yield at
        at = body.find(mark, at + 1)


def _is_in_order(body: bytes, at: int) -> bool:
    """Whether the attributes of the tag around a place are in canonical order; true if the place is in a text."""
    start = body.rfind(b"<", 0, at)
    if body.find(b">", start, at) >= 0:
        return True
    names = _ATTRIBUTE.findall(body, start, body.find(b">", at))
    return not any(b":" in name for name in names) and names == sorted(names)


def _written_out(body: bytes) -> bytes:
    """``<a/>`` as canonical XML writes it; the writer escapes all other ``>``."""
    *before, last = body.split(b"/>")
    pieces = [b"%b></%b>" % (piece, piece[piece.rindex(b"<") + 1 :].split(b" ", 1)[0]) for piece in before]
    return b"".join((*pieces, last))


@remembered(most=1024, largest=8 * 1024)
def _root_tag(tag: bytes) -> bytes:
    """A start tag in canonical form."""
    alone = etree.fromstring(tag[:-1] + b"/>")
    _refuse_odd(alone)
    return start_tag(etree.tostring(alone, method="c14n"), 0)


def _refuse_odd(element: etree._Element) -> None:
    """Refuse namespaces that libxml2 writes otherwise than others, and what would take it minutes.

    It takes quadratic time for the namespaces in scope at each element, and for the attributes of each.
    """
    scope = widest = len(element.nsmap)
    names = list(element.nsmap.values())
    for event, namespace in etree.iterwalk(element, events=("start-ns", "end-ns")):
        if event == "start-ns":
            names.append(namespace[1])
        scope += 1 if event == "start-ns" else -1
        widest = max(widest, scope)
    if any(not _UNESCAPED.isdisjoint(name) for name in names):
        raise etree.C14NError(f"{element.tag}: a namespace is not written alike by all software")
    if widest > _MANY_NAMESPACES and float(str(_ELEMENTS(element))) * widest**2 > _MOST_STEPS:
        raise etree.C14NError(f"{widest} namespaces")
    if float(str(_ATTRIBUTES(element))) > _MANY_ATTRIBUTES and _CROWDED(element):
        raise etree.C14NError(f"> {_MANY_ATTRIBUTES} attributes")


def canonical_element(element: etree._Element, method: str, prefixes: Sequence[str] = ()) -> bytes:
    """One element with what it contains, in the namespaces that hold where it stands.

    Args:
        element: inside its document; its surroundings count for the inclusive methods.
        method: one of `METHODS`.
        prefixes: the ``InclusiveNamespaces`` of an exclusive method; ``#default`` means the default namespace.

    Raises:
        KeyError: for an unknown method, and for ``#default`` on a prefixed element, which libxml2 cannot be told.
        C14NError: as of `canonical_document`.
    """
    if method not in METHODS:
        raise KeyError(method)
    _refuse_odd(element)
    comments = method in (C14N_COMMENTS, EXC_C14N_COMMENTS)
    if method in (EXC_C14N, EXC_C14N_COMMENTS):
        return _exclusive(element, element, comments, prefixes)
    lent = _inherited(element)
    for name, value in lent.items():
        element.set(name, value)
    try:
        return etree.tostring(element, method="c14n", with_comments=comments)
    finally:
        for name in lent:
            del element.attrib[name]


def _exclusive(
    whole: etree._Element | etree._ElementTree, apex: etree._Element, comments: bool, prefixes: Sequence[str]
) -> bytes:
    if "#default" in prefixes and apex.prefix and None in apex.nsmap:
        raise KeyError("#default")
    named = [prefix for prefix in prefixes if prefix != "#default"]
    return etree.tostring(
        whole, method="c14n", exclusive=True, with_comments=comments, inclusive_ns_prefixes=named or None
    )


def _inherited(element: etree._Element) -> dict[str, str]:
    """The xml: attributes of the ancestors, which inclusive canonical XML 1.0 gives to an apex (2.4)."""
    found: dict[str, str] = {}
    for ancestor in element.iterancestors():
        attributes = ancestor.attrib
        for name in map(str, attributes):
            if name.startswith(_XML) and name not in element.attrib:
                found.setdefault(name, str(attributes[name]))
    return found
