"""The return of a withheld sale (TEVKIFATIADE), whose VAT row means something else than everywhere.

GİB's stylesheet prints three columns of such an invoice anew: cbc:LineExtensionAmount as "iadeye konu işlem bedeli",
cbc:TaxableAmount as "tevkifatsız KDV tutarı" (the VAT that the seller had collected in the original sale) and
cbc:Percent as "iade edilen mal oranı" (how much of what was sold comes back). The buyer gives back the price and the
collected share of the VAT; a cac:WithholdingTaxTotal is not allowed (rule GeneralWithholdingTaxTotalCheck).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from ulak.ubl.totals.model import Effect, Line, Subtotal
from ulak.ubl.totals.money import add, percent_of, product, subtract

__all__ = ["returned_percent", "withheld_return"]

_VAT = "0015"
_RATIO = Context(prec=60, rounding=ROUND_HALF_UP)
_ALL = Decimal(100)


def withheld_return(line: Line, rows: Sequence[Subtotal]) -> list[Subtotal]:
    """Turn the VAT row of a line into that of a return; other rows stay."""
    return [_vat(line, row) if row.code == _VAT else row for row in rows]


def _vat(line: Line, row: Subtotal) -> Subtotal:
    original = line.original_quantity or line.quantity
    percent = returned_percent(line.quantity, original)
    computed = row.amount if original == line.quantity else _original_vat(line, row, original)
    withheld = percent_of(line.withholding.percent, computed) if line.withholding is not None else Decimal(0)
    collected = subtract(computed, withheld)
    amount = percent_of(percent, collected)
    return Subtotal(row.code, percent, collected, amount, row.exemption, row.sequence, Effect.ADDED)


def _original_vat(line: Line, row: Subtotal, original: Decimal) -> Decimal:
    missing = _RATIO.subtract(original, line.quantity)
    base = add(row.base, product(missing, _RATIO.divide(row.base, line.quantity)) if line.quantity else row.base)
    return percent_of(row.percent or Decimal(0), base)


def returned_percent(quantity: Decimal, original: Decimal) -> Decimal:
    """How much of the original quantity comes back, as a percentage with at most six decimals.

    >>> returned_percent(Decimal("3"), Decimal("12")), returned_percent(Decimal("1"), Decimal("3"))
    (Decimal('25'), Decimal('33.333333'))
    """
    if not original:
        return _ALL
    percent = _RATIO.divide(_RATIO.multiply(quantity, _ALL), original)
    rounded = percent.quantize(Decimal("0.000001"), context=_RATIO)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded
