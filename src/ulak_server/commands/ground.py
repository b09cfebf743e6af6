"""What a command stands on: Django set up, the database there and its tables up to date."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["ground", "set_up"]


def set_up() -> None:
    """Set Django up for this process. Nothing of Django's may be imported at the top of a command's module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
    import django
    import structlog

    from ulak_server.operations import logs

    if not structlog.is_configured():
        logs.configure("command", logging.WARNING)
    django.setup()


@contextmanager
def ground(*, database: bool = True, migrated: bool = True) -> Iterator[None]:
    """Django, with a database that answers; one of our own is started, and stopped again if nobody else uses it.

    Args:
        database: whether it is needed at all.
        migrated: bring the tables up to date first.

    Raises:
        DatabaseRefused: ``database.*``.
    """
    from ulak_server import environment
    from ulak_server.database import embedded

    told = environment.read()
    with embedded.using(None if told["DATABASE_URL"] or not database else told.data):
        set_up()
        if database and migrated:
            from ulak_server.database.migrating import bring_up_to_date

            bring_up_to_date()
        yield
