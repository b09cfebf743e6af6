"""What came in: taken over by the ERP, accepted, rejected, received, returned."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from msgspec import UnsetType
from ninja import Path, Query

from ulak.errors import Text
from ulak_server.api.contract import Takes, Ways
from ulak_server.api.door import visit
from ulak_server.api.paging import LARGEST_ID
from ulak_server.api.replies import JSON, body, created, reply
from ulak_server.api.views.answers import AnswerGiven, AnswerWanted, DraftMade, ReturnWanted, TakenOver, TakingOver
from ulak_server.exchange import answers

__all__ = ["ROOM"]

ROOM = Ways("incoming")
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_RECEIPT: Final[dict[str, Any]] = {"type": "object"}


@ROOM.way(
    "POST",
    "/incoming/taken",
    "incoming.take",
    Text("Gelenleri “ERP teslim aldı” diye işaretle", "Mark what came in as taken over by the ERP"),
    takes=TakingOver,
    gives={200: TakenOver},
)
def take_over(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, TakingOver)
    taken = answers.take(asking.taxpayer, given.documents, actor=asking.caller.actor, origin=asking.origin)
    return reply(TakenOver(documents=tuple(taken)))


@ROOM.way(
    "POST",
    "/incoming/{int:id}/answer",
    "answers.write",
    Text(
        "Ticari faturayı kabul et, reddet ya da iade bildir", "Accept or reject a commercial invoice, or announce IADE"
    ),
    takes=AnswerWanted,
    gives={202: AnswerGiven},
    faults=(409,),
)
def answer_invoice(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, AnswerWanted)
    carrier = answers.answer(
        asking.taxpayer, id, given.answer, given.reason, actor=asking.caller.actor, origin=asking.origin
    )
    return _given(carrier)


@ROOM.way(
    "POST",
    "/incoming/{int:id}/receipt",
    "answers.write",
    Text("İrsaliye yanıtı gönder", "Send a receipt advice"),
    about=Text(
        "Gövde, “hepsi teslim alındı”dan farkı söyler: {“lines”: [{“despatch_line”: “1”, “rejected”: 1,"
        " “reject_reason”: “…”}]}. Boş gövde ya da {}: hepsi teslim alındı.",
        "The body says what differs from “all of it was received”: {“lines”: [{“despatch_line”: “1”, “rejected”: 1,"
        " “reject_reason”: “…”}]}. No body or {}: all of it was received.",
    ),
    takes=Takes({JSON: _RECEIPT}, limit=5 * 1024 * 1024, is_needed=False),
    gives={202: AnswerGiven},
    faults=(409,),
)
def send_receipt(request: HttpRequest, id: Id, series: Annotated[str, Query(max_length=3)] = "") -> HttpResponse:
    asking = visit(request)
    carrier = answers.receipt(
        asking.taxpayer, id, request.body, series=series, actor=asking.caller.actor, origin=asking.origin
    )
    return _given(carrier)


@ROOM.way(
    "POST",
    "/incoming/{int:id}/return",
    "answers.write",
    Text("Gelen faturadan iade faturası taslağı yap", "Make a draft of the invoice that returns an incoming one"),
    takes=ReturnWanted,
    gives={201: DraftMade},
    faults=(409,),
)
def draft_return(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, ReturnWanted)
    draft = answers.return_draft(
        asking.taxpayer,
        id,
        None if isinstance(given.lines, UnsetType) else given.lines,
        given.reason,
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    return created(DraftMade(document=draft), f"/api/v1/documents/{draft}")


def _given(carrier: int) -> HttpResponse:
    return reply(AnswerGiven(document=carrier), 202, location=f"/api/v1/documents/{carrier}")
