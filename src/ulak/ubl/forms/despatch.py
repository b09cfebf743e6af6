"""The friendly form of a despatch advice (e-İrsaliye)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Clock, Form, Identified, Moment, Passthrough, doc
from ulak.ubl.forms.common import DRAFT, LATER_CUSTOMIZATION, UBL_VERSION, signature
from ulak.ubl.forms.items import item_to_ubl
from ulak.ubl.forms.lines import Item
from ulak.ubl.forms.party import Address, Party, address_to_ubl, party_to_ubl
from ulak.ubl.forms.patch import apply_patch
from ulak.ubl.forms.references import Document, Reference, document_to_ubl
from ulak.ubl.totals.money import product
from ulak.ubl.values import Amount, Date, Identifier, Quantity, Time

__all__ = ["PAPER_TYPE", "DespatchAdvice", "DespatchLine", "Driver", "build_despatch"]

_ZERO: Final = Decimal(0)
PAPER_TYPE: Final = "MATBU"
_CURRENCY: Final = "TRY"


class Driver(Form, kw_only=True):
    """Who drives; ``tckn`` is a citizen number, or a passport number of a foreigner."""

    first_name: Annotated[str, doc("Ad.", "First name.")]
    family_name: Annotated[str, doc("Soyad.", "Family name.")]
    tckn: Annotated[str, doc("T.C. kimlik no.", "Citizen number.")]
    title: Annotated[str | None, doc("Görevi.", "Title.")] = None


class DespatchLine(Item, kw_only=True):
    """Goods that are sent."""

    id: Annotated[str | None, doc("Satır numarası; yoksa sırası.", "Line number; its position if left out.")] = None
    quantity: Annotated[Decimal, doc("Gönderilen miktar.", "Quantity sent.")]
    unit: Annotated[str, doc("Birim kodu; C62 adet.", "Unit code; C62 is piece.")] = "C62"
    price: Annotated[Decimal | None, doc("Birim fiyat, TL.", "Unit price in TRY.")] = None
    order_line: Annotated[str | None, doc("Sipariş satırı; yoksa sırası.", "Order line; else its position.")] = None
    outstanding: Annotated[Decimal | None, doc("Sonra gönderilecek miktar.", "Quantity to be sent later.")] = None
    outstanding_reason: Annotated[str | None, doc("Sonra gönderme sebebi.", "Why it is sent later.")] = None
    ubl: Passthrough | None = None


class DespatchAdvice(Identified, kw_only=True, tag_field="document", tag="despatch_advice"):
    """A despatch advice: what goes where, when, on which vehicle."""

    profile: Annotated[str, doc("Senaryo.", "Profile (senaryo).")] = "TEMELIRSALIYE"
    type: Annotated[str | None, doc("Tip; “paper” varsa MATBUDAN.", "Type; MATBUDAN if “paper” is there.")] = None
    paper: Annotated[Reference | None, doc("Matbu irsaliye.", "The advice issued on paper.")] = None
    orders: Annotated[tuple[Reference, ...], doc("Siparişler.", "Orders.")] = ()
    documents: Annotated[tuple[Document, ...], doc("Ek belgeler.", "Attached documents.")] = ()
    supplier: Annotated[Party, doc("Gönderen.", "Who sends.")]
    supplier_contact: Annotated[str | None, doc("Teslim eden.", "Who hands over.")] = None
    customer: Annotated[Party, doc("Teslim alan.", "Who receives.")]
    customer_contact: Annotated[str | None, doc("Teslim alan kişi.", "Person who receives.")] = None
    buyer: Annotated[Party | None, doc("Satın alan.", "Who buys.")] = None
    seller: Annotated[Party | None, doc("Satan.", "Who sells.")] = None
    originator: Annotated[Party | None, doc("Süreci başlatan.", "Who started the process.")] = None
    despatch_date: Annotated[Date | None, doc("Fiili sevk tarihi.", "Date of despatch.")] = None
    despatch_time: Annotated[Time | None, doc("Fiili sevk saati.", "Time of despatch.")] = None
    delivery_address: Annotated[Address | None, doc("Teslim adresi.", "Delivery address.")] = None
    carrier: Annotated[Party | None, doc("Taşıyıcı.", "Carrier.")] = None
    drivers: Annotated[tuple[Driver, ...], doc("Şoförler.", "Drivers.")] = ()
    plate: Annotated[str | None, doc("Araç plakası.", "Licence plate.")] = None
    foreign_plate: Annotated[str | None, doc("Yabancı plaka.", "Foreign licence plate.")] = None
    trailers: Annotated[tuple[str, ...], doc("Dorse plakaları.", "Trailer plates.")] = ()
    value: Annotated[Decimal | None, doc("Malların değeri, TL.", "Value of the goods in TRY.")] = None
    lines: Annotated[tuple[DespatchLine, ...], doc("Satırlar.", "Lines.")]
    ubl: Passthrough | None = None


def build_despatch(form: DespatchAdvice, clock: Clock) -> ubl.DespatchAdvice:
    """The despatch advice in UBL, unsigned; raises `JsonError` for a missing field."""
    moment = form.moment(clock)
    supplier = party_to_ubl(form.supplier)
    contact = form.supplier_contact
    receiver = form.customer_contact
    document = ubl.DespatchAdvice(
        ubl_extensions=DRAFT,
        ubl_version_id=UBL_VERSION,
        customization_id=LATER_CUSTOMIZATION,
        profile_id=form.profile,
        id=moment.number,
        copy_indicator=False,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        despatch_advice_type_code=form.type or ("SEVK" if form.paper is None else "MATBUDAN"),
        note=form.notes,
        line_count_numeric=Decimal(len(form.lines)),
        order_reference=tuple(ubl.OrderReference(id=each.number, issue_date=each.date) for each in form.orders),
        additional_document_reference=_documents(form, moment),
        signature=signature(form.supplier.tax_id or "", supplier.postal_address, moment.uuid),
        despatch_supplier_party=ubl.SupplierParty(
            party=supplier, despatch_contact=None if contact is None else ubl.Contact(name=contact)
        ),
        delivery_customer_party=ubl.CustomerParty(
            party=party_to_ubl(form.customer),
            delivery_contact=None if receiver is None else ubl.Contact(name=receiver),
        ),
        buyer_customer_party=_customer(form.buyer),
        seller_supplier_party=None if form.seller is None else ubl.SupplierParty(party=party_to_ubl(form.seller)),
        originator_customer_party=_customer(form.originator),
        shipment=_shipment(form, moment),
        despatch_line=tuple(_line(line, str(at)) for at, line in enumerate(form.lines, 1)),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def _customer(party: Party | None) -> ubl.CustomerParty | None:
    return None if party is None else ubl.CustomerParty(party=party_to_ubl(party))


def _documents(form: DespatchAdvice, moment: Moment) -> tuple[ubl.DocumentReference, ...]:
    documents = [document_to_ubl(each, moment.date) for each in form.documents]
    if form.paper is not None:
        paper = ubl.DocumentReference(id=form.paper.number, issue_date=form.paper.date, document_type=PAPER_TYPE)
        documents.append(paper)
    return tuple(documents)


def _shipment(form: DespatchAdvice, moment: Moment) -> ubl.Shipment:
    value = form.value
    return ubl.Shipment(
        id="",
        goods_item=() if value is None else (ubl.GoodsItem(value_amount=Amount(value, _CURRENCY)),),
        shipment_stage=_stage(form),
        delivery=ubl.Delivery(
            delivery_address=None if form.delivery_address is None else address_to_ubl(form.delivery_address),
            carrier_party=None if form.carrier is None else party_to_ubl(form.carrier),
            despatch=ubl.Despatch(
                actual_despatch_date=form.despatch_date or moment.date,
                actual_despatch_time=form.despatch_time or moment.time,
            ),
        ),
        transport_handling_unit=_trailers(form.trailers),
    )


def _stage(form: DespatchAdvice) -> tuple[ubl.ShipmentStage, ...]:
    plate = None
    if form.plate is not None:
        plate = Identifier(form.plate, "PLAKA")
    elif form.foreign_plate is not None:
        plate = Identifier(form.foreign_plate, "YABANCIPLAKA")
    if plate is None and not form.drivers:
        return ()
    road = None if plate is None else ubl.TransportMeans(road_transport=ubl.RoadTransport(license_plate_id=plate))
    drivers = tuple(
        ubl.Person(first_name=each.first_name, family_name=each.family_name, title=each.title, nationality_id=each.tckn)
        for each in form.drivers
    )
    return (ubl.ShipmentStage(transport_means=road, driver_person=drivers),)


def _trailers(trailers: tuple[str, ...]) -> tuple[ubl.TransportHandlingUnit, ...]:
    if not trailers:
        return ()
    equipment = tuple(ubl.TransportEquipment(id=Identifier(plate, "DORSEPLAKA")) for plate in trailers)
    return (ubl.TransportHandlingUnit(transport_equipment=equipment),)


def _line(line: DespatchLine, position: str) -> ubl.DespatchLine:
    later, reason = line.outstanding, line.outstanding_reason
    written = ubl.DespatchLine(
        id=line.id or position,
        note=() if line.note is None else (line.note,),
        delivered_quantity=Quantity(line.quantity, line.unit),
        outstanding_quantity=None if later is None else Quantity(later, line.unit),
        outstanding_reason=() if reason is None else (reason,),
        order_line_reference=ubl.OrderLineReference(line_id=line.order_line or position),
        item=item_to_ubl(line),
        shipment=() if line.price is None else (_priced(line.quantity, line.price),),
    )
    return apply_patch(written, line.ubl) if line.ubl else written


def _priced(quantity: Decimal, price: Decimal) -> ubl.Shipment:
    """The price of goods on a despatch line, as in GİB's sample Irsaliye-Ornek1.xml."""
    line = ubl.InvoiceLine(
        id="",
        invoiced_quantity=Quantity(_ZERO),
        line_extension_amount=Amount(product(quantity, price), _CURRENCY),
        item=ubl.Item(name=""),
        price=ubl.Price(price_amount=Amount(price, _CURRENCY)),
    )
    return ubl.Shipment(id="", goods_item=(ubl.GoodsItem(invoice_line=(line,)),))
