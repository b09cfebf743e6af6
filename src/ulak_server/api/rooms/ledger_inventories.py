"""Inventory books: which ones a year has, and the list to be filled in; they are made as works of their own kind."""

from __future__ import annotations

from typing import Annotated, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query

from ulak.errors import Text
from ulak_server import clock
from ulak_server.api import showing_ledgers as showing
from ulak_server.api.contract import Raw, Ways
from ulak_server.api.door import visit
from ulak_server.api.faults import language_of
from ulak_server.api.replies import reply, streamed
from ulak_server.api.views.ledgers import InventoryList
from ulak_server.ledgers import services as ledgers

__all__ = ["ROOM"]

ROOM = Ways("ledgers")
Year = Annotated[int | None, Query(ge=2010, le=2100)]
_CSV: Final = Raw("text/csv", {"type": "string"})


@ROOM.way(
    "GET",
    "/ledgers/inventories",
    "ledgers.read",
    Text("Bir yılın envanterleri", "The inventories of a year"),
    about=Text(
        "Hesap döneminin ilk ve son günü içindir (Genel Tebliğ 1, 4.3.4). Oluşturmak için kind=inventory ile bir iş"
        " başlatılır; dosya, şablonun başlıklarını taşıyan CSV ya da Excel'dir.",
        "They are of the first and the last day of the fiscal year (Genel Tebliğ 1, 4.3.4). One is made by a work of"
        " kind=inventory; its file is CSV or Excel with the headings of the template.",
    ),
    gives={200: InventoryList},
)
def ledger_inventories(request: HttpRequest, year: Year = None) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    found = ledgers.inventories(asking.caller, asking.taxpayer, year or clock.today().year)
    return reply(InventoryList(items=tuple(showing.inventory(one, language) for one in found)))


@ROOM.way(
    "GET",
    "/ledgers/inventories/template.csv",
    "ledgers.read",
    Text("Envanter şablonu", "The inventory template"),
    gives={200: _CSV},
)
def inventory_template(request: HttpRequest) -> HttpResponse:
    visit(request)
    return streamed(iter([ledgers.inventory_template()]), _CSV.type, name="ulak-envanter-sablonu.csv")
