"""Many documents at once: what is wanted of marked ones, or of all that a list has found; files of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from ulak.errors import Text
from ulak_server import clock
from ulak_server.books import services as books
from ulak_server.delivery import services as delivery
from ulak_server.documents import exporting
from ulak_server.documents.chosen import Chosen
from ulak_server.documents.models import Document, Errand
from ulak_server.documents.states import Shelf
from ulak_server.exchange import errands
from ulak_server.exchange.problems import exchange_error
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.people import services as people
from ulak_server.portal.rooms.documents_filters import asked_of
from ulak_server.portal.rooms.documents_room import PATHS, ROOM
from ulak_server.portal.rooms.files import zip_file

__all__ = ["Act"]

_FILES: Final = ("xml", "pdf", "excel")
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_IDS: Final = 1_000


class Act(NamedTuple):
    """Something that is done for many.

    Attributes:
        action: of the permission table.
        asks: what is asked before it is done; None: it can be undone.
    """

    label: Text
    action: str
    asks: Text | None = None


ACTS: Final[Mapping[str, Act]] = {
    "send": Act(
        Text("Taslakları gönder", "Send drafts"),
        "documents.send",
        Text(
            "Seçilenlerden taslak olanlar denetlenir, numaralanır, mühürlenir ve alıcılarına gider. Gönderilen"
            " belge geri alınmaz.",
            "Those that are drafts are checked, numbered, sealed and sent. What was sent cannot be taken back.",
        ),
    ),
    "resend": Act(
        Text("Yeniden gönder", "Send again"),
        "documents.send",
        Text(
            "Seçilenlerden geri dönmüş olanlar olduğu gibi, aynı numarayla yeniden gider.",
            "Those that came back go again as they are, with the same number.",
        ),
    ),
    "delete": Act(
        Text("Taslakları sil", "Delete drafts"),
        "documents.write",
        Text(
            "Seçilenlerden taslak olanlar silinir ve geri getirilemez; gönderilmiş belgelere dokunulmaz.",
            "Those that are drafts are deleted for good; documents that were sent are not touched.",
        ),
    ),
    "take": Act(Text("ERP aldı diye işaretle", "Mark as taken"), "incoming.take"),
    "label": Act(Text("Etiketle", "Label"), "documents.write"),
    "unlabel": Act(Text("Etiketi kaldır", "Remove a label"), "documents.write"),
}


@ROOM.page("POST", "documents/bulk", "documents.read", Text("Toplu işlem", "Many at once"))
def bulk(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    what, _, label = request.POST.get("do", "").partition(":")
    chosen = _chosen(request.POST)
    if what in _FILES:
        part = request.POST.get("part")
        return _file(request, visit, chosen, what) if part is None else _part(visit, chosen, what, part)
    act = ACTS.get(what)
    if act is None:
        raise exchange_error("exchange.errand-unknown", what=what[:20])
    people.require(visit.caller, act.action, visit.taxpayer)
    if act.asks is not None and request.POST.get("sure") != "yes":
        return _asked(request, visit, act, what, chosen)
    if what in ("label", "unlabel"):
        _known(visit, label)
    made = errands.begin(visit.taxpayer, what, chosen, label=label, actor=visit.caller.actor, origin=visit.origin)
    return _begun(request, visit, made)


@ROOM.page("GET", "documents/errands", "documents.read", Text("Toplu işlemler", "Errands"))
def all_errands(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = errands.errands_of(visit.taxpayer)
    values = {"errands": [{"errand": one, "label": ACTS[one.what].label} for one in found]}
    return shown(request, visit, "portal/documents/errands.html", values)


@ROOM.page("GET", "documents/errands/<int:id>", "documents.read", Text("Toplu işlem", "An errand"))
def one_errand(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        found = errands.errand(visit.taxpayer, id)
    looked = found.done + found.skipped + found.failed
    faults = [
        {"id": one[0], "name": one[1], "code": one[2], "text": _text(one[3]), "repair": _text(one[4])}
        for one in found.faults
    ]
    values = {"errand": found, "label": ACTS[found.what].label, "looked": looked, "faults": faults}
    return shown(request, visit, "portal/documents/errand.html", values, part="portal/documents/_errand.html")


@ROOM.page("GET", "documents/export/<str:what>", "documents.read", Text("Dosya olarak indir", "Download as a file"))
def export(request: HttpRequest, visit: Visit, what: str) -> HttpResponseBase:
    """All that a list finds: ``?list=outgoing&from=2026-11-01&until=2026-11-30``."""
    shelf = _shelf(request.GET.get("list", ""))
    return _file(request, visit, Chosen(asked_of(shelf, request.GET).wanted), what if what in _FILES else "xml")


def _file(request: HttpRequest, visit: Visit, chosen: Chosen, form: str) -> HttpResponseBase:
    """The file, or, where one cannot hold them all, a page of several."""
    with visit.work():
        parts = exporting.parts(visit.taxpayer, chosen, form)
    if not parts:
        return _made(visit, chosen, form)
    given = request.POST if request.method == "POST" else request.GET
    values = {
        "parts": parts,
        "total": sum(one.documents for one in parts),
        "most": exporting.MOST[form],
        "what": form,
        "ids": chosen.ids,
        "all": chosen.wanted is not None,
        "list_path": PATHS[_shelf(given.get("list", ""))],
        "query": (given.get("query", "") if request.method == "POST" else _query(request.GET))[:4000],
    }
    return shown(request, visit, "portal/documents/parts.html", values)


def _query(given: QueryDict) -> str:
    """What a list was asked for, without the list's own name."""
    asked = given.copy()
    asked.pop("list", None)
    return asked.urlencode()


