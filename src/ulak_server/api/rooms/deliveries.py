"""How documents reach their receivers beside Merkez: by e-mail, by link, on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from msgspec import UnsetType

from ulak.errors import Language, Text
from ulak_server.api.contract import Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.replies import body, reply
from ulak_server.api.rooms.documents import Id, row_of
from ulak_server.api.views.deliveries import DeliveryView, HandedOver, HandoverView, MessageView
from ulak_server.delivery import services as delivery
from ulak_server.delivery.models import How
from ulak_server.delivery.services import HOW, ShownMessage
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("deliveries")


@ROOM.way(
    "GET",
    "/documents/{int:id}/deliveries",
    "delivery.read",
    Text("Belge alıcıya nasıl iletildi", "How a document was passed on to its receiver"),
    gives={200: HandoverView},
)
def deliveries(request: HttpRequest, id: Id) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    return reply(_stands(asking, id, language))


@ROOM.way(
    "POST",
    "/documents/{int:id}/handover",
    "delivery.write",
    Text("Belgenin kâğıtla teslim edildiğini kaydet", "Record that a document was handed over on paper"),
    about=Text(
        "İptal süresi ilk teslimden işler. Yinelenen çağrı bir şey değiştirmez.",
        "The time to cancel runs from the first delivery. Repeating the call changes nothing.",
    ),
    takes=HandedOver,
    gives={200: HandoverView},
    faults=(409,),
)
def hand_over(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, HandedOver)
    at = None if isinstance(given.at, UnsetType) else given.at
    actor, origin = asking.caller.actor, asking.origin
    with working_for(asking.caller, asking.taxpayer):
        delivery.handed_over(asking.taxpayer, id, at=at, to=given.to, note=given.note, actor=actor, origin=origin)
    return reply(_stands(asking, id, language_of(request)))


def _stands(asking: Visit, id: int, language: Language) -> HandoverView:
    with working_for(asking.caller, asking.taxpayer):
        row = row_of(asking, id)
        found = delivery.handing_of(asking.taxpayer, id)
        messages = delivery.shown_messages(asking.taxpayer, document=id, limit=200)
    is_shown = row.kind in ARCHIVED and row.sealed_at is not None
    return HandoverView(
        stage=str(found.stage) if found.stage else "",
        sentence=found.stage.sentence.say(language) if found.stage else "",
        delivered_at=found.delivered_at,
        page=delivery.page_address(asking.taxpayer, row.ettn) if is_shown else "",
        deliveries=tuple(
            DeliveryView(
                at=one.at,
                how=one.how,
                label=HOW[How(one.how)].say(language),
                to=one.recipient,
                undone_at=one.undone_at,
            )
            for one in found.records
        ),
        messages=tuple(_message(one, language) for one in messages),
    )


def _message(one: ShownMessage, language: Language) -> MessageView:
    return MessageView(
        id=one.row.id,
        to=one.row.recipient,
        stage=str(one.stage),
        sentence=one.stage.sentence.say(language),
        advice=one.problem.repair.say(language),
        created_at=one.row.created_at,
        sent_at=one.row.sent_at,
    )
