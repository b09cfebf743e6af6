"""The link to Merkez: circuit breakers, and whether GİB lets us call."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.console import watching
from ulak_server.exchange import services as exchange
from ulak_server.operations import depths
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.userlist import services as userlist

__all__ = ["ROOM"]

ROOM = Pages("merkez", prefix="console/")


@ROOM.page("GET", "merkez", "operate", Text("Merkez bağlantısı", "The link to Merkez"))
def link(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        values = {
            "links": watching.links_found(),
            "identities": watching.identities_found(),
            "list": userlist.freshness(),
        }
    stages = [(stage, count) for room, stage, count in depths.stages() if room == "envelope"]
    return shown(request, visit, "console/merkez.html", {**values, "stages": stages})


@ROOM.page(
    "POST", "merkez/<str:number>/permission", "operate", Text("GİB'in izni geri geldi", "GİB's permission is back")
)
def permission_back(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    exchange.give_permission_back(number, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Bekletilen zarflar yeniden yola çıkıyor.", "Envelopes that were held go on.")
    return notice(go(request, "/console/merkez"), said, visit)
