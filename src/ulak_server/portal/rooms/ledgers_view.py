"""Months of ledgers as pages draw them: a word, a sentence, the parts, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.ledgers.record import BeratKind
from ulak_server import clock, formats
from ulak_server.ledgers.services import MonthView
from ulak_server.ledgers.values import PartView
from ulak_server.overview import months
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at
from ulak_server.portal.rooms.ledger_works_words import STAGES
from ulak_server.portal.rooms.ledgers_words import STATES
from ulak_server.portal.rooms.reports_view import Head, last_day_of, month_name
from ulak_server.portal.rooms.reports_words import Word

__all__ = ["Block", "Row", "head_of_month", "head_of_year", "row_of"]

_NOTHING: Final = Text("", "")
_MOST_WORDS: Final = 160
_HANDED: Final = frozenset({"sent", "done"})
_GOOD: Final = frozenset({"fetched", "filed"})


class Block(NamedTuple):
    """A part in the overview: its number as a small square.

    Attributes:
        label: what is read out and shown on hovering.
    """

    text: str
    tone: str
    label: Text


class Row(NamedTuple):
    """A month as a line of the overview.

    Attributes:
        last: the last day on which it is in time; None where nothing is due.
        left: whole days until then; negative if it is over.
        act: the one thing to do about it: label, address; None if nothing is.
        is_pale: whether it lies ahead, or before the beginning.
    """

    month: date
    name: Text
    branch: str
    address: str
    word: Word
    sentence: Text
    blocks: Sequence[Block]
    entries: int
    last: date | None
    left: int | None
    act: tuple[Text, str] | None
    is_pale: bool

    @property
    def is_urgent(self) -> bool:
        return self.word.tone == "bad" or (self.left is not None and self.left <= 7)


_SETTLED: Final = ("closed", "elsewhere", "before", "after")


def row_of(visit: Visit, view: MonthView, *, is_inside: bool = False) -> Row:
    """A month of the overview.

    Args:
        is_inside: whether the page of the month itself shows it.
    """
    month = view.month.first
    state = _state(view)
    last = None if view.due is None or state in _SETTLED else last_day_of(view.due)
    left = None if last is None else (last - clock.today()).days
    where = at(visit, "ledgers.month", month=months.written(month)) + (f"?branch={view.branch}" if view.branch else "")
    word = STAGES[view.work[1]] if _is_made(view, state) and view.work is not None else STATES[state]
    return Row(
        month,
        month_name(month),
        view.branch,
        where,
        word,
        _sentence(view, state, last),
        _blocks(view),
        sum(one.entries for one in view.parts),
        last,
        left,
        _act(visit, view, state, where, is_inside=is_inside),
        state in ("ahead", "before", "after"),
    )


def head_of_year(rows: Sequence[Row], *, is_ready: bool) -> Head:
    """The one sentence above a year: the most urgent that is true of it."""
    if not is_ready:
        text = Text("Önce defter bilgilerini girin.", "Enter the facts of the ledgers first.")
        then = Text(
            "Unvan, adres, faaliyet kodu ve muhasebeci her defterin başında yazar; bir kez girilir.",
            "Title, address, activity code and accountant stand at the head of every book; they are entered once.",
        )
        return Head(text, then, "info", "edit", False)
    if refused := [one for one in rows if one.word == STATES["refused"]]:
        text = Text(f"GİB kabul etmedi: {_names(refused, 'tr')}.", f"GİB did not accept {_names(refused, 'en')}.")
        return Head(text, Text("Aya girip nedenine bakın.", "Open the month and see why."), "bad", "alert", False)
    if late := [one for one in rows if one.left is not None and one.left < 0]:
        text = Text(f"Süresi doldu: {_names(late, 'tr')}.", f"The time is over: {_names(late, 'en')}.")
        then = Text("Yine de hemen gönderin, mali müşavirinize haber verin.", "Send them at once, tell the accountant.")
        return Head(text, then, "bad", "alert", False)
    if due := [one for one in rows if one.act is not None and one.last is not None]:
        return _next(due[0])
    text = Text("Sırada bekleyen ay yok.", "No month waits for you.")
    return Head(text, _NOTHING, "ok", "check", False)


def head_of_month(row: Row) -> Head:
    """The sentence above a month's page."""
    return Head(row.sentence, _until(row), row.word.tone, row.word.icon, False)


def _next(row: Row) -> Head:
    assert row.last is not None
    text = Text(
        f"Sıradaki ay {row.name.tr}; son gün {formats.day(row.last)}.",
        f"{row.name.en} is next; the last day is {formats.day(row.last, 'en')}.",
    )
    tone = "wait" if row.is_urgent else "info"
    return Head(text, _left(row.left or 0), tone, "clock" if row.is_urgent else "book", False)


def _until(row: Row) -> Text:
    if row.last is None or row.left is None:
        return _NOTHING
    if row.left < 0:
        return Text(
            f"Son gün {formats.day(row.last)} idi; yine de gönderin.",
            f"The last day was {formats.day(row.last, 'en')}; send it all the same.",
        )
    left = _left(row.left)
    return Text(f"Son gün {formats.day(row.last)}. {left.tr}", f"Due {formats.day(row.last, 'en')}. {left.en}")


def _left(days: int) -> Text:
    if days == 0:
        return Text("Bugün son gün.", "Today is the last day.")
    return Text(f"{days} gün var.", f"{days} {'day is' if days == 1 else 'days are'} left.")


def _names(rows: Sequence[Row], language: str) -> str:
    named = [one.name.tr if language == "tr" else one.name.en for one in rows[:3]]
    more = len(rows) - 3
    rest = {"tr": f" ve {more} ay daha", "en": f" and {more} more"}[language]
    return ", ".join(named) + (rest if more > 0 else "")


