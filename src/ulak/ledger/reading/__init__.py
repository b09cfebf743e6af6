"""Books, berats and ledger reports read, of any size and of any year, in memory that has bounds.

>>> from io import BytesIO
>>> made = b'<edefter:defter xmlns:edefter="http://www.edefter.gov.tr"/>'
>>> head_of(BytesIO(made)).is_sealed, list(entries(BytesIO(made)))
(False, [])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import BinaryIO, NamedTuple, TypeVar

from ulak.ledger.reading.entries import Entry, Line, entries_in
from ulak.ledger.reading.heads import Head, read_head
from ulak.ledger.reading.problems import PROBLEMS, BookError
from ulak.ledger.reading.streaming import LARGEST_FILE, Stream

__all__ = [
    "LARGEST_FILE",
    "PROBLEMS",
    "BookError",
    "Entry",
    "Head",
    "Line",
    "Summary",
    "entries",
    "head_of",
    "read",
    "read_through",
    "summary",
]

T = TypeVar("T")


class Summary(NamedTuple):
    """A book, and what its entries come to.

    Attributes:
        size: bytes of the file.
        entries, lines: how many there are.
        debit, credit: sums of the lines' amounts by side, in TRY.
        first, last: ``entryNumberCounter`` of the first and last entry of a journal, as they stand there.
    """

    head: Head
    size: int
    entries: int
    lines: int
    debit: Decimal
    credit: Decimal
    first: str
    last: str


def head_of(source: BinaryIO, *, to_end: bool = True, max_bytes: int = LARGEST_FILE) -> Head:
    """What a book, berat or report says of itself.

    Args:
        source: gives its bytes, read once from where it stands.
        to_end: False to stop at the first entry; the seal is not known then.
        max_bytes: of the whole file.

    Raises:
        XmlError: ``xml.*``.
        BookError: ``book.root``, ``book.too-large``, ``book.deep``.
    """
    stream = Stream(source, max_bytes=max_bytes)
    for _ in stream:
        if not to_end:
            break
    return read_head(stream.root)


def entries(source: BinaryIO, *, max_bytes: int = LARGEST_FILE) -> Iterator[Entry]:
    """The entries of a book, in order; raises like `head_of`, while it is iterated.

    An entry with thousands of lines, as an account of a general ledger, comes in several, all but the first of which
    are `Entry.is_continued`.
    """
    return _entries(Stream(source, max_bytes=max_bytes))


def read(source: BinaryIO, *, max_bytes: int = LARGEST_FILE) -> tuple[Head, Iterator[Entry]]:
    """The head, as far as it stands before the entries, and the entries; raises like `head_of`."""
    stream = Stream(source, max_bytes=max_bytes)
    found = _entries(stream)
    first = next(found, None)
    return read_head(stream.root), _again(first, found)


def read_through(
    source: BinaryIO, take: Callable[[Iterator[Entry]], T], *, max_bytes: int = LARGEST_FILE
) -> tuple[Head, T]:
    """Read a document once, from end to end: its head with its seal, and what ``take`` makes of all entries.

    Raises like `head_of`.
    """
    stream = Stream(source, max_bytes=max_bytes)
    taken = take(_entries(stream))
    return read_head(stream.root), taken


def summary(source: BinaryIO, *, max_bytes: int = LARGEST_FILE) -> Summary:
    """A book read from end to end; raises like `head_of`."""
    stream = Stream(source, max_bytes=max_bytes)
    count = lines = 0
    sums = {"D": Decimal(0), "C": Decimal(0), "": Decimal(0)}
    first = last = ""
    for entry in _entries(stream):
        if not entry.is_continued:
            first, last = (first if count else entry.counter), entry.counter
            count += 1
        lines += len(entry.lines)
        for line in entry.lines:
            sums[line.side] += line.amount or 0
    return Summary(read_head(stream.root), stream.size, count, lines, sums["D"], sums["C"], first, last)


def _entries(stream: Stream) -> Iterator[Entry]:
    is_continued = False
    for portion in stream:
        yield from entries_in(portion, is_continued=is_continued)
        is_continued = portion.header is not None and not portion.is_last


def _again(first: Entry | None, others: Iterator[Entry]) -> Iterator[Entry]:
    if first is not None:
        yield first
        yield from others
