"""Documents found, page by page: all of them, and what came in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query

from ulak.errors import Text
from ulak_server.api.door import visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import LARGEST_ID, Cursor, Limit
from ulak_server.api.replies import reply
from ulak_server.api.rooms.wishes import ROOM
from ulak_server.api.showing import views_of
from ulak_server.api.views.documents import DocumentPage
from ulak_server.documents.search import Filters, find
from ulak_server.exchange.answers import TAKEN
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

Word = Annotated[str, Query(max_length=100)]
Words = Annotated[list[str], Query(max_length=20)]
Day = Annotated[date | None, Query()]
Id = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
Ettn = Annotated[UUID | None, Query()]


@ROOM.way(
    "GET",
    "/documents",
    "documents.read",
    Text("Belgelerde ara", "Search documents"),
    about=Text(
        "En son alınan önce. “stage” ve “kind” birden çok yazılabilir. Sonraki sayfa: “next”i “cursor” olarak verin.",
        "The last taken in comes first. “stage” and “kind” may be given several times. For the next page give “next”"
        " as “cursor”.",
    ),
    gives={200: DocumentPage},
)
def list_documents(
    request: HttpRequest,
    direction: Annotated[Literal["out", "in"] | None, Query()] = None,
    kind: Words = [],  # noqa: B006
    stage: Words = [],  # noqa: B006
    issued_from: Day = None,
    issued_until: Day = None,
    taken_from: Day = None,
    taken_until: Day = None,
    partner: Word = "",
    number: Word = "",
    ettn: Ettn = None,
    erp_key: Word = "",
    batch: Id = None,
    about: Id = None,
    text: Word = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> HttpResponse:
    wanted = Filters(
        direction or "",
        kind,
        stage,
        issued_from,
        issued_until,
        taken_from,
        taken_until,
        partner,
        number,
        ettn,
        erp_key,
        batch,
        about,
        text,
    )
    return _page(request, wanted, cursor, limit)


@ROOM.way(
    "GET",
    "/incoming",
    "incoming.read",
    Text("Gelen belgeler", "Documents that came in"),
    about=Text(
        "“is_taken” yazılmazsa yalnız ERP'nin henüz teslim almadıkları.",
        "Without “is_taken”: only what the ERP has not taken over yet.",
    ),
    gives={200: DocumentPage},
)
def list_incoming(
    request: HttpRequest,
    is_taken: Annotated[bool, Query()] = False,
    kind: Words = [],  # noqa: B006
    issued_from: Day = None,
    issued_until: Day = None,
    partner: Word = "",
    number: Word = "",
    ettn: Ettn = None,
    text: Word = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> HttpResponse:
    wanted = Filters(
        "in",
        kind,
        [TAKEN] if is_taken else ["filed"],
        issued_from,
        issued_until,
        partner=partner,
        number=number,
        ettn=ettn,
        text=text,
    )
    return _page(request, wanted, cursor, limit)


def _page(request: HttpRequest, wanted: Filters, cursor: str, limit: int) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    with working_for(asking.caller, asking.taxpayer):
        found = find(asking.taxpayer, wanted, cursor=cursor or None, limit=limit)
        items = tuple(views_of(found.rows, language))
    return reply(DocumentPage(items=items, next=found.next))
