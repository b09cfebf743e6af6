"""Worker processes that outlive one another: one that dies costs the file it was judging, nothing more."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, TypeVar

from ulak.process import keep_freed_memory

__all__ = ["Crew", "cores"]

_S = TypeVar("_S")
_R = TypeVar("_R")
CHUNK: Final = 16
WINDOW: Final = 2048
"""How far work may run ahead of the first result that is still missing, so that results do not pile up."""
GROWTH: Final = 256 * 1024 * 1024
"""Bytes by which a worker may grow before another takes its place."""


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Worker(Generic[_S]):
    def __init__(self, process: multiprocessing.process.BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.todo: deque[tuple[int, _S]] = deque()

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


class Crew(Generic[_S, _R]):
    """Does the same work to many things at once.

    Args:
        work: what to do; must be picklable where processes cannot be forked.
        lost: the result for a thing whose worker died over it.
        size: how many workers.
    """

    def __init__(self, work: Callable[[_S], _R], lost: Callable[[_S], _R], size: int) -> None:
        forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"
        self._context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        self._forks = forks
        self._work, self._lost, self._size = work, lost, size
        self._workers: list[_Worker[_S]] = []

    def run(self, things: Sequence[_S]) -> Iterator[_R]:
        """The results in the order of the things, each as soon as it and all before it are there."""
        chunks = deque(deque(enumerate(things[at : at + CHUNK], start=at)) for at in range(0, len(things), CHUNK))
        results: dict[int, _R] = {}
        try:
            for _ in range(min(self._size, len(chunks))):
                self._workers.append(self._hired())
            for following in count():
                if following == len(things):
                    return
                while following not in results:
                    self._assign(chunks, following, results)
                    self._collect(chunks, results)
                yield results.pop(following)
        finally:
            for worker in self._workers:
                worker.stop()
            self._workers.clear()

    def _hired(self) -> _Worker[_S]:
        ours, theirs = self._context.Pipe()
        # A forked worker has copies of these; the others would not notice that this process is gone.
        inherited = [ours, *(worker.pipe for worker in self._workers)] if self._forks else []
        process = self._context.Process(target=_serve, args=(theirs, inherited, self._work), daemon=True)
        # Ctrl-C reaches every process of the group; workers leave it to this one, which sees to their end.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        theirs.close()
        return _Worker(process, ours)

    def _assign(self, chunks: deque[deque[tuple[int, _S]]], following: int, results: dict[int, _R]) -> None:
        for worker in [*self._workers]:
            if not worker.todo and chunks and chunks[0][0][0] - following < WINDOW:
                worker.todo = chunks.popleft()
                try:
                    worker.pipe.send(list(worker.todo))
                except OSError:
                    self._replace(worker, chunks)

    def _collect(self, chunks: deque[deque[tuple[int, _S]]], results: dict[int, _R]) -> None:
        ready = wait([worker.pipe for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.pipe in ready]:
            try:
                result, leaves = worker.pipe.recv()
            except (EOFError, OSError):
                if worker.todo:
                    place, thing = worker.todo.popleft()
                    results[place] = self._lost(thing)
                self._replace(worker, chunks)
                continue
            results[worker.todo.popleft()[0]] = result
            if leaves:
                self._replace(worker, chunks)

    def _replace(self, worker: _Worker[_S], chunks: deque[deque[tuple[int, _S]]]) -> None:
        if worker.todo:
            chunks.appendleft(worker.todo)
        worker.stop()
        self._workers.remove(worker)
        self._workers.append(self._hired())


def _serve(pipe: Connection, inherited: Sequence[Connection], work: Callable[[_S], _R]) -> None:
    """The life of a worker: chunks in, results out, until the other end is closed."""
    keep_freed_memory()
    for connection in inherited:
        connection.close()
    most = _peak() + GROWTH
    with suppress(EOFError, OSError):
        while True:
            for _, thing in pipe.recv():
                result = work(thing)
                leaves = _peak() > most
                pipe.send((result, leaves))
                if leaves:
                    os._exit(0)
    # An ordinary end would write out whatever the parent had not yet flushed when it was forked.
    os._exit(0)


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
