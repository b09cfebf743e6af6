"""Who one is, who works for a taxpayer, and the keys of programs."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path

from ulak.errors import Text
from ulak_server.api.contract import Ways
from ulak_server.api.door import visit
from ulak_server.api.replies import body, created, nothing, reply
from ulak_server.api.views.people import (
    InvitationList,
    InvitationMade,
    InvitationView,
    InvitationWanted,
    KeyList,
    KeyMade,
    KeyView,
    KeyWanted,
    Me,
    MemberList,
    MemberView,
    RoleWanted,
    StandingView,
)
from ulak_server.people import services as people
from ulak_server.people.services import ACTIONS, Caller, working_for
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["ROOM"]

ROOM = Ways("people")
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]


@ROOM.way(
    "GET",
    "/me",
    "me.read",
    Text("Ben kimim, kimin için ne yapabilirim", "Who I am, and what I may do for whom"),
    gives={200: Me},
    needs_taxpayer=False,
)
def me(request: HttpRequest) -> HttpResponse:
    caller = visit(request).caller
    return reply(
        Me(
            actor=caller.actor,
            name=caller.name,
            is_operator=caller.is_operator,
            language=caller.language,
            taxpayers=_standings(caller),
        )
    )


def _standings(caller: Caller) -> tuple[StandingView, ...]:
    with working_for(caller, *caller.taxpayers):
        found = list(
            Taxpayer.objects.filter(id__in=caller.taxpayers)
            .order_by("title", "id")
            .values_list("id", "number", "title")
        )
    return tuple(
        StandingView(
            number=number,
            title=title,
            role=str(caller.standing(id)),
            actions=tuple(name for name in ACTIONS if people.allowed(caller, name, id)),
        )
        for id, number, title in found
    )


@ROOM.way(
    "GET",
    "/members",
    "users.read",
    Text("Mükellefin kullanıcıları", "Who works for the taxpayer"),
    gives={200: MemberList},
)
def members(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        found = people.members(asking.taxpayer)
    items = tuple(
        MemberView(
            id=one.user,
            email=one.email,
            name=one.name,
            role=one.role,
            is_active=one.is_active,
            last_login=one.last_login,
        )
        for one in found
    )
    return reply(MemberList(items=items))


@ROOM.way(
    "PATCH",
    "/members/{int:id}",
    "users.write",
    Text("Kullanıcının rolünü değiştir", "Give a member another role"),
    takes=RoleWanted,
    gives={204: None},
    faults=(404, 409),
)
def change_member(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, RoleWanted)
    with working_for(asking.caller, asking.taxpayer):
        people.change_part(asking.taxpayer, id, given.role, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


@ROOM.way(
    "DELETE",
    "/members/{int:id}",
    "users.write",
    Text("Kullanıcıyı çıkar", "Let a member go"),
    gives={204: None},
    faults=(404, 409),
)
def remove_member(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        people.remove_member(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


@ROOM.way(
    "GET", "/invitations", "users.read", Text("Bekleyen davetler", "Open invitations"), gives={200: InvitationList}
)
def invitations(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        found = people.invitations(asking.taxpayer)
    items = tuple(
        InvitationView(id=one.id, email=one.email, role=one.role, invited_by=one.invited_by, expires_at=one.expires_at)
        for one in found
    )
    return reply(InvitationList(items=items))


@ROOM.way(
    "POST",
    "/invitations",
    "users.write",
    Text("Birini davet et", "Invite somebody"),
    takes=InvitationWanted,
    gives={201: InvitationMade},
    faults=(409,),
)
def invite(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, InvitationWanted)
    with working_for(asking.caller, asking.taxpayer):
        made = people.invite(asking.taxpayer, given.email, given.role, actor=asking.caller.actor, origin=asking.origin)
    return created(
        InvitationMade(id=made.id, token=made.token, expires_at=made.expires_at), f"/api/v1/invitations/{made.id}"
    )


@ROOM.way(
    "DELETE",
    "/invitations/{int:id}",
    "users.write",
    Text("Daveti geri al", "Take an invitation back"),
    gives={204: None},
    faults=(404,),
)
def revoke_invitation(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        people.revoke_invitation(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


@ROOM.way("GET", "/keys", "keys.read", Text("API anahtarları", "API keys"), gives={200: KeyList})
def keys(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        found = people.keys_of(asking.taxpayer)
    items = tuple(
        KeyView(
            id=one.id,
            name=one.name,
            prefix=one.prefix,
            scopes=tuple(one.scopes),
            created_at=one.created_at,
            expires_at=one.expires_at,
            revoked_at=one.revoked_at,
            last_used_at=one.last_used_at,
        )
        for one in found
    )
    return reply(KeyList(items=items))


@ROOM.way(
    "POST",
    "/keys",
    "keys.write",
    Text("API anahtarı üret", "Make an API key"),
    takes=KeyWanted,
    gives={201: KeyMade},
)
def make_key(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, KeyWanted)
    with working_for(asking.caller, asking.taxpayer):
        made = people.make_key(
            asking.taxpayer,
            given.name,
            given.scopes,
            expires_at=given.expires_at,
            actor=asking.caller.actor,
            origin=asking.origin,
        )
    return created(KeyMade(id=made.id, key=made.text, prefix=made.prefix), f"/api/v1/keys/{made.id}")


@ROOM.way(
    "DELETE",
    "/keys/{int:id}",
    "keys.write",
    Text("API anahtarını iptal et", "Revoke an API key"),
    gives={204: None},
    faults=(404,),
)
def revoke_key(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        people.revoke_key(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return nothing()
