"""The check of a store: every rule asked in SQL, its findings counted and the first of them kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb

from ulak.ledger.checking.lines import LINES, LineRule, line_rules
from ulak.ledger.checking.values import Checked, Example, Expected, Group
from ulak.ledger.checking.vouchers import Rule, Shape, rules_of, unit_sql
from ulak.ledger.checking.words import SAID
from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.store import EntryStore

__all__ = ["all_findings", "check", "examples", "save_findings"]

_EXAMPLES: Final = 20
_AT_ONCE: Final = 5_000
Told = Callable[[int], None] | None


def check(store: EntryStore, expected: Expected, told: Told = None) -> Checked:
    """Check the entries of a store; nothing of them is changed.

    Args:
        told: called with the share of the rules that were asked, from 0 to 100; may raise.
    """
    connection = store.connection
    shape = _shape(connection)
    groups = [*_cells(connection), *_whole(connection, expected, shape)]
    _remember(connection, "DROP TABLE IF EXISTS check_query", "CREATE TABLE check_query (code VARCHAR, query VARCHAR)")
    if shape.lines:
        lines = line_rules(expected, shape.accounts > 0)
        groups += _lines(connection, lines)
        connection.execute(unit_sql(shape))
        rules = rules_of(expected, shape)
        for at, rule in enumerate(rules, 1):
            groups += _asked(connection, rule)
            if told:
                told(30 + 70 * at // len(rules))
        _remember_rules(connection, lines, rules, {one.code for one in groups})
    return Checked(
        tuple(sorted(groups, key=lambda one: (one.level != "error", -one.count, one.code))),
        *_sums(connection, expected, shape),
    )


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
    rows = connection.execute(
        f"SELECT code, count(*), min_by({{'source': source, 'row': source_row, 'column': \"column\", 'value': value, "  # noqa: S608 fixed
        f"'place': place}}, place, {_EXAMPLES}) FROM raw_fault GROUP BY code"
    ).fetchall()
    for code, count, found in rows:
        examples = [Example(one["source"], one["row"], one["column"], one["value"], "", one["place"]) for one in found]
        yield _group(code, count, examples)


def _heading(field: str) -> str:
    known = BY_NAME["entries"].get(field)
    return (known.heading or known.label.tr) if known else ""


def _told_of(field: str, found: list[dict[str, Any]] | None) -> list[Example]:
    column = _heading(field)
    return [
        Example(one["source"], one["row"], column, one["value"] or "", one["voucher"], one["place"])
        for one in found or []
    ]


def _lines(connection: duckdb.DuckDBPyConnection, rules: tuple[LineRule, ...]) -> Iterator[Group]:
    """All rules about single lines, counted in one pass; what is shown is worked out for those that were broken."""
    counts = ", ".join(f"count(*) FILTER (WHERE {one.condition})" for one in rules)
    row = connection.execute(f"SELECT {counts} FROM {LINES}").fetchone() or ()  # noqa: S608 fixed
    for count, rule in zip(row, rules, strict=False):
        if count:
            shown = f"SELECT place, source, source_row, {rule.value} AS value, voucher FROM {LINES}"  # noqa: S608 fixed
            found = _first(connection, f"{shown} WHERE {rule.condition}", _EXAMPLES)
            yield _group(rule.code, count, _told_of(rule.field, found))


def _first(connection: duckdb.DuckDBPyConnection, query: str, limit: int) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"SELECT source, source_row, CAST(value AS VARCHAR)[1:200], voucher, place FROM ({query}) "  # noqa: S608 fixed
        f"ORDER BY place LIMIT {limit}"
    ).fetchall()
    return [dict(zip(("source", "row", "value", "voucher", "place"), row, strict=True)) for row in rows]


def _asked(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Iterator[Group]:
    row = connection.execute(f"SELECT count(*) FROM ({rule.query})").fetchone()  # noqa: S608 fixed
    if row and row[0]:
        yield _group(rule.code, row[0], _told_of(rule.field, _first(connection, rule.query, _EXAMPLES)))


def _whole(connection: duckdb.DuckDBPyConnection, expected: Expected, shape: Shape) -> Iterator[Group]:
    """What is about the month as a whole."""
    month = expected.month
    found = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE voucher_type = 'opening'), count(*) FILTER (WHERE voucher_type = 'closing') "
        "FROM line WHERE entry_date BETWEEN ? AND ?",
        [month.first, month.last],
    ).fetchone()
    lines, openings, closings = found or (0, 0, 0)
    if not lines and not (expected.closed_until and expected.closed_until >= month.first):
        yield _group("ledger.check.empty", 1, [Example("", None, "", str(month), "", 0)])
    if lines and expected.fiscal_start and month.of(expected.fiscal_start) == month and not openings:
        yield _group("ledger.check.no-opening", 1, [Example("", None, "", str(month), "", 0)])
    if lines and expected.fiscal_end and month.of(expected.fiscal_end) == month and not closings:
        yield _group("ledger.check.no-closing", 1, [Example("", None, "", str(month), "", 0)])


def _sums(connection: duckdb.DuckDBPyConnection, expected: Expected, shape: Shape) -> tuple[Any, ...]:
    row = connection.execute(
        "SELECT count(*), sum(amount) FILTER (WHERE side = 'D'), sum(amount) FILTER (WHERE side = 'C'), min(entry), "
        "max(entry), min(entry_date), max(entry_date) FROM line WHERE entry_date BETWEEN ? AND ?",
        [expected.month.first, expected.month.last],
    ).fetchone()
    assert row
    lines, debit, credit, *rest = row
    entries = connection.execute("SELECT count(*) FROM check_unit").fetchone() if shape.lines else (0,)
    return (entries or (0,))[0], lines, debit or Decimal(0), credit or Decimal(0), *rest


# -- all findings of a kind ------------------------------------------------------------------------------------------------


def _remember(connection: duckdb.DuckDBPyConnection, *statements: str) -> None:
    for one in statements:
        connection.execute(one)


def _remember_rules(
    connection: duckdb.DuckDBPyConnection, lines: tuple[LineRule, ...], rules: tuple[Rule, ...], codes: set[str]
) -> None:
    """Keep how the findings of a kind are listed, so that they can be leafed through later."""
    rows = [
        (
            one.code,
            f"SELECT place, source, source_row, '{_heading(one.field)}' AS column_name, "  # noqa: S608 fixed
            f"CAST({one.value} AS VARCHAR)[1:200] AS value, voucher FROM {LINES} WHERE {one.condition}",
        )
        for one in lines
        if one.code in codes
    ] + [
        (
            one.code,
            f"SELECT place, source, source_row, '{_heading(one.field)}' AS column_name, "  # noqa: S608 fixed
            f"CAST(value AS VARCHAR)[1:200] AS value, voucher FROM ({one.query})",
        )
        for one in rules
        if one.code in codes
    ]
    if rows:
        connection.executemany("INSERT INTO check_query VALUES (?, ?)", rows)


def _query_of(connection: duckdb.DuckDBPyConnection, code: str) -> str:
    found = connection.execute("SELECT query FROM check_query WHERE code = ?", [code]).fetchone()
    if found:
        return str(found[0])
    safe = code if code in SAID else ""
    return (
        "SELECT place, source, source_row, \"column\" AS column_name, value, '' AS voucher FROM raw_fault "  # noqa: S608 fixed
        f"WHERE code = '{safe}'"
    )


def examples(store: EntryStore, code: str, after: int = 0, limit: int = 50) -> list[Example]:
    """Findings of a code in the order of the sources, those after a ``place``; of the last check of the store."""
    rows = store.connection.execute(
        f"SELECT source, source_row, column_name, value, voucher, place FROM ({_query_of(store.connection, code)}) "  # noqa: S608 fixed
        "WHERE place > ? ORDER BY place, column_name LIMIT ?",
        [after, limit],
    ).fetchall()
    return [Example(*row) for row in rows]


def all_findings(store: EntryStore) -> Iterator[tuple[str, Example]]:
    """Every finding of the last check with its code, of the store's own connection; it is not used meanwhile."""
    for code, query in _queries(store.connection):
        found = store.connection.execute(
            f"SELECT source, source_row, column_name, value, voucher, place FROM ({query}) ORDER BY place"  # noqa: S608 fixed
        )
        while rows := found.fetchmany(_AT_ONCE):
            for row in rows:
                yield code, Example(*row)


def _queries(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    codes = [code for (code,) in connection.execute("SELECT DISTINCT code FROM raw_fault ORDER BY 1").fetchall()]
    codes += [code for (code,) in connection.execute("SELECT code FROM check_query ORDER BY 1").fetchall()]
    return [(code, _query_of(connection, code)) for code in codes]


def save_findings(store: EntryStore, path: Path) -> int:
    """Write every finding of the last check to a Parquet file (code, source, row, column, value, voucher, place).

    Returns:
        How many there are.
    """
    parts = [
        f"SELECT '{code}' AS code, source, source_row AS row, column_name AS \"column\", value, voucher, place FROM ({query})"  # noqa: S608 fixed
        for code, query in _queries(store.connection)
    ] or [
        "SELECT '' AS code, '' AS source, 0 AS row, '' AS \"column\", '' AS value, '' AS voucher, 0 AS place WHERE false"
    ]
    whole = " UNION ALL ".join(parts)
    target = str(path).replace("'", "''")
    row = store.connection.execute(
        f"COPY (SELECT * FROM ({whole}) ORDER BY code, place) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 fixed
    ).fetchone()
    return int(row[0]) if row else 0
