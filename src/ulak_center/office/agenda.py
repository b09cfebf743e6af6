"""An office's packages on the center's agenda."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from ulak_center.agenda import Agenda, Rest, Task
from ulak_center.clock import Clock
from ulak_center.office.desk import Accepted, Job
from ulak_center.office.problems import Refused
from ulak_center.store import Store

__all__ = ["Worker", "enlist"]

_UNLOCKED: Final = nullcontext()


class Worker(Protocol):
    """An office: `ArchiveOffice` and `LedgerOffice` are."""

    def begin(self, id: str, now: datetime) -> datetime | Job | None:
        """Carry on a package by one step; when it is to be carried on next, or what is to be judged first."""

    def verdict(self, job: Job) -> Accepted | Refused:
        """Judge a package, without the center's lock."""

    def settle(self, job: Job, verdict: Accepted | Refused, now: datetime) -> datetime | None:
        """End a package as it was judged; when it is to be carried on, if that takes one more step."""

    def waiting(self) -> Sequence[tuple[str, datetime]]:
        """Ids of the packages that have not ended, and when they are to be carried on."""

    def tell(self, listener: Callable[[str, datetime], None]) -> None:
        """Say whom to tell of each package that is taken."""


def enlist(
    office: Worker,
    kind: str,
    *,
    store: Store,
    agenda: Agenda,
    clock: Clock,
    lock: AbstractContextManager[object] = _UNLOCKED,
) -> None:
    """Let the agenda carry on an office's packages, those first that waited when the center ended.

    Args:
        kind: of its tasks, ``earsiv`` or ``edefter``.
        lock: the center's, held when a task is carried out; packages are judged without it.
    """

    def carry_on(task: Task) -> Rest | None:
        with store.step():
            begun = office.begin(task.subject, clock.now())
            if isinstance(begun, Job):
                return partial(judge_alone, task, begun)
            agenda.end(task)
            if begun is not None:
                agenda.add(kind, task.subject, begun)
        return None

    def judge_alone(task: Task, job: Job) -> None:
        """A large package takes a while, in which others must be served."""
        verdict = office.verdict(job)
        with lock, store.step():
            due = office.settle(job, verdict, clock.now())
            agenda.end(task)
            if due is not None:
                agenda.add(kind, task.subject, due)

    agenda.handle(kind, carry_on)
    office.tell(lambda id, due: agenda.add(kind, id, due))
    with store.step():
        for id, due in office.waiting():
            agenda.drop(kind, id)
            agenda.add(kind, id, due)
