"""Rows of documents, many by one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from ulak_server.database.arrays import as_arrays

__all__ = ["insert"]


def insert(columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert at least one row, in the running scope and transaction; their ids, in order.

    Args:
        columns: names and PostgreSQL types, in the order of the values.
    """
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    names = ", ".join(columns)
    statement = (
        f"INSERT INTO documents_document ({names}) SELECT {names} FROM unnest({arrays}) WITH ORDINALITY"  # noqa: S608
        f" AS v({names}, place) ORDER BY place RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, as_arrays(rows))
        return [id for (id,) in cursor.fetchall()]
