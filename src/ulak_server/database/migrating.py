"""Bringing the tables up to date, by one process at a time, without making a live system wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import LockNotAvailable

from ulak_server.database.direct import directly, is_shared
from ulak_server.problems import DatabaseRefused, database_error

__all__ = ["bring_up_to_date", "missing"]

_LOCK: Final = 0x756C616B
_LOCK_TIMEOUT: Final = "4s"
"""A statement that waits longer for a table holds up everybody who comes after it."""
_ATTEMPTS: Final = 5
_PAUSE: Final = 2.0


def missing() -> list[str]:
    """Names of the migrations that were not run yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date(told: Callable[[list[str]], None] = lambda names: None, pause: float = _PAUSE) -> list[str]:
    """Run the migrations that are missing; the names of what was run.

    Args:
        told: called with the names before they are run.
        pause: seconds between attempts, while somebody holds a table.

    Raises:
        DatabaseRefused: ``database.migrations-wait``, ``database.migration-failed``, ``database.away``,
            ``database.pooled``.
    """
    try:
        if not missing():
            return []
    except OperationalError as error:
        raise _refused("database.away", error) from error
    with directly(), _alone():
        names = missing()
        if names:
            told(names)
            _migrate(pause)
        return names


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process migrate; both the lock and the patience of its statements end with the session."""
    if is_shared(connection):
        # A pooler would keep both for whoever comes next.
        raise database_error("database.pooled")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s), set_config('lock_timeout', %s, false)", [_LOCK, _LOCK_TIMEOUT])
    try:
        yield
    finally:
        connection.close()


def _migrate(pause: float) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            call_command("migrate", verbosity=0, interactive=False)
            return
        except OperationalError as error:
            if attempt == _ATTEMPTS or not isinstance(error.__cause__, LockNotAvailable):
                raise _refused("database.migrations-wait", error) from error
            time.sleep(pause)
        except DatabaseError as error:
            raise _refused("database.migration-failed", error) from error


def _refused(code: str, error: Exception) -> DatabaseRefused:
    return database_error(code, detail=str(error).strip().splitlines()[0])
