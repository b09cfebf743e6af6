"""An e-Defter book of any size sealed while it is read: XAdES-BES, -T or -A, enveloped, the last child of the root.

The seal is made in the frame of the book, which is the root's tags with what stands before them, by the very code that
seals small documents; only the digest of the book comes from a stream.

Source: e-Defter Teknik Kılavuzu V1.7, 2.1.3 (BES at least; -T and -A allowed; enveloped) and 2.2 (200 MB).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import SEEK_END
from typing import BinaryIO, Final, NamedTuple

from ulak.errors import Text
from ulak.seal.canonical import canonical_document
from ulak.seal.insertion import open_document
from ulak.seal.keys.port import SealingKey
from ulak.seal.large.descent import Data, Descent, Open
from ulak.seal.large.forms import Cut, Written
from ulak.seal.large.hashed import Hashed
from ulak.seal.large.problems import not_in_pieces, problem
from ulak.seal.levels.adding import Form, add_time_stamp, archive
from ulak.seal.levels.ports import Judge
from ulak.seal.places import PLACES
from ulak.seal.problems import problem as sealing_problem
from ulak.seal.sealing import ROLE, prepared, refuse_unfit
from ulak.seal.trust.stamping import TimeStamper
from ulak.seal.verdicts import Trusted
from ulak.xml import parse

__all__ = ["MAX_BOOK", "Frame", "frame_of", "is_book", "seal_book", "seal_book_here"]

MAX_BOOK: Final = 200 * 1024 * 1024
"""The largest book, sealed (Teknik Kılavuz V1.7, 2.2)."""
_TAIL: Final = 64 * 1024
_BLOCK: Final = 1 << 20
_FRAME: Final = 8 * 1024 * 1024
_CROWDED: Final = Text("defterin başı çok büyük", "the beginning of the book is too large")
_NO_END: Final = Text("dosya kökün bitiş etiketiyle bitmiyor", "the file does not end with the root's end tag")
_NOT_CANONICAL: Final = Text("kökün etiketi kurallı biçimde (C14N) değil", "the root's tag is not in canonical form")


class Frame(NamedTuple):
    """A book without most of its entries.

    Attributes:
        data: the root with what stands before it, the beginning of each large element, and all that stands beside them.
    """

    data: bytes


class _Made(NamedTuple):
    """What is to be written, behind the first ``close`` bytes of the source."""

    close: int
    rest: bytes


def is_book(root: str) -> bool:
    """Whether the seal of documents with this root is the root's own child, as in all of e-Defter.

    >>> is_book("{http://www.edefter.gov.tr}defter"), is_book("{http://earsiv.efatura.gov.tr}eArsivRaporu")
    (True, False)
    """
    return root in PLACES and PLACES[root].holder == (root,)


def seal_book(
    source: BinaryIO,
    target: BinaryIO,
    key: SealingKey,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    stamper: TimeStamper | None = None,
    trust: Judge | None = None,
    form: Form = Form.FULL,
    id: str | None = None,
    role: str = ROLE,
    is_canonical: bool = False,
    max_bytes: int = MAX_BOOK,
) -> int:
    """Seal a book that may be too large to be held; byte for byte what `ulak.seal.sealing.seal` makes of it.

    Args:
        source: UTF-8 XML without comments, CDATA and processing instructions inside the root: ``defter``, ``berat`` or
            ``defterraporu``. Seekable; it is read twice.
        target: takes the sealed book. Nothing is written before the seal is complete.
        key: signs.
        at: the signing time, with zone.
        trusted: what is known of the key's certificate at that time.
        stamper: gets time stamps; with it the seal is XAdES-T.
        trust: judges the certificates of the sealer and of the time-stamp authority; with both the seal is XAdES-A.
        form: which properties XAdES-A is built of.
        id: what the Ids of the signature end with; by default one made from the book's digest.
        is_canonical: the bytes behind the root's start tag are known to be canonical XML, since Ulak wrote them: they
            are digested as they stand, which takes a tenth of the time.
        max_bytes: the largest sealed book.

    Returns:
        bytes written.

    Raises:
        LargeError: ``large.*``.
        SealingError: ``seal.*``.
        LevelFailure: ``level.*``, ``timestamp.*``.
        SealError: ``key.*`` from the key; ``timestamp.*`` from the stamper, ``permanent`` False where later helps.
        XmlError: the book is not XML, or not UTF-8.
    """
    made = _made(source, key, at, trusted, stamper, trust, form, id, role, is_canonical, max_bytes)
    source.seek(0)
    for block in _first(source, made.close):
        target.write(block)
    target.write(made.rest)
    return made.close + len(made.rest)


def seal_book_here(
    file: BinaryIO,
    key: SealingKey,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    stamper: TimeStamper | None = None,
    trust: Judge | None = None,
    form: Form = Form.FULL,
    id: str | None = None,
    role: str = ROLE,
    is_canonical: bool = False,
    max_bytes: int = MAX_BOOK,
) -> int:
    """Do what `seal_book` does, in the file itself: only its last bytes are written anew.

    Takes and raises what `seal_book` does. Whoever stops it in the middle of its last write leaves a file that has
    no end, and that nobody takes for a sealed book.

    Args:
        file: open for reading and writing.
    """
    made = _made(file, key, at, trusted, stamper, trust, form, id, role, is_canonical, max_bytes)
    file.seek(made.close)
    file.write(made.rest)
    file.truncate()
    return made.close + len(made.rest)


def _made(
    source: BinaryIO,
    key: SealingKey,
    at: datetime,
    trusted: Trusted | None,
    stamper: TimeStamper | None,
    trust: Judge | None,
    form: Form,
    id: str | None,
    role: str,
    is_canonical: bool,
    max_bytes: int,
) -> _Made:
    tax_id = refuse_unfit(key.certificate, at, trusted)
    size = _size(source, max_bytes)
    descent = Descent(source)
    if not is_book(descent.name):
        raise not_in_pieces(_NO_END)
    closing = descent.opening.closing
    close, behind = _end(source, size, closing)
    _refuse_sealed(source, close)
    whole = _written(source, descent, close) if is_canonical else Cut(descent)
    frame = descent.prolog + descent.opening.tag + closing
    opened = open_document(frame, tax_id, id, len(frame) + 1)
    digest = whole.hashed(key.certificate.algorithm.digest).digest()
    unsigned = prepared(opened, key.certificate, digest, at=at, role=role)
    sealed = _raised(unsigned.with_value(key.sign(unsigned.digest)), whole, at, stamper, trust, form)
    rest = sealed[len(opened.before) :] + behind
    if close + len(rest) > max_bytes:
        raise problem("large.book-too-large", limit=max_bytes)
    return _Made(close, rest)


def _raised(
    sealed: bytes, whole: Hashed, at: datetime, stamper: TimeStamper | None, trust: Judge | None, form: Form
) -> bytes:
    """The sealed frame with the level that is wished for."""
    if stamper is None:
        return sealed
    if trust is None:
        return add_time_stamp(sealed, stamper, whole=whole)
    return archive(sealed, stamper=stamper, trust=trust, at=at, form=form, whole=whole)


def _size(source: BinaryIO, max_bytes: int) -> int:
    """Bytes of a file; raises LargeError ``large.book-too-large``."""
    if (size := source.seek(0, SEEK_END)) > max_bytes:
        raise problem("large.book-too-large", limit=max_bytes)
    return size


def _end(source: BinaryIO, size: int, closing: bytes) -> tuple[int, bytes]:
    """Where the root's end tag begins, and what stands behind it."""
    start = max(0, size - _TAIL)
    source.seek(start)
    tail = source.read()
    at = tail.rfind(b"</")
    if at < 0 or not tail.startswith(closing, at) or tail[at + len(closing) :].strip():
        raise not_in_pieces(_NO_END)
    return start + at, tail[at + len(closing) :]


