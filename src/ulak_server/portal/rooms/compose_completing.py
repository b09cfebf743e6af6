"""What fields complete while one types: customers, items, kinds of withholding, reasons of exemption."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.codes.identifiers import tax_id_scheme, vkn
from ulak.errors import Text, UlakError
from ulak_server import clock
from ulak_server.books import services as books
from ulak_server.composing import choices
from ulak_server.composing.choices import Choice
from ulak_server.composing.faults import tax_id_fault
from ulak_server.composing.typed import clean, shown_number
from ulak_server.pages.asking import day_of
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import shown
from ulak_server.portal.rooms.compose_room import ROOM
from ulak_server.userlist import services as userlist

__all__ = ["Option"]


_SHORTEST_NAME: Final = 2
_SENT: Final = frozenset({"", "invoice", "despatch"})
"""Editors of documents that travel, if their receiver stands in GİB's list."""


class Option(NamedTuple):
    """One line of a list of completions.

    Attributes:
        choose: what the page says when it is chosen.
        note: beneath the label.
    """

    choose: str
    label: Text
    note: Text = Text("", "")
    mark: str = ""


@ROOM.page("GET", "compose/complete/customer", "documents.write", Text("Alıcı tamamla", "Complete a customer"))
def complete_customer(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = request.GET.get("text", "")[:100]
    with visit.work():
        known = [_contact(one) for one in books.complete_contacts(visit.taxpayer, text)]
        is_sent = request.GET.get("kind", "") in _SENT
        listed = _listed(text, {one.mark for one in known}, is_sent=is_sent)
    fault = None if known or tax_id_scheme(vkn.compact(text)) is None else tax_id_fault(vkn.compact(text), "")
    return _options(request, visit, [*known, *listed, *_named(text, bool(listed))], text, fault=fault)


def _named(text: str, is_number: bool) -> list[Option]:
    """Whom nobody knows yet, by the name that is typed."""
    name = clean(text)
    if is_number or len(name) < _SHORTEST_NAME or not any(map(str.isalpha, name)):
        return []
    return [Option(f"named:{name}", Text(f"Yeni alıcı: {name}", f"New customer: {name}"))]


def _contact(one: Any) -> Option:
    place = " · ".join(part for part in (one.number, str(one.address.get("city", ""))) if part)
    return Option(f"contact:{one.id}", Text(one.title, one.title), Text(place, place), one.number)


def _listed(text: str, known: set[str], *, is_sent: bool) -> list[Option]:
    """Whom GİB's list knows by a number that is typed.

    Args:
        is_sent: whether the document travels, so that it matters that somebody does not stand there.
    """
    number = vkn.compact(text)
    if tax_id_scheme(number) is None or number in known:
        return []
    found = userlist.lookup(number)
    if found:
        title = found[0].title
        services = sorted({"e-Fatura" if one.service == "einvoice" else "e-İrsaliye" for one in found})
        note = ", ".join(services)
        return [
            Option(f"listed:{number}", Text(title, title), Text(f"{number} · GİB: {note}", f"{number} · GİB: {note}"))
        ]
    fault = tax_id_fault(number, "")
    if fault is not None:
        return []
    words = Text(f"{number} numaralı yeni alıcı", f"New customer {number}")
    note_text = Text("e-Fatura kullanıcısı değil", "No e-Fatura user")
    return [Option(f"listed:{number}", words, note_text if is_sent else Text("", ""))]


@ROOM.page("GET", "compose/complete/item", "documents.write", Text("Ürün tamamla", "Complete an item"))
def complete_item(request: HttpRequest, visit: Visit) -> HttpResponse:
    text, line = request.GET.get("text", "")[:100], request.GET.get("line", "0")[:5]
    with visit.work():
        found = [_item(one, line) for one in books.complete_items(visit.taxpayer, text)]
    return _options(request, visit, found, text, is_free=True)


def _item(one: Any, line: str) -> Option:
    price = shown_number(format(one.price, "f")) if one.price is not None else ""
    unit = choices.label_of("units", one.unit)
    note = [" · ".join(part for part in (one.code, f"{price} / {label}" if price else label) if part) for label in unit]
    return Option(f"item:{one.id}:{line}", Text(one.name, one.name), Text(*note))


@ROOM.page("GET", "compose/complete/withholding", "documents.write", Text("Tevkifat bul", "Find a withholding"))
def complete_withholding(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = _typed(request)
    found = choices.withholdings_found(text, _day(request))
    return _options(request, visit, _coded("withholding", request, found), text)


@ROOM.page("GET", "compose/complete/exemption", "documents.write", Text("İstisna bul", "Find an exemption"))
def complete_exemption(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = _typed(request)
    profile, kind = request.GET.get("profile", "")[:40], request.GET.get("type", "")[:40]
    found = choices.exemptions_found(text, profile, kind, _day(request))
    return _options(request, visit, _coded("exemption", request, found), text)


def _coded(sort: str, request: HttpRequest, found: list[Choice]) -> list[Option]:
    line = request.GET.get("line", "0")[:5]
    return [Option(f"{sort}:{one.code}:{line}", one.label, one.about) for one in found]


def _typed(request: HttpRequest) -> str:
    """What was typed; a chosen label as it stands finds itself, and everything is offered with it."""
    return request.GET.get("text", "").partition(" – ")[0][:100]


def _day(request: HttpRequest) -> date:
    return day_of(request.GET.get("day")) or clock.today()


def _options(
    request: HttpRequest,
    visit: Visit,
    found: list[Option],
    text: str,
    *,
    is_free: bool = False,
    fault: UlakError | None = None,
) -> HttpResponse:
    values = {"options": found, "typed": text, "is_free": is_free, "fault": fault}
    return shown(request, visit, "portal/compose/_options.html", values, part="portal/compose/_options.html")
