"""Entries in the order of the journal, each entry and each line with its number.

Source: Yevmiye Defteri Kılavuzu V1.5 sections 2.1.1.9 and 2.1.1.10.1: both count from 1 at the beginning of the fiscal
year, without a gap, through all months and parts.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.ledger.problems import problem
from ulak.ledger.store import COLUMNS, EntryStore

__all__ = ["Numbered", "number"]

_RANK: Final = "CASE voucher_type WHEN 'opening' THEN 0 WHEN 'closing' THEN 2 ELSE 1 END"
_COUNTED: Final = f"""
    JOIN (SELECT entry_date, voucher, branch, row_number() OVER (ORDER BY entry_date, rank, first) AS number
          FROM (SELECT entry_date, voucher, branch, min({_RANK}) AS rank, min(place) AS first FROM line GROUP BY ALL)) n
    ON l.entry_date IS NOT DISTINCT FROM n.entry_date AND l.voucher = n.voucher AND l.branch = n.branch"""  # noqa: S608 fixed


class Numbered(NamedTuple):
    """First and last number that a month's entries and lines have now; 0 if there are none."""

    first_entry: int
    last_entry: int
    first_line: int
    last_line: int


def number(store: EntryStore, first_entry: int = 1, first_line: int = 1) -> Numbered:
    """Put the lines in the order of the journal and give entries and lines the numbers they lack.

    Numbers that every row of the source has are kept. Otherwise a voucher is what has one day, number and branch, and
    vouchers are counted by day, those of opening first and those of closing last, then as they stand in the source.
    The table ``line`` is written anew in that order, in one transaction.

    Raises:
        LedgerError: ``ledger.numbers.mixed`` if some rows have a number and others have none.
    """
    connection = store.connection
    has_entries, has_lines = _has_all(store, "entry"), _has_all(store, "line")
    entry = "l.entry" if has_entries else f"n.number + {first_entry - 1}"
    line = "line" if has_lines else f"row_number() OVER () + {first_line - 1}"
    joined = "" if has_entries else _COUNTED
    order = "entry, line, place" if has_lines else "entry, place"
    connection.execute("BEGIN")
    try:
        connection.execute(f"CREATE TABLE numbered ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        connection.execute(
            f"""INSERT INTO numbered BY NAME SELECT * REPLACE ({line} AS line) FROM (
            SELECT l.* REPLACE ({entry} AS entry) FROM line l {joined} ORDER BY {order})"""  # noqa: S608 fixed
        )
        connection.execute("DROP TABLE line")
        connection.execute("ALTER TABLE numbered RENAME TO line")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return _numbered(store)


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
