"""Support access as operators see it: asked for, consented to, going on, over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.people import services as people
from ulak_server.people.models import SupportStage
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["ROOM", "STAGES"]

ROOM = Pages("helping", prefix="console/")
STAGES = {
    SupportStage.ASKED: (Text("yanıt bekliyor", "waits for an answer"), "wait"),
    SupportStage.GIVEN: (Text("açık", "open"), "ok"),
    SupportStage.REFUSED: (Text("reddedildi", "refused"), "bad"),
    SupportStage.ENDED: (Text("bitirildi", "ended"), "quiet"),
    SupportStage.OVER: (Text("süresi doldu", "time is up"), "quiet"),
}


@ROOM.page("GET", "support", "operate", Text("Destek erişimi", "Support access"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = list(people.support_known())
        titles = dict(Taxpayer.objects.filter(id__in={one.taxpayer_id for one in found}).values_list("id", "title"))
        rows = [(one, titles.get(one.taxpayer_id, ""), *STAGES[one.stage], one.views.count()) for one in found]
    return shown(request, visit, "console/support.html", {"rows": rows})


@ROOM.page("POST", "support/<int:owner>", "operate", Text("Destek erişimi iste", "Ask for support access"))
def ask(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    hours = request.POST.get("hours", "")
    with visit.work():
        people.ask_for_support(
            visit.caller,
            owner,
            request.POST.get("reason", ""),
            int(hours) if hours.isascii() and hours.isdecimal() and len(hours) < 4 else 0,
            origin=visit.origin,
        )
    said = Text("İstek iletildi; mükellefin sahibi yanıtlayacak.", "The request is with the taxpayer's owner.")
    return notice(go(request, "/console/support"), said, visit)


@ROOM.page("POST", "support/<int:owner>/<int:id>/end", "operate", Text("Destek erişimini bitir", "End support access"))
def end(request: HttpRequest, visit: Visit, owner: int, id: int) -> HttpResponse:
    with visit.work():
        people.end_support(owner, id, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, "/console/support"), Text("Erişim bitti.", "The access has ended."), visit)
