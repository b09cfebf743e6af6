"""Statements whose parameters are sent beside them, for those that carry much.

Django writes parameters into the statement's text: what is sent is quoted here and read by PostgreSQL's grammar there.
For a hundred rows that costs a tenth of what the statement does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

__all__ = ["bound"]


@contextmanager
def bound() -> Iterator[psycopg.Cursor[Any]]:
    """A cursor of the running transaction's connection, with Django's errors.

    PostgreSQL has to be told what each parameter is: ``%s::int[]``. Nothing is prepared, so that statements may pass
    through a pooler.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor
