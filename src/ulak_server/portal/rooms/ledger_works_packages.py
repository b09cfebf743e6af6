"""Books of a work, and its packages with GİB's answers in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.ledgers.values import BookView, PartView
from ulak_server.overview import months
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go
from ulak_server.portal.help.codes import is_known
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import NO_TEXT, size
from ulak_server.portal.rooms.ledger_works_words import BOOK_STAGES, KINDS, PACKAGES

__all__ = ["books_of", "packages_of", "sending_body"]

_OVER: Final = ("fetched", "filed")


# -- books -------------------------------------------------------------------------------------------------------------


def books_of(visit: Visit, work: Work) -> list[dict[str, Any]]:
    """Books and berats of a work, by their parts."""
    parts = {one.number: one for one in _parts(visit, work)}
    found = ledgers.books(visit.caller, visit.taxpayer, work.id)
    return [_book(visit, parts.get(number), one) for number, one in found if not one.is_package]


def _parts(visit: Visit, work: Work) -> list[PartView]:
    kind = "books" if work.kind == "report" else work.kind
    found = ledgers.parts(visit.caller, visit.taxpayer, work.month, work.branch, kind=kind)
    return [one for one in found if one.work == work.id]


def _book(visit: Visit, part: PartView | None, one: BookView) -> dict[str, Any]:
    is_book = part is not None and one.kind in ("Y", "K", "E")
    return {
        "name": one.name,
        "label": KINDS.get(one.kind, Text(one.kind, one.kind)),
        "lines": part.lines if part is not None and is_book else None,
        "size": size(one.size),
        "word": BOOK_STAGES.get(one.stage),
        "view": at(visit, "ledgers.part", id=part.id) if part is not None and one.kind in ("Y", "E") else "",
        "address": at(visit, "ledgers.book_file", id=one.id),
    }


# -- packages ----------------------------------------------------------------------------------------------------------


def packages_of(visit: Visit, work: Work) -> list[dict[str, Any]]:
    """What goes to GİB of a work's month: as GİB has it, or as it lies ready; troubles first."""
    with visit.work():
        at_gib = gib.packages_of(visit.taxpayer, work.month, work.branch)
    sent = {one.id: one for one in at_gib}
    mine = [one for _, one in ledgers.books(visit.caller, visit.taxpayer, work.id) if one.is_package]
    found = [_package(visit, sent[one.handed]) if one.handed in sent else _ready(one) for one in mine]
    handed = {one.handed for one in mine}
    if work.kind != "inventory":
        found += [_package(visit, one) for one in at_gib if one.kind == "DR" and one.id not in handed]
    return sorted(found, key=lambda one: one["word"].tone != "bad")


def _ready(one: BookView) -> dict[str, Any]:
    name = KINDS[one.kind]
    sentence = Text(f"{name.tr}; gönderilmeyi bekliyor.", f"{name.en}; waits to be sent.")
    word = PACKAGES["waiting"]
    return {"name": one.name, "kind": one.kind, "sentence": sentence, "advice": NO_TEXT, "word": word, "is_over": False}


def _package(visit: Visit, one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "address": at(visit, "ledgers.package", id=one.id),
        "sentence": one.sentence,
        "advice": one.advice,
        "code": one.code,
        "has_page": is_known(one.code),
        "word": PACKAGES["held"] if one.waits_for else PACKAGES[one.stage],
        "is_over": one.stage in _OVER,
        "berat": at(visit, "ledgers.approved_file", id=one.id) if one.has_berat else "",
        "act": at(visit, "ledgers.act_on_package", id=one.id),
        "may_repair": one.may_repair,
        "may_ask": one.may_ask,
    }


def sending_body(visit: Visit, work: Work, packages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the last step shows besides totals."""
    is_over = bool(packages) and all(one["is_over"] for one in packages)
    has_report = any(one["kind"] == "DR" for one in packages)
    is_inventory = work.kind == "inventory"
    anew = at(visit, "ledger_works.new") + f"?month={months.written(work.month)}&branch={work.branch}"
    inventories = at(visit, "ledgers.inventories") + f"?year={work.month.year}"
    return {
        "packages": packages,
        "tally": _tally(packages),
        "is_refused": any(one["word"].tone == "bad" for one in packages),
        "anew": inventories if is_inventory else anew,
        "approved": sum(one["is_over"] for one in packages),
        "is_waiting": work.stage in ("sending", "sent") and not is_over,
        "is_over": is_over and (has_report or is_inventory),
        "wants_report": is_over and not has_report and work.until is None and not is_inventory,
        "is_sealed": True,
        "may_send": work.stage == "sealed",
        "books": books_of(visit, work),
        "month_page": inventories if is_inventory else at(visit, "ledgers.month", month=months.written(work.month)),
        "next_month": at(visit, "ledger_works.new") + f"?month={months.written(months.after(work.month))}",
    }


def _tally(packages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How many packages stand where, troubles first."""
    words = sorted({one["word"] for one in packages}, key=lambda word: (word.tone != "bad", word.tone == "ok"))
    return [{"word": word, "count": sum(one["word"] == word for one in packages)} for word in words]


@ROOM.page("POST", "ledgers/works/<int:id>/report", "ledgers.send", Text("Defter raporunu gönder", "Send the report"))
def report(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Have the month's report made, sealed and sent, once its berats are approved."""
    work = ledgers.work_of(visit.caller, visit.taxpayer, id)
    made = ledgers.report(visit.caller, visit.taxpayer, work.month, work.branch, origin=visit.origin)
    return go(request, at(visit, "ledger_works.one", id=made.id))
