"""The chart of accounts, as a file of its own or besides vouchers."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Final

import duckdb

from ulak.ledger.intake.parsing import plain_sql

__all__ = ["take_accounts"]

_AT_ONCE: Final = 10_000


def take_accounts(connection: duckdb.DuckDBPyConnection, said: Dict[str, str] | None = None) -> int:
    """Keep the names of accounts, later ones over earlier ones; gives how many came.

    Args:
        said: names by code; None: they stand in the table ``raw``.
    """
    if said is None:
        code, name = plain_sql("f_code"), plain_sql("f_name")
        rows = connection.execute(
            f"INSERT OR REPLACE INTO account SELECT {code}, coalesce(last({name} ORDER BY place), '') "  # noqa: S608 fixed
            f"FROM raw WHERE f_code IS NOT NULL GROUP BY 1 RETURNING 1"
        ).fetchall()
        return len(rows)
    codes, names = list(said), list(said.values())
    for first in range(0, len(codes), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        connection.execute("INSERT OR REPLACE INTO account SELECT unnest(?), unnest(?)", [codes[some], names[some]])
    return len(said)
