"""Inventory books: the opening and the closing of a year, how each stands, what was made of it, and their beginning."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server import clock
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.services import InventoryView
from ulak_server.overview import months
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.files import attachment
from ulak_server.portal.rooms.ledger_works_words import KINDS, PACKAGES, STAGES
from ulak_server.portal.rooms.ledgers_room import ROOM
from ulak_server.portal.rooms.reports_view import last_day_of, size_of
from ulak_server.portal.rooms.reports_words import Word
from ulak_server.statuses import status_of

__all__ = ["inventories_of", "year_of"]

_FIRST_YEAR: Final = 2012
_OPENING: Final = Text("Açılış envanteri", "Opening inventory")
_CLOSING: Final = Text("Kapanış envanteri", "Closing inventory")
_WORDS: Final = {
    "none": Word(Text("Oluşturulmadı", "Not made"), "quiet", "book"),
    "ahead": Word(Text("Günü gelmedi", "Its day is to come"), "quiet", "clock"),
    "refused": Word(Text("Geçmedi", "Not accepted"), "bad", "alert"),
    "under-way": Word(Text("GİB'de", "With GİB"), "info", "clock"),
    "approved": Word(Text("Onaylandı", "Approved"), "ok", "check"),
}


@ROOM.page("GET", "ledgers/inventories", "ledgers.read", Text("Envanter defteri", "Inventory book"))
def inventories(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The inventories of a year."""
    return _shown(request, visit)


@ROOM.page("POST", "ledgers/inventories", "ledgers.write", Text("Envanter defteri oluştur", "Make an inventory book"))
def begin_inventory(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begin an inventory, or go on with the one that is begun."""
    try:
        month, branch = months.month_of(request.POST.get("month", "")), request.POST.get("branch", "")[:4]
        work = ledgers.begin(visit.caller, visit.taxpayer, month, branch, kind="inventory", origin=visit.origin)
    except UlakError as error:
        return _shown(request, visit, error)
    return go(request, at(visit, "ledger_works.one", id=work.id))


@ROOM.page("GET", "ledgers/inventories/template", "ledgers.read", Text("Envanter şablonu", "Inventory template"))
def inventory_template(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The list to be filled in."""
    name = {"tr": "ulak-envanter-sablonu", "en": "ulak-inventory-template"}[visit.language]
    return attachment(ledgers.inventory_template(), f"{name}.csv")


def _shown(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    year = year_of(request.GET.get("year", request.POST.get("year", "")))
    missing = ledgers.missing_facts(visit.caller, visit.taxpayer)
    values = {
        "year": year,
        "before": year - 1 if year > _FIRST_YEAR else 0,
        "after": year + 1 if year < clock.today().year else 0,
        "missing": missing,
        "rows": inventories_of(visit, year),
        "error": error,
    }
    title = Text(f"Envanter defteri {year}", f"Inventory book {year}")
    status = status_of(error) if error else 200
    return shown(request, visit, "portal/ledgers/inventories.html", values, title=title, status=status)


def year_of(asked: str) -> int:
    """The year of an address; without one that of last month, which is the one that people work on."""
    if asked.isascii() and asked.isdigit() and len(asked) == 4:
        return min(max(int(asked), _FIRST_YEAR), clock.today().year)
    return months.before(months.current()).year


def inventories_of(visit: Visit, year: int) -> list[dict[str, Any]]:
    """The inventories of a year as pages draw them."""
    return [_row(visit, one) for one in ledgers.inventories(visit.caller, visit.taxpayer, year)]


def _row(visit: Visit, one: InventoryView) -> dict[str, Any]:
    last = last_day_of(one.due)
    is_open = one.work is not None
    month = months.written(one.day)
    return {
        "one": one,
        "name": _OPENING if one.is_opening else _CLOSING,
        "word": STAGES[one.work[1]] if one.work else _WORDS[one.state],
        "month": month,
        "last": None if one.state == "approved" else last,
        "left": None if last is None else (last - clock.today()).days,
        "go_on": at(visit, "ledger_works.one", id=one.work[0]) if one.work else "",
        "why_not": None if is_open or one.state in ("approved", "under-way", "ahead") else one.why_not,
        "packages": [_package(visit, each) for each in one.packages],
        "parts": [_part(visit, each) for each in one.parts if each.sealed_at],
        "folder": at(visit, "ledgers.folder", month=month) + (f"?branch={one.branch}" if one.branch else ""),
    }


def _package(visit: Visit, one: Any) -> dict[str, Any]:
    return {
        "package": one,
        "label": KINDS.get(one.kind, Text(one.kind, one.kind)),
        "word": PACKAGES["held"] if one.waits_for else PACKAGES[one.stage],
        "page": at(visit, "ledgers.package", id=one.id),
        "approved": at(visit, "ledgers.approved_file", id=one.id) if one.has_berat else "",
        "view": at(visit, "ledgers.approved_berat", id=one.id) if one.has_berat else "",
    }


def _part(visit: Visit, one: Any) -> dict[str, Any]:
    book = next((each for each in one.books if each.kind == "E"), None)
    return {
        "part": one,
        "number": int(one.number),
        "view": at(visit, "ledgers.part", id=one.id),
        "file": at(visit, "ledgers.book_file", id=book.id) if book else "",
        "name": book.name if book else "",
        "size": size_of(book.size) if book else Text("", ""),
    }
