"""The station of reports: gathers what is due, and builds reports, one step of one at a turn."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from ulak.lifecycle import reports as law
from ulak.lifecycle.effects import Woke
from ulak.seal.trust import Trust
from ulak.seal.trust.stamping import TimeStamper
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Broken, Unit, blaming
from ulak_server.audit import services as audit
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.law import happening, worker
from ulak_server.exchange.reports.building import Build
from ulak_server.exchange.reports.gathering import Group, due, gather
from ulak_server.exchange.rooms import REPORTS
from ulak_server.meters import alarmed

__all__ = ["Reports"]

_LOG: Final = structlog.get_logger("ulak_server.reports")
_EVERY: Final = timedelta(seconds=1)
_NOT_GATHERED: Final = "reporting.not-gathered"
_FIRST_REST, _LAST_REST = timedelta(seconds=10), timedelta(minutes=5)
_NAME: Final = "reports"
_AWAKE: Final = asides.awake(_NAME, subject=asides.subject("id"))
_LOOK: Final = f"""
SELECT EXISTS (SELECT FROM exchange_report_entry WHERE report_id IS NULL AND ready_at <= %s),
       EXISTS (SELECT FROM exchange_report WHERE stage = 'building' AND wake_at <= %s AND {_AWAKE})
"""  # noqa: S608
_CLAIM: Final = f"""
WHERE stage = 'building' AND wake_at <= %s AND {_AWAKE}
ORDER BY cause <> 'at-once' AND due_at > created_at + interval '1 hour', taxpayer_id <= %s, taxpayer_id, created_at
LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_GROUPS: Final = 50
"""That are gathered in one turn."""


class Reports:
    """Gathers and builds. What is due at once comes first, then taxpayers in turn.

    A build is done in steps, so that a giant's report keeps this process from nothing else. After one that failed the
    next is begun a while later, longer from time to time: a time stamp authority that does not answer holds up nobody.

    Args:
        keys: the process's keys.
        stamper, judge: None: those of ``ULAK_TSA`` and ``ULAK_TRUST``.
        every: how often it looks for work while there is none.
    """

    name: Final = _NAME

    def __init__(
        self,
        keys: KeyRing,
        stamper: TimeStamper | None = None,
        judge: Trust | None = None,
        every: timedelta = _EVERY,
    ) -> None:
        self._keys, self._stamper, self._judge, self._every = keys, stamper, judge, every
        self._at_work: tuple[UUID, Generator[None, None, None]] | None = None
        self._last = 0
        self._put_off: dict[Group, datetime] = {}
        self._look_at: datetime | None = None
        self._rest = timedelta()
        self._begin_at: datetime | None = None

    def turn(self) -> int:
        """A step of the report under way; else gather, or begin another."""
        if self._at_work is not None:
            return self._step(*self._at_work)
        now = clock.now()
        if self._look_at is not None and clock.is_ahead(self._look_at, self._every):
            return 0
        found = row_of(Role.PIPELINE, [], _LOOK, [now, now, now])
        assert found is not None
        done = (self._gathered(now) if found[0] else 0) or (self._begin(now) if found[1] else 0)
        self._look_at = None if done else now + self._every
        return done

    def close(self) -> None:
        """A report under way is handed back; if that fails its lease ends, and another worker begins it anew."""
        report, self._at_work = self._at_work, None
        if report is not None:
            report[1].close()
            _hand_back(report[0])

    def _gathered(self, now: datetime) -> int:
        """Reports of what is due; how many. A group that fails is put off, so that it keeps nobody else back."""
        self._put_off = {group: until for group, until in self._put_off.items() if clock.is_ahead(until, _LAST_REST)}
        with happening(actor=worker()):
            groups = [group for group in due(now) if group not in self._put_off]
        return sum(self._gather(group, now) for group in groups[:_GROUPS])

    def _gather(self, group: Group, now: datetime) -> bool:
        try:
            with happening(actor=worker()) as shell:
                return gather(shell, group) is not None
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            _LOG.exception("report.not-gathered", taxpayer=group.taxpayer, product=group.product, day=str(group.day))
            self._put_off[group] = now + _LAST_REST
            _alarm(group, now)
            return False

    def _begin(self, now: datetime) -> int:
        if self._begin_at is not None and clock.is_ahead(self._begin_at, _LAST_REST):
            return 0
        try:
            return self._begun(now)
        except Broken as error:
            self._last = error.unit.taxpayer
            asides.put_aside(self.name, error.unit, error)
            return 1

    def _begun(self, now: datetime) -> int:
        with happening(actor=worker()) as shell:
            rows = shell.claim(REPORTS, _CLAIM, [now, now, self._last])
            for row in rows:
                tries, self._last = row.record.tries, row["taxpayer_id"]
                unit = Unit.of(self._last, row.key)
                with blaming(unit, f"{REPORTS.name} {row.key}"):
                    shell.happen(REPORTS, row.key, Woke())
                asides.take_back_all(self.name, [unit])
                # A clock that rang to warn only says nothing of work.
                is_work = row.record.tries > tries
        if rows and is_work:
            build = Build(rows[0].key, self._keys, self._stamper, self._judge)
            self._at_work = rows[0].key, build.steps()
        return len(rows)

    def _step(self, report: UUID, steps: Generator[None, None, None]) -> int:
        try:
            next(steps)
        except StopIteration:
            self._at_work = None
            self._learn(report)
        except Exception:
            self._at_work = None
            raise
        return 1

    def _learn(self, report: UUID) -> None:
        """Rest after a build that failed for a reason that passes."""
        found = row_of(Role.PIPELINE, [], "SELECT stage, error IS NULL FROM exchange_report WHERE id = %s", [report])
        if found is None or found != (law.Stage.BUILDING.value, False):
            self._rest, self._begin_at = timedelta(), None
            return
        self._rest = min(_LAST_REST, max(_FIRST_REST, self._rest * 2))
        self._begin_at = clock.now() + self._rest
        _LOG.warning("reports.rest", seconds=self._rest.total_seconds())


def _alarm(group: Group, now: datetime) -> None:
    """Without a report there is no alarm clock that could ring before it is late."""
    facts = {"product": group.product, "day": group.day.isoformat()}
    with happening(actor=worker()) as shell:
        audit.record([audit.Entry("alarm", now, group.taxpayer, code=_NOT_GATHERED, actor=shell.actor, facts=facts)])
        alarmed([_NOT_GATHERED])


def _hand_back(report: UUID) -> None:
    with happening(actor=worker()) as shell:
        row = shell.get(REPORTS, report)
        if row is not None and row.record.stage is law.Stage.BUILDING:
            row.record = row.record._replace(wake_at=shell.now, work_at=shell.now)
            row.changed = True
