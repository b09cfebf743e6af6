"""What differs between the stylesheets of the kinds of documents, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

__all__ = ["DESPATCHED", "FORMS", "HEADINGS", "RECEIVED", "Form"]


class Form(NamedTuple):
    """What differs between kinds.

    Attributes:
        title: the label that is the heading.
        body, parts: names of the parts in ``xslt/``: of the page, and of the templates beside it.
        issuer: path of the party at the top left.
        flags: blocks of the parts that stay for this kind.
        never: columns that it does not have, whatever the design says.
        deducts: taxes that are taken off besides those that always are.
        values: of the marks in the parts.
    """

    title: str
    body: tuple[str, ...]
    parts: tuple[str, ...]
    issuer: str
    flags: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()
    deducts: tuple[str, ...] = ()
    values: Mapping[str, str] = {}


_SALE_BODY: Final = ("head", "invoice-body", "foot")
_SALES: Final = ("invoice",)
_LINES: Final = "cac:InvoiceLine"
RECEIVED: Final = {
    "ReceivedQuantity": "received",
    "RejectedQuantity": "rejected",
    "ShortQuantity": "short",
    "OversupplyQuantity": "oversupply",
}
DESPATCHED: Final = {"DeliveredQuantity": "quantity", "OutstandingQuantity": "backordered"}
FORMS: Final[dict[str, Form]] = {
    "invoice": Form(
        "title_invoice",
        _SALE_BODY,
        _SALES,
        "cac:AccountingSupplierParty/cac:Party",
        ("archive", "sale", "internet"),
        values={"line": _LINES, "type_code": "cbc:InvoiceTypeCode", "item": "item"},
    ),
    "freelance": Form(
        "title_freelance",
        _SALE_BODY,
        _SALES,
        "cac:AccountingSupplierParty/cac:Party",
        ("archive", "sale"),
        values={"line": _LINES, "type_code": "cbc:InvoiceTypeCode", "item": "service"},
    ),
    "producer": Form(
        "title_producer",
        _SALE_BODY,
        _SALES,
        "cac:AccountingSupplierParty/cac:Party",
        ("archive", "sale", "signed"),
        frozenset({"vat_rate", "vat_amount"}),
        # Pasture fund and exchange fee are kept back from the producer (e-MM), and added elsewhere.
        deducts=("9040", "8001"),
        values={
            "line": "cac:CreditNoteLine",
            "type_code": "cbc:CreditNoteTypeCode",
            "item": "item",
            "signer": "producer_signature",
        },
    ),
    "expense": Form(
        "title_expense",
        _SALE_BODY,
        ("invoice", "expense"),
        "cac:AccountingSupplierParty/cac:Party",
        ("sale", "signed"),
        values={
            "line": "cac:CreditNoteLine",
            "type_code": "cbc:CreditNoteTypeCode",
            "item": "item",
            "signer": "giver_signature",
        },
    ),
    "despatch": Form(
        "title_despatch",
        ("head", "despatch-body", "foot"),
        ("despatch",),
        "cac:DespatchSupplierParty/cac:Party",
        values={"line": "cac:DespatchLine", "to": "cac:DeliveryCustomerParty"},
    ),
    "receipt": Form(
        "title_receipt",
        ("head", "despatch-body", "foot"),
        ("despatch",),
        "cac:DeliveryCustomerParty/cac:Party",
        values={"line": "cac:ReceiptLine", "to": "cac:DespatchSupplierParty"},
    ),
    "answer": Form("title_answer", ("head", "answer-body", "foot"), ("answer",), "cac:SenderParty"),
    "native": Form("title_freelance", ("native-body",), (), "", ("native",)),
}
HEADINGS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "invoice": (("b:ProfileID='EARSIVFATURA'", "title_archive"),),
    "producer": (("b:CreditNoteTypeCode='SATISIPTALIADE'", "title_cancellation"),),
}
