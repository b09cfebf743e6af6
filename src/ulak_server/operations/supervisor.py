"""Keeps processes running: starts them, starts them again when they die, and ends them together."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import structlog
from prometheus_client.multiprocess import mark_process_dead

__all__ = ["Part", "Supervisor"]

_LOG: Final = structlog.get_logger("ulak_server.supervisor")
_LOOK: Final = 0.1
_STEADY: Final = 20.0
"""Seconds after which a process counts as started well."""
_FIRST_REST, _LAST_REST = 0.2, 15.0
GRACE: Final = 25.0
"""Seconds that processes have to finish what is under way before they are killed."""


class Part(NamedTuple):
    """One process of an installation.

    Attributes:
        name: shown in logs, e.g. ``worker-1``.
        arguments: of `ulak_server.operations.parts`.
        later: seconds that it leaves the processors to the others at the start.
    """

    name: str
    arguments: Sequence[str]
    later: float = 0.0


class _Child:
    def __init__(self, part: Part, environ: Mapping[str, str]) -> None:
        self.part, self._environ = part, environ
        self.process: subprocess.Popen[bytes] | None = None
        self.starts_at = time.monotonic() + part.later
        self._started_at = 0.0
        self._deaths = 0

    def start(self) -> None:
        command = [sys.executable, "-m", "ulak_server.operations.parts", *self.part.arguments]
        self.process = subprocess.Popen(command, env=dict(self._environ), stdin=subprocess.DEVNULL)  # noqa: S603
        self._started_at = time.monotonic()
        _LOG.info("part.started", part=self.part.name, pid=self.process.pid)

    def look(self) -> None:
        """Notice that it died, or start it again when its rest is over."""
        if self.process is None:
            if time.monotonic() >= self.starts_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            self._died(code)

    def _died(self, code: int) -> None:
        steady = time.monotonic() - self._started_at > _STEADY
        self._deaths = 1 if steady else self._deaths + 1
        rest = min(_LAST_REST, _FIRST_REST * 2 ** min(self._deaths - 1, 10)) * random.uniform(0.7, 1.0)  # noqa: S311
        self.starts_at = time.monotonic() + rest
        if self.process is not None and os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            mark_process_dead(self.process.pid)  # type: ignore[no-untyped-call]
        self.process = None
        _LOG.warning("part.died", part=self.part.name, code=code, again_in=round(rest, 2))

    def tell(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs parts until it is told to stop.

    Args:
        parts: the processes.
        watch: called several times a second, for what else is to be kept running.
    """

    def __init__(self, parts: Sequence[Part], watch: Callable[[], None] = lambda: None) -> None:
        environ = {**os.environ, "ULAK_SUPERVISOR": str(os.getpid())}
        self._children = [_Child(part, environ) for part in parts]
        self._watch = watch
        self._stop = threading.Event()

    def run(self, started: Callable[[], None] = lambda: None, is_ready: Callable[[], bool] = lambda: True) -> None:
        """Run until SIGTERM or SIGINT; every part has ended when it returns.

        Args:
            started: called once, when what was started is ready.
            is_ready: asked several times a second until it is true.
        """
        is_told = False
        before = {number: signal.signal(number, self._end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for child in self._children:
                child.look()
            while not self._stop.wait(_LOOK):
                if not is_told and is_ready():
                    is_told = True
                    started()
                self._look()
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: object) -> None:
        self._stop.set()

    def _look(self) -> None:
        try:
            self._watch()
        except Exception:
            _LOG.exception("watch.failed")
        for child in self._children:
            child.look()

    def _end_all(self) -> None:
        for child in self._children:
            child.tell(signal.SIGTERM)
        until = time.monotonic() + GRACE
        while time.monotonic() < until and any(child.is_running for child in self._children):
            time.sleep(_LOOK / 2)
        for child in self._children:
            if child.is_running:
                _LOG.warning("part.killed", part=child.part.name)
                child.tell(signal.SIGKILL)
