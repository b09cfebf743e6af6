"""One package of books: how it stands with GİB, every call about it, and what people may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from ulak.errors import Text
from ulak.lifecycle.ledgers import IN_WORDS
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.overview import months
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.ledger_works_words import KINDS, PACKAGES
from ulak_server.portal.rooms.ledgers_room import ROOM
from ulak_server.portal.rooms.ledgers_words import ACTS, CALLS
from ulak_server.portal.rooms.reports_view import last_day_of, month_name, size_of

__all__ = ["file_response"]

_TYPES: Final = {"xml": "application/xml", "zip": "application/zip"}
_VERBS: Final[Mapping[str, Callable[..., Any]]] = {
    "repair": gib.repair,
    "ask": gib.ask_now,
    "fetch": gib.fetch_again,
    "withdraw": gib.withdraw,
}
_STAMP: Final = "stamp"
_DELETED: Final = "deleted"
_TIME_OVER: Final = "lifecycle.ledger-time-over"


@ROOM.page("GET", "ledgers/packages/<uuid:id>", "ledgers.read", Text("Paket", "Package"))
def package(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """A package: the sentence, the calls, the files."""
    with visit.work():
        found, attempts = gib.package_of(visit.taxpayer, id)
        place = (found.branch, found.month, found.kind, found.due_at)
        undeletable = gib.not_deletable(visit.taxpayer, *place) if found.stage in gib.DELETABLE else None
    month = months.written(found.month) + (f"?branch={found.branch}" if found.branch else "")
    values = {
        "one": found,
        "label": KINDS[found.kind],
        "code": "" if found.code == IN_WORDS else found.code,
        "word": PACKAGES["held"] if found.waits_for else PACKAGES[found.stage],
        "calls": [(CALLS.get(one.what, Text(one.what, one.what)), one) for one in reversed(attempts)],
        "last": last_day_of(found.due_at),
        "size": size_of(found.size),
        "month": month_name(found.month),
        "month_page": f"/t/{visit.taxpayer}/ledgers/{month}",
        "may_delete": found.stage in gib.DELETABLE,
        "not_deletable": undeletable,
        "is_over": undeletable is not None and undeletable.code == _TIME_OVER,
    }
    title = Text(f"{KINDS[found.kind].tr}: GİB paketi", f"{KINDS[found.kind].en}: package to GİB")
    part = "portal/ledgers/_package.html"
    return shown(request, visit, "portal/ledgers/package.html", values, title=title, part=part)


@ROOM.page("GET", "ledgers/packages/<uuid:id>/file", "ledgers.read", Text("Paketi indir", "Download a package"))
def package_file(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """The ZIP that goes to GİB."""
    with visit.work():
        name, pieces, _ = gib.file_of(visit.taxpayer, id)
        data = b"".join(pieces)
    return attachment(data, name)


@ROOM.page(
    "GET", "ledgers/packages/<uuid:id>/approved", "ledgers.read", Text("Onaylı beratı indir", "Download the berat")
)
def approved_file(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """The berat with GİB's seal, as GİB gave it."""
    with visit.work():
        name, data = gib.approved_berat(visit.taxpayer, id)
    return attachment(data, name)


@ROOM.page("POST", "ledgers/packages/<uuid:id>/act", "ledgers.send", Text("Pakete bir şey yap", "Act on a package"))
def act_on_package(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """Send it again, stamp it, ask for it, fetch its berat again, withdraw it, or say that it was deleted at GİB."""
    what = request.POST.get("what", "")
    if what == _STAMP:
        ledgers.stamp(visit.caller, visit.taxpayer, _work_of(visit, id), origin=visit.origin)
    elif what == _DELETED:
        permitted = request.POST.get("permitted") == "on"
        gib.deleted_at_gib(visit.taxpayer, id, permitted=permitted, actor=visit.caller.actor, origin=visit.origin)
    elif what in _VERBS:
        _VERBS[what](visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    else:
        raise problem("pages.not-found")
    return notice(go(request, at(visit, "ledgers.package", id=id)), ACTS[what], visit)


def _work_of(visit: Visit, id: UUID) -> int:
    """The work that made a package."""
    with visit.work():
        found, _ = gib.package_of(visit.taxpayer, id)
    kind = "inventory" if found.kind == "EB" else "books"
    for part in ledgers.parts(visit.caller, visit.taxpayer, found.month, found.branch, kind=kind):
        if any(one.handed == id for one in (*part.books, *part.packages)):
            return part.work
    raise problem("pages.not-found")


@ROOM.page("GET", "ledgers/books/<int:id>/file", "ledgers.read", Text("Defteri indir", "Download a book"))
def book_file(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """A book or a berat as it was sealed, piece by piece."""
    book, pieces = ledgers.file_of(visit.caller, visit.taxpayer, id)
    return file_response(book.name, pieces)


@ROOM.page("GET", "ledgers/<str:month>/folder", "ledgers.read", Text("Ayın klasörünü indir", "Download the folder"))
def folder(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """A month as it has to be kept, in GİB's folders."""
    when, branch = months.month_of(month), request.GET.get("branch", "")[:4]
    name, pieces = ledgers.folder_of_month(visit.caller, visit.taxpayer, when, branch)
    return file_response(name, pieces)


def file_response(name: str, pieces: Any) -> HttpResponse:
    """A file of any size, sent as it is read."""
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response  # type: ignore[return-value]
