"""``ulak serve`` and ``ulak worker``: the database, the tables, and a supervisor over the processes."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak.errors import Text, error_of
from ulak_server import environment
from ulak_server.archive.recipes import must_be_ours
from ulak_server.commands.ground import set_up
from ulak_server.database import embedded
from ulak_server.environment import Environment
from ulak_server.operations import logs
from ulak_server.operations.gathering import gathering
from ulak_server.operations.supervisor import Part, Supervisor
from ulak_server.problems import PROBLEMS, ServeRefused

__all__ = ["run_serve", "run_worker"]

_READY: Final = Text("Ulak çalışıyor: {url} (veriler: {data})", "Ulak is running: {url} (data: {data})")
_LACKING: Final = Text(
    "{count} ayar eksik; “ulak doctor” hangileri olduğunu söyler.",
    "{count} settings are missing; “ulak doctor” says which.",
)
_WORKING: Final = Text("{count} işçi çalışıyor.", "{count} workers are running.")
_ROOT: Final = Text(
    "root olarak çalışıyor: gömülü veritabanı “{user}” adlı sistem kullanıcısıyla yürür.",
    "Running as root: the embedded database runs as the system user “{user}”.",
)
_MIGRATING: Final = Text("Tablolar güncelleniyor: {count} adım.", "Bringing the tables up to date: {count} steps.")
_STOPPED: Final = Text("Ulak durdu.", "Ulak has stopped.")
_LOOK_AT_DATABASE: Final = 1.0
_LATER: Final = 2.0


def run_serve(session: Session, *, listen: str | None, workers: bool, processes: str | None, migrate: bool) -> Exit:
    """Run everything until SIGTERM or SIGINT.

    Raises:
        UlakError: ``environment.*``, ``database.*``, ``serve.*``, ``archive.encoder``: it cannot be started so.
    """
    told = _told(ULAK_LISTEN=listen, ULAK_WORKERS=processes)
    host, port = told.listen
    _must_be_free(host, port)
    parts = [Part("web", ("web",)), *(_working(told.workers) if workers else ())]
    url = f"http://{told['ULAK_LISTEN']}"
    ready = [
        _READY.format(url=url, data=told.data),
        *([_LACKING.format(count=len(told.missing))] if told.missing else []),
    ]
    is_ready = partial(_listens, host, port)
    return _run(session, told, parts, migrate, lambda: "\n".join(map(session.say, ready)), is_ready)


def run_worker(session: Session, *, processes: str | None, migrate: bool) -> Exit:
    """Run workers until SIGTERM or SIGINT.

    Raises:
        UlakError: ``environment.*``, ``database.*``, ``archive.encoder``: they cannot be started so.
    """
    told = _told(ULAK_WORKERS=processes)
    parts = _working(told.workers)
    return _run(session, told, parts, migrate, lambda: session.say(_WORKING.format(count=told.workers)))


def _told(**given: str | None) -> Environment:
    os.environ.update({name: value for name, value in given.items() if value is not None})
    return environment.read()


def _working(count: int) -> list[Part]:
    workers = [Part(f"worker-{number}", ("worker", str(number))) for number in range(1, count + 1)]
    others = [Part(name, (name,), later=_LATER) for name in ("jobs", "delivery", "ledgers")]
    return [*workers, *others]


def _run(
    session: Session,
    told: Environment,
    parts: list[Part],
    migrate: bool,
    ready: Callable[[], str],
    is_ready: Callable[[], bool] = lambda: True,
) -> Exit:
    must_be_ours()
    own = None if told["DATABASE_URL"] else told.data
    if own and os.geteuid() == 0:
        session.tell(session.say(_ROOT.format(user=embedded.SYSTEM_USER)) + "\n")
    logs.configure("supervisor")
    _keep_bytecode(told.data)
    with embedded.using(own), gathering(told.data):
        if migrate:
            _migrate(session)
        supervisor = Supervisor(parts, _guard(told))
        supervisor.run(lambda: session.tell(ready() + "\n"), is_ready)
    session.tell(session.say(_STOPPED) + "\n")
    return Exit.OK


def _keep_bytecode(data: Path) -> None:
    """Keep compiled modules in the data folder where Python was told not to lay them beside their sources.

    A process that is started again would compile all of them again, which takes longer than the rest of its start.
    """
    if sys.dont_write_bytecode:
        folder = str(data / "run" / "bytecode")
        sys.pycache_prefix, sys.dont_write_bytecode = folder, False
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder


def _migrate(session: Session) -> None:
    set_up()
    from django.db import connection

    from ulak_server.database.migrating import bring_up_to_date

    bring_up_to_date(lambda names: session.tell(session.say(_MIGRATING.format(count=len(names))) + "\n"))
    connection.close()


def _guard(told: Environment) -> Callable[[], None]:
    """Starts the embedded database again if it was killed."""
    looked = time.monotonic()

    def guard() -> None:
        nonlocal looked
        if told["DATABASE_URL"] or time.monotonic() - looked < _LOOK_AT_DATABASE:
            return
        embedded.start(told.data)
        looked = time.monotonic()

    return guard


def _listens(host: str, port: int) -> bool:
    """Whether the web server takes connections by now."""
    try:
        # What listens on all addresses is asked at the machine's own (RFC 4291, 2.5.2 and 2.5.3).
        socket.create_connection(({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port), 1).close()  # noqa: S104
    except OSError:
        return False
    return True


def _must_be_free(host: str, port: int) -> None:
    """The server shares its port between its processes; another program's would be shared silently too."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        with socket.socket(family, kind, proto) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(address)
    except OSError as error:
        detail = error.strerror or str(error)
        raise error_of(ServeRefused, PROBLEMS, "serve.port-taken", host=host, port=port, detail=detail) from error
