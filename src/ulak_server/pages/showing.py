"""Templates filled in: pages with all that stands around them, parts for htmx, and sentences about what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from ulak.errors import Text, UlakError
from ulak.lifecycle.accounts import Stage
from ulak_server.folding import sort_key
from ulak_server.pages.asking import is_partial
from ulak_server.pages.door import THEME_COOKIE, Visit, language_of
from ulak_server.pages.rails import rail_of
from ulak_server.people import services as people
from ulak_server.people.services import NOBODY
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["Client", "at", "clients_of", "go", "notice", "shown", "told"]

THEMES: Final = ("auto", "light", "dark")
_MOST_CLIENTS: Final = 500
_FIRST: Final = "einvoice"


class Client(NamedTuple):
    """A taxpayer in the switcher.

    Attributes:
        services: of GİB's for which it issues documents; known of the one that is looked at only.
    """

    id: int
    number: str
    title: str
    services: frozenset[str] = frozenset()

    def writes(self, *services: str) -> bool:
        """Whether documents of one of these services are offered; who has no account yet may draft invoices."""
        return not self.services.isdisjoint(services) or (not self.services and _FIRST in services)

    @property
    def writes_invoices(self) -> bool:
        return self.writes(_FIRST, "earchive")

    @property
    def writes_despatches(self) -> bool:
        return self.writes("edespatch")

    @property
    def writes_freelance(self) -> bool:
        return self.writes("esevoucher")

    @property
    def writes_producer(self) -> bool:
        return self.writes("epreceipt")

    @property
    def writes_expense(self) -> bool:
        return self.writes("erreceipt")


def shown(
    request: HttpRequest,
    visit: Visit,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    title: Text | None = None,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page, or for htmx the part of it that it asked for.

    Args:
        title: of the page; None: as its row in the table of pages says.
        part: the template of the part; empty: the page has none.
    """
    context = {**_around(request, visit, title), **(values or {})}
    if part and is_partial(request):
        return HttpResponse(render_to_string(part, context, request), status=status)
    context["clients"] = clients_of(visit)
    context["client"] = next((one for one in context["clients"] if one.id == visit.taxpayer), None)
    return HttpResponse(render_to_string(template, context, request), status=status)


def told(request: HttpRequest, error: UlakError, status: int) -> HttpResponse:
    """What went wrong: for htmx a notice beside what the person was doing, else a page."""
    visit = getattr(request, "visit", None) or Visit(NOBODY, 0, language_of(request), "")
    context = {
        **_around(request, visit, None),
        "error": error,
        "faults": getattr(error, "errors", ()),
        "status": status,
    }
    if is_partial(request):
        response = HttpResponse(render_to_string("pages/parts/problem.html", context, request), status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#notices", "beforeend"
        return response
    return HttpResponse(render_to_string("pages/problem.html", context, request), status=status)


def notice(response: HttpResponse, text: Text, visit: Visit, kind: str = "ok") -> HttpResponse:
    """Say something at the edge of the page after an action: of htmx beside the part, else on the page that follows.

    Args:
        kind: ``ok``, ``info`` or ``bad``.
    """
    response.set_cookie("ulak_notice", _plain(f"{kind}|{text.say(visit.language)}"), max_age=30, samesite="Strict")
    return response


def at(visit: Visit, name: str, **words: Any) -> str:
    """The address of a page by its name; the visit's taxpayer is filled in where it is needed.

    >>> at(visit, "documents.one", id=7)  # doctest: +SKIP
    '/t/3/documents/7'
    """
    if visit.taxpayer:
        words.setdefault("taxpayer", visit.taxpayer)
    try:
        return reverse(name, kwargs=words)
    except NoReverseMatch:
        words.pop("taxpayer", None)
        return reverse(name, kwargs=words)


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Lead the browser to another page."""
    response = HttpResponse(status=204 if is_partial(request) else 303)
    response["HX-Redirect" if is_partial(request) else "Location"] = address
    return response


def clients_of(visit: Visit) -> list[Client]:
    """The taxpayers for whom somebody works, by title; an operator has those whom they help only."""
    mine = sorted(visit.caller.taxpayers)[:_MOST_CLIENTS]
    if not mine or not people.allowed(visit.caller, "taxpayers.read"):
        return []
    with people.working_for(visit.caller, *mine):
        found = Taxpayer.objects.filter(id__in=mine).values_list("id", "number", "title")
        clients = [Client(*one) for one in found]
        services = frozenset(one.service for one in taxpayers.accounts(visit.taxpayer) if Stage(one.stage).may_issue)
    clients = [one._replace(services=services) if one.id == visit.taxpayer else one for one in clients]
    return sorted(clients, key=lambda one: sort_key(one.title))


def _around(request: HttpRequest, visit: Visit, title: Text | None) -> dict[str, Any]:
    page = getattr(request, "page", None)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "visit": visit,
        "language": visit.language,
        "theme": theme if theme in THEMES else "auto",
        "title": title or (page.title if page else Text("Ulak", "Ulak")),
        "area": page.name.partition(".")[0] if page else "",
        "here": request.path,
        "rail": _rail(request, visit),
        "is_sandbox": settings.SANDBOX,
        "request_id": getattr(request, "request_id", ""),
    }


def _rail(request: HttpRequest, visit: Visit) -> list[dict[str, Any]]:
    """The entries of the rail that are open to the visitor."""
    return [
        {"entry": one, "address": one.address_for(visit.taxpayer), "is_here": one.holds(request.path, visit.taxpayer)}
        for one in rail_of(request.path, visit.taxpayer)
        if visit.caller.actor and visit.may(one.action)
    ]


def _plain(text: str) -> str:
    return quote(text[:300])
