"""The accountant's desk: all clients at a glance, and how far a client's month has been closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak.lifecycle.days import days_left
from ulak_server import clock
from ulak_server.folding import fold, sort_key, words
from ulak_server.overview import months
from ulak_server.overview import services as overview
from ulak_server.overview.services import Client, are_books_troubled, are_credits_short, is_troubled
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import go, shown
from ulak_server.people import services as people

__all__ = ["ROOM"]

ROOM = Pages("desk", prefix="desk/")
_LONGEST: Final = 100
_FAR: Final = datetime.max.replace(tzinfo=clock.ISTANBUL)
_SORTS: Final[Mapping[str, tuple[Text, Callable[[Client], Any]]]] = {
    "needs": (Text("En çok iş", "Most to do"), lambda one: (-one.waiting.needs, sort_key(one.title))),
    "until": (
        Text("İlk dolan süre", "First to lapse"),
        lambda one: (one.waiting.until or _FAR, sort_key(one.title)),
    ),
    "name": (Text("Ad", "Name"), lambda one: sort_key(one.title)),
    "last": (
        Text("Son hareket", "Last activity"),
        lambda one: -one.waiting.last.timestamp() if one.waiting.last else 0.0,
    ),
}
_FILTERS: Final[Mapping[str, tuple[Text, Callable[[Client], bool]]]] = {
    "needs": (Text("İşi olanlar", "With something to do"), lambda one: one.waiting.needs > 0),
    "answers": (Text("Yanıt bekleyen", "Awaiting answers"), lambda one: one.waiting.answers > 0),
    "rejected": (Text("Reddedilen", "Rejected"), lambda one: one.waiting.rejected > 0),
    "drafts": (Text("Taslağı olan", "With drafts"), lambda one: one.waiting.drafts > 0),
    "reports": (Text("Rapor sorunu", "Report trouble"), lambda one: is_troubled(one.waiting.reports)),
    "ledgers": (Text("Defter sorunu", "Trouble with books"), lambda one: are_books_troubled(one.waiting.ledgers)),
    "credits": (Text("Kontörü azalan", "Few kontör"), lambda one: are_credits_short(one.waiting.credits)),
    "open": (Text("Ayı açık olan", "Month still open"), lambda one: not one.closed),
}


class Row(NamedTuple):
    """A client as the page draws it.

    Attributes:
        left: days until the first answer lapses; None: none does.
    """

    client: Client
    left: int | None


@ROOM.page("GET", "desk", "me.read", Text("Müşteriler", "Clients"), top=True)
def desk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every client in a row; a search that leaves one leads to it."""
    if visit.caller.is_operator:
        return go(request, "/console")
    mine = sorted(visit.caller.taxpayers)
    found: Sequence[Client] = ()
    if mine:
        with people.working_for(visit.caller, *mine):
            found = overview.clients(mine)
    text = request.GET.get("q", "").strip()[:_LONGEST]
    kept = [one for one in found if _matches(one, words(text))]
    if text and len(kept) == 1 and request.GET.get("go"):
        return go(request, f"/t/{kept[0].id}/today")
    return shown(request, visit, "portal/desk/desk.html", _values(request, found, kept, text))


def _values(request: HttpRequest, found: Sequence[Client], kept: Sequence[Client], text: str) -> dict[str, Any]:
    show, sort = request.GET.get("show", ""), request.GET.get("sort", "needs")
    if show in _FILTERS:
        kept = [one for one in kept if _FILTERS[show][1](one)]
    key = _SORTS[sort if sort in _SORTS else "needs"][1]
    now = clock.now()
    rows = [Row(one, _left(one, now)) for one in sorted(kept, key=key)]
    return {
        "rows": rows,
        "all": len(found),
        "text": text,
        "show": show if show in _FILTERS else "",
        "sort": sort if sort in _SORTS else "needs",
        "filters": [(name, label, sum(map(test, found))) for name, (label, test) in _FILTERS.items()],
        "sorts": [(name, label) for name, (label, _) in _SORTS.items()],
        "is_sandbox": overview.is_sandbox(),
        "month": months.before(months.current()),
        "month_name": months.written(months.before(months.current())),
    }


def _matches(one: Client, wanted: Sequence[str]) -> bool:
    folded = f" {fold(one.title)} {one.number}"
    return all(f" {word}" in folded for word in wanted)


def _left(one: Client, now: datetime) -> int | None:
    return days_left(one.waiting.until, now) if one.waiting.until else None
