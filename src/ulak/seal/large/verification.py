"""The seal of a report or book of any size judged while it is read."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO, Final

from lxml import etree

from ulak.errors import Text
from ulak.seal.large.books import MAX_BOOK, frame_of, is_book
from ulak.seal.large.descent import Descent
from ulak.seal.large.forms import Cut
from ulak.seal.large.pieces import Pieces
from ulak.seal.large.problems import LargeError, not_in_pieces
from ulak.seal.large.sealing import size_of
from ulak.seal.large.whole import Whole
from ulak.seal.names import C14N, C14N_COMMENTS, ENVELOPED, ds, xades
from ulak.seal.octets import Streamed
from ulak.seal.problems import SealingError
from ulak.seal.verify.report import LevelCheck, Policy, SealReport, Trust
from ulak.seal.verify.verification import verify
from ulak.spans import root_of
from ulak.xml import MAX_BYTES, parse

__all__ = ["large_frame", "verify_large"]

_DEFAULT: Final = Policy(max_bytes=MAX_BOOK)
_BEGINNING: Final = 64 * 1024
_STREAMED: Final = frozenset({C14N, C14N_COMMENTS, ENVELOPED})
_METHODS: Final = (ds("CanonicalizationMethod"), ds("Transform"))
_EXCLUSIVE: Final = Text(
    "mühür kapsayıcı kurallı biçimle (C14N) yapılmamış", "the seal is not made over inclusive canonical XML (C14N)"
)
_NAMED: Final = (ds("Signature"), xades("SignedProperties"))


def verify_large(
    source: BinaryIO,
    *,
    trust: Trust,
    at: datetime,
    policy: Policy = _DEFAULT,
    levels: LevelCheck | None = None,
    held: int = MAX_BYTES,
) -> SealReport:
    """Judge the seal of a document that may be too large to be held; the verdict is that of `ulak.seal.verify.verify`.

    Args:
        source: the document, seekable.
        policy: ``max_bytes`` is the largest document that is read.
        held: the largest document that may be held in memory as a whole, where it cannot be read piece by piece: it has
            comments, or its seal is made over exclusive canonical XML.

    Returns:
        as `verify`; where the document was read piece by piece, ``content`` is empty, and ``data`` its frame: a
        report's root with its header, a book with its first entries.

    Raises:
        XmlError: the bytes cannot be read.
        SealError: as of `verify`.
        LargeError: ``large.not-in-pieces`` for documents larger than ``held``; ``large.too-large``.
    """
    size = size_of(source, policy.max_bytes)
    try:
        frame, whole = _whole(source)
        return verify(frame, trust=trust, at=at, policy=policy, levels=levels, whole=whole)
    except (LargeError, SealingError):
        if size > held:
            raise
    source.seek(0)
    return verify(source.read(), trust=trust, at=at, policy=policy, levels=levels)


def large_frame(source: BinaryIO) -> etree._Element:
    """The root of a large report or book without most of its entries: enough to tell who issues it.

    Raises:
        LargeError: ``large.not-in-pieces``.
        XmlError: ``xml.*``.
    """
    source.seek(0)
    if is_book(root_of(source.read(_BEGINNING)).name):
        frame = frame_of(Descent(source)).data
    else:
        pieces = Pieces(source)
        frame = pieces.framed(pieces.first)
    return parse(frame, max_bytes=len(frame))


def _whole(source: BinaryIO) -> tuple[bytes, Streamed]:
    """The frame of a document and the document as a stream, if its seal is made over inclusive canonical XML."""
    source.seek(0)
    if is_book(root_of(source.read(_BEGINNING)).name):
        descent = Descent(source)
        frame = frame_of(descent).data
        return frame, Cut(descent, _named(frame), is_sealed=True)
    pieces = Pieces(source)
    frame = pieces.framed(pieces.first)
    return frame, Whole(pieces, _named(frame))


def _named(frame: bytes) -> list[str]:
    """The Ids of a seal that nothing else may have."""
    root = parse(frame, max_bytes=len(frame))
    if any(each.get("Algorithm") not in _STREAMED for each in root.iter(*_METHODS)):
        raise not_in_pieces(_EXCLUSIVE)
    return [each.get("Id", "") for each in root.iter(*_NAMED)]
