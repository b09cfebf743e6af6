"""PostgreSQL for tests: one embedded server for all of them, and a database of its own for every test process.

The server is started by whoever needs it first and stopped by the process that started the tests (`conftest`). A
database is a copy of a template that all migrations have been run on.

``ULAK_TEST_SERVER=postgresql://postgres@host:port/`` takes another server than the embedded one, reached without a
password; what Django does goes to ``ULAK_TEST_POOLER=host:port`` where that is given.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg
import pytest

from ulak_server.database import embedded
from ulak_server.database.address import socket_folder

__all__ = ["admin", "connect_django", "database", "drop", "settled", "stop_server", "url_of"]

_TEMPLATE: Final = "ulak_template"
_ROOT: Final = Path(os.environ.setdefault("ULAK_TEST_DATA", str(Path(tempfile.gettempdir()) / f"ulak-{os.getpid()}")))
_SERVER: Final = os.environ.get("ULAK_TEST_SERVER", "").rstrip("/")
_POOLER: Final = os.environ.get("ULAK_TEST_POOLER", "")
_FAST: Final = ("fsync = off", "full_page_writes = off", "max_connections = 200")
"""Processes are killed in tests, machines are not."""
_EVENING: Final = 180
"""Seconds; longer than the tests of most files take."""
_ENDED: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s"


def url_of(name: str) -> str:
    """The address of a database of the tests' server."""
    return f"{_SERVER}/{name}" if _SERVER else f"postgresql://postgres@/{name}?host={socket_folder(_ROOT)}"


def admin(statement: str) -> None:
    """Run a statement outside of any test's database."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def database() -> str:
    """The name of a new database with all tables and nothing in them."""
    _ready()
    name = f"t{secrets.token_hex(6)}"
    admin(f'CREATE DATABASE "{name}" TEMPLATE "{_TEMPLATE}" STRATEGY FILE_COPY')
    return name


def drop(name: str) -> None:
    """Remove a database, whoever is still connected."""
    admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def connect_django(name: str, pooler: str = _POOLER) -> Iterator[None]:
    """Let this process's Django work on a database."""
    from django.db import connections

    connections.close_all()
    settings = connections["default"].settings_dict
    before = settings.copy()
    settings.update(NAME=name, USER="postgres", **_place(pooler))
    try:
        yield
    finally:
        connections.close_all()
        settings.update(before)


def _place(pooler: str) -> dict[str, str]:
    """Where Django finds the server."""
    if not _SERVER:
        return {"HOST": str(socket_folder(_ROOT))}
    host, _, port = (pooler or urlsplit(_SERVER).netloc.rpartition("@")[2]).rpartition(":")
    return {"HOST": host, "PORT": port}


@pytest.fixture(scope="module")
def platform_database() -> Iterator[str]:
    """A new database for the tests of one file, with Django connected to it; its name."""
    _wait_for_the_new_day()
    name = database()
    _forget_callers()
    with connect_django(name):
        yield name
    drop(name)


def _wait_for_the_new_day() -> None:
    """Begin no file shortly before midnight of Istanbul: what its tests make belongs to one business day."""
    from ulak_server import clock

    now = clock.now().astimezone(clock.ISTANBUL)
    left = (now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - now).total_seconds()
    if left < _EVENING:
        time.sleep(left + 1)


def _forget_callers() -> None:
    """Files of tests that follow each other in a process call from one address: none is to pay for the one before."""
    from ulak_server.api import door

    for bucket in (door._KNOWN, door._UNKNOWN):
        bucket._levels.clear()


def settled() -> None:
    """Wait until all transactions of the server have ended that began before now: tests of other files share it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = cursor.fetchone()[0]
        until = time.monotonic() + 60
        while True:
            cursor.execute(_ENDED, [mine])
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < until, "somebody's transaction does not end"
            time.sleep(0.01)


def stop_server() -> None:
    """Stop the server, if any test started it."""
    if (_ROOT / "started").exists():
        embedded.stop(_ROOT)


def _ready() -> None:
    _ROOT.mkdir(parents=True, exist_ok=True)
    with (_ROOT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (_ROOT / "migrated").exists():
            return
        if not _SERVER:
            _start()
        drop(_TEMPLATE)
        admin(f'CREATE DATABASE "{_TEMPLATE}"')
        _migrate()
        (_ROOT / "migrated").touch()


def _start() -> None:
    embedded.start(_ROOT)
    (_ROOT / "started").touch()
    for setting in _FAST:
        admin(f"ALTER SYSTEM SET {setting}")
    embedded.stop(_ROOT)
    embedded.start(_ROOT)


def _migrate() -> None:
    from django.core.management import call_command

    with connect_django(_TEMPLATE, pooler=""):
        call_command("migrate", verbosity=0)
