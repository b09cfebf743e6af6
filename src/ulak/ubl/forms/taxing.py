"""From what a person states on a line to the taxes that the totals engine computes.

The law's knowledge is in `ulak.codes`; here is only which field means which tax, and what an exemption does to it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Final

import msgspec

from ulak.codes.classes import ExemptionClass
from ulak.errors import Text
from ulak.ubl import totals
from ulak.ubl.forms.errors import missing, wrong_value
from ulak.ubl.forms.lines import Adjustment, Line, Tax
from ulak.ubl.forms.lookup import exemption_class, tax_fact, withheld_percent
from ulak.ubl.totals import VAT, Effect
from ulak.ubl.totals.returns import returned_percent
from ulak.ubl.values import Date

__all__ = ["EXCISE_WITHHOLDING", "adjustments", "engine_line"]

EXCISE_WITHHOLDING: Final = "4171"
_EXCISE_OIL: Final = "0071"
_ZERO: Final = Decimal(0)
_VAT_DEFERRED: Final = frozenset({"701", "702", "704"})
_EXCISE_DEFERRED: Final = frozenset({"703", "704"})
_HKS: Final = "HKS"


def engine_line(line: Line, index: int, default_exemption: str | None, day: Date, *, vat: bool = True) -> totals.Line:
    """A friendly line as the totals engine takes it.

    Args:
        line: the line.
        index: its position, for the pointer in errors.
        default_exemption: the reason that its document exists for (301 in an export), taken where the line names none.
        day: the day of issue, which decides the withholding rates.
        vat: whether a line must bear VAT or name an exemption.

    Raises:
        JsonError: a code that is in no list, a rate that is missing.
    """
    taxes = [_tax(tax, f"/lines/{index}/taxes/{at}") for at, tax in enumerate(line.taxes)] if line.taxes else []
    if len(taxes) > 1:
        _pair_excise_withholding(taxes)
    if line.collected_vat is not None:
        taxes.append(_returned_vat(line, line.collected_vat))
    elif vat or line.vat is not None or line.exemption is not None:
        taxes.append(_vat(line, index, default_exemption))
    withholding = None
    if line.withholding is not None:
        percent = withheld_percent(line.withholding, line.withholding_percent, day, f"/lines/{index}")
        withholding = totals.Withholding(line.withholding, percent)
    return totals.Line(
        line.quantity,
        line.price,
        tuple(taxes),
        adjustments(line.discounts, line.charges, f"/lines/{index}") if line.discounts or line.charges else (),
        withholding,
        line.original_quantity,
    )


def _vat(line: Line, index: int, default_exemption: str | None) -> totals.Tax:
    percent, exemption = line.vat, line.exemption
    if exemption is None and default_exemption is not None:
        exemption = default_exemption
    if exemption is None:
        if percent is None:
            why = Text("KDV oranını ya da istisna kodunu yazın.", "State the VAT rate or an exemption code.")
            raise missing(f"/lines/{index}/vat", why)
        if line.vat_base is None:
            return _plain_vat(percent)
        return totals.Tax(VAT, percent, None, line.vat_base)
    effect = _vat_effect(exemption, percent or _ZERO, f"/lines/{index}/exemption")
    return totals.Tax(VAT, percent or _ZERO, None, line.vat_base, exemption, False, effect)


def _returned_vat(line: Line, collected: Decimal) -> totals.Tax:
    """The VAT row of a withheld return, whose percentage is how much comes back (`ulak.ubl.totals.returns`)."""
    percent = returned_percent(line.quantity, line.original_quantity or line.quantity)
    return totals.Tax(VAT, percent, None, collected)


@cache
def _plain_vat(percent: Decimal) -> totals.Tax:
    return totals.Tax(VAT, percent)


def _vat_effect(exemption: str, percent: Decimal, pointer: str) -> Effect:
    family = exemption_class(exemption, pointer)
    if not percent:
        return Effect.ADDED
    if family is ExemptionClass.INVESTMENT:
        return Effect.SHOWN
    return Effect.UNCOLLECTED if exemption in _VAT_DEFERRED else Effect.ADDED


def _tax(tax: Tax, pointer: str) -> totals.Tax:
    fact = tax_fact(tax.code, f"{pointer}/code")
    if tax.percent is None and tax.amount is None and tax.exemption is None:
        raise missing(f"{pointer}/percent", Text("Oran ya da tutar gerekir.", "It needs a rate or an amount."))
    if tax.exemption is not None:
        exemption_class(tax.exemption, f"{pointer}/exemption")
    effect = fact.effect
    if effect is Effect.ADDED and tax.exemption in _EXCISE_DEFERRED:
        effect = Effect.UNCOLLECTED
    percent = _ZERO if tax.percent is None and tax.amount is None else tax.percent
    return totals.Tax(tax.code, percent, tax.amount, tax.base, tax.exemption, fact.in_vat_base, effect)


def _pair_excise_withholding(taxes: list[totals.Tax]) -> None:
    """Beside the excise itself, 4171 is the part of it that the buyer keeps, and not a tax of its own."""
    if any(tax.code == _EXCISE_OIL for tax in taxes):
        for at, tax in enumerate(taxes):
            if tax.code == EXCISE_WITHHOLDING:
                taxes[at] = msgspec.structs.replace(tax, in_vat_base=False, effect=Effect.RETAINED)


def adjustments(
    discounts: tuple[Adjustment, ...], charges: tuple[Adjustment, ...], pointer: str
) -> tuple[totals.Adjustment, ...]:
    """Discounts, then charges, as the totals engine takes them.

    Raises:
        JsonError: one that states neither or both of percentage and amount.
    """
    rows = [_adjustment(row, False, f"{pointer}/discounts/{at}") for at, row in enumerate(discounts)]
    rows += [_adjustment(row, True, f"{pointer}/charges/{at}") for at, row in enumerate(charges)]
    return tuple(rows)


def _adjustment(row: Adjustment, charge: bool, pointer: str) -> totals.Adjustment:
    if (row.percent is None) == (row.amount is None):
        raise wrong_value(
            pointer,
            Text("Oran ve tutardan tam biri gerekir.", "Exactly one of percent and amount is needed."),
            Text("“percent” ya da “amount” yazın.", "State “percent” or “amount”."),
        )
    # A hal komisyoncu's expenses (HKSKOMISYON …) and their VAT are rows of their own, outside the tax bases.
    taxed = not (row.reason or "").startswith(_HKS)
    return totals.Adjustment(row.percent, row.amount, charge, row.reason, taxed)
