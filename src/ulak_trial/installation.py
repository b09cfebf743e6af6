"""An installation of the platform for one run: its own folder, its own database, in this process."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from wsgiref.simple_server import WSGIServer

__all__ = ["installed", "served"]

_SETTINGS: Final = "ulak_server.settings"


@contextmanager
def installed(folder: Path, values: Mapping[str, str]) -> Iterator[None]:
    """Set up Django over an embedded database in ``folder``, as long as the block lasts.

    A process can be set up once: settings are read when they are first asked for.

    Args:
        values: of the environment (`ulak_server.environment`), without ``ULAK_DATA``.
    """
    os.environ.pop("DATABASE_URL", None)
    os.environ.update({"DJANGO_SETTINGS_MODULE": _SETTINGS, "ULAK_DATA": str(folder), **values})
    from ulak_server.database import embedded

    embedded.start(folder)
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield
    finally:
        _close_connections()
        embedded.stop(folder)


@contextmanager
def served(host: str, port: int) -> Iterator[str]:
    """Serve the platform's addresses from threads of this process; gives the address, without a path."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from ulak_server.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads the access log of a trial."""

    server: WSGIServer = ThreadedWSGIServer((host, port), Quiet, allow_reuse_address=True)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="platform", daemon=True)
    thread.start()
    try:
        yield f"http://{server.server_address[0]!s}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
