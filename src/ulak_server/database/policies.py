"""Row-level security and grants, as statements for migrations.

A table of tenants has a column ``taxpayer_id`` and one policy for each role. Reading in the words of a migration::

    operations = [tenant_table("documents_document", content=("party_title", "payable"))]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.migrations import RunSQL

from ulak_server.database.roles import Role

__all__ = ["in_scope", "shared_table", "tenant_table"]

_ALL: Final = "SELECT, INSERT, UPDATE, DELETE"


def in_scope(column: str = "taxpayer_id") -> str:
    """The condition that a row belongs to a taxpayer in scope; evaluated once for each statement."""
    return f"{column} = ANY ((SELECT ulak_scope())::int[])"


def tenant_table(
    table: str,
    *,
    column: str = "taxpayer_id",
    road: Sequence[str] = (),
    rights: str = _ALL,
    operator: bool = True,
) -> RunSQL:
    """Secure a table whose rows belong to taxpayers.

    Args:
        column: that says to whom a row belongs.
        road: columns that workers and operators may read whoever owns the row; none: nothing without a scope.
        rights: what faces and workers may do within the scope.
        operator: whether operators may read the columns of ``road``.
    """
    mine = in_scope(column)
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"GRANT {rights} ON {table} TO {Role.WEB}",
        f"CREATE POLICY web ON {table} TO {Role.WEB} USING ({mine}) WITH CHECK ({mine})",
    ]
    if road:
        columns = ", ".join(road)
        statements += [
            f"GRANT SELECT ({columns}), INSERT, UPDATE, DELETE ON {table} TO {Role.PIPELINE}",
            f"CREATE POLICY pipeline ON {table} TO {Role.PIPELINE} USING (true) WITH CHECK (true)",
        ]
        if operator:
            statements += [
                f"GRANT SELECT ({columns}) ON {table} TO {Role.OPERATOR}",
                f"CREATE POLICY operator ON {table} FOR SELECT TO {Role.OPERATOR} USING (true)",
            ]
    else:
        statements += [
            f"GRANT {rights} ON {table} TO {Role.PIPELINE}",
            f"CREATE POLICY pipeline ON {table} TO {Role.PIPELINE} USING ({mine}) WITH CHECK ({mine})",
        ]
    return RunSQL(";\n".join(statements), RunSQL.noop)


def shared_table(table: str, *, web: str = "SELECT", pipeline: str = _ALL, operator: str = "SELECT") -> RunSQL:
    """Grants on a table that belongs to no taxpayer."""
    grants = ((Role.WEB, web), (Role.PIPELINE, pipeline), (Role.OPERATOR, operator))
    statements = [f"GRANT {rights} ON {table} TO {role}" for role, rights in grants if rights]
    return RunSQL(";\n".join(statements), RunSQL.noop)
