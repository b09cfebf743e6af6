"""Times as the lists write them: local time of Turkey without a zone, ``2021-03-09T15:36:56``."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

__all__ = ["DAY_FORM", "ISTANBUL", "TIME_FORM", "day_of", "day_text", "time_of", "time_text"]

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
TIME_FORM: Final = "2021-03-09T15:36:56"
DAY_FORM: Final = "20260326"
_PLAIN: Final = 19
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DAY: Final = re.compile(r"\d{8}", re.ASCII)


def time_of(text: str) -> datetime | None:
    """The moment, in Turkey's time; None if it is no time. Parts of a second and a zone are understood, though no list
    that is known states them.

    >>> time_of("2021-03-09T15:36:56").isoformat()
    '2021-03-09T15:36:56+03:00'
    >>> time_of("2021-03-09T12:36:56Z") == time_of("2021-03-09T15:36:56.000")
    True
    >>> time_of("2021-02-30T00:00:00"), time_of("09.03.2021")
    (None, None)
    """
    if not _TIME.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=ISTANBUL) if moment.tzinfo is None else moment.astimezone(ISTANBUL)
    except (ValueError, OverflowError):
        return None


def time_text(moment: datetime) -> str:
    """An aware time as the lists write it.

    >>> from datetime import UTC
    >>> time_text(datetime(2026, 1, 31, 21, 30, tzinfo=UTC))
    '2026-02-01T00:30:00'
    """
    local = moment if moment.tzinfo is ISTANBUL else moment.astimezone(ISTANBUL)
    return local.isoformat()[:_PLAIN]


def day_of(text: str) -> date | None:
    """The day of ``yyyymmdd``; None if it is none.

    >>> day_of("20260326"), day_of("20260231")
    (datetime.date(2026, 3, 26), None)
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def day_text(day: date) -> str:
    """A day as the UserTempList writes it."""
    return day.isoformat().replace("-", "")
