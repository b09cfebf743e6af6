"""The first steps: from a tax number to the first document that arrives. Each step has its page, and may be left."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.overview import services as overview
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import go, shown
from ulak_server.people import services as people
from ulak_server.portal.rooms import start_doing as doing
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.start_values import values_of
from ulak_server.statuses import status_of
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.services import NewTaxpayer
from ulak_server.userlist import services as userlist

__all__ = ["ROOM"]

ROOM = Pages("start")
_TITLE: Final = Text("İlk adımlar", "First steps")
_NAMES: Final = ("number", "title", "first_name", "family_name")


# -- before there is a taxpayer ----------------------------------------------------------------------------------------


@ROOM.page("GET", "start", "me.read", _TITLE, top=True)
def begin(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where somebody in a sandbox takes a taxpayer on for themselves; elsewhere it says who does."""
    return _beginning(request, visit, {})


@ROOM.page("GET", "start/look", "me.read", Text("Numarayı ara", "Look a number up"), top=True)
def look(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What GİB's list says of a number, while it is typed; in a sandbox also for whoever has no taxpayer yet."""
    if not overview.is_sandbox():
        people.require(visit.caller, "userlist.read")
    return shown(request, visit, "portal/start/_looked.html", _looked(visit, request.GET.get("number", "")))


@ROOM.page("POST", "start", "me.read", Text("Deneme mükellefi ekle", "Take on a trial taxpayer"), top=True)
def take_on(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A taxpayer of somebody's own, in a sandbox."""
    given: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in _NAMES}
    try:
        made = overview.take_on(visit.caller, NewTaxpayer(**given), origin=visit.origin)
    except UlakError as error:
        return _beginning(request, visit, given, error)
    return go(request, f"/t/{made}/start/details")


def _beginning(
    request: HttpRequest, visit: Visit, given: dict[str, Any], error: UlakError | None = None
) -> HttpResponse:
    values = {"given": given, "error": error, "steps": overview.STEPS, "is_sandbox": overview.is_sandbox()}
    return shown(request, visit, "portal/start/begin.html", values, status=status_of(error) if error else 200)


def _looked(visit: Visit, number: str) -> dict[str, Any]:
    try:
        right = taxpayers.number_of(number)
    except UlakError as error:
        return {"number": number, "fault": error}
    found = userlist.lookup(right)
    return {"number": right, "found": found[0] if found else None, "is_person": len(right) == 11}


# -- the steps ---------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "start", "documents.read", _TITLE)
def resume(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The step at which somebody is."""
    with visit.work():
        step = overview.progress(visit.taxpayer).next
    return go(request, _at(visit, step))


@ROOM.page("GET", "start/state", "documents.read", Text("Adımın durumu", "How the step stands"), by_itself=True)
def state(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How the account, or the first document, stands: asked for by the page itself."""
    step = "delivered" if request.GET.get("of") == "delivered" else "account"
    with visit.work():
        found = overview.progress(visit.taxpayer)
        values = values_of(visit, found, step)
    values |= {"progress": found, "step": found.step(step), "is_sandbox": overview.is_sandbox()}
    return shown(request, visit, f"portal/start/_state_{step}.html", values)


@ROOM.page("GET", "start/request", "accounts.write", Text("Hesap isteği", "The account request"))
def fetch_request(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The request that waits for the taxpayer's own seal, to be sealed elsewhere."""
    return attachment(doing.request_to_seal(visit), "hesap-istegi.xml")


@ROOM.page("GET", "start/<slug:step>", "documents.read", _TITLE)
def show(request: HttpRequest, visit: Visit, step: str) -> HttpResponse:
    """One step; those that others have to precede say which."""
    return _shown(request, visit, step)


@ROOM.page("POST", "start/<slug:step>", "documents.write", Text("Adımı tamamla", "Finish a step"))
def finish(request: HttpRequest, visit: Visit, step: str) -> HttpResponse:
    """What a step is about, done; then the next step."""
    people.require(visit.caller, doing.ACTIONS.get(step, "documents.write"), visit.taxpayer)
    try:
        with visit.work():
            overview.progress(visit.taxpayer).must_be_open(step)
        following = doing.DOERS[step](request, visit) if step in doing.DOERS else step
    except UlakError as error:
        return _shown(request, visit, step, error=error, given=request.POST.dict())
    return go(request, _at(visit, following))


def _shown(
    request: HttpRequest,
    visit: Visit,
    step: str,
    *,
    error: UlakError | None = None,
    given: dict[str, Any] | None = None,
) -> HttpResponse:
    with visit.work():
        found = overview.progress(visit.taxpayer)
        here = found.step(step)
        values = values_of(visit, found, step)
    if here.waits_for:
        error = error or _early(found, step)
    names = list(overview.STEPS)
    place = names.index(step)
    context = {
        "progress": found,
        "step": here,
        "before": names[place - 1] if place else "",
        "after": names[place + 1] if place + 1 < len(names) else "",
        "place": place + 1,
        "form": f"portal/start/_{step}.html",
        "error": error,
        "faults": faults_of(error),
        **values,
        "given": {**values.get("given", {}), **(given or {})},
        "is_sandbox": overview.is_sandbox(),
    }
    status = status_of(error) if error and given is not None else 200
    return shown(request, visit, "portal/start/step.html", context, title=here.label, status=status)


def _early(found: overview.Progress, step: str) -> UlakError | None:
    try:
        found.must_be_open(step)
    except overview.OverviewError as error:
        return error
    return None


def faults_of(error: UlakError | None) -> dict[str, UlakError]:
    """What is wrong, by the field that it is about."""
    if error is None:
        return {}
    each = [*getattr(error, "errors", ()), error]
    return {one.where.strip("/"): one for one in reversed(each) if one.where}


def _at(visit: Visit, step: str) -> str:
    return f"/t/{visit.taxpayer}/start/{step}"
