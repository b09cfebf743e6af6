"""Taxpayers whom the operator serves: taken on, their accounts at GİB opened and closed, their contracts ended."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak.lifecycle import accounts as law
from ulak_server.credits import services as credits
from ulak_server.exchange.accounts import services as accounts
from ulak_server.pages.asking import day_of
from ulak_server.pages.door import Visit
from ulak_server.pages.kontor import LEVELS
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.people import services as people
from ulak_server.people.models import Role
from ulak_server.people.services import HOURS
from ulak_server.statuses import status_of
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Account, Service, Taxpayer
from ulak_server.taxpayers.services import NewTaxpayer

__all__ = ["ROOM"]

ROOM = Pages("clients", prefix="console/")
_PAGE: Final = 100
_SERVICES: Final = {
    Service.EINVOICE: Text("e-Fatura", "e-Fatura"),
    Service.EDESPATCH: Text("e-İrsaliye", "e-İrsaliye"),
    Service.EARCHIVE: Text("e-Arşiv", "e-Arşiv"),
    Service.ESEVOUCHER: Text("e-SMM", "e-SMM"),
    Service.EPRECEIPT: Text("e-MM", "e-MM"),
    Service.ERRECEIPT: Text("e-Gider Pusulası", "e-Gider Pusulası"),
}
_ROLES: Final = {
    Role.OWNER: Text("sahibi", "owner"),
    Role.ACCOUNTANT: Text("muhasebeci", "accountant"),
    Role.CLERK: Text("görevli", "clerk"),
    Role.READER: Text("okuyucu", "reader"),
}
_KINDS: Final = {
    "invoice": Text("fatura", "invoice"),
    "despatch_advice": Text("irsaliye", "despatch advice"),
    "receipt_advice": Text("irsaliye yanıtı", "receipt advice"),
    "earchive_invoice": Text("e-Arşiv fatura", "e-Arşiv invoice"),
    "freelance_receipt": Text("e-SMM", "e-SMM"),
    "producer_receipt": Text("e-MM", "e-MM"),
    "expense_note": Text("gider pusulası", "expense note"),
}
_BAD: Final = frozenset({law.Stage.NOT_OPENED, law.Stage.NOT_CLOSED, law.Stage.CLOSED_BY_GIB})


class _Row(NamedTuple):
    id: int
    number: str
    title: str
    contract_from: date
    contract_until: date | None


@ROOM.page("GET", "taxpayers", "operate", Text("Mükellefler", "Taxpayers"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    text, stage = request.GET.get("text", "").strip()[:100], request.GET.get("stage", "")
    after = request.GET.get("after", "")
    with visit.work():
        rows = Taxpayer.objects.order_by("id").filter(id__gt=int(after) if after.isdecimal() and len(after) < 10 else 0)
        if text:
            rows = rows.filter(Q(number__startswith=text) | Q(title__icontains=text))
        if stage:
            rows = rows.filter(accounts__stage=stage)
        found = [_Row(*one) for one in rows.values_list(*_Row._fields)[: _PAGE + 1]]
        on_page, more = found[:_PAGE], found[_PAGE - 1].id if len(found) > _PAGE else None
        stands = _accounts([one.id for one in on_page])
    values = {"rows": [(one, stands.get(one.id, ())) for one in on_page], "text": text, "stage": stage, "more": more}
    return shown(request, visit, "console/taxpayers.html", values)


def _accounts(ids: list[int]) -> dict[int, list[tuple[Text, Text, str]]]:
    """For each taxpayer its accounts: the service, how it stands in a sentence and as a kind of chip."""
    found: dict[int, list[tuple[Text, Text, str]]] = {}
    rows = Account.objects.filter(taxpayer_id__in=ids).order_by("id").values_list("taxpayer_id", "service", "stage")
    for owner, service, name in rows:
        stage = law.Stage(name)
        found.setdefault(owner, []).append((_SERVICES[Service(service)], stage.sentence, _kind(stage)))
    return found


def _kind(stage: law.Stage) -> str:
    if stage is law.Stage.ACTIVE:
        return "ok"
    return "bad" if stage in _BAD else "wait"


@ROOM.page("GET", "taxpayers/new", "taxpayers.write", Text("Mükellef ekle", "Take a taxpayer on"))
def blank(request: HttpRequest, visit: Visit) -> HttpResponse:
    return shown(
        request, visit, "console/taxpayer_new.html", {"given": {"contract_from": taxpayers.today().isoformat()}}
    )


@ROOM.page("POST", "taxpayers/new", "taxpayers.write", Text("Mükellef ekle", "Take a taxpayer on"))
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = {name: request.POST.get(name, "").strip() for name in ("number", "title", "first_name", "family_name")}
    since = request.POST.get("contract_from", "")
    new = NewTaxpayer(
        given["number"],
        given["title"],
        given["first_name"],
        given["family_name"],
        contract_from=day_of(since) or taxpayers.today(),
    )
    try:
        with visit.work():
            made = taxpayers.create(new, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        values = {"given": {**given, "contract_from": since}, "error": error}
        return shown(request, visit, "console/taxpayer_new.html", values, status=status_of(error))
    return notice(go(request, f"/console/taxpayers/{made.id}"), Text("Eklendi.", "Added."), visit)


@ROOM.page("GET", "taxpayers/<int:owner>", "operate", Text("Mükellef", "Taxpayer"))
def one(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    with visit.work():
        values = _of(owner)
    return shown(request, visit, "console/taxpayer.html", values)


def _of(owner: int) -> dict[str, Any]:
    credit = credits.standings([owner])[owner]
    return {
        "credit": credit,
        "credit_tone": LEVELS[credit.level][0],
        "taxpayer": taxpayers.of(owner),
        "accounts": [
            (_SERVICES[Service(one.service)], one, _kind(one.stage), _said(one.error))
            for one in accounts.standings(owner)
        ],
        "missing": [(name, label) for name, label in _SERVICES.items() if taxpayers.account(owner, name) is None],
        "aliases": taxpayers.aliases(owner, closed=True),
        "series": [(one, _KINDS.get(one.kind, one.kind)) for one in taxpayers.series_of(owner, closed=True)],
        "members": [(one, _ROLES[one.role]) for one in people.members(owner)],
        "invitations": people.invitations(owner),
        "hours": HOURS,
    }


def _said(error: object) -> Text | None:
    said = error.get("text") or error.get("detail") if isinstance(error, dict) else None
    return Text(str(said.get("tr", "")), str(said.get("en", ""))) if isinstance(said, dict) else None


@ROOM.page(
    "POST",
    "taxpayers/<int:owner>/accounts/<str:service>/open",
    "operate",
    Text("Hesabı açtır", "Have the account opened"),
)
def open_account(request: HttpRequest, visit: Visit, owner: int, service: str) -> HttpResponse:
    with visit.work():
        accounts.want_opening(
            owner, service, request.POST.get("kind", "private"), actor=visit.caller.actor, origin=visit.origin
        )
    return _back(request, visit, owner, Text("Açılış isteği hazırlanıyor.", "The request is being prepared."))


@ROOM.page(
    "POST",
    "taxpayers/<int:owner>/accounts/<str:service>/close",
    "operate",
    Text("Hesabı kapattır", "Have the account closed"),
)
def close_account(request: HttpRequest, visit: Visit, owner: int, service: str) -> HttpResponse:
    with visit.work():
        accounts.want_closing(owner, service, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, owner, Text("Kapatma isteği hazırlanıyor.", "The request is being prepared."))


@ROOM.page(
    "POST",
    "taxpayers/<int:owner>/accounts/<str:service>/withdraw",
    "operate",
    Text("İsteği geri çek", "Take the request back"),
)
def withdraw_request(request: HttpRequest, visit: Visit, owner: int, service: str) -> HttpResponse:
    with visit.work():
        accounts.withdraw_request(owner, service, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, owner, Text("İstek geri çekildi.", "The request is taken back."))


@ROOM.page("POST", "taxpayers/<int:owner>/contract", "taxpayers.write", Text("Sözleşmenin sonu", "The contract's end"))
def end_contract(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    with visit.work():
        taxpayers.end_contract(
            owner, day_of(request.POST.get("until", "")), actor=visit.caller.actor, origin=visit.origin
        )
    return _back(request, visit, owner, Text("Sözleşme güncellendi.", "The contract is updated."))


@ROOM.page("POST", "taxpayers/<int:owner>/invite", "operate", Text("Sahibini davet et", "Invite its owner"))
def invite(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    with visit.work():
        made = people.invite(
            owner, request.POST.get("email", ""), "owner", actor=visit.caller.actor, origin=visit.origin
        )
        values = _of(owner)
    return shown(request, visit, "console/taxpayer.html", {**values, "invited": made})


def _back(request: HttpRequest, visit: Visit, owner: int, said: Text) -> HttpResponse:
    return notice(go(request, f"/console/taxpayers/{owner}"), said, visit)
