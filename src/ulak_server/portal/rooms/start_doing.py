"""What the forms of the first steps do; each says which step comes next."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest

from ulak_server.books import services as books
from ulak_server.books.services import ContactForm
from ulak_server.composing import typed
from ulak_server.documents.taking import take_in
from ulak_server.exchange.accounts import services as accounts
from ulak_server.exchange.law import policy
from ulak_server.overview import services as overview
from ulak_server.overview.problems import problem
from ulak_server.pages.registry import Visit
from ulak_server.portal.rooms.start_values import ADDRESS
from ulak_server.taxpayers import services as taxpayers

__all__ = ["ACTIONS", "DOERS", "request_to_seal"]

_LONGEST: Final = 200
_EINVOICE: Final = "einvoice"


def request_to_seal(visit: Visit) -> bytes:
    """The account request that waits for the taxpayer's seal."""
    with visit.work():
        return accounts.to_counter_seal(visit.taxpayer, _EINVOICE)


def _details(request: HttpRequest, visit: Visit) -> str:
    given = {name: _text(request, name) for name in ("title", "first_name", "family_name")}
    address = {name: _text(request, name) for name in ADDRESS}
    for name in ("tax_office", "town", "city"):
        if not _text(request, name):
            raise problem("overview.field", where=f"/{name}", label=books.LABELS[name])
    with visit.work():
        before = taxpayers.of(visit.taxpayer).details
        kept = {name: value for name, value in address.items() if value}
        details = {**before, "address": {**_others(before), **kept}}
        details |= {name: _text(request, name) for name in ("tax_office", "phone", "email") if _text(request, name)}
        taxpayers.change(visit.taxpayer, **given, details=details, **_who(visit))
        overview.confirm(visit.taxpayer, "details", actor=visit.caller.actor)
    return "seal"


def _others(details: dict[str, Any]) -> dict[str, Any]:
    """What stands in the address besides the fields of the form."""
    address = details.get("address", {})
    return {name: value for name, value in address.items() if name not in ADDRESS}


def _seal(request: HttpRequest, visit: Visit) -> str:
    with visit.work():
        chosen = request.POST.get("policy", "")
        if chosen == "test":
            overview.seal_by_test_key(visit.taxpayer, **_who(visit))
        elif chosen == "own":
            address, secret = _text(request, "address", 2000), request.POST.get("secret", "")
            taxpayers.seal_by_own_key(visit.taxpayer, address, secret, by_operator=False, **_who(visit))
        elif chosen == "integrator":
            taxpayers.seal_by_integrator(visit.taxpayer, **_who(visit))
        else:
            raise problem("overview.field", where="/policy", label=overview.STEPS["seal"])
        overview.confirm(visit.taxpayer, "seal", about=chosen, actor=visit.caller.actor)
    return "series"


def _series(request: HttpRequest, visit: Visit) -> str:
    prefix, last = _text(request, "prefix").upper(), _text(request, "last")
    with visit.work():
        if prefix or not taxpayers.series_of(visit.taxpayer, "invoice"):
            number = int(last) if last.isascii() and last.isdecimal() and len(last) <= 9 else -1 if last else 0
            taxpayers.add_series(visit.taxpayer, "invoice", prefix, last=number, **_who(visit))
    return "account"


def _account(request: HttpRequest, visit: Visit) -> str:
    doer = _ACCOUNT.get(request.POST.get("do", ""), _open)
    with visit.work():
        doer(request, visit)
    return "account"


def _open(request: HttpRequest, visit: Visit) -> None:
    known = {one.role for one in taxpayers.aliases(visit.taxpayer, _EINVOICE)}
    for role in ("GB", "PK"):
        if role not in known:
            taxpayers.add_alias(visit.taxpayer, _EINVOICE, role, _text(request, role.lower()), **_who(visit))
    accounts.want_opening(visit.taxpayer, _EINVOICE, _text(request, "kind") or "private", **_who(visit))


def _seal_by_test_key(request: HttpRequest, visit: Visit) -> None:
    overview.counter_seal_request(visit.taxpayer, _EINVOICE, **_who(visit))


def _take_sealed(request: HttpRequest, visit: Visit) -> None:
    file = request.FILES.get("sealed")
    accounts.counter_sealed(visit.taxpayer, _EINVOICE, file.read() if file else b"", **_who(visit))


def _withdraw(request: HttpRequest, visit: Visit) -> None:
    accounts.withdraw_request(visit.taxpayer, _EINVOICE, **_who(visit))


def _contact(request: HttpRequest, visit: Visit) -> str:
    names = ("number", "title", "first_name", "family_name", "tax_office", "town", "city", "email")
    form = ContactForm(**{name: _text(request, name) for name in names})
    with visit.work():
        overview.choose_receiver(visit.taxpayer, form, **_who(visit))
    return "invoice"


def _invoice(request: HttpRequest, visit: Visit) -> str:
    line = overview.Line(_text(request, "name"), *(_number(request, name) for name in ("quantity", "price", "vat")))
    key = f"start-{_text(request, 'key')[:40]}"
    with visit.work():
        body = overview.first_invoice(visit.taxpayer, line)
    taken = take_in(visit.taxpayer, body, "json", key=key, policy=policy(), **_who(visit))
    with visit.work():
        overview.begun_with(visit.taxpayer, taken.id)
    return "delivered"


def _text(request: HttpRequest, name: str, most: int = _LONGEST) -> str:
    return " ".join(request.POST.get(name, "").replace("\0", "").split())[:most]


def _number(request: HttpRequest, name: str) -> Decimal:
    given = _text(request, name)
    read = typed.number(given)
    if not read or typed.is_kept(read):
        raise problem("overview.not-a-number", where=f"/{name}", label=overview.LABELS[name], given=given[:40])
    return Decimal(read)


def _who(visit: Visit) -> dict[str, Any]:
    return {"actor": visit.caller.actor, "origin": visit.origin}


_ACCOUNT: Final[dict[str, Callable[[HttpRequest, Visit], None]]] = {
    "open": _open,
    "test-seal": _seal_by_test_key,
    "sealed": _take_sealed,
    "withdraw": _withdraw,
}
ACTIONS: Final = {
    "details": "taxpayers.change",
    "seal": "taxpayers.change",
    "series": "taxpayers.change",
    "account": "accounts.write",
    "contact": "books.write",
    "invoice": "documents.send",
}
"""Of the table of permissions: what each step needs."""
DOERS: Final[dict[str, Callable[[HttpRequest, Visit], str]]] = {
    "details": _details,
    "seal": _seal,
    "series": _series,
    "account": _account,
    "contact": _contact,
    "invoice": _invoice,
}
"""By the name of the step."""
