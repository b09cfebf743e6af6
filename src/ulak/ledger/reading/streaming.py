"""A book taken apart while it is read: its entries in portions, in memory that has bounds, and the frame around them.

The parser builds its tree as bytes come in. Every whole ``entryHeader`` is handed on and forgotten; one with very many
lines, as a large account of a general ledger, is handed on a few thousand lines at a time. What remains is the frame:
the root, contexts and units, documentInfo, entityInformation, extensions and the seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.ledger.reading.problems import problem
from ulak.ledger.reading.tags import DETAIL, ENTRIES, HEADER, ROOTS, XBRL
from ulak.spans import root_of
from ulak.xml import MAX_DEPTH, XmlError, parse
from ulak.xml import problem as xml_problem

__all__ = ["LARGEST_FILE", "Node", "Portion", "Stream"]

Node = etree._Element
LARGEST_FILE: Final = 256 * 1024 * 1024
"""Bytes that are read at most unless told otherwise; GİB's limit is 200 MB (Teknik Kılavuz V1.7, 2.2)."""
BLOCK = 256 * 1024
"""Bytes that are read at once."""
_LARGEST: Final = 24 * 1024 * 1024
"""Bytes that may pass without an entry being handed on: the largest head, extension with seal, or single line."""
_MARKUP: Final = 1_000_000
"""Tags and attributes that may pass so: a node in memory is many times larger than ``<a/>`` is in the file."""
MANY_LINES = 2_000
"""Lines from which on an entry is handed on bit by bit."""
_AT_ONCE: Final = 500
"""Entries or lines in a portion: to name the place of a fault, all that stand before it are counted."""
_STRANGERS: Final = 1_000
_LARGEST_TEXT: Final = 10_000_000
"""Bytes of one value at which libxml2 stops."""
_CODES: Final = {
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: "xml.namespace",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "xml.too-large",
    etree.ErrorTypes.ERR_INVALID_CHAR: "xml.encoding",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "xml.encoding",
    etree.ErrorTypes.I18N_CONV_FAILED: "xml.encoding",
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "xml.entity",
}


class Portion(NamedTuple):
    """Some entries, taken out of the frame.

    Attributes:
        nodes: whole entries, and comments between them; or, where ``header`` is given, children of that.
        header: the ``entryHeader`` that is handed on bit by bit, with what stands before its first line.
        is_last: whether it ends with these.
    """

    nodes: list[Node]
    header: Node | None = None
    is_last: bool = False


