"""What was found in a month's entries and books, and what will be made of them."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path

from ulak.errors import Text
from ulak_server.api import showing_ledgers as showing
from ulak_server.api.contract import Raw, Ways
from ulak_server.api.door import visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import Cursor, Limit, packed, unpacked
from ulak_server.api.replies import reply, streamed
from ulak_server.api.views.ledger_works import FindingsShown, PlacesPage, PreviewShown
from ulak_server.ledgers import services as ledgers

__all__ = ["ROOM"]

ROOM = Ways("ledgers")
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
Form = Annotated[Literal["csv", "xlsx"], Path()]
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}


@ROOM.way(
    "GET",
    "/ledgers/works/{int:id}/findings",
    "ledgers.read",
    Text("Bulgular, türlerine göre", "Findings, by their kinds"),
    gives={200: FindingsShown},
)
def ledger_findings(request: HttpRequest, id: Id, cursor: Cursor = "", limit: Limit = 100) -> HttpResponse:
    asking, language, after = visit(request), language_of(request), unpacked(cursor)
    found = ledgers.findings(asking.caller, asking.taxpayer, id)
    groups = found.groups[after : after + limit]
    more = packed(after + limit) if len(found.groups) > after + limit else None
    items = tuple(showing.finding(one, language) for one in groups)
    return reply(FindingsShown(items=items, sums=showing.sums(found.sums), next=more))


@ROOM.way(
    "GET",
    "/ledgers/works/{int:id}/findings.{form}",
    "ledgers.read",
    Text("Bütün bulgular, csv ya da xlsx dosyası", "All findings, as a csv or xlsx file"),
    gives={200: Raw("application/octet-stream", _BINARY)},
)
def ledger_findings_file(request: HttpRequest, id: Id, form: Form) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    pieces = ledgers.findings_file(asking.caller, asking.taxpayer, id, form, language)
    return streamed(pieces, "application/octet-stream", name=f"ulak-{id}.{form}")


@ROOM.way(
    "GET",
    "/ledgers/works/{int:id}/findings/{str:code}",
    "ledgers.read",
    Text("Bir bulgunun yerleri", "The places of one finding"),
    gives={200: PlacesPage},
)
def ledger_places(request: HttpRequest, id: Id, code: str, cursor: Cursor = "", limit: Limit = 100) -> HttpResponse:
    asking, after = visit(request), unpacked(cursor)
    found = ledgers.examples(asking.caller, asking.taxpayer, id, code, after=after, limit=limit + 1)
    more = packed(after + limit) if len(found) > limit else None
    return reply(PlacesPage(items=showing.places(found[:limit]), next=more))


@ROOM.way(
    "GET",
    "/ledgers/works/{int:id}/preview",
    "ledgers.read",
    Text("Oluşturulacak parçalar, toplamlar, mizan", "The parts, totals and trial balance to come"),
    gives={200: PreviewShown},
    faults=(409,),
)
def ledger_preview(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    found = ledgers.preview(asking.caller, asking.taxpayer, id)
    return reply(
        PreviewShown(
            parts=tuple(showing.part(one) for one in found.parts),
            sums=showing.sums(found.sums),
            balance=tuple(showing.balance_row(one) for one in found.balance),
            packages=tuple(name for name, *_ in found.packages),
            due_at=found.due,
        )
    )