def _state(view: MonthView) -> str:
    """The word of what GİB has; of what it has nothing, whether it is to be made."""
    if view.state != "empty":
        return view.state
    if view.is_late:
        return "late"
    return "open" if view.may_begin or view.work is not None else "empty"


def _sentence(view: MonthView, state: str, last: date | None) -> Text:
    if _is_made(view, state):
        return _SENTENCES["made"]
    if state == "closed":
        count = formats.number(sum(one.entries for one in view.parts))
        english = formats.number(sum(one.entries for one in view.parts), None, "en")
        return Text(f"GİB onayladı; {count} madde.", f"GİB has approved it; {english} entries.")
    if state == "empty" and view.why_not is not None:
        return view.why_not
    if state == "refused":
        return _refusal(view)
    if view.cut is not None and state in ("open", "late", "partly"):
        day, next_day = formats.day_text(view.cut), formats.day_text(view.cut + timedelta(days=1))
        return Text(
            f"{next_day.tr} günü yeni hesap dönemi başlıyor: {day.tr} gününe kadarki kayıtlarla sonrası ayrı yüklenir.",
            f"Another fiscal year begins on {next_day.en}: entries up to {day.en} and those after are uploaded apart.",
        )
    return _SENTENCES[state]


def _refusal(view: MonthView) -> Text:
    """What GİB said of the first package that it refused, in its own words."""
    said = next((one.words for one in view.packages if one.stage == "refused" and one.words), "")
    said = said if len(said) < _MOST_WORDS else f"{said[:_MOST_WORDS]}…"
    return Text(f"GİB kabul etmedi: “{said}”", f"GİB did not accept it: “{said}”") if said else _SENTENCES["refused"]


_SENTENCES: Final[Mapping[str, Text]] = {
    "ahead": _NOTHING,
    "before": _NOTHING,
    "after": _NOTHING,
    "made": Text("Hazırlanıyor; kaldığı yerden sürdürebilirsiniz.", "It is being made; you can go on where it was."),
    "elsewhere": Text("Başka yazılımla kapatıldığı bildirildi.", "It was said to be closed with other software."),
    "empty": Text("Önceki ayın kapanmasını bekliyor.", "Waits until the month before is closed."),
    "open": Text("Muhasebe kayıtlarını yükleyin.", "Upload the accounting entries."),
    "late": Text("Süresi doldu; yine de oluşturup gönderin.", "The time is over; make and send it all the same."),
    "under-way": Text("GİB işliyor; onaylı beratlar bekleniyor.", "GİB works on it; the approved berats are awaited."),
    "refused": Text("GİB bir paketi kabul etmedi.", "GİB did not accept a package."),
    "partly": Text(
        "Ayın bir kısmı onaylandı; kalan günlerin defteri de oluşturulmalı.",
        "A part of the month is approved; the books of the other days are to be made.",
    ),
    "unreported": Text(
        "Beratlar onaylandı; ayı kapatmak için defter raporunu gönderin.",
        "The berats are approved; send the ledger report to close the month.",
    ),
    "closed": Text("GİB onayladı.", "GİB has approved it."),
}


_MAKE: Final[Mapping[str, Text]] = {
    "open": Text("Oluştur", "Make it"),
    "partly": Text("Kalanını oluştur", "Make the rest"),
    "refused": Text("Yeniden oluştur", "Make it anew"),
}


def _is_made(view: MonthView, state: str) -> bool:
    """Whether a work is at it that nothing was handed over of."""
    return view.work is not None and view.work[1] not in _HANDED and state in ("open", "late", "empty")


def _act(visit: Visit, view: MonthView, state: str, address: str, *, is_inside: bool) -> tuple[Text, str] | None:
    if view.work is not None and view.work[1] not in _HANDED:
        return Text("Sürdür", "Go on"), at(visit, "ledger_works.one", id=view.work[0])
    if state == "unreported" and not is_inside and visit.may("ledgers.send"):
        return Text("Raporu gönder", "Send the report"), address
    if state == "refused" and not is_inside:
        return Text("Nedenine bak", "See why"), address
    if view.may_begin and visit.may("ledgers.write"):
        query = f"?month={months.written(view.month.first)}" + (f"&branch={view.branch}" if view.branch else "")
        return _MAKE.get(state, _MAKE["open"]), at(visit, "ledger_works.new") + query
    return None


def _blocks(view: MonthView) -> list[Block]:
    stages: dict[str, list[str]] = {}
    for one in view.packages:
        if one.kind != BeratKind.INVENTORY:
            stages.setdefault(one.part if one.kind != BeratKind.REPORT else "DR", []).append(one.stage)
    found = [_block(part, stages.get(part.number, [])) for part in view.parts]
    if "DR" in stages:
        found.append(Block("R", _tone(stages["DR"]), Text("Defter raporu", "Ledger report")))
    return found


def _block(part: PartView, stages: Sequence[str]) -> Block:
    number = int(part.number) if part.number.isdigit() else 0
    days = Text(
        f"{formats.day(part.start)} – {formats.day(part.end)}",
        f"{formats.day(part.start, 'en')} – {formats.day(part.end, 'en')}",
    )
    name = Text(f"{number}. parça", f"Part {number}") if number else Text("Bütün ay", "The whole month")
    return Block(str(number) if number else "•", _tone(stages), Text(f"{name.tr}: {days.tr}", f"{name.en}: {days.en}"))


def _tone(stages: Sequence[str]) -> str:
    if not stages:
        return "quiet"
    if "refused" in stages:
        return "bad"
    return "ok" if all(one in _GOOD for one in stages) else "wait"
