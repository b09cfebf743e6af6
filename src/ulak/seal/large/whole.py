"""What the seal of a large document covers, digested without ever being held.

``URI=""`` with the enveloped-signature transform means the canonical document but the seal (XML Signature 1.1, 4.4.3.2
and 6.6.4). A piece of a document between the root's tags has the canonical form that it has in the whole, so the forms
of all pieces, put one behind another, are that of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from ulak.errors import Text
from ulak.seal.large.hashed import Hashed, canonical
from ulak.seal.large.pieces import Piece, Pieces
from ulak.seal.large.problems import not_in_pieces
from ulak.seal.names import ds, local
from ulak.seal.places import PLACES
from ulak.seal.problems import problem
from ulak.spans import Edit, edited, spans_of
from ulak.xml import XmlError, parse

__all__ = ["Whole"]

_SEALED: Final = Text("başlığın dışında bir imza var", "there is a signature outside of the header")
_ELSEWHERE: Final = Text("mührün yeri kökün ilk öğesi değil", "the seal's place is not the first element of the root")


class Whole(Hashed):
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
        super().__init__(watched)
        self._pieces: Final = pieces
        self.frame: Final = pieces.framed(pieces.first)
        _check_place(pieces.name, parse(self.frame, max_bytes=len(self.frame)))
        self._head: Final = parse(_unsealed(self.frame, pieces.name), max_bytes=len(self.frame))

    def __iter__(self) -> Iterator[bytes]:
        """The canonical form, part by part."""
        self._ids.clear()
        closing = self._pieces.closing
        opening = len(canonical(self._parsed(Piece(b"", 1)))) - len(closing)
        form = canonical(self._head)
        self._count(self._head.iter("*"), form)
        yield form[: -len(closing)]
        for piece in self._pieces:
            root = self._parsed(piece)
            if next(root.iter(ds("Signature")), None) is not None:
                raise not_in_pieces(_SEALED)
            form = canonical(root)[opening : -len(closing)]
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
