"""One turn of a worker at a work: what it may keep, how it tells how far it is, how it learns that it is over.

A turn has a number. Whatever it keeps is kept in a transaction that sees that the number is still the work's: a worker
that was thought dead, and a work that was cancelled or begun anew meanwhile, change nothing any more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.db import connection

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.keys import KeyRing
from ulak_server.ledgers.keeping import Scopes, scopes_of
from ulak_server.ledgers.limits import Limits
from ulak_server.ledgers.models import Work
from ulak_server.ledgers.problems import LedgerWorkError
from ulak_server.ledgers.words import STEPS

__all__ = ["LEASE", "Over", "Turn", "claim", "waiting"]

LEASE: Final = timedelta(seconds=30)
"""After which a work whose worker said nothing is another's."""
_BEAT: Final = 1.0
"""Seconds between two looks at how far it is; what has not changed is told every few of them."""
_QUIET: Final = 5
_LOOK: Final = 0.25
"""Seconds between two looks at what the step uses."""
_LOOKS: Final = round(_BEAT / _LOOK)
_GRACE: Final = 10.0
"""Seconds in which a step that is broken off has to stop."""
_LOCK: Final = 7003
_WAITING: Final = """
SELECT id, taxpayer_id FROM (
    SELECT id, taxpayer_id, wake_at, row_number() OVER (PARTITION BY taxpayer_id ORDER BY wake_at, id) AS place
    FROM ledgers_work WHERE wake_at <= %s) due
ORDER BY place, wake_at LIMIT 100
"""
_CLAIM: Final = """
UPDATE ledgers_work SET turn = turn + 1, tries = tries + 1, wake_at = %s, beat_at = %s
WHERE id = %s AND wake_at <= %s AND NOT EXISTS (
    SELECT FROM ledgers_work other WHERE other.taxpayer_id = %s AND other.id <> %s AND other.beat_at > %s)
RETURNING turn
"""
_BEATS: Final = """
UPDATE ledgers_work SET wake_at = %s, beat_at = %s, step = %s, done = %s, total = %s WHERE id = %s AND turn = %s
"""


class Over(Exception):
    """The turn is over: the work was cancelled, or is another's."""


def waiting() -> list[tuple[int, int]]:
    """Works that are due, whoever's they are, and their taxpayers: of each taxpayer the one that has waited longest,
    then of each the next, so that nobody's many works hide another's.
    """
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_WAITING, [clock.now()])
        return [(int(id), int(taxpayer)) for id, taxpayer in cursor.fetchall()]


def claim(work: int, taxpayer: int) -> Work | None:
    """Take a turn at a work, unless somebody is at it or at another one of its taxpayer's."""
    now = clock.now()
    with scoped(Role.WEB, [taxpayer]), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, taxpayer])
        cursor.execute(_CLAIM, [now + LEASE, now, work, now, taxpayer, work, now - LEASE])
        return Work.objects.get(id=work) if cursor.fetchone() else None


class Turn:
    """A worker's turn at a work; a context manager that tells of life as long as it lasts.

    Attributes:
        work: as it was when the turn began.
        folder: private, on this machine; what is in it may be gone at the next turn.
        file: the id of the uploaded file that is looked at; 0 while none is.
        lost: called when the turn is over before its end, by another thread.
        beyond: what the step did too much of, once it did; the next `look` raises it.

    Args:
        stop: set when the process is to end.
        limits: of the step.
        stuck: called by another thread if the step did too much and does not stop.
    """

    def __init__(
        self,
        work: Work,
        folder: Path,
        keys: KeyRing,
        stop: threading.Event,
        limits: Limits = Limits(),  # noqa: B008
        stuck: Callable[[Turn], None] | None = None,
    ) -> None:
        self.work, self.folder, self.keys, self._stop = work, folder, keys, stop
        self.taxpayer: int = work.taxpayer_id
        self.file = 0
        self.lost: Callable[[], None] | None = None
        self.beyond: LedgerWorkError | None = None
        self._limits, self._stuck, self._began = limits, stuck, time.monotonic()
        self._until = self._began
        self._step, self._done, self._total = work.step, 0, 0
        self._is_over, self._ends = False, threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"ledger-{work.id}", daemon=True)

    @property
    def scopes(self) -> Scopes:
        """The scopes of this turn."""
        return scopes_of(self.taxpayer)

    @property
    def is_over(self) -> bool:
        """Whether the work is another's, or the process is to end."""
        return self._is_over or self._stop.is_set()

    def step(self, name: str, total: int = 0) -> None:
        """Say what is being done now, and how much of it there is."""
        self._weigh()
        self.look()
        self._step, self._done, self._total = name, 0, total

    def told(self, done: int) -> None:
        """Say how far it is; raises `Over`."""
        self._done = done
        self.look()

    def look(self) -> None:
        """Raise `Over` if it is, and what the step did too much of.

        Raises:
            LedgerWorkError: ``ledger-work.too-long``, ``ledger-work.too-heavy``.
        """
        if self.is_over:
            raise Over
        if self.beyond is not None:
            raise self.beyond

    @contextmanager
    def settling(self) -> Iterator[Work]:
        """The transaction in which a result is kept; raises `Over` if it does not count any more.

        The work is locked, and saved at the end.
        """
        with scoped(Role.WEB, [self.taxpayer]):
            row = Work.objects.select_for_update().filter(id=self.work.id, turn=self.work.turn).first()
            if row is None:
                self._is_over = True
                raise Over
            yield row
            row.save()

    def __enter__(self) -> Turn:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._ends.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            looks, before = 0, (self._step, self._done, self._total)
            while not self._ends.wait(_LOOK) and not self._is_over:
                looks += 1
                self._weigh()
                if looks % _LOOKS == 0:
                    before, looks = self._told(before, looks)
        finally:
            connection.close()

    def _told(self, before: tuple[str, int, int], looks: int) -> tuple[tuple[str, int, int], int]:
        """Tell how far it is, if that changed or was not told for a while."""
        if self._stop.is_set() and self.lost is not None:
            self.lost()
        now = self._step, self._done, self._total
        if now != before or looks >= _QUIET * _LOOKS:
            with suppress(Exception):
                self._tell(*now)
                return now, 0
        return before, looks

    def _weigh(self) -> None:
        """Break the step off if it does too much."""
        if self.beyond is None:
            self.beyond = self._limits.exceeded(STEPS[self.work.stage], self._began)
            self._until = time.monotonic() + _GRACE
        if self.beyond is None:
            return
        if self.lost is not None:
            self.lost()
        if self._stuck is not None and time.monotonic() > self._until:
            self._stuck(self)

    def _tell(self, step: str, done: int, total: int) -> None:
        now = clock.now()
        with scoped(Role.WEB, [self.taxpayer]), connection.cursor() as cursor:
            cursor.execute(_BEATS, [now + LEASE, now, step, done, total, self.work.id, self.work.turn])
            self._is_over = cursor.rowcount == 0
        if self.is_over and self.lost is not None:
            self.lost()
