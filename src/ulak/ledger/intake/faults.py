"""What could not be read, as rows of the store's table ``raw_fault``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import duckdb

from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.intake.parsing import literal, plain_sql
from ulak.ledger.intake.raw import Raw

__all__ = ["set_loose_rows_aside", "write_faults"]

_ERRORS: Final = (
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#YOK", "#BAŞV!", "#DEĞER!",
    "#SAYI/0!", "#AD?", "#SAYI!", "#BOŞ!",
)  # fmt: skip
_FORMULA: Final = r"^(=|@)[A-Za-z+(-].*|^[+-][A-Za-z@].*[(!|].*"
_INTO: Final = "INSERT INTO raw_fault "
_READ: Final = frozenset(("amount", "number", "whole", "day"))


def write_faults(connection: duckdb.DuckDBPyConnection, raw: Raw, base: int, fields: set[str]) -> int:
    """Tell the faults of a file whose rows stand in the tables ``raw`` and ``parsed``; gives how many."""
    before = _count(connection)
    rows = [
        (base + one.row, raw.source, one.row, _column(raw, one.column), one.code, one.value[:200]) for one in raw.faults
    ]
    if rows:
        connection.executemany(f"{_INTO} VALUES (?, ?, ?, ?, ?, ?)", rows)
    for query in _queries(raw, base, fields):
        connection.execute(_INTO + query)
    return _count(connection) - before


def set_loose_rows_aside(
    connection: duckdb.DuckDBPyConnection, raw: Raw, base: int, fields: set[str], filled: list[str]
) -> None:
    """Rows that name no account and no voucher are sums and titles of a printed report; they are told, not kept."""
    names = [one for one in ("account", "main", "voucher", "entry", "date") if one in fields and one not in filled]
    empty = " AND ".join(f"f_{one} IS NULL" for one in names)
    shown = [one for one in ("debit", "credit", "amount", "comment") if one in fields] or names
    value = f"concat_ws(' ', {', '.join(plain_sql(f'f_{one}') for one in shown)})[1:200]"
    connection.execute(
        f"{_INTO}SELECT {base} + place, {literal(raw.source)}, number, '', 'ledger.cell.loose-row', {value} "  # noqa: S608 fixed
        f"FROM raw WHERE {empty}"
    )
    connection.execute(f"DELETE FROM raw WHERE {empty}")  # noqa: S608 fixed


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute("SELECT count(*) FROM raw_fault").fetchone()
    return int(found[0]) if found else 0


def _column(raw: Raw, place: int) -> str:
    return (raw.headings[place - 1] or f"#{place}") if 0 < place <= len(raw.headings) else ""


def _queries(raw: Raw, base: int, fields: set[str]) -> Iterator[str]:
    known = BY_NAME["entries"]
    said = f"{base} + place, {literal(raw.source)}, number, "
    for field in sorted(fields & set(raw.places)):
        column = literal(raw.heading(field))
        cell = plain_sql(f"f_{field}")
        if _may_be_bad(field):
            yield (
                f"SELECT {said}{column}, bad_{field}, {cell}[1:200] FROM "  # noqa: S608 fixed
                f"(SELECT place, bad_{field} FROM parsed WHERE bad_{field} IS NOT NULL) JOIN raw USING (place)"
            )
        if known[field].reads in ("text", "code"):
            errors = ", ".join(map(literal, _ERRORS))
            yield (
                f"SELECT {said}{column}, 'ledger.cell.error', {cell} FROM raw "  # noqa: S608 fixed
                f"WHERE {cell}[1] = '#' AND upper({cell}) IN ({errors})"
            )
            yield (
                f"SELECT {said}{column}, 'ledger.cell.formula', {cell}[1:200] FROM raw "  # noqa: S608 fixed
                f"WHERE {cell}[1] IN ('=', '@', '+', '-') AND regexp_full_match({cell}, '{_FORMULA}')"
            )


def _may_be_bad(field: str) -> bool:
    reads = BY_NAME["entries"][field].reads
    return reads in _READ or (reads == "code" and field != "branch") or field in ("side", "currency")
