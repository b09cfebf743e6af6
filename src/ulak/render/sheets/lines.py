"""The lines of invoices, producer receipts, despatch and receipt advices as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.render.sheets.reading import Node, each, one, text, texts
from ulak.render.sheets.tables import Row
from ulak.render.sheets.wording import Wording

__all__ = ["despatch_row", "invoice_row", "receipt_row"]

_VAT: Final = "0015"
_DISCOUNT: Final = ("false", "0")
_CHARGE: Final = ("true", "1")
_SELLERS_CODE: Final = "cac:Item/cac:SellersItemIdentification/cbc:ID"
_DELIVERY: Final = "cac:Delivery"
_GOODS: Final = "cac:Delivery/cac:Shipment/cac:GoodsItem/cbc:RequiredCustomsID"
_PACKAGE: Final = "cac:Delivery/cac:Shipment/cac:TransportHandlingUnit/cac:ActualPackage"
_MODE: Final = "cac:Delivery/cac:Shipment/cac:ShipmentStage/cbc:TransportModeCode"
_PRICED_GOODS: Final = "cac:Shipment/cac:GoodsItem/cac:InvoiceLine"


def invoice_row(words: Wording, line: Node, quantity: str = "cbc:InvoicedQuantity") -> Row:
    """A line of an invoice, or of a producer receipt by the name of its quantity."""
    taxes = each(line, "cac:TaxTotal/cac:TaxSubtotal")
    vat = [tax for tax in taxes if _code(tax) == _VAT]
    return {
        "line": text(line, "cbc:ID"),
        "code": text(line, _SELLERS_CODE),
        "item": _item(words, line),
        "description": text(line, "cac:Item/cbc:Description"),
        "quantity": words.measured(one(line, quantity)),
        "unit_price": words.number(text(line, "cac:Price/cbc:PriceAmount"), 2),
        "discount": _adjusted(words, line, _DISCOUNT),
        "charge": _adjusted(words, line, _CHARGE),
        "vat_rate": ", ".join(words.percent(text(tax, "cbc:Percent")) for tax in vat),
        "vat_amount": ", ".join(words.number(text(tax, "cbc:TaxAmount"), 2) for tax in vat),
        "other_taxes": "\n".join(_tax(words, tax) for tax in taxes if _code(tax) != _VAT),
        "withheld": "\n".join(_tax(words, tax) for tax in each(line, "cac:WithholdingTaxTotal/cac:TaxSubtotal")),
        **_abroad(words, line),
        "amount": words.number(text(line, "cbc:LineExtensionAmount"), 2),
    }


def _abroad(words: Wording, line: Node) -> Row:
    """What only the lines of an export say."""
    if one(line, _DELIVERY) is None:
        return {}
    packages = each(line, _PACKAGE)
    return {
        "gtip": ", ".join(texts(line, _GOODS)),
        "package": ", ".join(_package(words, package) for package in packages),
        "delivery_term": text(line, f"{_DELIVERY}/cac:DeliveryTerms/cbc:ID"),
        "delivery_place": ", ".join(texts(line, f"{_DELIVERY}/cac:DeliveryAddress/cbc:CityName")),
        "transport_mode": ", ".join(words.code("transport_modes", code) for code in texts(line, _MODE)),
    }


def _package(words: Wording, package: Node) -> str:
    kind = words.code("package_types", text(package, "cbc:PackagingTypeCode"))
    return f"{words.number(text(package, 'cbc:Quantity'))} {kind}".strip()


def _code(tax: Node) -> str:
    return text(tax, "cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode")


def _tax(words: Wording, tax: Node) -> str:
    name = text(tax, "cac:TaxCategory/cac:TaxScheme/cbc:Name") or _code(tax)
    amount = words.number(text(tax, "cbc:TaxAmount"), 2)
    return " ".join(said for said in (name, words.percent(text(tax, "cbc:Percent")), amount) if said)


def _adjusted(words: Wording, line: Node, wanted: tuple[str, str]) -> str:
    found = (one for one in each(line, "cac:AllowanceCharge") if text(one, "cbc:ChargeIndicator").lower() in wanted)
    return "\n".join(words.number(text(amount, "cbc:Amount"), 2) for amount in found)


def _item(words: Wording, line: Node) -> str:
    return "\n".join(_described(words, line))


def _described(words: Wording, line: Node) -> Iterator[str]:
    item = one(line, "cac:Item")
    yield text(item, "cbc:Name")
    facts = (
        ("brand", text(item, "cbc:BrandName")),
        ("model", text(item, "cbc:ModelName")),
        ("serial", ", ".join(texts(item, "cac:ItemInstance/cbc:SerialID"))),
        ("label_number", ", ".join(_tags(item))),
        ("origin", text(item, "cac:OriginCountry/cbc:Name")),
    )
    said = ", ".join(f"{words.label(name)}: {value}" for name, value in facts if value)
    if said:
        yield said
    yield from texts(line, "cbc:Note")


def _tags(item: Node | None) -> Iterator[str]:
    for found in each(item, "cac:AdditionalItemIdentification/cbc:ID"):
        if text(found):
            yield text(found)


def despatch_row(words: Wording, line: Node) -> Row:
    """A line of a despatch advice; prices stand in it only where the sender said them."""
    price = text(line, f"{_PRICED_GOODS}/cac:Price/cbc:PriceAmount")
    amount = text(line, f"{_PRICED_GOODS}/cbc:LineExtensionAmount")
    return {
        "line": text(line, "cbc:ID"),
        "code": text(line, _SELLERS_CODE),
        "item": _item(words, line),
        "description": text(line, "cac:Item/cbc:Description"),
        "quantity": words.measured(one(line, "cbc:DeliveredQuantity")),
        "backordered": words.measured(one(line, "cbc:OutstandingQuantity")),
        "unit_price": words.number(price, 2),
        "amount": words.number(amount, 2),
    }


def receipt_row(words: Wording, line: Node) -> Row:
    """A line of a receipt advice: what came, and what was wrong with it."""
    reasons = (*texts(line, "cbc:RejectReason"), text(line, "cbc:TimingComplaint"))
    return {
        "line": text(line, "cbc:ID"),
        "code": text(line, _SELLERS_CODE),
        "item": _item(words, line),
        "description": text(line, "cac:Item/cbc:Description"),
        "received": words.measured(one(line, "cbc:ReceivedQuantity")),
        "rejected": words.measured(one(line, "cbc:RejectedQuantity")),
        "short": words.measured(one(line, "cbc:ShortQuantity")),
        "oversupply": words.measured(one(line, "cbc:OversupplyQuantity")),
        "reject_reason": "\n".join(reason for reason in reasons if reason),
    }
