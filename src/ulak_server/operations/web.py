"""The web server's process: Granian with the application of `ulak_server.wsgi`."""

from __future__ import annotations

import os
from typing import Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ulak_server import environment

__all__ = ["THREADS", "serve"]

THREADS: Final = 16
"""Requests that one process works on at the same time; each thread keeps a connection to the database."""


def serve() -> None:
    """Serve at ``ULAK_LISTEN`` until SIGTERM or SIGINT."""
    told = environment.read()
    host, port = told.listen
    os.environ.pop("ULAK_SUPERVISOR", None)
    Granian(
        "ulak_server.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=told.web_processes,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    ).serve()
