"""The rows of journal and ledger as templates, each element where the guides and the XSD want it.

Source: Yevmiye Defteri Kılavuzu V1.5 section 2.1.1; Büyük Defter Kılavuzu V1.6 section 2.1.1; where an example of a
guide and a Schematron differ (``decimals``, ``measurableQualifier``), the Schematron, which GİB runs, is followed.
"""

from __future__ import annotations

from typing import Final

from ulak.ledger.templates import (
    Element,
    Group,
    Item,
    Value,
    element,
    escaped,
    number,
    odd_of,
    optional,
    quoted,
    short_number,
    text,
)
from ulak.ledger.values import Branch, Company

__all__ = ["CREDIT", "DEBIT", "HEADER_END", "SOURCE", "detail", "journal_header", "ledger_header"]

HEADER_END: Final = "</gl-cor:entryHeader>"
_HEADER: Final = "<gl-cor:entryHeader>"
DEBIT: Final = "coalesce(sum(amount) FILTER (side = 'D'), 0.00)"
CREDIT: Final = "coalesce(sum(amount) FILTER (side = 'C'), 0.00)"
_TRY: Final = "try"
_COUNTABLE: Final = "countable"
_TEXTS: Final = (
    "voucher",
    "entered_by",
    "entry_comment",
    "branch",
    "branch_name",
    "main",
    "main_name",
    "sub",
    "sub_name",
    "currency",
    "rate_source",
    "rate_comment",
    "document_type",
    "document_type_description",
    "document_number",
    "document_reference",
    "payment_method",
    "comment",
)
SOURCE: Final = f"""
    (SELECT *, {odd_of(_TEXTS)} AS odd FROM (
        SELECT l.rowid AS row, l.* REPLACE (
            CASE WHEN l.sub = l.main THEN '' ELSE l.sub END AS sub,
            CASE WHEN l.main_name = '' THEN coalesce(m.name, '') ELSE l.main_name END AS main_name,
            CASE WHEN l.sub_name = '' THEN coalesce(s.name, '') ELSE l.sub_name END AS sub_name,
            CASE WHEN l.document_reference = '' THEN l.voucher ELSE l.document_reference END AS document_reference)
        FROM line l LEFT JOIN account m ON m.code = l.main LEFT JOIN account s ON s.code = l.sub
        WHERE l.entry BETWEEN $first AND $last))"""  # noqa: S608 fixed
"""The lines of a range of entries, with names of accounts from the chart where the line has none; ``row``
counts them in the order of the journal.

A line whose subaccount is the main account itself has none; ``documentReference`` is the voucher's number, as the
journal's Schematron demands, if the source gives no other.
"""


def detail(of: Element) -> tuple[Item, ...]:
    """A line of a book (``entryDetail``), the same in both but for its context."""
    return (
        "<gl-cor:entryDetail>",
        *element(of, "gl-cor:lineNumber", number("line")),
        *element(of, "gl-cor:lineNumberCounter", number("entry"), _COUNTABLE),
        *_account(of),
        *element(of, "gl-cor:amount", number("amount"), _TRY),
        _foreign(of),
        *element(of, "gl-cor:debitCreditCode", text("side")),
        *element(of, "gl-cor:postingDate", number("entry_date")),
        *_document(of),
        optional(of, "gl-bus:paymentMethod", "payment_method"),
        optional(of, "gl-cor:detailComment", "comment"),
        _measurable(of),
        "</gl-cor:entryDetail>",
    )


def _account(of: Element) -> tuple[Item, ...]:
    sub = (
        "<gl-cor:accountSub>",
        *element(of, "gl-cor:accountSubDescription", text("sub_name")),
        *element(of, "gl-cor:accountSubID", text("sub")),
        "</gl-cor:accountSub>",
    )
    return (
        "<gl-cor:account>",
        *element(of, "gl-cor:accountMainID", text("main")),
        *element(of, "gl-cor:accountMainDescription", text("main_name")),
        Group("sub <> ''", sub),
        "</gl-cor:account>",
    )


