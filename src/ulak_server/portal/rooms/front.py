"""Where people arrive, how pages look to them, and what stands at addresses where nothing is."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ulak.errors import LANGUAGES, Text
from ulak_server.pages.answering import answered
from ulak_server.pages.asking import safe_path
from ulak_server.pages.door import LANGUAGE_COOKIE, THEME_COOKIE
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import THEMES, clients_of, shown
from ulak_server.people import services as people

__all__ = ["ROOM", "no_csrf", "nowhere"]

ROOM = Pages("front")
_YEAR: Final = 365 * 24 * 3600


@ROOM.page("GET", "", "open", Text("Ulak", "Ulak"), top=True)
def arrive(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everybody to where they work."""
    return HttpResponseRedirect(_home(visit))


@ROOM.page("POST", "appearance", "open", Text("Dil ve görünüm", "Language and appearance"), top=True)
def appearance(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The language and the colours of pages, for this browser; the language for the person, too."""
    response = HttpResponseRedirect(safe_path(request.POST.get("back", "/")))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in LANGUAGES:
        _keep(response, LANGUAGE_COOKIE, language)
        if visit.token and visit.caller.user:
            people.speak(visit.token, language)
    if theme in THEMES:
        _keep(response, THEME_COOKIE, theme)
    return response


@ROOM.page("GET", "signed-in", "me.read", Text("Oturum açıldı", "Signed in"), top=True)
def signed_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For those who signed in beside a page on which they had written."""
    return shown(request, visit, "portal/sign_in/signed_in.html")


def nowhere(request: HttpRequest, path: str = "") -> HttpResponse:
    """What stands at every address where nothing is."""

    def show() -> HttpResponse:
        raise problem("pages.not-found")

    return answered(request, show)  # type: ignore[return-value]


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django shows whoever sends a form without the token of the page."""

    def show() -> HttpResponse:
        raise problem("pages.csrf")

    return answered(request, show)  # type: ignore[return-value]


def _home(visit: Visit) -> str:
    if not visit.caller.actor:
        return "/sign-in"
    if visit.caller.is_operator:
        return "/console"
    mine = clients_of(visit)
    return f"/t/{mine[0].id}/today" if len(mine) == 1 else "/desk"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax")
