"""What the seal of a book covers, digested without ever being held: `Cut` of any document, `Written` of one of Ulak's.

``URI=""`` with the enveloped-signature transform means the canonical document but the seal (XML Signature 1.1, 4.4.3.2
and 6.6.4); processing instructions before the root belong to it. A piece put between tags that bring the namespaces in
force has the canonical form that it has in the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from ulak.errors import Text
from ulak.seal.large.descent import Close, Data, Descent, Open
from ulak.seal.large.hashed import Hashed, canonical
from ulak.seal.large.problems import not_in_pieces
from ulak.seal.names import ds
from ulak.spans import Edit, edited, spans_of
from ulak.xml import XmlError, parse

__all__ = ["Cut", "Written"]

_BLOCK: Final = 1 << 20
_MANY: Final = 24
"""Namespaces in force; a book has a dozen."""
_SIGNATURE: Final = ds("Signature")
_SEALED: Final = Text("mührün yeri dışında bir imza var", "there is a signature outside of the seal's place")
_CROWDED: Final = Text("çok fazla ad alanı bildirilmiş", "far too many namespaces are declared")


class Written(Hashed):
    """A book whose bytes are its canonical form, as `ulak.ledger` writes it: nothing is parsed but the frame.

    Args:
        source: seekable.
        head: the canonical form of what stands before the root's content, its start tag being written as it is there.
        inside: where the root's content begins.
        close: where the root's end tag begins.
        closing: the root's end tag.
    """

    def __init__(self, source: BinaryIO, head: bytes, inside: int, close: int, closing: bytes) -> None:
        super().__init__()
        self._source, self._head, self._closing = source, head, closing
        self._inside, self._close = inside, close

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        self._source.seek(self._inside)
        left = self._close - self._inside
        while left and (block := self._source.read(min(left, _BLOCK))):
            left -= len(block)
            yield block
        yield self._closing


class Cut(Hashed):
    """Any book, parsed and written canonically piece by piece.

    Args:
        descent: into the document.
        watched: values of Id attributes that `count` is going to be asked for.
        is_sealed: whether there is a seal at its place, which is left out.

    Raises:
        XmlError: ``xml.*``, by all methods, with the line.
        LargeError: ``large.*``, likewise.
        SealingError: ``seal.not-canonical``.
    """

    def __init__(self, descent: Descent, watched: Iterable[str] = (), *, is_sealed: bool = False) -> None:
        super().__init__(watched)
        self._descent: Final = descent
        self._is_sealed: Final = is_sealed

    def __iter__(self) -> Iterator[bytes]:
        self._ids.clear()
        spine: list[_Level] = []
        for part in self._descent:
            if isinstance(part, Open):
                spine.append(_Level.of(part, spine, self._descent.prolog))
                self._count([spine[-1].element], spine[-1].tag)
                yield spine[-1].tag
            elif isinstance(part, Close):
                yield spine.pop().closing
            else:
                yield self._canonical(part, spine)

    def _canonical(self, part: Data, spine: list[_Level]) -> bytes:
        level = spine[-1]
        data = _unsealed(part.data, level) if self._is_sealed and len(spine) == 1 else part.data
        root = _parsed(level.before + data + level.after, part.line, level.before.count(b"\n"))
        if next(root.iter(_SIGNATURE), None) is not None:
            raise not_in_pieces(_SEALED)
        form = canonical(root)[level.opening : -len(level.after)]
        self._count(root.iterdescendants("*"), form)
        return form


class _Level:
    """An open element: what goes around its pieces, and the canonical form of its tags.

    Attributes:
        before: a start tag that declares all namespaces in force, to be put before a piece; ``after``: behind it.
        opening: bytes of the canonical form of ``before``.
        tag: the canonical start tag; the root's has the processing instructions before it.
    """

    def __init__(self, element: etree._Element, tag: bytes, closing: bytes) -> None:
        names = "".join(
            f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}" for prefix, uri in element.nsmap.items() if uri
        )
        self.element, self.tag, self.closing = element, tag, closing
        self.before, self.after = f"<piece{names}>".encode(), b"</piece>"
        self.opening = len(canonical(_parsed(self.before + self.after, 1, 0))) - len(self.after)

    @classmethod
    def of(cls, part: Open, spine: list[_Level], prolog: bytes) -> _Level:
        before, after = (spine[-1].before, spine[-1].after) if spine else (prolog, b"")
        root = _parsed(before + part.tag + part.closing + after, 1, 0)
        element = root[0] if spine else root
        if len(element.nsmap) > _MANY:
            raise not_in_pieces(_CROWDED)
        form = canonical(root)
        end = len(form) - len(part.closing) - len(after)
        return cls(element, form[spine[-1].opening if spine else 0 : end], part.closing)


def _unsealed(data: bytes, level: _Level) -> bytes:
    """A piece below the root without the seal; further signatures are left for those who refuse them."""
    if b"Signature" not in data:
        return data
    framed = level.before + data + level.after
    _parsed(framed, 1, 0)
    root = etree.fromstring(level.before + level.after).tag
    span = next(iter(spans_of(framed, [(str(root), _SIGNATURE)])), None)
    if span is None:
        return data
    return edited(framed, [Edit(span.start, span.end, b"")])[len(level.before) : -len(level.after)]


def _parsed(framed: bytes, line: int, ahead: int) -> etree._Element:
    try:
        return parse(framed, max_bytes=len(framed))
    except XmlError as error:
        error.line = max(line, line + (error.line or 1) - 1 - ahead)
        raise
