"""Signing in, step by step; invitations accepted."""

from __future__ import annotations

import base64
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ulak.errors import Text, UlakError
from ulak.render import qr_png
from ulak_server.pages.asking import safe_path
from ulak_server.pages.door import COOKIE, Visit, forget, remember
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import shown
from ulak_server.people import services as people
from ulak_server.people.models import Level
from ulak_server.people.services import NotSignedIn, SignedIn
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("sign_in")
_STEPS: Final = {
    Level.SECOND_FACTOR_DUE: "/sign-in/code",
    Level.SECOND_FACTOR_MISSING: "/sign-in/second-factor",
    Level.PASSWORD_EXPIRED: "/sign-in/password",
}


@ROOM.page("GET", "sign-in", "open", Text("Oturum aç", "Sign in"), top=True)
def password(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _step(request, visit, "password")


@ROOM.page("POST", "sign-in", "open", Text("Oturum aç", "Sign in"), top=True)
def give_password(request: HttpRequest, visit: Visit) -> HttpResponse:
    email, agent = request.POST.get("email", ""), request.headers.get("User-Agent", "")
    try:
        found = people.sign_in(email, request.POST.get("password", ""), origin=visit.origin, agent=agent)
    except UlakError as error:
        return _step(request, visit, "password", error, email=email)
    return _onward(request, found)


@ROOM.page("GET", "sign-in/code", "open", Text("Doğrulama kodu", "The code"), top=True)
def code(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _step(request, visit, "code")


@ROOM.page("POST", "sign-in/code", "open", Text("Doğrulama kodu", "The code"), top=True)
def give_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    try:
        found = people.give_code(_token(request), request.POST.get("code", ""), origin=visit.origin)
    except UlakError as error:
        return _begin_again(error) or _step(request, visit, "code", error)
    return _onward(request, found)


@ROOM.page("GET", "sign-in/second-factor", "open", Text("İkinci adımı kur", "Set the second factor up"), top=True)
def second_factor(request: HttpRequest, visit: Visit) -> HttpResponse:
    try:
        address = people.begin_second_factor(_token(request))
    except UlakError as error:
        if error.code == "people.second-factor-there":
            return HttpResponseRedirect("/")
        return _begin_again(error) or _step(request, visit, "password", error)
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    return _step(request, visit, "second_factor", address=address, secret=secret, picture=_picture(address))


@ROOM.page("POST", "sign-in/second-factor", "open", Text("İkinci adımı onayla", "Confirm the second factor"), top=True)
def confirm_second_factor(request: HttpRequest, visit: Visit) -> HttpResponse:
    try:
        found, codes = people.confirm_second_factor(_token(request), request.POST.get("code", ""), origin=visit.origin)
    except UlakError as error:
        if again := _begin_again(error):
            return again
        # The secret stays: whoever mistypes a code must not scan anew.
        secret, address = request.POST.get("secret", "")[:64], request.POST.get("address", "")[:400]
        picture = _picture(address) if address.startswith("otpauth://") else ""
        return _step(request, visit, "second_factor", error, address=address, secret=secret, picture=picture)
    onward = _STEPS.get(found.level, safe_path(request.GET.get("next", "/")))
    response = _step(request, visit._replace(token=found.token), "recovery", codes=codes, onward=onward)
    return remember(response, found.token)


@ROOM.page("GET", "sign-in/password", "open", Text("Yeni parola", "New password"), top=True)
def old_password(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _step(request, visit, "new_password")


@ROOM.page("POST", "sign-in/password", "open", Text("Yeni parola", "New password"), top=True)
def change_password(request: HttpRequest, visit: Visit) -> HttpResponse:
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    try:
        found = people.change_password(_token(request), old, new, origin=visit.origin)
    except UlakError as error:
        return _begin_again(error) or _step(request, visit, "new_password", error)
    return _onward(request, found)


@ROOM.page("POST", "sign-out", "open", Text("Oturumu kapat", "Sign out"), top=True)
def sign_out(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.token:
        people.sign_out(visit.token, origin=visit.origin)
    return forget(HttpResponseRedirect("/sign-in"))


@ROOM.page("GET", "invitation", "open", Text("Davet", "Invitation"), top=True)
def invitation(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _step(request, visit, "invitation", token=request.GET.get("token", "")[:100])


@ROOM.page("POST", "invitation", "open", Text("Daveti kabul et", "Accept an invitation"), top=True)
def accept_invitation(request: HttpRequest, visit: Visit) -> HttpResponse:
    given, name = request.POST.get("token", "")[:100], request.POST.get("name", "")
    try:
        people.accept_invitation(
            given,
            password=request.POST.get("password", ""),
            name=name,
            language=visit.language,
            origin=visit.origin,
        )
    except UlakError as error:
        return _step(request, visit, "invitation", error, token=given, name=name)
    return HttpResponseRedirect("/sign-in?invited=1")


def _step(
    request: HttpRequest, visit: Visit, step: str, error: UlakError | None = None, /, **values: object
) -> HttpResponse:
    context = {
        "error": error,
        "next": safe_path(request.GET.get("next", "/")),
        "is_invited": "invited" in request.GET,
        **values,
    }
    status = 200 if error is None else status_of(error)
    return shown(request, visit, f"portal/sign_in/{step}.html", context, status=status)


def _onward(request: HttpRequest, found: SignedIn) -> HttpResponse:
    back = safe_path(request.GET.get("next", "/"))
    step = _STEPS.get(found.level)
    return remember(HttpResponseRedirect(f"{step}?next={quote(back)}" if step else back), found.token)


def _begin_again(error: UlakError) -> HttpResponse | None:
    is_over = isinstance(error, NotSignedIn) and error.code in ("people.session-ended", "people.not-signed-in")
    return forget(HttpResponseRedirect("/sign-in")) if is_over else None


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def _picture(address: str) -> str:
    return "data:image/png;base64," + base64.b64encode(qr_png(address)).decode()
