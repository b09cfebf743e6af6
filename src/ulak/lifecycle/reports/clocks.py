"""When people are called because a report runs out of time: long before, shortly before, when it is late, and daily."""

from __future__ import annotations

from datetime import datetime

from ulak.lifecycle.policy import Policy
from ulak.lifecycle.reports.stages import Stage
from ulak.lifecycle.reports.values import RenewReport, Report

__all__ = ["alarm_code", "behind", "next_warning", "successor", "unhushed", "warned_by", "was_in_time", "with_clock"]

_BEFORE = ("lifecycle.report-due-soon", "lifecycle.report-due-within-the-hour")


def next_warning(report: Report, policy: Policy) -> datetime:
    """When it is to be warned of `due_at` next."""
    return _moment(report.due_at, report.warned, policy)


def warned_by(report: Report, now: datetime, policy: Policy) -> int:
    """How many warnings are behind it then; of several that come together only the last one is said."""
    warned = report.warned
    while _moment(report.due_at, warned, policy) <= now:
        warned += 1
    return warned


def behind(due_at: datetime, now: datetime, policy: Policy) -> int:
    """How many of the warnings before `due_at` had their moment by then already: for what is due soon from the first.

    So what is due ten minutes after its issue calls nobody while nothing is amiss.
    """
    return sum(_moment(due_at, warned, policy) <= now for warned in range(len(_BEFORE)))


def alarm_code(warned: int) -> str:
    """The alarm of the so-manieth warning, counted from 1."""
    return _BEFORE[warned - 1] if warned <= len(_BEFORE) else "lifecycle.report-late"


def with_clock(report: Report, work_at: datetime, policy: Policy) -> Report:
    """The report with its alarm clock set for its work or the next warning, whichever comes first."""
    return report._replace(work_at=work_at, wake_at=min(work_at, next_warning(report, policy)))


def successor(report: Report, how: RenewReport, now: datetime, policy: Policy, *, seed: int) -> Report:
    """The report that takes the place of one that was replaced: due when that one was, and a little more patient."""
    warned = unhushed(report).warned
    after = Report(Stage.BUILDING, seed, None, report.due_at, warned=warned, code=report.code)
    after = after._replace(renewals=report.renewals + 1, faults=report.faults + how.is_ours)
    return with_clock(after, max(now, how.at), policy)


def unhushed(report: Report) -> Report:
    """The report as one that GİB does not have any more: what was not said of it while it did is said now."""
    return report._replace(hushed=False, warned=len(_BEFORE)) if report.hushed else report


def was_in_time(report: Report) -> bool:
    """Whether it was sent before it was late."""
    return report.sent_at is not None and report.sent_at < report.due_at


def _moment(due_at: datetime, warned: int, policy: Policy) -> datetime:
    before = (policy.report_soon, policy.report_last)
    if warned < len(before):
        return due_at - before[warned]
    return due_at + policy.remind * (warned - len(before))
