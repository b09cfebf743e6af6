"""Support access as the taxpayer sees it: who asks and why, consent, what was looked at, the end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.people import services as people
from ulak_server.people.models import SupportStage

__all__ = ["ROOM"]

ROOM = Pages("support")
_STAGES = {
    SupportStage.ASKED: (Text("yanıtınızı bekliyor", "waits for your answer"), "wait"),
    SupportStage.GIVEN: (Text("açık", "open"), "ok"),
    SupportStage.REFUSED: (Text("izin verilmedi", "refused"), "quiet"),
    SupportStage.ENDED: (Text("bitirildi", "ended"), "quiet"),
    SupportStage.OVER: (Text("süresi doldu", "time is up"), "quiet"),
}


@ROOM.page("GET", "settings/support", "support.read", Text("Destek erişimi", "Support access"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = people.support_known(visit.taxpayer)
        rows = [(one, *_STAGES[one.stage], people.support_views(one.id)) for one in found]
    return shown(request, visit, "portal/support/listed.html", {"rows": rows})


@ROOM.page("POST", "settings/support/<int:id>/consent", "support.answer", Text("İzin ver", "Consent"))
def consent(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        people.consent_to_support(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    said = Text("İzin verildi; süresi dolunca kendiliğinden biter.", "Consented; it ends by itself when time is up.")
    return notice(go(request, at(visit, "support.listed")), said, visit)


@ROOM.page("POST", "settings/support/<int:id>/refuse", "support.answer", Text("İzin verme", "Refuse"))
def refuse(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        people.refuse_support(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, at(visit, "support.listed")), Text("İzin verilmedi.", "Refused."), visit)


@ROOM.page("POST", "settings/support/<int:id>/end", "support.answer", Text("Erişimi bitir", "End the access"))
def end(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        people.end_support(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, at(visit, "support.listed")), Text("Erişim bitti.", "The access has ended."), visit)
