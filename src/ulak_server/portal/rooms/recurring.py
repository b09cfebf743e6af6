"""Recurring documents: made of drafts, with a rhythm, looked at, changed, paused, removed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.books import plans
from ulak_server.books.importing.cells import date_of
from ulak_server.books.importing.problems import ImportFault
from ulak_server.books.models import Plan
from ulak_server.books.problems import problem
from ulak_server.books.rhythms import LAST_DAY, UNITS, rhythm_of, said
from ulak_server.composing import services as composing
from ulak_server.documents.models import Document
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.books_fields import Choice, faults_of
from ulak_server.statuses import status_of
from ulak_server.taxpayers.services import today

__all__ = ["ROOM"]

ROOM = Pages("recurring")
_UNITS: Final = tuple(Choice(name, label) for name, label in UNITS.items())
_INTENTS: Final = (
    Choice("draft", Text("taslak olarak hazırlansın, ben göndereyim", "prepare a draft that I send")),
    Choice("send", Text("kendiliğinden gönderilsin", "send it by itself")),
)
_DAYS: Final = (
    *(Choice(str(day), Text(f"{day}", f"{day}")) for day in range(1, LAST_DAY)),
    Choice(str(LAST_DAY), Text("ayın son günü", "last day of the month")),
)


class Row(NamedTuple):
    """A recurring document in the list."""

    plan: Plan
    rhythm: Text
    customer: str
    total: Decimal | None


@ROOM.page("GET", "recurring", "books.read", Text("Yinelenen belgeler", "Recurring documents"))
def list_plans(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        rows = [_row(one) for one in plans.plans(visit.taxpayer)]
    removed = request.GET.get("removed", "")
    values = {"rows": rows, "removed": removed if removed.isdigit() else ""}
    return shown(request, visit, "portal/recurring/list.html", values)


@ROOM.page("GET", "recurring/new", "books.write", Text("Belgeyi yinele", "Repeat a document"))
def new_plan(request: HttpRequest, visit: Visit) -> HttpResponse:
    draft = request.GET.get("draft", "")
    draft = draft if draft.isascii() and draft.isdigit() and len(draft) < 18 else ""
    begin = today()
    given = {
        "name": _named_for(visit, int(draft)) if draft else "",
        "every": "1",
        "unit": "month",
        "day": str(begin.day),
        "begins_on": begin.isoformat(),
        "until": "",
        "intent": "draft",
    }
    return _form(request, visit, given, draft=draft)


def _named_for(visit: Visit, draft: int) -> str:
    """What a plan made from a draft is called at first: as its receiver."""
    with visit.work():
        found = Document.objects.filter(taxpayer_id=visit.taxpayer, id=draft).first()
    return found.party_title[:100] if found else ""


@ROOM.page("POST", "recurring/new", "books.write", Text("Yinelemeyi kur", "Set a recurring document up"))
def add_plan(request: HttpRequest, visit: Visit) -> HttpResponse:
    given, draft = _given(request), request.POST.get("draft", "")
    try:
        said_of = _read(given, visit)
        number = int(draft) if draft.isascii() and draft.isdigit() and len(draft) < 18 else 0
        with visit.work():
            made = _planned(visit, number, given["name"], said_of)
    except UlakError as error:
        return _form(request, visit, given, draft=draft, error=error)
    said_done = Text("Yineleme kuruldu.", "The recurring document is set up.")
    return notice(go(request, at(visit, "recurring.one_plan", id=made.id)), said_done, visit)


@ROOM.page("GET", "recurring/<int:id>", "books.read", Text("Yinelenen belge", "Recurring document"))
def one_plan(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        found = plans.plan(visit.taxpayer, id)
    rhythm = rhythm_of(found.rhythm, found.begins_on)
    given = {
        "name": found.name,
        "every": str(rhythm.every),
        "unit": rhythm.unit,
        "day": str(rhythm.day or found.begins_on.day),
        "begins_on": found.begins_on.isoformat(),
        "until": found.until.isoformat() if found.until else "",
        "intent": found.intent,
    }
    return _form(request, visit, given, id=id)


@ROOM.page("POST", "recurring/<int:id>", "books.write", Text("Yinelemeyi değiştir", "Change a recurring document"))
def change_plan(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    given = _given(request)
    try:
        said_of = _read(given, visit)
        with visit.work():
            there = plans.plan(visit.taxpayer, id)
            plans.save_plan(
                visit.taxpayer,
                given["name"],
                there.document,
                options=there.options,
                id=id,
                actor=visit.caller.actor,
                origin=visit.origin,
                **said_of,
            )
    except UlakError as error:
        if error.code == "books.plan-unknown":
            raise
        return _form(request, visit, given, id=id, error=error)
    return notice(go(request, at(visit, "recurring.one_plan", id=id)), Text("Kaydedildi.", "Saved."), visit)


@ROOM.page("POST", "recurring/<int:id>/pause", "books.write", Text("Durdur ya da sürdür", "Pause or go on"))
def pause(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        there = plans.plan(visit.taxpayer, id)
        paused = there.paused_at is None
        plans.pause_plan(visit.taxpayer, id, paused=paused, actor=visit.caller.actor, origin=visit.origin)
    text = Text("Durduruldu.", "It is paused.") if paused else Text("Sürüyor.", "It goes on.")
    return notice(go(request, at(visit, "recurring.one_plan", id=id)), text, visit)


@ROOM.page("POST", "recurring/<int:id>/remove", "books.write", Text("Yinelemeyi sil", "Remove a recurring document"))
def remove(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        plans.remove_plan(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return go(request, f"{at(visit, 'recurring.list_plans')}?removed={id}")


@ROOM.page("POST", "recurring/<int:id>/restore", "books.write", Text("Yinelemeyi geri getir", "Bring it back"))
def restore(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        plans.restore_plan(visit.taxpayer, id)
    return go(request, at(visit, "recurring.list_plans"))


def _planned(visit: Visit, document: int, name: str, said_of: dict[str, Any]) -> Plan:
    """A plan of a draft, or of a document that has gone."""
    actor, origin = visit.caller.actor, visit.origin
    try:
        return plans.plan_from_draft(visit.taxpayer, document, name, actor=actor, origin=origin, **said_of)
    except UlakError as error:
        if error.code != "intake.no-draft":
            raise
    state = composing.repeated(visit.taxpayer, document)
    return plans.save_plan(
        visit.taxpayer, name, state.members, options=state.options, actor=actor, origin=origin, **said_of
    )


def _form(
    request: HttpRequest,
    visit: Visit,
    given: dict[str, str],
    *,
    id: int | None = None,
    draft: str = "",
    error: UlakError | None = None,
) -> HttpResponse:
    values: dict[str, Any] = {
        "given": given,
        "units": _UNITS,
        "days": _DAYS,
        "intents": _INTENTS,
        "draft": draft,
        "error": error,
        "faults": faults_of(error),
        "may_send": visit.may("documents.send"),
    }
    title = None
    if id is not None:
        with visit.work():
            found = plans.plan(visit.taxpayer, id)
            values |= {"row": _row(found), "upcoming": plans.upcoming(found), "runs": plans.runs_of(visit.taxpayer, id)}
        values["why"] = Text(**found.error["detail"]) if found.error else None
        title = Text(found.name, found.name)
    status = status_of(error) if error else 200
    return shown(request, visit, "portal/recurring/one.html", values, title=title, status=status)


def _row(found: Plan) -> Row:
    customer = found.document.get("customer") or {}
    name = customer.get("name") or f"{customer.get('first_name', '')} {customer.get('family_name', '')}".strip()
    return Row(found, said(rhythm_of(found.rhythm, found.begins_on)), name, None)


def _given(request: HttpRequest) -> dict[str, str]:
    names = ("name", "every", "unit", "day", "begins_on", "until", "intent")
    return {name: str(request.POST.get(name, "")).strip()[:200] for name in names}


def _read(given: dict[str, str], visit: Visit) -> dict[str, Any]:
    """What the form says, as the books take it."""
    begins = _date(given["begins_on"], "begins_on")
    day = given["day"] if given["unit"] in ("month", "year") else "0"
    intent = given["intent"] if visit.may("documents.send") else "draft"
    return {
        "rhythm": {"unit": given["unit"], "every": given["every"], "day": day, "month": begins.month},
        "begins_on": begins,
        "until": _date(given["until"], "until") if given["until"] else None,
        "intent": intent,
    }


def _date(text: str, field: str) -> date:
    try:
        return date_of(text)
    except ImportFault:
        raise problem("books.date", where=f"/{field}", value=text) from None
