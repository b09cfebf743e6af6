"""Rhythms of recurring documents: every so many days, weeks, months or years, on which day.

>>> list(islice(days(Rhythm("month", 1, 31), date(2026, 1, 31)), 4))  # doctest: +NORMALIZE_WHITESPACE
[datetime.date(2026, 1, 31), datetime.date(2026, 2, 28), datetime.date(2026, 3, 31), datetime.date(2026, 4, 30)]
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak_server.books.problems import problem

__all__ = ["LAST_DAY", "UNITS", "Rhythm", "days", "first_day", "following", "islice", "rhythm_of", "said"]

LAST_DAY: Final = 31
"""The day of a month that stands for its last one, however long it is."""
UNITS: Final[Mapping[str, Text]] = {
    "day": Text("gün", "days"),
    "week": Text("hafta", "weeks"),
    "month": Text("ay", "months"),
    "year": Text("yıl", "years"),
}
_MOST: Final = {"day": 366, "week": 104, "month": 60, "year": 10}
_WEEKDAYS: Final = (
    Text("pazartesi", "Monday"),
    Text("salı", "Tuesday"),
    Text("çarşamba", "Wednesday"),
    Text("perşembe", "Thursday"),
    Text("cuma", "Friday"),
    Text("cumartesi", "Saturday"),
    Text("pazar", "Sunday"),
)
_YEAR: Final = 12
_END: Final = date(2100, 1, 1)


class Rhythm(NamedTuple):
    """How often.

    Attributes:
        unit: ``day``, ``week``, ``month`` or ``year``.
        every: how many of them lie between two days.
        day: of the week (1 Monday … 7), or of the month (1 … 31; a shorter month has it on its last day); 0 for days.
        month: of the year; 0 for others.
    """

    unit: str
    every: int = 1
    day: int = 0
    month: int = 0

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


def rhythm_of(values: Mapping[str, Any], begins_on: date) -> Rhythm:
    """A rhythm as people or the database give it; a day that is not said is that of the first one.

    Raises:
        BooksError: ``books.rhythm``.
    """
    unit = str(values.get("unit", ""))
    try:
        every = int(values.get("every") or 1)
        day, month = (int(values.get(name) or 0) for name in ("day", "month"))
    except (TypeError, ValueError):
        raise problem("books.rhythm", where="/every") from None
    if unit not in UNITS or not 1 <= every <= _MOST[unit]:
        raise problem("books.rhythm", where="/every")
    if unit == "day":
        return Rhythm("day", every)
    if unit == "week":
        day, month = day or begins_on.isoweekday(), 0
    else:
        day = day or begins_on.day
        month = (month or begins_on.month) if unit == "year" else 0
    if not 1 <= day <= (7 if unit == "week" else LAST_DAY) or not 0 <= month <= _YEAR:
        raise problem("books.rhythm", where="/day")
    return Rhythm(unit, every, day, month)


def first_day(rhythm: Rhythm, begins_on: date) -> date:
    """The first day of a rhythm that is not before its beginning."""
    return next(days(rhythm, begins_on))


def following(rhythm: Rhythm, begins_on: date, after: date) -> date:
    """The first day of a rhythm behind a day; its steps are counted from its beginning."""
    return next(day for day in days(rhythm, begins_on) if day > after)


def days(rhythm: Rhythm, begins_on: date) -> Iterator[date]:
    """The days of a rhythm, from its beginning on."""
    made = {"day": _by_days, "week": _by_weeks}.get(rhythm.unit, _by_months)(rhythm, begins_on)
    for day in made:
        if day >= _END:
            return
        if day >= begins_on:
            yield day


def said(rhythm: Rhythm) -> Text:
    """A rhythm in words.

    >>> said(Rhythm("month", 1, 15)).tr, said(Rhythm("week", 2, 5)).en
    ("Her ayın 15'i", 'Every 2 weeks, on Friday')
    """
    return {"day": _said_of_days, "week": _said_of_weeks, "month": _said_of_months}.get(rhythm.unit, _said_of_years)(
        rhythm
    )


def _said_of_days(rhythm: Rhythm) -> Text:
    n = rhythm.every
    return Text("Her gün" if n == 1 else f"{n} günde bir", "Every day" if n == 1 else f"Every {n} days")


def _said_of_weeks(rhythm: Rhythm) -> Text:
    n, weekday = rhythm.every, _WEEKDAYS[rhythm.day - 1]
    if n == 1:
        return Text(f"Her {weekday.tr}", f"Every {weekday.en}")
    return Text(f"{n} haftada bir, {weekday.tr}", f"Every {n} weeks, on {weekday.en}")


def _said_of_months(rhythm: Rhythm) -> Text:
    n, day = rhythm.every, _day(rhythm.day)
    if n == 1:
        return Text(f"Her ayın {day.tr}", f"Every month, on the {day.en}")
    return Text(f"{n} ayda bir, ayın {day.tr}", f"Every {n} months, on the {day.en}")


def _said_of_years(rhythm: Rhythm) -> Text:
    n, day, month = rhythm.every, _day(rhythm.day), _month(rhythm.month)
    tr, en = ("Her yıl", "Every year") if n == 1 else (f"{n} yılda bir", f"Every {n} years")
    return Text(f"{tr} {month.tr} ayının {day.tr}", f"{en}, on the {day.en} of {month.en}")


def _day(day: int) -> Text:
    if day == LAST_DAY:
        return Text("son günü", "last day")
    ending = "th" if 10 <= day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return Text(_the(day), f"{day}{ending}")


def _the(day: int) -> str:
    """A number with its Turkish ending: 15'i, 3'ü, 6'sı."""
    endings = ("", "i", "si", "ü", "ü", "i", "sı", "si", "i", "u")
    return f"{day}'{'u' if day in (10, 30) else 'si' if day == 20 else endings[day % 10]}"


def _month(month: int) -> Text:
    from babel.dates import get_month_names

    return Text(get_month_names("wide", locale="tr")[month], get_month_names("wide", locale="en")[month])


def _by_days(rhythm: Rhythm, begins_on: date) -> Iterator[date]:
    day = begins_on
    while day < _END:
        yield day
        day += timedelta(days=rhythm.every)


def _by_weeks(rhythm: Rhythm, begins_on: date) -> Iterator[date]:
    day = begins_on + timedelta(days=(rhythm.day - begins_on.isoweekday()) % 7)
    while day < _END:
        yield day
        day += timedelta(weeks=rhythm.every)


def _by_months(rhythm: Rhythm, begins_on: date) -> Iterator[date]:
    every = rhythm.every * (_YEAR if rhythm.unit == "year" else 1)
    place = begins_on.year * _YEAR + (rhythm.month or begins_on.month) - 1
    if _in_month(place, rhythm.day) < begins_on:
        place += _YEAR if rhythm.unit == "year" else 1
    while place < _END.year * _YEAR:
        yield _in_month(place, rhythm.day)
        place += every


def _in_month(place: int, day: int) -> date:
    year, month = divmod(place, _YEAR)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))
