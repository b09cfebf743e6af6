"""Entries in the order of the journal, each entry and each line with its number.

Source: Yevmiye Defteri Kılavuzu V1.5 sections 2.1.1.9 and 2.1.1.10.1: both count from 1 at the beginning of the fiscal
year, without a gap, through all months and parts.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final, NamedTuple

import duckdb

from ulak.ledger.problems import problem
from ulak.ledger.store import COLUMNS, EntryStore, needing_room

__all__ = ["Numbered", "number"]

_RANK: Final = "CASE voucher_type WHEN 'opening' THEN 0 WHEN 'closing' THEN 2 ELSE 1 END"
# Windows with an order are held in memory as a whole; sorting spills, and what streams after it is only counted. Joins
# spill all they carry: so only the numbers are joined, and laid beside the lines row by row.
_COUNTED: Final = f"""
    CREATE OR REPLACE TEMP TABLE counted AS SELECT entry_date, voucher, branch, row_number() OVER () AS number FROM (
        SELECT entry_date, voucher, branch FROM line GROUP BY ALL ORDER BY entry_date, min({_RANK}), min(place))
    """  # noqa: S608 fixed
_PLACED: Final = """
    CREATE OR REPLACE TEMP TABLE placed AS SELECT number FROM (
        SELECT l.rowid AS row, n.number + $before AS number FROM line l JOIN counted n
        ON l.entry_date IS NOT DISTINCT FROM n.entry_date AND l.voucher = n.voucher AND l.branch = n.branch)
    ORDER BY row"""
_GIVEN: Final = "CREATE OR REPLACE TEMP TABLE placed AS SELECT entry AS number FROM line"
_IS_IN_ORDER: Final = """
    SELECT count(*) = 0 FROM (SELECT number, lag(number) OVER () AS before FROM placed) WHERE number < before"""


class Numbered(NamedTuple):
    """First and last number that a month's entries and lines have now; 0 if there are none."""

    first_entry: int
    last_entry: int
    first_line: int
    last_line: int


@needing_room()
def number(store: EntryStore, first_entry: int = 1, first_line: int = 1) -> Numbered:
    """Put the lines in the order of the journal and give entries and lines the numbers they lack.

    Numbers that every row of the source has are kept. Otherwise a voucher is what has one day, number and branch, and
    vouchers are counted by day, those of opening first and those of closing last, then as they stand in the source.
    The table ``line`` is written anew in that order, in one transaction.

    Raises:
        LedgerError: ``ledger.numbers.mixed`` if some rows have a number and others have none.
    """
    has_entries, has_lines = _has_all(store, "entry"), _has_all(store, "line")
    connection = store.connection
    connection.execute("BEGIN")
    try:
        if has_entries:
            connection.execute(_GIVEN)
        else:
            connection.execute(_COUNTED)
            connection.execute(_PLACED, {"before": first_entry - 1})
        _rewrite(store, None if has_lines else first_line)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
    return _numbered(store)


def _rewrite(store: EntryStore, first_line: int | None) -> None:
    """Write the lines anew by the numbers in ``placed``; lines are numbered from the first, or keep theirs."""
    line = "line" if first_line is None else f"row_number() OVER () + {first_line - 1}"
    order = "ORDER BY number, " + ("line, place" if first_line is None else "place")
    is_in_order = first_line is not None and _one(store, _IS_IN_ORDER)
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    for statement in (
        f"CREATE TABLE numbered ({columns})",
        f"""INSERT INTO numbered BY NAME SELECT * EXCLUDE (number) REPLACE (number AS entry, {line} AS line)
        FROM (SELECT * FROM line POSITIONAL JOIN placed {"" if is_in_order else order})""",  # noqa: S608 fixed
        "DROP TABLE line",
        "ALTER TABLE numbered RENAME TO line",
        "DROP TABLE placed",
        "DROP TABLE IF EXISTS counted",
    ):
        store.connection.execute(statement)


def _one(store: EntryStore, sql: str) -> bool:
    found = store.connection.execute(sql).fetchone()
    return bool(found and found[0])


def _has_all(store: EntryStore, column: str) -> bool:
    """Whether all rows have a number (true) or none has (false)."""
    found = store.connection.execute(f"SELECT count({column}), count(*) FROM line").fetchone()  # noqa: S608 ours
    having, total = map(int, found or (0, 0))
    if 0 < having < total:
        raise problem("ledger.numbers.mixed", having=having, without=total - having)
    return bool(total) and having == total


def _numbered(store: EntryStore) -> Numbered:
    found = store.connection.execute("SELECT min(entry), max(entry), min(line), max(line) FROM line").fetchone()
    return Numbered(*(value or 0 for value in found or (0, 0, 0, 0)))
