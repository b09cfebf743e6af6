"""What is to be done when: tasks in the store, carried out in the order of their times.

A task that makes a call is *flying* while the call is under way. A center that was killed finds its flying tasks again
and carries them out once more; receivers know an envelope that they have already (2001).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

from ulak_center.store import Store, moment, stamp

__all__ = ["Agenda", "Rest", "Task"]

_LATER: Final = timedelta(seconds=1)
Rest: TypeAlias = Callable[[], None]
"""What is left of a task to be done without the center's lock."""


class Task(NamedTuple):
    """One thing to do.

    Attributes:
        subject: what it is about, e.g. an envelope's id.
        tries: how often it was tried before, or another number that its kind needs.
    """

    id: int
    due: datetime
    kind: str
    subject: str
    tries: int


class Agenda:
    """The tasks of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._handlers: dict[str, Callable[[Task], Rest | None]] = {}
        with store.step():
            store.run("update tasks set flying = 0")

    def handle(self, kind: str, handler: Callable[[Task], Rest | None]) -> None:
        """Say who carries out the tasks of a kind, at once or for a part that takes long by what it gives back."""
        self._handlers[kind] = handler

    def add(self, kind: str, subject: str, due: datetime, tries: int = 0) -> None:
        """Put something on the agenda."""
        self._store.add("tasks", due=stamp(due), kind=kind, subject=subject, tries=tries)

    def drop(self, kind: str, subject: str) -> int:
        """Take tasks off it; their number."""
        return self._store.run("delete from tasks where kind = ? and subject = ?", kind, subject)

    def tasks(self, kind: str) -> list[Task]:
        """All tasks of a kind, the next one first."""
        rows = self._store.rows("select * from tasks where kind = ? order by due, id", kind)
        return [Task(row["id"], moment(row["due"]), row["kind"], row["subject"], row["tries"]) for row in rows]

    def next_due(self) -> datetime | None:
        """When the next task is due; None if there is none, or all that are left are flying."""
        row = self._store.row("select due from tasks where flying = 0 order by due, id limit 1")
        return None if row is None else moment(row[0])

    def waiting(self) -> int:
        """How many tasks there are."""
        row = self._store.row("select count(*) from tasks")
        return int(row[0]) if row else 0

    def is_calling(self) -> bool:
        """Whether any call is under way."""
        return self._store.row("select 1 from tasks where flying = 1 limit 1") is not None

    def next_task(self, now: datetime) -> Task | None:
        """The next task that is due."""
        row = self._store.row(
            "select id, due, kind, subject, tries from tasks where flying = 0 and due <= ? order by due, id limit 1",
            stamp(now),
        )
        return None if row is None else Task(row["id"], moment(row["due"]), row["kind"], row["subject"], row["tries"])

    def carry_out(self, task: Task) -> Rest | None:
        """Do a task, but for what is given back."""
        return self._handlers[task.kind](task)

    def put_off(self, task: Task, now: datetime) -> None:
        """Try a task that failed again later, so that it does not hold up those behind it."""
        self._store.run("update tasks set due = ?, flying = 0 where id = ?", stamp(now + _LATER), task.id)

    def end(self, task: Task) -> None:
        """Take a task off that was carried out; in the same step as what it did."""
        self._store.run("delete from tasks where id = ?", task.id)

    def fly(self, task: Task) -> None:
        """Note that a task's call is under way."""
        self._store.run("update tasks set flying = 1 where id = ?", task.id)

    def hasten(self, task: Task, now: datetime) -> None:
        """One more has overtaken a task that waits for as many as its tries say; after the last one it is due."""
        due = stamp(now) if task.tries == 1 else stamp(task.due)
        self._store.run("update tasks set tries = ?, due = ? where id = ?", task.tries - 1, due, task.id)
