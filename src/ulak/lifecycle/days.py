"""Days as the law counts them: in Istanbul, the day on which something arrives not counted, the last one whole."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from ulak.errors import Text

__all__ = ["ISTANBUL", "day_text", "days_left", "end_of", "month_text"]

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


def day_text(day: date) -> Text:
    """A day as each language writes it; of a moment, its day where it is.

    >>> day_text(date(2026, 11, 4))
    Text(tr='04.11.2026', en='4 Nov 2026')
    """
    return Text(f"{day:%d.%m.%Y}", f"{day.day} {_SHORT[day.month - 1]} {day.year}")


def month_text(day: date) -> Text:
    """The month of a day as each language writes it.

    >>> month_text(date(2026, 11, 4))
    Text(tr='11.2026', en='Nov 2026')
    """
    return Text(f"{day:%m.%Y}", f"{_SHORT[day.month - 1]} {day.year}")


def end_of(start: datetime, days: int) -> datetime:
    """The moment after the last of so many days from `start` on: that day counts until 23:59 (DK J26, L23).

    >>> from datetime import UTC
    >>> end_of(datetime(2026, 11, 22, 20, 59, tzinfo=UTC), 8).isoformat()
    '2026-12-01T00:00:00+03:00'
    >>> end_of(datetime(2026, 11, 22, 21, 0, tzinfo=UTC), 8).isoformat()
    '2026-12-02T00:00:00+03:00'
    """
    return _midnight(start.astimezone(ISTANBUL).date() + timedelta(days=days + 1))


def days_left(until: datetime, now: datetime) -> int:
    """Whole days after today until `until`; 0 on the last day, negative afterwards.

    >>> until = datetime(2026, 12, 1, tzinfo=ISTANBUL)
    >>> days_left(until, datetime(2026, 11, 30, 23, 59, tzinfo=ISTANBUL))
    0
    """
    last = until.astimezone(ISTANBUL).date() - timedelta(days=1)
    return (last - now.astimezone(ISTANBUL).date()).days


@lru_cache(maxsize=4096)
def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ISTANBUL)
