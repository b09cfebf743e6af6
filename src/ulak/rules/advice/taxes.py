"""Taxes and withholding: rows, their sums, and the lines against the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Final, NamedTuple

from ulak.codes import exemptions, taxes
from ulak.codes.classes import ExemptionClass
from ulak.codes.taxes import VAT
from ulak.rules.advice.figures import HALF, ZERO, blur, close, money, near
from ulak.rules.advice.model import Advice
from ulak.rules.advice.reading import Bill, Line, Row, TaxBlock
from ulak.rules.advice.table import RULES

__all__ = ["EXEMPT_BASE", "NO_REASON_ASKED", "VAT", "Effects", "advise_taxes", "effects", "in_vat_base", "withheld_sum"]

_AMOUNT: Final = RULES["advice.tax-amount"]
_TOTAL: Final = RULES["advice.tax-total"]
_WITHHELD: Final = RULES["advice.withholding-amount"]
_WITHHELD_BASE: Final = RULES["advice.withholding-base"]
_WITHHELD_TOTAL: Final = RULES["advice.withholding-total"]
_EXEMPT_VAT: Final = RULES["advice.exemption-with-vat"]
_NO_REASON: Final = RULES["advice.zero-vat-without-reason"]

_EXCISE_WITHHOLDING: Final = "4171"
_VAT_DEFERRED: Final = frozenset({"701", "702", "704"})
_EXCISE_DEFERRED: Final = frozenset({"703", "704"})
_NO_VAT: Final = frozenset({ExemptionClass.PARTIAL, ExemptionClass.FULL, ExemptionClass.INVESTMENT})
NO_REASON_ASKED: Final = frozenset({"KONAKLAMAVERGISI", "SGK", "OZELMATRAH", "IHRACKAYITLI", "SERBESTMESLEKMAKBUZU"})
"""Types in which a VAT of 0 gives no reason and GİB does not mind (rule TaxExemptionReasonCheck)."""
_PRODUCER: Final = "MUSTAHSILMAKBUZ"
_SMALLEST_BASE: Final = Decimal(1)
_EXACT_PERCENT: Final = 1

EXEMPT_BASE: Final = frozenset(each.code for each in exemptions.exemptions(kind=ExemptionClass.SPECIAL_BASE))
"""Exemption codes that say that VAT is computed on something else than the price."""


@cache
def in_vat_base(code: str) -> bool:
    """Whether VAT is computed on this tax too."""
    tax = taxes.get(code)
    return tax is not None and tax.in_vat_base is True


@cache
def _is_deducted(code: str) -> bool:
    tax = taxes.get(code)
    return tax is not None and tax.effect is taxes.Effect.DEDUCTED


class Effects(NamedTuple):
    """Taxes by what they do to the sums: paid on top, deducted from the price, shown but not collected, and the part
    of the excise on oil (4171) that the buyer pays himself."""

    added: Decimal
    deducted: Decimal
    deferred: Decimal
    excise_withheld: Decimal


def effects(rows: Iterable[Row], bill: Bill) -> Effects:
    """Add up rows by their effect; rows that are only shown are in none."""
    sums = dict.fromkeys(Effects._fields, ZERO)
    for row in rows:
        if not row.waived:
            sums[_effect(row, bill)] += row.tax
    return Effects(**sums)


def _effect(row: Row, bill: Bill) -> str:
    if row.code == _EXCISE_WITHHOLDING:
        return "excise_withheld"
    if _is_deducted(row.code) or bill.type == _PRODUCER:
        return "deducted"
    deferred = _VAT_DEFERRED if row.code == VAT else _EXCISE_DEFERRED
    return "deferred" if row.exemption in deferred else "added"


def withheld_sum(rows: Iterable[Row]) -> Decimal:
    """What rows of a cac:WithholdingTaxTotal withhold."""
    return sum((row.tax for row in rows), ZERO)


def advise_taxes(bill: Bill) -> Iterator[Advice]:
    """Every tax row by itself, and every tax total against its rows."""
    for line in bill.lines:
        for row in line.rows:
            yield from _row(row, 1)
        for block in line.taxes:
            yield from _total(block, bill, withheld_sum(line.withheld))
        yield from _line_withholding(line)
    yield from _document(bill)


def _document(bill: Bill) -> Iterator[Advice]:
    roundings = 1 + len(bill.lines)
    for row in bill.rows:
        yield from _row(row, roundings)
        yield from _reason(row, bill)
    for block in bill.taxes:
        yield from _total(block, bill, withheld_sum(bill.withheld))
    for block in bill.withholdings:
        yield from _withholding_total(block)
    if not any(line.withholdings for line in bill.lines):
        yield from _unsupported_withholding(bill, roundings)


def _row(row: Row, roundings: int) -> Iterator[Advice]:
    if row.code == VAT and not near(row.tax, ZERO) and not row.waived and _bears_none(row):
        yield _EXEMPT_VAT.found(row.node, money(row.tax), facts={"code": row.exemption})
        return
    if row.measured or row.base is None or row.amount is None or row.percent is None:
        return
    if (not row.percent.value and row.code != VAT) or (not row.tax and (row.exemption or row.reason)):
        return
    base, percent = row.base.value, row.percent.value
    expected = base * percent / 100
    if near(row.tax, expected, roundings):
        return
    if abs(row.tax - expected) > HALF * roundings + abs(blur(percent, _EXACT_PERCENT) * base) / 100:
        yield _AMOUNT.found(row.amount.node, row.amount.text, money(expected), facts={"code": row.code})


def _bears_none(row: Row) -> bool:
    exemption = exemptions.get(row.exemption) if row.exemption else None
    return exemption is not None and (exemption.kind in _NO_VAT or row.exemption == "351")


def _reason(row: Row, bill: Bill) -> Iterator[Advice]:
    if bill.type not in NO_REASON_ASKED or row.code != VAT or row.exemption or row.reason or row.tax:
        return
    if row.amount is not None and row.base is not None and row.base.value >= _SMALLEST_BASE:
        yield _NO_REASON.found(row.node, row.amount.text, money(row.base.value))


def _total(block: TaxBlock, bill: Bill, withheld: Decimal) -> Iterator[Advice]:
    if block.amount is None or not block.rows:
        return
    sums = effects(block.rows, bill)
    if near(block.amount.value, sums.added) and not withheld:
        return
    right = {
        sums.added + deducted + deferred + excise - kept
        for deducted, deferred, excise, kept in product(
            {sums.deducted, ZERO, -sums.deducted},
            {ZERO, sums.deferred},
            {ZERO, sums.excise_withheld, -sums.excise_withheld},
            {withheld, ZERO},
        )
    }
    if not close(block.amount.value, right):
        likely = sums.added + sums.deducted - withheld
        yield _TOTAL.found(block.amount.node, block.amount.text, money(likely))


def _withholding_total(block: TaxBlock) -> Iterator[Advice]:
    if block.amount is None or not block.rows:
        return
    expected = withheld_sum(block.rows)
    if not near(block.amount.value, expected):
        yield _WITHHELD_TOTAL.found(block.amount.node, block.amount.text, money(expected))


def _line_withholding(line: Line) -> Iterator[Advice]:
    vat = [row for row in line.rows if row.code == VAT and row.amount]
    for block in line.withholdings:
        yield from _withholding_total(block)
        for row in block.rows:
            yield from _withholding(row, line, vat)


def _withholding(row: Row, line: Line, vat: list[Row]) -> Iterator[Advice]:
    if row.amount is None or row.percent is None:
        return
    computed = sum((each.tax for each in vat), ZERO) if vat else row.base.value if row.base else None
    if computed is None:
        return
    expected = computed * row.percent.value / 100
    if not near(row.tax, expected):
        yield _WITHHELD.found(row.amount.node, row.amount.text, money(expected), facts={"code": row.code})
    prices = {each.base.value for each in vat if each.base} | ({line.net.value} if line.net else set())
    if row.base is not None and vat and not close(row.base.value, {computed, *prices}):
        yield _WITHHELD_BASE.found(row.base.node, row.base.text, money(computed), facts={"code": row.code})


def _unsupported_withholding(bill: Bill, roundings: int) -> Iterator[Advice]:
    """Where the lines do not say what is withheld, only so much is certain: not more than the rate of all the VAT."""
    computed = sum((row.tax for row in bill.rows if row.code == VAT), ZERO)
    if not computed:
        return
    for row in bill.withheld:
        if row.amount is None or row.percent is None:
            continue
        limit = computed * row.percent.value / 100
        on_base = row.base.value * row.percent.value / 100 if row.base else None
        if row.tax > limit + HALF * roundings and (on_base is None or not near(row.tax, on_base, roundings)):
            yield _WITHHELD.found(row.amount.node, row.amount.text, money(limit), facts={"code": row.code})
