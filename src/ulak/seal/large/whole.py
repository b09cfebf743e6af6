"""What the seal of a large document covers, digested without ever being held.

``URI=""`` with the enveloped-signature transform means the canonical document but the seal (XML Signature 1.1, 4.4.3.2
and 6.6.4). A piece of a document between the root's tags has the canonical form that it has in the whole, so the forms
of all pieces, put one behind another, are that of the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import new
from typing import TYPE_CHECKING, Final

from lxml import etree

from ulak.errors import Text
from ulak.seal.algorithms import Digest
from ulak.seal.canonical import canonical_document
from ulak.seal.large.pieces import Piece, Pieces
from ulak.seal.large.problems import not_in_pieces
from ulak.seal.names import ds, local
from ulak.seal.places import PLACES
from ulak.seal.problems import problem
from ulak.spans import Edit, edited, spans_of
from ulak.xml import XmlError, parse

if TYPE_CHECKING:
    from hashlib import _Hash

__all__ = ["Whole"]

_NOT_SHORT: Final = 1 << 20
"""Tells `canonical_document` to take libxml2's own way, whatever the size of a piece."""
_SEALED: Final = Text("başlığın dışında bir imza var", "there is a signature outside of the header")
_ELSEWHERE: Final = Text("mührün yeri kökün ilk öğesi değil", "the seal's place is not the first element of the root")
_PLAIN: Final = re.compile(r"[\w.\-:]+")


class Whole:
    """The canonical form of a document without its seal, as a digest or as a stream.

    Args:
        pieces: of the document.
        watched: values of Id attributes that `count` is going to be asked for.

    Raises:
        XmlError: ``xml.*``; all methods raise it, too, with the line.
        LargeError: ``large.*``, likewise.
        SealingError: ``seal.unknown-document`` for a root that no seal is known for; ``seal.not-canonical``.
    """

    def __init__(self, pieces: Pieces, watched: Iterable[str] = ()) -> None:
        self._pieces: Final = pieces
        self._watched: Final = tuple(watched)
        self._made: dict[Digest, _Hash] = {}
        self.frame: Final = pieces.framed(pieces.first)
        _check_place(pieces.name, parse(self.frame, max_bytes=len(self.frame)))
        self._head: Final = parse(_unsealed(self.frame, pieces.name), max_bytes=len(self.frame))
        self._ids: Final[Counter[str]] = Counter()

    def count(self, id: str) -> int:
        """How many elements outside of the seal have this Id, one of ``watched``; known once a digest was made."""
        return self._ids[id]

    def hashed(self, digest: Digest) -> _Hash:
        """A hash that has taken in the whole; every call gives one of its own."""
        if digest not in self._made:
            made = new(digest.name)
            for part in self:
                made.update(part)
            self._made[digest] = made
        return self._made[digest].copy()

    def __iter__(self) -> Iterator[bytes]:
        """The canonical form, part by part."""
        self._ids.clear()
        closing = self._pieces.closing
        opening = len(_canonical(self._parsed(Piece(b"", 1)))) - len(closing)
        form = _canonical(self._head)
        self._count(self._head.iter("*"), form)
        yield form[: -len(closing)]
        for piece in self._pieces:
            root = self._parsed(piece)
            if next(root.iter(ds("Signature")), None) is not None:
                raise not_in_pieces(_SEALED)
            form = _canonical(root)[opening : -len(closing)]
            self._count(root.iterdescendants("*"), form)
            yield form
        yield closing

    def _parsed(self, piece: Piece) -> etree._Element:
        framed = self._pieces.framed(piece.data)
        try:
            return parse(framed, max_bytes=len(framed))
        except XmlError as error:
            ahead = (self._pieces.before + self._pieces.opening).count(b"\n")
            error.line = max(piece.line, piece.line + (error.line or 1) - 1 - ahead)
            raise

    def _count(self, elements: Iterable[etree._Element], form: bytes) -> None:
        wanted = [id for id in self._watched if not _PLAIN.fullmatch(id) or f'="{id}"'.encode() in form]
        if wanted:
            self._ids.update(id for id in _ids_of(elements) if id in wanted)


def _check_place(name: str, root: etree._Element) -> None:
    """See that the seal's place is the one element of the frame."""
    if name not in PLACES:
        raise problem("seal.unknown-document", root=local(name), where=f"/{local(name)}")
    if PLACES[name].holder != (name, *(child.tag for child in root)):
        raise not_in_pieces(_ELSEWHERE)


def _unsealed(frame: bytes, root: str) -> bytes:
    """A frame without the seal at its place; other signatures are part of what is sealed."""
    spans = spans_of(frame, [(*PLACES[root].holder, ds("Signature"))])
    return edited(frame, [Edit(span.start, span.end, b"") for span in spans[:1]])


def _canonical(root: etree._Element) -> bytes:
    try:
        return canonical_document(root, _NOT_SHORT)
    except etree.C14NError as error:
        raise problem("seal.not-canonical", detail=str(error)) from None


def _ids_of(elements: Iterable[etree._Element]) -> Iterator[str]:
    for element in elements:
        yield from (str(value) for name, value in element.attrib.items() if local(str(name)).lower() == "id")
