"""What people do about an issued document: cancel it, say what the buyer answered, tell of an objection."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server import clock
from ulak_server.exchange.reports import services as reporting
from ulak_server.pages.asking import day_of
from ulak_server.pages.door import Visit
from ulak_server.pages.problems import problem
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.documents_archived import METHODS, archived, editor_of
from ulak_server.portal.rooms.documents_room import ROOM
from ulak_server.portal.rooms.documents_viewer import document_of
from ulak_server.statuses import status_of

__all__: list[str] = []

_LONGEST_REASON: Final = 500
_ANSWERED: Final = {
    True: Text("Alıcının kabulü işlendi.", "The buyer's consent is recorded."),
    False: Text("Alıcının reddi işlendi; belge geçerli.", "The buyer's refusal is recorded; the document is valid."),
}


class Given(NamedTuple):
    """The form of an objection as it was filled in."""

    method: str = "KEP"
    number: str = ""
    day: str = ""
    explanation: str = ""


@ROOM.page("POST", "documents/<int:id>/cancel", "documents.cancel", Text("Belgeyi iptal et", "Cancel a document"))
def cancel(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Cancel it; by the second button go on to write the right one."""
    reason = request.POST.get("reason", "").strip()[:_LONGEST_REASON]
    with visit.work():
        editor = editor_of(visit, document_of(visit, id))
    made = reporting.cancel(visit.taxpayer, id, reason, actor=visit.caller.actor, origin=visit.origin)
    said = Text("İptal edildi; GİB'e raporla bildirilir.", "Cancelled; GİB is told by the report.")
    if made.stage == "requested":
        said = Text(
            "İptal isteği yapıldı; raporla alıcıya iletilir.", "Asked for; the report passes it on to the buyer."
        )
    is_copied = request.POST.get("then") == "copy" and editor
    return notice(go(request, editor if is_copied else at(visit, "documents.one", id=id)), said, visit)


@ROOM.page(
    "POST",
    "documents/<int:id>/cancel/answer",
    "documents.cancel",
    Text("Alıcının iptale yanıtı", "The buyer's answer to a cancellation"),
)
def cancel_answer(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Record what the buyer answered on GİB's portal."""
    accepted = request.POST.get("accepted") == "yes"
    day = day_of(request.POST.get("day")) or clock.today()
    who = {"actor": visit.caller.actor, "origin": visit.origin}
    reporting.cancellation_answered(visit.taxpayer, id, accepted, day, **who)
    return notice(go(request, at(visit, "documents.one", id=id)), _ANSWERED[accepted], visit)


@ROOM.page("GET", "documents/<int:id>/objection", "objections.write", Text("İtirazı bildir", "Tell of an objection"))
def objection(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """The form."""
    return _objection(request, visit, id, Given(day=str(clock.today())))


@ROOM.page("POST", "documents/<int:id>/objection", "objections.write", Text("İtirazı bildir", "Tell of an objection"))
def send_objection(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Take it for the next report."""
    given = Given(**{name: " ".join(request.POST.get(name, "").split()) for name in Given._fields})
    day = day_of(given.day)
    faults = _faults(given, day)
    if faults or day is None:
        return _objection(request, visit, id, given, faults=faults)
    try:
        reporting.object_to(
            visit.taxpayer,
            id,
            given.method,
            given.number,
            day,
            given.explanation,
            actor=visit.caller.actor,
            origin=visit.origin,
        )
    except UlakError as error:
        return _objection(request, visit, id, given, error=error)
    said = Text("İtiraz kaydedildi; GİB'e raporla bildirilir.", "Recorded; GİB is told by the report.")
    return notice(go(request, at(visit, "documents.one", id=id)), said, visit)


_MISSING: Final = {
    "method": Text("Yöntemi seçin.", "Choose the way."),
    "number": Text("Belgenin numarasını yazın.", "Write its number."),
    "day": Text("Günü yazın; bugünden sonra olamaz.", "Write the day; it cannot lie ahead."),
    "explanation": Text("Neye itiraz edildiğini yazın.", "Write what is objected to."),
}


def _faults(given: Given, day: date | None) -> dict[str, Text]:
    missing = [name for name in ("number", "explanation") if not getattr(given, name)]
    if given.method not in METHODS:
        missing.append("method")
    if day is None or day > clock.today():
        missing.append("day")
    return {name: _MISSING[name] for name in missing}


def _objection(
    request: HttpRequest,
    visit: Visit,
    id: int,
    given: Given,
    *,
    faults: dict[str, Text] | None = None,
    error: UlakError | None = None,
) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        found = archived(visit, row)
    if found is None:
        raise problem("pages.not-found")
    values: dict[str, Any] = {
        "row": row,
        "archived": found,
        "methods": METHODS.items(),
        "given": given,
        "faults": faults or {},
        "error": error,
        "today": clock.today(),
    }
    status = 422 if faults else status_of(error) if error else 200
    return shown(request, visit, "portal/documents/objection.html", values, status=status)
