"""Months: as people write them, and as spans of days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from ulak_server import clock
from ulak_server.overview.problems import problem

__all__ = ["after", "before", "current", "last_day", "month_of", "written"]

_WRITTEN: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


def current() -> date:
    """The first day of the running month, in Istanbul."""
    return clock.today().replace(day=1)


def month_of(given: str) -> date:
    """The first day of a month that somebody wrote.

    Raises:
        OverviewError: ``overview.month``.

    >>> month_of("2026-11")
    datetime.date(2026, 11, 1)
    """
    found = _WRITTEN.fullmatch(given)
    if found is None:
        raise problem("overview.month", where="/month", given=given[:20])
    return date(int(found[1]), int(found[2]), 1)


def written(month: date) -> str:
    """As `month_of` reads it.

    >>> written(date(2026, 11, 1))
    '2026-11'
    """
    return f"{month:%Y-%m}"


def before(month: date, count: int = 1) -> date:
    """The month so many before.

    >>> before(date(2026, 2, 1), 3)
    datetime.date(2025, 11, 1)
    """
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def after(month: date) -> date:
    """The month after.

    >>> after(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return before(month, -1)


def last_day(month: date) -> date:
    """The last day of a month.

    >>> last_day(date(2026, 2, 1))
    datetime.date(2026, 2, 28)
    """
    return after(month) - timedelta(days=1)
