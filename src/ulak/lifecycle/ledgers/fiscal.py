"""Fiscal years (hesap dönemi) that are shorter than twelve months, and months in which one ends and another begins.

Sources: Uyumluluk Onay Kılavuzu V1.7, 7: a liquidation period (tasfiye dönemi) stands for the fiscal year, from the day
of its registration to the end of that year, then year by year until the liquidation ends; Tebliğ 4.3.4: a business
begins within a year; Uygulama Kılavuzu V1.12, B 3–4: a year's days are the same in all of its parts. Teknik Kılavuz
V1.7, 2.2: the parts of a month leave no day out, so that only another fiscal year cuts a month, and neither the first
day of a business nor its last.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from ulak.lifecycle.ledgers.calendar import Fiscal

__all__ = ["Years", "cut_of", "period_of", "periods_in"]

_DAY: Final = timedelta(days=1)


class Years(NamedTuple):
    """The fiscal years of a taxpayer.

    Attributes:
        month: the month whose first day begins a year of twelve months.
        turns: days on which a year begins out of its turn, and the one before ends: liquidation, another fiscal year.
        founded, closed: the first and the last day of the business; None: before and after everything here.
    """

    month: int = 1
    turns: tuple[date, ...] = ()
    founded: date | None = None
    closed: date | None = None


def period_of(years: Years, day: date) -> Fiscal:
    """The fiscal year that a day lies in; the first or the last one of a day outside of the business.

    >>> liquidation = Years(turns=(date(2026, 5, 21),))
    >>> [str(each) for each in period_of(liquidation, date(2026, 5, 20))[:2]]
    ['2026-01-01', '2026-05-20']
    >>> [str(each) for each in period_of(liquidation, date(2026, 6, 1))[:2]]
    ['2026-05-21', '2026-12-31']
    """
    day = min(day, years.closed or day)
    day = max(day, years.founded or day)
    year = day.year if day.month >= years.month else day.year - 1
    first, after = date(year, years.month, 1), date(year + 1, years.month, 1)
    begins = [one for one in (*years.turns, years.founded) if one is not None and first <= one <= day]
    ends = [one - _DAY for one in years.turns if day < one < after]
    if years.closed is not None and day <= years.closed < after:
        ends.append(years.closed)
    return Fiscal(max([first, *begins]), min([after - _DAY, *ends]), first)


def periods_in(years: Years, month: date) -> tuple[Fiscal, ...]:
    """The fiscal years that have days in a month, in order: one, unless another begins within it.

    Args:
        month: any day of it.
    """
    first, last = month.replace(day=1), _last(month)
    days = [first, *sorted(turn for turn in years.turns if first < turn <= last)]
    return tuple(dict.fromkeys(period_of(years, day) for day in days))


def cut_of(years: Years, day: date) -> date:
    """The last day that books which begin on a day may cover: of the month, or before another fiscal year begins."""
    last = _last(day)
    return min([last, *(turn - _DAY for turn in years.turns if day < turn <= last)])


def _last(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
