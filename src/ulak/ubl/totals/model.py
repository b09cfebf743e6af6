"""What the totals engine takes and gives: plain values, no XML and no JSON."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

import msgspec

__all__ = [
    "Adjusted",
    "Adjustment",
    "Effect",
    "Line",
    "LineTotals",
    "Subtotal",
    "Tax",
    "Totals",
    "Withheld",
    "Withholding",
]


class Effect(Enum):
    """What a computed tax does to the sums of the document."""

    ADDED = "added"
    """Collected from the buyer: in TaxInclusiveAmount and in PayableAmount (KDV, ÖTV, ÖİV, konaklama vergisi …)."""
    DEDUCTED = "deducted"
    """Kept back by the buyer from the price: only lowers PayableAmount (stopaj 0003 and 0011)."""
    WITHHELD = "withheld"
    """Owed by the buyer to the state: in TaxInclusiveAmount, not in PayableAmount (petrol withholding 4171 alone)."""
    RETAINED = "retained"
    """The withheld part of another tax of the line: only lowers PayableAmount and the tax total (4171 beside 0071)."""
    UNCOLLECTED = "uncollected"
    """Computed but not collected: in TaxInclusiveAmount, not in PayableAmount (ihraç kayıtlı teslim, 701, 702, 704)."""
    SHOWN = "shown"
    """Only shown, in no sum; CalculationSequenceNumeric is -1 (the VAT that a yatırım teşvik exemption waives)."""

    # Members are their own: Enum's hash goes by the name, and is asked for with each row of a tax.
    __hash__ = object.__hash__


class Adjustment(msgspec.Struct, frozen=True, gc=False):
    """A discount, or with ``charge`` a price increase, of a line or of the whole document.

    Exactly one of ``percent`` (5 means 5 %) and ``amount`` is set. An adjustment of the document that is not ``taxed``
    changes what is to be paid and leaves the tax bases alone (the expenses of a hal komisyoncu, whose VAT is a row of
    its own).
    """

    percent: Decimal | None = None
    amount: Decimal | None = None
    charge: bool = False
    reason: str | None = None
    taxed: bool = True


class Tax(msgspec.Struct, frozen=True, gc=False):
    """A tax of a line, by its code in GİB's Vergi Kodları Listesi.

    ``percent`` computes the tax from the base; ``amount`` states it (fixed taxes per unit). ``base`` replaces the base
    that the engine would take (özel matrah). A tax ``in_vat_base`` enters the base of VAT (KDVK 24/b: ÖTV and others).
    """

    code: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    base: Decimal | None = None
    exemption: str | None = None
    in_vat_base: bool = False
    effect: Effect = Effect.ADDED


class Withholding(msgspec.Struct, frozen=True, gc=False):
    """VAT withholding (tevkifat) of a line: ``code`` 6xx or 8xx and the ``percent`` of the VAT that the buyer keeps."""

    code: str
    percent: Decimal


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line as its author states it. Amounts are in the document's currency.

    ``original_quantity`` is only read for the return of a withheld sale: the quantity that was sold, when not all of it
    comes back.
    """

    quantity: Decimal
    price: Decimal
    taxes: tuple[Tax, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    withholding: Withholding | None = None
    original_quantity: Decimal | None = None


class Adjusted(msgspec.Struct, frozen=True, gc=False):
    """An adjustment worked out: ``amount`` was taken from, or added to, ``base``."""

    adjustment: Adjustment
    base: Decimal
    amount: Decimal


class Subtotal(msgspec.Struct, gc=False):
    """A row of TaxTotal: ``sequence`` counts from 1, or is -1 where the amount is in no sum."""

    code: str
    percent: Decimal | None
    base: Decimal
    amount: Decimal
    exemption: str | None
    sequence: int
    effect: Effect


class Withheld(msgspec.Struct, gc=False):
    """A row of WithholdingTaxTotal: ``base`` is the computed VAT, ``amount`` the part of it that the buyer keeps."""

    code: str
    percent: Decimal
    base: Decimal
    amount: Decimal


class LineTotals(msgspec.Struct, gc=False):
    """The sums of a line: ``gross`` is quantity × price, ``net`` the same after the line's own adjustments
    (cbc:LineExtensionAmount), ``tax`` what the seller collects of ``taxes``."""

    gross: Decimal
    net: Decimal
    adjusted: Sequence[Adjusted]
    tax: Decimal
    taxes: Sequence[Subtotal]
    withheld: Withheld | None


class Totals(msgspec.Struct, gc=False):
    """The sums of a document; every amount has two decimals. Named after the elements of cac:LegalMonetaryTotal."""

    lines: Sequence[LineTotals]
    adjusted: Sequence[Adjusted]
    tax: Decimal
    taxes: Sequence[Subtotal]
    withholding: Decimal
    withheld: Sequence[Withheld]
    line_extension: Decimal
    tax_exclusive: Decimal
    tax_inclusive: Decimal
    allowance: Decimal
    charge: Decimal
    rounding: Decimal
    payable: Decimal
