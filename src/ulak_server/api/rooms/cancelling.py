"""Documents of the e-Arşiv family once they are issued: cancelled, objected to, and reported."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from msgspec import UnsetType

from ulak.errors import Language, Text
from ulak.lifecycle.cancellation import Verdict
from ulak_server import clock
from ulak_server.api.contract import Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.replies import body, reply
from ulak_server.api.rooms.documents import Id, row_of
from ulak_server.api.views.reports import (
    AnswerTold,
    CancellationView,
    CancelWanted,
    FilingList,
    FilingView,
    LimitView,
    ObjectionView,
    ObjectionWanted,
    What,
)
from ulak_server.exchange.reports import services as reports
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("e-archive")


@ROOM.way(
    "GET",
    "/documents/{int:id}/cancellation",
    "documents.read",
    Text("İptal ve itiraz: ne yapılabilir, ne yapıldı", "Cancelling and objecting: what may be done, what was"),
    gives={200: CancellationView},
    faults=(409,),
)
def cancellation(request: HttpRequest, id: Id) -> HttpResponse:
    return _standing(visit(request), id, language_of(request), 200)


@ROOM.way(
    "POST",
    "/documents/{int:id}/cancel",
    "documents.cancel",
    Text("Düzenlenmiş belgeyi iptal et", "Cancel a document that was issued"),
    about=Text(
        "e-Arşiv fatura, e-SMM, e-MM ve e-Gider Pusulası için. İptal, günün raporuyla GİB'e bildirilir. Aynı çağrının"
        " yinelenmesi bir şey değiştirmez.",
        "For e-Arşiv invoices, e-SMM, e-MM and expense notes. GİB is told of it by the day's report. Repeating the call"
        " changes nothing.",
    ),
    takes=CancelWanted,
    gives={202: CancellationView},
    faults=(409,),
)
def cancel(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, CancelWanted)
    reports.cancel(asking.taxpayer, id, given.reason, actor=asking.caller.actor, origin=asking.origin)
    return _standing(asking, id, language_of(request), 202)


@ROOM.way(
    "POST",
    "/documents/{int:id}/cancellation/answer",
    "documents.cancel",
    Text("Alıcının iptale verdiği yanıtı kaydet", "Record how the buyer answered to the cancellation"),
    takes=AnswerTold,
    gives={200: CancellationView},
    faults=(409,),
)
def record_answer(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, AnswerTold)
    day = clock.today() if isinstance(given.on, UnsetType) else given.on
    accepted = given.answer == "accepted"
    actor, origin = asking.caller.actor, asking.origin
    reports.cancellation_answered(asking.taxpayer, id, accepted, day, actor=actor, origin=origin)
    return _standing(asking, id, language_of(request), 200)


@ROOM.way(
    "POST",
    "/documents/{int:id}/objections",
    "objections.write",
    Text("Yapılan itirazı GİB'e bildir", "Have GİB told of an objection"),
    takes=ObjectionWanted,
    gives={202: CancellationView},
    faults=(409,),
)
def object_to(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, ObjectionWanted)
    reports.object_to(
        asking.taxpayer,
        id,
        given.method,
        given.number,
        given.date,
        given.explanation,
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    return _standing(asking, id, language_of(request), 202)


@ROOM.way(
    "GET",
    "/documents/{int:id}/filings",
    "documents.read",
    Text("Belge GİB'e nasıl bildirildi", "How GİB was told of a document"),
    gives={200: FilingList},
)
def filings(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row_of(asking, id)
        found = reports.filings_of(asking.taxpayer, id)
    return reply(FilingList(items=tuple(_filing(one) for one in found)))


def _standing(asking: Visit, id: int, language: Language, status: int) -> HttpResponse:
    with working_for(asking.caller, asking.taxpayer):
        row = row_of(asking, id)
        found = reports.standing_of(asking.taxpayer, id)
    done = found.cancellation
    return reply(
        CancellationView(
            document=row.id,
            stage=row.stage,
            cancel=_limit(found.may_cancel, language),
            is_request=found.may_cancel.is_request,
            objection=_limit(found.may_object, language),
            cancellation=str(done.stage) if done else "",
            cancelled_at=done.asked_at if done else None,
            reason=done.reason if done else "",
            answered_at=done.answered_at if done else None,
            objections=tuple(_objection(one) for one in found.objections),
        ),
        status,
    )


def _limit(said: Verdict, language: Language) -> LimitView:
    return LimitView(allowed=said.allowed, until=said.until, why=said.why.say(language))


def _objection(one: reports.Objection) -> ObjectionView:
    return ObjectionView(
        method=one.method, number=one.number, date=one.day, explanation=one.explanation, told_at=one.told_at
    )


def _filing(one: reports.Filing) -> FilingView:
    return FilingView(
        what=cast(What, one.what),
        day=one.day,
        mark=one.mark.value,
        due_at=one.due_at,
        report=one.report,
        section_no=one.section_no,
        accepted_at=one.accepted_at,
    )
