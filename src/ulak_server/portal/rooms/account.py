"""One's own account: name and language, password, second factor, sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.pages.door import Visit, remember
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.people import services as people
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("account", prefix="me/")


@ROOM.page("GET", "me", "me.read", Text("Hesabım", "My account"), top=True)
def mine(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _shown(request, visit)


@ROOM.page("POST", "password", "me.read", Text("Parolayı değiştir", "Change the password"))
def change_password(request: HttpRequest, visit: Visit) -> HttpResponse:
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    try:
        found = people.change_password(visit.token, old, new, origin=visit.origin)
    except UlakError as error:
        return _shown(request, visit, password_error=error)
    said = Text("Parola değişti; öteki oturumlarınız kapandı.", "The password is changed; other sessions have ended.")
    return notice(remember(go(request, "/me"), found.token), said, visit)


@ROOM.page("POST", "second-factor", "me.read", Text("İkinci adımı yenile", "Renew the second factor"))
def renew_second_factor(request: HttpRequest, visit: Visit) -> HttpResponse:
    try:
        found = people.remove_second_factor(visit.token, request.POST.get("code", ""), origin=visit.origin)
    except UlakError as error:
        return _shown(request, visit, code_error=error)
    return remember(go(request, "/sign-in/second-factor?next=/me"), found.token)


@ROOM.page("POST", "sessions/<int:id>/end", "me.read", Text("Oturumu kapat", "End a session"))
def end_session(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    people.end_session(visit.token, id, origin=visit.origin)
    return notice(go(request, "/me"), Text("Oturum kapandı.", "The session has ended."), visit)


def _shown(
    request: HttpRequest,
    visit: Visit,
    *,
    password_error: UlakError | None = None,
    code_error: UlakError | None = None,
) -> HttpResponse:
    values = {
        "sessions": people.sessions_of(visit.token),
        "password_error": password_error,
        "code_error": code_error,
    }
    error = password_error or code_error
    return shown(request, visit, "portal/account/mine.html", values, status=status_of(error) if error else 200)
