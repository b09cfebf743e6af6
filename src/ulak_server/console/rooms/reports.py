"""Reports of all taxpayers: how they stand, without what is in them; and what operators may do about one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak.lifecycle.reports import Stage
from ulak_server import clock
from ulak_server.console import watching
from ulak_server.exchange.reports import services as reporting
from ulak_server.exchange.reports.services import Report
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown

__all__ = ["ROOM", "STAGES"]

ROOM = Pages("filed", prefix="console/")
_MOST: Final = 200
_SOON: Final = timedelta(hours=12)
STAGES: Final = {
    Stage.BUILDING: Text("hazırlanıyor", "being built"),
    Stage.READY: Text("gönderilecek", "to be sent"),
    Stage.SENDING: Text("gönderiliyor", "being sent"),
    Stage.UNCLEAR: Text("belirsiz", "unclear"),
    Stage.TAKEN: Text("GİB'de", "at GİB"),
    Stage.REFUSED: Text("sizi bekliyor", "needs you"),
}
"""Stages at which a report is not ended, in a word."""
_PRODUCTS: Final = {"earsiv": Text("e-Arşiv", "e-Arşiv"), "egider": Text("gider pusulası", "expense notes")}


class Row(NamedTuple):
    """A report of somebody's.

    Attributes:
        tone: of its deadline: ``bad`` once it is over, ``wait`` in its last twelve hours.
        asks, waits: whether GİB may be asked for it; whether it waits for a person.
    """

    taxpayer: int
    title: str
    report: Report
    product: Text
    tone: str
    asks: bool
    waits: bool


@ROOM.page("GET", "reports", "operate", Text("Raporlar", "Reports"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Those that are not ended, or stand at one stage; first those that are due first."""
    asked = request.GET.get("stage", "")
    stage = Stage(asked) if asked in set(STAGES) else None
    with visit.work():
        found = reporting.all_reports(stage, _MOST)
        counts = reporting.counts()
        values: dict[str, Any] = {
            "waiting": watching.entries_found(),
            "links": [one for one in watching.links_found() if one.name == "earsiv"],
        }
    now = clock.now()
    values |= {
        "rows": [_row(*one, now) for one in found],
        "stages": [(one, label, counts.get(one, 0)) for one, label in STAGES.items()],
        "stage": stage or "",
        "total": sum(counts.values()),
        "most": _MOST,
    }
    return shown(request, visit, "console/reports.html", values)


@ROOM.page("POST", "reports/<uuid:report>/ask", "operate", Text("GİB'e sor", "Ask GİB"))
def ask(request: HttpRequest, visit: Visit, report: UUID) -> HttpResponse:
    return _done(request, visit, report, reporting.ask_now, Text("Sıraya alındı.", "It is next."))


@ROOM.page("POST", "reports/<uuid:report>/renew", "operate", Text("Rapor yeniden denensin", "Let a report go on"))
def renew(request: HttpRequest, visit: Visit, report: UUID) -> HttpResponse:
    return _done(request, visit, report, reporting.renew, Text("Yeniden yola çıktı.", "It goes on."))


@ROOM.page(
    "POST", "reports/<uuid:report>/anew", "operate", Text("GİB'den öğrenildi: yok, yeniden oluştur", "GİB has it not")
)
def anew(request: HttpRequest, visit: Visit, report: UUID) -> HttpResponse:
    who = {"actor": visit.caller.actor, "origin": visit.origin}
    reporting.renew(None, report, anew=True, **who)
    return _back(request, visit, Text("Yeni numarayla oluşturuluyor.", "It is built anew under another number."))


@ROOM.page("POST", "reports/<uuid:report>/confirm", "operate", Text("GİB'den öğrenildi: işledi", "GİB processed it"))
def confirm(request: HttpRequest, visit: Visit, report: UUID) -> HttpResponse:
    reporting.confirm(report, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, Text("Kabul edildi olarak işlendi.", "Entered as accepted."))


def _done(request: HttpRequest, visit: Visit, report: UUID, verb: Callable[..., Any], said: Text) -> HttpResponse:
    verb(None, report, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, said)


def _back(request: HttpRequest, visit: Visit, said: Text) -> HttpResponse:
    return notice(go(request, "/console/reports"), said, visit)


def _row(taxpayer: int, title: str, one: Report, now: datetime) -> Row:
    left = one.due_at - now
    return Row(
        taxpayer,
        title,
        one,
        _PRODUCTS.get(one.product, Text(one.product, one.product)),
        "bad" if left <= timedelta() else "wait" if left <= _SOON else "",
        one.stage in (Stage.READY, Stage.UNCLEAR, Stage.TAKEN),
        one.stage == Stage.REFUSED,
    )
