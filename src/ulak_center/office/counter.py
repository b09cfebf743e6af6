"""An office in its place in the center: behind the network, and on the agenda."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from ulak_center.agenda import Agenda, Task
from ulak_center.clock import Clock
from ulak_center.store import Store

__all__ = ["Counter", "Worker"]


class Worker(Protocol):
    """An office: `ArchiveOffice` and `LedgerOffice` are."""

    def handle(self, request: Any, signer: str, now: datetime) -> Any:
        """Answer a request of its service; raises ServiceFault."""

    def process(self, id: str, now: datetime) -> datetime | None:
        """Carry on a package by one step; when it is to be carried on next."""

    def due_of(self, id: str) -> datetime | None:
        """When a package is to be carried on."""


class Counter:
    """Lets one office answer the network's calls, and puts its packages on the center's agenda.

    Args:
        kind: of its tasks, ``earsiv`` or ``edefter``.
        lock: the center's.
        wake: says that there is something to do.
    """

    def __init__(
        self,
        office: Worker,
        kind: str,
        *,
        store: Store,
        agenda: Agenda,
        clock: Clock,
        lock: AbstractContextManager[Any],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.office = office
        self._kind, self._store, self._agenda = kind, store, agenda
        self._clock, self._lock, self._wake = clock, lock, wake
        agenda.handle(kind, self._carry_on)

    def handle(self, request: Any, signer: str) -> Any:
        """Answer a request of the service.

        Raises:
            ServiceFault: the service's own.
        """
        with self._lock, self._store.step():
            response = self.office.handle(request, signer, self._clock.now())
            taken = getattr(getattr(request, "attachment", None), "file_name", "")
            if taken and (due := self.office.due_of(taken[:-4])):
                self._agenda.add(self._kind, taken[:-4], due)
        self._wake()
        return response

    def _carry_on(self, task: Task) -> None:
        with self._store.step():
            due = self.office.process(task.subject, self._clock.now())
            self._agenda.end(task)
            if due is not None:
                self._agenda.add(self._kind, task.subject, due)
