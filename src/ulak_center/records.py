"""What happened in a center, for people who look: envelopes with their whole lives, calls, and how it stands."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple

from ulak_center.book import Attempt, Called, Kept, Passage, Stage
from ulak_center.merkez import Desk
from ulak_center.problems import center_error

__all__ = ["Dossier", "Records", "Summary"]


class Dossier(NamedTuple):
    """All that is known about one envelope."""

    envelope: Kept
    stages: list[Stage]
    documents: list[Passage]
    responses: list[Kept]
    attempts: list[Attempt]


class Summary(NamedTuple):
    """How the center stands.

    Attributes:
        counts: envelopes by state.
        waiting: tasks.
        next_due: when the next task is due.
    """

    now: datetime
    seed: int
    counts: dict[int, int]
    waiting: int
    next_due: datetime | None
    faults: int
    integrators: int
    suspended: list[str]


class Records:
    """The records of one center. Threads may share them.

    Args:
        lock: held around every look.
    """

    def __init__(self, desk: Desk, lock: AbstractContextManager[object], seed: int) -> None:
        self._desk, self._lock, self._seed = desk, lock, seed

    def dossier(self, id: str) -> Dossier:
        """All about one envelope.

        Raises:
            CenterError: ``center.no-envelope``.
        """
        with self._lock:
            book = self._desk.book
            kept = book.get(id)
            if kept is None:
                raise center_error("center.no-envelope", id=id[:100])
            id = kept.id
            return Dossier(kept, book.stages(id), book.documents(id), book.responses_about(id), book.attempts(id))

    def envelopes(
        self, *, status: int | None = None, type: str = "", party: str = "", after: int = 0, limit: int = 100
    ) -> list[Kept]:
        """The newest envelopes first; see `Book.newest`."""
        with self._lock:
            return self._desk.book.newest(status=status, type=type, party=party, after=after, limit=limit)

    def envelope_zip(self, id: str) -> bytes:
        """The ZIP of an envelope.

        Raises:
            CenterError: ``center.no-envelope``.
        """
        with self._lock:
            data = self._desk.book.data(id)
        if not data:
            raise center_error("center.no-envelope", id=id[:100])
        return data

    def calls(self, *, after: int = 0, limit: int = 100) -> list[Called]:
        """The newest calls first, both ways."""
        with self._lock:
            return self._desk.book.calls(after=after, limit=limit)

    def note_call(self, operation: str, party: str, envelope: str, outcome: str, seconds: float) -> None:
        """Note a call that came in."""
        with self._lock:
            self._desk.book.note_call(self._desk.clock.now(), "in", operation, party, envelope, outcome, seconds)

    def summary(self) -> Summary:
        """How the center stands."""
        with self._lock:
            integrators = self._desk.registry.integrators()
            return Summary(
                self._desk.clock.now(),
                self._seed,
                self._desk.book.counts(),
                self._desk.agenda.waiting(),
                self._desk.agenda.next_due(),
                len(list(self._desk.faults)),
                len(integrators),
                [each.number for each in integrators if each.is_suspended],
            )
