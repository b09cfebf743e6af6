"""Reports of the e-Arşiv family to GİB: by month, one by one, sent at once, repaired; and whether they balance."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from msgspec import UnsetType
from ninja import Path, Query

from ulak.errors import Language, Text
from ulak_server.api.contract import Raw, Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import Cursor, Limit, packed, unpacked
from ulak_server.api.problems import problem
from ulak_server.api.replies import body, plain, reply
from ulak_server.api.views.reports import (
    AttemptView,
    BalanceView,
    CalendarView,
    DayView,
    DifferenceView,
    EntryPage,
    EntryView,
    LineView,
    Product,
    ReportList,
    ReportShown,
    ReportView,
    SendWanted,
    SentOff,
    What,
)
from ulak_server.exchange.reports import services as reports
from ulak_server.overview import months
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("reports")
Id = Annotated[UUID, Path()]
Month = Annotated[str, Query(max_length=7)]
ZIP: Final = "application/zip"
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}


@ROOM.way(
    "GET",
    "/reports",
    "reports.read",
    Text("Bir ayın raporları", "The reports of a month"),
    about=Text("“month”: 2026-11; yazılmazsa içinde bulunulan ay.", "“month”: 2026-11; left out: the running one."),
    gives={200: ReportList},
)
def list_reports(request: HttpRequest, month: Month = "") -> HttpResponse:
    asking, language, wanted = visit(request), language_of(request), _month(month)
    with working_for(asking.caller, asking.taxpayer):
        found = reports.reports_of(asking.taxpayer, wanted)
    return reply(ReportList(items=tuple(_report(one, language) for one in found)))


@ROOM.way(
    "GET",
    "/reports/balance",
    "reports.read",
    Text("Belgeler ↔ raporlar ↔ GİB'in yanıtı", "Documents ↔ reports ↔ GİB's answers"),
    gives={200: BalanceView},
)
def balance(request: HttpRequest, month: Month = "") -> HttpResponse:
    asking, language, wanted = visit(request), language_of(request), _month(month)
    with working_for(asking.caller, asking.taxpayer):
        found = reports.balance(asking.taxpayer, wanted)
    return reply(
        BalanceView(
            documents=found.documents,
            cancellations=found.cancellations,
            objections=found.objections,
            entries=found.entries,
            reported=found.reported,
            accepted=found.accepted,
            is_balanced=found.is_balanced,
            lines=tuple(_line(one) for one in found.lines),
            differences=tuple(_difference(one, language) for one in found.differences),
        )
    )


@ROOM.way(
    "GET",
    "/reports/calendar",
    "reports.read",
    Text("Bir ayın rapor takvimi", "The calendar of a month's reports"),
    gives={200: CalendarView},
)
def calendar(request: HttpRequest, month: Month = "") -> HttpResponse:
    asking, wanted = visit(request), _month(month)
    with working_for(asking.caller, asking.taxpayer):
        found = reports.calendar(asking.taxpayer, wanted)
    return reply(CalendarView(days=tuple(_day(one) for one in found)))


@ROOM.way(
    "POST",
    "/reports/send",
    "reports.send",
    Text("Bekleyenleri hemen raporla", "Report at once what waits"),
    takes=SendWanted,
    gives={202: SentOff},
    faults=(409,),
)
def send_now(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, SendWanted)
    product = None if isinstance(given.product, UnsetType) else given.product
    entries = reports.send_now(asking.taxpayer, product, actor=asking.caller.actor, origin=asking.origin)
    return reply(SentOff(entries=entries), 202)


@ROOM.way("GET", "/reports/{uuid:id}", "reports.read", Text("Bir rapor", "One report"), gives={200: ReportShown})
def report(request: HttpRequest, id: Id) -> HttpResponse:
    return _shown(visit(request), id, language_of(request), 200)


@ROOM.way(
    "GET",
    "/reports/{uuid:id}/entries",
    "reports.read",
    Text("Rapordaki belgeler", "The documents in a report"),
    gives={200: EntryPage},
)
def entries(request: HttpRequest, id: Id, cursor: Cursor = "", limit: Limit = 100) -> HttpResponse:
    asking, after = visit(request), unpacked(cursor)
    with working_for(asking.caller, asking.taxpayer):
        reports.report_of(asking.taxpayer, id)
        found = reports.entries_of(asking.taxpayer, id, after=after, limit=limit + 1)
    more = packed(found[limit - 1].id) if len(found) > limit else None
    return reply(EntryPage(items=tuple(_entry(one) for one in found[:limit]), next=more))


@ROOM.way(
    "GET",
    "/reports/{uuid:id}/file",
    "reports.read",
    Text("Raporun GİB'e giden paketi", "The package of a report as GİB gets it"),
    gives={200: Raw(ZIP, _BINARY)},
    faults=(409,),
)
def report_file(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        name, pieces, _ = reports.file_of(asking.taxpayer, id)
        if pieces is None:
            raise problem("api.no-report-file")
        return plain(b"".join(pieces), ZIP, name=name)


@ROOM.way(
    "POST",
    "/reports/{uuid:id}/ask",
    "reports.send",
    Text("Raporu GİB'e hemen sor", "Ask GİB for a report at once"),
    gives={202: ReportShown},
    faults=(409,),
)
def ask(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    reports.ask_now(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return _shown(asking, id, language_of(request), 202)


@ROOM.way(
    "POST",
    "/reports/{uuid:id}/renew",
    "reports.send",
    Text("Reddedilen raporu yeni no ile kur", "Build a refused report anew, under another number"),
    gives={202: ReportShown},
    faults=(409,),
)
def renew(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    reports.renew(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return _shown(asking, id, language_of(request), 202)


def _month(given: str) -> date:
    return months.month_of(given) if given else months.current()


def _shown(asking: Visit, id: UUID, language: Language, status: int) -> HttpResponse:
    with working_for(asking.caller, asking.taxpayer):
        found, attempts = reports.report_of(asking.taxpayer, id)
    shown = ReportShown(report=_report(found, language), attempts=tuple(_attempt(one, language) for one in attempts))
    return reply(shown, status)


def _report(one: reports.Report, language: Language) -> ReportView:
    return ReportView(
        id=one.id,
        product=cast(Product, one.product),
        day=one.day,
        section_no=one.section_no,
        stage=str(one.stage),
        sentence=one.sentence.say(language),
        advice=one.advice.say(language),
        code=one.code,
        issued=one.issued,
        cancelled=one.cancelled,
        objected=one.objected,
        size=one.size,
        due_at=one.due_at,
        built_at=one.built_at,
        sent_at=one.sent_at,
        accepted_at=one.accepted_at,
        tries=one.tries,
        replaces=one.replaces,
        replaced_by=one.replaced_by,
    )


def _attempt(one: reports.Attempt, language: Language) -> AttemptView:
    return AttemptView(at=one.at, what=one.what, code=one.code, label=one.label.say(language), text=one.text)


def _entry(one: reports.Held) -> EntryView:
    return EntryView(id=one.id, document=one.document, number=one.number, what=cast(What, one.what), day=one.day)


def _day(one: reports.Day) -> DayView:
    return DayView(
        day=one.day,
        issued=one.issued,
        cancelled=one.cancelled,
        objected=one.objected,
        mark=one.mark.value if one.mark else "",
        due_at=one.due_at,
        is_late=one.is_late,
        reports=tuple(one.reports),
    )


def _line(one: reports.Line) -> LineView:
    return LineView(what=cast(What, one.what), documents=one.documents, reported=one.reported, accepted=one.accepted)


def _difference(one: reports.Difference, language: Language) -> DifferenceView:
    return DifferenceView(
        cause=one.cause,
        detail=one.text.say(language),
        product=one.product,
        day=one.day,
        size=one.size,
        documents=tuple(dict.fromkeys(one.documents)),
        reports=tuple(one.reports),
        repair=one.repair,
    )
