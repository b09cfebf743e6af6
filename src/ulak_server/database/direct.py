"""Sessions with PostgreSQL itself, for what a pooler of transactions cannot carry.

Bells are heard, jobs are waited for and tables are migrated within a session that lasts; all else begins and ends with
its transaction, and may go through a pooler (``DATABASE_URL``, ``DATABASE_DIRECT_URL``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["directly", "is_shared", "line"]

_LOOKS: Final = 5
"""A pooler may take another session by chance."""


def line() -> BaseDatabaseWrapper:
    """A new connection that is PostgreSQL's own; to be closed by whoever asked for it."""
    made = connection.copy()
    made.settings_dict = {**made.settings_dict, **settings.DATABASE_DIRECT}
    return made


@contextmanager
def directly() -> Iterator[None]:
    """Let this process's Django work with PostgreSQL itself."""
    if not settings.DATABASE_DIRECT:
        yield
        return
    told = connections["default"].settings_dict
    before = dict(told)
    connections.close_all()
    told.update(settings.DATABASE_DIRECT)
    try:
        yield
    finally:
        connections.close_all()
        told.update(before)


def is_shared(of: BaseDatabaseWrapper) -> bool:
    """Whether somebody else is given the session of this connection between its transactions, as by a pooler."""
    with closing(of.copy()) as other:
        return any(_server(of) == _server(other) for _ in range(_LOOKS))


def _server(of: BaseDatabaseWrapper) -> int:
    with of.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
