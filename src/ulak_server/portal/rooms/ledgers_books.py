"""The viewer of books: a part's journal leafed through or searched, its accounts as the general ledger has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.services import Query
from ulak_server.ledgers.values import BalanceRow, Hit, PartView
from ulak_server.overview import months
from ulak_server.pages.asking import day_of
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, shown
from ulak_server.portal.rooms.ledger_works_words import KINDS
from ulak_server.portal.rooms.ledgers_room import ROOM
from ulak_server.portal.rooms.reports_view import month_name

_PER_PAGE: Final = 25
_LINES: Final = 100
_LONGEST: Final = 100
_INVENTORIES: Final = Text("Envanterler", "Inventories")
_SIDES: Final = ("D", "C")


class Account(NamedTuple):
    """Lines of one account that stand together, as the general ledger has them."""

    code: str
    name: str
    hits: Sequence[Hit]


class Balanced(NamedTuple):
    """A row of the trial balance, with its balance seen from the credit side as well."""

    account: str
    name: str
    debit: Decimal
    credit: Decimal
    balance: Decimal
    owed: Decimal


@ROOM.page("GET", "ledgers/parts/<int:id>", "ledgers.read", Text("Defter", "Book"))
def part(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """A part's book: pages of the journal, or the lines that were looked for."""
    one = ledgers.part_of(visit.caller, visit.taxpayer, id)
    is_ledger = request.GET.get("view") == "ledger" and one.kind != "inventory"
    view = "ledger" if is_ledger else "journal"
    query, is_asked = _query(request, view)
    values: dict[str, Any] = {
        "part": one,
        "is_inventory": one.kind == "inventory",
        "number": int(one.number),
        "month_name": _INVENTORIES if one.kind == "inventory" else month_name(one.month.first),
        "month_page": _back(visit, one),
        "view": view,
        "asked": {name: request.GET.get(name, "")[:_LONGEST] for name in ("q", "account", "side", "from", "until")},
        "is_asked": is_asked,
        "files": [(KINDS[book.kind], at(visit, "ledgers.book_file", id=book.id)) for book in one.books],
    }
    if is_asked or view == "ledger":
        values |= _found(visit, one, query, _whole(request.GET.get("after", "")))
    else:
        values |= _leaf(visit, one, _whole(request.GET.get("page", "")) or 1)
    name = month_name(one.month.first)
    title = Text(f"{name.tr} defteri", f"Book of {name.en}")
    return shown(request, visit, "portal/ledgers/part.html", values, title=title, part="portal/ledgers/_lines.html")


@ROOM.page("GET", "ledgers/<str:month>/balance", "ledgers.read", Text("Mizan", "Trial balance"))
def balance(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """What each account of a month came to, by main accounts or by all of them."""
    when, branch = months.month_of(month), request.GET.get("branch", "")[:4]
    by: Literal["main", "sub"] = "sub" if request.GET.get("by") == "sub" else "main"
    found = ledgers.balances(visit.caller, visit.taxpayer, when, branch, by=by)
    made = ledgers.parts(visit.caller, visit.taxpayer, when, branch)
    query = f"?branch={branch}" if branch else ""
    values = {
        "rows": [Balanced(*one, -one.balance) for one in found],
        "sums": _sums(found),
        "by": by,
        "way": at(visit, "ledgers.balance", month=month) + query,
        "joint": "&" if query else "?",
        "month_name": month_name(when),
        "month_page": at(visit, "ledgers.month", month=month) + query,
        "viewer": at(visit, "ledgers.part", id=made[0].id) if len(made) == 1 else "",
    }
    return shown(request, visit, "portal/ledgers/balance.html", values)


def _sums(rows: Sequence[BalanceRow]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Of debits, credits, balances on the debit side and on the credit side."""
    nothing = Decimal(0)
    return (
        sum((one.debit for one in rows), nothing),
        sum((one.credit for one in rows), nothing),
        sum((one.balance for one in rows if one.balance > 0), nothing),
        sum((-one.balance for one in rows if one.balance < 0), nothing),
    )


def _query(request: HttpRequest, view: str) -> tuple[Query, bool]:
    """What is looked for, and whether anything is."""
    side, account = request.GET.get("side", ""), request.GET.get("account", "").strip()[:_LONGEST]
    days: dict[str, date | None] = {
        "first_day": day_of(request.GET.get("from", "")),
        "last_day": day_of(request.GET.get("until", "")),
    }
    query = ledgers.query_of(
        request.GET.get("q", "").strip()[:_LONGEST],
        account=account,
        side=side if side in _SIDES else "",
        order="account" if view == "ledger" else "journal",
        **days,
    )
    return query, query._replace(order="journal") != Query()


def _leaf(visit: Visit, one: PartView, number: int) -> dict[str, Any]:
    found = ledgers.page_of_part(visit.caller, visit.taxpayer, one.id, number, _PER_PAGE)
    return {"page": found, "entries": found.entries, "pages": _pages(found.number, found.pages)}


def _found(visit: Visit, one: PartView, query: Query, after: int) -> dict[str, Any]:
    found = ledgers.lines(visit.caller, visit.taxpayer, one.id, query, after=after, limit=_LINES)
    return {
        "found": found,
        "hits": [(hit, _leaf_of(hit, one)) for hit in found.hits],
        "accounts": _accounts(found.hits) if query.order == "account" else [],
        "first": after + 1 if found.hits else 0,
        "last": after + len(found.hits),
        "before": max(0, after - _LINES) if after else None,
    }


def _leaf_of(hit: Hit, one: PartView) -> int:
    """The page of the journal on which a line stands."""
    return ((hit.entry or one.first) - one.first) // _PER_PAGE + 1


def _accounts(hits: Sequence[Hit]) -> list[Account]:
    found: list[Account] = []
    for hit in hits:
        code, name = hit.line.sub or hit.line.account, hit.line.sub_name or hit.line.account_name
        if not found or found[-1].code != code:
            found.append(Account(code, name, []))
        found[-1] = found[-1]._replace(hits=[*found[-1].hits, hit])
    return found


def _pages(number: int, count: int) -> list[int]:
    """Numbers of pages to go to: the first, those around this one, the last; 0 where some are left out.

    >>> _pages(7, 20)
    [1, 0, 6, 7, 8, 0, 20]
    """
    near = sorted({1, number - 1, number, number + 1, count})
    found: list[int] = []
    for one in (one for one in near if 1 <= one <= count):
        if found and one - found[-1] > 1:
            found.append(0)
        found.append(one)
    return found


def _whole(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0


def _back(visit: Visit, one: PartView) -> str:
    if one.kind == "inventory":
        return at(visit, "ledgers.inventories") + f"?year={one.month.year}"
    query = f"?branch={one.branch}" if one.branch else ""
    return at(visit, "ledgers.month", month=months.written(one.month.first)) + query
