"""Summaries of goods on the road: despatch advices and the receipt advices that answer them."""

from __future__ import annotations

from collections.abc import Iterable

from ulak.cli.page import Column
from ulak.cli.show.parts import address_line, item_name, party, person_name, references
from ulak.cli.show.sheet import Party, Sheet, Table
from ulak.cli.show.voice import Voice, joined, words
from ulak.errors import Text
from ulak.ubl import components as ubl

__all__ = ["despatch_sheet", "receipt_sheet"]

_DESPATCH = Text("İrsaliye", "Despatch advice")
_RECEIPT = Text("İrsaliye yanıtı", "Receipt advice")
_SENDER = Text("Gönderen", "Sender")
_RECEIVER = Text("Teslim alan", "Receiver")
_BUYER = Text("Alıcı", "Buyer")
_SELLER = Text("Satıcı", "Seller")
_CARRIER = Text("Taşıyıcı", "Carrier")
_NUMBER = (Text("#", "#"), Column(right=True, style="dim"))
_ITEM = (Text("Mal", "Item"), Column(flexible=True))
_RIGHT = Column(right=True)


def despatch_sheet(voice: Voice, document: ubl.DespatchAdvice) -> Sheet:
    """The summary of a despatch advice."""
    kind = joined((document.profile_id, document.despatch_advice_type_code), " · ")
    sheet = Sheet(joined((voice.say(_DESPATCH), document.id)), kind)
    sheet.facts = [*_head(voice, document), *_journey(voice, document.shipment)]
    sheet.parties = _parties(voice, document)
    columns = [_NUMBER, _ITEM, (Text("Gönderilen", "Despatched"), _RIGHT), (Text("Kalan", "Outstanding"), _RIGHT)]
    sheet.tables = [Table(columns, [_despatched(voice, line) for line in document.despatch_line])]
    sheet.notes = [words(note) for note in document.note]
    return sheet


def receipt_sheet(voice: Voice, document: ubl.ReceiptAdvice) -> Sheet:
    """The summary of a receipt advice."""
    kind = joined((document.profile_id, document.receipt_advice_type_code), " · ")
    sheet = Sheet(joined((voice.say(_RECEIPT), document.id)), kind)
    reference = document.despatch_document_reference
    despatch = references(voice, [reference] if reference else [])
    sheet.facts = [*_head(voice, document), (_DESPATCH, despatch), *_journey(voice, document.shipment)]
    sheet.parties = _parties(voice, document)
    columns = [
        _NUMBER,
        _ITEM,
        (Text("Kabul", "Received"), _RIGHT),
        (Text("Eksik", "Short"), _RIGHT),
        (Text("Fazla", "Surplus"), _RIGHT),
        (Text("Ret", "Rejected"), _RIGHT),
        (Text("Neden", "Reason"), Column(flexible=True)),
    ]
    sheet.tables = [Table(columns, [_received(voice, line) for line in document.receipt_line])]
    sheet.notes = [words(note) for note in document.note]
    return sheet


def _head(voice: Voice, document: ubl.DespatchAdvice | ubl.ReceiptAdvice) -> Iterable[tuple[Text, str]]:
    yield Text("ETTN", "ETTN"), words(document.uuid)
    yield Text("Düzenlenme", "Issued"), voice.moment(document.issue_date, document.issue_time)
    yield Text("Sipariş", "Order"), joined((order.id for order in document.order_reference), ", ")


def _parties(voice: Voice, document: ubl.DespatchAdvice | ubl.ReceiptAdvice) -> list[Party]:
    sender, receiver = document.despatch_supplier_party, document.delivery_customer_party
    parties = [
        party(voice, _SENDER, sender.party if sender else None),
        party(voice, _RECEIVER, receiver.party if receiver else None),
    ]
    others = ((_BUYER, document.buyer_customer_party), (_SELLER, document.seller_supplier_party))
    parties += [party(voice, role, other.party) for role, other in others if other is not None]
    delivery = document.shipment.delivery if document.shipment else None
    if delivery and delivery.carrier_party:
        parties.append(party(voice, _CARRIER, delivery.carrier_party))
    return parties


def _journey(voice: Voice, shipment: ubl.Shipment | None) -> Iterable[tuple[Text, str]]:
    if shipment is None:
        return
    delivery = shipment.delivery
    despatch = delivery.despatch if delivery else None
    if despatch is not None:
        yield (
            Text("Fiilî sevk", "Despatched"),
            voice.moment(despatch.actual_despatch_date, despatch.actual_despatch_time),
        )
    if delivery is not None:
        yield Text("Teslim", "Delivered"), voice.moment(delivery.actual_delivery_date, delivery.actual_delivery_time)
        yield Text("Teslim yeri", "Delivery to"), address_line(delivery.delivery_address)
    yield Text("Plaka", "Plates"), joined(_plates(shipment), ", ")
    drivers = [driver for stage in shipment.shipment_stage for driver in stage.driver_person]
    yield Text("Şoför", "Driver"), joined((joined((person_name(one), one.nationality_id)) for one in drivers), ", ")


def _plates(shipment: ubl.Shipment) -> Iterable[object]:
    for stage in shipment.shipment_stage:
        road = stage.transport_means.road_transport if stage.transport_means else None
        if road is not None:
            yield road.license_plate_id
    for unit in shipment.transport_handling_unit:
        yield from (equipment.id for equipment in unit.transport_equipment)


def _despatched(voice: Voice, line: ubl.DespatchLine) -> list[str]:
    quantities = [voice.quantity(line.delivered_quantity), voice.quantity(line.outstanding_quantity)]
    return [words(line.id), item_name(line.item), *quantities]


def _received(voice: Voice, line: ubl.ReceiptLine) -> list[str]:
    counted = (line.received_quantity, line.short_quantity, line.oversupply_quantity, line.rejected_quantity)
    reason = joined((*line.reject_reason, line.timing_complaint, *line.note), "; ")
    return [words(line.id), item_name(line.item), *(voice.quantity(each) for each in counted), reason]
