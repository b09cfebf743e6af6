"""All friendly documents by their name in JSON and by their component."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.cancellation import (
    CANCELLATION_PROFILE,
    PassengerCancellation,
    build_cancellation,
    lift_cancellation,
)
from ulak.ubl.forms.credit_note import ExpenseNote, ProducerReceipt
from ulak.ubl.forms.credit_note_build import EXPENSE_PROFILE, build_expense_note, build_producer_receipt
from ulak.ubl.forms.credit_note_lift import lift_expense_note, lift_producer_receipt
from ulak.ubl.forms.despatch import DespatchAdvice, build_despatch
from ulak.ubl.forms.despatch_lift import lift_despatch
from ulak.ubl.forms.freelance import TYPE, FreelanceReceipt, build_freelance, lift_freelance
from ulak.ubl.forms.invoice import Invoice
from ulak.ubl.forms.invoice_build import build_invoice
from ulak.ubl.forms.invoice_lift import lift_invoice
from ulak.ubl.forms.receipt import ReceiptAdvice, build_receipt, lift_receipt
from ulak.ubl.forms.response import (
    ApplicationResponse,
    SystemResponse,
    build_response,
    build_system_response,
    is_system_response,
    lift_response,
    lift_system_response,
)
from ulak.ubl.forms.verbs import Kind
from ulak.ubl.values import Component

__all__ = [
    "APPLICATION_RESPONSE",
    "DESPATCH_ADVICE",
    "EXPENSE_NOTE",
    "FREELANCE_RECEIPT",
    "INVOICE",
    "KINDS",
    "PASSENGER_CANCELLATION",
    "PRODUCER_RECEIPT",
    "RECEIPT_ADVICE",
    "SYSTEM_RESPONSE",
    "kind_of",
]

INVOICE: Final = Kind(Invoice, ubl.Invoice, build_invoice, lift_invoice, "invoice_line")
FREELANCE_RECEIPT: Final = Kind(FreelanceReceipt, ubl.Invoice, build_freelance, lift_freelance, "invoice_line")
PRODUCER_RECEIPT: Final = Kind(
    ProducerReceipt, ubl.CreditNote, build_producer_receipt, lift_producer_receipt, "credit_note_line"
)
EXPENSE_NOTE: Final = Kind(ExpenseNote, ubl.CreditNote, build_expense_note, lift_expense_note, "credit_note_line")
PASSENGER_CANCELLATION: Final = Kind(PassengerCancellation, ubl.CreditNote, build_cancellation, lift_cancellation)
DESPATCH_ADVICE: Final = Kind(DespatchAdvice, ubl.DespatchAdvice, build_despatch, lift_despatch, "despatch_line")
RECEIPT_ADVICE: Final = Kind(ReceiptAdvice, ubl.ReceiptAdvice, build_receipt, lift_receipt, "receipt_line")
APPLICATION_RESPONSE: Final = Kind(ApplicationResponse, ubl.ApplicationResponse, build_response, lift_response)
SYSTEM_RESPONSE: Final = Kind(SystemResponse, ubl.ApplicationResponse, build_system_response, lift_system_response)

KINDS: Final[dict[str, Kind[Any, Any]]] = {
    "invoice": INVOICE,
    "freelance_receipt": FREELANCE_RECEIPT,
    "producer_receipt": PRODUCER_RECEIPT,
    "expense_note": EXPENSE_NOTE,
    "passenger_cancellation": PASSENGER_CANCELLATION,
    "despatch_advice": DESPATCH_ADVICE,
    "receipt_advice": RECEIPT_ADVICE,
    "application_response": APPLICATION_RESPONSE,
    "system_response": SYSTEM_RESPONSE,
}
"""By the value of the member ``document``."""


def _invoice(document: Any) -> str:
    return "freelance_receipt" if str(document.invoice_type_code) == TYPE else "invoice"


_CREDIT_NOTES: Final = {EXPENSE_PROFILE: "expense_note", CANCELLATION_PROFILE: "passenger_cancellation"}


def _credit_note(document: Any) -> str:
    return _CREDIT_NOTES.get(str(document.profile_id), "producer_receipt")


def _response(document: Any) -> str:
    return "system_response" if is_system_response(document) else "application_response"


_NAMES: Final[dict[type[Component], Callable[[Any], str]]] = {
    ubl.Invoice: _invoice,
    ubl.CreditNote: _credit_note,
    ubl.DespatchAdvice: lambda _: "despatch_advice",
    ubl.ReceiptAdvice: lambda _: "receipt_advice",
    ubl.ApplicationResponse: _response,
}


def kind_of(document: Component) -> Kind[Any, Any] | None:
    """How a document goes to JSON; None for one that has no friendly form (the native e-SMM)."""
    name = _NAMES.get(type(document))
    return KINDS[name(document)] if name else None
