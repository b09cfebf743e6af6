"""Lists of documents: outgoing, incoming, despatches, receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server import clock, numerals
from ulak_server.books import services as books
from ulak_server.documents import listing
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.tallies import sums
from ulak_server.documents.wanted import Wanted
from ulak_server.pages.asking import is_partial
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import at, shown
from ulak_server.portal.rooms import documents_acts, documents_bulk, documents_undoing, documents_viewer
from ulak_server.portal.rooms.documents_filters import (
    AMOUNTS,
    Asked,
    asked_of,
    chips_of,
    options_of,
    query_of,
    state_name,
)
from ulak_server.portal.rooms.documents_room import PATHS, ROOM
from ulak_server.portal.rooms.documents_rows import labels_of, rows_of

__all__ = ["ROOM", "documents_acts", "documents_bulk", "documents_undoing", "documents_viewer"]

_ROWS: Final = 50
_PART: Final = "portal/documents/_list.html"
_TABS: Final[Mapping[Shelf, Sequence[State]]] = {
    Shelf.OUTGOING: (State.DRAFT, State.TROUBLED, State.SENDING, State.AWAITING, State.REJECTED, State.VOIDED),
    Shelf.INCOMING: (State.TO_ANSWER, State.ARRIVED, State.WE_REJECTED),
    Shelf.DESPATCHES: (State.DRAFT, State.TROUBLED, State.SENDING, State.TO_ANSWER, State.AWAITING),
    Shelf.RECEIPTS: (State.DRAFT, State.TROUBLED, State.SENDING, State.VOIDED),
}


class Tab(NamedTuple):
    """A way to see a list.

    Attributes:
        many: how many there are; None if it is not counted.
        view: id of the saved view that it is; 0 if it is none.
    """

    label: Text
    address: str
    many: int | None
    is_here: bool
    view: int = 0
    is_mine: bool = False


@ROOM.page("GET", "outgoing", "documents.read", Text("Giden", "Outgoing"))
def outgoing(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _list(request, visit, Shelf.OUTGOING)


@ROOM.page("GET", "incoming", "incoming.read", Text("Gelen", "Incoming"))
def incoming(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _list(request, visit, Shelf.INCOMING)


@ROOM.page("GET", "despatches", "documents.read", Text("İrsaliye", "Despatches"))
def despatches(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _list(request, visit, Shelf.DESPATCHES)


@ROOM.page("GET", "receipts", "documents.read", Text("Makbuzlar", "Receipts"))
def receipts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Freelance receipts, producer receipts and expense notes that we issue."""
    return _list(request, visit, Shelf.RECEIPTS)


@ROOM.page("GET", "documents/totals/<str:path>", "documents.read", Text("Listenin toplamı", "What a list comes to"))
def totals(request: HttpRequest, visit: Visit, path: str) -> HttpResponse:
    """All of them counted, for lists that are too long to be counted while somebody waits for their rows."""
    shelf = next((one for one, name in PATHS.items() if name == path), Shelf.OUTGOING)
    asked = asked_of(shelf, request.GET)
    with visit.work():
        found = listing.totals(visit.taxpayer, asked.wanted, most=None)
    return shown(
        request,
        visit,
        "portal/documents/_totals.html",
        {"totals": found, "shelf": shelf, "path": path, "query": query_of(asked)},
    )


def _list(request: HttpRequest, visit: Visit, shelf: Shelf) -> HttpResponse:
    asked = asked_of(shelf, request.GET)
    with visit.work():
        labels = labels_of(visit.taxpayer)
        found = listing.page(
            visit.taxpayer,
            asked.wanted,
            asked.order,
            is_falling=asked.is_falling,
            cursor=asked.cursor,
            limit=_ROWS,
        )
        values = {
            "rows": rows_of(found.rows, labels),
            "totals": listing.totals(visit.taxpayer, asked.wanted),
            "tabs": _tabs(visit, asked),
            "is_new": not asked.is_filtered and not found.rows and asked.cursor is None,
        }
    names = {key: one.name for key, one in labels.items()}
    here = at(visit, f"documents.{PATHS[shelf]}")
    values |= {
        "here_list": here,
        "is_part": is_partial(request),
        "periods": _periods(clock.today()),
        "shelf": shelf,
        "path": PATHS[shelf],
        "asked": asked,
        "chips": chips_of(asked, names),
        "options": options_of(asked),
        "labels": list(labels.values()),
        "on_labels": asked.wanted.labels,
        "sorts": _sorts(asked),
        "query": query_of(asked),
        "before_address": f"{here}?{query_of(asked, at=found.before)}" if found.before else "",
        "after_address": f"{here}?{query_of(asked, at=found.after)}" if found.after else "",
        "is_despatch": shelf is Shelf.DESPATCHES,
        "is_incoming": shelf is Shelf.INCOMING,
        "is_receipts": shelf is Shelf.RECEIPTS,
        "one": {name: _typed(name, asked.query.get(name, "")) for name in asked.query},
    }
    return shown(request, visit, "portal/documents/list.html", values, part=_PART)


def _typed(name: str, value: str) -> str:
    """A filter as it stands in its field."""
    return numerals.shown(value) if name in AMOUNTS else value


def _tabs(visit: Visit, asked: Asked) -> list[Tab]:
    shelf = asked.wanted.shelf
    counts: dict[State, int] = {}
    for one in sums(visit.taxpayer, Wanted(shelf), by=("state",)):
        counts[one.by[0]] = counts.get(one.by[0], 0) + one.documents
    here = asked.query.urlencode()
    tabs = [Tab(Text("Tümü", "All"), "", sum(counts.values()), not here)]
    for state in _TABS[shelf]:
        if counts.get(state):
            address = f"state={state_name(state)}"
            tabs.append(Tab(state.label, address, counts[state], here == address))
    for view in books.views_of(visit.taxpayer, visit.caller.user, PATHS[shelf]):
        mine = view.user_id == visit.caller.user
        tabs.append(Tab(Text(view.name, view.name), view.query, None, here == view.query, view.id, mine))
    return tabs


class Period(NamedTuple):
    """Days that are often asked for, both included."""

    label: Text
    first: str
    last: str


def _periods(today: date) -> list[Period]:
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return [
        Period(Text("Bugün", "Today"), str(today), str(today)),
        Period(Text("Son 7 gün", "Last 7 days"), str(today - timedelta(days=6)), str(today)),
        Period(Text("Bu ay", "This month"), str(month), str(today)),
        Period(Text("Geçen ay", "Last month"), str(before.replace(day=1)), str(before)),
        Period(Text("Bu yıl", "This year"), f"{today.year}-01-01", str(today)),
    ]


_SORTED: Final = {
    "taken-in": Text("Eklenme", "Added"),
    "issued": Text("Tarih", "Date"),
    "party": Text("Karşı taraf", "Other party"),
    "amount": Text("Tutar", "Amount"),
}


def _sorts(asked: Asked) -> dict[str, dict[str, Any]]:
    """For each column: where its heading leads, and how it is sorted now."""
    found = {}
    for name, label in _SORTED.items():
        is_here = asked.order == name
        falls_next = not asked.is_falling if is_here else name != "party"
        now = ("descending" if asked.is_falling else "ascending") if is_here else "none"
        query = query_of(asked._replace(is_falling=falls_next, order=listing.Order(name)))
        found[name.replace("-", "_")] = {"label": label, "query": query, "now": now}
    return found
