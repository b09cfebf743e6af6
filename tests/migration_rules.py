"""What a migration may do to tables that are in use: nothing that rewrites them or keeps others waiting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import Migration
from django.db.migrations import operations as do
from django.db.models import NOT_PROVIDED

__all__ = ["faults"]

_CREATE_INDEX: Final = re.compile(
    r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)[\s\S]*?\bON\s+(?:ONLY\s+)?\"?(\w+)", re.I
)
_REWRITES: Final = re.compile(
    r"\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b|\bALTER\s+COLUMN\s+\S+\s+SET\s+NOT\s+NULL\b|\bVACUUM\s+FULL\b"
    r"|\bCLUSTER\b|\bADD\s+COLUMN\s+[^,;]*\bDEFAULT\s+(?:random|clock_timestamp|gen_random_uuid|nextval)\w*\s*\(",
    re.I,
)
_UNCHECKED: Final = re.compile(r"\bADD\s+CONSTRAINT\b(?![^;]*\b(?:NOT\s+VALID|USING\s+INDEX)\b)", re.I)


def faults(migration: Migration) -> list[str]:
    """What is wrong with a migration that is to be run while the platform works; tables that it makes are its own."""
    made = {one.name.lower() for one in migration.operations if isinstance(one, do.CreateModel)}
    return list(_faults(migration.operations, migration.app_label, made, is_atomic=migration.atomic))


def _faults(operations: Sequence[Any], app: str, made: set[str], *, is_atomic: bool) -> Iterator[str]:
    for one in operations:
        if isinstance(one, do.SeparateDatabaseAndState):
            yield from _faults(one.database_operations, app, made, is_atomic=is_atomic)
        elif isinstance(one, do.RunSQL):
            yield from _of_sql(_text(one.sql), {f"{app}_{name}" for name in made})
        elif getattr(one, "model_name", getattr(one, "name", "")).lower() not in made:
            yield from _of_operation(one, is_atomic=is_atomic)


def _of_operation(one: Any, *, is_atomic: bool) -> Iterator[str]:
    if isinstance(one, AddIndexConcurrently | RemoveIndexConcurrently):
        if is_atomic:
            yield "an index is made concurrently within a transaction: set atomic = False"
    elif isinstance(one, do.AddIndex | do.AlterIndexTogether | do.AlterUniqueTogether):
        yield "an index is made while writers wait: use AddIndexConcurrently"
    elif isinstance(one, do.AddConstraint):
        yield "a constraint reads the whole table while writers wait: add it NOT VALID and validate it later"
    elif isinstance(one, do.AlterField):
        yield "a column is changed, which may rewrite the table: add another, fill it in batches, drop this one later"
    elif isinstance(one, do.RenameField | do.RenameModel | do.AlterModelTable):
        yield "a name is changed that processes of the version before still use"
    elif isinstance(one, do.RemoveField | do.DeleteModel):
        yield "something is removed that processes of the version before still use"
    elif isinstance(one, do.RunPython) and is_atomic:
        yield "rows are changed in one long transaction: set atomic = False and work in batches"
    elif isinstance(one, do.AddField):
        yield from _of_new_column(one.field)


def _of_new_column(field: Any) -> Iterator[str]:
    has_database_default = getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED
    if not field.null and not has_database_default:
        yield "a column that must have a value gets none from processes of the version before: null=True or db_default"
    if field.unique or field.db_index:
        yield "a column comes with an index, made while writers wait"


def _of_sql(text: str, made: set[str]) -> Iterator[str]:
    for found in _CREATE_INDEX.finditer(text):
        if found[2].lower() not in made:
            yield f"an index on {found[2]} is made while writers wait: CREATE INDEX CONCURRENTLY"
    if _REWRITES.search(text):
        yield "a statement rewrites or reads a whole table while everybody waits"
    if _UNCHECKED.search(text):
        yield "a constraint is added without NOT VALID"


def _text(sql: Any) -> str:
    if isinstance(sql, str):
        return sql
    return ";\n".join(one if isinstance(one, str) else one[0] for one in sql)
