"""Settings of what GİB knows of the taxpayer: accounts for its services, and aliases."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.exchange.accounts import services as accounts
from ulak_server.exchange.accounts.services import Standing
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.people import services as people
from ulak_server.portal.rooms.books_fields import Choice
from ulak_server.portal.rooms.settings_room import ROOM, page
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Alias, Service

__all__: list[str] = []


class Row(NamedTuple):
    """A service as the page draws it.

    Attributes:
        about: for what it is.
        standing: of the account; None if there never was one.
        aliases: each with its role.
        why: why the last request is where it is.
    """

    service: str
    label: Text
    about: Text
    standing: Standing | None
    aliases: list[tuple[Alias, Text]]
    why: Text | None


_SERVICES: Final = {
    Service.EINVOICE: (
        Text("e-Fatura", "e-Fatura"),
        Text("Kayıtlı kullanıcılara fatura.", "Invoices to registered users."),
    ),
    Service.EDESPATCH: (Text("e-İrsaliye", "e-İrsaliye"), Text("Sevk irsaliyeleri.", "Despatch advices.")),
    Service.EARCHIVE: (
        Text("e-Arşiv fatura", "e-Arşiv invoices"),
        Text("Kayıtlı olmayan herkese fatura; internet satışları.", "Invoices to everybody else; internet sales."),
    ),
    Service.ESEVOUCHER: (
        Text("e-Serbest meslek makbuzu", "Freelance receipts (e-SMM)"),
        Text("Serbest meslek sahiplerinin makbuzu.", "Receipts of freelancers."),
    ),
    Service.EPRECEIPT: (
        Text("e-Müstahsil makbuzu", "Producer receipts (e-MM)"),
        Text("Çiftçiden alınan ürün.", "Produce bought from farmers."),
    ),
    Service.ERRECEIPT: (
        Text("e-Gider pusulası", "Expense notes"),
        Text(
            "Vergi mükellefi olmayandan alım ve iade.", "Purchases from, and returns by, people who are no taxpayers."
        ),
    ),
}
"""What each is called, and for what it is."""
_ROLES: Final = {
    "GB": Text("gönderici birim (GB)", "sender's unit (GB)"),
    "PK": Text("posta kutusu (PK)", "mailbox (PK)"),
}
_ACCOUNT_KINDS: Final = (
    Choice("private", Text("Özel sektör", "Private sector")),
    Choice("public", Text("Kamu", "Public body")),
    Choice("vuk507_private", Text("Özel sektör, VUK 507", "Private sector, VUK 507")),
    Choice("vuk507_public", Text("Kamu, VUK 507", "Public body, VUK 507")),
)


@ROOM.page("GET", "settings/account", "taxpayers.read", Text("GİB hesapları", "Accounts at GİB"))
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _account(request, visit)


@ROOM.page("POST", "settings/account/aliases", "taxpayers.change", Text("Etiket ekle", "Add an alias"))
def add_alias(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = {name: str(request.POST.get(name, "")).strip() for name in ("service", "role", "name")}
    service, role, name = given.values()
    who: dict[str, Any] = {"actor": visit.caller.actor, "origin": visit.origin}
    said = Text("Etiket eklendi.", "The alias is added.")
    try:
        with visit.work():
            if _is_open(visit.taxpayer, service):
                people.require(visit.caller, "accounts.write", visit.taxpayer)
                accounts.want_alias(visit.taxpayer, service, role, name, **who)
                said = Text("Etiketi GİB'e bildirmek için istek yazıldı.", "GİB is asked to add the alias.")
            else:
                taxpayers.add_alias(visit.taxpayer, service, role, name, **who)
    except UlakError as error:
        return _account(request, visit, error, given)
    return notice(go(request, at(visit, "settings.account")), said, visit)


@ROOM.page("POST", "settings/account/<str:service>/open", "accounts.write", Text("Hesabı açtır", "Open the account"))
def open_account(request: HttpRequest, visit: Visit, service: str) -> HttpResponse:
    kind = request.POST.get("kind", "private")
    try:
        with visit.work():
            accounts.want_opening(visit.taxpayer, service, kind, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        return _account(request, visit, error)
    said = Text("Hesabın açılması istendi.", "GİB is asked to open the account.")
    return notice(go(request, at(visit, "settings.account")), said, visit)


@ROOM.page(
    "POST", "settings/account/<str:service>/close", "accounts.write", Text("Hesabı kapattır", "Close the account")
)
def close_account(request: HttpRequest, visit: Visit, service: str) -> HttpResponse:
    try:
        with visit.work():
            accounts.want_closing(visit.taxpayer, service, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        return _account(request, visit, error)
    said = Text("Hesabın kapatılması istendi.", "GİB is asked to close the account.")
    return notice(go(request, at(visit, "settings.account")), said, visit)


def _is_open(taxpayer: int, service: str) -> bool:
    """Whether GİB has the account open, and so is to be told of its aliases."""
    return any(one.service == service and one.stage.may_issue for one in accounts.standings(taxpayer))


def _account(
    request: HttpRequest, visit: Visit, error: UlakError | None = None, given: dict[str, str] | None = None
) -> HttpResponse:
    with visit.work():
        standings = accounts.standings(visit.taxpayer)
        aliases = taxpayers.aliases(visit.taxpayer, closed=True)
    rows = []
    for service, (label, about) in _SERVICES.items():
        last = next((one for one in standings if one.service == service), None)
        mine = [(one, _ROLES.get(one.role, Text(one.role, one.role))) for one in aliases if one.service == service]
        rows.append(Row(str(service), label, about, last, mine, _why(last)))
    values = {
        "rows": [one for one in rows if one.standing],
        "others": [one for one in rows if not one.standing],
        "roles": _ROLES.items(),
        "services": [(str(one), label) for one, (label, _) in _SERVICES.items() if one.has_aliases],
        "kinds": _ACCOUNT_KINDS,
        "given": given or {},
    }
    return page(request, visit, "account", values, error=error)


def _why(standing: Any) -> Text | None:
    """Why a request is where it is."""
    error = standing.error if standing is not None else None
    said = error.get("text") or error.get("detail") or error if isinstance(error, dict) else None
    return Text(str(said.get("tr", "")), str(said.get("en", ""))) if isinstance(said, dict) else None
