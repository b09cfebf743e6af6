"""Editors: documents written on the paper itself, saved at every pause."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.books import services as books
from ulak_server.composing import services as composing
from ulak_server.composing.problems import problem
from ulak_server.composing.services import Aside, Change, Draft, State
from ulak_server.documents.models import Document
from ulak_server.exchange import answers
from ulak_server.exchange.law import policy
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms import compose_completing, compose_sending
from ulak_server.portal.rooms.compose_room import KINDS, NAMES, ROOM, answer, editor, form_of, number_of, to_editor
from ulak_server.userlist import services as userlist

__all__ = ["ROOM", "compose_completing", "compose_sending"]

_STRUCTURE: Final = frozenset({"add", "remove", "copy", "move", "paste", "all"})
_MADE: Final = {
    "repeat": composing.repeated,
    "correct": composing.corrected,
    "despatch": composing.despatch_of,
    "invoice": composing.invoice_of,
}
_OF_THE_WAY: Final = frozenset({"/customer/tax_id", "/type", "/profile", "/options/alias", "/incentive"})
"""Fields that decide where the document goes."""
_NOT_DRAFT: Final = "intake.no-draft"


@ROOM.page("GET", "compose/invoice", "documents.write", Text("Yeni fatura", "New invoice"))
def invoice(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _begun(request, visit, "invoice")


@ROOM.page("GET", "compose/despatch", "documents.write", Text("Yeni irsaliye", "New despatch advice"))
def despatch(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _begun(request, visit, "despatch")


@ROOM.page("GET", "compose/freelance", "documents.write", Text("Yeni serbest meslek makbuzu", "New freelance receipt"))
def freelance(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _begun(request, visit, "freelance")


@ROOM.page("GET", "compose/producer", "documents.write", Text("Yeni müstahsil makbuzu", "New producer receipt"))
def producer(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _begun(request, visit, "producer")


@ROOM.page("GET", "compose/expense", "documents.write", Text("Yeni gider pusulası", "New expense note"))
def expense(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _begun(request, visit, "expense")


def _begun(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    with visit.work():
        state = _beginning(visit, kind, request.GET)
    return editor(request, visit, form_of(visit, state, None), origin=_origin(request.GET))


@ROOM.page("GET", "compose/<int:id>", "documents.write", Text("Taslağı yaz", "Write a draft"))
def edit(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    try:
        with visit.work():
            draft = composing.load(visit.taxpayer, id)
    except UlakError as error:
        if error.code == _NOT_DRAFT and _is_there(visit, id):
            return go(request, at(visit, "compose.sent", id=id))
        raise
    return editor(request, visit, form_of(visit, draft.state, draft, number_of(request, "lines", 1)), origin={})


def _is_there(visit: Visit, id: int) -> bool:
    with visit.work():
        return Document.objects.filter(taxpayer_id=visit.taxpayer, id=id).exists()


def _origin(given: Any) -> dict[str, str]:
    """Of which document a new one is made, if of any."""
    way, source = given.get("as", ""), given.get("from", "")
    return {"as": way, "from": source} if way in _MADE and source.isascii() and source.isdecimal() else {}


def _beginning(visit: Visit, kind: str, given: Any) -> State:
    """A new document: empty, or made of an older one."""
    origin = _origin(given)
    if origin:
        return _MADE[origin["as"]](visit.taxpayer, int(origin["from"][:18]))
    return composing.blank(visit.taxpayer, KINDS.get(kind, "invoice"))


@ROOM.page("POST", "compose/save", "documents.write", Text("Taslağı kaydet", "Save the draft"))
def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    changes = composing.read_changes(_said(request))
    with visit.work():
        chosen, parts = _chosen(visit, request)
        draft = _draft(visit, request)
        result = composing.write(
            visit.taxpayer,
            draft.document,
            draft.version,
            [*changes, *chosen],
            who=visit.caller.name,
            actor=visit.caller.actor,
            origin=visit.origin,
        )
    if isinstance(result, Aside):
        return _conflict(request, visit, result)
    parts |= _parts(changes)
    if "body" in parts:
        parts = {"body"}
    form = form_of(visit, result.state, result, number_of(request, "page", 1))
    if "body" not in parts and request.POST.get("of_lines", "") != form.of_lines:
        parts.add("lines")
    values = {one.at: form.shown(one.at, visit.language) for one in (*changes, *chosen) if one.do == "set"}
    return answer(request, visit, form, parts=tuple(sorted(parts)), values=values)


def _parts(changes: list[Change]) -> set[str]:
    """Which parts of the page look different after these changes."""
    parts = {"lines" if one.at.startswith("/lines/") else "body" for one in changes if one.do in _STRUCTURE}
    if any(one.at in _OF_THE_WAY for one in changes):
        parts.add("customer")
    return parts


def _said(request: HttpRequest) -> Any:
    try:
        return json.loads(request.POST.get("changes") or "[]")
    except (ValueError, RecursionError):
        raise problem("compose.change") from None


def _draft(visit: Visit, request: HttpRequest) -> Draft:
    """The draft that is written; made now if nobody has kept it yet. Its version is the one that the page knows."""
    if document := number_of(request, "draft"):
        return Draft(document, State("", {}, {}), number_of(request, "version"))
    state = _beginning(visit, request.POST.get("kind", ""), request.POST)
    about = number_of(request, "from") if request.POST.get("as") == "correct" else None
    return composing.begin(visit.taxpayer, state, policy(), about=about, actor=visit.caller.actor, origin=visit.origin)


def _chosen(visit: Visit, request: HttpRequest) -> tuple[list[Change], set[str]]:
    """What was chosen from a list: ``contact:12``, ``listed:7359021640``, ``item:5:0``, ``withholding:601:0`` …"""
    sort, _, rest = request.POST.get("choose", "").partition(":")
    what, _, where = rest.partition(":")
    line = int(where) if where.isdecimal() and where.isascii() and len(where) < 6 else 0
    if sort == "contact" and what.isdecimal():
        found = books.contact(visit.taxpayer, int(what[:18]))
        books.used(visit.taxpayer, [found.id])
        alias = [Change("merge", "/options", {"alias": found.alias})]
        return [Change("merge", "/customer", books.party_of(found)), *alias], {"customer"}
    if sort == "listed":
        return _listed(what), {"customer"}
    if sort == "consumer":
        return [Change("merge", "/customer", composing.final_consumer(visit.taxpayer))], {"customer"}
    if sort == "named":
        return [Change("merge", "/customer", {"name": rest[:200]})], {"customer"}
    if sort == "item" and what.isdecimal():
        found_item = books.item(visit.taxpayer, int(what[:18]))
        return [Change("merge", f"/lines/{line}", books.line_of(found_item))], {"lines"}
    if sort in ("withholding", "exemption"):
        return composing.reasoned(sort, what[:10], line), {"lines"}
    return [], set()


def _listed(number: str) -> list[Change]:
    """Whom GİB's list knows, as the customer."""
    known = userlist.lookup(number[:11])
    party: dict[str, Any] = {"tax_id": number[:11]}
    if known and len(number) == 11:
        first, _, family = known[0].title.rpartition(" ")
        party |= {"first_name": first, "family_name": family}
    elif known:
        party["name"] = known[0].title
    return [Change("merge", "/customer", party), Change("merge", "/options", {"alias": ""})]


