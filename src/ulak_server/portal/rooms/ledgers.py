"""Ledgers: the months of a year with their parts and deadlines, and one month with all that was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak.lifecycle.ledgers import months as law
from ulak_server import clock
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.overview import months
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, shown
from ulak_server.portal.rooms import (
    ledgers_books,
    ledgers_facts,
    ledgers_inventories,
    ledgers_packages,
    ledgers_reading,
)
from ulak_server.portal.rooms.ledger_works_words import BOOK_STAGES, KINDS, PACKAGES
from ulak_server.portal.rooms.ledgers_inventories import inventories_of, year_of
from ulak_server.portal.rooms.ledgers_room import ROOM
from ulak_server.portal.rooms.ledgers_told import Happened, told_of
from ulak_server.portal.rooms.ledgers_view import Row, head_of_month, head_of_year, row_of
from ulak_server.portal.rooms.reports_view import month_name, size_of

__all__ = ["PLACES", "ROOM"]

PLACES: Final = (ledgers_books, ledgers_facts, ledgers_inventories, ledgers_packages, ledgers_reading)
"""Whose pages belong to the same room; their addresses come before those of months."""
_FIRST_YEAR: Final = 2012


# -- a year ------------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "ledgers", "ledgers.read", Text("Defter", "Ledgers"))
def year(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Twelve months, of the whole business or of a branch; with branches first all of them side by side."""
    chosen = year_of(request.GET.get("year", ""))
    views = ledgers.months(visit.caller, visit.taxpayer, chosen)
    rows = [row_of(visit, one) for one in views]
    names = {one.branch: one.branch_name for one in views}
    branch = request.GET.get("branch", "" if len(names) == 1 else "all")
    missing = ledgers.missing_facts(visit.caller, visit.taxpayer)
    is_matrix = branch == "all" and len(names) > 1
    shown_rows = rows if is_matrix else [one for one in rows if one.branch == branch]
    values: dict[str, Any] = {
        "year": chosen,
        "before": chosen - 1 if chosen > _FIRST_YEAR else 0,
        "after": chosen + 1 if chosen < clock.today().year else 0,
        "head": head_of_year(shown_rows, is_ready=not missing),
        "is_ready": not missing,
        "missing": missing,
        "act": next((one.act for one in shown_rows if one.act is not None), None),
        "branch": branch,
        "branches": _branches(names) if len(names) > 1 else [],
        "inventories": inventories_of(visit, chosen) if is_matrix or not branch else [],
        "rows": [] if is_matrix else shown_rows,
        "matrix": _matrix(rows, list(names)) if is_matrix else [],
        "is_blank": bool(missing) and not any(one.works or one.packages for one in views),
    }
    title = Text(f"Defter {chosen}", f"Ledgers {chosen}")
    return shown(request, visit, "portal/ledgers/year.html", values, title=title)


def _branches(names: dict[str, str]) -> list[tuple[str, Text]]:
    whole = Text("Merkez", "Head office")
    return [(one, whole if not one else Text(f"{one} {name}", f"{one} {name}")) for one, name in names.items()]


def _matrix(rows: Sequence[Row], branches: Sequence[str]) -> list[tuple[Row, list[Row]]]:
    """Each month with its row of each branch, in the order of branches."""
    by_place = {(one.month, one.branch): one for one in rows}
    firsts = [one for one in rows if one.branch == branches[0]]
    return [(first, [by_place[first.month, one] for one in branches]) for first in firsts]


# -- a month -----------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "ledgers/<str:month>", "ledgers.read", Text("Ayın defterleri", "A month's ledgers"))
def month(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """A month: how it stands, its parts with books and berats, GİB's answers, who did what."""
    when, branch = months.month_of(month), request.GET.get("branch", "")[:4]
    views = ledgers.months(visit.caller, visit.taxpayer, when.year)
    view = next((one for one in views if one.month.first == when and one.branch == branch), None)
    if view is None:
        raise problem("pages.not-found")
    row = row_of(visit, view, is_inside=True)
    with visit.work():
        copies = gib.copies_of(visit.taxpayer, when, branch)
    values: dict[str, Any] = {
        "row": row,
        "head": head_of_month(row),
        "month": months.written(when),
        "query": f"?branch={branch}" if branch else "",
        "branch": branch,
        "branch_name": view.branch_name,
        "back": at(visit, "ledgers.year") + f"?year={when.year}" + (f"&branch={branch}" if branch else ""),
        "before": months.written(months.before(when)),
        "after": months.written(months.after(when)) if when < months.current() else "",
        "parts": [_part(visit, one, view.packages) for one in view.parts],
        "reports_by": _reporter(visit, view) if row.act is None else "",
        "report": next((_package(visit, one) for one in view.packages if one.kind == "DR"), None),
        "inventory": [_package(visit, one) for one in view.packages if one.kind == "EB"],
        "copies": copies,
        "own_only": [one for one in copies if one.duty == gib.Duty.OWN_ONLY],
        "to_upload": [one for one in copies if one.duty == gib.Duty.BY_APPLICATION and not one.is_done],
        "told": _told(visit, view.works),
    }
    name = month_name(when)
    title = Text(f"{name.tr} defterleri", f"Ledgers of {name.en}")
    return shown(request, visit, "portal/ledgers/month.html", values, title=title)


def _reporter(visit: Visit, view: ledgers.MonthView) -> str:
    """Where the month's report is asked for, once that is what is left to do."""
    work = next((id for id, kind, _ in view.works if kind == "books"), None)
    is_due = view.state == law.State.UNREPORTED and work is not None and visit.may("ledgers.send")
    return at(visit, "ledger_works.report", id=work) if is_due else ""


def _part(visit: Visit, part: Any, packages: Sequence[Any]) -> dict[str, Any]:
    mine = {one.kind: one for one in packages if one.part == part.number}
    return {
        "part": part,
        "number": int(part.number),
        "view": at(visit, "ledgers.part", id=part.id),
        "books": [_book(visit, one) for one in part.books],
        "packages": [_package(visit, mine[kind]) for kind in ("YB", "KB") if kind in mine],
    }


def _book(visit: Visit, one: Any) -> dict[str, Any]:
    return {
        "book": one,
        "label": KINDS.get(one.kind, Text(one.kind, one.kind)),
        "size": size_of(one.size),
        "word": BOOK_STAGES.get(one.stage),
        "file": at(visit, "ledgers.book_file", id=one.id),
        "view": at(visit, "ledgers.berat", id=one.id) if one.kind in ("YB", "KB", "EB", "DR") else "",
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


def _told(visit: Visit, works: Sequence[tuple[int, str, str]]) -> list[Happened]:
    """Who did what, of all works of the month."""
    lines = [line for id, _, _ in works for line in ledgers.timeline(visit.caller, visit.taxpayer, id)]
    with visit.work():
        return told_of(lines, visit.taxpayer, visit.caller.user)
