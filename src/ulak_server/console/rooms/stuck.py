"""Documents that do not move: why, as far as codes say it, and what operators found out about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.console import watching
from ulak_server.exchange import services as exchange
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown

__all__ = ["ROOM"]

ROOM = Pages("stuck", prefix="console/")


@ROOM.page("GET", "stuck", "operate", Text("Takılan belgeler", "Stuck documents"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = watching.stuck()
    return shown(request, visit, "console/stuck.html", {"rows": found})


@ROOM.page(
    "POST",
    "stuck/<int:owner>/<int:document>/confirm",
    "operate",
    Text("GİB'den öğrenildi: ulaştı", "GİB says: it arrived"),
)
def confirm(request: HttpRequest, visit: Visit, owner: int, document: int) -> HttpResponse:
    exchange.confirm(owner, document, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, "/console/stuck"), Text("Ulaştı olarak işlendi.", "Entered as delivered."), visit)


@ROOM.page(
    "POST",
    "stuck/<int:owner>/<int:document>/release",
    "operate",
    Text("GİB'den öğrenildi: ulaşmadı, yeniden gönder", "GİB says: it is not there; send it again"),
)
def release(request: HttpRequest, visit: Visit, owner: int, document: int) -> HttpResponse:
    exchange.release(owner, document, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, "/console/stuck"), Text("Yeniden gönderilecek.", "It is sent again."), visit)
