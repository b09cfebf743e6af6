"""An e-Defter package: what its name says, and what its documents say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.xml import XmlError, parse
from ulak_center.office.problems import refused

__all__ = ["Book", "Name", "book_of", "check_book", "check_pair", "month_before", "name_of", "seal_value"]

_EDEFTER: Final = "{http://www.edefter.gov.tr}"
_XBRLI: Final = "{http://www.xbrl.org/2003/instance}"
_COR: Final = "{http://www.xbrl.org/int/gl/cor/2006-10-25}"
_BUS: Final = "{http://www.xbrl.org/int/gl/bus/2006-10-25}"
_VALUE: Final = "{http://www.w3.org/2000/09/xmldsig#}SignatureValue"
_SEAL: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_NAME: Final = re.compile(
    r"(?P<owner>\d{10,11})-(?P<month>\d{6})-(?P<kind>YB|KB|EB|DR)-(?P<part>\d{6})(?:-(?P<branch>\d{4}))?", re.ASCII
)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ENTITY: Final = f"{_XBRLI}xbrl/{_XBRLI}context/{_XBRLI}entity"
_ENTRIES: Final = f"{_XBRLI}xbrl/{_COR}accountingEntries"
_INFO: Final = f"{_ENTRIES}/{_COR}documentInfo"
_IDENTIFIERS: Final = f"{_ENTRIES}/{_COR}entityInformation/{_BUS}organizationIdentifiers"
_TYPES: Final = {"YB": "journal", "KB": "ledger", "EB": "assets", "DR": "trialbalance"}
_BRANCH: Final = "Şube No"
_OWNER: Final = Text("xbrli:identifier", "xbrli:identifier")
_BRANCH_FIELD: Final = Text("Şube No", "Şube No")
_PERIOD: Final = Text("dönem (periodCoveredStart – periodCoveredEnd)", "the period")
_UNDIVIDED: Final = "000000"
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
        """The file of the book; empty for a report, which has none."""
        return "" if self.kind == "DR" else f"{self._replace(kind=self.kind[0])}.xml"

    @property
    def is_undivided(self) -> bool:
        return self.part == _UNDIVIDED

    def __str__(self) -> str:
        return "-".join(part for part in self if part)


class Book(NamedTuple):
    """A book, berat or report, as far as it is looked at; texts are empty where the document lacks them.

    Attributes:
        kind: the local name of its root.
        unique: ``gl-cor:uniqueID`` of the berat, in the segment.
        label: ``gl-cor:uniqueID`` of the documentInfo, e.g. ``YEV202402000002``.
        megabytes: the size that a berat states.
        value: a berat's copy of the book's signature value; of a book the value itself.
    """

    file: str
    kind: str
    root: etree._Element
    data: bytes
    owner: str
    branch: str
    type: str
    unique: str
    label: str
    start: str
    end: str
    megabytes: str
    value: str


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


def book_of(file: str, data: bytes, wanted: str, max_bytes: int) -> Book:
    """Read a document.

    Raises:
        Refused: ``ledger.not-xml``, ``ledger.root``.
    """
    try:
        root = parse(data, max_bytes=max_bytes)
    except XmlError as error:
        raise refused("ledger.not-xml", file=file, detail=error.text, line=error.line) from None
    if root.tag != f"{_EDEFTER}{wanted}":
        raise refused("ledger.root", file=file, name=str(root.tag)[:200], wanted=wanted)
    segment = f"{_ENTITY}/{_XBRLI}segment"
    return Book(
        file,
        wanted,
        root,
        data,
        _text(root, f"{_ENTITY}/{_XBRLI}identifier"),
        _branch(root),
        _text(root, f"{_INFO}/{_COR}entriesType"),
        _text(root, f"{segment}/{_COR}uniqueID"),
        _text(root, f"{_INFO}/{_COR}uniqueID"),
        _text(root, f"{_INFO}/{_COR}periodCoveredStart"),
        _text(root, f"{_INFO}/{_COR}periodCoveredEnd"),
        _text(root, f"{segment}/{_BUS}measurableQuantity"),
        seal_value(root, own=wanted == "defter"),
    )


def check_book(name: Name, book: Book) -> None:
    """See that a document is the one that its name promises.

    Raises:
        Refused: ``ledger.name``, ``ledger.period``.
    """
    for field, found, wanted in (
        (_OWNER, book.owner, name.owner),
        (Text("gl-cor:entriesType", "gl-cor:entriesType"), book.type, _TYPES[name.kind]),
        (_BRANCH_FIELD, book.branch, name.branch),
    ):
        if found != wanted:
            raise refused("ledger.name", file=book.file, field=field, found=found[:60] or "–", wanted=wanted or "–")
    if not all(_is_day(day, name.month) for day in (book.start, book.end)) or book.end < book.start:
        raise refused("ledger.period", file=book.file, start=book.start[:20], end=book.end[:20], month=name.month)


def check_pair(book: Book, berat: Book) -> None:
    """See that the berat is the book's (Teknik Kılavuz V1.7, 2.3).

    Raises:
        Refused: ``ledger.seal-value``, ``ledger.other-book``.
    """
    if not berat.value or berat.value != book.value:
        raise refused("ledger.seal-value")
    for field, ours, theirs in (
        (Text("gl-cor:uniqueID", "gl-cor:uniqueID"), berat.label, book.label),
        (_PERIOD, f"{berat.start} – {berat.end}", f"{book.start} – {book.end}"),
    ):
        if ours != theirs:
            raise refused("ledger.other-book", field=field, berat=ours[:60], book=theirs[:60])


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


def _text(root: etree._Element, path: str) -> str:
    found = root.find(path)
    return (found.text or "").strip() if found is not None else ""


def _branch(root: etree._Element) -> str:
    return next(_branches(root), "")


def _branches(root: etree._Element) -> Iterator[str]:
    for identifiers in root.iterfind(_IDENTIFIERS):
        if (identifiers.findtext(f"{_BUS}organizationDescription") or "").strip() == _BRANCH:
            yield (identifiers.findtext(f"{_BUS}organizationIdentifier") or "").strip()
