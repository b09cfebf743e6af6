"""What people want of reports: one transaction each, in a scope of its own. Permission is for the faces to ask."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from ulak.lifecycle import reports as law
from ulak_server.audit import services as audit
from ulak_server.database.bell import ring
from ulak_server.exchange.reports import gathering
from ulak_server.exchange.reports.deciding import persistently
from ulak_server.exchange.reports.problems import reporting_error
from ulak_server.exchange.rooms import REPORTS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["ask_now", "confirm", "renew", "send_now"]

_ASKABLE: Final = frozenset({law.Stage.READY, law.Stage.UNCLEAR, law.Stage.TAKEN})


def send_now(taxpayer: int, product: str | None = None, *, actor: str = "", origin: str = "") -> int:
    """Report what waits now, instead of in the night; how many entries go.

    Raises:
        ReportingError: ``reporting.busy``.
    """

    def do(shell: Shell) -> int:
        count = gathering.hurry(taxpayer, shell.now, product=product or "")
        if count:
            facts = {"entries": count, "product": product or ""}
            entry = audit.Entry(
                "report.wanted", shell.now, taxpayer, actor=shell.actor, origin=shell.origin, facts=facts
            )
            audit.record([entry])
        return count

    return persistently(do, taxpayer, actor, origin)


def ask_now(taxpayer: int | None, report: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """Do what is to be done next for a report at once: ask GİB, or send it again after a rest; its stage.

    Args:
        taxpayer: None: operators want it.

    Raises:
        NoSuch: ``reporting.no-report``.
        ReportingError: ``reporting.not-asked``, ``reporting.busy``.
    """

    def do(shell: Shell) -> law.Stage:
        row = _report(shell, taxpayer, report)
        if row.record.stage not in _ASKABLE:
            raise reporting_error("reporting.not-asked", stands=row.record.stage.sentence)
        row.record = row.record._replace(wake_at=shell.now, work_at=shell.now)
        row.changed = True
        shell.tell(REPORTS, row, "report.hurried")
        ring()
        stage: law.Stage = row.record.stage
        return stage

    return persistently(do, taxpayer, actor, origin)


def renew(taxpayer: int | None, report: UUID, *, anew: bool = False, actor: str = "", origin: str = "") -> law.Stage:
    """Let a report that waits for a person go on, once the reason is removed; the stage it has then.

    What was never sent is built again; what GİB refused is built anew under another number; what GİB may have is asked
    for.

    Args:
        taxpayer: None: operators want it.
        anew: build it under another number; only for whoever knows from GİB that it does not have this one.

    Raises:
        NoSuch: ``reporting.no-report``.
        ReportingError: ``reporting.not-renewed``, ``reporting.busy``.
    """
    return _moved(taxpayer, report, law.RepairWanted(anew), "reporting.not-renewed", actor, origin)


def confirm(report: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """For operators who know from GİB that it has processed a report.

    Raises:
        NoSuch: ``reporting.no-report``.
        ReportingError: ``reporting.not-asked``, ``reporting.busy``.
    """
    return _moved(None, report, law.Confirmed(), "reporting.not-asked", actor, origin)


def _moved(taxpayer: int | None, report: UUID, event: Any, code: str, actor: str, origin: str) -> law.Stage:
    def do(shell: Shell) -> law.Stage:
        row = _report(shell, taxpayer, report)
        before = row.record.stage
        shell.happen(REPORTS, report, event)
        if row.record.stage is before:
            raise reporting_error(code, stands=before.sentence)
        row["error"] = None
        ring()
        stage: law.Stage = row.record.stage
        return stage

    return persistently(do, taxpayer, actor, origin)


def _report(shell: Shell, taxpayer: int | None, report: UUID) -> Row:
    row = shell.get(REPORTS, report)
    if row is None or taxpayer not in (None, row["taxpayer_id"]):
        raise reporting_error("reporting.no-report")
    return row
