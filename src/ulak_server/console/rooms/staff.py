"""The operator's own people: who may come in, and who may no more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.people import services as people
from ulak_server.people.models import User
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("staff", prefix="console/")
_SHOWN = ("id", "email", "name", "is_active", "last_login")


@ROOM.page("GET", "people", "operate", Text("İşletmeciler", "Operators"))
def operators(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _shown(request, visit)


@ROOM.page("POST", "people", "operate", Text("İşletmeci yap", "Make somebody an operator"))
def let_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    email = request.POST.get("email", "")
    try:
        with visit.work():
            people.let_in(people.id_of(email), as_operator=True, actor=visit.caller.actor)
    except UlakError as error:
        return _shown(request, visit, error, email)
    return notice(go(request, "/console/people"), Text("Artık işletmeci.", "They are an operator now."), visit)


@ROOM.page("POST", "people/<int:user>/out", "operate", Text("Erişimi kaldır", "Take access away"))
def shut_out(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    with visit.work():
        people.shut_out(user, actor=visit.caller.actor)
    said = Text("Oturumları kapandı; artık giremez.", "Their sessions have ended; they cannot come in.")
    return notice(go(request, "/console/people"), said, visit)


def _shown(request: HttpRequest, visit: Visit, error: UlakError | None = None, email: str = "") -> HttpResponse:
    with visit.work():
        found = list(User.objects.filter(is_operator=True).order_by("email").values(*_SHOWN))
    values = {"rows": found, "error": error, "email": email}
    return shown(request, visit, "console/people.html", values, status=status_of(error) if error else 200)
