"""What people do with one document: answer, withdraw, send again, send to another alias."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server.books import services as books
from ulak_server.documents import routing
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Document
from ulak_server.exchange import answers
from ulak_server.exchange import services as exchange
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.documents_receipt import Line, given_lines, lines_of, said_of
from ulak_server.portal.rooms.documents_room import PATHS, ROOM
from ulak_server.portal.rooms.documents_viewer import body_of, document_of

__all__ = ["Alias"]

_LONGEST_REASON: Final = 1000
_ANSWERED: Final = {
    "KABUL": Text("Kabul yanıtınız gönderiliyor.", "Your acceptance is being sent."),
    "RED": Text("Ret yanıtınız gönderiliyor.", "Your rejection is being sent."),
}


class Alias(NamedTuple):
    """An alias to which a document may go."""

    name: str
    is_same: bool


@ROOM.page("POST", "documents/<int:id>/answer", "answers.write", Text("Faturayı yanıtla", "Answer an invoice"))
def answer(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    code = "RED" if request.POST.get("answer") == "RED" else "KABUL"
    reason = _text(request, "reason")
    answers.answer(visit.taxpayer, id, code, reason, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, _ANSWERED[code])


@ROOM.page("POST", "documents/<int:id>/withdraw", "documents.send", Text("Geri çek", "Withdraw"))
def withdraw(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    exchange.withdraw(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, Text("Geri çekildi; gönderilmeyecek.", "Withdrawn; it will not be sent."))


@ROOM.page("POST", "documents/<int:id>/resend", "documents.send", Text("Yeniden gönder", "Send again"))
def resend(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    exchange.resend(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, Text("Yeniden gönderiliyor.", "It is being sent again."))


@ROOM.page("POST", "documents/<int:id>/take", "incoming.take", Text("ERP aldı", "Taken by the ERP"))
def take(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    answers.take(visit.taxpayer, [id], actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, Text("“ERP aldı” diye işaretlendi.", "Marked as taken by the ERP."))


# -- to another alias --------------------------------------------------------------------------------------------------


@ROOM.page("GET", "documents/<int:id>/alias", "documents.send", Text("Başka etikete gönder", "Send to another alias"))
def alias(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        found = _aliases(row)
    values = {"row": row, "aliases": found}
    return shown(request, visit, "portal/documents/alias.html", values)


@ROOM.page("POST", "documents/<int:id>/alias", "documents.send", Text("Başka etikete gönder", "Send to another alias"))
def to_alias(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        data = to_json(read_document(body_of(row)))
    options = Options(alias=request.POST.get("alias", "").strip()[:260])
    exchange.correct(visit.taxpayer, id, data, "json", options, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, id, Text("Seçilen etikete gönderiliyor.", "It is being sent to that alias."))


def _aliases(row: Document) -> list[Alias]:
    service = "edespatch" if row.kind == "despatch_advice" else "einvoice"
    found = routing.preview(row.partner, service, profile=row.profile)
    return [Alias(name, name == row.alias) for name in found.aliases]


# -- receipt advices ---------------------------------------------------------------------------------------------------


@ROOM.page("GET", "documents/<int:id>/receipt", "answers.write", Text("İrsaliyeyi yanıtla", "Answer a despatch advice"))
def receipt(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        lines = lines_of(body_of(row))
    return _receipt(request, visit, row, lines, {})


@ROOM.page("POST", "documents/<int:id>/receipt", "answers.write", Text("İrsaliye yanıtı gönder", "Send a receipt"))
def send_receipt(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        lines = given_lines(lines_of(body_of(row)), request.POST)
    faults = {line.id: line.fault for line in lines if line.fault}
    if not faults:
        try:
            said = said_of(lines, request.POST)
            answers.receipt(visit.taxpayer, id, said, actor=visit.caller.actor, origin=visit.origin)
            done = Text("İrsaliye yanıtınız gönderiliyor.", "Your receipt advice is being sent.")
            return _back(request, visit, id, done)
        except UlakError as error:
            place = error.where.split("/")[2] if error.where.startswith("/lines/") else ""
            if not place.isdecimal() or int(place) >= len(lines):
                raise
            line = lines[int(place)]
            lines[int(place)] = line._replace(fault=error.text)
    return _receipt(request, visit, row, lines, request.POST, 422)


def _receipt(
    request: HttpRequest, visit: Visit, row: Document, lines: list[Line], given: Any, status: int = 200
) -> HttpResponse:
    values = {"row": row, "lines": lines, "note": given.get("note", ""), "day": given.get("day", "")}
    return shown(request, visit, "portal/documents/receipt.html", values, status=status)


# -- saved views -------------------------------------------------------------------------------------------------------


@ROOM.page("POST", "documents/views", "documents.read", Text("Görünümü sakla", "Keep a view"))
def save_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    path = _list(request)
    shared = request.POST.get("shared") == "yes"
    with visit.work():
        view = books.save_view(
            visit.taxpayer,
            visit.caller.user,
            path,
            request.POST.get("name", ""),
            request.POST.get("query", "")[:2000],
            is_shared=shared,
        )
    response = go(request, f"{at(visit, f'documents.{path}')}?{view.query}")
    return notice(response, Text("Görünüm saklandı.", "The view is kept."), visit)


@ROOM.page("POST", "documents/views/remove", "documents.read", Text("Görünümü unut", "Forget a view"))
def remove_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    path, id = _list(request), request.POST.get("view", "")
    with visit.work():
        books.remove_view(visit.taxpayer, visit.caller.user, int(id) if id.isdecimal() and len(id) < 18 else 0)
    response = go(request, at(visit, f"documents.{path}"))
    return notice(response, Text("Görünüm unutuldu.", "The view is forgotten."), visit)


def _list(request: HttpRequest) -> str:
    path = request.POST.get("list", "")
    return path if path in PATHS.values() else "outgoing"


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[:_LONGEST_REASON]


def _back(request: HttpRequest, visit: Visit, id: int, said: Text) -> HttpResponse:
    return notice(go(request, at(visit, "documents.one", id=id)), said, visit)
