"""When people are called because a package runs out of time: days before, on the last day, when late, and daily."""

from __future__ import annotations

from datetime import datetime

from ulak.lifecycle.ledgers.record import Package
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.policy import Policy

__all__ = ["alarm_code", "behind", "next_warning", "unhushed", "warned_by", "was_in_time", "with_clock"]

_BEFORE = ("lifecycle.ledger-due-soon", "lifecycle.ledger-last-day")


def next_warning(package: Package, policy: Policy) -> datetime:
    """When it is to be warned of `due_at` next."""
    return _moment(package.due_at, package.warned, policy)


def warned_by(package: Package, now: datetime, policy: Policy) -> int:
    """How many warnings are behind it then; of several that come together only the last one is said."""
    warned = package.warned
    while _moment(package.due_at, warned, policy) <= now:
        warned += 1
    return warned


def behind(due_at: datetime, now: datetime, policy: Policy) -> int:
    """How many of the warnings before `due_at` had their moment by then already: a new package need not say these."""
    return sum(_moment(due_at, warned, policy) <= now for warned in range(len(_BEFORE)))


def alarm_code(warned: int) -> str:
    """The alarm of the so-manieth warning, counted from 1."""
    return _BEFORE[warned - 1] if warned <= len(_BEFORE) else "lifecycle.ledger-late"


def with_clock(package: Package, work_at: datetime | None, policy: Policy) -> Package:
    """The package with its alarm clock set for its work or the next warning, whichever comes first.

    Args:
        work_at: None while it waits for other packages.
    """
    if package.stage is Stage.DELETING:
        return package._replace(work_at=work_at, wake_at=work_at)
    warning = next_warning(package, policy)
    return package._replace(work_at=work_at, wake_at=warning if work_at is None else min(work_at, warning))


def postponed(package: Package, due_at: datetime, now: datetime, policy: Policy) -> Package:
    """The package with another deadline: its warnings begin anew, and none is made up for (Tebliğ 4.3.6)."""
    later = package._replace(due_at=due_at, warned=behind(due_at, now, policy), hushed=False)
    return later if package.wake_at is None else with_clock(later, package.work_at, policy)


def unhushed(package: Package) -> Package:
    """The package as one that GİB does not have any more: what was not said of it while it did is said now."""
    return package._replace(hushed=False, warned=len(_BEFORE)) if package.hushed else package


def was_in_time(package: Package) -> bool:
    """Whether it was sent before it was late: the moment of sending counts (Uygulama Kılavuzu V1.12, steps 9–10)."""
    return package.sent_at is not None and package.sent_at < package.due_at


def _moment(due_at: datetime, warned: int, policy: Policy) -> datetime:
    before = (policy.ledger_soon, policy.ledger_last)
    if warned < len(before):
        return due_at - before[warned]
    return due_at + policy.remind * (warned - len(before))
