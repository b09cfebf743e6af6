"""Reports of the e-Arşiv family to GİB: the calendar of a month, one report, and documents against reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server import clock, formats
from ulak_server.documents.models import Document
from ulak_server.exchange.reports import services as reporting
from ulak_server.exchange.reports.services import Difference, Line, Report
from ulak_server.overview import months
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.reports_view import (
    cells_of,
    head_of,
    last_day_of,
    month_name,
    neighbours,
    size_of,
    weekdays,
)
from ulak_server.portal.rooms.reports_words import PRODUCTS, REPAIRS, STAGES, WHATS, Word

__all__ = ["ROOM"]

ROOM = Pages("reports")
_ENTRIES: Final = 100
_NAMED: Final = 5
_OVER: Final = ("accepted", "replaced", "withdrawn")
_NOT_READY: Final = Text("Rapor daha oluşturulmadı.", "The report has not been built yet.")


class Row(NamedTuple):
    """A report as pages draw it.

    Attributes:
        last: the last day on which it may be sent; None of those that GİB has, or does not need.
        left: whole days until then; negative if it is over.
    """

    report: Report
    product: Text
    word: Word
    last: date | None
    left: int | None
    size: Text


class Gap(NamedTuple):
    """A difference of the balance as the page draws it.

    Attributes:
        report: the one that it is about; None: all that waits.
        documents: the first of them, by their numbers.
    """

    difference: Difference
    product: Text
    button: Text | None
    report: UUID | None
    documents: Sequence[tuple[int, str]]


class Side(NamedTuple):
    """A row of the balance: how many there are in Ulak, in reports, and at GİB."""

    label: Text
    documents: int
    reported: int
    accepted: int
    gap: int


# -- one report --------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "reports/<uuid:id>", "reports.read", Text("Rapor", "Report"))
def one(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """A report: how it stands, what it tells, what was tried."""
    after = request.GET.get("after", "")
    with visit.work():
        found, attempts = reporting.report_of(visit.taxpayer, id)
        place = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
        entries = reporting.entries_of(visit.taxpayer, id, after=place, limit=_ENTRIES + 1)
    month = found.day.replace(day=1)
    values = {
        "row": _row(found),
        "attempts": attempts,
        "entries": [(entry, WHATS[entry.what]) for entry in entries[:_ENTRIES]],
        "more": f"?after={entries[_ENTRIES - 1].id}" if len(entries) > _ENTRIES else "",
        "is_first": not place,
        "whole": found.entries,
        "list": _address(visit, month),
        "month": month_name(month),
    }
    title = Text(f"{formats.day(found.day)} raporu", f"Report of {formats.day(found.day, 'en')}")
    return shown(request, visit, "portal/reports/one.html", values, title=title, part="portal/reports/_one.html")


@ROOM.page("GET", "reports/<uuid:id>/file", "reports.read", Text("Raporu indir", "Download a report"))
def file(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """The package as GİB gets it."""
    with visit.work():
        name, pieces, _ = reporting.file_of(visit.taxpayer, id)
        data = b"".join(pieces) if pieces is not None else b""
    if not data:
        return notice(go(request, at(visit, "reports.one", id=id)), _NOT_READY, visit, "info")
    return attachment(data, name)


@ROOM.page("POST", "reports/<uuid:id>/ask", "reports.send", Text("GİB'e sor", "Ask GİB"))
def ask(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """Have GİB asked how a report stands."""
    reporting.ask_now(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, Text("GİB'e soruluyor.", "GİB is being asked."))


@ROOM.page("POST", "reports/<uuid:id>/renew", "reports.send", Text("Raporu yeniden oluştur", "Build a report anew"))
def renew(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """Have a report that GİB refused built under another number."""
    reporting.renew(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, Text("Yeni numarayla oluşturulup gönderiliyor.", "It is built anew, and sent."))


# -- a month -----------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "reports", "reports.read", Text("Raporlar", "Reports"))
def latest(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The running month."""
    return go(request, _address(visit, months.current()))


