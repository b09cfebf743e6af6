"""Packages of books at GİB: how they stand, what is wanted of them, the berats that GİB approved."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path

from ulak.errors import Text
from ulak_server.api import showing_ledgers as showing
from ulak_server.api.contract import Raw, Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.replies import body, plain, reply
from ulak_server.api.views.ledgers import PackageOrder, PackageShown
from ulak_server.exchange.ledgers import services as gib
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("ledgers")
Id = Annotated[UUID, Path()]
_ZIP: Final = Raw("application/zip", {"type": "string", "format": "binary"})
_XML: Final = Raw("application/xml", {"type": "string"})
_ORDERS: Final[dict[str, Any]] = {
    "ask": gib.ask_now,
    "repair": gib.repair,
    "withdraw": gib.withdraw,
    "fetch": gib.fetch_again,
}


@ROOM.way(
    "GET",
    "/ledgers/packages/{uuid:id}",
    "ledgers.read",
    Text("GİB'deki bir paket ve çağrıları", "A package at GİB and the calls about it"),
    gives={200: PackageShown},
)
def ledger_package(request: HttpRequest, id: Id) -> HttpResponse:
    return _package(visit(request), request, id)


@ROOM.way(
    "POST",
    "/ledgers/packages/{uuid:id}/orders",
    "ledgers.send",
    Text("Paket için bir şey iste", "Want something of a package"),
    takes=PackageOrder,
    gives={202: PackageShown},
    faults=(409,),
)
def order_package(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, PackageOrder)
    who = {"actor": asking.caller.actor, "origin": asking.origin}
    if given.order == "deleted":
        gib.deleted_at_gib(asking.taxpayer, id, permitted=given.permitted, **who)
    else:
        _ORDERS[given.order](asking.taxpayer, id, **who)
    return _package(asking, request, id, 202)


@ROOM.way(
    "GET",
    "/ledgers/packages/{uuid:id}/file",
    "ledgers.read",
    Text("Paketin GİB'e giden ZIP'i", "The ZIP of a package as GİB gets it"),
    gives={200: _ZIP},
    faults=(409,),
)
def ledger_package_file(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        name, pieces, _ = gib.file_of(asking.taxpayer, id)
        return plain(b"".join(pieces), _ZIP.type, name=name)


@ROOM.way(
    "GET",
    "/ledgers/packages/{uuid:id}/approved",
    "ledgers.read",
    Text("GİB onaylı berat", "The berat that GİB approved"),
    gives={200: _XML},
    faults=(409,),
)
def approved_berat(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        name, xml = gib.approved_berat(asking.taxpayer, id)
    return plain(xml, _XML.type, name=name)


def _package(asking: Visit, request: HttpRequest, id: UUID, status: int = 200) -> HttpResponse:
    language = language_of(request)
    with working_for(asking.caller, asking.taxpayer):
        found, calls = gib.package_of(asking.taxpayer, id)
    shown = tuple(showing.call(one, language) for one in calls)
    return reply(PackageShown(package=showing.package(found, language), calls=shown), status)
