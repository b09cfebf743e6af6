"""The wizard's beginning: which month, of which branch; templates to fill in, and the programs that are known."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak.ledger.intake import template as template_of
from ulak_server import clock
from ulak_server.ledgers import services as ledgers
from ulak_server.overview import months
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.ledger_works_fields import fields_by_group, own_sources, sources
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import Choice, overview, title_of
from ulak_server.portal.rooms.ledger_works_words import STAGES
from ulak_server.portal.rooms.reports_view import month_name
from ulak_server.statuses import status_of

_BACK: Final = 24
_WHOLE: Final = Text("Merkez (bütün işletme)", "Head office (the whole business)")


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
    kind = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    name = {"tr": "ulak-yevmiye-sablonu", "en": "ulak-journal-template"}[visit.language]
    return attachment(template_of(kind, visit.language), f"{name}.{kind}")


def _new(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    asked = request.POST or request.GET
    chosen = _month(asked.get("month", "")) or months.before(months.current())
    branches = ledgers.branches(visit.caller, visit.taxpayer)
    missing = ledgers.missing_facts(visit.caller, visit.taxpayer)
    values: dict[str, Any] = {
        "overview": overview(visit),
        "facts": at(visit, "ledgers.facts"),
        "is_ready": not missing,
        "missing": missing,
        "works": [_begun(visit, one) for one in ledgers.works(visit.caller, visit.taxpayer)],
        "months": _months(chosen),
        "branches": _branches(branches, asked.get("branch", "")) if len(branches) > 1 else [],
        "error": error,
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


def _months(chosen: date) -> list[Choice]:
    """The last two years, the running month first."""
    month, found = months.current(), []
    while len(found) < _BACK or month >= chosen:
        found.append(Choice(months.written(month), month_name(month), month == chosen))
        month = months.before(month)
    return found


def _month(given: str) -> date | None:
    try:
        found = months.month_of(given)
    except UlakError:
        return None
    return found if clock.today().year - 12 <= found.year and found <= months.current() else None


def _branches(branches: Any, chosen: str) -> list[Choice]:
    return [
        Choice(number, Text(f"{number} {name}", f"{number} {name}") if number else _WHOLE, number == chosen)
        for number, name in branches
    ]
