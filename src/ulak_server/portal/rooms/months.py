"""A client's month: the checklist, ticked by the system and by people, and its closing."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ulak.errors import Text, UlakError
from ulak_server import formats
from ulak_server.delivery import services as delivery
from ulak_server.documents import exporting
from ulak_server.documents.chosen import Chosen, next_ids
from ulak_server.documents.models import Document
from ulak_server.documents.states import Shelf
from ulak_server.documents.wanted import Wanted
from ulak_server.overview import months
from ulak_server.overview import services as overview
from ulak_server.overview.services import Checklist, Point, Who
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import go, notice, shown
from ulak_server.portal.rooms import ways
from ulak_server.portal.rooms.files import zip_file
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("months")


class Line(NamedTuple):
    """A point as the page draws it."""

    point: Point
    list: str


@ROOM.page("GET", "months", "documents.read", Text("Ay kapanışı", "Closing the month"))
def latest(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The month before, which is the one to be closed."""
    return go(request, _address(visit, months.before(months.current())))


@ROOM.page("GET", "months/<str:month>", "documents.read", Text("Ay kapanışı", "Closing the month"))
def show(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """The checklist of a month."""
    when = months.month_of(month)
    with visit.work():
        found = overview.checklist(visit.taxpayer, when)
    return _shown(request, visit, found)


@ROOM.page("POST", "months/<str:month>/tick", "months.close", Text("Maddeyi işaretle", "Tick a point"))
def tick(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """A person has looked at a point, or takes that back."""
    when, seen = months.month_of(month), request.POST.get("seen") == "yes"
    with visit.work():
        found = overview.tick(visit.taxpayer, when, request.POST.get("point", ""), _who(visit), seen=seen)
    if request.headers.get("HX-Request"):
        return _shown(request, visit, found)
    return go(request, _address(visit, when))


@ROOM.page("POST", "months/<str:month>/close", "months.close", Text("Ayı kapat", "Close the month"))
def close(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """The month is done."""
    when, note = months.month_of(month), request.POST.get("note", "")
    try:
        with visit.work():
            overview.close(visit.taxpayer, when, _who(visit), note=note)
    except overview.OverviewError as error:
        with visit.work():
            found = overview.checklist(visit.taxpayer, when)
        return _shown(request, visit, found, error=error, note=note)
    return notice(go(request, _address(visit, when)), Text("Ay kapatıldı.", "The month is closed."), visit)


@ROOM.page("POST", "months/<str:month>/reopen", "months.close", Text("Ayı yeniden aç", "Open the month again"))
def reopen(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """Something is to be changed."""
    when = months.month_of(month)
    with visit.work():
        overview.reopen(visit.taxpayer, when, _who(visit))
    return notice(go(request, _address(visit, when)), Text("Ay yeniden açıldı.", "The month is open again."), visit)


@ROOM.page("GET", "months/<str:month>/zip", "documents.read", Text("Ayı indir", "Download the month"))
def download(request: HttpRequest, visit: Visit, month: str) -> HttpResponseBase:
    """All documents of a month, issued and received, as one zip of their XML."""
    when = months.month_of(month)
    with visit.work():
        chosen = Chosen(ids=[id for shelf in Shelf for id in _ids(visit.taxpayer, shelf, when)])
        exporting.check(visit.taxpayer, chosen, "xml")

    def make(row: Document, body: bytes) -> bytes:
        return delivery.file_of(row, body, "xml", visit.language).data

    pieces = exporting.zipped(visit.taxpayer, chosen, "xml", make, visit.work, visit.language)
    return zip_file(pieces, f"ulak-{months.written(when)}")


def _ids(taxpayer: int, shelf: Shelf, month: date) -> list[int]:
    """The documents of a list in a month; one more than a file may hold at most."""
    wanted = Wanted(shelf, issued_from=month, issued_until=months.last_day(month))
    return next_ids(taxpayer, Chosen(wanted), 0, exporting.MOST["xml"] + 1)


def _shown(
    request: HttpRequest, visit: Visit, found: Checklist, *, error: UlakError | None = None, note: str = ""
) -> HttpResponse:
    month = found.month
    values: dict[str, Any] = {
        "found": found,
        "lines": [Line(one, ways.point_list(visit.taxpayer, one.name, month)) for one in found.points],
        "month": month,
        "last_day": months.last_day(month),
        "name": months.written(month),
        "before": months.written(months.before(month)),
        "after": months.written(months.after(month)) if month < months.current() else "",
        "before_month": months.before(month),
        "after_month": months.after(month),
        "error": error,
        "note": note or found.record.note,
        "tables": ways.period_tables(visit.taxpayer, month),
    }
    status = status_of(error) if error else 200
    when = formats.month_text(month)
    title = Text(f"{when.tr} ay kapanışı", f"Closing {when.en}")
    return shown(
        request, visit, "portal/desk/month.html", values, title=title, part="portal/desk/_checklist.html", status=status
    )


def _who(visit: Visit) -> Who:
    return Who(visit.caller.actor, visit.caller.name, visit.origin)


def _address(visit: Visit, month: date) -> str:
    return f"/t/{visit.taxpayer}/months/{months.written(month)}"
