"""The words of the columns of choices, looked up once for each different word."""

from __future__ import annotations

from typing import Final

import duckdb

from ulak.ledger.intake.choices import CHOICES, meaning
from ulak.ledger.intake.mapping import Mapping
from ulak.ledger.intake.parsing import plain_sql

__all__ = ["make_choices"]

_LOOKED_UP: Final = tuple(one for one in CHOICES if one != "entry")
_AT_ONCE: Final = 1_000


def make_choices(connection: duckdb.DuckDBPyConnection, fields: set[str], mapping: Mapping) -> None:
    """Make a temporary table ``k_<field>`` (``written``, ``value``, ``description``) for each column of choices."""
    for field in _LOOKED_UP:
        if field not in fields:
            continue
        connection.execute(f"CREATE TEMP TABLE k_{field} (written VARCHAR, value VARCHAR, description VARCHAR)")
        said = mapping.values.get(field, {})
        found = connection.execute(
            f"SELECT DISTINCT f_{field}, {plain_sql(f'f_{field}')} FROM raw WHERE f_{field} IS NOT NULL"  # noqa: S608 fixed
        ).fetchall()
        for start in range(0, len(found), _AT_ONCE):
            rows = [(cell, *meaning(field, word, said)) for cell, word in found[start : start + _AT_ONCE]]
            connection.executemany(f"INSERT INTO k_{field} VALUES (?, ?, ?)", rows)  # noqa: S608 fixed
