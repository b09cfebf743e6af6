"""Statements as functions of the database, for migrations: their plans are kept for as long as a connection lasts.

Where a statement is about a row or two of tables with row-level security, to read, to rewrite and to plan it takes
PostgreSQL several times as long as to run it. Statements prepared by clients are no way out: they belong to a
connection, which a pooler gives to somebody else after each transaction.

A function runs with the rights of its caller, whose rows it sees and nobody else's.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

__all__ = ["asking", "writing"]

# A plan is made when tables may be empty that fill by the second: what their sizes say then must not lead to reading
# all of a table later.
_KEPT: Final = "SET plan_cache_mode = force_generic_plan SET enable_seqscan = off"


def asking(name: str, arguments: str, rows: str, statement: str) -> RunSQL:
    """A function that gives the rows of a statement.

    Args:
        arguments: names and types; a name must not be that of a column.
        rows: names and types of the columns.
    """
    return _made(name, arguments, f"TABLE ({rows})", "STABLE", f"RETURN QUERY {statement}")


def writing(name: str, arguments: str, statement: str) -> RunSQL:
    """A function that writes, and gives nothing."""
    return _made(name, arguments, "void", "VOLATILE", statement)


def _made(name: str, arguments: str, returns: str, kind: str, statement: str) -> RunSQL:
    return RunSQL(
        f"CREATE FUNCTION {name}({arguments}) RETURNS {returns} LANGUAGE plpgsql {kind} {_KEPT} AS $$\n"
        f"#variable_conflict use_column\nBEGIN\n{statement};\nEND $$",
        f"DROP FUNCTION {name}",
    )
