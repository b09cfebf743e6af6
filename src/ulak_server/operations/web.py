"""The web server's process: Granian with the application of `ulak_server.wsgi`."""

from __future__ import annotations

import multiprocessing
import os
from typing import Final

import structlog
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ulak.cores import keep_to_one_core
from ulak_server import environment
from ulak_server.operations import logs
from ulak_server.operations.front import Front
from ulak_server.operations.gathering import watch_memory
from ulak_server.operations.tether import end_with
from ulak_server.origins import origin

__all__ = ["THREADS", "application", "serve"]

_LOG: Final = structlog.get_logger("ulak_server.web")
THREADS: Final = 16
"""Requests that one process works on at the same time; each thread keeps a connection to the database."""
_MOST_REQUESTS: Final = 2048
"""Requests that one process has begun to read; those that wait for their bodies hold no thread."""


def serve() -> None:
    """Serve at ``ULAK_LISTEN`` until SIGTERM or SIGINT."""
    told = environment.read()
    host, port = told.listen
    # A fork takes along locks that other threads hold.
    multiprocessing.set_start_method("spawn")
    Granian(
        "ulak_server.operations.web:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=told.web_processes,
        backpressure=_MOST_REQUESTS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    ).serve()


def application() -> Front:
    """What a process that answers requests begins with: its logs, its end with its parent, its core, and Django."""
    logs.configure("web")
    end_with(os.getppid())
    watch_memory("web")
    from django.conf import settings

    from ulak_server.wsgi import application

    if settings.WEB_ONE_CORE:
        _LOG.info("web.core", core=keep_to_one_core())
    return Front(application, THREADS, whose=lambda peer, forwarded: origin(peer, forwarded, settings.PROXIES))
