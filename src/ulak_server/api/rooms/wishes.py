"""What people want of a document that is stored: sent, taken back, sent again, corrected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.api.door import visit
from ulak_server.api.faults import language_of
from ulak_server.api.rooms.documents import DOCUMENT, ROOM, Id, Option, accepted, format_of, row_of, stands
from ulak_server.api.views.documents import Accepted, DocumentView
from ulak_server.documents import drafts
from ulak_server.documents.intake import Options
from ulak_server.exchange import services as exchange
from ulak_server.exchange.law import policy
from ulak_server.people.services import working_for

__all__ = ["ROOM"]


@ROOM.way(
    "POST",
    "/documents/{int:id}/submit",
    "documents.send",
    Text("Taslağı gönder", "Send a draft"),
    gives={202: Accepted},
    faults=(402, 409),
)
def submit(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row_of(asking, id)
    taken = drafts.submit(asking.taxpayer, id, policy=policy(), actor=asking.caller.actor, origin=asking.origin)
    return accepted(request, taken, 202)


@ROOM.way(
    "POST",
    "/documents/{int:id}/withdraw",
    "documents.send",
    Text("Gitmemiş belgeyi geri çek", "Take back a document that has not gone yet"),
    gives={200: DocumentView},
    faults=(409,),
)
def withdraw(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    exchange.withdraw(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return stands(asking, id, language_of(request), 200)


@ROOM.way(
    "POST",
    "/documents/{int:id}/resend",
    "documents.send",
    Text("Geri dönen belgeyi olduğu gibi yeniden gönder", "Send a document that came back again, unchanged"),
    gives={202: DocumentView},
    faults=(402, 409),
)
def resend(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    exchange.resend(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return stands(asking, id, language_of(request), 202)


@ROOM.way(
    "POST",
    "/documents/{int:id}/correct",
    "documents.send",
    Text("Hatalı belgenin düzeltilmişini ver", "Hand in the corrected document"),
    takes=DOCUMENT,
    gives={202: DocumentView},
    faults=(409,),
)
def correct(request: HttpRequest, id: Id, alias: Option = "", sender_alias: Option = "") -> HttpResponse:
    asking = visit(request)
    exchange.correct(
        asking.taxpayer,
        id,
        request.body,
        format_of(request),
        Options(alias=alias, sender_alias=sender_alias),
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    return stands(asking, id, language_of(request), 202)
