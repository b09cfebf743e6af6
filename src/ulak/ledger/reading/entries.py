"""The entries of a book, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from ulak.ledger.reading.streaming import Node, Portion
from ulak.ledger.reading.tags import BUS, COR, DETAIL, HEADER, MUC

__all__ = ["Entry", "Line", "entries_in", "line_of_book"]

_SIDES: Final = {"D": "D", "debit": "D", "C": "C", "credit": "C"}
_LONGEST_NUMBER: Final = 40


class Line(NamedTuple):
    """An ``entryDetail``: stripped texts, empty where they are missing.

    Attributes:
        number: ``lineNumber``; ``counter``: ``lineNumberCounter``, the number of the journal entry.
        amount: None if there is none that is a decimal number; in TRY.
        side: ``D``, ``C`` or empty.
        original_amount: in ``currency``, where the line is in foreign money.
        quantity: of a measurable, as text.
        apply_to: ``documentApplyToNumber``: how many lines a sum of a report is over.
        include: ``xbrlInclude``: what a sum of a report or berat is.
        source_line: line in the file; None if unknown.
    """

    number: str
    counter: str
    main: str
    main_name: str
    sub: str
    sub_name: str
    amount: Decimal | None
    side: str
    posted: str
    document_type: str
    document_type_description: str
    document_number: str
    document_reference: str
    document_date: str
    payment_method: str
    comment: str
    currency: str
    original_amount: Decimal | None
    rate: str
    rate_date: str
    quantity: str
    apply_to: str
    include: str
    source_line: int | None


class Entry(NamedTuple):
    """An ``entryHeader``: an entry of a journal, an account of a general ledger, a group of a report.

    Attributes:
        number: ``entryNumber``, the voucher's; ``counter``: ``entryNumberCounter``, the journal entry's.
        debit, credit: totals as stated; None if not stated as a decimal number.
        is_continued: whether these are further lines of the entry that was given before, which is too large for one.
    """

    number: str
    counter: str
    entered_by: str
    entered: str
    comment: str
    qualifier: str
    debit: Decimal | None
    credit: Decimal | None
    lines: tuple[Line, ...]
    is_continued: bool


def entries_in(portion: Portion, *, is_continued: bool = False) -> Iterator[Entry]:
    """The entries of a portion; ``is_continued`` if an earlier portion had lines of the same header."""
    if portion.header is not None:
        yield _entry(portion.header, portion.nodes, is_continued=is_continued)
        return
    for node in portion.nodes:
        if node.tag == HEADER:
            yield _entry(node, list(node.iterchildren(DETAIL)), is_continued=False)


def _entry(header: Node, details: list[Node], *, is_continued: bool) -> Entry:
    said = _texts(header)
    return Entry(
        number=said.get(_ENTRY_NUMBER, ""),
        counter=said.get(_ENTRY_COUNTER, ""),
        entered_by=said.get(_ENTERED_BY, ""),
        entered=said.get(_ENTERED, ""),
        comment=said.get(_ENTRY_COMMENT, ""),
        qualifier=said.get(_QUALIFIER, ""),
        debit=_decimal(said.get(_DEBIT)),
        credit=_decimal(said.get(_CREDIT)),
        lines=tuple(line_of_book(detail) for detail in details if detail.tag == DETAIL),
        is_continued=is_continued,
    )


_ENTRY_NUMBER: Final = f"{COR}entryNumber"
_ENTRY_COUNTER: Final = f"{COR}entryNumberCounter"
_ENTERED_BY: Final = f"{COR}enteredBy"
_ENTERED: Final = f"{COR}enteredDate"
_ENTRY_COMMENT: Final = f"{COR}entryComment"
_QUALIFIER: Final = f"{COR}qualifierEntry"
_DEBIT: Final = f"{BUS}totalDebit"
_CREDIT: Final = f"{BUS}totalCredit"
_ACCOUNT: Final = f"{COR}account"
_SUB: Final = f"{COR}accountSub"
_GROUPS: Final = (_ACCOUNT, _SUB, f"{MUC}multicurrencyDetail", f"{BUS}measurable", f"{COR}xbrlInfo")


def line_of_book(detail: Node) -> Line:
    """What an ``entryDetail`` says."""
    said = _texts(detail)

    def told(name: str, of: str = COR) -> str:
        return said.get(of + name, "")

    return Line(
        number=told("lineNumber"),
        counter=told("lineNumberCounter"),
        main=told("accountMainID"),
        main_name=told("accountMainDescription"),
        sub=told("accountSubID"),
        sub_name=told("accountSubDescription"),
        amount=_decimal(said.get(f"{COR}amount")),
        side=_SIDES.get(told("debitCreditCode"), ""),
        posted=told("postingDate"),
        document_type=told("documentType"),
        document_type_description=told("documentTypeDescription"),
        document_number=told("documentNumber"),
        document_reference=told("documentReference"),
        document_date=told("documentDate"),
        payment_method=told("paymentMethod", BUS),
        comment=told("detailComment"),
        currency=told("amountOriginalCurrency", MUC),
        original_amount=_decimal(said.get(f"{MUC}amountOriginalAmount")),
        rate=told("amountOriginalExchangeRate", MUC),
        rate_date=told("amountOriginalExchangeRateDate", MUC),
        quantity=told("measurableQuantity", BUS),
        apply_to=told("documentApplyToNumber"),
        include=told("xbrlInclude"),
        source_line=detail.sourceline if isinstance(detail.sourceline, int) else None,
    )


def _texts(node: Node, into: dict[str, str] | None = None) -> dict[str, str]:
    """Name → text of the leaves of an element and of the groups in it; of two alike the first."""
    found: dict[str, str] = {} if into is None else into
    for child in node.iterchildren("*"):
        tag = str(child.tag)
        if tag in _GROUPS:
            _texts(child, found)
        elif tag not in found and tag != DETAIL:
            found[tag] = (child.text or "").strip()
    return found


def _decimal(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text) if text and len(text) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
