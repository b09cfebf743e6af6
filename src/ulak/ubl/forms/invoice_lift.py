"""From UBL to the friendly invoice, as far as it has fields; the rest is found by comparison (`verbs`)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.archive import PHRASE, is_sending, sale_from_ubl, sending_of, slips_from_ubl
from ulak.ubl.forms.delivery import Delivery, LineDelivery, delivery_from_ubl
from ulak.ubl.forms.invoice import Invoice, Sgk
from ulak.ubl.forms.items import item_fields
from ulak.ubl.forms.line_lift import DocumentTaxes, charges_from_ubl, discounts_from_ubl, document_taxes, taxes_of
from ulak.ubl.forms.lines import Line
from ulak.ubl.forms.party import Party, party_from_ubl, text, usual
from ulak.ubl.forms.references import (
    Document,
    document_from_ubl,
    numeric,
    payment_from_ubl,
    period_from_ubl,
    reference_from_ubl,
    terms_from_ubl,
)
from ulak.ubl.values import Identifier

__all__ = ["lift_invoice"]

_SGK_CODES: Final = ("MUKELLEF_KODU", "MUKELLEF_ADI", "DOSYA_NO")
_ESU: Final = "ESURaporID"
_NOBODY: Final = ubl.Party()


def lift_invoice(invoice: ubl.Invoice) -> Invoice:
    """What of an invoice the friendly form has fields for."""
    supplier, customer = invoice.accounting_supplier_party, invoice.accounting_customer_party
    taxes = document_taxes(invoice)
    form = Invoice(
        number=text(invoice.id),
        uuid=text(invoice.uuid),
        date=invoice.issue_date,
        time=invoice.issue_time,
        profile=usual(invoice.profile_id, "TEMELFATURA"),
        type=text(invoice.invoice_type_code),
        notes=tuple(str(note) for note in invoice.note),
        currency=usual(invoice.document_currency_code, "TRY"),
        supplier=party_from_ubl((supplier and supplier.party) or _NOBODY),
        customer=party_from_ubl((customer and customer.party) or _NOBODY),
        lines=tuple(_line(line, str(at), taxes) for at, line in enumerate(invoice.invoice_line, 1)),
    )
    _lift_references(invoice, form)
    _lift_parties(invoice, form)
    _lift_money(invoice, form)
    _lift_dealings(invoice, form)
    return form


def _lift_references(invoice: ubl.Invoice, form: Invoice) -> None:
    form.period = period_from_ubl(invoice.invoice_period) if invoice.invoice_period else None
    form.order = reference_from_ubl(invoice.order_reference) if invoice.order_reference else None
    originals = [each.invoice_document_reference for each in invoice.billing_reference]
    form.returns = tuple(reference_from_ubl(each) for each in originals if each is not None)
    form.register_slips = slips_from_ubl(invoice.billing_reference)
    form.despatches = tuple(reference_from_ubl(each) for each in invoice.despatch_document_reference)
    form.receipts = tuple(reference_from_ubl(each) for each in invoice.receipt_document_reference)
    for each in invoice.contract_document_reference:
        if _scheme(each) == "YTBNO":
            form.incentive = reference_from_ubl(each)
    form.sgk = _sgk(invoice)
    form.accounting_cost = None if form.sgk else text(invoice.accounting_cost)
    documents: list[Document] = []
    for each in invoice.additional_document_reference:
        if _scheme(each) == _ESU:
            form.esu_report = reference_from_ubl(each)
        elif is_sending(each):
            form.sending = sending_of((each,))
        elif form.sgk is None or text(each.document_type_code) not in _SGK_CODES:
            documents.append(document_from_ubl(each, invoice.issue_date))
    form.documents = tuple(documents)


def _scheme(reference: ubl.DocumentReference) -> str | None:
    return reference.id.scheme_id if isinstance(reference.id, Identifier) else None


def _sgk(invoice: ubl.Invoice) -> Sgk | None:
    group = text(invoice.accounting_cost)
    if group is None or text(invoice.invoice_type_code) != "SGK":
        return None
    values = {text(each.document_type_code): text(each.document_type) for each in invoice.additional_document_reference}
    code, name, file_number = (values.get(field) for field in _SGK_CODES)
    return Sgk(group=group, provider_code=code, provider_name=name, file_number=file_number)


def _lift_parties(invoice: ubl.Invoice, form: Invoice) -> None:
    if invoice.buyer_customer_party and invoice.buyer_customer_party.party:
        form.buyer = party_from_ubl(invoice.buyer_customer_party.party, first="PARTYTYPE")
    if invoice.tax_representative_party:
        form.intermediary, form.intermediary_alias = _intermediary(invoice.tax_representative_party)


def _intermediary(party: ubl.Party) -> tuple[Party, str | None]:
    lifted = party_from_ubl(party)
    ids = dict(lifted.ids or {})
    lifted.tax_id, alias = ids.pop("ARACIKURUMVKN", None), ids.pop("ARACIKURUMETIKET", None)
    lifted.ids = ids or None
    return lifted, alias


def _lift_money(invoice: ubl.Invoice, form: Invoice) -> None:
    rate = invoice.pricing_exchange_rate
    if rate is not None:
        form.exchange_rate, form.exchange_date = numeric(rate.calculation_rate), rate.date
    form.terms = terms_from_ubl(invoice.payment_terms) if invoice.payment_terms else None
    form.discounts = discounts_from_ubl(invoice.allowance_charge)
    form.charges = charges_from_ubl(invoice.allowance_charge)
    total = invoice.legal_monetary_total
    form.rounding = numeric(total.payable_rounding_amount) if total else None


def _lift_dealings(invoice: ubl.Invoice, form: Invoice) -> None:
    """Delivery and payment; those of a sale over the internet stand beside the ordinary ones."""
    deliveries, means = [*invoice.delivery], [*invoice.payment_means]
    if found := sale_from_ubl(invoice, form.supplier):
        form.internet_sale, paid, sent = found
        means.remove(paid)
        deliveries.remove(sent)
        form.supplier.website = None
        if form.notes[-1] == PHRASE:
            form.notes = form.notes[:-1]
    if deliveries:
        delivery = delivery_from_ubl(deliveries[0], whole=True)
        form.delivery = delivery if isinstance(delivery, Delivery) else None
    form.payment = payment_from_ubl(means[0]) if means else None


def _line(line: ubl.InvoiceLine, position: str, document: DocumentTaxes) -> Line:
    quantity, price = line.invoiced_quantity, line.price
    lifted = Line(
        **item_fields(line.item),
        id=None if text(line.id) == position else text(line.id),
        note=text(line.note[0]) if line.note else None,
        quantity=quantity.value if quantity else Decimal(0),
        unit=usual(quantity.unit if quantity else None, "C62"),
        price=price.price_amount.value if price and price.price_amount else Decimal(0),
        discounts=discounts_from_ubl(line.allowance_charge),
        charges=charges_from_ubl(line.allowance_charge),
        delivery=_delivery(line.delivery),
    )
    taxes_of(line, lifted, document)
    return lifted


def _delivery(deliveries: Sequence[ubl.Delivery]) -> LineDelivery | None:
    return delivery_from_ubl(deliveries[0], whole=False) if deliveries else None
