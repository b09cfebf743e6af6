"""The wizard's beginning: which month, of which branch; templates to fill in, and the programs that are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak.ledger.intake import template as template_of
from ulak_server import clock, formats
from ulak_server.ledgers import services as ledgers
from ulak_server.overview import months
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.ledger_works_fields import fields_by_group, own_sources, sources
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import Choice, overview, title_of
from ulak_server.portal.rooms.ledger_works_words import STAGES
from ulak_server.portal.rooms.reports_view import last_day_of, month_name
from ulak_server.statuses import status_of

_WHOLE: Final = Text("Merkez", "Head office")


@ROOM.page("GET", "ledgers/new", "ledgers.read", Text("Defter oluştur", "Create ledgers"))
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Which month, and of which branch."""
    return _new(request, visit)


@ROOM.page("POST", "ledgers/new", "ledgers.write", Text("Defter oluştur", "Create ledgers"))
def begin(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begin a month's ledgers, or go on with those that are begun."""
    try:
        month = months.month_of(request.POST.get("month", ""))
        work = ledgers.begin(visit.caller, visit.taxpayer, month, request.POST.get("branch", ""))
    except UlakError as error:
        return _new(request, visit, error)
    return go(request, at(visit, "ledger_works.one", id=work.id))


@ROOM.page("GET", "ledgers/templates", "ledgers.read", Text("Şablonlar ve programlar", "Templates and programs"))
def templates(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ulak's own form, and the exports that are known."""
    values = {
        "overview": overview(visit),
        "sources": sources(),
        "own": own_sources(visit),
        "fields": fields_by_group("entries", in_form=True),
    }
    return shown(request, visit, "portal/ledger_works/templates.html", values)


@ROOM.page("GET", "ledgers/template", "ledgers.read", Text("Şablonu indir", "Download the template"))
def template(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ulak's own form with sample rows."""
    kind: Literal["csv", "xlsx"] = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    name = {"tr": "ulak-yevmiye-sablonu", "en": "ulak-journal-template"}[visit.language]
    return attachment(template_of(kind, visit.language), f"{name}.{kind}")


def _new(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    asked = request.POST or request.GET
    branches = ledgers.branches(visit.caller, visit.taxpayer)
    branch = next((number for number, _ in branches if number == asked.get("branch", "")), "")
    missing = ledgers.missing_facts(visit.caller, visit.taxpayer, branch)
    values: dict[str, Any] = {
        "overview": overview(visit),
        "facts": at(visit, "ledgers.facts"),
        "is_ready": not missing,
        "missing": missing,
        "works": [_begun(visit, one) for one in ledgers.works(visit.caller, visit.taxpayer)],
        "branch": branch,
        "branches": _branches(branches, branch),
        "error": error,
        **_months(visit, branch, _month(asked.get("month", ""))),
    }
    return shown(request, visit, "portal/ledger_works/new.html", values, status=status_of(error) if error else 200)


def _begun(visit: Visit, work: Any) -> dict[str, Any]:
    title = title_of(work)
    if work.branch:
        title = Text(f"{title.tr}, şube {work.branch}", f"{title.en}, branch {work.branch}")
    return {
        "title": title,
        "word": STAGES[work.stage],
        "at": work.created_at,
        "address": at(visit, "ledger_works.one", id=work.id),
    }


def _months(visit: Visit, branch: str, wanted: date | None) -> dict[str, Any]:
    """The months whose ledgers may be made now, and those whose turn has not come; of two years, the oldest first."""
    year = wanted.year if wanted else clock.today().year
    years = (year - 1, year) if wanted is None else (year,)
    found = [one for each in years for one in ledgers.months(visit.caller, visit.taxpayer, each)]
    mine = [one for one in found if one.branch == branch]
    ready = [one for one in mine if one.may_begin]
    later = [one for one in mine if one.why_not is not None]
    chosen = wanted or (ready[0].month.first if ready else None)
    why = next((one.why_not for one in later if one.month.first == chosen), None)
    return {
        "ready": [_option(one, chosen) for one in ready],
        "later": [_option(one, chosen) for one in later],
        "why_not": why,
    }


def _option(one: Any, chosen: date | None) -> Choice:
    first, last = one.month.first, last_day_of(one.due)
    name = month_name(first)
    if last is not None:
        name = Text(f"{name.tr} · son gün {formats.day(last)}", f"{name.en} · due {formats.day(last, 'en')}")
    return Choice(months.written(first), name, first == chosen)


def _month(given: str) -> date | None:
    try:
        found = months.month_of(given)
    except UlakError:
        return None
    return found if clock.today().year - 12 <= found.year and found <= months.current() else None


def _branches(branches: Sequence[tuple[str, str]], chosen: str) -> list[Choice]:
    """The head office and those that keep ledgers of their own; none: there is no choice."""
    if not branches:
        return []
    named = [
        Choice(number, Text(f"{number} {name}", f"{number} {name}"), number == chosen) for number, name in branches
    ]
    return [Choice("", _WHOLE, not chosen), *named]
