"""The month of reports as a page draws it: a calendar of days, and the one sentence above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from babel.dates import format_date, get_day_names

from ulak.errors import Language, Text
from ulak_server import clock, formats
from ulak_server.exchange.reports.services import Day
from ulak_server.overview import months
from ulak_server.portal.rooms.reports_words import MARKS, Word

__all__ = ["Cell", "Head", "cells_of", "head_of", "last_day_of", "month_name", "neighbours", "size_of", "weekdays"]


class Cell(NamedTuple):
    """A day of the calendar.

    Attributes:
        column: 1 for a Monday.
        word: how its reports stand; None if nothing has to be reported.
        last: the last day on which it may be reported, as long as it is not.
    """

    day: Day
    column: int
    is_today: bool
    is_ahead: bool
    word: Word | None
    last: date | None
    address: str


class Head(NamedTuple):
    """The one sentence above the month.

    Attributes:
        waiting: whether something could be sent now.
    """

    text: Text
    next: Text
    tone: str
    icon: str
    waiting: bool


def last_day_of(due: datetime | None) -> date | None:
    """The last whole day before a deadline, which ends with its midnight."""
    return None if due is None else (due - timedelta(seconds=1)).astimezone(clock.ISTANBUL).date()


def cells_of(days: Sequence[Day], address: str) -> list[Cell]:
    """The days of a month for its calendar.

    Args:
        address: of the month's page.
    """
    today = clock.today()
    return [
        Cell(
            one,
            one.day.isoweekday(),
            one.day == today,
            one.day > today,
            MARKS.get(one.mark) if one.mark else None,
            last_day_of(one.due_at) if one.mark and one.mark != "accepted" else None,
            f"{address}?day={one.day.day}",
        )
        for one in days
    ]


_NOTHING: Final = Text("", "")
_NIGHT: Final = Text(
    "Gece yarısından sonra kendiliğinden gider; beklemek istemezseniz şimdi gönderin.",
    "It goes by itself after midnight; send it now if you do not want to wait.",
)


def head_of(days: Sequence[Day]) -> Head:
    """The sentence of some days: the worst that is true of them."""
    by_mark = {mark: [one for one in days if one.mark == mark] for mark in MARKS}
    waiting = bool(by_mark["due"])
    if late := [one for one in days if one.is_late]:
        text = Text(f"{_days(late, 'tr')} süresinde raporlanmadı.", f"{_days(late, 'en')} was not reported in time.")
        then = Text("Nedenine bakın ve bugün gönderin.", "See why, and send it today.")
        return Head(text, then, "bad", "alert", waiting)
    if troubled := by_mark["trouble"]:
        text = Text(
            f"GİB'in yanıtı olumsuz ya da belirsiz: {_days(troubled, 'tr')}.",
            f"GİB's answer is no, or not clear: {_days(troubled, 'en')}.",
        )
        return Head(text, _until(troubled), "bad", "alert", waiting)
    if by_mark["due"]:
        count = sum(map(_count, by_mark["due"]))
        text = Text(
            f"{formats.number(count)} kayıt raporlanmayı bekliyor.",
            f"{formats.number(count, None, 'en')} {'entry waits' if count == 1 else 'entries wait'} to be reported.",
        )
        return Head(text, _NIGHT, "info", "clock", True)
    if by_mark["reporting"]:
        text = Text("Raporlar gönderildi; GİB'in yanıtı bekleniyor.", "Sent; GİB's answer is awaited.")
        return Head(text, Text("Bir şey yapmanız gerekmez.", "There is nothing to do."), "wait", "send", False)
    return _calm(by_mark["accepted"])


def _calm(accepted: Sequence[Day]) -> Head:
    count = sum(map(_count, accepted))
    if not count:
        text = Text("Raporlanacak belge yok.", "There is nothing to report.")
        return Head(text, _NOTHING, "quiet", "info", False)
    text = Text(
        f"{formats.number(count)} kaydın tümü raporlandı; GİB kabul etti.",
        f"Everything was reported ({formats.number(count, None, 'en')}); GİB accepted it.",
    )
    return Head(text, _NOTHING, "ok", "check", False)


def _count(one: Day) -> int:
    return one.issued + one.cancelled + one.objected


def _until(days: Sequence[Day]) -> Text:
    last = min((day for one in days if (day := last_day_of(one.due_at))), default=None)
    if last is None:
        return Text("Güne girip nedenine bakın.", "Open the day and see why.")
    return Text(
        f"Güne girip nedenine bakın; son gün {formats.day(last)}.",
        f"Open the day and see why; the last day is {formats.day(last, 'en')}.",
    )


def _days(days: Sequence[Day], language: Language) -> str:
    """The first three days by name."""
    named = ", ".join(formats.day(one.day, language) for one in days[:3])
    more = len(days) - 3
    rest = {"tr": f" ve {more} gün daha", "en": f" and {more} more days"}[language]
    return named + (rest if more > 0 else "")


def month_name(month: date) -> Text:
    """Kasım 2026."""
    said = {one: format_date(month, "LLLL y", locale=formats.LOCALES[one]) for one in ("tr", "en")}
    return Text(said["tr"], said["en"])


def weekdays() -> list[Text]:
    """The days of the week, Monday first, shortened."""
    turkish, english = (get_day_names("abbreviated", locale=formats.LOCALES[one]) for one in ("tr", "en"))
    return [Text(turkish[place], english[place]) for place in range(7)]


def neighbours(month: date) -> tuple[str, str]:
    """The month before and the one after, as addresses have them; empty where that lies ahead."""
    after = months.after(month)
    return months.written(months.before(month)), months.written(after) if after <= months.current() else ""


def size_of(size: int) -> Text:
    """How long a file is: 1,2 MB; nothing for one that is not there."""
    if not size:
        return _NOTHING
    value, unit = (Decimal(size) / 1_000_000, "MB") if size >= 100_000 else (Decimal(size) / 1000, "KB")
    return Text(f"{formats.number(value, 1)} {unit}", f"{formats.number(value, 1, 'en')} {unit}")
