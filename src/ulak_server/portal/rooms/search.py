"""One search over everything of a taxpayer: documents of all shelves, contacts, items; and help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.books import services as books
from ulak_server.documents import listing
from ulak_server.documents.models import Document
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.wanted import Wanted
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import shown
from ulak_server.portal.help import articles

__all__ = ["ROOM"]

ROOM = Pages("search")
_LISTS: Final = {
    Shelf.OUTGOING: "outgoing",
    Shelf.INCOMING: "incoming",
    Shelf.DESPATCHES: "despatches",
    Shelf.RECEIPTS: "receipts",
}
_SHOWN: Final = 6
_LONGEST: Final = 100
_SHORTEST: Final = 2


class Line(NamedTuple):
    """A document that was found."""

    row: Document
    state: State


class Shelved(NamedTuple):
    """Documents that were found in one list.

    Attributes:
        path: of the list that shows all of them.
    """

    label: Text
    path: str
    lines: Sequence[Line]
    has_more: bool


@ROOM.page("GET", "search", "documents.read", Text("Ara", "Search"))
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = " ".join(request.GET.get("q", "")[:_LONGEST].replace("\0", "").split())
    values: dict[str, object] = {"text": text, "is_short": len(text) < _SHORTEST}
    if len(text) >= _SHORTEST:
        with visit.work():
            values["shelves"] = [one for shelf in _LISTS if (one := _shelved(visit.taxpayer, shelf, text)).lines]
            if visit.may("books.read"):
                values["contacts"] = books.complete_contacts(visit.taxpayer, text, _SHOWN)
                values["items"] = books.complete_items(visit.taxpayer, text, _SHOWN)
        values["hits"] = articles.search(text, visit.language)[:_SHOWN]
        values["is_empty"] = not any(values.get(name) for name in ("shelves", "contacts", "items", "hits"))
    return shown(request, visit, "portal/search/found.html", values)


def _shelved(taxpayer: int, shelf: Shelf, text: str) -> Shelved:
    found = listing.page(taxpayer, Wanted(shelf, text=text), limit=_SHOWN)
    lines = [Line(row, State.read(row.state)) for row in found.rows]
    return Shelved(shelf.label, _LISTS[shelf], lines, found.after is not None)
