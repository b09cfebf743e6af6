"""The months' partitions of the store of bodies, made before they are needed."""

from __future__ import annotations

from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["MONTHS", "make_ahead"]

MONTHS: Final = 3
"""That have a partition: the running one and those that follow. Bodies of other months lie in the rest."""


def make_ahead() -> int:
    """Make what is missing; how many were made."""
    first = clock.today().replace(day=1)
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT archive_make_partitions(%s, %s)", [first, MONTHS])
        return int(cursor.fetchone()[0])
