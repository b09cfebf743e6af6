"""Lines: quantity × price, allowances and charges, and what VAT is computed on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ulak.rules.advice.figures import HALF, ZERO, Figure, blur, close, money, near
from ulak.rules.advice.model import Advice
from ulak.rules.advice.reading import Adjustment, Bill, Line, Row
from ulak.rules.advice.table import RULES
from ulak.rules.advice.taxes import EXEMPT_BASE, VAT, in_vat_base

__all__ = ["advise_adjustment", "advise_lines"]

_AMOUNT: Final = RULES["advice.line-amount"]
_RATE: Final = RULES["advice.allowance-amount"]
_ADJUSTED_BASE: Final = RULES["advice.allowance-base"]
_TAX_BASE: Final = RULES["advice.tax-base"]

_OWN_BASE: Final = frozenset({"OZELMATRAH", "SGK", "KOMISYONCU", "HKSKOMISYONCU", "SERBESTMESLEKMAKBUZU"})
"""Types whose VAT base follows other rules than the line amount."""
_WITHHELD_RETURNS: Final = frozenset({"TEVKIFATIADE", "YTBTEVKIFATIADE"})
_EXACT_QUANTITY: Final = 1
_EXACT_PRICE: Final = 2
_EXACT_RATE: Final = 2


def advise_lines(bill: Bill) -> Iterator[Advice]:
    """What is odd about the lines themselves; their taxes are `taxes`' matter."""
    shared = any(each.value for each in bill.adjustments)
    for line in bill.lines:
        yield from _amount(line)
        yield from _adjustments(line)
        if not shared:
            yield from _base(line, bill)


def _gross(line: Line) -> Decimal | None:
    return line.quantity.value * line.price.value if line.quantity and line.price else None


def _amount(line: Line) -> Iterator[Advice]:
    gross = _gross(line)
    if gross is None or line.net is None or line.price is None or line.quantity is None:
        return
    if line.price.currency != line.net.currency:
        return
    expected = gross + sum((each.value if each.charge else -each.value for each in line.adjustments), ZERO)
    roundings = 1 + sum(1 for each in line.adjustments if each.value)
    if near(line.net.value, expected, roundings):
        return
    if abs(line.net.value - expected) > HALF * roundings + _blur(line.quantity, line.price):
        yield _AMOUNT.found(line.net.node, line.net.text, money(expected))


def _blur(quantity: Figure, price: Figure) -> Decimal:
    """Litres at a pump and prices without their VAT are rounded themselves; the line amount is what was agreed on."""
    slack = blur(quantity.value, _EXACT_QUANTITY) * abs(price.value)
    return slack + blur(price.value, _EXACT_PRICE) * abs(quantity.value)


def _adjustments(line: Line) -> Iterator[Advice]:
    gross = _gross(line)
    running = gross
    for each in line.adjustments:
        yield from advise_adjustment(each)
        if running is None or gross is None or not each.value:
            continue
        if each.base and not close(each.base.value, {gross, running}, 2 + len(line.adjustments)):
            yield _ADJUSTED_BASE.found(each.base.node, each.base.text, money(running))
        running += each.value if each.charge else -each.value


def advise_adjustment(each: Adjustment) -> Iterator[Advice]:
    """An allowance or charge whose amount is not its rate of its base."""
    if not (each.multiplier and each.base and each.amount and each.multiplier.value):
        return
    rate, base, amount = each.multiplier.value, each.base.value, each.amount.value
    expected = [rate * base, rate * base / 100]
    slack = [blur(rate, _EXACT_RATE) * base, blur(rate, 0) * base / 100]
    if not any(abs(amount - right) <= HALF + abs(loose) for right, loose in zip(expected, slack, strict=True)):
        yield _RATE.found(each.amount.node, each.amount.text, money(expected[0] if abs(rate) <= 1 else expected[1]))


def _base(line: Line, bill: Bill) -> Iterator[Advice]:
    if line.net is None or bill.credit or bill.type in _OWN_BASE or bill.type in _WITHHELD_RETURNS:
        return
    rows = line.rows
    for row in rows:
        if row.base is None or not row.base.value or near(row.base.value, line.net.value):
            continue
        if not _on_line_amount(row, bill):
            continue
        others = [each for each in rows if each is not row]
        right = {
            line.net.value,
            line.net.value + sum((each.tax for each in others if in_vat_base(each.code)), ZERO),
            line.net.value + sum((each.tax for each in others), ZERO),
        }
        if not close(row.base.value, right, 1 + len(others)):
            yield _TAX_BASE.found(row.base.node, row.base.text, money(line.net.value))


def _on_line_amount(row: Row, bill: Bill) -> bool:
    """Freight may be part of what an export exempts, and a special base says so by its code."""
    if row.code != VAT or row.exemption in EXEMPT_BASE:
        return False
    return not (bill.profile == "IHRACAT" and near(row.tax, ZERO))
