"""The lines of a book that a person looks for, found while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, Final, NamedTuple

from ulak.cli.errors import usage
from ulak.cli.seeking import seekable
from ulak.cli.wire_calling import number_of
from ulak.errors import Text
from ulak.ledger.packages import opened
from ulak.ledger.reading import Entry, Head, Line
from ulak.ledger.reading.entries import entries_in
from ulak.ledger.reading.heads import read_head
from ulak.ledger.reading.streaming import Stream

__all__ = ["Row", "Search", "Told", "document", "search_of", "told_of"]

_MOST: Final = 1_000_000
_NO_AMOUNT: Final = Text("--amount: “{text}” bir tutar değil.", "--amount: “{text}” is no amount.")
_WRITE_AMOUNT: Final = Text("1.234,50 ya da 1234.50 gibi yazın.", "Write it as 1.234,50 or 1234.50.")
_TO_LOWER: Final = str.maketrans("İI", "iı")


class Search(NamedTuple):
    """Which lines are looked for; all conditions hold. Texts are compared without regard to capitals.

    Attributes:
        account: what the account's code begins with.
        limit: how many are shown.
    """

    account: str
    voucher: str
    amount: Decimal | None
    text: str
    limit: int

    @property
    def is_wished(self) -> bool:
        return bool(self.account or self.voucher or self.text) or self.amount is not None

    def fits(self, entry: Entry, line: Line) -> bool:
        """Whether a line is one of them."""
        return (
            (line.sub or line.main).startswith(self.account)
            and (not self.voucher or self.voucher in (entry.number, line.document_reference))
            and (self.amount is None or line.amount == self.amount)
            and (not self.text or any(self.text in _folded(each) for each in _texts(entry, line)))
        )


class Row(NamedTuple):
    entry: Entry
    line: Line


class Told(NamedTuple):
    """What is said of a document: its head, how much it holds, and the lines that were found.

    Attributes:
        other: the sum of lines without a side, as in an inventory.
    """

    head: Head
    entries: int
    lines: int
    debit: Decimal
    credit: Decimal
    other: Decimal
    found: int
    rows: tuple[Row, ...]


def search_of(account: str | None, voucher: str | None, amount: str | None, text: str | None, limit: str) -> Search:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``.
    """
    return Search(
        account or "",
        voucher or "",
        _amount(amount) if amount else None,
        _folded(text or ""),
        number_of(limit, "--limit", least=1, most=_MOST),
    )


@contextmanager
def document(name: str) -> Iterator[BinaryIO]:
    """A document, or the first one in a package."""
    with seekable(name) as file:
        if file.read(2) != b"PK":
            file.seek(0)
            yield file
            return
        file.seek(0)
        with opened(file) as package, package.open(package.names[0]) as source:
            yield source


def told_of(source: BinaryIO, search: Search) -> Told:
    """Read a document once; the head is complete when its lines have been."""
    counted = lines = found = 0
    sums = {"D": Decimal(0), "C": Decimal(0), "": Decimal(0)}
    rows: list[Row] = []
    stream = Stream(source)
    for entry in _entries(stream):
        counted += not entry.is_continued
        lines += len(entry.lines)
        for line in entry.lines:
            sums[line.side] += line.amount or 0
            if search.is_wished and search.fits(entry, line):
                found += 1
                if len(rows) < search.limit:
                    rows.append(Row(entry, line))
    return Told(read_head(stream.root), counted, lines, sums["D"], sums["C"], sums[""], found, tuple(rows))


def _entries(stream: Stream) -> Iterator[Entry]:
    is_continued = False
    for portion in stream:
        yield from entries_in(portion, is_continued=is_continued)
        is_continued = portion.header is not None and not portion.is_last


# -- Values -----------------------------------------------------------------------------------------------------------


def _amount(text: str) -> Decimal:
    plain = text.replace(".", "").replace(",", ".") if "," in text else text
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise usage(_NO_AMOUNT.format(text=text), _WRITE_AMOUNT)
    return value


def _texts(entry: Entry, line: Line) -> tuple[str, ...]:
    return (entry.comment, line.comment, line.main_name, line.sub_name, line.document_number)


def _folded(text: str) -> str:
    return text.translate(_TO_LOWER).lower()
