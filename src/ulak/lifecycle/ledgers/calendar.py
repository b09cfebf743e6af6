"""Until when a month's books are to be at GİB.

Source: Tebliğ (1 Sıra No.lu Elektronik Defter Genel Tebliği, as of 31/12/2024) 4.3.4 with its table, 4.3.6. The months
of the tax returns that it refers to: Gelir Vergisi Kanunu 92 (March of the next year) and Kurumlar Vergisi Kanunu 14
(the fourth month after the fiscal year). The last day counts whole; no source of the e-Defter moves it for holidays.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.lifecycle.days import ISTANBUL, day_text, end_of
from ulak.lifecycle.policy import Policy
from ulak.lifecycle.problems import lifecycle_error

__all__ = [
    "Fiscal",
    "Payer",
    "Rhythm",
    "due_at",
    "extended",
    "inventory_days",
    "last_day",
    "months_of",
    "preference_until",
    "reminder",
]


class Payer(StrEnum):
    """Which tax the taxpayer pays on its income."""

    INCOME = "income"
    """Gelir vergisi mükellefi: natural persons."""
    OTHER = "other"
    """Everybody else: companies (kurumlar vergisi) and the like."""


class Rhythm(StrEnum):
    """What the taxpayer told GİB to prefer."""

    MONTHLY = "monthly"
    """Each month by itself; holds for who told nothing."""
    QUARTERLY = "quarterly"
    """By periods of the provisional tax (geçici vergi)."""


class Fiscal(NamedTuple):
    """A fiscal year (hesap dönemi), by its first and last day; shorter than twelve months at a beginning or an end.

    Attributes:
        whole: the first day of the twelve months that it is cut from; None: it is they, or begins with them.
    """

    start: date
    end: date
    whole: date | None = None


_DAY: Final = {Payer.INCOME: 10, Payer.OTHER: 14}
_DAY_OF_ALL: Final = 10
_TOLD_APART: Final = date(2024, 11, 8)
"""From when on the two kinds of taxpayers have days of their own (5 Sıra No.lu Tebliğ, RG 08/11/2024, 4 and 7)."""
_AFTER_MONTH: Final = 4
_AFTER_QUARTER: Final = 3
_AFTER_CORPORATE_YEAR: Final = 5
_APRIL: Final = 4
_MOST_EXTENDED: Final = 1


def last_day(month: date, payer: Payer, rhythm: Rhythm, fiscal: Fiscal) -> date:
    """The last day on which a month's books are in time.

    Args:
        month: any day of it, in the fiscal year.

    >>> year = Fiscal(date(2026, 1, 1), date(2026, 12, 31))
    >>> last_day(date(2026, 1, 1), Payer.OTHER, Rhythm.MONTHLY, year).isoformat()
    '2026-05-14'
    >>> last_day(date(2026, 12, 1), Payer.INCOME, Rhythm.QUARTERLY, year).isoformat()
    '2027-04-10'
    """
    quarter = _quarter_end(month, fiscal) if rhythm is Rhythm.QUARTERLY else _index(month)
    if quarter >= _index(fiscal.end):
        return _closing_day(payer, fiscal)
    ahead = _AFTER_QUARTER if rhythm is Rhythm.QUARTERLY else _AFTER_MONTH
    return _on(quarter + ahead, payer)


def due_at(last: date) -> datetime:
    """The first moment at which what was due on that day is late.

    >>> due_at(date(2026, 5, 14)).isoformat()
    '2026-05-15T00:00:00+03:00'
    """
    return end_of(datetime.combine(last, time(), ISTANBUL), 0)


def extended(last: date, to: date) -> date:
    """The last day after GİB's announcement that gives more time, by a month at most (Tebliğ 4.3.6).

    Raises:
        LifecycleError: ``lifecycle.ledger-extension``.
    """
    if not last <= to <= _same_day(_index(last) + _MOST_EXTENDED, last.day):
        raise lifecycle_error("lifecycle.ledger-extension", day=day_text(last))
    return to


def inventory_days(payer: Payer, fiscal: Fiscal) -> tuple[date, date]:
    """The last days for the inventory's opening and closing (Tebliğ 4.3.4 a and b), whatever the rhythm."""
    return _on(_index(fiscal.start) + _AFTER_MONTH, payer), _closing_day(payer, fiscal)


def preference_until(fiscal: Fiscal) -> date:
    """The last day on which a rhythm may be chosen on GİB's portal: in the first month of the fiscal year."""
    return _same_day(_index(fiscal.start), 31)


def months_of(fiscal: Fiscal) -> tuple[date, ...]:
    """The first days of its months, in order."""
    return tuple(_same_day(index, 1) for index in range(_index(fiscal.start), _index(fiscal.end) + 1))


def reminder(due: datetime, now: datetime, said: int, policy: Policy) -> tuple[int, str]:
    """Which reminder of an open month is to be said now.

    Args:
        said: how many are behind it.

    Returns:
        how many are behind it then, and the code of `ulak.lifecycle.problems`; "" if nothing is to be said. Of several
        that come together only the last one is said. After the last day it is said daily.
    """
    early = (policy.ledger_early, policy.ledger_soon, policy.ledger_last)
    reached = sum(due - before <= now for before in early)
    if now >= due:
        reached += (now - due) // policy.remind + 1
    return (reached, _REMINDERS[min(reached, len(_REMINDERS)) - 1]) if reached > said else (said, "")


_REMINDERS: Final = (
    "lifecycle.ledger-month-open",
    "lifecycle.ledger-month-soon",
    "lifecycle.ledger-month-last-day",
    "lifecycle.ledger-month-late",
)


def _closing_day(payer: Payer, fiscal: Fiscal) -> date:
    """For the last month, or quarter: the month after the one in which the year's tax return is given."""
    if payer is Payer.INCOME:
        return _on(_index(date(fiscal.end.year + 1, _APRIL, 1)), payer)
    return _on(_index(fiscal.end) + _AFTER_CORPORATE_YEAR, payer)


def _quarter_end(month: date, fiscal: Fiscal) -> int:
    """The last month of the month's provisional tax period. Periods are counted as in a year of twelve months."""
    first = _index(fiscal.whole or fiscal.start)
    return first + (_index(month) - first) // 3 * 3 + 2


def _on(index: int, payer: Payer) -> date:
    first = _same_day(index, 1)
    told_apart = first.replace(day=_DAY[payer]) >= _TOLD_APART
    return first.replace(day=_DAY[payer] if told_apart else _DAY_OF_ALL)


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _same_day(index: int, day: int) -> date:
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
