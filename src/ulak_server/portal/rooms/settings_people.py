"""Settings of who may do what: users, roles, invitations, API keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server import clock
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.people import services as people
from ulak_server.portal.rooms.books_fields import Choice
from ulak_server.portal.rooms.settings_room import ROOM, page

__all__: list[str] = []

_ROLES: Final = (
    Choice("owner", Text("Sahip: her şey, kullanıcılar ve anahtarlar da", "Owner: everything, users and keys too")),
    Choice("accountant", Text("Muhasebeci: belgeler, yanıtlar, ayarlar", "Accountant: documents, answers, settings")),
    Choice("clerk", Text("Görevli: belge yazar ve gönderir", "Clerk: writes and sends documents")),
    Choice("reader", Text("Okuyucu: yalnız görür", "Reader: sees only")),
)
_USUAL_SCOPES: Final = frozenset(
    {
        *("documents.read", "documents.write", "documents.send", "timeline.read", "incoming.read", "incoming.take"),
        *("batches.read", "batches.write", "taxpayers.read", "userlist.read"),
    }
)
"""What an ERP needs; the rest is given knowingly."""
_LIVES: Final = (
    Choice("90", Text("90 gün", "90 days")),
    Choice("365", Text("1 yıl", "1 year")),
    Choice("730", Text("2 yıl", "2 years")),
)


@ROOM.page("GET", "settings/users", "users.read", Text("Kullanıcılar", "Users"))
def users(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _users(request, visit)


@ROOM.page("POST", "settings/users", "users.write", Text("Davet et", "Invite"))
def invite(request: HttpRequest, visit: Visit) -> HttpResponse:
    email, role = request.POST.get("email", "").strip(), request.POST.get("role", "")
    try:
        with visit.work():
            made = people.invite(visit.taxpayer, email, role, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        return _users(request, visit, error, email=email, role=role)
    address = f"{settings.PUBLIC.rstrip('/')}/invitation?token={made.token}"
    return _users(request, visit, invited=(email, address))


@ROOM.page("POST", "settings/users/<int:user>/role", "users.write", Text("Rolü değiştir", "Change the role"))
def change_role(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    try:
        with visit.work():
            people.change_part(
                visit.taxpayer, user, request.POST.get("role", ""), actor=visit.caller.actor, origin=visit.origin
            )
    except UlakError as error:
        return _users(request, visit, error)
    return notice(go(request, at(visit, "settings.users")), Text("Rol değişti.", "The role is changed."), visit)


@ROOM.page("POST", "settings/users/<int:user>/remove", "users.write", Text("Kullanıcıyı çıkar", "Let somebody go"))
def remove_user(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    try:
        with visit.work():
            people.remove_member(visit.taxpayer, user, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        return _users(request, visit, error)
    said = Text("Artık bu mükellef için çalışmıyor.", "They no longer work for this taxpayer.")
    return notice(go(request, at(visit, "settings.users")), said, visit)


@ROOM.page("POST", "settings/users/invitations/<int:id>/revoke", "users.write", Text("Daveti geri al", "Revoke"))
def revoke_invitation(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        people.revoke_invitation(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Davet geri alındı.", "The invitation is revoked.")
    return notice(go(request, at(visit, "settings.users")), said, visit)


def _users(
    request: HttpRequest,
    visit: Visit,
    error: UlakError | None = None,
    *,
    invited: tuple[str, str] | None = None,
    email: str = "",
    role: str = "clerk",
) -> HttpResponse:
    with visit.work():
        values = {
            "members": people.members(visit.taxpayer),
            "invitations": people.invitations(visit.taxpayer),
            "roles": _ROLES,
            "invited": invited,
            "email": email,
            "role": role,
        }
    return page(request, visit, "users", values, error=error)


@ROOM.page("GET", "settings/keys", "keys.read", Text("API anahtarları", "API keys"))
def keys(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _keys(request, visit)


@ROOM.page("POST", "settings/keys", "keys.write", Text("Anahtar üret", "Make a key"))
def make_key(request: HttpRequest, visit: Visit) -> HttpResponse:
    name, life = request.POST.get("name", ""), request.POST.get("life", "365")
    scopes = [one for one in request.POST.getlist("scope") if one in people.SCOPES]
    days = int(life) if life in {one.value for one in _LIVES} else 365
    try:
        with visit.work():
            made = people.make_key(
                visit.taxpayer,
                name,
                scopes,
                expires_at=clock.now() + timedelta(days=days),
                actor=visit.caller.actor,
                origin=visit.origin,
            )
    except UlakError as error:
        return _keys(request, visit, error, name=name, chosen=scopes)
    return _keys(request, visit, token=made.text)


@ROOM.page("POST", "settings/keys/<int:id>/revoke", "keys.write", Text("Anahtarı iptal et", "Revoke a key"))
def revoke_key(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        people.revoke_key(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Anahtar iptal edildi.", "The key is revoked.")
    return notice(go(request, at(visit, "settings.keys")), said, visit)


def _keys(
    request: HttpRequest,
    visit: Visit,
    error: UlakError | None = None,
    *,
    token: str = "",
    name: str = "",
    chosen: list[str] | None = None,
) -> HttpResponse:
    with visit.work():
        found = people.keys_of(visit.taxpayer)
    scopes = [
        (one, people.ACTIONS[one].about, one in (_USUAL_SCOPES if chosen is None else chosen)) for one in people.SCOPES
    ]
    now = clock.now()
    rows = [(one, one.expires_at is not None and one.expires_at <= now) for one in found]
    values = {"rows": rows, "scopes": scopes, "lives": _LIVES, "token": token, "name": name}
    return page(request, visit, "keys", values, error=error)
