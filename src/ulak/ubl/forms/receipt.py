"""The friendly form of a receipt advice (irsaliye yanıtı), and the way to UBL and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Clock, Form, Identified, Passthrough, doc
from ulak.ubl.forms.common import DRAFT, LATER_CUSTOMIZATION, UBL_VERSION, signature
from ulak.ubl.forms.items import item_fields, item_to_ubl
from ulak.ubl.forms.lines import Item
from ulak.ubl.forms.party import Party, party_from_ubl, party_to_ubl, text, usual
from ulak.ubl.forms.patch import apply_patch
from ulak.ubl.forms.references import (
    Document,
    Reference,
    document_from_ubl,
    document_to_ubl,
    reference_from_ubl,
)
from ulak.ubl.values import Date, Quantity, Time

__all__ = ["Answered", "ReceiptAdvice", "ReceiptLine", "build_receipt", "lift_receipt"]

_NUMBER_TYPE: Final = "DespatchAdviceID"
_NUMBER_LABEL: Final = "DespatchAdvice ID"
_NOBODY: Final = ubl.Party()


class Answered(Form, kw_only=True):
    """The despatch advice that is answered."""

    uuid: Annotated[str, doc("İrsaliyenin ETTN'si.", "ETTN of the despatch advice.")]
    date: Annotated[Date, doc("İrsaliyenin tarihi.", "Its date.")]
    number: Annotated[str | None, doc("İrsaliyenin numarası.", "Its number.")] = None


class ReceiptLine(Item, kw_only=True):
    """What came of a line, and what not."""

    id: Annotated[str | None, doc("Satır numarası; yoksa sırası.", "Line number; its position if left out.")] = None
    received: Annotated[Decimal | None, doc("Teslim alınan miktar.", "Quantity received.")] = None
    unit: Annotated[str, doc("Birim kodu; C62 adet.", "Unit code; C62 is piece.")] = "C62"
    rejected: Annotated[Decimal | None, doc("Reddedilen miktar.", "Quantity rejected.")] = None
    reject_reason: Annotated[str | None, doc("Ret sebebi.", "Reason of the rejection.")] = None
    short: Annotated[Decimal | None, doc("Eksik miktar.", "Quantity missing.")] = None
    oversupply: Annotated[Decimal | None, doc("Fazla miktar.", "Quantity too many.")] = None
    complaint: Annotated[str | None, doc("Gecikme şikâyeti.", "Complaint about the time.")] = None
    despatch_line: Annotated[str | None, doc("İrsaliye satırı; yoksa sırası.", "Line of the advice.")] = None
    order_line: Annotated[str | None, doc("Sipariş satırı.", "Line of the order.")] = None
    ubl: Passthrough | None = None


class ReceiptAdvice(Identified, kw_only=True, tag_field="document", tag="receipt_advice"):
    """The receiver's answer to a despatch advice."""

    profile: Annotated[str, doc("Senaryo.", "Profile (senaryo).")] = "TEMELIRSALIYE"
    type: Annotated[str, doc("Tip.", "Type.")] = "SEVK"
    despatch: Annotated[Answered, doc("Yanıtlanan irsaliye.", "The despatch advice that is answered.")]
    orders: Annotated[tuple[Reference, ...], doc("Siparişler.", "Orders.")] = ()
    documents: Annotated[tuple[Document, ...], doc("Ek belgeler.", "Attached documents.")] = ()
    customer: Annotated[Party, doc("Teslim alan; yanıtı veren.", "Who received and answers.")]
    customer_contact: Annotated[str | None, doc("Teslim alan kişi.", "Person who received.")] = None
    supplier: Annotated[Party, doc("Gönderen.", "Who sent.")]
    supplier_contact: Annotated[str | None, doc("Teslim eden.", "Who handed over.")] = None
    delivery_date: Annotated[Date | None, doc("Teslim tarihi.", "Date of delivery.")] = None
    delivery_time: Annotated[Time | None, doc("Teslim saati.", "Time of delivery.")] = None
    lines: Annotated[tuple[ReceiptLine, ...], doc("Satırlar.", "Lines.")]
    ubl: Passthrough | None = None


