"""Delivery of goods: terms, way, place, packages, customs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Form, doc
from ulak.ubl.forms.party import Address, Party, address_from_ubl, address_to_ubl, party_from_ubl, party_to_ubl, text
from ulak.ubl.values import Date, Identifier, Quantity

__all__ = ["Delivery", "LineDelivery", "delivery_from_ubl", "delivery_to_ubl"]

_TERMS = "INCOTERMS"
_BUYER_CODE, _SELLER_CODE = "ALICIDIBSATIRKOD", "SATICIDIBSATIRKOD"


class LineDelivery(Form, kw_only=True):
    """How the goods of a line are delivered; for exports and for goods sold for export (701 … 704)."""

    incoterms: Annotated[str | None, doc("Teslim şartı, ör. FOB.", "Delivery term, e.g. FOB.")] = None
    transport_mode: Annotated[str | None, doc("Gönderim şekli kodu.", "Transport mode code.")] = None
    address: Address | None = None
    gtip: Annotated[str | None, doc("GTİP, 12 hane.", "Customs tariff number, 12 digits.")] = None
    package_id: Annotated[str | None, doc("Kap numarası.", "Number of the package.")] = None
    package_type: Annotated[str | None, doc("Kap cinsi kodu.", "Packaging type code.")] = None
    package_count: Annotated[Decimal | None, doc("Kap adedi.", "How many packages.")] = None
    buyer_permit_line: Annotated[
        str | None, doc("Alıcının DİİB satır kodu.", "The buyer's permit line code (ALICIDIBSATIRKOD).")
    ] = None
    seller_permit_line: Annotated[
        str | None, doc("Satıcının DİİB satır kodu.", "The seller's permit line code (SATICIDIBSATIRKOD).")
    ] = None


class Delivery(LineDelivery, kw_only=True):
    """How the goods of the whole document are delivered."""

    date: Annotated[Date | None, doc("Fiili teslim tarihi.", "Date of delivery.")] = None
    carrier: Annotated[Party | None, doc("Taşıyıcı.", "Carrier.")] = None


def delivery_to_ubl(delivery: LineDelivery) -> ubl.Delivery:
    """The delivery in UBL."""
    terms = delivery.incoterms
    whole = delivery if isinstance(delivery, Delivery) else None
    carrier = whole.carrier if whole else None
    return ubl.Delivery(
        actual_delivery_date=whole.date if whole else None,
        delivery_address=None if delivery.address is None else address_to_ubl(delivery.address),
        carrier_party=None if carrier is None else party_to_ubl(carrier),
        delivery_terms=() if terms is None else (ubl.DeliveryTerms(id=Identifier(terms, _TERMS)),),
        shipment=_shipment(delivery),
    )


def _shipment(delivery: LineDelivery) -> ubl.Shipment | None:
    mode, gtip, units = delivery.transport_mode, delivery.gtip, _handling(delivery)
    if mode is None and gtip is None and not units:
        return None
    return ubl.Shipment(
        id="",
        goods_item=() if gtip is None else (ubl.GoodsItem(required_customs_id=gtip),),
        shipment_stage=() if mode is None else (ubl.ShipmentStage(transport_mode_code=mode),),
        transport_handling_unit=units,
    )


def _handling(delivery: LineDelivery) -> tuple[ubl.TransportHandlingUnit, ...]:
    count = delivery.package_count
    package = None
    if delivery.package_id is not None or delivery.package_type is not None or count is not None:
        quantity = None if count is None else Quantity(count)
        package = ubl.Package(id=delivery.package_id, quantity=quantity, packaging_type_code=delivery.package_type)
    customs = _customs(delivery)
    if package is None and customs is None:
        return ()
    return (
        ubl.TransportHandlingUnit(
            actual_package=() if package is None else (package,),
            customs_declaration=() if customs is None else (customs,),
        ),
    )


def _customs(delivery: LineDelivery) -> ubl.CustomsDeclaration | None:
    codes = ((_SELLER_CODE, delivery.seller_permit_line), (_BUYER_CODE, delivery.buyer_permit_line))
    ids = tuple(ubl.PartyIdentification(id=Identifier(code, scheme)) for scheme, code in codes if code is not None)
    if not ids:
        return None
    party = ubl.Party(party_identification=ids, postal_address=address_to_ubl(Address()))
    return ubl.CustomsDeclaration(id="", issuer_party=party)


def delivery_from_ubl(delivery: ubl.Delivery, *, whole: bool) -> LineDelivery:
    """What of a delivery the friendly form has fields for."""
    shipment = delivery.shipment
    unit = shipment.transport_handling_unit[0] if shipment and shipment.transport_handling_unit else None
    package = unit.actual_package[0] if unit and unit.actual_package else None
    stage = shipment.shipment_stage[0] if shipment and shipment.shipment_stage else None
    goods = shipment.goods_item[0] if shipment and shipment.goods_item else None
    permits = _permits(unit)
    form = (Delivery if whole else LineDelivery)(
        incoterms=_incoterms(delivery),
        transport_mode=text(stage.transport_mode_code) if stage else None,
        address=address_from_ubl(delivery.delivery_address) if delivery.delivery_address else None,
        gtip=text(goods.required_customs_id) if goods else None,
        package_id=text(package.id) if package else None,
        package_type=text(package.packaging_type_code) if package else None,
        package_count=package.quantity.value if package and package.quantity else None,
        buyer_permit_line=permits.get(_BUYER_CODE),
        seller_permit_line=permits.get(_SELLER_CODE),
    )
    if isinstance(form, Delivery):
        form.date = delivery.actual_delivery_date
        form.carrier = party_from_ubl(delivery.carrier_party) if delivery.carrier_party else None
    return form


def _incoterms(delivery: ubl.Delivery) -> str | None:
    value = delivery.delivery_terms[0].id if delivery.delivery_terms else None
    return value.value if isinstance(value, Identifier) and value.scheme_id == _TERMS else None


def _permits(unit: ubl.TransportHandlingUnit | None) -> dict[str, str]:
    party = unit.customs_declaration[0].issuer_party if unit and unit.customs_declaration else None
    values = [one.id for one in party.party_identification] if party else []
    return {value.scheme_id: value.value for value in values if isinstance(value, Identifier) and value.scheme_id}
