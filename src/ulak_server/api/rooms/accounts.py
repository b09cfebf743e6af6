"""Accounts at GİB: opened and closed by requests that may need the taxpayer's own seal."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from ulak.errors import Language, Text
from ulak_server.api.contract import Raw, Takes, Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.replies import body, nothing, plain, reply
from ulak_server.api.views.taxpayers import AccountAlias, AccountList, AccountView
from ulak_server.exchange.accounts import services as accounts
from ulak_server.exchange.accounts.services import Standing
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("accounts")
Service = Annotated[Literal["einvoice", "edespatch", "earchive", "esevoucher", "epreceipt", "erreceipt"], Path()]
Kind = Annotated[Literal["private", "public", "vuk507_private", "vuk507_public"], Query()]
XML: Final = "application/xml"
_TEXT: Final[dict[str, Any]] = {"type": "string"}


@ROOM.way("GET", "/accounts", "taxpayers.read", Text("GİB'deki hesaplar", "Accounts at GİB"), gives={200: AccountList})
def list_accounts(request: HttpRequest) -> HttpResponse:
    return _standings(visit(request), language_of(request), 200)


@ROOM.way(
    "POST",
    "/accounts/{service}/open",
    "accounts.write",
    Text("Hesabı GİB'de açtır", "Have the account opened at GİB"),
    gives={202: AccountList},
    faults=(409,),
)
def open_account(request: HttpRequest, service: Service, kind: Kind = "private") -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        accounts.want_opening(asking.taxpayer, service, kind, actor=asking.caller.actor, origin=asking.origin)
    return _standings(asking, language_of(request), 202)


@ROOM.way(
    "POST",
    "/accounts/{service}/aliases",
    "accounts.write",
    Text("Açık hesaba etiket eklet", "Have an alias added to an open account"),
    about=Text(
        "GİB'e bildirilir; GİB ekleyince GET /api/v1/aliases listesinde görünür ve kullanılabilir.",
        "GİB is told of it; once GİB has added it GET /api/v1/aliases lists it, and it may be used.",
    ),
    takes=AccountAlias,
    gives={202: AccountList},
    faults=(409,),
)
def add_account_alias(request: HttpRequest, service: Service) -> HttpResponse:
    asking, given = visit(request), body(request, AccountAlias)
    with working_for(asking.caller, asking.taxpayer):
        accounts.want_alias(
            asking.taxpayer, service, given.role, given.name, actor=asking.caller.actor, origin=asking.origin
        )
    return _standings(asking, language_of(request), 202)


@ROOM.way(
    "POST",
    "/accounts/{service}/close",
    "accounts.write",
    Text("Hesabı GİB'de kapattır", "Have the account closed at GİB"),
    gives={202: AccountList},
    faults=(409,),
)
def close_account(request: HttpRequest, service: Service) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        accounts.want_closing(asking.taxpayer, service, actor=asking.caller.actor, origin=asking.origin)
    return _standings(asking, language_of(request), 202)


@ROOM.way(
    "GET",
    "/accounts/{service}/request",
    "accounts.write",
    Text("Mührünüzü bekleyen isteği indir", "Fetch the request that waits for your seal"),
    gives={200: Raw(XML, _TEXT)},
)
def request_to_seal(request: HttpRequest, service: Service) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        return plain(accounts.to_counter_seal(asking.taxpayer, service), XML, name=f"{service}.xml")


@ROOM.way(
    "PUT",
    "/accounts/{service}/request",
    "accounts.write",
    Text("İsteği mührünüzle geri ver", "Hand the request back with your seal"),
    takes=Takes({XML: _TEXT}, limit=1024 * 1024),
    gives={202: AccountList},
    faults=(409,),
)
def hand_back_sealed(request: HttpRequest, service: Service) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        accounts.counter_sealed(asking.taxpayer, service, request.body, actor=asking.caller.actor, origin=asking.origin)
    return _standings(asking, language_of(request), 202)


@ROOM.way(
    "DELETE",
    "/accounts/{service}/request",
    "accounts.write",
    Text("Gitmemiş isteği geri çek", "Take back a request that has not left"),
    gives={204: None},
    faults=(409,),
)
def withdraw_request(request: HttpRequest, service: Service) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        accounts.withdraw_request(asking.taxpayer, service, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


def _standings(asking: Visit, language: Language, status: int) -> HttpResponse:
    with working_for(asking.caller, asking.taxpayer):
        found = accounts.standings(asking.taxpayer)
    return reply(AccountList(items=tuple(_view(one, language) for one in found)), status)


def _view(one: Standing, language: Language) -> AccountView:
    error = one.error if isinstance(one.error, dict) else {}
    said = error.get("text") or error.get("detail") or error
    return AccountView(
        service=one.service,
        stage=str(one.stage),
        sentence=one.sentence.say(language),
        may_issue=one.stage.may_issue,
        code=one.code,
        action=one.action,
        request=one.request,
        error=str(said.get(language, "")) if isinstance(said, dict) else str(said),
    )
