"""Rows of documents, many by one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from ulak_server.database.arrays import as_arrays
from ulak_server.database.bound import bound

__all__ = ["insert"]


def insert(columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert at least one row, in the running scope and transaction; their ids, in order.

    Args:
        columns: names and PostgreSQL types, in the order of the values.
    """
    values = dict(zip(columns, zip(*rows, strict=True), strict=True))
    # What all have in common is said once: PostgreSQL reads each element of an array from its text.
    same = {name: one[0] for name, one in values.items() if all(value == one[0] for value in one)}
    each = [name for name in columns if name not in same] or [next(iter(columns))]
    chosen = ", ".join(name if name in each else f"%s::{kind}" for name, kind in columns.items())
    arrays = ", ".join(f"%s::{columns[name]}[]" for name in each)
    statement = (
        f"INSERT INTO documents_document ({', '.join(columns)}) SELECT {chosen}"  # noqa: S608
        f" FROM unnest({arrays}) WITH ORDINALITY AS v({', '.join(each)}, place) ORDER BY place RETURNING id"
    )
    said = [value.value if isinstance(value, Enum) else value for name, value in same.items() if name not in each]
    with bound() as cursor:
        cursor.execute(statement, [*said, *as_arrays(zip(*(values[name] for name in each), strict=True))])
        return [id for (id,) in cursor]
