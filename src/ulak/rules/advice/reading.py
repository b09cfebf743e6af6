"""The figures of an invoice or credit note, with their elements, read in one walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from lxml import etree

from ulak.rules.advice.figures import ZERO, Figure, content, figure
from ulak.rules.advice.names import cac, cbc

__all__ = ["LINES", "Adjustment", "Bill", "Line", "Monetary", "Row", "TaxBlock", "grouped", "read_bill", "text_of"]

LINES: Final = (cac("InvoiceLine"), cac("CreditNoteLine"))
_QUANTITIES: Final = (cbc("InvoicedQuantity"), cbc("CreditedQuantity"))
_TYPES: Final = (cbc("InvoiceTypeCode"), cbc("CreditNoteTypeCode"))
_ADJUSTMENT, _TAX, _WITHHOLDING = cac("AllowanceCharge"), cac("TaxTotal"), cac("WithholdingTaxTotal")
_WAIVED: Final = Decimal(-1)
_ALLOWANCE_TOTAL_AMOUNT: Final = cbc("AllowanceTotalAmount")
_AMOUNT: Final = cbc("Amount")
_BASE_AMOUNT: Final = cbc("BaseAmount")
_CALCULATION_SEQUENCE_NUMERIC: Final = cbc("CalculationSequenceNumeric")
_CHARGE_TOTAL_AMOUNT: Final = cbc("ChargeTotalAmount")
_LINE_EXTENSION_AMOUNT: Final = cbc("LineExtensionAmount")
_MULTIPLIER_FACTOR_NUMERIC: Final = cbc("MultiplierFactorNumeric")
_PAYABLE_AMOUNT: Final = cbc("PayableAmount")
_PAYABLE_ROUNDING_AMOUNT: Final = cbc("PayableRoundingAmount")
_PERCENT: Final = cbc("Percent")
_PRICE_AMOUNT: Final = cbc("PriceAmount")
_TAX_AMOUNT: Final = cbc("TaxAmount")
_TAX_EXCLUSIVE_AMOUNT: Final = cbc("TaxExclusiveAmount")
_TAX_INCLUSIVE_AMOUNT: Final = cbc("TaxInclusiveAmount")
_TAXABLE_AMOUNT: Final = cbc("TaxableAmount")
_CHARGE_INDICATOR: Final = cbc("ChargeIndicator")
_ALLOWANCE_CHARGE_REASON: Final = cbc("AllowanceChargeReason")
_TAX_TYPE_CODE: Final = cbc("TaxTypeCode")
_TAX_EXEMPTION_REASON_CODE: Final = cbc("TaxExemptionReasonCode")
_TAX_EXEMPTION_REASON: Final = cbc("TaxExemptionReason")
_TAX_CATEGORY: Final = cac("TaxCategory")
_TAX_SUBTOTAL: Final = cac("TaxSubtotal")
_PRICE: Final = cac("Price")
_MEASURES: Final = (cbc("BaseUnitMeasure"), cbc("PerUnitAmount"))

_Children = dict[str, list[etree._Element]]


@dataclass(slots=True)
class Row:
    """A cac:TaxSubtotal. ``waived``: only shown, as its sequence -1 says; ``measured``: not by percentage."""

    node: etree._Element
    base: Figure | None
    amount: Figure | None
    percent: Figure | None
    code: str
    exemption: str
    reason: str
    waived: bool
    measured: bool

    @property
    def tax(self) -> Decimal:
        return self.amount.value if self.amount else ZERO

    @property
    def rate(self) -> Decimal | None:
        return self.percent.value if self.percent else None


@dataclass(slots=True)
class TaxBlock:
    """A cac:TaxTotal or cac:WithholdingTaxTotal."""

    node: etree._Element
    amount: Figure | None
    rows: list[Row]


@dataclass(slots=True)
class Adjustment:
    """A cac:AllowanceCharge."""

    node: etree._Element
    charge: bool
    reason: str
    multiplier: Figure | None
    amount: Figure | None
    base: Figure | None

    @property
    def value(self) -> Decimal:
        return self.amount.value if self.amount else ZERO

    @property
    def taxed(self) -> bool:
        """False for the expenses of a hal komisyoncu (HKSKOMISYON …), which stand outside the tax bases."""
        return not self.reason.startswith("HKS")


@dataclass(slots=True)
class Line:
    """A line; ``net`` is its cbc:LineExtensionAmount."""

    node: etree._Element
    quantity: Figure | None
    net: Figure | None
    price: Figure | None
    adjustments: list[Adjustment]
    taxes: list[TaxBlock]
    withholdings: list[TaxBlock]

    @property
    def rows(self) -> list[Row]:
        return [row for block in self.taxes for row in block.rows]

    @property
    def withheld(self) -> list[Row]:
        return [row for block in self.withholdings for row in block.rows]


@dataclass(slots=True)
class Monetary:
    """cac:LegalMonetaryTotal."""

    node: etree._Element
    lines: Figure | None
    exclusive: Figure | None
    inclusive: Figure | None
    allowance: Figure | None
    charge: Figure | None
    rounding: Figure | None
    payable: Figure | None


@dataclass(slots=True)
class Bill:
    """The figures of a document. ``foreign`` are tax totals in another currency than the document's."""

    root: etree._Element
    credit: bool
    profile: str
    type: str
    currency: str
    exchange: etree._Element | None
    adjustments: list[Adjustment]
    taxes: list[TaxBlock]
    withholdings: list[TaxBlock]
    totals: Monetary | None
    lines: list[Line]
    foreign: list[TaxBlock] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for block in self.taxes for row in block.rows]

    @property
    def withheld(self) -> list[Row]:
        return [row for block in self.withholdings for row in block.rows]


