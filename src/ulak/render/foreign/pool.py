"""Warm processes at hand: a few, each for one request at a time, started anew when one dies."""

from __future__ import annotations

import atexit
import os
import queue
import select
import struct
import subprocess
import sys
import time
from functools import cache
from types import TracebackType
from typing import Final

import msgspec

from ulak.cores import on_any_core
from ulak.errors import Text
from ulak.render.foreign.values import Answer, Limits, Request, Shown
from ulak.render.problems import PROBLEMS, RenderError, problem

__all__ = ["Sandbox", "run_foreign"]

_GRACE: Final = 10.0
"""Seconds that a warm process has beyond the limit of the stylesheet, to start and to answer."""
_SIZE: Final = 2


class _Process:
    """One warm process."""

    def __init__(self) -> None:
        # Nothing of this process's environment: it may hold passwords, which a stranger's stylesheet has no use for.
        environment = {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        }
        with on_any_core():
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ulak.render.foreign.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd="/",
            )

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    def ask(self, request: Request) -> Answer:
        """Raises OSError or ValueError if the process is gone or talks nonsense."""
        message = msgspec.msgpack.encode(request)
        assert self._child.stdin
        self._child.stdin.write(struct.pack(">I", len(message)) + message)
        self._child.stdin.flush()
        end = time.monotonic() + request.limits.seconds + _GRACE
        size = struct.unpack(">I", self._read(4, end))[0]
        return msgspec.msgpack.decode(self._read(size, end), type=Answer)

    def _read(self, size: int, end: float) -> bytes:
        assert self._child.stdout
        source, pieces = self._child.stdout.fileno(), []
        while size:
            if not select.select([source], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError("the isolated process does not answer")
            piece = os.read(source, min(size, 1 << 20))
            if not piece:
                raise ConnectionError("the isolated process is gone")
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def stop(self) -> None:
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                pipe.close()


class Sandbox:
    """A few warm processes; usable from many threads. A process that dies is replaced and harms no other request."""

    def __init__(self, size: int = _SIZE) -> None:
        self._idle: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)

    def run(self, document: bytes, stylesheet: bytes, limits: Limits | None = None) -> Shown:
        """The page that a stranger's stylesheet makes of a document.

        Raises:
            RenderError: ``render.stylesheet-*``, ``render.output-*``, ``render.time``, ``render.memory``,
                ``render.sandbox``.
        """
        limits = limits or Limits()
        stylesheet = stylesheet.strip()
        if len(stylesheet) > limits.stylesheet:
            raise problem("render.stylesheet-huge", size=len(stylesheet), limit=limits.stylesheet)
        answer = self._asked(Request(document, stylesheet, limits))
        if answer.shown is None:
            raise _error_of(answer)
        return answer.shown

    def close(self) -> None:
        """Ends the processes that are idle."""
        while not self._idle.empty():
            process = self._idle.get()
            if process:
                process.stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, request: Request) -> Answer:
        process = self._idle.get()
        try:
            if process is None or not process.is_alive:
                process = _Process()
            return process.ask(request)
        except (OSError, ValueError):
            if process:
                process.stop()
            process = None
            raise problem("render.sandbox") from None
        finally:
            self._idle.put(process)


def _error_of(answer: Answer) -> RenderError:
    text = Text(answer.why_tr, answer.why_en)
    if answer.code in PROBLEMS:
        return RenderError(answer.code, text, PROBLEMS[answer.code].repair)
    return problem("render.stylesheet-refused" if answer.code == "xml.dtd" else "render.stylesheet-broken", why=text)


@cache
def _shared(process: int) -> Sandbox:
    """The sandbox of this process; after a fork the pipes of the other one are not ours."""
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return sandbox


def run_foreign(document: bytes, stylesheet: bytes, limits: Limits | None = None) -> Shown:
    """`Sandbox.run` in the sandbox that this process shares."""
    return _shared(os.getpid()).run(document, stylesheet, limits)
