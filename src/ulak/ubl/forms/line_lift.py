"""From the taxes and allowances that UBL states to what a person would have stated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ulak.ubl import components as ubl
from ulak.ubl.forms.errors import JsonError
from ulak.ubl.forms.lines import Adjustment, Line, Tax
from ulak.ubl.forms.lookup import exemption_name, tax_fact
from ulak.ubl.forms.party import text
from ulak.ubl.forms.references import numeric
from ulak.ubl.totals import VAT
from ulak.ubl.totals.money import ZERO, add, cents, percent_of
from ulak.ubl.totals.returns import returned_percent
from ulak.ubl.values import Amount

__all__ = ["DocumentTaxes", "charges_from_ubl", "discounts_from_ubl", "document_taxes", "other_taxes", "taxes_of"]

_RETURNS: Final = frozenset({"TEVKIFATIADE", "YTBTEVKIFATIADE"})
_HKS: Final = "HKS"
_ALL: Final = Decimal(100)


class DocumentTaxes(NamedTuple):
    """What the document says of taxes where a line is silent.

    Attributes:
        vat: the one VAT percentage, if there is one alone.
        exemption: the one VAT exemption code, if there is one alone.
        withholding: the one withholding code, if there is one alone and no line says its own.
        returns_withheld: whether the VAT rows are those of a withheld return.
    """

    vat: Decimal | None
    exemption: str | None
    withholding: str | None
    returns_withheld: bool


def document_taxes(invoice: ubl.Invoice) -> DocumentTaxes:
    """What the whole document says of taxes."""
    rows = [row for total in invoice.tax_total for row in total.tax_subtotal if _code(row) == VAT]
    percents = {numeric(row.percent) for row in rows}
    exemptions = {_exemption(row) for row in rows}
    codes = {_code(row) for total in invoice.withholding_tax_total for row in total.tax_subtotal}
    if any(line.withholding_tax_total for line in invoice.invoice_line):
        codes = set()
    return DocumentTaxes(
        percents.pop() if len(percents) == 1 else None,
        exemptions.pop() if len(exemptions) == 1 else None,
        codes.pop() if len(codes) == 1 else None,
        text(invoice.invoice_type_code) in _RETURNS,
    )


def _code(row: ubl.TaxSubtotal) -> str | None:
    scheme = row.tax_category.tax_scheme if row.tax_category else None
    return text(scheme.tax_type_code) if scheme else None


def _exemption(row: ubl.TaxSubtotal) -> str | None:
    return text(row.tax_category.tax_exemption_reason_code) if row.tax_category else None


def _value(amount: Amount | None) -> Decimal:
    return amount.value if amount else ZERO


def taxes_of(line: ubl.InvoiceLine, lifted: Line, document: DocumentTaxes) -> None:
    """Fill in the taxes of a lifted line."""
    rows = line.tax_total.tax_subtotal if line.tax_total else ()
    net = cents(_value(line.line_extension_amount))
    others, base = other_taxes(rows, net)
    lifted.taxes = tuple(others)
    vat = next((row for row in rows if _code(row) == VAT), None)
    if document.returns_withheld and vat is not None:
        _lift_returned(vat, lifted)
        return
    if vat is None:
        lifted.vat, lifted.exemption = document.vat or Decimal(0), document.exemption
    else:
        _lift_vat(vat, lifted, document, base)
    lifted.withholding = _withholding(line, document)


def _lift_vat(vat: ubl.TaxSubtotal, lifted: Line, document: DocumentTaxes, base: Decimal) -> None:
    percent, stated = numeric(vat.percent), vat.taxable_amount
    lifted.exemption = _exemption(vat) or document.exemption
    lifted.vat = percent if percent is not None else document.vat or Decimal(0)
    if lifted.exemption is not None and lifted.vat == 0:
        lifted.vat = None
    if stated is not None and stated.value != base:
        lifted.vat_base = stated.value
    reason = text(vat.tax_category.tax_exemption_reason) if vat.tax_category else None
    lifted.exemption_reason = reason if lifted.exemption and reason != exemption_name(lifted.exemption) else None


def _lift_returned(vat: ubl.TaxSubtotal, lifted: Line) -> None:
    lifted.collected_vat, percent = _value(vat.taxable_amount), numeric(vat.percent)
    if percent is not None and percent > 0 and percent != _ALL:
        original = _plain(lifted.quantity * _ALL / percent)
        lifted.original_quantity = original if returned_percent(lifted.quantity, original) == percent else None


def other_taxes(rows: Sequence[ubl.TaxSubtotal], net: Decimal) -> tuple[list[Tax], Decimal]:
    """The taxes other than VAT among tax rows, and the base that they leave for VAT."""
    found: list[Tax] = []
    base = net
    for row in rows:
        code, amount, percent = _code(row), _value(row.tax_amount), numeric(row.percent)
        if code is None or code == VAT:
            continue
        taxable = row.taxable_amount.value if row.taxable_amount else net
        stated = taxable if taxable != net else None
        computes = percent is not None and percent_of(percent, cents(taxable)) == amount
        exemption = _exemption(row)
        found.append(
            Tax(
                code=code,
                percent=percent if computes else None,
                amount=None if computes else amount,
                base=stated,
                exemption=exemption,
            )
        )
        if _in_vat_base(code):
            base = add(base, amount)
    return found, base


def _in_vat_base(code: str) -> bool:
    try:
        return tax_fact(code, "").in_vat_base
    except JsonError:
        return False


def _withholding(line: ubl.InvoiceLine, document: DocumentTaxes) -> str | None:
    for total in line.withholding_tax_total:
        for row in total.tax_subtotal:
            return _code(row)
    return document.withholding


def discounts_from_ubl(rows: Sequence[ubl.AllowanceCharge]) -> tuple[Adjustment, ...]:
    """The discounts among cac:AllowanceCharge."""
    return tuple(_adjustment(row) for row in rows if not row.charge_indicator)


def charges_from_ubl(rows: Sequence[ubl.AllowanceCharge]) -> tuple[Adjustment, ...]:
    """The charges among cac:AllowanceCharge."""
    return tuple(_adjustment(row) for row in rows if row.charge_indicator)


def _adjustment(row: ubl.AllowanceCharge) -> Adjustment:
    reason = text(row.allowance_charge_reason)
    factor, amount = numeric(row.multiplier_factor_numeric), _value(row.amount)
    percent = None
    if factor is not None:
        percent = factor if (reason or "").startswith(_HKS) else _plain(factor.scaleb(2))
    computes = percent is not None and percent_of(percent, _value(row.base_amount)) == amount
    return Adjustment(percent=percent if computes else None, amount=None if computes else amount, reason=reason)


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
