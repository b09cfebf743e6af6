"""What stands in the head of a document: scenario, type, number, dates, references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.render.sheets.reading import Node, each, one, text
from ulak.render.sheets.sums import currency_of
from ulak.render.sheets.values import Fact
from ulak.render.sheets.wording import Wording

__all__ = ["Facts", "dated", "head", "invoice_facts", "payments", "said", "shipment_facts"]

Facts = Iterator[Fact]
_LIRA: Final = "TRY"
_STAGE: Final = "cac:Shipment/cac:ShipmentStage"
_DELIVERY: Final = "cac:Shipment/cac:Delivery"


def said(words: Wording, label: str, value: str) -> Facts:
    """The fact, if there is one."""
    if value:
        yield Fact(words.label(label), value)


def head(words: Wording, root: Node, number: str, type_code: str, types: str) -> Facts:
    """What every UBL document says of itself; the names are those of its number's label, type and list of types."""
    yield from said(words, "scenario", text(root, "cbc:ProfileID"))
    yield from said(words, "type", words.code(types, text(root, type_code)))
    yield from said(words, number, text(root, "cbc:ID"))
    yield from said(words, "date", words.day(text(root, "cbc:IssueDate")))
    yield from said(words, "time", text(root, "cbc:IssueTime")[:5])
    yield from said(words, "customization", text(root, "cbc:CustomizationID"))


def dated(words: Wording, reference: Node | None) -> str:
    """A reference: its number and its day."""
    parts = (text(reference, "cbc:ID"), words.day(text(reference, "cbc:IssueDate")))
    return " · ".join(part for part in parts if part)


def invoice_facts(words: Wording, root: Node, *, is_internet: bool = False) -> Facts:
    """What an invoice refers to, and the money it is in.

    Args:
        is_internet: whether the day of its means of payment is the one on which it was paid.
    """
    yield from said(words, "due", "" if is_internet else words.day(text(root, "cac:PaymentMeans/cbc:PaymentDueDate")))
    yield from said(words, "period", _period(words, one(root, "cac:InvoicePeriod")))
    yield from said(words, "order", dated(words, one(root, "cac:OrderReference")))
    for label, names in (
        ("despatch", "cac:DespatchDocumentReference"),
        ("receipt_advice", "cac:ReceiptDocumentReference"),
        ("originator", "cac:OriginatorDocumentReference"),
        ("contract", "cac:ContractDocumentReference"),
        ("referenced_invoice", "cac:BillingReference/cac:InvoiceDocumentReference"),
    ):
        for reference in each(root, names):
            yield from said(words, label, dated(words, reference))
    yield from said(words, "accounting_cost", text(root, "cbc:AccountingCost"))
    currency = currency_of(root)
    if currency and currency != _LIRA:
        yield from said(words, "currency", currency)
        yield from said(words, "exchange_rate", _rate(words, one(root, "cac:PricingExchangeRate")))


def _period(words: Wording, period: Node | None) -> str:
    days = (text(period, "cbc:StartDate"), text(period, "cbc:EndDate"))
    return " – ".join(words.day(day) for day in days if day)


def _rate(words: Wording, rate: Node | None) -> str:
    value = words.number(text(rate, "cbc:CalculationRate"))
    return " · ".join(part for part in (value, words.day(text(rate, "cbc:Date"))) if part)


def payments(words: Wording, root: Node) -> Iterator[str]:
    """How and where to pay, line by line."""
    for means in each(root, "cac:PaymentMeans"):
        account = one(means, "cac:PayeeFinancialAccount")
        code = text(means, "cbc:PaymentMeansCode")
        parts = (
            words.code("payment_means", code) if code else "",
            text(account, "cac:FinancialInstitutionBranch/cac:FinancialInstitution/cbc:Name"),
            text(account, "cac:FinancialInstitutionBranch/cbc:Name"),
            text(account, "cbc:ID"),
            text(account, "cbc:CurrencyCode"),
            text(account, "cbc:PaymentNote"),
            text(means, "cbc:InstructionNote"),
        )
        line = " · ".join(part for part in parts if part)
        if line:
            yield line
    terms = text(root, "cac:PaymentTerms/cbc:Note")
    if terms:
        yield f"{words.label('payment_terms')}: {terms}"


def shipment_facts(words: Wording, root: Node) -> Facts:
    """How goods travel: when, in which vehicle, by whom, what they are worth."""
    despatch = one(root, f"{_DELIVERY}/cac:Despatch")
    yield from said(words, "despatch_moment", _moment(words, despatch, "ActualDespatch"))
    yield from said(words, "delivery_moment", _moment(words, one(root, _DELIVERY), "ActualDelivery"))
    for plate in each(root, f"{_STAGE}/cac:TransportMeans/cac:RoadTransport/cbc:LicensePlateID"):
        yield from said(words, "plate", text(plate))
    for trailer in each(root, "cac:Shipment/cac:TransportHandlingUnit/cac:TransportEquipment/cbc:ID"):
        yield from said(words, "trailer", text(trailer))
    for driver in each(root, f"{_STAGE}/cac:DriverPerson"):
        yield from said(words, "driver", _driver(driver))
    yield from said(words, "goods_value", words.money(root, "cac:Shipment/cac:GoodsItem/cbc:ValueAmount"))
    for order in each(root, "cac:OrderReference"):
        yield from said(words, "order", dated(words, order))


def _moment(words: Wording, node: Node | None, what: str) -> str:
    parts = (words.day(text(node, f"cbc:{what}Date")), text(node, f"cbc:{what}Time")[:5])
    return " ".join(part for part in parts if part)


def _driver(person: Node) -> str:
    name = " ".join(part for part in (text(person, "cbc:FirstName"), text(person, "cbc:FamilyName")) if part)
    return " · ".join(part for part in (name, text(person, "cbc:NationalityID")) if part)
