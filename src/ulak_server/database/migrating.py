"""Bringing the tables up to date, by one process at a time, without making a live system wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from ulak_server.problems import database_error

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
        DatabaseRefused: ``database.migrations-wait``.
    """
    if not missing():
        return []
    with _alone():
        names = missing()
        if names:
            told(names)
            _migrate(pause)
        return names


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _migrate(pause: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [_LOCK_TIMEOUT])
    try:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                call_command("migrate", verbosity=0, interactive=False)
                return
            except OperationalError as error:
                if attempt == _ATTEMPTS:
                    raise database_error("database.migrations-wait", detail=str(error).splitlines()[0]) from error
                time.sleep(pause)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
