"""Sheets of the documents of UBL-TR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ulak.render.kinds import Kind, Source, kind_of, root_of
from ulak.render.labels import LabelLanguage
from ulak.render.qr_payload import karekod
from ulak.render.sheets.archive import confirmed, internet_sale, is_internet_sale, returned_sale, sending, signature
from ulak.render.sheets.facts import dated, head, invoice_facts, payments, said, shipment_facts
from ulak.render.sheets.lines import despatch_row, invoice_row, receipt_row
from ulak.render.sheets.native import native_sheet
from ulak.render.sheets.parties import address_of, side
from ulak.render.sheets.reading import Node, decimal_in, each, moment_in, one, text, texts
from ulak.render.sheets.sums import currency_of, exemptions, totals
from ulak.render.sheets.tables import table
from ulak.render.sheets.values import Fact, Sheet, Side
from ulak.render.sheets.wording import Wording
from ulak.render.words import in_words
from ulak.ubl.names import clark

__all__ = ["sheet_of"]

Columns = Sequence[str] | None
_ARCHIVE: Final = "EARSIVFATURA"
_REPORTED: Final = "EARSIV"
"""How the profiles begin of documents that e-Arşiv Kılavuzu V1.18, 6 and 7 speak of."""
_NATIVE: Final = clark("earsiv:eArsivVeri")
_TITLES: Final[dict[Kind, str]] = {
    "invoice": "title_invoice",
    "despatch": "title_despatch",
    "receipt": "title_receipt",
    "answer": "title_answer",
    "freelance": "title_freelance",
    "producer": "title_producer",
    "expense": "title_expense",
}


def sheet_of(document: Source, language: LabelLanguage = "tr", columns: Columns = None) -> Sheet:
    """The document laid out for a person.

    Args:
        document: its bytes, or its root element.
        language: of labels, codes and the amount in words.
        columns: which of a design's columns (`ulak.render.COLUMNS`) the table has, if they say something; None means
            all. Columns that no design can leave out (what an export must say, what was rejected …) come besides.

    Raises:
        UlakError: ``xml.*`` and ``render.kind``; a faulty document of a known kind is shown as far as it goes.
    """
    root = root_of(document)
    words, kind = Wording(language), kind_of(root)
    return native_sheet(words, root) if root.tag == _NATIVE else _MAKERS[kind](words, root, columns)


def _base(words: Wording, root: Node, kind: Kind) -> Sheet:
    return Sheet(
        kind=kind,
        language=words.language,
        title=words.label(_TITLES[kind]),
        number=text(root, "cbc:ID"),
        issued=moment_in(text(root, "cbc:IssueDate"), text(root, "cbc:IssueTime")),
        ettn=text(root, "cbc:UUID"),
        notes=texts(root, "cbc:Note"),
        karekod=karekod(root),
        is_reported=text(root, "cbc:ProfileID").startswith(_REPORTED),
    )


def _sides(*found: Side | None) -> tuple[Side, ...]:
    return tuple(side for side in found if side)


def _invoice(words: Wording, root: Node, columns: Columns) -> Sheet:
    seller, buyer = (
        one(root, "cac:AccountingSupplierParty/cac:Party"),
        one(root, "cac:AccountingCustomerParty/cac:Party"),
    )
    shown = table(words, [invoice_row(words, line) for line in each(root, "cac:InvoiceLine")], columns)
    sheet = _base(words, root, "invoice")
    is_archive = text(root, "cbc:ProfileID") == _ARCHIVE
    return sheet._replace(
        title=words.label("title_archive") if is_archive else sheet.title,
        marks=tuple(_invoice_marks(words, root, is_archive)),
        sides=_sides(
            side(words, "seller", seller),
            side(words, "buyer", buyer),
            side(words, _final_buyer(root), one(root, "cac:BuyerCustomerParty/cac:Party")),
            side(words, "tax_representative", one(root, "cac:TaxRepresentativeParty")),
            *_carriers(words, root),
        ),
        facts=(
            *head(words, root, "invoice_number", "cbc:InvoiceTypeCode", "invoice_types"),
            *sending(words, root),
            *invoice_facts(words, root, is_internet=is_internet_sale(root)),
        ),
        columns=shown.columns,
        rows=shown.rows,
        totals=totals(words, root),
        words=_in_words(words, root),
        notes=(*exemptions(words, root), *sheet.notes),
        payments=() if is_internet_sale(root) else tuple(payments(words, root)),
        blocks=internet_sale(words, root),
    )


def _carriers(words: Wording, root: Node) -> tuple[Side | None, ...]:
    """Who carries what was sold over the internet."""
    found = one(root, "cac:Delivery/cac:CarrierParty") if is_internet_sale(root) else None
    return (side(words, "carrier", found),)


def _invoice_marks(words: Wording, root: Node, is_archive: bool) -> Iterator[str]:
    if is_archive:
        yield words.label("made_electronically")
    kinds = {text(found) for found in each(root, "cac:AdditionalDocumentReference/cbc:DocumentTypeCode")}
    if is_archive and not each(root, "cac:DespatchDocumentReference") and "IRSALIYE" in kinds:
        yield words.label("replaces_despatch")


def _final_buyer(root: Node) -> str:
    profile = text(root, "cbc:ProfileID")
    return {"IHRACAT": "foreign_buyer", "YOLCUBERABERFATURA": "traveller"}.get(profile, "final_buyer")


def _in_words(words: Wording, root: Node) -> str:
    payable = decimal_in(text(root, "cac:LegalMonetaryTotal/cbc:PayableAmount"))
    if payable is None:
        return ""
    return in_words(payable, currency_of(root), "en" if words.language == "en" else "tr")


def _freelance(words: Wording, root: Node, columns: Columns) -> Sheet:
    sheet = _invoice(words, root, columns)
    seller, buyer = (
        one(root, "cac:AccountingSupplierParty/cac:Party"),
        one(root, "cac:AccountingCustomerParty/cac:Party"),
    )
    return sheet._replace(
        kind="freelance",
        title=words.label("title_freelance"),
        sides=_sides(side(words, "freelancer", seller), side(words, "customer", buyer)),
        facts=(
            *head(words, root, "receipt_number", "cbc:InvoiceTypeCode", "invoice_types"),
            *sending(words, root),
            *invoice_facts(words, root),
        ),
        totals=totals(words, root, "gross_total"),
    )


def _expense(words: Wording, root: Node, columns: Columns) -> Sheet:
    return _producer(words, root, columns)._replace(
        kind="expense",
        title=words.label("title_expense"),
        sides=_sides(
            side(words, "issuer", one(root, "cac:AccountingSupplierParty/cac:Party")),
            side(words, "giver", one(root, "cac:AccountingCustomerParty/cac:Party")),
            side(words, "carrier", one(root, "cac:Delivery/cac:DeliveryParty")),
        ),
        facts=(
            *head(words, root, "expense_number", "cbc:CreditNoteTypeCode", "credit_note_types"),
            *sending(words, root),
            *returned_sale(words, root),
            *confirmed(words, root),
        ),
        blocks=signature(words, root, "giver_signature"),
    )


def _producer(words: Wording, root: Node, columns: Columns) -> Sheet:
    lines = [invoice_row(words, line, "cbc:CreditedQuantity") for line in each(root, "cac:CreditNoteLine")]
    shown = table(words, lines, columns)
    sheet = _base(words, root, "producer")
    return sheet._replace(
        sides=_sides(
            side(words, "buyer", one(root, "cac:AccountingSupplierParty/cac:Party")),
            side(words, "producer", one(root, "cac:AccountingCustomerParty/cac:Party")),
        ),
        facts=(
            *head(words, root, "receipt_number", "cbc:CreditNoteTypeCode", "credit_note_types"),
            *sending(words, root),
            *said(words, "delivery_date", words.day(text(root, "cac:Delivery/cbc:ActualDeliveryDate"))),
            *confirmed(words, root),
        ),
        columns=shown.columns,
        rows=shown.rows,
        totals=totals(words, root),
        words=_in_words(words, root),
        notes=(*exemptions(words, root), *sheet.notes),
        payments=tuple(payments(words, root)),
        blocks=signature(words, root, "producer_signature"),
    )


def _despatch(words: Wording, root: Node, columns: Columns) -> Sheet:
    shown = table(words, [despatch_row(words, line) for line in each(root, "cac:DespatchLine")], columns)
    return _base(words, root, "despatch")._replace(
        sides=_sides(
            side(words, "despatch_supplier", one(root, "cac:DespatchSupplierParty/cac:Party")),
            side(words, "despatch_receiver", one(root, "cac:DeliveryCustomerParty/cac:Party")),
            side(words, "buyer", one(root, "cac:BuyerCustomerParty/cac:Party")),
            side(words, "seller_supplier", one(root, "cac:SellerSupplierParty/cac:Party")),
            side(words, "carrier", one(root, "cac:Shipment/cac:Delivery/cac:CarrierParty")),
            _place(words, root),
        ),
        facts=(
            *head(words, root, "despatch_number", "cbc:DespatchAdviceTypeCode", "despatch_types"),
            *shipment_facts(words, root),
        ),
        columns=shown.columns,
        rows=shown.rows,
    )


def _place(words: Wording, root: Node) -> Side | None:
    lines = address_of(one(root, "cac:Shipment/cac:Delivery/cac:DeliveryAddress"))
    return Side(words.label("delivery_address"), "", lines) if lines else None


def _receipt(words: Wording, root: Node, columns: Columns) -> Sheet:
    shown = table(words, [receipt_row(words, line) for line in each(root, "cac:ReceiptLine")], columns)
    return _base(words, root, "receipt")._replace(
        sides=_sides(
            side(words, "despatch_receiver", one(root, "cac:DeliveryCustomerParty/cac:Party")),
            side(words, "despatch_supplier", one(root, "cac:DespatchSupplierParty/cac:Party")),
            side(words, "buyer", one(root, "cac:BuyerCustomerParty/cac:Party")),
            side(words, "seller_supplier", one(root, "cac:SellerSupplierParty/cac:Party")),
        ),
        facts=(
            *head(words, root, "answer_number", "cbc:ReceiptAdviceTypeCode", "receipt_types"),
            *said(words, "despatch", dated(words, one(root, "cac:DespatchDocumentReference"))),
            *shipment_facts(words, root),
        ),
        columns=shown.columns,
        rows=shown.rows,
    )


def _answer(words: Wording, root: Node, columns: Columns) -> Sheet:
    sheet = _base(words, root, "answer")
    responses = each(root, "cac:DocumentResponse")
    return sheet._replace(
        sides=_sides(
            side(words, "answer_sender", one(root, "cac:SenderParty")),
            side(words, "answer_receiver", one(root, "cac:ReceiverParty")),
        ),
        facts=(
            *said(words, "scenario", text(root, "cbc:ProfileID")),
            *said(words, "answer_number", text(root, "cbc:ID")),
            *said(words, "date", words.day(text(root, "cbc:IssueDate"))),
            *said(words, "time", text(root, "cbc:IssueTime")[:5]),
            *(fact for response in responses for fact in _answered(words, response)),
        ),
        notes=(*(reason for response in responses for reason in _reasons(words, response)), *sheet.notes),
    )


def _answered(words: Wording, response: Node) -> Iterator[Fact]:
    code = text(response, "cac:Response/cbc:ResponseCode")
    label = _ANSWERS.get(code)
    yield from said(words, "answer", words.label(label) if label else words.code("response_codes", code))
    yield from said(words, "answered_document", dated(words, one(response, "cac:DocumentReference")))


def _reasons(words: Wording, response: Node) -> Iterator[str]:
    lines = (
        *texts(response, "cac:Response/cbc:Description"),
        *texts(response, "cac:LineResponse/cac:Response/cbc:Description"),
    )
    yield from (f"{words.label('reason')}: {line}" for line in dict.fromkeys(lines))


_ANSWERS: Final = {"KABUL": "answer_accepted", "RED": "answer_rejected", "IADE": "answer_returned"}
_MAKERS: Final[dict[Kind, Callable[[Wording, Node, Columns], Sheet]]] = {
    "invoice": _invoice,
    "despatch": _despatch,
    "receipt": _receipt,
    "answer": _answer,
    "freelance": _freelance,
    "producer": _producer,
    "expense": _expense,
}
