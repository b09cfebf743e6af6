"""From UBL to the friendly producer receipt and expense note; the rest is found by comparison (`verbs`)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.archive import is_sending, sending_of, slips_from_ubl
from ulak.ubl.forms.credit_note import (
    Confirmation,
    ExpenseNote,
    Original,
    ProducerLine,
    ProducerReceipt,
    Provider,
)
from ulak.ubl.forms.items import item_fields
from ulak.ubl.forms.line_lift import charges_from_ubl, discounts_from_ubl, other_taxes
from ulak.ubl.forms.lines import Line, Tax
from ulak.ubl.forms.party import Party, party_from_ubl, text, usual
from ulak.ubl.forms.references import document_from_ubl, numeric
from ulak.ubl.totals import VAT
from ulak.ubl.totals.money import ZERO, cents
from ulak.ubl.values import Code, Identifier

__all__ = ["lift_expense_note", "lift_producer_receipt"]

_INCOME_TAX: Final = "0003"
_NOBODY: Final = ubl.Party()


def lift_producer_receipt(note: ubl.CreditNote) -> ProducerReceipt:
    """What of a producer receipt the friendly form has fields for."""
    return ProducerReceipt(
        **_common(note),
        register_slips=slips_from_ubl(note.billing_reference),
        delivery_date=note.delivery[0].actual_delivery_date if note.delivery else None,
        lines=tuple(_producer_line(line, str(at)) for at, line in enumerate(note.credit_note_line, 1)),
    )


def lift_expense_note(note: ubl.CreditNote) -> ExpenseNote:
    """What of an expense note the friendly form has fields for."""
    courier = note.delivery[0].delivery_party if note.delivery else None
    return ExpenseNote(
        **_common(note),
        type=text(note.credit_note_type_code),
        original=_original(note),
        courier=party_from_ubl(courier) if courier else None,
        courier_permit=text(courier.industry_classification_code) if courier else None,
        lines=tuple(_line(line, str(at)) for at, line in enumerate(note.credit_note_line, 1)),
    )


def _common(note: ubl.CreditNote) -> dict[str, Any]:
    supplier = (note.accounting_supplier_party and note.accounting_supplier_party.party) or _NOBODY
    customer = (note.accounting_customer_party and note.accounting_customer_party.party) or _NOBODY
    party, confirmation = _confirmed(customer)
    return {
        "number": text(note.id),
        "uuid": text(note.uuid),
        "date": note.issue_date,
        "time": note.issue_time,
        "notes": tuple(str(each) for each in note.note),
        "currency": usual(note.document_currency_code, "TRY"),
        "documents": tuple(
            document_from_ubl(each, note.issue_date)
            for each in note.additional_document_reference
            if not is_sending(each)
        ),
        "sending": sending_of(note.additional_document_reference),
        "supplier": party_from_ubl(supplier),
        "provider": _provider(supplier),
        "customer": party,
        "confirmation": confirmation,
    }


def _provider(party: ubl.Party) -> Provider | None:
    channels = party.contact.other_communication if party.contact else ()
    code = channels[0].channel_code if channels else None
    if not isinstance(code, Code) or code.name is None:
        return None
    return Provider(kind=usual(code.name, "SMS_PROVIDER"), name=code.value, vkn=text(channels[0].value) or "")


def _confirmed(party: ubl.Party) -> tuple[Party, Confirmation | None]:
    lifted, contact = party_from_ubl(party), party.contact
    if contact is None or contact.id is None or contact.name is None:
        return lifted, None
    phone, lifted.phone = lifted.phone, None
    return lifted, Confirmation(kind=usual(contact.name, "SMS"), code=str(contact.id), phone=phone)


def _original(note: ubl.CreditNote) -> Original | None:
    reference = note.billing_reference[0].invoice_document_reference if note.billing_reference else None
    if reference is None or not isinstance(reference.id, Identifier):
        return None
    kind = usual(reference.id.scheme_id, "EARSIV_FATURA")
    return Original(kind=kind, number=reference.id.value, date=reference.issue_date or "2005-01-01")


def _rows(line: ubl.CreditNoteLine) -> tuple[ubl.TaxSubtotal, ...]:
    return tuple(row for total in line.tax_total for row in total.tax_subtotal)


def _taxes(line: ubl.CreditNoteLine) -> list[Tax]:
    net = line.line_extension_amount
    return other_taxes(_rows(line), cents(net.value) if net else ZERO)[0]


def _producer_line(line: ubl.CreditNoteLine, position: str) -> ProducerLine:
    taxes = _taxes(line)
    income = next((tax for tax in taxes if _is_plain_income_tax(tax)), None)
    quantity, price = line.credited_quantity, line.price
    return ProducerLine(
        **item_fields(line.item),
        id=None if text(line.id) == position else text(line.id),
        note=text(line.note[0]) if line.note else None,
        quantity=quantity.value if quantity else Decimal(0),
        unit=usual(quantity.unit if quantity else None, "C62"),
        price=price.price_amount.value if price and price.price_amount else Decimal(0),
        income_withholding=income.percent if income else None,
        taxes=tuple(tax for tax in taxes if tax is not income),
    )


def _is_plain_income_tax(tax: Tax) -> bool:
    return tax.code == _INCOME_TAX and tax.percent is not None and tax.base is None and tax.exemption is None


def _line(line: ubl.CreditNoteLine, position: str) -> Line:
    quantity, price = line.credited_quantity, line.price
    vat = next((row for row in _rows(line) if _is_vat(row)), None)
    return Line(
        **item_fields(line.item),
        id=None if text(line.id) == position else text(line.id),
        note=text(line.note[0]) if line.note else None,
        quantity=quantity.value if quantity else Decimal(0),
        unit=usual(quantity.unit if quantity else None, "C62"),
        price=price.price_amount.value if price and price.price_amount else Decimal(0),
        vat=numeric(vat.percent) if vat else None,
        taxes=tuple(_taxes(line)),
        discounts=discounts_from_ubl(line.allowance_charge),
        charges=charges_from_ubl(line.allowance_charge),
    )


def _is_vat(row: ubl.TaxSubtotal) -> bool:
    scheme = row.tax_category.tax_scheme if row.tax_category else None
    return scheme is not None and text(scheme.tax_type_code) == VAT
