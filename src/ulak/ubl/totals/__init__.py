"""The totals engine: lines, discounts, taxes and withholding in; every sum of the document out.

>>> from decimal import Decimal
>>> vat, withholding = Tax("0015", Decimal(18)), Withholding("606", Decimal(90))
>>> totals = compute([Line(Decimal(1), Decimal(20000), (vat,), withholding=withholding)])
>>> totals.tax, totals.withholding, totals.tax_inclusive, totals.payable
(Decimal('360.00'), Decimal('3240.00'), Decimal('23600.00'), Decimal('20360.00'))
"""

from ulak.ubl.totals.engine import VAT, compute
from ulak.ubl.totals.errors import TotalsError
from ulak.ubl.totals.model import (
    Adjusted,
    Adjustment,
    Effect,
    Line,
    LineTotals,
    Subtotal,
    Tax,
    Totals,
    Withheld,
    Withholding,
)

__all__ = [
    "VAT",
    "Adjusted",
    "Adjustment",
    "Effect",
    "Line",
    "LineTotals",
    "Subtotal",
    "Tax",
    "Totals",
    "TotalsError",
    "Withheld",
    "Withholding",
    "compute",
]
