"""cac:LegalMonetaryTotal against the lines, the allowances and the taxes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Final, NamedTuple

from ulak.rules.advice.figures import ZERO, Figure, close, figure, money, near
from ulak.rules.advice.model import Advice, Rule
from ulak.rules.advice.names import cbc
from ulak.rules.advice.reading import Adjustment, Bill, Monetary
from ulak.rules.advice.table import RULES
from ulak.rules.advice.taxes import Effects, effects, withheld_sum

__all__ = ["advise_sums"]

_LINES: Final = RULES["advice.total-lines"]
_EXCLUSIVE: Final = RULES["advice.total-exclusive"]
_INCLUSIVE: Final = RULES["advice.total-inclusive"]
_PAYABLE: Final = RULES["advice.total-payable"]
_ALLOWANCE: Final = RULES["advice.total-allowance"]
_CHARGE: Final = RULES["advice.total-charge"]
_FREIGHT: Final = (cbc("DeclaredForCarriageValueAmount"), cbc("InsuranceValueAmount"))
_EXPORT: Final = frozenset({"IHRACAT", "OZELFATURA"})


class _Sums(NamedTuple):
    """What the parts of a document add up to; ``untaxed`` are expenses outside the tax bases, charges positive."""

    net: Decimal
    gross: Decimal
    line_allowance: Decimal
    line_charge: Decimal
    allowance: Decimal
    charge: Decimal
    untaxed: Decimal
    freight: Decimal
    tax: Effects
    withheld: Decimal
    roundings: int

    @property
    def repeated(self) -> bool:
        """Whether the document's allowances only repeat those of the lines, as GİB's portal writes them."""
        allowance = near(self.allowance, self.line_allowance, self.roundings)
        return allowance and near(self.charge, self.line_charge, self.roundings)


def advise_sums(bill: Bill) -> Iterator[Advice]:
    """Totals that do not follow from the parts of the document."""
    totals = bill.totals
    if totals is None or any(line.net is None for line in bill.lines):
        return
    sums = _add_up(bill)
    exclusive = _exclusive(sums, bill)
    yield from _check(_LINES, totals.lines, _gross(sums), sums.gross, sums.roundings)
    yield from _check(_EXCLUSIVE, totals.exclusive, exclusive, sums.net, sums.roundings)
    yield from _check(_ALLOWANCE, totals.allowance, _allowances(sums, totals), sums.line_allowance + sums.allowance)
    yield from _check(_CHARGE, totals.charge, _charges(sums, totals), sums.line_charge + sums.charge)
    bases = _bases(totals, exclusive, sums)
    yield from _inclusive(totals, bases, sums)
    yield from _payable(totals, bases, sums)


def _check(
    rule: Rule, stated: Figure | None, right: set[Decimal], likely: Decimal, roundings: int = 1
) -> Iterator[Advice]:
    if stated is not None and not close(stated.value, right, roundings):
        shown = likely if likely in right else min(right, key=lambda each: abs(each - stated.value))
        yield rule.found(stated.node, stated.text, money(shown))


def _add_up(bill: Bill) -> _Sums:
    of_lines = [each for line in bill.lines for each in line.adjustments]
    net = sum((line.net.value for line in bill.lines if line.net), ZERO)
    allowance, charge = _split(of_lines)
    return _Sums(
        net,
        net + allowance - charge,
        allowance,
        charge,
        *_split(bill.adjustments),
        untaxed=_signed(each for each in bill.adjustments if not each.taxed),
        freight=_freight(bill),
        tax=effects(bill.rows, bill),
        withheld=withheld_sum(bill.withheld),
        roundings=1 + len(bill.lines),
    )


def _split(adjustments: list[Adjustment]) -> tuple[Decimal, Decimal]:
    allowance = sum((each.value for each in adjustments if not each.charge), ZERO)
    return allowance, sum((each.value for each in adjustments if each.charge), ZERO)


def _signed(adjustments: Iterator[Adjustment]) -> Decimal:
    return sum((each.value if each.charge else -each.value for each in adjustments), ZERO)


def _freight(bill: Bill) -> Decimal:
    """Freight and insurance, which an export states beside its lines (sample ISTISNA-1.xml adds them to its sum)."""
    if bill.profile not in _EXPORT and bill.type != "ISTISNA":
        return ZERO
    stated = (figure(node) for node in bill.root.iter(*_FREIGHT))
    return sum((each.value for each in stated if each and each.currency in ("", bill.currency)), ZERO)


def _gross(sums: _Sums) -> set[Decimal]:
    return {sums.gross, sums.net}


def _exclusive(sums: _Sums, bill: Bill) -> set[Decimal]:
    taxed = _signed(each for each in bill.adjustments if each.taxed)
    right = {sums.net + taxed, sums.net + taxed + sums.freight}
    if sums.repeated:
        right.add(sums.net)
    if bill.credit:
        right.add(sums.net - sums.tax.deducted)
    return right


def _allowances(sums: _Sums, totals: Monetary) -> set[Decimal]:
    return _counted(totals, sums, sums.line_allowance, sums.allowance)


def _charges(sums: _Sums, totals: Monetary) -> set[Decimal]:
    return _counted(totals, sums, sums.line_charge, sums.charge)


def _counted(totals: Monetary, sums: _Sums, of_lines: Decimal, own: Decimal) -> set[Decimal]:
    """Where the total of goods is stated after the lines' allowances, these may be left out of the total allowance."""
    right = {of_lines + own}
    if sums.repeated:
        right.add(of_lines)
    if totals.lines is not None and near(totals.lines.value, sums.net, sums.roundings):
        right.add(own)
    return right


def _bases(totals: Monetary, exclusive: set[Decimal], sums: _Sums) -> set[Decimal]:
    """The totals without taxes that the others may start from: one wrong amount is to give one warning."""
    stated = totals.exclusive
    if stated is not None and close(stated.value, exclusive, sums.roundings):
        return {stated.value, sums.net} if sums.tax.deducted else {stated.value}
    return exclusive if stated is None else {*exclusive, stated.value}


def _inclusive(totals: Monetary, bases: set[Decimal], sums: _Sums) -> Iterator[Advice]:
    tax = sums.tax
    right = {
        base + tax.added + deferred + excise - deducted + untaxed
        for base, deferred, excise, deducted, untaxed in product(
            bases,
            {ZERO, tax.deferred},
            {ZERO, tax.excise_withheld, -tax.excise_withheld},
            {ZERO, tax.deducted},
            {ZERO, sums.untaxed},
        )
    }
    likely = max(bases) + tax.added + tax.deferred + sums.untaxed
    yield from _check(_INCLUSIVE, totals.inclusive, right, likely)


def _payable(totals: Monetary, bases: set[Decimal], sums: _Sums) -> Iterator[Advice]:
    tax = sums.tax
    rounding = totals.rounding.value if totals.rounding else ZERO
    right = {
        base + tax.added - tax.deducted - sums.withheld - excise + untaxed + rounding
        for base, excise, untaxed in product(
            bases, {ZERO, tax.excise_withheld}, {sums.untaxed, -sums.untaxed} if sums.untaxed else {ZERO}
        )
    }
    likely = max(bases) + tax.added - tax.deducted - sums.withheld + sums.untaxed + rounding
    yield from _check(_PAYABLE, totals.payable, right, likely)
