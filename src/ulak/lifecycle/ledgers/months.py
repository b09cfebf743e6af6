"""Months and their parts: what may be made now, what is closed, and which package has to wait for which.

Sources: Teknik Kılavuz V1.7, 2.2, 2.4.2 and 2.7.2; Uygulama Kılavuzu V1.12, C and D; Tebliğ 4.3.1 and 4.3.9. A month is
named by any of its days. Everything is of one branch (or of a taxpayer without branches): each has its own chain.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ulak.lifecycle.days import day_text, month_text
from ulak.lifecycle.ledgers.calendar import Fiscal
from ulak.lifecycle.ledgers.record import BeratKind
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.problems import LifecycleError, lifecycle_error

__all__ = [
    "Facts",
    "Month",
    "NextPart",
    "Part",
    "State",
    "closed_until",
    "is_closed",
    "is_covered",
    "may_build",
    "may_delete",
    "may_report",
    "next_part",
    "state_of",
    "waits_for",
]

_DAY = timedelta(days=1)


class Part(NamedTuple):
    """One part of a month's books, handed over to be sent.

    Attributes:
        number: six digits; ``000000`` for an undivided month.
        journal, ledger: how the two packages stand.
    """

    number: str
    start: date
    end: date
    journal: Stage
    ledger: Stage

    @property
    def is_closed(self) -> bool:
        return self.journal is Stage.FETCHED and self.ledger is Stage.FETCHED

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it counts any more: withdrawn, or deleted at GİB."""
        return self.journal.is_final and self.ledger.is_final


class Month(NamedTuple):
    """What there is of a month.

    Attributes:
        parts: those that were handed over, in any order; what is gone may be among them.
        report: how the month's report stands; None if there is none.
        elsewhere: whether a person told that it was closed with other software.
        is_remade: whether books were made anew after the report was sent: it tells of what is not there any more.
    """

    first: date
    parts: tuple[Part, ...] = ()
    report: Stage | None = None
    elsewhere: bool = False
    is_remade: bool = False

    @property
    def last(self) -> date:
        return _last(self.first)


class State(StrEnum):
    """How a month stands, in the few words of an overview."""

    EMPTY = "empty"
    """Nothing was handed over."""
    UNDER_WAY = "under-way"
    """Packages are on their way, or at GİB."""
    REFUSED = "refused"
    """GİB refused one: a person is needed."""
    PARTLY = "partly"
    """What was handed over is approved, and days of the month are still open."""
    UNREPORTED = "unreported"
    """All days are approved; the month's report is still to come."""
    CLOSED = "closed"
    """All berats approved and kept, and the report filed."""


class Facts(NamedTuple):
    """What decides whether books of a month may be made.

    Attributes:
        month: which one is wanted.
        today: in Istanbul.
        started: the first month of the e-Defter here, by any of its days.
        fiscal: the fiscal year of the month.
        months: what there is, by first day.
        entries: how many vouchers the wanted days have.
        until: the last wanted day of a part in mid-month; None: to the end of the month.
    """

    month: date
    today: date
    started: date
    fiscal: Fiscal
    months: Mapping[date, Month]
    entries: int
    until: date | None = None


class NextPart(NamedTuple):
    """What comes next in a month.

    Attributes:
        number: of its first part; 0: it may be one undivided file (000000), or count from 1.
        start: its first day.
    """

    number: int
    start: date


def next_part(month: Month) -> NextPart | None:
    """The part that comes after those that are there; None if all days are taken.

    >>> next_part(Month(date(2026, 3, 1)))
    NextPart(number=0, start=datetime.date(2026, 3, 1))
    """
    parts = _counting(month)
    if not parts:
        return NextPart(0, _first(month.first))
    end = max(part.end for part in parts)
    return None if end >= month.last else NextPart(max(int(part.number) for part in parts) + 1, end + _DAY)


def closed_until(month: Month) -> date | None:
    """The last day of the month up to which both berats are approved and kept; None if there is none."""
    end = None
    for part in sorted(_counting(month), key=lambda part: (part.start, part.number)):
        if not part.is_closed:
            break
        end = part.end
    return end


def is_covered(month: Month) -> bool:
    """Whether every day of the month has its approved berats."""
    return closed_until(month) == month.last


def is_closed(month: Month) -> bool:
    """Whether the month is done: the next one may be made (Teknik Kılavuz 2.2 and 2.8)."""
    return month.elsewhere or (is_covered(month) and month.report is Stage.FILED and not month.is_remade)


def state_of(month: Month) -> State:
    """How it stands, in one word."""
    if is_closed(month):
        return State.CLOSED
    parts = _counting(month)
    stages = [stage for part in parts for stage in (part.journal, part.ledger)]
    if Stage.REFUSED in stages or month.report is Stage.REFUSED:
        return State.REFUSED
    if not parts:
        return State.EMPTY
    if not all(part.is_closed for part in parts):
        return State.UNDER_WAY
    if not is_covered(month):
        return State.PARTLY
    is_left = month.report is None or month.report.is_final or month.is_remade
    return State.UNREPORTED if is_left else State.UNDER_WAY


