"""Where elements lie in the bytes of a document: to cut one out, or to put one in, without touching anything else.

A seal covers canonical XML, but GİB, receivers and archives keep the bytes; writing a parsed tree again would change
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from xml.parsers import expat

from ulak.errors import Text
from ulak.xml import XmlError, problem

__all__ = ["Edit", "RootTag", "Span", "edited", "root_of", "spans_of", "start_tag"]

Path = tuple[str, ...]
_TAG: Final = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
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
    finder = _Finder(data, paths, until)
    finder.run()
    return sorted(finder.found, key=lambda span: span.start)


def root_of(data: bytes) -> RootTag:
    """The root's start tag; no more is read of the document than that.

    Raises:
        XmlError: like `spans_of`.

    >>> root_of(b'<?xml version="1.0"?><u:a xmlns:u="urn:u"><unread')
    RootTag(name='{urn:u}a', tag=b'<u:a xmlns:u="urn:u">', inside=42)
    """
    finder = _Finder(data, [("*",)], None)
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


class _Finder:
    """One reading of a document by expat, which unlike libxml2 tells byte offsets."""

    def __init__(self, data: bytes, paths: Sequence[Path], until: Path | None) -> None:
        self._data = data
        self._wanted = list(paths)
        self._until = until
        self._deepest = max(len(path) for path in (*paths, until or ()))
        self._path: list[str] = []
        self._depth = 0
        self._open: list[tuple[Path, int]] = []
        self.found: list[Span] = []
        self.root = (0, "")

    def run(self, *, first: bool = False) -> None:
        """Read the document, or no further than its first tag."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._first if first else self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        self._parser = parser
        if self._data[:2] in _UTF16:
            raise problem("xml.encoding", line=1, detail=Text("UTF-16", "UTF-16"))
        try:
            parser.Parse(self._data, True)
        except _Done:
            return
        except expat.ExpatError as error:
            raise _malformed(error) from None

    def _first(self, name: str, _attributes: dict[str, str]) -> None:
        self.root = (self._parser.CurrentByteIndex, "{" + name if "}" in name else name)
        raise _Done

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._deepest:
            return
        self._path.append("{" + name if "}" in name else name)
        if any(_matches(self._path, path) for path in self._wanted):
            self._open.append((tuple(self._path), self._parser.CurrentByteIndex))

    def _end(self, _name: str) -> None:
        if self._depth <= self._deepest:
            if self._open and len(self._open[-1][0]) == self._depth:
                self._close()
            done = self._until is not None and _matches(self._path, self._until)
            self._path.pop()
            if done:
                raise _Done
        self._depth -= 1

    def _close(self) -> None:
        path, start = self._open.pop()
        close = self._parser.CurrentByteIndex
        inside = start + len(start_tag(self._data, start))
        if self._data[inside - 2 : inside] == b"/>":
            self.found.append(Span(path, start, inside, inside, inside))
        else:
            self.found.append(Span(path, start, inside, close, self._data.index(b">", close) + 1))

    def _doctype(self, *_: object) -> None:
        raise problem("xml.dtd", line=self._parser.CurrentLineNumber)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _UTF8:
            raise problem("xml.encoding", line=1, detail=Text(encoding, encoding))


def _matches(path: Sequence[str], wanted: Path) -> bool:
    return len(path) == len(wanted) and all(want in ("*", name) for name, want in zip(path, wanted, strict=True))


def _malformed(error: expat.ExpatError) -> XmlError:
    detail = expat.errors.messages.get(error.code) or str(error)
    return problem("xml.malformed", line=error.lineno, detail=Text(detail, detail))
