"""All findings of a kind, to be leafed through and kept: how they are asked for is written down by the check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

from ulak.ledger.checking.lines import LINES, LineRule
from ulak.ledger.checking.values import Example
from ulak.ledger.checking.vouchers import Rule
from ulak.ledger.checking.words import SAID
from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.store import EntryStore

__all__ = ["all_findings", "examples", "forget_queries", "heading_of", "remember_queries", "save_findings"]

_AT_ONCE: Final = 5_000
_NONE: Final = (
    "SELECT '' AS code, '' AS source, 0 AS row, '' AS \"column\", '' AS value, '' AS voucher, 0 AS place WHERE false"
)


def heading_of(field: str) -> str:
    """What Ulak's own form calls a field."""
    known = BY_NAME["entries"].get(field)
    return (known.heading or known.label.tr) if known else ""


def forget_queries(connection: duckdb.DuckDBPyConnection) -> None:
    """Begin a new check."""
    connection.execute("CREATE OR REPLACE TABLE check_query (code VARCHAR, query VARCHAR)")


def remember_queries(
    connection: duckdb.DuckDBPyConnection, lines: tuple[LineRule, ...], rules: tuple[Rule, ...], codes: set[str]
) -> None:
    """Keep how the findings of some codes are listed."""
    found = [(one, one.value, f"{LINES} WHERE {one.condition}") for one in lines if one.code in codes]
    rows = [(one.code, _listed(one.field, value, of)) for one, value, of in found]
    rows += [(one.code, _listed(one.field, "value", f"({one.query})")) for one in rules if one.code in codes]
    if rows:
        connection.executemany("INSERT INTO check_query VALUES (?, ?)", rows)


def _listed(field: str, value: str, of: str) -> str:
    shown = f"coalesce(CAST({value} AS VARCHAR), '')[1:200]"
    return (
        f"SELECT place, source, source_row, '{heading_of(field)}' AS column_name, {shown} AS value, voucher "  # noqa: S608 fixed
        f"FROM {of}"
    )


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
    shown = 'source, source_row AS row, column_name AS "column", value, voucher, place'
    parts = [f"SELECT '{code}' AS code, {shown} FROM ({query})" for code, query in _queries(store.connection)]  # noqa: S608 fixed
    whole = " UNION ALL ".join(parts or [_NONE])
    target = str(path).replace("'", "''")
    row = store.connection.execute(
        f"COPY (SELECT * FROM ({whole}) ORDER BY code, place) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 fixed
    ).fetchone()
    return int(row[0]) if row else 0
