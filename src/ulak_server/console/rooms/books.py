"""Books of all taxpayers: how their packages stand with GİB and which works are stuck, without what is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak.lifecycle.ledgers import IN_WORDS, Stage
from ulak_server import clock
from ulak_server.console import watching
from ulak_server.console.bookkeeping import last_day, late_months, ledger_works
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.ledgers.services import PackageView
from ulak_server.ledgers import services as ledgers
from ulak_server.pages.asking import day_of
from ulak_server.pages.door import Visit
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown

__all__ = ["ROOM", "STAGES"]

ROOM = Pages("ledgers_all", prefix="console/")
_MOST: Final = 200
_SOON: Final = timedelta(days=3)
STAGES: Final = {
    Stage.READY: Text("gönderilecek", "to be sent"),
    Stage.SENDING: Text("gönderiliyor", "being sent"),
    Stage.UNCLEAR: Text("belirsiz", "unclear"),
    Stage.TAKEN: Text("GİB'de", "at GİB"),
    Stage.APPROVED: Text("beratı alınacak", "berat to be fetched"),
    Stage.REFUSED: Text("bir kişiyi bekliyor", "needs somebody"),
    Stage.DELETING: Text("siliniyor", "being deleted"),
}
"""Stages at which a package is not through, in a word."""
_EXTENDED: Final = {
    ledgers.BOOKS: Text("Aylık defterler ve raporları", "Books of months and their reports"),
    ledgers.INVENTORY: Text("Envanter defterleri", "Inventory books"),
}
_MOVED: Final = Text("Kaydedildi; {n} paketin son günü değişti.", "Recorded; the last day of {n} packages has changed.")
_ASKED: Final = (Stage.UNCLEAR, Stage.TAKEN, Stage.APPROVED)


class Row(NamedTuple):
    """A package of somebody's.

    Attributes:
        code: GİB's number or ours; empty where GİB gave words alone.
        last: the last day on which it is in time.
        tone: of its deadline: ``bad`` once it is over, ``wait`` in its last three days.
        asks, waits: whether GİB may be asked for it; whether it waits for a person.
    """

    taxpayer: int
    title: str
    package: PackageView
    code: str
    last: date
    tone: str
    asks: bool
    waits: bool


@ROOM.page("GET", "ledgers", "operate", Text("Defterler", "Ledgers"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Packages that are not through, or stand at one stage; first those that are due first. Works that are stuck."""
    asked = request.GET.get("stage", "")
    stage = Stage(asked) if asked in set(STAGES) else None
    with visit.work():
        found = gib.all_packages(stage, _MOST)
        counts = gib.counts()
        works, late = ledger_works(), late_months()
        links = [one for one in watching.links_found() if one.name == "edefter"]
    now = clock.now()
    values: dict[str, Any] = {
        "rows": [_row(*one, now) for one in found],
        "stages": [(one, label, counts.get(one, 0)) for one, label in STAGES.items()],
        "stage": stage or "",
        "total": sum(counts.values()),
        "most": _MOST,
        "works": works,
        "late": late,
        "links": links,
        "extensions": [(one, _EXTENDED[one.what]) for one in ledgers.extensions(visit.caller)],
        "whats": list(_EXTENDED.items()),
    }
    return shown(request, visit, "console/ledgers.html", values)


@ROOM.page("POST", "ledgers/extensions", "operate", Text("Süre uzatımını kaydet", "Record an extension"))
def extend(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GİB gave more time for some months that are due on a day: the calendar, reminders and deadlines follow."""
    what = request.POST.get("what", "")
    last, until = (day_of(request.POST.get(name, "")) for name in ("last", "until"))
    first, final = (day_of(f"{request.POST.get(name, '')}-01") for name in ("first", "final"))
    if what not in _EXTENDED or last is None or until is None or first is None or final is None:
        raise problem("pages.unreadable")
    source = request.POST.get("source", "")[:400]
    moved = ledgers.extend(visit.caller, what, last, until, source, (first, final), origin=visit.origin)
    return _back(request, visit, _MOVED.format(n=moved))


@ROOM.page(
    "POST", "ledgers/extensions/<int:id>/remove", "operate", Text("Süre uzatımını kaldır", "Remove an extension")
)
def remove_extension(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """What was recorded by mistake; the days before it hold again."""
    moved = ledgers.take_back(visit.caller, id, origin=visit.origin)
    return _back(request, visit, _MOVED.format(n=moved))


@ROOM.page("POST", "ledgers/<uuid:package>/ask", "operate", Text("GİB'e sor", "Ask GİB"))
def ask(request: HttpRequest, visit: Visit, package: UUID) -> HttpResponse:
    return _done(request, visit, package, gib.ask_now, Text("Sıraya alındı.", "It is next."))


@ROOM.page("POST", "ledgers/<uuid:package>/repair", "operate", Text("Paket yeniden denensin", "Let a package go on"))
def repair(request: HttpRequest, visit: Visit, package: UUID) -> HttpResponse:
    return _done(request, visit, package, gib.repair, Text("Yeniden yola çıktı.", "It goes on."))


@ROOM.page("POST", "ledgers/<uuid:package>/confirm", "operate", Text("GİB'de görüldü: işledi", "GİB processed it"))
def confirm(request: HttpRequest, visit: Visit, package: UUID) -> HttpResponse:
    gib.confirm(package, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, Text("Onaylı beratı indiriliyor.", "Its approved berat is being fetched."))


def _done(request: HttpRequest, visit: Visit, package: UUID, verb: Callable[..., Any], said: Text) -> HttpResponse:
    verb(None, package, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, said)


def _back(request: HttpRequest, visit: Visit, said: Text) -> HttpResponse:
    return notice(go(request, "/console/ledgers"), said, visit)


def _row(taxpayer: int, title: str, one: PackageView, now: datetime) -> Row:
    left = one.due_at - now
    tone = "bad" if left <= timedelta() else "wait" if left <= _SOON else ""
    code = "" if one.code == IN_WORDS else one.code
    return Row(taxpayer, title, one, code, last_day(one.due_at), tone, one.stage in _ASKED, one.stage == Stage.REFUSED)