def _conflict(request: HttpRequest, visit: Visit, aside: Aside) -> HttpResponse:
    values = {"aside": aside, "draft": aside.draft.document}
    response = shown(request, visit, "portal/compose/_conflict.html", values, part="portal/compose/_conflict.html")
    response["HX-Trigger"] = "compose:conflict"
    return response


@ROOM.page("GET", "compose/<int:id>/lines", "documents.write", Text("Satırlar", "Lines"))
def lines(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        draft = composing.load(visit.taxpayer, id)
    form = form_of(visit, draft.state, draft, number_of(request, "page", 1))
    return answer(request, visit, form, parts=("lines",))


@ROOM.page("GET", "compose/<int:id>/found", "documents.write", Text("Bulgular", "What was found"))
def found(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    from ulak_server.portal.rooms.compose_form import Form

    with visit.work():
        draft = composing.load(visit.taxpayer, id)
        look = composing.looked_at(visit.taxpayer, draft.state)
    ready = composing.judged(visit.taxpayer, look, id)
    return answer(request, visit, Form(ready, draft, visit.language, number_of(request, "page", 1)))


@ROOM.page("POST", "compose/<int:id>/undo", "documents.write", Text("Geri al", "Undo"))
def undo(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        draft = composing.undo(visit.taxpayer, id)
    return _anew(request, visit, draft)


@ROOM.page("POST", "compose/<int:id>/redo", "documents.write", Text("Yinele", "Redo"))
def redo(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        draft = composing.redo(visit.taxpayer, id)
    return _anew(request, visit, draft)


@ROOM.page("POST", "compose/<int:id>/take", "documents.write", Text("Bu hâliyle sürdür", "Go on with this one"))
def take(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        composing.take(visit.taxpayer, id, number_of(request, "version"), visit.caller.name)
    return to_editor(request, visit, id)


@ROOM.page("POST", "compose/<int:id>/apart", "documents.write", Text("Ayrı taslak yap", "Make it a draft of its own"))
def apart(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        version = number_of(request, "version")
        draft = composing.apart(visit.taxpayer, id, version, policy(), actor=visit.caller.actor, origin=visit.origin)
    return to_editor(request, visit, draft.document)


@ROOM.page("GET", "compose/<int:id>/versions", "documents.write", Text("Taslağın önceki hâlleri", "Earlier versions"))
def versions(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        values = {"draft": id, "versions": composing.versions(id), "head": composing.load(visit.taxpayer, id).version}
    return shown(request, visit, "portal/compose/versions.html", values, part="portal/compose/_versions.html")


@ROOM.page("POST", "compose/<int:id>/mend", "documents.write", Text("Düzelt", "Repair"))
def mend(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        draft = composing.load(visit.taxpayer, id)
        look = composing.looked_at(visit.taxpayer, draft.state)
    ready = composing.judged(visit.taxpayer, look, id)
    with visit.work():
        name, place = request.POST.get("name", ""), number_of(request, "place")
        result = composing.mend(
            visit.taxpayer, id, number_of(request, "version"), name, place, ready, who=visit.caller.name
        )
    return _conflict(request, visit, result) if isinstance(result, Aside) else _anew(request, visit, result)


@ROOM.page("POST", "compose/<int:id>/delete", "documents.write", Text("Taslağı sil", "Delete the draft"))
def delete(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    composing.delete(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return go(request, f"/t/{visit.taxpayer}/outgoing")


@ROOM.page("GET", "compose/correct/<int:id>", "documents.write", Text("Belgeyi düzelt", "Correct a document"))
def correct(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        kind = composing.corrected(visit.taxpayer, id).kind
    return go(request, f"{at(visit, f'compose.{NAMES[kind]}')}?as=correct&from={id}")


@ROOM.page("POST", "compose/plan/<int:id>", "books.write", Text("Her ay yinele", "Repeat every month"))
def plan(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Hand a draft, or what was sent already, to the recurring documents."""
    with visit.work():
        if Document.objects.filter(taxpayer_id=visit.taxpayer, id=id, stage="draft").exists():
            draft = composing.completed(visit.taxpayer, id, who=visit.caller.name)
        else:
            state = composing.repeated(visit.taxpayer, id)
            draft = composing.begin(visit.taxpayer, state, policy(), actor=visit.caller.actor, origin=visit.origin)
    return go(request, f"{at(visit, 'recurring.new_plan')}?draft={draft.document}")


@ROOM.page("POST", "compose/return/<int:id>", "answers.write", Text("İade faturası hazırla", "Prepare a return"))
def prepare_return(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")[:500]
    made = answers.return_draft(visit.taxpayer, id, None, reason, actor=visit.caller.actor, origin=visit.origin)
    return to_editor(request, visit, made)


def _anew(request: HttpRequest, visit: Visit, draft: Draft) -> HttpResponse:
    form = form_of(visit, draft.state, draft, number_of(request, "page", 1))
    return answer(request, visit, form, parts=("body",))