def build_receipt(form: ReceiptAdvice, clock: Clock) -> ubl.ReceiptAdvice:
    """The receipt advice in UBL, unsigned; raises `JsonError` for a missing field."""
    moment = form.moment(clock)
    customer = party_to_ubl(form.customer)
    receiver, sender = form.customer_contact, form.supplier_contact
    documents = [document_to_ubl(each, moment.date) for each in form.documents]
    if form.despatch.number is not None:
        documents.append(_number(form.despatch.number, form.despatch.date))
    document = ubl.ReceiptAdvice(
        ubl_extensions=DRAFT,
        ubl_version_id=UBL_VERSION,
        customization_id=LATER_CUSTOMIZATION,
        profile_id=form.profile,
        id=moment.number,
        copy_indicator=False,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        receipt_advice_type_code=form.type,
        note=form.notes,
        line_count_numeric=Decimal(len(form.lines)),
        order_reference=tuple(ubl.OrderReference(id=each.number, issue_date=each.date) for each in form.orders),
        despatch_document_reference=ubl.DocumentReference(id=form.despatch.uuid, issue_date=form.despatch.date),
        additional_document_reference=tuple(documents),
        signature=signature(form.customer.tax_id or "", customer.postal_address, moment.uuid),
        delivery_customer_party=ubl.CustomerParty(
            party=customer, delivery_contact=None if receiver is None else ubl.Contact(name=receiver)
        ),
        despatch_supplier_party=ubl.SupplierParty(
            party=party_to_ubl(form.supplier),
            despatch_contact=None if sender is None else ubl.Contact(name=sender),
        ),
        shipment=_shipment(form),
        receipt_line=tuple(_line(line, str(at)) for at, line in enumerate(form.lines, 1)),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def _number(number: str, day: Date) -> ubl.DocumentReference:
    """The number beside the ETTN, as in GİB's sample IrsaliyeYaniti-Ornek1.xml."""
    return ubl.DocumentReference(
        id=number, issue_date=day, document_type_code=_NUMBER_TYPE, document_type=_NUMBER_LABEL
    )


def _shipment(form: ReceiptAdvice) -> ubl.Shipment | None:
    if form.delivery_date is None and form.delivery_time is None:
        return None
    delivery = ubl.Delivery(actual_delivery_date=form.delivery_date, actual_delivery_time=form.delivery_time)
    return ubl.Shipment(id="", delivery=delivery)


def _line(line: ReceiptLine, position: str) -> ubl.ReceiptLine:
    reason, order = line.reject_reason, line.order_line
    written = ubl.ReceiptLine(
        id=line.id or position,
        note=() if line.note is None else (line.note,),
        received_quantity=_quantity(line.received, line.unit),
        short_quantity=_quantity(line.short, line.unit),
        rejected_quantity=_quantity(line.rejected, line.unit),
        reject_reason=() if reason is None else (reason,),
        oversupply_quantity=_quantity(line.oversupply, line.unit),
        timing_complaint=line.complaint,
        order_line_reference=None if order is None else ubl.OrderLineReference(line_id=order),
        despatch_line_reference=ubl.LineReference(line_id=line.despatch_line or position),
        item=item_to_ubl(line),
    )
    return apply_patch(written, line.ubl) if line.ubl else written


def _quantity(value: Decimal | None, unit: str) -> Quantity | None:
    return None if value is None else Quantity(value, unit)


def lift_receipt(advice: ubl.ReceiptAdvice) -> ReceiptAdvice:
    """What of a receipt advice the friendly form has fields for."""
    supplier, customer = advice.despatch_supplier_party, advice.delivery_customer_party
    answered = advice.despatch_document_reference or ubl.DocumentReference()
    numbers = [each for each in advice.additional_document_reference if text(each.document_type_code) == _NUMBER_TYPE]
    others = [each for each in advice.additional_document_reference if each not in numbers]
    delivery = advice.shipment.delivery if advice.shipment else None
    return ReceiptAdvice(
        number=text(advice.id),
        uuid=text(advice.uuid),
        date=advice.issue_date,
        time=advice.issue_time,
        notes=tuple(str(note) for note in advice.note),
        profile=usual(advice.profile_id, "TEMELIRSALIYE"),
        type=usual(advice.receipt_advice_type_code, "SEVK"),
        despatch=Answered(
            uuid=text(answered.id) or "",
            date=answered.issue_date or "2005-01-01",
            number=text(numbers[0].id) if numbers else None,
        ),
        orders=tuple(reference_from_ubl(each) for each in advice.order_reference),
        documents=tuple(document_from_ubl(each, advice.issue_date) for each in others),
        customer=party_from_ubl((customer and customer.party) or _NOBODY),
        customer_contact=_name(customer.delivery_contact) if customer else None,
        supplier=party_from_ubl((supplier and supplier.party) or _NOBODY),
        supplier_contact=_name(supplier.despatch_contact) if supplier else None,
        delivery_date=delivery.actual_delivery_date if delivery else None,
        delivery_time=delivery.actual_delivery_time if delivery else None,
        lines=tuple(_lift_line(line, str(at)) for at, line in enumerate(advice.receipt_line, 1)),
    )


def _name(contact: ubl.Contact | None) -> str | None:
    return text(contact.name) if contact else None


def _lift_line(line: ubl.ReceiptLine, position: str) -> ReceiptLine:
    order = line.order_line_reference
    despatch = text(line.despatch_line_reference.line_id) if line.despatch_line_reference else None
    quantities = (line.received_quantity, line.rejected_quantity, line.short_quantity, line.oversupply_quantity)
    unit = next((each.unit for each in quantities if each and each.unit), None)
    return ReceiptLine(
        **item_fields(line.item),
        id=None if text(line.id) == position else text(line.id),
        note=text(line.note[0]) if line.note else None,
        received=_value(line.received_quantity),
        unit=usual(unit, "C62"),
        rejected=_value(line.rejected_quantity),
        reject_reason=text(line.reject_reason[0]) if line.reject_reason else None,
        short=_value(line.short_quantity),
        oversupply=_value(line.oversupply_quantity),
        complaint=text(line.timing_complaint),
        despatch_line=None if despatch == position else despatch,
        order_line=text(order.line_id) if order else None,
    )


def _value(quantity: Quantity | None) -> Decimal | None:
    return quantity.value if quantity else None
