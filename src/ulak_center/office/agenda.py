"""An office's packages on the center's agenda."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from ulak_center.agenda import Agenda, Task
from ulak_center.clock import Clock
from ulak_center.store import Store

__all__ = ["Worker", "enlist"]


class Worker(Protocol):
    """An office: `ArchiveOffice` and `LedgerOffice` are."""

    def process(self, id: str, now: datetime) -> datetime | None:
        """Carry on a package by one step; when it is to be carried on next."""

    def waiting(self) -> Sequence[tuple[str, datetime]]:
        """Ids of the packages that have not ended, and when they are to be carried on."""

    def tell(self, listener: Callable[[str, datetime], None]) -> None:
        """Say whom to tell of each package that is taken."""


def enlist(office: Worker, kind: str, *, store: Store, agenda: Agenda, clock: Clock) -> None:
    """Let the agenda carry on an office's packages, those first that waited when the center ended.

    Args:
        kind: of its tasks, ``earsiv`` or ``edefter``.
    """

    def carry_on(task: Task) -> None:
        with store.step():
            due = office.process(task.subject, clock.now())
            agenda.end(task)
            if due is not None:
                agenda.add(kind, task.subject, due)

    agenda.handle(kind, carry_on)
    office.tell(lambda id, due: agenda.add(kind, id, due))
    with store.step():
        for id, due in office.waiting():
            agenda.drop(kind, id)
            agenda.add(kind, id, due)
