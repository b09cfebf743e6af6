"""The first page of a taxpayer: what needs somebody, what ends soon, what the month came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.delivery import services as delivery
from ulak_server.documents.models import Direction
from ulak_server.overview import months
from ulak_server.overview import services as overview
from ulak_server.overview.services import INVOICES, Need, Notice, Sum, Total
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.charts import Chart, Pair, pairs_of_bars
from ulak_server.portal.rooms import ways
from ulak_server.taxpayers import services as taxpayers

__all__ = ["ROOM"]

ROOM = Pages("home")
_MONTHS: Final = 6
_ICONS: Final = {
    "returned": "alert",
    "faulty": "edit",
    "rejected": "cross",
    "answers": "reply",
    "receipts": "lorry",
    "resting": "clock",
    "drafts": "file",
    "reports-late": "report",
    "reports-refused": "report",
    "reports-aside": "report",
    "reports-due": "clock",
    "reports-unclear": "help",
    "ledgers-late": "book",
    "ledgers-refused": "book",
    "ledgers-stopped": "alert",
    "ledgers-unsent": "send",
    "ledgers-due": "clock",
    **dict.fromkeys(("credits-waiting", "credits-empty", "credits-low"), "credit"),
}
_SIGNS: Final = {
    "key": "key",
    "contract": "file",
    "password": "lock",
    "account": "link",
    "mail": "mail",
    "hook": "link",
    "support": "eye",
    "seal": "seal",
    "credits": "credit",
}


class Block(NamedTuple):
    """A need as the page draws it."""

    need: Need
    icon: str
    list: str


class Line(NamedTuple):
    """A notice as the page draws it."""

    notice: Notice
    icon: str
    address: str


class Row(NamedTuple):
    """One line of the month's table.

    Attributes:
        now, before: this month's and the month's before, of one currency; None: none.
    """

    label: Text
    now: Total | None
    before: Total | None


class Drawing(NamedTuple):
    """A chart with the table behind it."""

    chart: Chart
    rows: Sequence[tuple[date, Decimal | int, Decimal | int]]


@ROOM.page("GET", "today", "documents.read", Text("Bugün", "Today"))
def today(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything at one glance."""
    taxpayer = visit.taxpayer
    with visit.work():
        found = overview.today(taxpayer)
        notices = overview.notices(taxpayer, visit.caller.user, sees_keys=visit.may("keys.read"))
        first = overview.progress(taxpayer) if found.waiting.last is None or visit.may("documents.write") else None
        by_hand = delivery.how_many_wait(taxpayer) if visit.may("delivery.read") else 0
        this = months.current()
        sums = overview.sums_of(taxpayer, months.before(this, _MONTHS - 1), this)
    values = {
        "blocks": [Block(one, _ICONS[one.name], _list(taxpayer, one)) for one in found.needs],
        "lines": [Line(one, _SIGNS[one.name], ways.notice_page(taxpayer, one.name)) for one in notices],
        "first": first if first and first.is_new else None,
        "by_hand": by_hand,
        "has_documents": found.waiting.last is not None,
        **_month(sums, this),
    }
    return shown(request, visit, "portal/home/today.html", values)


@ROOM.page("POST", "today/first-steps/put-aside", "documents.write", Text("İlk adımları gizle", "Hide the first steps"))
def put_aside(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Remind of the first steps no more; they stay reachable from the settings and the help."""
    with visit.work():
        overview.put_aside(visit.taxpayer)
    return go(request, at(visit, "home.today"))


def _month(sums: Mapping[date, Sequence[Sum]], this: date) -> dict[str, Any]:
    last = months.before(this)
    table = [row for side in _SIDES for row in _rows(side, sums[this], sums[last])]
    return {
        "today_day": taxpayers.today(),
        "month": this,
        "last_month": last,
        "table": table,
        "counts": _drawing(sums, lambda rows, way: sum(one.size for one in rows if one.direction == way)),
        "amounts": _drawing(sums, lambda rows, way: sum((t.payable for t in _liras(rows, way)), Decimal(0))),
    }


def _list(taxpayer: int, need: Need) -> str:
    """The list with all of a need, which may lie on the shelf of the first of them."""
    return ways.need_list(taxpayer, need.name, need.items[0].document.shelf if need.items else None)


_SIDES: Final = (
    (Text("Düzenlenen e-Faturalar", "e-Fatura issued"), Direction.OUT, ("invoice",), False),
    (Text("Düzenlenen e-Arşiv faturalar", "e-Arşiv invoices issued"), Direction.OUT, ("earchive_invoice",), False),
    (Text("Düzenlenen iadeler", "Returns issued"), Direction.OUT, INVOICES, True),
    (Text("Serbest meslek makbuzları", "Freelance receipts"), Direction.OUT, ("freelance_receipt",), False),
    (Text("Müstahsil makbuzları", "Producer receipts"), Direction.OUT, ("producer_receipt",), False),
    (Text("Gider pusulaları", "Expense notes"), Direction.OUT, ("expense_note",), False),
    (Text("Gelen faturalar", "Invoices received"), Direction.IN, INVOICES, False),
    (Text("Gelen iadeler", "Returns received"), Direction.IN, INVOICES, True),
    (Text("Gönderilen irsaliyeler", "Despatches sent"), Direction.OUT, ("despatch_advice",), False),
    (Text("Gelen irsaliyeler", "Despatches received"), Direction.IN, ("despatch_advice",), False),
)


def _rows(side: tuple[Text, Direction, Sequence[str], bool], this: Sequence[Sum], last: Sequence[Sum]) -> list[Row]:
    label, direction, kinds, returns = side
    now = {one.currency: one for one in overview.total(this, direction, kinds, returns=returns)}
    before = {one.currency: one for one in overview.total(last, direction, kinds, returns=returns)}
    return [Row(label, now.get(one), before.get(one)) for one in dict.fromkeys([*now, *before])]


def _liras(rows: Sequence[Sum], direction: Direction) -> list[Total]:
    return [one for one in overview.total(rows, direction) if one.currency == "TRY"]


def _drawing(sums: Mapping[date, Sequence[Sum]], measure: Any) -> Drawing:
    rows = [(month, measure(found, Direction.OUT), measure(found, Direction.IN)) for month, found in sums.items()]
    pairs = [Pair(f"{month:%m}", max(out, 0), max(came, 0)) for month, out, came in rows]
    return Drawing(pairs_of_bars(pairs), rows)
