"""The processes of an installation, each its own program: ``python -m ulak_server.operations.parts worker 1``."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from typing import Final

from ulak_server.operations import logs
from ulak_server.operations.gathering import watch_memory
from ulak_server.operations.tether import end_with

__all__ = ["main"]


def _web() -> None:
    from ulak_server.operations.web import serve

    serve()


def _worker(number: str) -> None:
    import django

    django.setup()
    from ulak_server.exchange import worker

    watch_memory(f"worker-{number}")
    stop = _until_told()
    with worker.opened(f"worker-{number}", stop) as context:
        worker.run(context)


def _jobs() -> None:
    import django

    django.setup()
    from ulak_server.operations.jobs import run

    watch_memory("jobs")
    run()


def _delivery() -> None:
    import django

    django.setup()
    from ulak_server.books.services import emails_of
    from ulak_server.delivery.running import run

    watch_memory("delivery")
    run("delivery", _until_told(), known=emails_of)


def _ledgers() -> None:
    import django

    django.setup()
    from ulak_server.ledgers.running import run

    watch_memory("ledgers")
    run("ledgers", _until_told())


def _until_told() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


_PARTS: Final = {"web": _web, "worker": _worker, "jobs": _jobs, "delivery": _delivery, "ledgers": _ledgers}


def main(arguments: list[str]) -> None:
    """Run one part until SIGTERM, SIGINT or the end of the supervisor that started it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
    name = "-".join(arguments)
    os.environ["PGAPPNAME"] = f"ulak-{name}@{socket.gethostname()}"
    logs.configure(name)
    if parent := os.environ.get("ULAK_SUPERVISOR"):
        end_with(int(parent))
    part, *rest = arguments
    _PARTS[part](*rest)  # type: ignore[operator]


if __name__ == "__main__":
    main(sys.argv[1:])
