"""Signing in, step by step, and one's own sessions."""

from __future__ import annotations

from typing import Annotated, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Path

from ulak.errors import Text
from ulak_server.api.contract import Ways
from ulak_server.api.door import COOKIE, csrf_token, origin_of, stay, visit
from ulak_server.api.replies import body, nothing, reply
from ulak_server.api.views.people import (
    Acceptance,
    Code,
    Credentials,
    PasswordChange,
    SecondFactor,
    SessionList,
    SessionOpened,
    SessionView,
)
from ulak_server.people import services as people
from ulak_server.people.services import SignedIn

__all__ = ["ROOM"]

ROOM = Ways("sessions")
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
_HOURS: Final = 12
_WRONG: Final = (401, 403)


@ROOM.way(
    "POST",
    "/session",
    "open",
    Text("Oturum aç: e-posta ve parola", "Sign in: e-mail address and password"),
    takes=Credentials,
    gives={201: SessionOpened},
    faults=_WRONG,
    needs_taxpayer=False,
)
def sign_in(request: HttpRequest) -> HttpResponse:
    given = body(request, Credentials)
    agent = request.headers.get("User-Agent", "")
    return _stayed(people.sign_in(given.email, given.password, origin=origin_of(request), agent=agent), status=201)


@ROOM.way(
    "GET",
    "/session",
    "open",
    Text("Oturumun durumu", "How far the session has come"),
    gives={200: SessionOpened},
    faults=_WRONG,
    needs_taxpayer=False,
)
def session_now(request: HttpRequest) -> HttpResponse:
    token = stay(request)
    caller = people.authenticate_session(token)
    return reply(SessionOpened(level=caller.level, csrf_token=csrf_token(token)))


@ROOM.way(
    "POST",
    "/session/code",
    "open",
    Text("İkinci adım: uygulamadaki kod", "Second step: a code of the app"),
    takes=Code,
    gives={200: SessionOpened},
    faults=_WRONG,
    needs_taxpayer=False,
)
def give_code(request: HttpRequest) -> HttpResponse:
    token = stay(request)
    return _stayed(people.give_code(token, body(request, Code).code, origin=origin_of(request)))


@ROOM.way(
    "POST",
    "/session/second-factor",
    "open",
    Text("İkinci adımın kurulumunu başlat", "Begin to set the second factor up"),
    gives={200: SecondFactor},
    faults=_WRONG,
    needs_taxpayer=False,
)
def begin_second_factor(request: HttpRequest) -> HttpResponse:
    return reply(SecondFactor(address=people.begin_second_factor(stay(request))))


@ROOM.way(
    "POST",
    "/session/second-factor/confirm",
    "open",
    Text("Kurulumu ilk kodla onayla", "Confirm it with its first code"),
    takes=Code,
    gives={200: SessionOpened},
    faults=_WRONG,
    needs_taxpayer=False,
)
def confirm_second_factor(request: HttpRequest) -> HttpResponse:
    token, origin = stay(request), origin_of(request)
    signed_in, codes = people.confirm_second_factor(token, body(request, Code).code, origin=origin)
    return _stayed(signed_in, codes=tuple(codes))


@ROOM.way(
    "POST",
    "/session/second-factor/remove",
    "open",
    Text("İkinci adımı kaldır", "Remove the second factor"),
    takes=Code,
    gives={200: SessionOpened},
    faults=_WRONG,
    needs_taxpayer=False,
)
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    token = stay(request)
    return _stayed(people.remove_second_factor(token, body(request, Code).code, origin=origin_of(request)))


@ROOM.way(
    "POST",
    "/session/password",
    "open",
    Text("Parolayı değiştir", "Change the password"),
    takes=PasswordChange,
    gives={200: SessionOpened},
    faults=_WRONG,
    needs_taxpayer=False,
)
def change_password(request: HttpRequest) -> HttpResponse:
    token, given = stay(request), body(request, PasswordChange)
    return _stayed(people.change_password(token, given.old, given.new, origin=origin_of(request)))


@ROOM.way(
    "DELETE",
    "/session",
    "open",
    Text("Oturumu kapat", "Sign out"),
    gives={204: None},
    faults=_WRONG,
    needs_taxpayer=False,
)
def sign_out(request: HttpRequest) -> HttpResponse:
    people.sign_out(stay(request), origin=origin_of(request))
    response = nothing()
    response.delete_cookie(COOKIE, path="/api/", samesite="Strict")
    return response


@ROOM.way(
    "GET",
    "/me/sessions",
    "me.read",
    Text("Süren oturumlarım", "My sessions that go on"),
    gives={200: SessionList},
    needs_taxpayer=False,
)
def my_sessions(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    found = people.sessions_of(asking.token)
    items = tuple(
        SessionView(
            id=one.id,
            is_this=one.id == asking.caller.session,
            created_at=one.created_at,
            seen_at=one.seen_at,
            expires_at=one.expires_at,
            origin=one.origin,
            agent=one.agent,
        )
        for one in found
    )
    return reply(SessionList(items=items))


@ROOM.way(
    "DELETE",
    "/me/sessions/{int:id}",
    "me.read",
    Text("Bir oturumumu kapat", "End one of my sessions"),
    gives={204: None},
    faults=(404,),
    needs_taxpayer=False,
)
def end_session(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    people.end_session(asking.token, id, origin=asking.origin)
    return nothing()


@ROOM.way(
    "POST",
    "/invitations/accept",
    "open",
    Text("Daveti kabul et", "Accept an invitation"),
    takes=Acceptance,
    gives={204: None},
    faults=(401, 404),
    needs_taxpayer=False,
)
def accept_invitation(request: HttpRequest) -> HttpResponse:
    given = body(request, Acceptance)
    people.accept_invitation(
        given.token, password=given.password, name=given.name, language=given.language, origin=origin_of(request)
    )
    return nothing()


def _stayed(signed_in: SignedIn, *, status: int = 200, codes: tuple[str, ...] = ()) -> HttpResponse:
    opened = SessionOpened(level=signed_in.level, csrf_token=csrf_token(signed_in.token), recovery_codes=codes)
    response = reply(opened, status)
    response.set_cookie(
        COOKIE,
        signed_in.token,
        max_age=_HOURS * 3600,
        path="/api/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response
