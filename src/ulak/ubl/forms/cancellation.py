"""The friendly form of the notice that a traveller's sale was cancelled (Gümrük İşlemleri Kılavuzu V1.8, 4.2.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Clock, Form, Identified, Passthrough, doc
from ulak.ubl.forms.common import CUSTOMIZATION, DRAFT, UBL_VERSION, signature
from ulak.ubl.forms.invoice_build import MINISTRY
from ulak.ubl.forms.party import Party, party_from_ubl, party_to_ubl, text, usual
from ulak.ubl.forms.patch import apply_patch
from ulak.ubl.forms.references import Reference, reference_from_ubl
from ulak.ubl.values import Amount, Date

__all__ = [
    "CANCELLATION_PROFILE",
    "CancelledInvoice",
    "PassengerCancellation",
    "build_cancellation",
    "lift_cancellation",
]

CANCELLATION_PROFILE: Final = "YOLCUBERABERFATURA"
_TYPE: Final = "SATISIPTALIADE"
_NOBODY: Final = ubl.Party()


class CancelledInvoice(Form, kw_only=True):
    """The invoice that was cancelled, with its own sums."""

    uuid: Annotated[str, doc("Faturanın ETTN'si.", "ETTN of the invoice.")]
    date: Annotated[Date, doc("Faturanın tarihi.", "Its date.")]
    net: Annotated[Decimal, doc("Vergiler hariç toplamı.", "Its total without taxes.")]
    total: Annotated[Decimal, doc("Ödenecek tutarı.", "Its payable amount.")]


class PassengerCancellation(Identified, kw_only=True, tag_field="document", tag="passenger_cancellation"):
    """The seller's notice to the customs ministry."""

    currency: Annotated[str, doc("Para birimi.", "Currency.")] = "TRY"
    invoice: Annotated[CancelledInvoice, doc("İptal edilen fatura.", "The cancelled invoice.")]
    expense_note: Annotated[Reference | None, doc("Gider pusulası.", "Expense note.")] = None
    supplier: Annotated[Party, doc("Satışı iptal eden.", "Who cancels the sale.")]
    customer: Annotated[Party | None, doc("Bakanlık; yazmak gerekmez.", "The ministry; may be left out.")] = None
    ubl: Passthrough | None = None


def build_cancellation(form: PassengerCancellation, clock: Clock) -> ubl.CreditNote:
    """The notice in UBL, unsigned; raises `JsonError` for a missing field."""
    moment = form.moment(clock)
    supplier = party_to_ubl(form.supplier)
    net, payable = (Amount(value, form.currency) for value in (form.invoice.net, form.invoice.total))
    note = form.expense_note
    reference = ubl.BillingReference(
        invoice_document_reference=ubl.DocumentReference(
            id=form.invoice.uuid, issue_date=form.invoice.date, document_type="INVOICE"
        ),
        credit_note_document_reference=None
        if note is None
        else ubl.DocumentReference(id=note.number, issue_date=note.date, document_type="GIDERPUSULASI"),
    )
    document = ubl.CreditNote(
        ubl_extensions=DRAFT,
        ubl_version_id=UBL_VERSION,
        customization_id=CUSTOMIZATION,
        profile_id=CANCELLATION_PROFILE,
        id=moment.number,
        copy_indicator=False,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        credit_note_type_code=_TYPE,
        note=form.notes,
        billing_reference=(reference,),
        signature=signature(form.supplier.tax_id or "", supplier.postal_address, moment.uuid),
        accounting_supplier_party=ubl.SupplierParty(party=supplier),
        accounting_customer_party=ubl.CustomerParty(party=party_to_ubl(form.customer or MINISTRY)),
        legal_monetary_total=ubl.MonetaryTotal(
            line_extension_amount=net,
            tax_exclusive_amount=net,
            tax_inclusive_amount=payable,
            payable_amount=payable,
        ),
        credit_note_line=(ubl.CreditNoteLine(id=""),),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def lift_cancellation(note: ubl.CreditNote) -> PassengerCancellation:
    """What of a notice the friendly form has fields for."""
    supplier, customer = note.accounting_supplier_party, note.accounting_customer_party
    billing = note.billing_reference[0] if note.billing_reference else ubl.BillingReference()
    invoice = billing.invoice_document_reference or ubl.DocumentReference()
    sums = note.legal_monetary_total or ubl.MonetaryTotal()
    expense = billing.credit_note_document_reference
    return PassengerCancellation(
        number=text(note.id),
        uuid=text(note.uuid),
        date=note.issue_date,
        time=note.issue_time,
        notes=tuple(str(each) for each in note.note),
        currency=usual(sums.payable_amount.currency if sums.payable_amount else None, "TRY"),
        invoice=CancelledInvoice(
            uuid=text(invoice.id) or "",
            date=invoice.issue_date or "2005-01-01",
            net=_value(sums.line_extension_amount),
            total=_value(sums.payable_amount),
        ),
        expense_note=reference_from_ubl(expense) if expense else None,
        supplier=party_from_ubl((supplier and supplier.party) or _NOBODY),
        customer=party_from_ubl((customer and customer.party) or _NOBODY),
    )


def _value(amount: Amount | None) -> Decimal:
    return amount.value if amount else Decimal(0)