class Stream:
    """A book, berat or report that is being read.

    Args:
        source: gives its bytes; read once, to the end.
        max_bytes: of the whole file.

    Attributes:
        root: the frame; complete when the portions have ended.
        name: ``defter``, ``berat`` or ``defterraporu``.
        size: bytes read so far.
        before: how many children of ``accountingEntries`` stand before the first entry; None while there is none.
        strangers: elements that stand among the entries and are none; the schema allows no such thing.

    Raises:
        XmlError: ``xml.*`` – the bytes are no XML, or none that Ulak reads; iterating raises it, too.
        BookError: ``book.root``; iterating raises ``book.too-large`` and ``book.deep``.
    """

    def __init__(self, source: BinaryIO, *, max_bytes: int = LARGEST_FILE) -> None:
        self._source = source
        self._max_bytes = max_bytes
        first = source.read(BLOCK)
        tag = _root_tag(first)
        if tag not in ROOTS:
            raise problem("book.root", name=Text(tag[:200], tag[:200]), where=tag[:200])
        self.name: Final = ROOTS[tag]
        self._parser: Final = etree.XMLPullParser(
            events=("start",), tag=tag, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        self.size = len(first)
        self.root: Final = _feed(self._parser, first)[0]
        self._held, self._markup = self.size, _markup(first)
        self._entries: Node | None = None
        self._split: Node | None = None
        self.before: int | None = None
        self._head_end: Node | None = None
        self.strangers = 0

    @property
    def has_head(self) -> bool:
        """Whether all that stands before the first entry has been read."""
        return self.before is not None

    def __iter__(self) -> Iterator[Portion]:
        """The entries, in order; a portion is gone when the next is asked for."""
        while data := self._source.read(BLOCK):
            yield from self._portions(is_over=False)
            self._admit(data)
            _feed(self._parser, data)
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise _broken(error, "xml.truncated") from None
        yield from self._portions(is_over=True)

    def _admit(self, data: bytes) -> None:
        self.size += len(data)
        self._held += len(data)
        self._markup += _markup(data)
        if self.size > self._max_bytes:
            raise problem("book.too-large", limit=self._max_bytes)
        if self._held > _LARGEST or self._markup > _MARKUP:
            place = "gl-cor:accountingEntries" if self.has_head else f"edefter:{self.name}"
            raise problem("book.deep", place=place)

    # -- What is whole ------------------------------------------------------------------------------------------------

    def _portions(self, *, is_over: bool) -> Iterator[Portion]:
        entries = self._entries = self._entries if self._entries is not None else _found(self.root)
        if entries is None:
            return
        grows = not is_over and _is_last(entries)
        children = self._from_first(entries)
        last = children.pop() if grows and children else None
        children = self._handed_on(children)
        if children and children[0] is self._split:
            yield from self._rest_of(children.pop(0))
        for at in range(0, len(children), _AT_ONCE):
            self._pass()
            yield Portion(children[at : at + _AT_ONCE])
            _forget(entries, children[at : at + _AT_ONCE])
        if last is not None and last.tag == HEADER and len(last) > MANY_LINES:
            self._split = last
            yield from self._lines_of(last, list(last)[:-1], is_last=False)

    def _from_first(self, entries: Node) -> list[Node]:
        """The children of ``accountingEntries`` from the first entry on; none while there is no entry."""
        if self.before is None:
            first = next(entries.iterchildren(HEADER), None)
            if first is None:
                return []
            self.before, self._head_end = entries.index(first), first.getprevious()
        return list(entries if self._head_end is None else self._head_end.itersiblings())

    def _handed_on(self, children: list[Node]) -> list[Node]:
        """Those that belong to no frame: the entries, and comments between them."""
        entries = [child for child in children if child.tag == HEADER or not isinstance(child.tag, str)]
        self.strangers = len(children) - len(entries)
        if self.strangers > _STRANGERS:
            raise problem("book.deep", place="gl-cor:accountingEntries")
        return entries

    def _rest_of(self, header: Node) -> Iterator[Portion]:
        yield from self._lines_of(header, list(header), is_last=True)
        self._split = None
        _forget(header.getparent(), [header])

    def _lines_of(self, header: Node, children: list[Node], *, is_last: bool) -> Iterator[Portion]:
        first = next((at for at, child in enumerate(children) if child.tag == DETAIL), len(children))
        lines = children[first:]
        for at in range(0, len(lines) or is_last, _AT_ONCE):
            self._pass()
            some = lines[at : at + _AT_ONCE]
            yield Portion(some, header, is_last and at + _AT_ONCE >= len(lines))
            _forget(header, some)

    def _pass(self) -> None:
        self._held = self._markup = 0


def _found(root: Node) -> Node | None:
    """The ``accountingEntries`` of the first ``xbrl``, where documents of GİB's schema have their entries."""
    xbrl = next(root.iterchildren(XBRL), None)
    return None if xbrl is None else next(xbrl.iterchildren(ENTRIES), None)


def _is_last(entries: Node) -> bool:
    """Whether the parser may still be inside: nothing stands behind it yet."""
    xbrl = entries.getparent()
    return entries.getnext() is None and (xbrl is None or xbrl.getnext() is None)


def _forget(parent: Node | None, children: list[Node]) -> None:
    for child in children:
        if parent is not None and child.getparent() is parent:
            parent.remove(child)


def _markup(data: bytes) -> int:
    return data.count(b"<") + data.count(b"=")


def _root_tag(first: bytes) -> str:
    """The name of the root. What cannot be told by looking is told by the parser, with the reason."""
    try:
        return root_of(first).name
    except XmlError as error:
        # Books are written in UTF-8 (Teknik Kılavuz V1.7, 2.1).
        if error.code in ("xml.dtd", "xml.encoding"):
            raise
        return str(parse(first).tag)


def _feed(parser: etree.XMLPullParser, data: bytes) -> list[Node]:
    """Parse some more; the events are taken so that elements named like the root are not held on to."""
    try:
        parser.feed(data)
    except etree.XMLSyntaxError as error:
        raise _broken(error) from None
    events: Any = parser.read_events()
    return [element for _, element in events]


def _broken(error: etree.XMLSyntaxError, otherwise: str = "xml.malformed") -> XmlError:
    detail = (error.msg or "").split(", line ")[0].strip()[:200]
    if "Excessive depth" in detail:
        return xml_problem("xml.too-deep", line=error.lineno, limit=MAX_DEPTH)
    code = _CODES.get(int(getattr(error, "code", 0) or 0), otherwise)
    return xml_problem(code, line=error.lineno, detail=Text(detail, detail), limit=_LARGEST_TEXT)
