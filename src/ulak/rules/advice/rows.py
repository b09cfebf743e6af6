"""The document's tax rows against those of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ulak.rules.advice.figures import CONTEXT, ZERO, Figure, money, near
from ulak.rules.advice.model import Advice, Rule
from ulak.rules.advice.reading import Bill, Row
from ulak.rules.advice.table import RULES

__all__ = ["advise_rows"]

_TAXES: Final = RULES["advice.tax-rows"]
_WITHHOLDINGS: Final = RULES["advice.withholding-rows"]
_EXPENSES: Final = frozenset({"KOMISYONCU", "HKSKOMISYONCU"})
"""A hal komisyoncu's expenses bear VAT that no line has."""

_Key = tuple[str, Decimal | None]


@dataclass(slots=True)
class _Group:
    row: Row
    base: Decimal = ZERO
    tax: Decimal = ZERO
    count: int = 0

    def add(self, row: Row) -> None:
        self.base += row.base.value if row.base else ZERO
        self.tax += row.tax
        self.count += 1


def advise_rows(bill: Bill) -> Iterator[Advice]:
    """Tax and withholding rows that do not add up from the lines, where every line states its taxes."""
    if bill.type in _EXPENSES or not bill.lines:
        return
    if all(line.rows for line in bill.lines):
        yield from _taxes(bill)
    if any(line.withheld for line in bill.lines):
        stated = _groups((row for row in bill.withheld), rates=False)
        lines = _groups((row for line in bill.lines for row in line.withheld), rates=False)
        yield from _compare(stated, lines, _WITHHOLDINGS, bases=True)


def _taxes(bill: Bill) -> Iterator[Advice]:
    own = [row for row in bill.rows if not row.waived]
    of_lines = [row for line in bill.lines for row in line.rows if not row.waived]
    rates = all(row.percent for row in (*own, *of_lines))
    # An allowance of the document may be shared out over the lines or only stand in the document's own rows.
    shared = any(each.value for each in bill.adjustments)
    stated, lines = _groups(own, rates=rates), _groups(of_lines, rates=rates)
    found = list(_compare(stated, lines, _TAXES, bases=True))
    if not (shared and _differ_by_adjustments(bill, stated, lines)):
        yield from found


def _differ_by_adjustments(bill: Bill, stated: dict[_Key, _Group], lines: dict[_Key, _Group]) -> bool:
    change = sum((each.value if each.charge else -each.value for each in bill.adjustments if each.taxed), ZERO)
    codes = {code for code, _ in stated}
    return all(
        near(_base(stated, code), _base(lines, code) + change, 1 + sum(each.count for each in lines.values()))
        for code in codes
    )


def _base(groups: dict[_Key, _Group], code: str) -> Decimal:
    return sum((group.base for key, group in groups.items() if key[0] == code), ZERO)


def _groups(rows: Iterable[Row], *, rates: bool) -> dict[_Key, _Group]:
    groups: dict[_Key, _Group] = {}
    for row in rows:
        rate = row.rate.normalize(CONTEXT) if rates and row.rate is not None else None
        groups.setdefault((row.code, rate), _Group(row)).add(row)
    return groups


def _compare(stated: dict[_Key, _Group], lines: dict[_Key, _Group], rule: Rule, *, bases: bool) -> Iterator[Advice]:
    for key, group in stated.items():
        of_lines = lines.get(key, _Group(group.row))
        roundings = group.count + of_lines.count
        facts = {"code": key[0], "percent": "?" if key[1] is None else f"{key[1]:f}"}
        if not near(group.tax, of_lines.tax, roundings):
            yield _found(rule, group.row, group.row.amount, group.tax, of_lines.tax, facts)
        elif bases and group.base and of_lines.base and not near(group.base, of_lines.base, roundings):
            yield _found(rule, group.row, group.row.base, group.base, of_lines.base, facts)
    for key, group in lines.items():
        if key not in stated and group.tax:
            facts = {"code": key[0], "percent": "?" if key[1] is None else f"{key[1]:f}"}
            yield _found(rule, group.row, group.row.amount, ZERO, group.tax, facts)


def _found(rule: Rule, row: Row, at: Figure | None, value: Decimal, expected: Decimal, facts: dict[str, str]) -> Advice:
    return rule.found(row.node if at is None else at.node, money(value), money(expected), facts=facts)
