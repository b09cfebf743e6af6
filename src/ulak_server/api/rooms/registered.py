"""GİB's list of registered users."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from ulak.errors import Text
from ulak_server import clock
from ulak_server.api.contract import Ways
from ulak_server.api.door import visit
from ulak_server.api.replies import moment, reply
from ulak_server.api.views.registered import RegisteredAlias, RegisteredUser
from ulak_server.people.services import working_for
from ulak_server.userlist import services as userlist

__all__ = ["ROOM"]

ROOM = Ways("registered users")
Number = Annotated[str, Path(pattern="^[0-9]{10,11}$")]
Service = Annotated[Literal["einvoice", "edespatch"] | None, Query()]
At = Annotated[str, Query(max_length=40)]


@ROOM.way(
    "GET",
    "/registered-users/{number}",
    "userlist.read",
    Text("GİB'in listesinde ara", "Look somebody up in GİB's list"),
    gives={200: RegisteredUser},
    faults=(404,),
    needs_taxpayer=False,
)
def registered_user(request: HttpRequest, number: Number, service: Service = None, at: At = "") -> HttpResponse:
    when = moment(at, "at") if at else clock.now()
    with working_for(visit(request).caller):
        found = userlist.lookup(number, service, when)
        read = userlist.freshness()
    aliases = tuple(
        RegisteredAlias(
            service=one.service,
            role=one.role,
            alias=one.alias,
            title=one.title,
            type=one.type,
            since=one.since,
            until=one.until,
        )
        for one in found
    )
    return reply(
        RegisteredUser(
            number=number, is_registered=bool(found), at=when, list_of=read.at if read else None, aliases=aliases
        )
    )
