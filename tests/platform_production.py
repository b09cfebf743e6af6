"""PostgreSQL as installations have it: Debian's oldest that Ulak takes, a user without powers, PgBouncer before it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from platform_installation import wait_until
from ports import free_port
from ulak_server.database.address import database_of

__all__ = ["Production", "connected", "production"]

_LEAST: Final = 15
_CONNECTIONS: Final = 100
_PASSWORD: Final = "ayrı bir parola %/"
_QUOTED: Final = "ayr%C4%B1%20bir%20parola%20%25%2F"
_SETTINGS: Final = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
fsync = off
full_page_writes = off
max_wal_size = 16MB
min_wal_size = 8MB
max_connections = {connections}
"""
"""Durable as usual but for the disk: processes are killed in tests, machines are not."""
_POOLER: Final = """
[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 12
max_client_conn = 200
logfile = {folder}/pooler.log
pidfile = {folder}/pooler.pid
"""


class Production:
    """Both, while they run.

    Attributes:
        url: of the server, as the user who owns the database.
        pooled: of the pooler, as the same user.
    """

    def __init__(self, folder: Path, binaries: Path, connections: int = _CONNECTIONS) -> None:
        self.folder, self._binaries, self._connections = folder, binaries, connections
        self.user = "postgres" if os.geteuid() == 0 else None
        self.port, self.pooler_port = free_port(), free_port()
        self.url, self.pooled = self._url(self.port), self._url(self.pooler_port)
        self._pooler: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        secret = self.folder / "secret"
        secret.write_text(_PASSWORD)
        secret.chmod(0o644)
        auth = ("--auth=scram-sha-256", f"--pwfile={secret}", "-U", "postgres", "--locale=C.UTF-8", "--encoding=UTF8")
        self._run(str(self._binaries / "initdb"), *auth, "--wal-segsize=4", "-D", str(self._data))
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS.format(port=self.port, connections=self._connections))
        self.launch()
        self.admin(f"CREATE ROLE ulak LOGIN CREATEROLE PASSWORD '{_PASSWORD}'")
        self.admin("ALTER ROLE ulak SET idle_in_transaction_session_timeout = '5min'")

    def launch(self) -> None:
        """Start the server."""
        log = str(self.folder / "log")
        self._run(str(self._binaries / "pg_ctl"), "-w", "-l", log, "-D", str(self._data), "start")

    def pool(self, *, is_lenient: bool = False) -> None:
        """Start the pooler, instead of the one before.

        Args:
            is_lenient: whether it passes over what it does not know in a session's beginning.
        """
        self._end_pooler()
        (self.folder / "users").write_text(f'"ulak" "{_PASSWORD}"\n')
        file = self.folder / "pooler.ini"
        told = _POOLER.format(folder=self.folder, server=self.port, port=self.pooler_port)
        file.write_text(told + "ignore_startup_parameters = options\n" * is_lenient)
        command = [str(shutil.which("pgbouncer", path=_PATH)), "-q", str(file)]
        self._pooler = subprocess.Popen(command, user=self.user, cwd="/", stderr=subprocess.DEVNULL)
        wait_until(self._is_pooled, 10)

    def database(self) -> None:
        """An empty database, instead of the one before."""
        self.admin("DROP DATABASE IF EXISTS prod WITH (FORCE)")
        self.admin("CREATE DATABASE prod OWNER ulak")

    def admin(self, statement: str) -> None:
        """A statement of the server's administrator."""
        with self.connected() as connection:
            connection.execute(statement.encode())

    def connected(self) -> psycopg.Connection[Any]:
        """The administrator's connection, which is there when there are no others."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=_PASSWORD,
            dbname="postgres",
            autocommit=True,
        )

    def close(self) -> None:
        self._end_pooler()
        self._run(str(self._binaries / "pg_ctl"), "-w", "-m", "immediate", "-D", str(self._data), "stop")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _url(self, port: int) -> str:
        return f"postgresql://ulak:{_QUOTED}@127.0.0.1:{port}/prod"

    def _end_pooler(self) -> None:
        if self._pooler is not None:
            self._pooler.kill()
            self._pooler.wait()

    def _is_pooled(self) -> bool:
        try:
            psycopg.connect(self.pooled, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, *command: str) -> None:
        kept = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60}
        subprocess.run(command, user=self.user, cwd="/", check=True, **kept)  # type: ignore[call-overload]


_PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin"


@contextmanager
def production(*, megabytes: int | None = None, connections: int = _CONNECTIONS) -> Iterator[Production]:
    """A server and a pooler of their own with an empty database, or no test where Debian's are not installed.

    Args:
        megabytes: of the disk on which the server is; None for that of the tests.
        connections: that the server allows.
    """
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL of Debian's is installed (postgresql-15)")
    if shutil.which("pgbouncer", path=_PATH) is None:
        pytest.skip("PgBouncer is not installed (pgbouncer)")
    with tempfile.TemporaryDirectory(prefix="ulak-prod-") as name, _disk(name, megabytes):
        folder = Path(name)
        folder.chmod(0o755)
        made = Production(folder, binaries, connections)
        made.start()
        try:
            made.database()
            made.pool()
            yield made
        finally:
            made.close()


@contextmanager
def _disk(place: str, megabytes: int | None) -> Iterator[None]:
    if megabytes is None:
        yield
        return
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=False)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Let this process's Django work on a database that is made for it."""
    from django.db import connections

    from ulak_server.database.migrating import bring_up_to_date

    connections.close_all()
    settings = connections["default"].settings_dict
    before = settings.copy()
    settings.update(database_of(url, Path()))
    try:
        bring_up_to_date()
        yield
    finally:
        connections.close_all()
        settings.clear()
        settings.update(before)


def _binaries() -> Path | None:
    """Of the oldest PostgreSQL that is new enough."""
    found = [place for place in Path("/usr/lib/postgresql").glob("*/bin/initdb") if place.parts[-3].isdecimal()]
    enough = sorted((int(place.parts[-3]), place.parent) for place in found if int(place.parts[-3]) >= _LEAST)
    return enough[0][1] if enough else None
