"""Settings of the taxpayer: who it is, series, whose seal."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.books import learning
from ulak_server.books import services as books
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms import settings_accounts, settings_people, settings_places
from ulak_server.portal.rooms.books_fields import Choice
from ulak_server.portal.rooms.settings_details import DETAILS, details_form, details_of
from ulak_server.portal.rooms.settings_room import ROOM, page
from ulak_server.taxpayers import services as taxpayers

__all__ = ["ROOM", "settings_accounts", "settings_people", "settings_places"]

_KINDS: Final = (
    Choice("invoice", Text("e-Fatura", "e-Fatura")),
    Choice("earchive_invoice", Text("e-Arşiv fatura", "e-Arşiv invoice")),
    Choice("earchive_invoice:internet", Text("e-Arşiv fatura, internet satışı", "e-Arşiv invoice, internet sale")),
    Choice("despatch_advice", Text("İrsaliye", "Despatch advice")),
    Choice("receipt_advice", Text("İrsaliye yanıtı", "Receipt advice")),
    Choice("freelance_receipt", Text("e-Serbest meslek makbuzu", "Freelance receipt (e-SMM)")),
    Choice("producer_receipt", Text("e-Müstahsil makbuzu", "Producer receipt (e-MM)")),
    Choice("expense_note", Text("e-Gider pusulası", "Expense note")),
)
"""What a series numbers: a kind, and its purpose behind a colon."""


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
    last, (kind, _, purpose) = given["last"], given["kind"].partition(":")
    try:
        with visit.work():
            taxpayers.add_series(
                visit.taxpayer,
                kind,
                given["prefix"].upper(),
                purpose=purpose,
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
    keys = [f"{one.kind}:{one.purpose}" if one.purpose else one.kind for one in found]
    rows = [(one, labels.get(key, Text(key, key))) for one, key in zip(found, keys, strict=True)]
    taken = sorted({one.prefix for one in found})
    values = {"rows": rows, "kinds": _KINDS, "branches": branches, "given": given or {}, "taken": taken}
    return page(request, visit, "series", values, error=error)


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
