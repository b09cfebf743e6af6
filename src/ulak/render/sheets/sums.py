"""What stands under the table: sums, taxes, what is withheld, what is to be paid, and why no tax was charged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ulak.render.sheets.reading import Node, decimal_in, each, one, text
from ulak.render.sheets.values import Total
from ulak.render.sheets.wording import Wording

__all__ = ["currency_of", "exemptions", "totals"]

_VAT: Final = "0015"
_LIRA: Final = "TRY"
_CENT: Final = Decimal("0.01")
_MONEY: Final = "cac:LegalMonetaryTotal"
_TAXES: Final = "cac:TaxTotal/cac:TaxSubtotal"
_WITHHELD: Final = "cac:WithholdingTaxTotal/cac:TaxSubtotal"
_SCHEME: Final = "cac:TaxCategory/cac:TaxScheme"


def currency_of(root: Node) -> str:
    """The currency of the document, as it says or as its payable amount has it."""
    said = text(root, "cbc:DocumentCurrencyCode")
    payable = one(root, f"{_MONEY}/cbc:PayableAmount")
    return said or (payable.get("currencyID", "") if payable is not None else "")


def totals(words: Wording, root: Node, first: str = "line_total") -> tuple[Total, ...]:
    """Every sum that the document says and that is not nothing, in the order of reckoning."""
    return tuple(_totals(words, root, first))


def _totals(words: Wording, root: Node, first: str) -> Iterator[Total]:
    money = one(root, _MONEY)
    yield from _sum(words, money, first, "cbc:LineExtensionAmount")
    yield from _sum(words, money, "discount_total", "cbc:AllowanceTotalAmount")
    yield from _sum(words, money, "charge_total", "cbc:ChargeTotalAmount")
    for tax in each(root, _TAXES):
        yield Total(_tax_label(words, tax), words.money(tax, "cbc:TaxAmount"))
    yield from _sum(words, money, "with_tax", "cbc:TaxInclusiveAmount")
    for tax in each(root, _WITHHELD):
        yield Total(_withheld_label(words, tax), words.money(tax, "cbc:TaxAmount"))
    yield from _sum(words, money, "rounding", "cbc:PayableRoundingAmount")
    payable = words.money(money, "cbc:PayableAmount")
    if payable:
        yield Total(words.label("payable"), payable, is_main=True)
    yield from _in_lira(words, root, money)


def _sum(words: Wording, money: Node | None, label: str, names: str) -> Iterator[Total]:
    if decimal_in(text(money, names)):
        yield Total(words.label(label), words.money(money, names))


def _tax_label(words: Wording, tax: Node) -> str:
    code = text(tax, f"{_SCHEME}/cbc:TaxTypeCode")
    said = text(tax, f"{_SCHEME}/cbc:Name")
    name = (
        words.label("vat") if code == _VAT else said if words.language != "en" and said else words.code("taxes", code)
    )
    return _with_rate(words, tax, name or said)


def _with_rate(words: Wording, tax: Node, name: str) -> str:
    rate, base = words.percent(text(tax, "cbc:Percent")), words.number(text(tax, "cbc:TaxableAmount"), 2)
    taxed = f"{words.label('tax_base').lower()} {base}" if base else ""
    inside = ", ".join(said for said in (rate, taxed) if said)
    return f"{name} ({inside})" if inside else name


def _withheld_label(words: Wording, tax: Node) -> str:
    code = text(tax, f"{_SCHEME}/cbc:TaxTypeCode")
    said = text(tax, f"{_SCHEME}/cbc:Name")
    name = words.code("withholdings", code) if words.language == "en" or not said else said
    rate = words.percent(text(tax, "cbc:Percent"))
    return f"{words.label('withholding')} {rate} ({' – '.join(part for part in (code, name) if part)})"


def _in_lira(words: Wording, root: Node, money: Node | None) -> Iterator[Total]:
    rate = decimal_in(text(root, "cac:PricingExchangeRate/cbc:CalculationRate"))
    payable = decimal_in(text(money, "cbc:PayableAmount"))
    if rate and payable is not None and currency_of(root) != _LIRA:
        worth = (payable * rate).quantize(_CENT, ROUND_HALF_UP)
        yield Total(words.label("in_lira"), words.priced(f"{worth:f}", _LIRA))


def exemptions(words: Wording, root: Node) -> tuple[str, ...]:
    """Why a tax was not charged: code and reason, each once."""
    found = {
        (code, text(tax, "cac:TaxCategory/cbc:TaxExemptionReason")): None
        for tax in (*each(root, _TAXES), *each(root, _WITHHELD))
        if (code := text(tax, "cac:TaxCategory/cbc:TaxExemptionReasonCode"))
    }
    return tuple(f"{words.label('exemption')}: {code} – {_reason(words, code, said)}" for code, said in found)


def _reason(words: Wording, code: str, said: str) -> str:
    return words.code("exemptions", code) if words.language == "en" or not said else said