def _refuse_sealed(source: BinaryIO, close: int) -> None:
    """Refuse, before a large book is read, one that has its seal already."""
    start = max(0, close - _TAIL)
    source.seek(start)
    if source.read(close - start).rstrip().endswith(b"Signature>"):
        raise sealing_problem("seal.already-sealed", where="/ds:Signature")


def _written(source: BinaryIO, descent: Descent, close: int) -> Written:
    """The book as its bytes have it, once its root's tag was seen to be canonical."""
    tag, closing = descent.opening.tag, descent.opening.closing
    frame = descent.prolog + tag + closing
    head = canonical_document(parse(frame, max_bytes=len(frame)), len(frame))[: -len(closing)]
    if not head.endswith(tag):
        raise not_in_pieces(_NOT_CANONICAL)
    return Written(source, head, len(descent.prolog) + len(tag), close, closing)


def _first(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (block := source.read(min(size, _BLOCK))):
        size -= len(block)
        yield block


def frame_of(descent: Descent) -> Frame:
    """A book without most of its entries: a document of its own that tells who owns and who sealed it.

    Raises:
        LargeError: ``large.not-in-pieces``.
        XmlError: ``xml.*``.
    """
    parts = [descent.prolog]
    depth, size, is_first = 0, 0, True
    for part in descent:
        if isinstance(part, Data):
            if depth == 1 or is_first:
                parts.append(part.data)
                size += len(part.data)
            is_first = False
        else:
            depth += 1 if isinstance(part, Open) else -1
            is_first = isinstance(part, Open)
            parts.append(part.tag)
        if size > _FRAME:
            raise not_in_pieces(_CROWDED)
    return Frame(b"".join(parts))
