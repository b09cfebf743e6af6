"""An e-Defter package: what its name says, and what its documents, however large, say of themselves."""

from __future__ import annotations

import re
from datetime import date
from io import SEEK_END
from typing import BinaryIO, Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.ledger.berats import Counted, counted_in
from ulak.ledger.reading import BookError, Head, read_through
from ulak.xml import XmlError
from ulak_center.office.problems import refused

__all__ = ["Book", "Name", "book_of", "check_book", "check_pair", "month_before", "name_of", "seal_value"]

_VALUE: Final = "{http://www.w3.org/2000/09/xmldsig#}SignatureValue"
_SEAL: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_NAME: Final = re.compile(
    r"(?P<owner>\d{10,11})-(?P<month>\d{6})-(?P<kind>YB|KB|EB|DR)-(?P<part>\d{6})(?:-(?P<branch>\d{4}))?", re.ASCII
)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TYPES: Final = {"YB": "journal", "KB": "ledger", "EB": "assets", "DR": "trialbalance"}
_OWNER: Final = Text("xbrli:identifier", "xbrli:identifier")
_BRANCH_FIELD: Final = Text("Şube No", "Şube No")
_PERIOD: Final = Text("dönem (periodCoveredStart – periodCoveredEnd)", "the period")
_UNDIVIDED: Final = "000000"
_LEDGERS_STAY_SINCE: Final = "202501"
MEGABYTE: Final = 1024 * 1024


class Name(NamedTuple):
    """What a package is called (Teknik Kılavuz V1.7, 2.4.1 and 2.7.1).

    Attributes:
        month: ``YYYYMM``.
        kind: ``YB``, ``KB``, ``EB`` or ``DR``.
        part: six digits; ``000000`` for an undivided book.
        branch: four digits; empty if there is none.
    """

    owner: str
    month: str
    kind: str
    part: str
    branch: str

    @property
    def berat(self) -> str:
        """The file of the berat, or of the report."""
        return f"{self}.xml"

    @property
    def book(self) -> str:
        """The file of the book in the package; empty for a report, which has none.

        Since January 2025 the general ledger is not uploaded (Uygulama Kılavuzu V1.12, C and steps 9–10).
        """
        is_alone = self.kind == "KB" and self.month >= _LEDGERS_STAY_SINCE
        return "" if self.kind == "DR" or is_alone else f"{self._replace(kind=self.kind[0])}.xml"

    @property
    def files(self) -> dict[str, str]:
        """The documents of the package: file → the name of its root; the berat first, as GİB judges it first."""
        found = {self.berat: "defterraporu" if self.kind == "DR" else "berat"}
        return {**found, self.book: "defter"} if self.book else found

    @property
    def is_undivided(self) -> bool:
        return self.part == _UNDIVIDED

    def __str__(self) -> str:
        return "-".join(part for part in self if part)


class Book(NamedTuple):
    """A book, berat or report, as far as it is looked at.

    Attributes:
        root: the local name of its root.
        source: its bytes; positioned anywhere.
        size: how many these are.
        counted: its entries, and the sums of some accounts: of a book those of all its lines, of a berat or report
            those that it tells.
    """

    file: str
    root: str
    source: BinaryIO
    size: int
    head: Head
    counted: Counted


def name_of(package: str) -> Name | None:
    """Read a package's id.

    >>> name_of("9999999999-202402-YB-000000-0001").book
    '9999999999-202402-Y-000000-0001.xml'
    >>> name_of("9999999999-202402-DR-000001") is None
    True
    """
    found = _NAME.fullmatch(package)
    if found is None or (found["kind"] == "DR" and found["part"] != _UNDIVIDED):
        return None
    return Name(found["owner"], found["month"], found["kind"], found["part"], found["branch"] or "")


def book_of(file: str, source: BinaryIO, wanted: str, max_bytes: int) -> Book:
    """Read a document from its beginning to its end, entry by entry.

    Raises:
        Refused: ``ledger.not-xml``, ``ledger.root``.
    """
    try:
        head, counted = read_through(source, counted_in, max_bytes=max_bytes)
    except XmlError as error:
        raise refused("ledger.not-xml", file=file, detail=error.text, line=error.line) from None
    except BookError as error:
        if error.code == "book.root":
            raise refused("ledger.root", file=file, name=error.where, wanted=wanted) from None
        raise refused("ledger.not-xml", file=file, detail=error.text) from None
    if head.root != wanted:
        raise refused("ledger.root", file=file, name=head.root, wanted=wanted)
    return Book(file, wanted, source, source.seek(0, SEEK_END), head, counted)


def check_book(name: Name, book: Book) -> None:
    """See that a document is the one that its name promises.

    Raises:
        Refused: ``ledger.name``, ``ledger.period``.
    """
    head = book.head
    for field, found, wanted in (
        (_OWNER, head.tax_id, name.owner),
        (Text("gl-cor:entriesType", "gl-cor:entriesType"), head.entries_type, _TYPES[name.kind]),
        (_BRANCH_FIELD, head.branch, name.branch),
    ):
        if found != wanted:
            raise refused("ledger.name", file=book.file, field=field, found=found[:60] or "–", wanted=wanted or "–")
    if not all(_is_day(day, name.month) for day in (head.start, head.end)) or head.end < head.start:
        raise refused("ledger.period", file=book.file, start=head.start[:20], end=head.end[:20], month=name.month)


def check_pair(book: Book, berat: Book) -> None:
    """See that the berat is the book's (Teknik Kılavuz V1.7, 2.3).

    Raises:
        Refused: ``ledger.seal-value``, ``ledger.other-book``.
    """
    ours, theirs = berat.head, book.head
    if not ours.signature_value or ours.signature_value != theirs.signature_value:
        raise refused("ledger.seal-value")
    for field, one, other in (
        (Text("gl-cor:uniqueID", "gl-cor:uniqueID"), ours.label, theirs.label),
        (_PERIOD, f"{ours.start} – {ours.end}", f"{theirs.start} – {theirs.end}"),
    ):
        if one != other:
            raise refused("ledger.other-book", field=field, berat=one[:60], book=other[:60])


def seal_value(root: etree._Element, *, own: bool) -> str:
    """The signature value of the document's own seal, or the one that a berat carries; without white space."""
    parent = next(root.iterchildren(_SEAL), None) if own else root
    found = next(parent.iterchildren(_VALUE), None) if parent is not None else None
    return "".join((found.text or "").split()) if found is not None else ""


def month_before(month: str) -> str:
    """The month before one.

    >>> month_before("202501")
    '202412'
    """
    years, months = divmod(int(month[:4]) * 12 + int(month[4:]) - 2, 12)
    return f"{years:04}{months + 1:02}"


def _is_day(text: str, month: str) -> bool:
    if not _DATE.fullmatch(text) or text.replace("-", "")[:6] != month:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
