"""Every table of a platform database, with a row for each of two taxpayers, whatever its columns are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import psycopg
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from platform_database import url_of
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["Column", "Table", "ask", "denied", "fill", "seen_of_all", "tables"]

_NUMBERS: Final = itertools.count(7_000)
_TABLES: Final = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, c.relispartition,
       array(SELECT r.rolname::text FROM pg_roles r WHERE r.rolname LIKE 'ulak\\_%%'
             AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE')
                  OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE')) ORDER BY 1)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1
"""
_COLUMNS: Final = """
SELECT a.attname::text, t.typname::text, nullif(a.atttypmod, -1) - 4, a.attnotnull, a.attgenerated <> ''
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_READABLE: Final = """
SELECT array(SELECT name FROM unnest(%s::text[]) WITH ORDINALITY AS each (name, place)
             WHERE has_column_privilege(wanted.role, wanted.relation, name, 'SELECT') ORDER BY place)
FROM (SELECT %s AS role, %s AS relation) wanted
"""


class Column(NamedTuple):
    name: str
    type: str
    length: int | None
    is_needed: bool
    is_generated: bool


class Table(NamedTuple):
    """A table.

    Attributes:
        is_guarded: whether it has row-level security that its owner cannot escape either.
        roles: of the platform's, those that may do anything at all with it.
    """

    name: str
    is_guarded: bool
    is_partition: bool
    roles: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def whose(self) -> str:
        """The column that says whose a row is; empty if none does."""
        if self.name == "taxpayers_taxpayer":
            return "id"
        return "taxpayer_id" if any(one.name == "taxpayer_id" for one in self.columns) else ""


def tables(database: str) -> dict[str, Table]:
    """Every table and view, by name."""
    with psycopg.connect(url_of(database)) as owner:
        found = owner.execute(_TABLES.replace("%%", "%")).fetchall()
        return {
            name: Table(
                name,
                guarded,
                partition,
                tuple(roles),
                tuple(Column(*one) for one in owner.execute(_COLUMNS, [name]).fetchall()),
            )
            for name, guarded, partition, roles in found
        }


def seen_of_all(role: Role, table: Table) -> list[str]:
    """Columns of a taxpayer's row that a role reads without a scope."""
    with connection.cursor() as cursor:
        cursor.execute(_READABLE, [[one.name for one in table.columns], role.value, table.name])
        readable: list[str] = cursor.fetchone()[0]
    owned = f"WHERE {table.whose} IS NOT NULL" if table.whose in readable else ""
    return readable if readable and ask(role, [], f"SELECT {readable[0]} FROM {table.name} {owned} LIMIT 1") else []


def fill(database: str, table: Table, taxpayers: Sequence[int]) -> None:
    """A row for each, past all policies and references."""
    with psycopg.connect(url_of(database)) as owner:
        owner.execute("SET session_replication_role = replica")
        for taxpayer in taxpayers:
            given = {one.name: _value(one) for one in table.columns if one.is_needed and not one.is_generated}
            given[table.whose] = taxpayer
            owner.execute(
                sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                    sql.Identifier(table.name),
                    sql.SQL(", ").join(map(sql.Identifier, given)),
                    sql.SQL(", ").join(sql.Placeholder() for _ in given),
                ),
                list(given.values()),
            )


def _value(column: Column) -> Any:
    number = next(_NUMBERS)
    if column.type.startswith("_"):
        return []
    if column.type in ("int2", "int4", "int8", "numeric"):
        return number
    return {
        "bool": False,
        "bytea": str(number).encode(),
        "jsonb": "{}",
        "uuid": f"00000000-0000-4000-8000-{number:012}",
        "date": "2026-11-22",
        "timestamptz": "2026-11-22T12:00:00Z",
    }.get(column.type, str(number)[-(column.length or 40) :])


def ask(role: Role, scope: Sequence[int], statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """What a statement shows to a role that works for these taxpayers; what it changed is undone."""
    with undone(), scoped(role, scope), connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def denied(role: Role, scope: Sequence[int], statement: str, parameters: Sequence[Any] = ()) -> bool:
    """Whether the database refuses a statement to a role."""
    try:
        ask(role, scope, statement, parameters)
    except DatabaseError as error:
        return getattr(error.__cause__, "sqlstate", "") == "42501"
    return False


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
