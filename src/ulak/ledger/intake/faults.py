"""What could not be read, as rows of the store's table ``raw_fault``."""

from __future__ import annotations

from typing import Final

import duckdb

from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.intake.parsing import literal, plain_sql
from ulak.ledger.intake.raw import Raw, rows_sql

__all__ = ["keep_faults", "set_loose_rows_aside", "write_faults", "write_text_faults"]

_ERRORS: Final = (
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#YOK", "#BAŞV!",
    "#DEĞER!", "#SAYI/0!", "#AD?", "#SAYI!", "#BOŞ!",
)  # fmt: skip
_FORMULA: Final = r"^(=|@)[A-Za-z+(-].*|^[+-][A-Za-z@].*[(!|].*"
_INTO: Final = "INSERT INTO raw_fault "
_READ: Final = frozenset(("amount", "number", "whole", "day"))


def keep_faults(connection: duckdb.DuckDBPyConnection, raw: Raw, base: int) -> None:
    """Tell what was wrong with rows before their cells meant anything."""
    if raw.faults:
        names = ", ".join(literal(_column(raw, place)) for place in range(1, len(raw.headings) + 1)) or "''"
        connection.execute(
            f"{_INTO}SELECT {base} + number, {literal(raw.source)}, number, coalesce(([{names}])[place], ''), code, "  # noqa: S608 fixed
            f"coalesce(value, '') FROM {rows_sql(raw.faults, ['number', 'place', 'code', 'value'])}"
        )


def write_faults(connection: duckdb.DuckDBPyConnection, raw: Raw, base: int, fields: set[str]) -> None:
    """Tell the faults of the rows that stand in the tables ``raw`` and ``parsed``."""
    known = [one for one in sorted(fields & set(raw.places)) if _may_be_bad(one)]
    counts = ", ".join(f"count(bad_{one})" for one in known)
    row = connection.execute(f"SELECT {counts} FROM parsed").fetchone() or ()  # noqa: S608 fixed
    for field, count in zip(known, row, strict=False):
        if count:
            connection.execute(
                f"{_INTO}SELECT {_said(raw, base, field)}, bad_{field}, {plain_sql(f'f_{field}')}[1:200] FROM "  # noqa: S608 fixed
                f"(SELECT place, bad_{field} FROM parsed WHERE bad_{field} IS NOT NULL) JOIN raw USING (place)"
            )


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


def _column(raw: Raw, place: int) -> str:
    return (raw.headings[place - 1] or f"#{place}") if 0 < place <= len(raw.headings) else ""


def _said(raw: Raw, base: int, field: str) -> str:
    return f"{base} + place, {literal(raw.source)}, number, {literal(raw.heading(field))}"


def _may_be_bad(field: str) -> bool:
    reads = BY_NAME["entries"][field].reads
    return reads in _READ or (reads == "code" and field != "branch") or field in ("side", "currency")


def write_text_faults(connection: duckdb.DuckDBPyConnection, raw: Raw, base: int, fields: set[str]) -> None:
    """Tell texts that are a spreadsheet's errors, or begin as its formulas do; of the whole table ``raw`` at once."""
    texts = [one for one in sorted(fields & set(raw.places)) if BY_NAME["entries"][one].reads in ("text", "code")]
    odd = " OR ".join(f"f_{one}[1] IN ('#', '=', '@', '+', '-')" for one in texts)
    names = ", ".join(f"f_{one}" for one in texts)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE parsed AS SELECT place, number, {names} FROM raw WHERE {odd}"  # noqa: S608 fixed
    )
    if not connection.execute("SELECT 1 FROM parsed LIMIT 1").fetchone():
        return
    errors = ", ".join(map(literal, _ERRORS))
    for field in texts:
        rules = (
            ("error", f"upper(f_{field}) IN ({errors})"),
            ("formula", f"regexp_full_match(f_{field}, '{_FORMULA}')"),
        )
        for code, rule in rules:
            connection.execute(
                f"{_INTO}SELECT {_said(raw, base, field)}, 'ledger.cell.{code}', f_{field}[1:200] "  # noqa: S608 fixed
                f"FROM parsed WHERE {rule}"
            )
