"""From UBL to the friendly despatch advice, as far as it has fields; the rest is found by comparison (`verbs`)."""

from __future__ import annotations

from decimal import Decimal

from ulak.ubl import components as ubl
from ulak.ubl.forms.despatch import PAPER_TYPE, DespatchAdvice, DespatchLine, Driver
from ulak.ubl.forms.items import item_fields
from ulak.ubl.forms.party import Party, address_from_ubl, party_from_ubl, text, usual
from ulak.ubl.forms.references import document_from_ubl, reference_from_ubl
from ulak.ubl.values import Identifier

__all__ = ["lift_despatch"]

_NOBODY = ubl.Party()


def lift_despatch(advice: ubl.DespatchAdvice) -> DespatchAdvice:
    """What of a despatch advice the friendly form has fields for."""
    supplier, customer = advice.despatch_supplier_party, advice.delivery_customer_party
    form = DespatchAdvice(
        number=text(advice.id),
        uuid=text(advice.uuid),
        date=advice.issue_date,
        time=advice.issue_time,
        notes=tuple(str(note) for note in advice.note),
        profile=usual(advice.profile_id, "TEMELIRSALIYE"),
        type=text(advice.despatch_advice_type_code),
        orders=tuple(reference_from_ubl(each) for each in advice.order_reference),
        supplier=party_from_ubl((supplier and supplier.party) or _NOBODY),
        supplier_contact=_name(supplier.despatch_contact) if supplier else None,
        customer=party_from_ubl((customer and customer.party) or _NOBODY),
        customer_contact=_name(customer.delivery_contact) if customer else None,
        buyer=_party(advice.buyer_customer_party),
        seller=_party(advice.seller_supplier_party),
        originator=_party(advice.originator_customer_party),
        lines=tuple(_line(line, str(at)) for at, line in enumerate(advice.despatch_line, 1)),
    )
    _lift_documents(advice, form)
    if advice.shipment is not None:
        _lift_shipment(advice.shipment, form)
    return form


def _name(contact: ubl.Contact | None) -> str | None:
    return text(contact.name) if contact else None


def _party(party: ubl.CustomerParty | ubl.SupplierParty | None) -> Party | None:
    return party_from_ubl(party.party) if party and party.party else None


def _lift_documents(advice: ubl.DespatchAdvice, form: DespatchAdvice) -> None:
    papers = [each for each in advice.additional_document_reference if text(each.document_type) == PAPER_TYPE]
    others = [each for each in advice.additional_document_reference if each not in papers]
    form.paper = reference_from_ubl(papers[0]) if papers else None
    form.documents = tuple(document_from_ubl(each, advice.issue_date) for each in others)


def _lift_shipment(shipment: ubl.Shipment, form: DespatchAdvice) -> None:
    goods = shipment.goods_item[0] if shipment.goods_item else None
    form.value = goods.value_amount.value if goods and goods.value_amount else None
    delivery = shipment.delivery
    if delivery is not None:
        form.delivery_address = address_from_ubl(delivery.delivery_address) if delivery.delivery_address else None
        form.carrier = party_from_ubl(delivery.carrier_party) if delivery.carrier_party else None
        if delivery.despatch is not None:
            form.despatch_date = delivery.despatch.actual_despatch_date
            form.despatch_time = delivery.despatch.actual_despatch_time
    if shipment.shipment_stage:
        _lift_stage(shipment.shipment_stage[0], form)
    equipment = [each for unit in shipment.transport_handling_unit for each in unit.transport_equipment]
    form.trailers = tuple(str(each.id) for each in equipment if each.id is not None)


def _lift_stage(stage: ubl.ShipmentStage, form: DespatchAdvice) -> None:
    road = stage.transport_means.road_transport if stage.transport_means else None
    plate = road.license_plate_id if road else None
    if isinstance(plate, Identifier) and plate.scheme_id == "YABANCIPLAKA":
        form.foreign_plate = plate.value
    else:
        form.plate = text(plate)
    form.drivers = tuple(
        Driver(
            first_name=text(each.first_name) or "",
            family_name=text(each.family_name) or "",
            tckn=text(each.nationality_id) or "",
            title=text(each.title),
        )
        for each in stage.driver_person
    )


def _line(line: ubl.DespatchLine, position: str) -> DespatchLine:
    quantity, later = line.delivered_quantity, line.outstanding_quantity
    order = text(line.order_line_reference.line_id) if line.order_line_reference else None
    return DespatchLine(
        **item_fields(line.item),
        id=None if text(line.id) == position else text(line.id),
        note=text(line.note[0]) if line.note else None,
        quantity=quantity.value if quantity else Decimal(0),
        unit=usual(quantity.unit if quantity else None, "C62"),
        price=_price(line),
        order_line=None if order == position else order,
        outstanding=later.value if later else None,
        outstanding_reason=text(line.outstanding_reason[0]) if line.outstanding_reason else None,
    )


def _price(line: ubl.DespatchLine) -> Decimal | None:
    goods = line.shipment[0].goods_item if line.shipment else ()
    priced = goods[0].invoice_line if goods else ()
    price = priced[0].price if priced else None
    return price.price_amount.value if price and price.price_amount else None