@ROOM.page("GET", "reports/<str:month>", "reports.read", Text("Raporlar", "Reports"))
def calendar(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """Each day of a month with what was issued, and how it was reported; below, the reports."""
    when = months.month_of(month)
    with visit.work():
        days = reporting.calendar(visit.taxpayer, when)
        found = reporting.reports_of(visit.taxpayer, when)
    chosen = _day(request.GET.get("day", ""), when)
    kept = [one for one in found if chosen is None or one.day == chosen]
    values = {
        **_around(visit, when),
        "cells": cells_of(days, _address(visit, when)),
        "weekdays": weekdays(),
        "chosen": chosen,
        "chosen_day": next((one for one in days if one.day == chosen), None),
        "head": head_of(days if chosen is None else [one for one in days if one.day == chosen]),
        "rows": [_row(one) for one in kept],
        "is_empty": not found and not any(one.mark for one in days),
    }
    return shown(request, visit, "portal/reports/month.html", values, title=_title(when))


@ROOM.page("POST", "reports/<str:month>/send", "reports.send", Text("Şimdi gönder", "Send now"))
def send(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """Have all that waits reported at once."""
    when, product = months.month_of(month), request.POST.get("product") or None
    count = reporting.send_now(visit.taxpayer, product, actor=visit.caller.actor, origin=visit.origin)
    said = Text(
        f"{formats.number(count)} kayıt raporlanıyor.",
        f"{formats.number(count, None, 'en')} entries are being reported.",
    )
    if not count:
        said = Text("Raporlanmayı bekleyen kayıt yok.", "Nothing waits to be reported.")
    return notice(go(request, _address(visit, when)), said, visit, "ok" if count else "info")


@ROOM.page("GET", "reports/<str:month>/balance", "reports.read", Text("Mutabakat", "Reconciliation"))
def balance(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """Documents against reports against GİB's answers, and every difference by its cause."""
    when = months.month_of(month)
    with visit.work():
        found = reporting.balance(visit.taxpayer, when)
        numbers = _numbers(visit.taxpayer, found.differences)
    values = {
        **_around(visit, when),
        "end": "/balance",
        "balance": found,
        "sides": [_side(one) for one in found.lines],
        "gaps": [_gap(one, numbers) for one in found.differences],
        "needs_us": any(one.tone == "bad" for one in found.differences),
    }
    return shown(request, visit, "portal/reports/balance.html", values, title=_title(when))


def _numbers(taxpayer: int, differences: Sequence[Difference]) -> Mapping[int, str]:
    """Of the documents that differences name."""
    ids = {id for one in differences for id in one.documents[:_NAMED]}
    found = Document.objects.filter(taxpayer_id=taxpayer, id__in=ids).values_list("id", "number")
    return {id: number or "–" for id, number in found}


def _gap(one: Difference, numbers: Mapping[int, str]) -> Gap:
    report = one.reports[0] if one.reports else None
    return Gap(
        one,
        PRODUCTS.get(one.product, Text(one.product, one.product)),
        REPAIRS.get(one.repair),
        report,
        [(id, numbers.get(id, "–")) for id in one.documents[:_NAMED]],
    )


def _side(one: Line) -> Side:
    return Side(WHATS[one.what], one.documents, one.reported, one.accepted, one.documents - one.accepted)


def _around(visit: Visit, month: date) -> dict[str, Any]:
    before, after = neighbours(month)
    return {
        "month": months.written(month),
        "month_name": month_name(month),
        "way": f"/t/{visit.taxpayer}/reports/",
        "before": before,
        "after": after,
        "before_name": month_name(months.before(month)),
        "after_name": month_name(months.after(month)),
    }


def _title(month: date) -> Text:
    name = month_name(month)
    return Text(f"Raporlar: {name.tr}", f"Reports: {name.en}")


def _row(one: Report) -> Row:
    last = None if one.stage in _OVER else last_day_of(one.due_at)
    left = None if last is None else (last - clock.today()).days
    return Row(one, PRODUCTS[one.product], STAGES[one.stage], last, left, size_of(one.size))


def _day(given: str, month: date) -> date | None:
    """The day of a month that an address names; None if it names none."""
    there = given.isascii() and given.isdigit() and 1 <= int(given[:3]) <= months.last_day(month).day
    return month.replace(day=int(given)) if there and len(given) < 3 else None


def _back(request: HttpRequest, visit: Visit, id: UUID, said: Text) -> HttpResponse:
    return notice(go(request, at(visit, "reports.one", id=id)), said, visit)


def _address(visit: Visit, month: date) -> str:
    return f"/t/{visit.taxpayer}/reports/{months.written(month)}"
