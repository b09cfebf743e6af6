"""The check of a store: every rule asked in SQL, its findings counted and the first of them kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

import duckdb

from ulak.ledger.checking.lines import LINES, LineRule, line_rules
from ulak.ledger.checking.listing import forget_queries, heading_of, remember_queries
from ulak.ledger.checking.values import Checked, Example, Expected, Group
from ulak.ledger.checking.vouchers import Rule, Shape, rules_of, unit_sql
from ulak.ledger.checking.words import SAID
from ulak.ledger.store import EntryStore, needing_room

__all__ = ["check"]

_EXAMPLES: Final = 20
Told = Callable[[int], None] | None


@needing_room()
def check(store: EntryStore, expected: Expected, told: Told = None) -> Checked:
    """Check the entries of a store; nothing of them is changed.

    Args:
        told: called with the share of the rules that were asked, from 0 to 100; may raise.

    Raises:
        LedgerError: ``ledger.store.no-room``: disk or memory do not suffice.
    """
    connection = store.connection
    shape = _shape(connection)
    groups = [*_cells(connection), *_whole(connection, expected)]
    forget_queries(connection)
    if shape.lines:
        lines = line_rules(expected, shape.accounts > 0)
        groups += _lines(connection, lines)
        connection.execute(unit_sql(shape))
        rules = rules_of(expected, shape)
        for at, rule in enumerate(rules, 1):
            groups += _asked(connection, rule)
            if told:
                told(30 + 70 * at // len(rules))
        remember_queries(connection, lines, rules, {one.code for one in groups})
    groups.sort(key=lambda one: (one.level != "error", -one.count, one.code))
    return Checked(tuple(groups), *_sums(connection, expected, shape))


def _shape(connection: duckdb.DuckDBPyConnection) -> Shape:
    counted = connection.execute(
        "SELECT count(*), count(entry), count(line), (SELECT count(*) FROM account) FROM line"
    ).fetchone()
    return Shape(*(counted or (0, 0, 0, 0)))


def _group(code: str, count: int, found: list[Example]) -> Group:
    said = SAID[code]
    return Group(code, said.level, said.text, said.repair, said.source, count, tuple(found))


def _cells(connection: duckdb.DuckDBPyConnection) -> Iterator[Group]:
    """What intake could not read."""
    for code, count in connection.execute("SELECT code, count(*) FROM raw_fault GROUP BY code").fetchall():
        rows = connection.execute(
            'SELECT source, source_row, "column", value, place FROM raw_fault WHERE code = ? ORDER BY place LIMIT ?',
            [code, _EXAMPLES],
        ).fetchall()
        found = [Example(source, row, column, value, "", place) for source, row, column, value, place in rows]
        yield _group(code, count, found)


def _lines(connection: duckdb.DuckDBPyConnection, rules: tuple[LineRule, ...]) -> Iterator[Group]:
    """All rules about single lines, counted in one pass; what is shown is worked out for those that were broken."""
    counts = ", ".join(f"count(*) FILTER (WHERE {one.condition})" for one in rules)
    row = connection.execute(f"SELECT {counts} FROM {LINES}").fetchone() or ()  # noqa: S608 fixed
    for count, rule in zip(row, rules, strict=False):
        if count:
            shown = f"SELECT place, source, source_row, {rule.value} AS value, voucher FROM {LINES}"  # noqa: S608 fixed
            yield _group(rule.code, count, _first(connection, f"{shown} WHERE {rule.condition}", rule.field))


def _asked(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Iterator[Group]:
    row = connection.execute(f"SELECT count(*) FROM ({rule.query})").fetchone()  # noqa: S608 fixed
    if row and row[0]:
        yield _group(rule.code, row[0], _first(connection, rule.query, rule.field))


def _first(connection: duckdb.DuckDBPyConnection, query: str, field: str) -> list[Example]:
    column = heading_of(field)
    rows = connection.execute(
        f"SELECT source, source_row, coalesce(CAST(value AS VARCHAR), '')[1:200], voucher, place FROM ({query}) "  # noqa: S608 fixed
        f"ORDER BY place LIMIT {_EXAMPLES}"
    ).fetchall()
    return [Example(source, row, column, value, voucher, place) for source, row, value, voucher, place in rows]


def _whole(connection: duckdb.DuckDBPyConnection, expected: Expected) -> Iterator[Group]:
    """What is about the month as a whole."""
    month = expected.month
    found = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE voucher_type = 'opening'), "
        "count(*) FILTER (WHERE voucher_type = 'closing') FROM line WHERE entry_date BETWEEN ? AND ?",
        [month.first, month.last],
    ).fetchone()
    lines, openings, closings = found or (0, 0, 0)
    begun = expected.closed_until is not None and expected.closed_until >= month.first
    first, last = expected.fiscal_start, expected.fiscal_end
    opened = expected.closed_until is not None and expected.closed_until >= max(month.first, first or month.first)
    broken = {
        "ledger.check.empty": not lines and not begun,
        "ledger.check.no-opening": lines and first and month.of(first) == month and not openings and not opened,
        "ledger.check.no-closing": lines and last and month.of(last) == month and not closings,
    }
    for code, is_broken in broken.items():
        if is_broken:
            yield _group(code, 1, [Example("", None, "", str(month), "", 0)])


def _sums(connection: duckdb.DuckDBPyConnection, expected: Expected, shape: Shape) -> tuple[Any, ...]:
    """What `Checked` says besides its groups."""
    entries = connection.execute("SELECT count(*) FROM check_unit").fetchone() if shape.lines else (0,)
    row = connection.execute(
        "SELECT count(*), sum(amount) FILTER (WHERE side = 'D'), sum(amount) FILTER (WHERE side = 'C'), min(entry), "
        "max(entry), min(entry_date), max(entry_date) FROM line WHERE entry_date BETWEEN ? AND ?",
        [expected.month.first, expected.month.last],
    ).fetchone()
    lines, debit, credit, *rest = row or (0, None, None, None, None, None, None)
    return (entries or (0,))[0], lines, debit or Decimal(0), credit or Decimal(0), *rest
