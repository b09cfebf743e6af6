"""Where elements lie in the bytes of a document: to cut one out, or to put one in, without touching anything else.

A seal covers canonical XML, but GİB, receivers and archives keep the bytes; writing a parsed tree again would change
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat

from ulak.errors import Text
from ulak.xml import XmlError, problem

__all__ = ["Edit", "RootTag", "Span", "edited", "root_of", "spans_of", "start_tag"]

Path = tuple[str, ...]
_TAG: Final = re.compile(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


class Span(NamedTuple):
    """An element's place, in byte offsets.

    Attributes:
        path: Clark names from the root down to the element.
        start: of the ``<`` of the start tag.
        inside: of the first byte after the start tag.
        close: of the ``<`` of the end tag.
        end: of the first byte after the element. An empty-element tag (``<a/>``) has ``inside == close == end``.
    """

    path: Path
    start: int
    inside: int
    close: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Whether the element is written ``<a/>``."""
        return self.inside == self.end


class RootTag(NamedTuple):
    """The root's Clark name, its start tag, and the offset of the first byte after that."""

    name: str
    tag: bytes
    inside: int


class Edit(NamedTuple):
    """Put ``data`` in place of the bytes from ``start`` up to ``end``."""

    start: int
    end: int
    data: bytes


def spans_of(data: bytes, paths: Sequence[Path], *, until: Path | None = None) -> list[Span]:
    """The places of all elements with one of the paths, in the order of their start tags.

    Args:
        data: well-formed UTF-8 (see `ulak.xml.parse`).
        paths: Clark names from the root down; ``*`` stands for any one element.
        until: reading stops after the first element with this path, or with the document.

    Raises:
        XmlError: ``xml.encoding`` for other encodings, ``xml.dtd``, ``xml.malformed``.

    >>> [data[span.start : span.end] for data in [b"<a><b>1</b><b/></a>"] for span in spans_of(data, [("a", "b")])]
    [b'<b>1</b>', b'<b/>']
    """
    finder = _Finder(data, _tree(tuple(paths), until))
    finder.run()
    return sorted(finder.found, key=lambda span: span.start)


def root_of(data: bytes) -> RootTag:
    """The root's start tag; no more is read of the document than that.

    Raises:
        XmlError: like `spans_of`.

    >>> root_of(b'<?xml version="1.0"?><u:a xmlns:u="urn:u"><unread')
    RootTag(name='{urn:u}a', tag=b'<u:a xmlns:u="urn:u">', inside=42)
    """
    finder = _Finder(data, _Node())
    finder.run(first=True)
    start, name = finder.root
    tag = start_tag(data, start)
    return RootTag(name, tag, start + len(tag))


def start_tag(data: bytes, start: int) -> bytes:
    """The start tag (or empty-element tag) that begins at byte ``start``.

    >>> start_tag(b'<a><b c=">" /></a>', 3)
    b'<b c=">" />'
    """
    tag = _TAG.match(data, start)
    assert tag is not None
    return tag[0]


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The document with the edits made; they may touch but not overlap.

    >>> edited(b"abcdef", [Edit(4, 4, b"-"), Edit(1, 3, b"X")])
    b'aXd-ef'
    """
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError(f"edits overlap at byte {edit.start}")
        pieces += data[at : edit.start], edit.data
        at = edit.end
    pieces.append(data[at:])
    return b"".join(pieces)


class _Done(Exception):
    """Reading has come as far as it was asked to."""


class _Node:
    """What is asked for below an element: a tree of names, made from the paths once."""

    __slots__ = ("below", "is_last", "is_wanted")

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.is_wanted = False
        self.is_last = False


@lru_cache(maxsize=64)
def _tree(paths: tuple[Path, ...], until: Path | None) -> _Node:
    root = _Node()
    for path in (*paths, *([until] if until else ())):
        node = root
        for name in path:
            node = node.below.setdefault(name, _Node())
        node.is_wanted |= path in paths
        node.is_last |= path == until
    return root


class _Finder:
    """One reading of a document by expat, which unlike libxml2 tells byte offsets."""

    def __init__(self, data: bytes, tree: _Node) -> None:
        self._data = data
        self._open: list[tuple[str, list[_Node], int]] = [("", [tree], 0)]
        self._outside = 0
        self.found: list[Span] = []
        self.root = (0, "")

    def run(self, *, first: bool = False) -> None:
        """Read the document, or no further than its first tag."""
        if self._data[:2] in _UTF16:
            raise problem("xml.encoding", line=1, detail=Text("UTF-16", "UTF-16"))
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._first if first else self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        self._parser = parser
        try:
            parser.Parse(self._data, True)
        except _Done:
            return
        except expat.ExpatError as error:
            raise _malformed(error) from None

    def _first(self, name: str, _attributes: dict[str, str]) -> None:
        self.root = (self._parser.CurrentByteIndex, _clark(name))
        raise _Done

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if not self._outside:
            name = _clark(name)
            nodes = []
            for node in self._open[-1][1]:
                if named := node.below.get(name):
                    nodes.append(named)
                if any_ := node.below.get("*"):
                    nodes.append(any_)
            if nodes:
                self._open.append((name, nodes, self._parser.CurrentByteIndex))
                return
        self._outside += 1

    def _end(self, _name: str) -> None:
        if self._outside:
            self._outside -= 1
            return
        _, nodes, start = self._open[-1]
        if any(node.is_wanted for node in nodes):
            self.found.append(self._span(start))
        if any(node.is_last for node in nodes):
            raise _Done
        self._open.pop()

    def _span(self, start: int) -> Span:
        path = tuple([name for name, _, _ in self._open[1:]])
        inside = start + len(start_tag(self._data, start))
        if self._data[inside - 2 : inside] == b"/>":
            return Span(path, start, inside, inside, inside)
        close = self._parser.CurrentByteIndex
        return Span(path, start, inside, close, self._data.index(b">", close) + 1)

    def _doctype(self, *_: object) -> None:
        raise problem("xml.dtd", line=self._parser.CurrentLineNumber)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _UTF8:
            raise problem("xml.encoding", line=1, detail=Text(encoding, encoding))


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def _malformed(error: expat.ExpatError) -> XmlError:
    detail = expat.errors.messages.get(error.code) or str(error)
    return problem("xml.malformed", line=error.lineno, detail=Text(detail, detail))
