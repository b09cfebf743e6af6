"""Books of a work, and its packages with GİB's answers in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from ulak.errors import Text
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.overview import months
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import NO_TEXT, size
from ulak_server.portal.rooms.ledger_works_words import BOOK_STAGES, KINDS, PACKAGES

__all__ = ["books_of", "packages_of", "sending_body"]

_OVER: Final = ("fetched", "filed")
_TYPES: Final = {"xml": "application/xml", "zip": "application/zip"}


# -- books -------------------------------------------------------------------------------------------------------------


def books_of(visit: Visit, work: Work) -> list[dict[str, Any]]:
    """Books and berats of a work's parts."""
    parts = ledgers.parts(visit.caller, visit.taxpayer, work.month, work.branch)
    return [_book(visit, work, part, one) for part in parts if part.work == work.id for one in part.books]


def _book(visit: Visit, work: Work, part: Any, one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": KINDS.get(one.kind, Text(one.kind, one.kind)),
        "lines": part.lines if one.kind in ("Y", "K") else None,
        "size": size(one.size),
        "word": BOOK_STAGES.get(one.stage),
        "view": at(visit, "ledgers.part", id=part.id) if one.kind in ("Y", "K", "E") else "",
        "address": at(visit, "ledger_works.book_file", id=work.id, book=one.id),
    }


@ROOM.page("GET", "ledgers/works/<int:id>/books/<int:book>", "ledgers.read", Text("Defteri indir", "Download a book"))
def book_file(request: HttpRequest, visit: Visit, id: int, book: int) -> HttpResponse:
    """A book or berat as it was made."""
    made, pieces = ledgers.file_of(visit.caller, visit.taxpayer, book)
    response = StreamingHttpResponse(
        pieces, content_type=_TYPES.get(made.name.rpartition(".")[2], "application/octet-stream")
    )
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response  # type: ignore[return-value]


# -- packages ----------------------------------------------------------------------------------------------------------


def packages_of(visit: Visit, work: Work) -> list[dict[str, Any]]:
    """What goes to GİB of a work: as GİB has it, or as it lies ready."""
    with visit.work():
        sent = {one.id: one for one in gib.packages_of(visit.taxpayer, work.month, work.branch)}
    parts = [one for one in ledgers.parts(visit.caller, visit.taxpayer, work.month, work.branch) if one.work == work.id]
    mine = [(part, one) for part in parts for one in part.packages]
    found = [_package(visit, work, sent[one.handed]) if one.handed in sent else _ready(one) for _, one in mine]
    handed = {one.handed for _, one in mine}
    report = [one for one in sent.values() if one.kind == "DR" and one.id not in handed]
    found += [_package(visit, work, one) for one in report]
    return sorted(found, key=lambda one: one["word"].tone != "bad")


def _ready(one: Any) -> dict[str, Any]:
    sentence = Text(f"{KINDS[one.kind].tr}; gönderilmeyi bekliyor.", f"{KINDS[one.kind].en}; waits to be sent.")
    return {
        "name": one.name,
        "sentence": sentence,
        "advice": NO_TEXT,
        "code": "",
        "word": PACKAGES["waiting"],
        "is_over": False,
        "files": [],
        "acts": [],
    }


def _package(visit: Visit, work: Work, one: Any) -> dict[str, Any]:
    word = PACKAGES["held"] if one.waits_for else PACKAGES[one.stage]
    files = [
        {
            "label": Text("Paket", "Package"),
            "address": at(visit, "ledger_works.package_file", id=work.id, package=one.id),
        }
    ]
    if one.has_berat:
        address = at(visit, "ledger_works.approved_file", id=work.id, package=one.id)
        files.insert(0, {"label": Text("GİB onaylı berat", "Approved berat"), "address": address})
    return {
        "name": one.name,
        "address": at(visit, "ledgers.package", id=one.id),
        "sentence": one.sentence,
        "advice": one.advice,
        "code": one.code,
        "word": word,
        "is_over": one.stage in _OVER,
        "files": files,
        "acts": _acts(visit, work, one),
    }


def _acts(visit: Visit, work: Work, one: Any) -> list[dict[str, Any]]:
    offered = (
        (one.may_repair, "repair", Text("Yeniden gönder", "Send again")),
        (one.may_ask, "ask", Text("GİB'e sor", "Ask GİB")),
    )
    return [
        {"label": label, "address": at(visit, "ledger_works.act", id=work.id, package=one.id, what=what)}
        for is_offered, what, label in offered
        if is_offered
    ]


def sending_body(visit: Visit, work: Work, packages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the last step shows besides totals."""
    return {
        "packages": packages,
        "tally": _tally(packages),
        "approved": sum(one["is_over"] for one in packages),
        "is_waiting": work.stage in ("sending", "sent") and not all(one["is_over"] for one in packages),
        "is_over": bool(packages) and all(one["is_over"] for one in packages),
        "is_sealed": True,
        "may_send": work.stage == "sealed",
        "books": books_of(visit, work),
        "month_page": at(visit, "ledgers.month", month=months.written(work.month)),
        "next_month": at(visit, "ledger_works.new") + f"?month={months.written(months.after(work.month))}",
    }


def _tally(packages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How many packages stand where, troubles first."""
    words = sorted({one["word"] for one in packages}, key=lambda word: (word.tone != "bad", word.tone == "ok"))
    return [{"word": word, "count": sum(one["word"] == word for one in packages)} for word in words]


@ROOM.page(
    "GET", "ledgers/works/<int:id>/packages/<uuid:package>", "ledgers.read", Text("Paketi indir", "Download a package")
)
def package_file(request: HttpRequest, visit: Visit, id: int, package: UUID) -> HttpResponse:
    """The ZIP that goes to GİB."""
    with visit.work():
        name, pieces, _ = gib.file_of(visit.taxpayer, package)
        data = b"".join(pieces)
    return attachment(data, name)


@ROOM.page(
    "GET",
    "ledgers/works/<int:id>/packages/<uuid:package>/approved",
    "ledgers.read",
    Text("GİB onaylı beratı indir", "Download an approved berat"),
)
def approved_file(request: HttpRequest, visit: Visit, id: int, package: UUID) -> HttpResponse:
    """The berat with GİB's seal, as GİB gave it."""
    with visit.work():
        name, data = gib.approved_berat(visit.taxpayer, package)
    return attachment(data, name)


@ROOM.page(
    "POST",
    "ledgers/works/<int:id>/packages/<uuid:package>/<str:what>",
    "ledgers.send",
    Text("Pakete bir şey yap", "Do something about a package"),
)
def act(request: HttpRequest, visit: Visit, id: int, package: UUID, what: str) -> HttpResponse:
    """Send a package again, or ask GİB for it."""
    verbs = {"repair": gib.repair, "ask": gib.ask_now}
    if what not in verbs:
        raise problem("pages.not-found")
    verbs[what](visit.taxpayer, package, actor=visit.caller.actor, origin=visit.origin)
    said = Text("GİB'e soruluyor.", "GİB is being asked.") if what == "ask" else Text("Gönderiliyor.", "Being sent.")
    return notice(go(request, at(visit, "ledger_works.one", id=id) + "?step=send"), said, visit)
