"""The database: there, recent enough, durable, its roles and rows guarded, its tables up to date, its clock right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from ulak.errors import Text
from ulak_server.database.direct import is_shared, line
from ulak_server.database.migrating import missing
from ulak_server.database.roles import Role
from ulak_server.environment import Environment
from ulak_server.operations import depths
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["database"]

_LEAST: Final = 15
_SKEW: Final = 5.0
_MIGRATED: Final = Text("tablolar güncel", "tables are up to date")
_NEW: Final = Text(
    "yeni kurulum: tabloları ve rolleri ilk “ulak serve” kurar",
    "a new installation: the first “ulak serve” makes tables and roles",
)
_SESSIONS: Final = Text("PostgreSQL'in kendisiyle kuruluyor", "are PostgreSQL's own")
_WHICH: Final = "SELECT pg_postmaster_start_time(), current_database()"
_ROLES: Final = Text("roller var", "the roles are there")
_GUARDED: Final = Text("{count} tabloda açık", "on on {count} tables")
_WORKERS: Final = Text("{count} işçi çalışıyor", "{count} workers are running")
_TENANT_TABLES: Final = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
AND has_any_column_privilege('ulak_web', c.oid, 'SELECT')
AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'taxpayer_id' AND NOT a.attisdropped)
"""
"""Tables of taxpayers' rows that faces may read."""


def database(told: Environment) -> Iterator[Finding]:
    """All of it; only that it is away, if it is."""
    try:
        yield from _server()
        yield from _sessions(told)
        if _is_new():
            yield well("migrations", _NEW)
            return
        yield from _roles()
        names = missing()
        if names:
            yield found(Level.ERROR, "migrations", "doctor.migrations", count=len(names))
            return
        yield well("migrations", _MIGRATED)
        yield from _rows_are_guarded()
        yield from _work()
    except DatabaseError as error:
        yield found(Level.ERROR, "database", "doctor.database", detail=str(error).strip().splitlines()[0])


def _server() -> Iterator[Finding]:
    (version,), *_ = _ask("SELECT current_setting('server_version')")
    major = int(version.partition(".")[0])
    if major < _LEAST:
        yield found(Level.ERROR, "database", "doctor.database-version", found=version, least=_LEAST)
    else:
        yield well("database", f"PostgreSQL {version}")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        (value,), *_ = _ask("SELECT current_setting(%s)", name)
        if value == "off":
            yield found(Level.ERROR, name, "doctor.not-durable", name=name, found=value)
    (at,), *_ = _ask("SELECT clock_timestamp()")
    skew = abs((datetime.now(UTC) - at).total_seconds())
    if skew > _SKEW:
        yield found(Level.WARNING, "clock", "doctor.database-clock", seconds=round(skew))


def _sessions(told: Environment) -> Iterator[Finding]:
    """What a session has to last for reaches PostgreSQL itself, and no transaction is left hanging."""
    name = "DATABASE_DIRECT_URL" if settings.DATABASE_DIRECT else "DATABASE_URL"
    with closing(line()) as own:
        try:
            is_same = _ask(_WHICH) == _ask(_WHICH, of=own)
            shared = is_shared(own)
        except DatabaseError as error:
            yield found(Level.ERROR, name, "doctor.direct-away", detail=str(error).strip().splitlines()[0])
            return
    if shared:
        yield found(Level.ERROR, name, "doctor.pooled", name=name)
    if not is_same:
        yield found(Level.ERROR, name, "doctor.direct-other")
    ((patience,),) = _ask("SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'")
    if patience == "0":
        yield found(Level.WARNING, "sessions", "doctor.idle-transactions")
    if not shared and is_same and patience != "0":
        yield well("sessions", _SESSIONS)


def _is_new() -> bool:
    """Whether nothing was ever set up in the database."""
    ((table,),) = _ask("SELECT to_regclass('public.django_migrations')::text")
    return table is None


def _roles() -> Iterator[Finding]:
    wanted = [role.value for role in Role]
    held = {
        name
        for (name,) in _ask(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND pg_has_role(oid, 'member')", wanted
        )
    }
    for role in wanted:
        if role not in held:
            yield found(Level.ERROR, "roles", "doctor.role", role=role)
    if held == set(wanted):
        yield well("roles", _ROLES)


def _rows_are_guarded() -> Iterator[Finding]:
    tables = _ask(_TENANT_TABLES)
    for table, is_guarded in tables:
        if not is_guarded:
            yield found(Level.ERROR, "row security", "doctor.row-security", table=table)
    if all(is_guarded for _, is_guarded in tables):
        yield well("row security", _GUARDED.format(count=len(tables)))


def _work() -> Iterator[Finding]:
    count = depths.workers()
    yield (
        well("workers", _WORKERS.format(count=count)) if count else found(Level.WARNING, "workers", "doctor.no-workers")
    )


def _ask(statement: str, *parameters: Any, of: BaseDatabaseWrapper | None = None) -> list[tuple[Any, ...]]:
    with (of or connection).cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())
