"""The process that runs Procrastinate: what is deferred, and what is done by the clock."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["run"]

_AT_ONCE: Final = 2


def run(**options: Any) -> None:
    """Run tasks until SIGTERM or SIGINT; tasks under way are finished first.

    Args:
        options: of Procrastinate's worker, instead of the usual ones.
    """
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from ulak_server.database.direct import directly

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    usual = {"concurrency": _AT_ONCE, "delete_jobs": "successful", "shutdown_graceful_timeout": 20}
    with directly():
        listening = connector.get_worker_connector()
    with app.replace_connector(listening) as ready:
        ready.run_worker(**{**usual, **options})
