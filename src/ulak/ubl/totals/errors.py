"""What can be wrong with sums."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ulak.errors import Text, UlakError

if TYPE_CHECKING:
    from ulak.ubl.totals.model import Totals

__all__ = ["TotalsError", "check_line", "check_totals"]

# GİB's decimalCheck: at most 15 digits before the decimal point.
_LIMIT = Decimal(10) ** 15


class TotalsError(UlakError):
    """The sums of a document cannot be what GİB takes. ``where`` is a JSON pointer."""


def check_line(index: int, net: Decimal) -> None:
    """Refuse a line whose amount is below zero."""
    if net < 0:
        raise TotalsError(
            "totals.negative-line",
            Text(f"{index + 1}. satırın tutarı eksi: {net}.", f"The amount of line {index + 1} is negative: {net}."),
            Text(
                "Miktarı, fiyatı ve iskontoları düzeltin; satılanın geri alınması bir iade faturasıdır.",
                "Correct quantity, price and discounts; taking back what was sold is a return invoice.",
            ),
            where=f"/lines/{index}",
        )


def check_totals(totals: Totals) -> None:
    """Refuse sums below zero or beyond GİB's 15 digits."""
    if totals.payable < 0 or totals.tax_exclusive < 0 or totals.tax < 0:
        raise TotalsError(
            "totals.negative",
            Text("Belgenin toplamları eksi olamaz.", "The sums of a document cannot be negative."),
            Text(
                "Belge düzeyindeki iskontoları, yuvarlamayı ve stopajı gözden geçirin.",
                "Look at the document's discounts, its rounding and its income-tax withholding.",
            ),
        )
    if totals.tax_inclusive >= _LIMIT or totals.line_extension >= _LIMIT:
        raise TotalsError(
            "totals.too-large",
            Text("Toplam, GİB'in kabul ettiği 15 haneden büyük.", "A sum is larger than the 15 digits that GİB takes."),
            Text("Miktarı ve fiyatı gözden geçirin.", "Look at quantity and price."),
        )
