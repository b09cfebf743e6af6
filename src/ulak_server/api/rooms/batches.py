"""Documents handed in together, and what became of them."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from ulak.errors import Language, Text
from ulak_server.api.contract import IDEMPOTENCY, Takes, Ways
from ulak_server.api.door import visit
from ulak_server.api.faults import Fault, language_of, place_of
from ulak_server.api.paging import LARGEST_ID, Cursor, Limit, packed, unpacked
from ulak_server.api.replies import JSON, reply
from ulak_server.api.views.batches import BatchHandedIn, BatchPage, BatchView, RefusalPage, RefusalView
from ulak_server.documents import batches
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Batch, Refusal
from ulak_server.documents.splitting import BIGGEST, BatchForm
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("batches")
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Option = Annotated[str, Query(max_length=260)]
Design = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
_FORMS: Final[dict[str, BatchForm]] = {"application/x-ndjson": "ndjson", JSON: "json", "application/zip": "zip"}
_SCHEMAS: Final[dict[str, Any]] = {
    "application/x-ndjson": {"type": "string"},
    JSON: {"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 10_000},
    "application/zip": {"type": "string", "format": "binary"},
}


@ROOM.way(
    "POST",
    "/batches",
    "batches.write",
    Text("Belgeleri toplu teslim et", "Hand documents in together"),
    about=Text(
        "NDJSON, JSON listesi ya da UBL dosyalarının zip'i; en çok 10 000 belge. 202: hepsi kalıcı olarak saklandı;"
        " sonuç için GET /api/v1/batches/{id}.",
        "NDJSON, a JSON array, or a zip of UBL files; 10 000 documents at most. 202: all of it is stored, durably;"
        " for what became of it GET /api/v1/batches/{id}.",
    ),
    takes=Takes(_SCHEMAS, limit=BIGGEST),
    gives={202: BatchHandedIn},
    faults=(409,),
    headers=(IDEMPOTENCY,),
)
def hand_in(
    request: HttpRequest,
    intent: Annotated[Literal["send", "draft", "check"], Query()] = "send",
    series: Option = "",
    branch: Option = "",
    alias: Option = "",
    sender_alias: Option = "",
    priority: Annotated[bool, Query()] = False,
    design: Design = None,
    route: Annotated[Literal["", "auto"], Query()] = "",
) -> HttpResponse:
    asking = visit(request)
    stored = batches.hand_in(
        asking.taxpayer,
        request.body,
        _FORMS[request.content_type or JSON],
        intent=intent,
        options=Options(series, branch, alias, sender_alias, None, priority, design=design, route=route),
        key=request.headers.get("Idempotency-Key"),
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    given = BatchHandedIn(id=stored.id, total=stored.total, is_repeated=stored.is_repeated)
    return reply(given, 202, location=f"/api/v1/batches/{stored.id}")


@ROOM.way("GET", "/batches", "batches.read", Text("Toplu teslimler", "Batches"), gives={200: BatchPage})
def list_batches(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> HttpResponse:
    asking, before = visit(request), unpacked(cursor) if cursor else None
    with working_for(asking.caller, asking.taxpayer):
        found = batches.find(asking.taxpayer, before=before, limit=limit + 1)
    more = packed(found[limit - 1].id) if len(found) > limit else None
    return reply(BatchPage(items=tuple(_view(one) for one in found[:limit]), next=more))


@ROOM.way(
    "GET",
    "/batches/{int:id}",
    "batches.read",
    Text("Toplu teslimin durumu", "How far a batch is"),
    gives={200: BatchView},
)
def batch(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        return reply(_view(batches.get(asking.taxpayer, id)))


@ROOM.way(
    "GET",
    "/batches/{int:id}/refusals",
    "batches.read",
    Text("Toplu teslimde alınmayanlar, nedenleriyle", "What was not taken of a batch, and why"),
    gives={200: RefusalPage},
)
def refusals(request: HttpRequest, id: Id, cursor: Cursor = "", limit: Limit = 100) -> HttpResponse:
    asking, after = visit(request), unpacked(cursor, -1)
    with working_for(asking.caller, asking.taxpayer):
        batches.get(asking.taxpayer, id)
        found = batches.refusals(asking.taxpayer, id, after=after, limit=limit + 1)
    more = packed(found[limit - 1].place) if len(found) > limit else None
    language = language_of(request)
    return reply(RefusalPage(items=tuple(_refusal(one, language) for one in found[:limit]), next=more))


def _view(one: Batch) -> BatchView:
    return BatchView(
        id=one.id,
        key=one.key,
        form=one.form,
        intent=one.intent,
        stage=one.stage,
        total=one.total,
        read=one.read,
        accepted=one.accepted,
        refused=one.refused,
        created_at=one.created_at,
        finished_at=one.finished_at,
    )


def _refusal(one: Refusal, language: Language) -> RefusalView:
    kept = one.problem
    first = _fault(kept, language)
    every = tuple(_fault(each, language) for each in kept.get("errors", ()))
    return RefusalView(
        place=one.place,
        name=one.name,
        code=first.code,
        detail=first.detail,
        repair=first.repair,
        errors=every or ((first,) if kept.get("where") or kept.get("line") else ()),
    )


def _fault(kept: dict[str, Any], language: Language) -> Fault:
    return Fault(
        code=kept["code"],
        detail=kept["detail"][language],
        repair=kept["repair"][language],
        **place_of(kept.get("where", ""), kept.get("line")),
    )