def may_build(facts: Facts) -> LifecycleError | None:
    """Why books of a month may not be made now; None if they may.

    Returns:
        ``lifecycle.ledger-before-start``, ``-outside-fiscal-year``, ``-day-of-month``, ``-future``,
        ``-month-not-over``, ``-month-skipped``, ``-month-closed``, ``-days-approved``, ``-part-open``, ``-empty``.
    """
    return _when(facts) or _in_order(facts) or _fits(facts) or _holds_something(facts)


def may_report(month: Month) -> LifecycleError | None:
    """Why the month's report may not be made now; None if it may: after all berats (Teknik Kılavuz 2.6 and 2.7.2).

    Returns:
        ``lifecycle.ledger-report-early``, ``lifecycle.ledger-report-remade``: GİB takes no second one of its name.
    """
    if is_covered(month):
        has_old = month.is_remade and month.report is Stage.FILED
        return lifecycle_error("lifecycle.ledger-report-remade", month=month_text(month.first)) if has_old else None
    return lifecycle_error("lifecycle.ledger-report-early", month=month_text(month.first))


def may_delete(
    month: Month, later: Iterable[Month], now: datetime, due_at: datetime, *, permitted: bool = False
) -> LifecycleError | None:
    """Why a month that GİB has may not be deleted there and made anew; None if it may.

    What GİB does not have yet may be thrown away at will (Uygulama Kılavuzu C, steps 7–8).

    Args:
        later: the months after it.
        permitted: whether GİB gave a written permission after the time was over (D).

    Returns:
        ``lifecycle.ledger-time-over``, ``lifecycle.ledger-later-first``.
    """
    if now >= due_at and not permitted:
        return lifecycle_error("lifecycle.ledger-time-over", month=month_text(month.first))
    taken = [other for other in later if _counting(other) and other.first > month.first]
    if taken:
        last = max(other.first for other in taken)
        return lifecycle_error("lifecycle.ledger-later-first", month=month_text(last))
    return None


def waits_for(
    kind: BeratKind, number: str, others: Iterable[tuple[BeratKind, str, Stage]]
) -> tuple[tuple[BeratKind, str], ...]:
    """Which packages of the month have to be there before this one goes.

    Parts go in order, a part's journal before its ledger; the month's report after all berats are approved (Teknik
    Kılavuz 2.7.2). An inventory waits for nothing.

    Args:
        others: kind, number and stage of the month's packages that were not withdrawn or deleted.
    """
    return tuple(
        (other, part)
        for other, part, stage in others
        if (other, part) != (kind, number) and _goes_before(kind, number, other, part) and not stage.is_good
    )


def _goes_before(kind: BeratKind, number: str, other: BeratKind, part: str) -> bool:
    if BeratKind.INVENTORY in (kind, other) or other is BeratKind.REPORT:
        return False
    if kind is BeratKind.REPORT:
        return True
    return part < number or (part == number and kind is BeratKind.LEDGER and other is BeratKind.JOURNAL)


def _when(facts: Facts) -> LifecycleError | None:
    month, until = _first(facts.month), facts.until
    if month < _first(facts.started):
        return lifecycle_error("lifecycle.ledger-before-start", month=month_text(facts.started))
    if not _first(facts.fiscal.start) <= month <= facts.fiscal.end:
        return lifecycle_error("lifecycle.ledger-outside-fiscal-year", month=month_text(month))
    if until is not None and not month <= until <= _last(month):
        return lifecycle_error("lifecycle.ledger-day-of-month", month=month_text(month))
    if month > facts.today or (until is not None and until > facts.today):
        return lifecycle_error("lifecycle.ledger-future", day=day_text(facts.today))
    if until is None and _last(month) > facts.today:
        return lifecycle_error("lifecycle.ledger-month-not-over", day=day_text(facts.today))
    return None


def _in_order(facts: Facts) -> LifecycleError | None:
    month = _first(facts.month)
    before = _first(month - _DAY)
    if month == _first(facts.started) or is_closed(facts.months.get(before, Month(before))):
        return None
    return lifecycle_error("lifecycle.ledger-month-skipped", month=month_text(before))


def _fits(facts: Facts) -> LifecycleError | None:
    first = _first(facts.month)
    month = facts.months.get(first, Month(first))
    after = next_part(month)
    if is_closed(month) or (after is None and is_covered(month)):
        return lifecycle_error("lifecycle.ledger-month-closed", month=month_text(first))
    if any(not part.is_closed for part in _counting(month)):
        return lifecycle_error("lifecycle.ledger-part-open", month=month_text(first))
    if after is None or (facts.until is not None and facts.until < after.start):
        return lifecycle_error("lifecycle.ledger-days-approved", day=day_text(closed_until(month) or first - _DAY))
    return None


def _holds_something(facts: Facts) -> LifecycleError | None:
    """A month may not be empty as a whole; the rest of one that has entries may be (Teknik Kılavuz 2.2; Schematron)."""
    first = _first(facts.month)
    if facts.entries or _counting(facts.months.get(first, Month(first))):
        return None
    return lifecycle_error("lifecycle.ledger-empty", month=month_text(first))


def _counting(month: Month) -> list[Part]:
    return [part for part in month.parts if not part.is_gone]


def _first(day: date) -> date:
    return day.replace(day=1)


def _last(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