def grouped(node: etree._Element) -> _Children:
    """The child elements of ``node`` by their names."""
    children: _Children = {}
    for child in node:
        tag = child.tag
        if tag in children:
            children[tag].append(child)
        else:
            children[tag] = [child]
    return children


def text_of(node: etree._Element | None) -> str:
    """The text of an element without surrounding space."""
    return "" if node is None else content(node)


def read_bill(root: etree._Element) -> Bill:
    """The figures of an Invoice or CreditNote; what is missing or no number is None."""
    children = grouped(root)
    currency = text_of(_first(children, cbc("DocumentCurrencyCode")))
    blocks = [_block(node) for node in children.get(_TAX, ())]
    own = [block for block in blocks if not _foreign(block, currency)]
    return Bill(
        root,
        credit=root.tag.endswith("}CreditNote") if isinstance(root.tag, str) else False,
        profile=text_of(_first(children, cbc("ProfileID"))),
        type=text_of(_first(children, *_TYPES)),
        currency=currency,
        exchange=_first(children, cac("PricingExchangeRate")),
        adjustments=[_adjustment(node) for node in children.get(_ADJUSTMENT, ())],
        taxes=own,
        withholdings=[_block(node) for node in children.get(_WITHHOLDING, ())],
        totals=_monetary(_first(children, cac("LegalMonetaryTotal"))),
        lines=[_line(node) for name in LINES for node in children.get(name, ())],
        foreign=[block for block in blocks if _foreign(block, currency)],
    )


def _foreign(block: TaxBlock, currency: str) -> bool:
    return bool(currency and block.amount and block.amount.currency not in ("", currency))


def _first(children: _Children, *names: str) -> etree._Element | None:
    for name in names:
        if name in children:
            return children[name][0]
    return None


def _number(children: _Children, name: str) -> Figure | None:
    found = children.get(name)
    return figure(found[0]) if found else None


def _line(node: etree._Element) -> Line:
    children = grouped(node)
    price = _first(children, _PRICE)
    return Line(
        node,
        figure(_first(children, *_QUANTITIES)),
        _number(children, _LINE_EXTENSION_AMOUNT),
        None if price is None else _number(grouped(price), _PRICE_AMOUNT),
        [_adjustment(each) for each in children.get(_ADJUSTMENT, ())],
        [_block(each) for each in children.get(_TAX, ())],
        [_block(each) for each in children.get(_WITHHOLDING, ())],
    )


def _adjustment(node: etree._Element) -> Adjustment:
    children = grouped(node)
    return Adjustment(
        node,
        text_of(_first(children, _CHARGE_INDICATOR)) in ("true", "1"),
        text_of(_first(children, _ALLOWANCE_CHARGE_REASON)),
        _number(children, _MULTIPLIER_FACTOR_NUMERIC),
        _number(children, _AMOUNT),
        _number(children, _BASE_AMOUNT),
    )


def _block(node: etree._Element) -> TaxBlock:
    children = grouped(node)
    return TaxBlock(node, _number(children, _TAX_AMOUNT), [_row(each) for each in children.get(_TAX_SUBTOTAL, ())])


def _row(node: etree._Element) -> Row:
    children = grouped(node)
    sequence = _number(children, _CALCULATION_SEQUENCE_NUMERIC)
    category = dict(_texts(_first(children, _TAX_CATEGORY)))
    return Row(
        node,
        _number(children, _TAXABLE_AMOUNT),
        _number(children, _TAX_AMOUNT),
        _number(children, _PERCENT),
        category.get(_TAX_TYPE_CODE, ""),
        category.get(_TAX_EXEMPTION_REASON_CODE, ""),
        category.get(_TAX_EXEMPTION_REASON, ""),
        waived=sequence is not None and sequence.value == _WAIVED,
        measured=any(name in children for name in _MEASURES),
    )


def _texts(node: etree._Element | None) -> Iterator[tuple[str, str]]:
    if node is not None:
        for each in node.iter(_TAX_TYPE_CODE, _TAX_EXEMPTION_REASON_CODE, _TAX_EXEMPTION_REASON):
            yield each.tag, text_of(each)


def _monetary(node: etree._Element | None) -> Monetary | None:
    if node is None:
        return None
    children = grouped(node)
    return Monetary(
        node,
        _number(children, _LINE_EXTENSION_AMOUNT),
        _number(children, _TAX_EXCLUSIVE_AMOUNT),
        _number(children, _TAX_INCLUSIVE_AMOUNT),
        _number(children, _ALLOWANCE_TOTAL_AMOUNT),
        _number(children, _CHARGE_TOTAL_AMOUNT),
        _number(children, _PAYABLE_ROUNDING_AMOUNT),
        _number(children, _PAYABLE_AMOUNT),
    )