def _part(visit: Visit, chosen: Chosen, form: str, part: str) -> HttpResponseBase:
    """One of the files: ``part`` is the first and the last id in it."""
    first, _, last = part.partition("-")
    ids = [int(one) if one.isascii() and one.isdecimal() and len(one) < 19 else 0 for one in (first, last)]
    some = chosen._replace(span=(ids[0], ids[1]))
    with visit.work():
        exporting.check(visit.taxpayer, some, form)
    return _made(visit, some, form)


def _made(visit: Visit, chosen: Chosen, form: str) -> HttpResponseBase:
    span = f"-{chosen.span[0]}" if chosen.span else ""
    name = f"ulak-{clock.now().astimezone(clock.ISTANBUL):%Y%m%d-%H%M}{span}"
    if form == "excel":
        table = exporting.sheet(visit.taxpayer, chosen, visit.work, visit.language)
        return FileResponse(table, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)

    def make(row: Document, body: bytes) -> bytes:
        return delivery.file_of(row, body, form, visit.language).data

    pieces = exporting.zipped(visit.taxpayer, chosen, form, make, visit.work, visit.language)
    return zip_file(pieces, f"{name}-{form}")


def _chosen(given: QueryDict) -> Chosen:
    """All that the list has found, or the rows that are marked."""
    if given.get("all") == "yes":
        query = QueryDict(given.get("query", "")[:4000])
        return Chosen(asked_of(_shelf(given.get("list", "")), query).wanted)
    ids = [int(one) for one in given.getlist("id")[:_MOST_IDS] if one.isascii() and one.isdecimal() and len(one) < 19]
    return Chosen(ids=ids)


def _shelf(path: str) -> Shelf:
    return next((shelf for shelf, name in PATHS.items() if name == path), Shelf.OUTGOING)


def _known(visit: Visit, label: str) -> None:
    with visit.work():
        if label not in {one.key for one in books.labels(visit.taxpayer)}:
            raise exchange_error("exchange.errand-unknown", what=label[:20])


def _asked(request: HttpRequest, visit: Visit, act: Act, what: str, chosen: Chosen) -> HttpResponse:
    """The question before what cannot be undone."""
    with visit.work():
        total = errands.count(visit.taxpayer, chosen, errands.MOST)
    values: dict[str, Any] = {
        "act": act,
        "what": what,
        "total": min(total, errands.MOST),
        "is_danger": what == "delete",
        "ids": chosen.ids,
        "all": chosen.wanted is not None,
        "list_path": PATHS[_shelf(request.POST.get("list", ""))],
        "query": request.POST.get("query", "")[:4000],
    }
    return shown(request, visit, "portal/documents/sure.html", values, title=act.label)


def _begun(request: HttpRequest, visit: Visit, made: Errand) -> HttpResponse:
    """Few are done now; of many, or where something went wrong, a page tells."""
    page = at(visit, "documents.one_errand", id=made.id)
    if made.total > errands.AT_ONCE:
        errands.defer(visit.taxpayer, made.id)
        return go(request, page)
    done = errands.carry_on(visit.taxpayer, made.id)
    if done.failed:
        return go(request, page)
    said = Text(
        f"{done.done} belge: {ACTS[done.what].label.tr}.", f"{done.done} documents: {ACTS[done.what].label.en}."
    )
    if not done.done:
        said = Text("Seçilenler arasında buna uygun belge yok.", "None of those is one that this can be done for.")
    shelf = _shelf(request.POST.get("list", ""))
    query = request.POST.get("query", "")[:4000]
    back = at(visit, f"documents.{PATHS[shelf]}") + (f"?{query}" if query else "")
    return notice(go(request, back), said, visit, "ok" if done.done else "info")


def _text(said: Mapping[str, str]) -> Text:
    return Text(said["tr"], said["en"])
