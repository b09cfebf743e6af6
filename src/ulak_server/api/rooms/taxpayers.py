"""Taxpayers: who they are, whose seal they use, their aliases and series."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from msgspec import UNSET, UnsetType
from ninja import Path

from ulak.errors import Text
from ulak_server.api.contract import Ways
from ulak_server.api.door import visit
from ulak_server.api.paging import Cursor, Limit, packed, unpacked
from ulak_server.api.replies import body, created, nothing, reply
from ulak_server.api.views.taxpayers import (
    AliasList,
    AliasView,
    AliasWanted,
    ContractWanted,
    SealingWanted,
    SeriesList,
    SeriesView,
    SeriesWanted,
    TaxpayerChange,
    TaxpayerPage,
    TaxpayerView,
    TaxpayerWanted,
)
from ulak_server.people.services import working_for
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Alias, Sealing, Series, Taxpayer
from ulak_server.taxpayers.services import NewTaxpayer

__all__ = ["ROOM"]

ROOM = Ways("taxpayers")
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]


@ROOM.way(
    "GET", "/taxpayer", "taxpayers.read", Text("Mükellefin bilgileri", "Who the taxpayer is"), gives={200: TaxpayerView}
)
def taxpayer(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        return reply(_shown(taxpayers.of(asking.taxpayer)))


@ROOM.way(
    "PATCH",
    "/taxpayer",
    "taxpayers.change",
    Text("Mükellefin bilgilerini değiştir", "Change who the taxpayer is"),
    takes=TaxpayerChange,
    gives={200: TaxpayerView},
)
def change_taxpayer(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, TaxpayerChange)
    with working_for(asking.caller, asking.taxpayer):
        changed = taxpayers.change(
            asking.taxpayer,
            title=_said(given.title),
            first_name=_said(given.first_name),
            family_name=_said(given.family_name),
            details=None if isinstance(given.details, UnsetType) else given.details,
            actor=asking.caller.actor,
            origin=asking.origin,
        )
        return reply(_shown(changed))


@ROOM.way(
    "POST",
    "/taxpayers",
    "taxpayers.write",
    Text("Mükellef ekle", "Take a taxpayer on"),
    takes=TaxpayerWanted,
    gives={201: TaxpayerView},
    faults=(409,),
    needs_taxpayer=False,
)
def add_taxpayer(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, TaxpayerWanted)
    new = NewTaxpayer(
        given.number,
        given.title,
        given.first_name,
        given.family_name,
        {} if isinstance(given.details, UnsetType) else given.details,
        given.contract_from,
        given.contract_until,
    )
    with working_for(asking.caller):
        made = taxpayers.create(new, actor=asking.caller.actor, origin=asking.origin)
    return created(_shown(made), "/api/v1/taxpayer")


@ROOM.way(
    "GET",
    "/taxpayers",
    "taxpayers.write",
    Text("Bütün mükellefler", "All taxpayers"),
    gives={200: TaxpayerPage},
    needs_taxpayer=False,
)
def all_taxpayers(request: HttpRequest, cursor: Cursor = "", limit: Limit = 100) -> HttpResponse:
    after = unpacked(cursor)
    with working_for(visit(request).caller):
        found = list(Taxpayer.objects.filter(id__gt=after).order_by("id")[: limit + 1])
    more = packed(found[limit - 1].id) if len(found) > limit else None
    return reply(TaxpayerPage(items=tuple(_shown(one) for one in found[:limit]), next=more))


@ROOM.way(
    "PUT",
    "/taxpayer/contract",
    "taxpayers.write",
    Text("Sözleşmenin sonunu belirle", "Say when the contract ends"),
    takes=ContractWanted,
    gives={204: None},
)
def end_contract(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, ContractWanted)
    with working_for(asking.caller, asking.taxpayer):
        taxpayers.end_contract(asking.taxpayer, given.until, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


@ROOM.way(
    "PUT",
    "/taxpayer/sealing",
    "taxpayers.change",
    Text("Belgelere kimin mührü basılsın", "Say whose seal documents get"),
    takes=SealingWanted,
    gives={204: None},
)
def choose_sealing(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, SealingWanted)
    caller = asking.caller
    with working_for(caller, asking.taxpayer):
        if given.by == "integrator":
            taxpayers.seal_by_integrator(asking.taxpayer, actor=caller.actor, origin=asking.origin)
        else:
            taxpayers.seal_by_own_key(
                asking.taxpayer,
                given.address,
                given.secret,
                by_operator=caller.is_operator,
                actor=caller.actor,
                origin=asking.origin,
            )
    return nothing()


@ROOM.way("GET", "/aliases", "taxpayers.read", Text("Etiketler", "Aliases"), gives={200: AliasList})
def aliases(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        found = taxpayers.aliases(asking.taxpayer)
    return reply(AliasList(items=tuple(_alias(one) for one in found)))


@ROOM.way(
    "POST",
    "/aliases",
    "taxpayers.change",
    Text("Etiket ekle", "Add an alias"),
    takes=AliasWanted,
    gives={201: AliasView},
    faults=(409,),
)
def add_alias(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, AliasWanted)
    with working_for(asking.caller, asking.taxpayer):
        made = taxpayers.add_alias(
            asking.taxpayer,
            given.service,
            given.role,
            given.name,
            is_default=given.is_default,
            actor=asking.caller.actor,
            origin=asking.origin,
        )
    return created(_alias(made), f"/api/v1/aliases/{made.id}")


@ROOM.way(
    "POST",
    "/aliases/{int:id}/default",
    "taxpayers.change",
    Text("Etiketi varsayılan yap", "Make an alias the default"),
    gives={200: AliasView},
)
def default_alias(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        chosen = taxpayers.make_alias_default(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return reply(_alias(chosen))


@ROOM.way(
    "DELETE",
    "/aliases/{int:id}",
    "taxpayers.change",
    Text("Etiketi kapat", "Close an alias"),
    gives={204: None},
    faults=(409,),
)
def close_alias(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        taxpayers.close_alias(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


@ROOM.way("GET", "/series", "taxpayers.read", Text("Numara serileri", "Number series"), gives={200: SeriesList})
def series(request: HttpRequest) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        found = taxpayers.series_of(asking.taxpayer)
    return reply(SeriesList(items=tuple(_series(one) for one in found)))


@ROOM.way(
    "POST",
    "/series",
    "taxpayers.change",
    Text("Seri ekle", "Add a series"),
    takes=SeriesWanted,
    gives={201: SeriesView},
    faults=(409,),
)
def add_series(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, SeriesWanted)
    with working_for(asking.caller, asking.taxpayer):
        made = taxpayers.add_series(
            asking.taxpayer,
            given.kind,
            given.prefix,
            purpose=given.purpose,
            branch=given.branch,
            is_default=given.is_default,
            in_date_order=given.in_date_order,
            last=given.last,
            actor=asking.caller.actor,
            origin=asking.origin,
        )
    return created(_series(made), f"/api/v1/series/{made.id}")


@ROOM.way(
    "POST",
    "/series/{int:id}/default",
    "taxpayers.change",
    Text("Seriyi varsayılan yap", "Make a series the default"),
    gives={200: SeriesView},
)
def default_series(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        chosen = taxpayers.make_series_default(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return reply(_series(chosen))


@ROOM.way("DELETE", "/series/{int:id}", "taxpayers.change", Text("Seriyi kapat", "Close a series"), gives={204: None})
def close_series(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        taxpayers.close_series(asking.taxpayer, id, actor=asking.caller.actor, origin=asking.origin)
    return nothing()


def _said(given: str | UnsetType) -> str | None:
    return None if given is UNSET else str(given)


def _shown(one: Taxpayer) -> TaxpayerView:
    return TaxpayerView(
        number=one.number,
        title=one.title,
        first_name=one.first_name,
        family_name=one.family_name,
        details=one.details,
        sealing="own" if one.sealing == Sealing.OWN else "integrator",
        contract_from=one.contract_from,
        contract_until=one.contract_until,
    )


def _alias(one: Alias) -> AliasView:
    return AliasView(id=one.id, service=one.service, role=one.role, name=one.name, is_default=one.is_default)


def _series(one: Series) -> SeriesView:
    return SeriesView(
        id=one.id,
        kind=one.kind,
        prefix=one.prefix,
        purpose=one.purpose,
        branch=one.branch,
        is_default=one.is_default,
        in_date_order=one.in_date_order,
    )
