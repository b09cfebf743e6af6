"""Work of many threads done by one of them: who comes while nobody works does what waits, for all.

Nobody waits for others to come. The more come while one works, the more the next does at once: what a transaction costs
is shared when it is dear, and nothing is added when it is not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from copy import copy
from threading import Event, Lock
from typing import Final, Generic, TypeVar

__all__ = ["Stopped", "Together"]

T = TypeVar("T")
R = TypeVar("R")


class Stopped(RuntimeError):
    """Whoever worked for all ended before they were done: it is not known what came of this."""


class _Waiting(Generic[T, R]):
    """One who waits, until its work is done or it is to lead."""

    def __init__(self, work: T) -> None:
        self.work = work
        self.called = Event()
        self.outcome: R | BaseException | None = None
        self.is_done = False

    def tell(self, outcome: R | BaseException) -> None:
        self.outcome, self.is_done = outcome, True
        self.called.set()

    def told(self) -> R:
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome  # type: ignore[return-value]


class Together(Generic[T, R]):
    """A place where threads bring work.

    Args:
        do_all: does some works, in the order in which they came; what came of each, an error being raised to whom it
            belongs. What it raises itself is raised to all.
        most: works that are done at once.
    """

    def __init__(self, do_all: Callable[[Sequence[T]], Sequence[R | Exception]], most: int) -> None:
        self._do_all, self._most = do_all, most
        self._waiting: Final = deque[_Waiting[T, R]]()
        self._lock, self._is_led = Lock(), False

    def do(self, work: T) -> R:
        """Have a work done, by this thread or by another; returns or raises what came of it."""
        mine = _Waiting[T, R](work)
        with self._lock:
            self._waiting.append(mine)
            leads, self._is_led = not self._is_led, True
        if not leads:
            self._wait(mine)
        if not mine.is_done:
            self._lead()
        return mine.told()

    def _wait(self, mine: _Waiting[T, R]) -> None:
        try:
            mine.called.wait()
        except BaseException:
            # A signal: nobody must wait for a leader that has gone.
            with self._lock:
                was_first = bool(self._waiting) and self._waiting[0] is mine
                if mine in self._waiting:
                    self._waiting.remove(mine)
            if was_first and mine.called.is_set():
                self._hand_on()
            raise

    def _lead(self) -> None:
        """Do what waits, this thread's own first, and let the next one lead."""
        with self._lock:
            group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            outcomes = self._do_all([one.work for one in group])
            for one, outcome in zip(group, outcomes, strict=True):
                one.tell(outcome)
        except Exception as error:
            for one in group:
                # Each thread adds its own way to the error that it raises.
                one.tell(error if one is group[0] else copy(error))
        finally:
            for one in group:
                if not one.is_done:
                    one.tell(Stopped("the thread that worked for all was stopped"))
            self._hand_on()

    def _hand_on(self) -> None:
        with self._lock:
            following = self._waiting[0] if self._waiting else None
            self._is_led = following is not None
        if following is not None:
            following.called.set()
