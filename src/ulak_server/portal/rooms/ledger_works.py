"""The wizard of ledgers: a month is chosen, its entries are checked, its ledgers created, sealed, sent and approved.

A work stands at one step; its page shows that step, or with ``?step=`` one that lies behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.pages.asking import day_of
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms import (
    ledger_works_begin,
    ledger_works_columns,
    ledger_works_files,
    ledger_works_findings,
    ledger_works_packages,
)
from ulak_server.portal.rooms.ledger_works_bodies import BODIES
from ulak_server.portal.rooms.ledger_works_history import history
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import (
    error_of,
    fixed_step,
    overview,
    progress_of,
    steps_of,
    title_of,
    work_view,
)
from ulak_server.portal.rooms.ledger_works_words import STEP_OF
from ulak_server.statuses import status_of

__all__ = ["PLACES", "ROOM"]

PLACES: Final = (
    ledger_works_begin,
    ledger_works_files,
    ledger_works_columns,
    ledger_works_findings,
    ledger_works_packages,
)
"""Whose pages belong to the same room."""

_STOPPABLE: Final = frozenset(STEP_OF) - {"sending", "sent", "done", "cancelled"} | {"failed"}
_RESTARTABLE: Final = frozenset(("checked", "planned", "built", "sealed", "failed"))


@ROOM.page("GET", "ledgers/works/<int:id>", "ledgers.read", Text("Defter oluşturma", "Creating ledgers"))
def one(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """A work at the step where it stands, or at one behind it."""
    return _shown(request, visit, ledgers.work_of(visit.caller, visit.taxpayer, id))


@ROOM.page("GET", "ledgers/works/<int:id>/progress", "ledgers.read", Text("İlerleme", "Progress"), by_itself=True)
def progress(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """How far the job is; leads to the next step when it has ended."""
    work = ledgers.work_of(visit.caller, visit.taxpayer, id)
    if not work.is_busy:
        return go(request, at(visit, "ledger_works.one", id=id))
    values = {"work": work_view(work), "progress": progress_of(visit, work)}
    part = "portal/ledger_works/_progress.html"
    return shown(request, visit, part, values, part=part)


@ROOM.page("POST", "ledgers/works/<int:id>/plan", "ledgers.write", Text("Defterleri böl", "Divide the ledgers"))
def plan(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Work out parts and totals, of the whole month or up to a day."""
    until = day_of(request.POST.get("until", ""))
    return _done(request, visit, id, lambda: ledgers.plan(visit.caller, visit.taxpayer, id, until, origin=visit.origin))


@ROOM.page("POST", "ledgers/works/<int:id>/create", "ledgers.write", Text("Defterleri oluştur", "Create the ledgers"))
def create(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Have the books written and judged."""
    return _done(request, visit, id, lambda: ledgers.create(visit.caller, visit.taxpayer, id, origin=visit.origin))


@ROOM.page("POST", "ledgers/works/<int:id>/seal", "ledgers.send", Text("Defterleri mühürle", "Seal the ledgers"))
def seal(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Have books and berats sealed and packed."""
    key, stamped = request.POST.get("key", ""), request.POST.get("stamped") == "yes"
    return _done(
        request,
        visit,
        id,
        lambda: ledgers.seal(visit.caller, visit.taxpayer, id, key, stamped=stamped, origin=visit.origin),
    )


@ROOM.page("POST", "ledgers/works/<int:id>/send", "ledgers.send", Text("Defterleri gönder", "Send the ledgers"))
def send(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Hand the packages over to be sent to GİB."""
    return _done(request, visit, id, lambda: ledgers.send(visit.caller, visit.taxpayer, id, origin=visit.origin))


@ROOM.page("POST", "ledgers/works/<int:id>/retry", "ledgers.write", Text("Yeniden dene", "Try again"))
def retry(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Go on with a work that had stopped."""
    return _done(request, visit, id, lambda: ledgers.retry(visit.caller, visit.taxpayer, id, origin=visit.origin))


@ROOM.page("POST", "ledgers/works/<int:id>/start-again", "ledgers.write", Text("Baştan başla", "Start again"))
def start_again(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Throw away what was made of the files."""
    return _done(request, visit, id, lambda: ledgers.start_again(visit.caller, visit.taxpayer, id, origin=visit.origin))


@ROOM.page("POST", "ledgers/works/<int:id>/cancel", "ledgers.write", Text("Çalışmayı bırak", "Give a work up"))
def cancel(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Throw away the work and its files."""
    ledgers.cancel(visit.caller, visit.taxpayer, id, origin=visit.origin)
    said = Text("Çalışma bırakıldı; dosyaları silindi.", "The work was given up; its files were deleted.")
    return notice(go(request, overview(visit)), said, visit)


def _done(request: HttpRequest, visit: Visit, id: int, act: Callable[[], object]) -> HttpResponse:
    """What a step's button does, then the page anew; with what is wrong if it could not be done."""
    try:
        act()
    except UlakError as error:
        work = ledgers.work_of(visit.caller, visit.taxpayer, id)
        return _shown(request, visit, work, error)
    return go(request, at(visit, "ledger_works.one", id=id))


def _shown(request: HttpRequest, visit: Visit, work: Work, error: UlakError | None = None) -> HttpResponse:
    step = fixed_step(work, request.GET.get("step", ""))
    values: dict[str, Any] = {
        "work": work_view(work),
        "overview": overview(visit),
        "steps": steps_of(visit, work, step.name),
        "may_stop": work.stage in _STOPPABLE,
        "may_restart": work.stage in _RESTARTABLE and work.kind != "report",
        "body": f"portal/ledger_works/{step.body}.html",
        "error": error or (None if work.is_busy else error_of(work)),
    }
    values |= {**_body(request, visit, work, step.name), "history": history(visit, work)}
    status = status_of(error) if error else 200
    return shown(request, visit, "portal/ledger_works/one.html", values, title=title_of(work), status=status)


def _body(request: HttpRequest, visit: Visit, work: Work, step: str) -> Mapping[str, Any]:
    is_here = fixed_step(work, "").name == step
    if is_here and work.is_busy and work.stage != "looking":
        return {"body": "portal/ledger_works/_progress.html", "progress": progress_of(visit, work)}
    if is_here and work.stage == "failed":
        return _stopped(request, visit, work, step)
    return BODIES[step](request, visit, work)


def _stopped(request: HttpRequest, visit: Visit, work: Work, step: str) -> Mapping[str, Any]:
    """What there is of a step that was not completed."""
    if step in ("findings", "preview"):
        return {"body": "portal/ledger_works/_stopped.html"}
    if step in ("create", "seal", "send"):
        return {**BODIES["create"](request, visit, work), "body": "portal/ledger_works/_created.html", "head": None}
    return BODIES[step](request, visit, work)
