"""The work of workers at books: one step of a taxpayer's work, then another's; what breaks off is gone on with."""

from __future__ import annotations

import errno
import threading
import traceback
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

import structlog
from django.db import Error as DatabaseError
from django.db import connection
from psycopg.errors import DiskFull

from ulak.errors import UlakError
from ulak.process import give_memory_back
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.keys import KeyRing
from ulak_server.ledgers import housekeeping
from ulak_server.ledgers.folders import Workshop
from ulak_server.ledgers.law import INVENTORY
from ulak_server.ledgers.limits import Limits, resident
from ulak_server.ledgers.models import BUSY, File, Stage, Work
from ulak_server.ledgers.problems import kept, problem
from ulak_server.ledgers.steps.building import build
from ulak_server.ledgers.steps.checking import check
from ulak_server.ledgers.steps.inventory import build_inventory, check_inventory, plan_inventory
from ulak_server.ledgers.steps.looking import look
from ulak_server.ledgers.steps.planning import plan
from ulak_server.ledgers.steps.reporting import build_report, seal_report
from ulak_server.ledgers.steps.sealing import seal
from ulak_server.ledgers.steps.sending import follow, send
from ulak_server.ledgers.turns import Over, Turn, claim, waiting
from ulak_server.ledgers.words import STEPS
from ulak_server.ledgers.works import tell

__all__ = ["Works"]

_LOG: Final = structlog.get_logger("ulak_server.ledgers")
_STEPS: Final[Mapping[str, Callable[[Turn], None]]] = {
    Stage.LOOKING: look,
    Stage.CHECKING: check,
    Stage.PLANNING: plan,
    Stage.BUILDING: build,
    Stage.SEALING: seal,
    Stage.SENDING: send,
    Stage.SENT: follow,
}
_OF_KIND: Final[Mapping[str, Mapping[str, Callable[[Turn], None]]]] = {
    "report": {Stage.BUILDING: build_report, Stage.SEALING: seal_report},
    INVENTORY: {
        Stage.CHECKING: check_inventory,
        Stage.PLANNING: plan_inventory,
        Stage.BUILDING: build_inventory,
    },
}
"""What is done otherwise than for a month's books."""
_MOST_TRIES: Final = 8
_AFTER: Final = timedelta(seconds=20)
"""Before a step that broke off is tried again."""
_LONGEST_REST: Final = timedelta(minutes=15)
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_TIDY: Final = timedelta(minutes=10)
_GROWN: Final = 8.0
"""Megabytes by which a process has to grow before it is worth looking for what is free."""


