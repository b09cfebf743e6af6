"""From lines to the sums of a document.

The policy, and where it is written:

* The gross amount of a line is quantity × price; cbc:LineExtensionAmount of a line is the gross amount after the
  line's own discounts and charges; that of the document is the sum of the *gross* amounts (UBL-TR Ortak Elemanlar
  2.2.29, 2.2.37).
* Several adjustments are worked out in turn, each on what the one before has left; an adjustment of the document is
  shared out over the lines by weight, so that every tax base is known line by line.
* Every amount is rounded half-up to two decimals where it arises, once. A row of the document's TaxTotal is the sum of
  the rounded rows of the lines with the same code, percentage and exemption. GİB's guides leave this open; so the lines
  and the document always agree.
* TaxInclusiveAmount contains the whole computed tax, PayableAmount what is to be paid; a withheld, deducted or
  uncollected tax is the difference. cac:TaxTotal/cbc:TaxAmount is what the seller collects, as in GİB's sample
  TEVKIFAT.xml (3600 computed, 3240 withheld, 360) and in the yatırım teşvik guide 2.1.4 (300 waived, 0).
* cac:WithholdingTaxTotal takes the computed VAT as its base: GİB's stylesheet prints it as "tevkifata tabi işlem
  üzerinden hesaplanan KDV".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ulak.ubl.totals.errors import check_line, check_totals
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
)
from ulak.ubl.totals.money import ZERO, add, apportion, cents, percent_of, product, subtract, total
from ulak.ubl.totals.returns import withheld_return

__all__ = ["VAT", "compute"]

VAT = "0015"
_ADDED = Effect.ADDED
_SHOWN = Effect.SHOWN
# Effects that belong to TaxInclusiveAmount, to the collected tax, and the signs with which they enter PayableAmount.
_INCLUDED = frozenset({Effect.ADDED, Effect.WITHHELD, Effect.UNCOLLECTED})
_COLLECTED = frozenset({Effect.ADDED, Effect.DEDUCTED})


def compute(
    lines: Sequence[Line],
    adjustments: Sequence[Adjustment] = (),
    *,
    rounding: Decimal | None = None,
    returns_withheld: bool = False,
) -> Totals:
    """Work out every sum of a document.

    Args:
        lines: the lines, at least one.
        adjustments: discounts and charges of the document as a whole.
        rounding: an amount added to what is to be paid (cbc:PayableRoundingAmount), positive or negative.
        returns_withheld: the document is a TEVKIFATIADE or YTBTEVKIFATIADE.

    Raises:
        TotalsError: a sum would be negative or larger than GİB takes; ``where`` is a JSON pointer below the document.
    """
    sums = [_net(line, index) for index, line in enumerate(lines)]
    nets = total([net for _, net, _ in sums])
    adjusted = _adjust(adjustments, nets) if adjustments else ()
    shares = _shares(adjusted, lines, [net for _, net, _ in sums]) if adjusted else None
    done = []
    for index, (line, (gross, net, own)) in enumerate(zip(lines, sums, strict=True)):
        base = net if shares is None else add(net, shares[index])
        done.append(_line(line, gross, net, own, base, returns_withheld))
    return _document(done, adjusted, rounding)


def _net(line: Line, index: int) -> tuple[Decimal, Decimal, Sequence[Adjusted]]:
    gross = product(line.quantity, line.price)
    if not line.adjustments:
        check_line(index, gross)
        return gross, gross, ()
    adjusted = _adjust(line.adjustments, gross)
    net = _apply(gross, adjusted)
    check_line(index, net)
    return gross, net, adjusted


def _adjust(adjustments: Sequence[Adjustment], base: Decimal) -> list[Adjusted]:
    done = []
    for adjustment in adjustments:
        if adjustment.amount is not None:
            amount = cents(adjustment.amount)
        else:
            amount = percent_of(adjustment.percent or ZERO, base)
        done.append(Adjusted(adjustment, base, amount))
        if adjustment.taxed:
            base = add(base, amount) if adjustment.charge else subtract(base, amount)
    return done


def _apply(amount: Decimal, adjusted: Sequence[Adjusted], taxed: bool = True) -> Decimal:
    for row in adjusted:
        if row.adjustment.taxed is taxed:
            amount = add(amount, row.amount) if row.adjustment.charge else subtract(amount, row.amount)
    return amount


def _shares(adjusted: Sequence[Adjusted], lines: Sequence[Line], nets: Sequence[Decimal]) -> list[Decimal] | None:
    amount = _apply(ZERO, adjusted)
    if not amount:
        return None
    # Ties are broken by content, never by position: the sums must not depend on the order of the lines.
    ties = [(-net, repr(line)) for net, line in zip(nets, lines, strict=True)]
    return apportion(amount, nets, ties)


def _line(
    line: Line, gross: Decimal, net: Decimal, own: Sequence[Adjusted], base: Decimal, returns_withheld: bool
) -> LineTotals:
    if returns_withheld and line.withholding is not None:
        rows, withheld = withheld_return(line, _taxes(line.taxes, base)), None
    else:
        rows = _taxes(line.taxes, base)
        withheld = _withheld(line, rows) if line.withholding is not None else None
    tax = _collected(rows)
    if withheld is not None:
        tax = subtract(tax, withheld.amount)
    return LineTotals(gross, net, own, tax, rows, withheld)


def _taxes(taxes: tuple[Tax, ...], base: Decimal) -> list[Subtotal]:
    if len(taxes) == 1:
        return [_subtotal(taxes[0], base, 1)]
    rows: list[Subtotal] = []
    vat_base = base
    for tax in sorted(taxes, key=_calculation_order):
        row = _subtotal(tax, vat_base if tax.code == VAT else base, len(rows) + 1)
        if tax.in_vat_base:
            vat_base = add(vat_base, row.amount)
        rows.append(row)
    return rows


def _calculation_order(tax: Tax) -> int:
    return 0 if tax.in_vat_base else 1


def _subtotal(tax: Tax, base: Decimal, sequence: int) -> Subtotal:
    if tax.base is not None:
        base = cents(tax.base)
    amount = cents(tax.amount) if tax.amount is not None else percent_of(tax.percent or ZERO, base)
    effect = tax.effect
    return Subtotal(tax.code, tax.percent, base, amount, tax.exemption, -1 if effect is _SHOWN else sequence, effect)


def _withheld(line: Line, rows: Sequence[Subtotal]) -> Withheld | None:
    withholding = line.withholding
    for row in rows:
        if withholding is not None and row.code == VAT:
            amount = percent_of(withholding.percent, row.amount)
            return Withheld(withholding.code, withholding.percent, row.amount, amount)
    return None


def _collected(rows: Sequence[Subtotal]) -> Decimal:
    if len(rows) == 1 and rows[0].effect is _ADDED:
        return rows[0].amount
    amount = total(row.amount for row in rows if row.effect in _COLLECTED)
    return subtract(amount, total(row.amount for row in rows if row.effect is Effect.RETAINED))


def _document(lines: Sequence[LineTotals], adjusted: Sequence[Adjusted], rounding: Decimal | None) -> Totals:
    taxes = _group_taxes(lines)
    withheld = _group_withheld(lines)
    gross, allowance, charge = _sums(lines, adjusted)
    exclusive = _apply(total([line.net for line in lines]), adjusted)
    included = total([row.amount for row in taxes if row.effect in _INCLUDED])
    inclusive = _apply(add(exclusive, included), adjusted, taxed=False)
    withholding = total([row.amount for row in withheld])
    kept = total([row.amount for row in taxes if row.effect is not _ADDED and row.effect is not _SHOWN])
    rounded = ZERO if rounding is None else cents(rounding)
    payable = add(subtract(subtract(inclusive, withholding), kept), rounded)
    totals = Totals(
        lines=lines,
        adjusted=adjusted,
        tax=total([line.tax for line in lines]),
        taxes=taxes,
        withholding=withholding,
        withheld=withheld,
        line_extension=gross,
        tax_exclusive=exclusive,
        tax_inclusive=inclusive,
        allowance=allowance,
        charge=charge,
        rounding=rounded,
        payable=payable,
    )
    check_totals(totals)
    return totals


def _sums(lines: Sequence[LineTotals], adjusted: Sequence[Adjusted]) -> tuple[Decimal, Decimal, Decimal]:
    gross = allowance = charge = ZERO
    for line in lines:
        gross = add(gross, line.gross)
        for row in line.adjusted:
            if row.adjustment.charge:
                charge = add(charge, row.amount)
            else:
                allowance = add(allowance, row.amount)
    for row in adjusted:
        if row.adjustment.charge:
            charge = add(charge, row.amount)
        else:
            allowance = add(allowance, row.amount)
    return gross, allowance, charge


def _group_taxes(lines: Sequence[LineTotals]) -> list[Subtotal]:
    groups: dict[tuple[object, ...], Subtotal] = {}
    for line in lines:
        for row in line.taxes:
            key = (row.code, row.percent, row.exemption, row.effect)
            group = groups.get(key)
            if group is None:
                groups[key] = Subtotal(
                    row.code, row.percent, row.base, row.amount, row.exemption, row.sequence, row.effect
                )
            else:
                group.base = add(group.base, row.base)
                group.amount = add(group.amount, row.amount)
    rows = list(groups.values())
    if len(rows) > 1:
        rows.sort(key=lambda row: abs(row.sequence))
        for sequence, row in enumerate(rows, 1):
            row.sequence = -1 if row.effect is _SHOWN else sequence
    return rows


def _group_withheld(lines: Sequence[LineTotals]) -> Sequence[Withheld]:
    groups: dict[tuple[str, Decimal], Withheld] = {}
    for line in lines:
        row = line.withheld
        if row is None:
            continue
        group = groups.get((row.code, row.percent))
        if group is None:
            groups[row.code, row.percent] = Withheld(row.code, row.percent, row.base, row.amount)
        else:
            group.base = add(group.base, row.base)
            group.amount = add(group.amount, row.amount)
    return list(groups.values()) if groups else ()
