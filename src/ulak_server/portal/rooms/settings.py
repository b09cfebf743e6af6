"""Settings of the taxpayer: who it is, series, aliases and accounts at GİB, whose seal."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.books import learning
from ulak_server.books import services as books
from ulak_server.exchange.accounts import services as accounts
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms import settings_people, settings_places
from ulak_server.portal.rooms.books_fields import Choice
from ulak_server.portal.rooms.settings_details import DETAILS, details_form, details_of
from ulak_server.portal.rooms.settings_room import ROOM, page
from ulak_server.taxpayers import services as taxpayers

__all__ = ["ROOM", "settings_people", "settings_places"]

_KINDS: Final = (
    Choice("invoice", Text("Fatura", "Invoice")),
    Choice("despatch_advice", Text("İrsaliye", "Despatch advice")),
    Choice("receipt_advice", Text("İrsaliye yanıtı", "Receipt advice")),
)
_SERVICES: Final = {
    "einvoice": Text("e-Fatura", "e-Fatura"),
    "edespatch": Text("e-İrsaliye", "e-İrsaliye"),
}
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


# -- who it is ---------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "settings", "taxpayers.read", Text("Firma bilgileri", "Company"))
def details(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _details(request, visit)


@ROOM.page("POST", "settings", "taxpayers.change", Text("Bilgileri değiştir", "Change the details"))
def change_details(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = {name: str(request.POST.get(name, "")).strip()[:400] for name in DETAILS}
    try:
        with visit.work():
            there = taxpayers.of(visit.taxpayer)
            taxpayers.change(
                visit.taxpayer,
                title=given["title"] if len(there.number) == 10 else None,
                first_name=given["first_name"] or None,
                family_name=given["family_name"] or None,
                details=details_of(given, there.details),
                actor=visit.caller.actor,
                origin=visit.origin,
            )
            if visit.may("books.write"):
                learning.set_learns(visit.taxpayer, request.POST.get("learns") == "yes")
    except UlakError as error:
        return _details(request, visit, error, given)
    return notice(go(request, request.path), Text("Kaydedildi.", "Saved."), visit)


def _details(
    request: HttpRequest, visit: Visit, error: UlakError | None = None, given: dict[str, str] | None = None
) -> HttpResponse:
    with visit.work():
        there = taxpayers.of(visit.taxpayer)
        learns = learning.learns(visit.taxpayer) if visit.may("books.read") else None
    form = details_form(there, given)
    values = {"groups": form, "there": there, "learns": learns}
    return page(request, visit, "details", values, error=error)


# -- series ------------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "settings/series", "taxpayers.read", Text("Seriler", "Series"))
def series(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _series(request, visit)


@ROOM.page("POST", "settings/series", "taxpayers.change", Text("Seri ekle", "Add a series"))
def add_series(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = {name: str(request.POST.get(name, "")).strip() for name in ("kind", "prefix", "branch", "last")}
    last = given["last"]
    try:
        with visit.work():
            taxpayers.add_series(
                visit.taxpayer,
                given["kind"],
                given["prefix"].upper(),
                branch=given["branch"][:100],
                in_date_order=request.POST.get("in_date_order") == "yes",
                last=int(last) if last.isascii() and last.isdigit() and len(last) < 12 else 0 if not last else -1,
                actor=visit.caller.actor,
                origin=visit.origin,
            )
    except UlakError as error:
        return _series(request, visit, error, given)
    return notice(go(request, request.path), Text("Seri eklendi.", "The series is added."), visit)


@ROOM.page("POST", "settings/series/<int:id>/default", "taxpayers.change", Text("Varsayılan yap", "Make default"))
def default_series(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        taxpayers.make_series_default(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    return go(request, at(visit, "settings.series"))


@ROOM.page("POST", "settings/series/<int:id>/close", "taxpayers.change", Text("Seriyi kapat", "Close a series"))
def close_series(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        taxpayers.close_series(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Seri kapandı.", "The series is closed.")
    return notice(go(request, at(visit, "settings.series")), said, visit)


def _series(
    request: HttpRequest, visit: Visit, error: UlakError | None = None, given: dict[str, str] | None = None
) -> HttpResponse:
    with visit.work():
        found = taxpayers.series_of(visit.taxpayer, closed=True)
        branches = books.branches(visit.taxpayer) if visit.may("books.read") else []
    labels = {one.value: one.label for one in _KINDS}
    rows = [(one, labels.get(one.kind, Text(one.kind, one.kind))) for one in found]
    values = {"rows": rows, "kinds": _KINDS, "branches": branches, "given": given or {}}
    return page(request, visit, "series", values, error=error)


# -- aliases and accounts ----------------------------------------------------------------------------------------------


@ROOM.page("GET", "settings/account", "taxpayers.read", Text("GİB hesapları", "Accounts at GİB"))
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _account(request, visit)


@ROOM.page("POST", "settings/account/aliases", "taxpayers.change", Text("Etiket ekle", "Add an alias"))
def add_alias(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = {name: str(request.POST.get(name, "")).strip() for name in ("service", "role", "name")}
    try:
        with visit.work():
            taxpayers.add_alias(
                visit.taxpayer,
                given["service"],
                given["role"],
                given["name"],
                actor=visit.caller.actor,
                origin=visit.origin,
            )
    except UlakError as error:
        return _account(request, visit, error, given)
    said = Text("Etiket eklendi.", "The alias is added.")
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


def _account(
    request: HttpRequest, visit: Visit, error: UlakError | None = None, given: dict[str, str] | None = None
) -> HttpResponse:
    with visit.work():
        standings = accounts.standings(visit.taxpayer)
        aliases = taxpayers.aliases(visit.taxpayer, closed=True)
    rows = []
    for service, label in _SERVICES.items():
        last = next((one for one in standings if one.service == service), None)
        mine = [(one, _ROLES.get(one.role, Text(one.role, one.role))) for one in aliases if one.service == service]
        rows.append({"service": service, "label": label, "standing": last, "aliases": mine, "why": _why(last)})
    values = {
        "rows": rows,
        "roles": _ROLES.items(),
        "services": _SERVICES.items(),
        "kinds": _ACCOUNT_KINDS,
        "given": given or {},
    }
    return page(request, visit, "account", values, error=error)


def _why(standing: Any) -> Text | None:
    """Why a request is where it is."""
    error = standing.error if standing is not None else None
    said = error.get("text") or error.get("detail") or error if isinstance(error, dict) else None
    return Text(str(said.get("tr", "")), str(said.get("en", ""))) if isinstance(said, dict) else None


# -- seal --------------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "settings/seal", "taxpayers.read", Text("Mühür", "Seal"))
def seal(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _seal(request, visit)


@ROOM.page("POST", "settings/seal", "accounts.write", Text("Kimin mührü", "Whose seal"))
def change_seal(request: HttpRequest, visit: Visit) -> HttpResponse:
    who = {"actor": visit.caller.actor, "origin": visit.origin}
    try:
        with visit.work():
            if request.POST.get("sealing") == "own":
                address, secret = request.POST.get("address", "").strip(), request.POST.get("secret", "")
                taxpayers.seal_by_own_key(visit.taxpayer, address, secret, by_operator=False, **who)
            else:
                taxpayers.seal_by_integrator(visit.taxpayer, **who)
    except UlakError as error:
        return _seal(request, visit, error)
    return notice(go(request, request.path), Text("Kaydedildi.", "Saved."), visit)


def _seal(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    with visit.work():
        there = taxpayers.of(visit.taxpayer)
    return page(request, visit, "seal", {"is_own": there.sealing == "own"}, error=error)
