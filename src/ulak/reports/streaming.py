"""A report taken apart while it is read: its head first, then its entries in pieces, in memory that has bounds.

The parser builds its tree as bytes come in; every child of the root that is whole is handed on and forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from ulak.errors import Text
from ulak.reports.problems import problem
from ulak.reports.values import LIMIT, NAMESPACE
from ulak.spans import root_of
from ulak.xml import XmlError, parse
from ulak.xml import problem as xml_problem

__all__ = ["HEAD", "PIECE", "ROOT_TAG", "Pieces", "pieces"]

PIECE: Final = 256 * 1024
"""Bytes that are parsed at once; a piece holds as many entries as end within them."""
ROOT_TAG: Final = f"{{{NAMESPACE}}}eArsivRaporu"
HEAD: Final = f"{{{NAMESPACE}}}baslik"
_LARGEST_HEAD: Final = 8_000_000
"""Bytes of the first child of the root: a seal with its evidence."""
_LARGEST: Final = 4_000_000
"""Bytes of any other: an entry with ten thousand lines."""

Node = etree._Element


class Pieces:
    """The report of a source.

    Attributes:
        root: the root element, without what was handed on already.
    """

    def __init__(self, root: Node, source: Iterator[list[Node]]) -> None:
        self.root = root
        self._source = source

    def __iter__(self) -> Iterator[list[Node]]:
        """The children of the root, in order; each piece is gone when the next is asked for."""
        return self._source


def pieces(source: BinaryIO, *, max_bytes: int = LIMIT) -> Pieces:
    """Begin to read a report.

    Args:
        source: gives the bytes; read once, to its end.
        max_bytes: of the whole report.

    Raises:
        XmlError: the bytes are no XML, or none that Ulak reads; while iterating too.
        ReportError: ``report.too-large`` and ``report.deep``, while iterating; ``report.root``: another document.
    """
    first = source.read(PIECE)
    root_tag = _root_tag(first)
    if root_tag != ROOT_TAG:
        raise problem("report.root", name=Text(root_tag, root_tag))
    parser = etree.XMLPullParser(
        events=("start",), tag=root_tag, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = _feed(parser, first)[0]
    return Pieces(root, _pieces(parser, root, source, len(first), max_bytes))


def _root_tag(first: bytes) -> str:
    """The name of the root. What cannot be told by looking is told by the parser, with the reason."""
    try:
        return root_of(first).name
    except XmlError:
        return str(parse(first).tag)


def _feed(parser: etree.XMLPullParser, data: bytes) -> list[Node]:
    """Parse some more; the events are taken so that elements named like the root are not held on to."""
    try:
        parser.feed(data)
    except etree.XMLSyntaxError as error:
        raise _broken(error) from None
    events: Any = parser.read_events()
    return [element for _, element in events]


def _broken(error: etree.XMLSyntaxError, code: str = "xml.malformed") -> XmlError:
    detail = (error.msg or "").split(", line ")[0].strip()[:200]
    return xml_problem(code, line=error.lineno, detail=Text(detail, detail))


def _pieces(
    parser: etree.XMLPullParser, root: Node, source: BinaryIO, size: int, max_bytes: int
) -> Iterator[list[Node]]:
    since, largest = 0, _LARGEST_HEAD
    while data := source.read(PIECE):
        # The last child may still be growing.
        whole = list(root)[:-1]
        if whole:
            since, largest = 0, _LARGEST
            yield whole
            _forget(root, whole)
        size, since = size + len(data), since + len(data)
        if size > max_bytes:
            raise problem("report.too-large", limit=max_bytes)
        if since > largest:
            raise problem("report.deep")
        _feed(parser, data)
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(error, "xml.truncated") from None
    if whole := list(root):
        yield whole


def _forget(root: Node, children: list[Node]) -> None:
    for child in children:
        if child.getparent() is root:
            root.remove(child)
