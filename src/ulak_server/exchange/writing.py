"""Rows of the shell written to their tables, many by one statement, with what changed of them and nothing else.

Rows are locked from when they are read to the end of their transaction, so what was read is what is still there. What
all rows of a statement have in common is said once: PostgreSQL reads each element of an array from its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final

from django.db import connection

from ulak_server.database.arrays import as_arrays
from ulak_server.database.bound import bound
from ulak_server.exchange import records
from ulak_server.exchange.rooms import Room, Row, Sheet

__all__ = ["insert", "mark", "update", "write"]

_JSON: Final = "jsonb"
_LAW: Final = {"stage": "text", "wake_at": "timestamptz", "road": "bytea"}


def write(sheet: Sheet, lines: Sequence[Sequence[Any]]) -> None:
    """Write lines into a sheet; those that stand there already stay."""
    names = ", ".join(name for name, _ in sheet.columns)
    arrays = ", ".join(f"%s::{type}[]" for _, type in sheet.columns)
    with bound() as cursor:
        cursor.execute(
            f"INSERT INTO {sheet.table} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608
            " ON CONFLICT DO NOTHING",
            as_arrays(lines),
        )


def insert(room: Room, rows: Sequence[Row]) -> None:
    """Insert new rows, with the columns that one of them has."""
    if not rows:
        return
    columns = {**room.fixed, **room.moving, **room.unread}
    names = [name for name in columns if any(name in row.values for row in rows)]
    every = [room.key[0], *names, *_LAW]
    marks = ", ".join(["%s"] * len(every))
    statement = f"INSERT INTO {room.table} ({', '.join(every)}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [[row.key, *(_value(columns[name], row.values.get(name)) for name in names), *_law(row)] for row in rows],
        )


def update(room: Room, rows: Sequence[Row]) -> None:
    """Write what changed of rows that are there."""
    if not rows:
        return
    laws = zip(*map(_law, rows), strict=True)
    table = {name: list(values) for name, values in zip(_LAW, laws, strict=True)}
    for name, type in room.moving.items():
        if type == _JSON or type.endswith("[]") or not _is_as_read(name, rows):
            table[name] = [_value(type, row.values.get(name)) for row in rows]
    types = {**room.moving, **_LAW}
    same = {name: values[0] for name, values in table.items() if _are_one(values)}
    whole = [name for name in table if name not in same and types[name].endswith("[]")]
    each = {name: values for name, values in table.items() if name not in same and name not in whole}
    _set(room, [row.key for row in rows], same, each, types)
    for name in whole:
        for row, value in zip(rows, table[name], strict=True):
            _set(room, [row.key], {name: value}, {}, types)


def mark(marks: Sequence[tuple[int, int]]) -> None:
    """Write how the answers to documents stand, by the documents' ids."""
    if marks:
        with bound() as cursor:
            cursor.execute(
                "UPDATE documents_document d SET answer = v.answer FROM unnest(%s::bigint[], %s::smallint[])"
                " AS v(id, answer) WHERE d.id = v.id",
                as_arrays(marks),
            )


def _set(
    room: Room,
    keys: Sequence[Any],
    same: Mapping[str, Any],
    each: Mapping[str, Sequence[Any]],
    types: Mapping[str, str],
) -> None:
    """One statement: columns that get the same value in all rows, and those of which each row has its own."""
    name, kind = room.key
    sets = [f"{column} = %s::{types[column]}" for column in same]
    values = [value.value if isinstance(value, Enum) else value for value in same.values()]
    if each:
        sets += [f"{column} = v.{column}" for column in each]
        arrays = ", ".join(f"%s::{type}[]" for type in (kind, *(types[column] for column in each)))
        which = f"FROM unnest({arrays}) AS v({name}, {', '.join(each)}) WHERE t.{name} = v.{name}"
        found: list[Any] = as_arrays(zip(keys, *each.values(), strict=True))
    elif len(keys) == 1:
        which, found = f"WHERE t.{name} = %s::{kind}", [keys[0]]
    else:
        which, found = f"WHERE t.{name} = ANY (%s::{kind}[])", as_arrays((key,) for key in keys)
    with bound() as cursor:
        cursor.execute(f"UPDATE {room.table} t SET {', '.join(sets)} {which}", [*values, *found])  # noqa: S608


def _is_as_read(name: str, rows: Iterable[Row]) -> bool:
    return all(row.was is not None and name in row.was and row.was[name] == row.values.get(name) for row in rows)


def _are_one(values: Sequence[Any]) -> bool:
    first = values[0]
    return all(value is first or value == first for value in values)


def _value(type: str, value: Any) -> Any:
    return json.dumps(value) if type == _JSON and value is not None else value


def _law(row: Row) -> list[Any]:
    record = row.record
    return ["filed", None, None] if record is None else [str(record.stage), record.wake_at, records.write(record)]