class Works:
    """A station (`ulak_server.exchange.station`): each turn is one step of the work that has waited longest.

    A taxpayer's works are never done side by side, and after each step it is the others' turn, however many works a
    taxpayer has that have waited longer.

    Args:
        keys: seal.
        stop: set when the process is to end: the step under way is left, and done anew by whoever comes next.
        limits: of one step.
        end: ends the process at once; None: it cannot be ended, and a step that does not stop goes on.
    """

    name: Final = "ledgers"

    def __init__(
        self,
        keys: KeyRing,
        stop: threading.Event | None = None,
        limits: Limits = Limits(),  # noqa: B008
        end: Callable[[], None] | None = None,
    ) -> None:
        self._keys, self._stop = keys, stop or threading.Event()
        self._limits, self._end, self._lean = limits, end, 0.0
        self._workshop = Workshop()
        self._served: dict[int, int] = {}
        self._turns = 0
        self._tidied = clock.now() - _TIDY
        self._watched: date | None = None

    def turn(self) -> int:
        """Do one step; 0 if there was nothing to do."""
        self._tidy()
        for id, taxpayer in sorted(waiting(), key=lambda one: self._served.get(one[1], 0)):
            work = claim(id, taxpayer)
            if work is not None:
                self._turns += 1
                self._served[taxpayer] = self._turns
                self._do(work)
                return 1
        return 0

    def close(self) -> None:
        """Remove what is left on this machine."""
        self._workshop.close()

    def _do(self, work: Work) -> None:
        turn: Turn | None = None
        try:
            if work.tries > _MOST_TRIES:
                raise problem("ledger-work.failed", step=STEPS[work.stage])
            steps = {**_STEPS, **_OF_KIND.get(work.kind, {})}
            stuck = self._stuck if self._end else None
            turn = Turn(work, self._workshop.of(work.id), self._keys, self._stop, self._limits, stuck)
            with turn:
                # A process may be killed between a step's end and what follows: then there is nothing left to do.
                if work.stage in steps:
                    steps[work.stage](turn)
            # Not before the turn says no more that it lives: it would hold the work.
            _next(turn)
        except Over:
            self._leave(work)
        except Exception as error:
            self._ended(work, turn, error)
        self._thin()

    def _ended(self, work: Work, turn: Turn | None, error: Exception) -> None:
        """A step ended in an error; what broke off a statement of a turn that is over is none."""
        if turn is not None and turn.is_over:
            self._leave(work)
        elif turn is not None and turn.beyond is not None:
            self._failed(work, turn.beyond)
        elif isinstance(error, UlakError):
            self._failed(work, error)
        else:
            self._broke_off(work, error)

    def _stuck(self, turn: Turn) -> None:
        """End the process: the step does too much, and does not stop. Its file is refused, else the work fails."""
        assert self._end is not None
        assert turn.beyond is not None
        try:
            _LOG.error("ledger.step-stuck", work=turn.work.id, stage=turn.work.stage, code=turn.beyond.code)
            if turn.file:
                with turn.settling() as work:
                    File.objects.filter(id=turn.file).update(error=kept(turn.beyond))
                    work.wake_at, work.beat_at, work.tries = clock.now(), None, 0
            else:
                self._failed(turn.work, turn.beyond)
        finally:
            self._end()

    def _thin(self) -> None:
        """Give back what the step left behind; a process that stays too large would break off whatever comes next."""
        if resident() > self._lean + _GROWN:
            give_memory_back()
            self._lean = resident()
        if self._end is not None and resident() > self._limits.megabytes:
            self._end()

    def _leave(self, work: Work) -> None:
        """The work was cancelled or is another's; or this process is to end, and anybody may go on at once."""
        self._workshop.clear(work.id)
        with scoped(Role.WEB, [work.taxpayer_id]):
            mine = Work.objects.filter(id=work.id, turn=work.turn, stage__in=[*BUSY, Stage.SENT])
            mine.update(wake_at=clock.now(), beat_at=None, tries=0)

    def _failed(self, work: Work, error: UlakError) -> None:
        """A person has to do something; what passes by itself is tried again."""
        _LOG.warning("ledger.step-failed", work=work.id, stage=work.stage, code=error.code)
        with scoped(Role.WEB, [work.taxpayer_id]):
            row = Work.objects.select_for_update().filter(id=work.id, turn=work.turn).first()
            if row is None:
                return
            row.error, row.error_code, row.beat_at = kept(error), error.code, None
            if error.permanent or error.code == "ledger-work.failed":
                row.stage, row.resumes, row.wake_at = Stage.FAILED, work.stage, None
                tell("ledger.failed", row, None, code=error.code, at=work.stage)
            else:
                row.wake_at, row.tries = clock.now() + min(_LONGEST_REST, _AFTER * row.tries), min(row.tries, 6)
            row.save()
        self._workshop.clear(work.id)

    def _broke_off(self, work: Work, error: Exception) -> None:
        """Nothing was kept of the step; it is done again."""
        if is_disk_full(error):
            self._workshop.clear(work.id)
            self._failed(work, problem("ledger-work.disk-full"))
            return
        # What an error of a database says may be a cell of somebody's books: where it arose is told, not its words.
        place = "".join(traceback.format_tb(error.__traceback__))
        _LOG.error("ledger.step-broke-off", work=work.id, stage=work.stage, kind=type(error).__name__, place=place)
        if isinstance(error, DatabaseError):
            connection.close_if_unusable_or_obsolete()
        with scoped(Role.WEB, [work.taxpayer_id]):
            mine = Work.objects.filter(id=work.id, turn=work.turn, stage__in=[*BUSY, Stage.SENT])
            mine.update(wake_at=clock.now() + _AFTER, beat_at=None)

    def _tidy(self) -> None:
        if timedelta() <= clock.now() - self._tidied < _TIDY:
            return
        self._tidied = clock.now()
        self._workshop.tidy()
        housekeeping.sweep()
        if self._watched != clock.today():
            self._watched = clock.today()
            housekeeping.watch_terms()
        waits = {id for id, _ in waiting()}
        for id in self._workshop.works():
            if id not in waits:
                self._workshop.clear(id)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether a disk, this machine's or the database's, has no room left."""
    while error is not None:
        if isinstance(error, DiskFull) or (isinstance(error, OSError) and error.errno in _FULL):
            return True
        if type(error).__module__.startswith(("duckdb", "_duckdb")) and "No space left" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _next(turn: Turn) -> None:
    """Let it be others' turn; a work that waits for a person leaves nothing on this machine."""
    with turn.settling() as work:
        work.beat_at, work.tries, work.error, work.error_code = None, 0, None, ""
        _go_on(work)
        if work.is_busy:
            work.wake_at = clock.now()
            if work.stage != turn.work.stage:
                work.since = clock.now()
        elif work.stage != Stage.SENT:
            work.wake_at = None
        if not work.is_busy:
            work.step, work.done, work.total = "", 0, 0


def _go_on(work: Work) -> None:
    """A work that is to be finished without a person does not wait for one."""
    if work.goes_on:
        work.stage = {Stage.BUILT: Stage.SEALING, Stage.SEALED: Stage.SENDING}.get(Stage(work.stage), work.stage)
