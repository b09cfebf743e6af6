"""What happened to documents and envelopes, and what operators find out about them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path

from ulak.errors import Language, Text
from ulak.lifecycle.documents import Stage
from ulak_server.api.contract import Ways
from ulak_server.api.door import visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import LARGEST_ID
from ulak_server.api.replies import nothing, reply
from ulak_server.api.rooms.documents import row_of
from ulak_server.api.views.timelines import DocumentStage, EnvelopeSaid, EnvelopeShown, TimelineEntry, TimelineView
from ulak_server.audit import services as audit
from ulak_server.audit.services import Told
from ulak_server.exchange import services as exchange
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("timelines")
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Number = Annotated[str, Path(pattern="^[0-9]{10,11}$")]


@ROOM.way(
    "GET",
    "/documents/{int:id}/timeline",
    "timeline.read",
    Text("Belgenin başından geçenler", "What happened to a document"),
    gives={200: TimelineView},
)
def timeline(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row_of(asking, id)
        found = audit.timeline(id)
    return reply(TimelineView(entries=tuple(_entry(one) for one in found)))


@ROOM.way(
    "GET",
    "/envelopes/{uuid:id}",
    "timeline.read",
    Text("Gönderdiğimiz zarfın durumu", "How an envelope that we sent stands"),
    gives={200: EnvelopeShown},
)
def envelope(request: HttpRequest, id: UUID) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    with working_for(asking.caller, asking.taxpayer):
        found = exchange.envelope(id)
    return reply(_envelope(found, language))


@ROOM.way(
    "POST",
    "/operations/documents/{int:id}/release",
    "operate",
    Text("Çelişkili belge GİB'de yok: yeniden gitsin", "A disputed document is not at GİB: let it go again"),
    gives={200: DocumentStage},
    faults=(409,),
)
def release(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    stage = exchange.release(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return _stage(stage, language_of(request))


@ROOM.way(
    "POST",
    "/operations/documents/{int:id}/confirm",
    "operate",
    Text("Çelişkili belge alıcısında: öyle kaydet", "A disputed document has reached its receiver: enter that"),
    gives={200: DocumentStage},
    faults=(409,),
)
def confirm(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    stage = exchange.confirm(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return _stage(stage, language_of(request))


@ROOM.way(
    "POST",
    "/operations/identities/{number}/permission-back",
    "operate",
    Text("GİB izni geri verdi (2007): bekleyenler gitsin", "GİB gave its permission back (2007): let traffic flow"),
    gives={204: None},
    faults=(404, 409),
    needs_taxpayer=False,
)
def permission_back(request: HttpRequest, number: Number) -> HttpResponse:
    asking = visit(request)
    exchange.give_permission_back(number, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


def _stage(stage: Stage, language: Language) -> HttpResponse:
    return reply(DocumentStage(stage=str(stage), sentence=stage.sentence.say(language)))


def _entry(one: Told) -> TimelineEntry:
    return TimelineEntry(
        at=one.at,
        what=one.what,
        stage=one.stage,
        code=one.code,
        actor=one.actor,
        origin=one.origin,
        envelope=one.envelope,
        facts=dict(one.facts),
    )


def _envelope(found: exchange.EnvelopeView, language: Language) -> EnvelopeShown:
    return EnvelopeShown(
        id=found.id,
        type=found.type,
        element=found.element,
        sender=found.sender,
        receiver=found.receiver,
        documents=tuple(found.documents),
        stage=found.stage,
        sentence=found.sentence.say(language),
        created_at=found.created_at,
        sent_at=found.sent_at,
        attempts=found.attempts,
        questions=found.questions,
        said=tuple(
            EnvelopeSaid(at=one.at, by=one.by, code=one.code, label=one.label.say(language), text=one.text)
            for one in found.said
        ),
    )