def _foreign(of: Element) -> Group:
    """What a line of a transaction in foreign currency has besides its amount in TRY (guide sections 2.1.1.10.5 ff.).

    The amount's unit is ``try`` as in the guide's whole example: the Schematron allows no unit with the name of a
    currency other than the book's. A rate is a pure number in XBRL GL, so its unit is ``countable``.
    """
    return Group(
        "currency <> ''",
        (
            of("gl-muc:amountCurrency", "iso4217:TRY"),
            Group("rate_date IS NOT NULL", element(of, "gl-muc:amountOriginalExchangeRateDate", number("rate_date"))),
            Group(
                "original_amount IS NOT NULL",
                element(of, "gl-muc:amountOriginalAmount", short_number("original_amount"), _TRY),
            ),
            of.opened("gl-muc:amountOriginalCurrency") + "iso4217:",
            text("currency"),
            "</gl-muc:amountOriginalCurrency>",
            Group(
                "rate IS NOT NULL", element(of, "gl-muc:amountOriginalExchangeRate", short_number("rate"), _COUNTABLE)
            ),
            optional(of, "gl-muc:amountOriginalExchangeRateSource", "rate_source"),
            optional(of, "gl-muc:amountOriginalExchangeRateComment", "rate_comment"),
        ),
    )


def _document(of: Element) -> tuple[Item, ...]:
    return (
        optional(of, "gl-cor:documentType", "document_type"),
        optional(of, "gl-cor:documentTypeDescription", "document_type_description"),
        optional(of, "gl-cor:documentNumber", "document_number"),
        optional(of, "gl-cor:documentReference", "document_reference"),
        Group("document_date IS NOT NULL", element(of, "gl-cor:documentDate", number("document_date"))),
    )


def _measurable(of: Element) -> Group:
    """How many pieces of what cost: shares of funds only (guide section 2.1.1.10.21), whose other words are fixed."""
    return Group(
        "quantity IS NOT NULL",
        (
            "<gl-bus:measurable>",
            of("gl-bus:measurableCode", "NT"),
            of("gl-bus:measurableCodeDescription", "Maddi Olmayan Kalemler"),
            *element(of, "gl-bus:measurableQuantity", short_number("quantity"), _COUNTABLE),
            of("gl-bus:measurableQualifier", "Fon"),
            of("gl-bus:measurableUnitOfMeasure", "Adet"),
            *element(of, "gl-bus:measurableCostPerUnit", short_number("coalesce(unit_cost, 0)"), _TRY),
            "</gl-bus:measurable>",
        ),
    )


def journal_header(of: Element, company: Company) -> tuple[Item, ...]:
    """The beginning of a journal entry (``entryHeader``), from its first line and its sums."""
    creator = quoted(escaped(company.creator))
    entered_by = Value(f"CASE WHEN entered_by = '' THEN {creator} ELSE {text('entered_by').sql} END")
    return (
        _HEADER,
        *element(of, "gl-cor:enteredBy", entered_by),
        *element(of, "gl-cor:enteredDate", number("entry_date")),
        optional(of, "gl-cor:entryNumber", "voucher"),
        optional(of, "gl-cor:entryComment", "entry_comment"),
        *_batch(of, company.branch),
        *element(of, "gl-bus:totalDebit", number("debit"), _TRY),
        *element(of, "gl-bus:totalCredit", number("credit"), _TRY),
        *element(of, "gl-cor:entryNumberCounter", number("entry"), _COUNTABLE),
    )


def _batch(of: Element, branch: Branch | None) -> tuple[Item, ...]:
    """The branch: of the whole book if it is a branch's, otherwise of the entry if that names one."""
    if branch:
        return (_batch_of(of, branch),)
    return optional(of, "gl-bus:batchID", "branch"), optional(of, "gl-bus:batchDescription", "branch_name")


def _batch_of(of: Element, branch: Branch) -> str:
    return of("gl-bus:batchID", branch.number) + of("gl-bus:batchDescription", branch.name)


def ledger_header(of: Element, branch: Branch | None) -> tuple[Item, ...]:
    """The beginning of an account (``entryHeader``): its balance stands on one side, the other is zero."""
    return (
        _HEADER,
        _batch_of(of, branch) if branch else "",
        *element(of, "gl-bus:totalDebit", _surplus("debit", "credit"), _TRY),
        *element(of, "gl-bus:totalCredit", _surplus("credit", "debit"), _TRY),
    )


def _surplus(side: str, other: str) -> Value:
    return Value(f"CASE WHEN {side} > {other} THEN CAST({side} - {other} AS VARCHAR) ELSE '0' END")
