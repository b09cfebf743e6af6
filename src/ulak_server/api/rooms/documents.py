"""Documents handed in, checked, read; drafts changed, thrown away and sent."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from ulak.errors import Language, Text, UlakError
from ulak.lifecycle.documents import Stage
from ulak.rules import Level, Report
from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server.api.contract import IDEMPOTENCY, IF_NONE_MATCH, Raw, Takes, Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import Fault, fault_of, language_of
from ulak_server.api.paging import LARGEST_ID
from ulak_server.api.problems import problem
from ulak_server.api.replies import JSON, etag_of, nothing, plain, reply, unchanged
from ulak_server.api.showing import view_of
from ulak_server.api.views.documents import Accepted, DocumentView, DriverView, Judgement, RouteView, TransportView
from ulak_server.archive import services as archive
from ulak_server.composing import services as composing
from ulak_server.documents import drafts, routing
from ulak_server.documents.checking import check as check_one
from ulak_server.documents.intake import Options
from ulak_server.documents.kinds.despatch import DESPATCH
from ulak_server.documents.models import Document, Form
from ulak_server.documents.reading import Format
from ulak_server.documents.routing import Route
from ulak_server.documents.taking import Taken
from ulak_server.documents.taking import take_in as take_one_in
from ulak_server.documents.transport import transport_of
from ulak_server.exchange import services as exchange
from ulak_server.exchange.law import policy
from ulak_server.people.services import working_for

__all__ = ["DOCUMENT", "ROOM", "Id", "Option", "accepted", "format_of", "row_of", "stands"]

ROOM = Ways("documents")
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Option = Annotated[str, Query(max_length=260)]
Key = Annotated[str | None, Query(min_length=1, max_length=100)]
Design = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
Routing = Annotated[Literal["", "auto"], Query()]
XML: Final = "application/xml"
_ANY: Final[dict[str, Any]] = {"type": "object"}
_TEXT: Final[dict[str, Any]] = {"type": "string"}
DOCUMENT: Final = Takes({JSON: _ANY, XML: _TEXT}, limit=20 * 1024 * 1024)


@ROOM.way(
    "POST",
    "/documents",
    "documents.send",
    Text("Belge gönder ya da taslak kaydet", "Send a document, or keep a draft"),
    about=Text(
        "Gövde: dostça JSON (docs/json.md), UBL-TR ya da {“erp_key”, “series”, “alias”, “branch”, “priority”,"
        " “document”} sarmalı. 202: belge kalıcı olarak alındı; 201: taslak kaydedildi.",
        "Body: friendly JSON (docs/json.md), UBL-TR, or the wrapping {“erp_key”, “series”, “alias”, “branch”,"
        " “priority”, “document”}. 202: the document is taken in, durably; 201: a draft is kept.",
    ),
    takes=DOCUMENT,
    gives={202: Accepted, 201: Accepted},
    faults=(402, 409),
    headers=(IDEMPOTENCY,),
)
def take_in(
    request: HttpRequest,
    intent: Annotated[Literal["send", "draft"], Query()] = "send",
    series: Option = "",
    branch: Option = "",
    alias: Option = "",
    sender_alias: Option = "",
    erp_key: Key = None,
    priority: Annotated[bool, Query()] = False,
    design: Design = None,
    route: Routing = "",
) -> HttpResponse:
    asking = visit(request)
    options = Options(series, branch, alias, sender_alias, erp_key, priority, design=design, route=route)
    taken = take_one_in(
        asking.taxpayer,
        request.body,
        format_of(request),
        options,
        intent=intent,
        key=request.headers.get("Idempotency-Key"),
        policy=policy(),
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    return accepted(request, taken, 201 if intent == "draft" else 202)


@ROOM.way(
    "POST",
    "/documents/check",
    "documents.write",
    Text("Belgeyi saklamadan denetle", "Check a document without storing it"),
    takes=DOCUMENT,
    gives={200: Judgement},
)
def check(
    request: HttpRequest,
    series: Option = "",
    branch: Option = "",
    alias: Option = "",
    sender_alias: Option = "",
    erp_key: Key = None,
    route: Routing = "",
) -> HttpResponse:
    options = Options(series, branch, alias, sender_alias, erp_key, route=route)
    found = check_one(visit(request).taxpayer, request.body, format_of(request), options)
    language, reading = language_of(request), found.reading
    refusal = [] if found.refusal is None else _refusal(found.refusal, language)
    return reply(
        Judgement(
            is_valid=found.is_valid,
            kind=reading.kind.name,
            ettn=reading.ettn,
            number=reading.number or None,
            currency=reading.currency,
            payable=reading.payable,
            route=_route(found.route, language),
            errors=(*refusal, *_found(found.report, language, is_warning=False)),
            warnings=tuple(_found(found.report, language, is_warning=True)),
        )
    )


@ROOM.way(
    "GET",
    "/routes/{number}",
    "userlist.read",
    Text("Belge bu alıcıya nasıl gider", "How a document would go to a receiver"),
    gives={200: RouteView},
    faults=(404,),
    needs_taxpayer=False,
)
def route(
    request: HttpRequest,
    number: Annotated[str, Path(pattern="^[0-9]{10,11}$")],
    service: Annotated[Literal["einvoice", "edespatch"], Query()] = "einvoice",
    profile: Annotated[str, Query(max_length=40)] = "",
) -> HttpResponse:
    with working_for(visit(request).caller):
        return reply(_route(routing.preview(number, service, profile=profile), language_of(request)))


@ROOM.way(
    "GET",
    "/documents/{int:id}",
    "documents.read",
    Text("Belgenin durumu", "How a document stands"),
    gives={200: DocumentView},
)
def document(request: HttpRequest, id: Id) -> HttpResponse:
    return stands(visit(request), id, language_of(request), 200)


@ROOM.way(
    "GET",
    "/documents/{int:id}/xml",
    "documents.read",
    Text("Belgenin UBL'si; mühürlendikten sonra mühürlü hâli", "A document's UBL; the sealed bytes once it is sealed"),
    gives={200: Raw(XML, _TEXT), 304: None},
    faults=(409, 500),
    headers=(IF_NONE_MATCH,),
)
def document_xml(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row = row_of(asking, id)
        data = _ubl(row)
    etag = etag_of(data)
    return unchanged(request, etag) or plain(data, XML, name=f"{row.number or row.ettn}.xml", etag=etag)


@ROOM.way(
    "GET",
    "/documents/{int:id}/json",
    "documents.read",
    Text("Belgenin dostça JSON'u; taslakta verildiği gibi", "A document as friendly JSON; a draft as it was given"),
    gives={200: Raw(JSON, _ANY), 304: None},
    faults=(409, 500),
    headers=(IF_NONE_MATCH,),
)
def document_json(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row = row_of(asking, id)
        data = drafts.content(asking.taxpayer, id).data if row.form == Form.JSON else _friendly(_ubl(row))
    etag = etag_of(data)
    return unchanged(request, etag) or plain(data, JSON, etag=etag)


@ROOM.way(
    "GET",
    "/documents/{int:id}/transport",
    "documents.read",
    Text("İrsaliyede araç, sürücü, taşıyıcı; yola çıkabilir mi", "Lorry, drivers and carrier; whether it may leave"),
    gives={200: TransportView},
    faults=(409, 500),
)
def transport(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row = row_of(asking, id)
        if row.kind != DESPATCH.name:
            raise problem("api.no-lorry")
        found = transport_of(_ubl(row))
    return reply(
        TransportView(
            may_leave=bool(exchange.may_leave(row)),
            left_at=row.left_at,
            number=row.number,
            plates=found.plates,
            trailers=found.trailers,
            drivers=tuple(DriverView(name=one.name, number=one.number) for one in found.drivers),
            carrier=found.carrier,
            despatch_date=found.despatch_date,
            despatch_time=found.despatch_time,
            address=found.address,
        )
    )


@ROOM.way(
    "PUT",
    "/documents/{int:id}",
    "documents.write",
    Text("Taslağı değiştir", "Change a draft"),
    takes=DOCUMENT,
    gives={200: DocumentView},
    faults=(409,),
)
def change_draft(
    request: HttpRequest,
    id: Id,
    series: Option = "",
    branch: Option = "",
    alias: Option = "",
    sender_alias: Option = "",
    erp_key: Key = None,
    priority: Annotated[bool, Query()] = False,
    design: Design = None,
    route: Routing = "",
) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row_of(asking, id)
    options = Options(series, branch, alias, sender_alias, erp_key, priority, design=design, route=route)
    drafts.update(
        asking.taxpayer,
        id,
        request.body,
        format_of(request),
        options,
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    return stands(asking, id, language_of(request), 200)


@ROOM.way(
    "DELETE",
    "/documents/{int:id}",
    "documents.write",
    Text("Taslağı sil", "Throw a draft away"),
    gives={204: None},
    faults=(409,),
)
def delete_draft(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        row_of(asking, id)
    composing.delete(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


def row_of(asking: Visit, id: int) -> Document:
    """A document of the taxpayer that the call works for; within their scope.

    Raises:
        ApiError: ``api.not-found``.
    """
    found = Document.objects.filter(id=id, taxpayer_id=asking.taxpayer).first()
    if found is None:
        raise problem("api.not-found")
    return found


def format_of(request: HttpRequest) -> Format:
    return "ubl" if request.content_type == XML else "json"


def accepted(request: HttpRequest, taken: Taken, status: int) -> HttpResponse:
    given = Accepted(
        id=taken.id,
        ettn=taken.ettn,
        number=taken.number or None,
        stage=taken.stage,
        sentence=Stage(taken.stage).sentence.say(language_of(request)),
        route=_route(taken.route, language_of(request)),
        is_repeated=taken.is_repeated,
    )
    return reply(given, status, location=f"/api/v1/documents/{taken.id}")


def _route(found: Route | None, language: Language) -> RouteView | None:
    if found is None:
        return None
    return RouteView(
        way=found.way,
        partner=found.partner,
        title=found.title,
        alias=found.alias,
        why=found.why,
        reason=found.reason.say(language),
        is_automatic=found.is_automatic,
        aliases=found.aliases,
        list_of=found.listed_at,
    )


def _ubl(row: Document) -> bytes:
    if row.form == Form.JSON:
        raise problem("api.no-xml")
    ref = archive.Ref(row.taxpayer_id, row.month, row.id)
    data = archive.read([ref]).get(ref)
    if data is None:
        raise problem("api.body-missing")
    return data


def _friendly(data: bytes) -> bytes:
    try:
        return to_json(read_document(data))
    except UlakError:
        raise problem("api.no-json-form") from None


def _refusal(error: UlakError, language: Language) -> list[Fault]:
    return [fault_of(one, language) for one in getattr(error, "errors", ()) or (error,)]


def _found(report: Report, language: Language, *, is_warning: bool) -> list[Fault]:
    return [
        fault_of(UlakError(one.id, one.explanation, one.repair, where=one.field or one.xpath, line=one.line), language)
        for one in report.findings
        if (one.level is Level.WARNING) is is_warning
    ]


def stands(asking: Visit, id: int, language: Language, status: int) -> HttpResponse:
    with working_for(asking.caller, asking.taxpayer):
        return reply(view_of(row_of(asking, id), language), status)
