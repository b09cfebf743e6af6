"""Rows of documents, many by one statement.

There are two roads. A few rows whose ids were drawn before go along with what follows, by a function whose plan is
kept (``documents_take``): the statement costs more than they. Of many rows PostgreSQL reads what all have in common
once, and gives them their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from ulak_server.database.ahead import Ask, written
from ulak_server.database.arrays import as_arrays
from ulak_server.database.bound import bound

__all__ = ["ids_asked", "insert", "take"]


def ids_asked(count: int) -> Ask:
    """What has to be asked for new ids, for `take`; one in each row."""
    return Ask("SELECT nextval('documents_document_id_seq') FROM generate_series(1, %s)", [count])


def take(ids: Sequence[int], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows under ids that were drawn for them (`ids_asked`), at the latest with COMMIT.

    Args:
        rows: values in the order in which ``documents_take`` has them after the id.
    """
    columns = as_arrays((id, *row) for id, row in zip(ids, rows, strict=True))
    written(f"SELECT documents_take({', '.join(['%s'] * len(columns))})", columns)


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
