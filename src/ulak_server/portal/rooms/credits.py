"""Kontör of a taxpayer: what is left and until when, what was used, what documents cost, every entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from ulak.errors import Text, UlakError
from ulak_server import clock, numerals
from ulak_server.credits import services as credits
from ulak_server.credits.services import PRICED, Asked, Month, Shown, Standing, What
from ulak_server.formats import month_text
from ulak_server.pages.asking import day_of, number_of
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms.credits_table import table_of
from ulak_server.portal.rooms.credits_words import (
    LEVELS,
    WHATS,
    costs,
    free_of,
    kind_name,
    sentence_of,
    short_kind_name,
)
from ulak_server.portal.rooms.settings_room import page

__all__ = ["ROOM"]

ROOM = Pages("credits")
_PAGE: Final = 25
_MONTHS: Final = 12
_SPENT: Final = 20
"""Packages shown of which nothing is left."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTHING: Final = Decimal(0)
_BAR: Final = 100


class Used(NamedTuple):
    """A month as the page draws it.

    Attributes:
        share: of the month with most, in percent; what is not zero is seen.
        kinds: what was used by kind, the most first.
    """

    month: Text
    amount: Decimal
    documents: int
    share: int
    kinds: Sequence[tuple[Text, Decimal]]


class Lot(NamedTuple):
    """A package as the page draws it.

    Attributes:
        share: what is left of it, in percent.
        tone: of its last day: ``bad`` once it is over, ``wait`` in its last thirty days.
    """

    package: Any
    share: int
    tone: str


@ROOM.page("GET", "settings/credits", "credits.read", Text("Kontör", "Kontör"))
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Balance, packages, use, tariff and the newest entries, or those that were asked for."""
    return _overview(request, visit)


@ROOM.page("POST", "settings/credits", "credits.change", Text("Uyarı sınırı", "When to be warned"))
def set_threshold(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Be told below another balance; empty: a fifth of the last package."""
    given = request.POST.get("threshold", "").strip()
    try:
        with visit.work():
            wanted = credits.amount_of(number_of(given), zero=True) if given else None
            credits.set_threshold(visit.taxpayer, wanted, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        return _overview(request, visit, error, given)
    return notice(go(request, at(visit, "credits.overview")), Text("Kaydedildi.", "Saved."), visit)


@ROOM.page("GET", "settings/credits/excel", "credits.read", Text("Hareketleri indir", "Download the entries"))
def excel(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The entries that the page shows, all of them, as a spreadsheet."""
    table = table_of(visit.taxpayer, _asked(request.GET), visit.work, visit.language)
    name = {"tr": "kontor", "en": "credits"}[visit.language]
    return FileResponse(
        table, as_attachment=True, filename=f"ulak-{name}-{clock.today():%Y%m%d}.xlsx", content_type=_XLSX
    )


def _overview(
    request: HttpRequest, visit: Visit, error: UlakError | None = None, threshold: str | None = None
) -> HttpResponse:
    asked = _asked(request.GET)
    with visit.work():
        standing = credits.standing(visit.taxpayer)
        rows = credits.entries(visit.taxpayer, asked, _PAGE + 1)
        packages = credits.packages(visit.taxpayer)
        used = credits.usage_by_month(visit.taxpayer, _MONTHS)
        prices = credits.tariff(visit.taxpayer)
    lots = [_lot(one) for one in packages]
    values: dict[str, Any] = {
        "standing": standing,
        "word": LEVELS[standing.level],
        "sentence": sentence_of(standing),
        "has_anything": standing.metered or bool(packages or rows or used),
        "left": sorted((one for one in lots if one.package.remaining), key=_spent_next),
        "spent": [one for one in lots if not one.package.remaining][:_SPENT],
        "months": _months(used),
        "costly": [(kind_name(one.kind, is_incoming=one.is_incoming), one) for one in prices if costs(one)],
        "free": free_of(prices),
        "threshold": _shown_threshold(standing) if threshold is None else threshold,
        **_entries(request, asked, rows),
    }
    return page(request, visit, "credits", values, error=error)


def _entries(request: HttpRequest, asked: Asked, rows: Sequence[Shown]) -> dict[str, Any]:
    chosen = {name: request.GET.get(name, "") for name in ("what", "kind", "since", "until", "number")}
    query = request.GET.copy()
    query.pop("after", None)
    return {
        "rows": [(one, WHATS[one.what], kind_name(one.kind, is_incoming=one.is_incoming)) for one in rows[:_PAGE]],
        "more": rows[_PAGE - 1].id if len(rows) > _PAGE else None,
        "is_first": asked.after is None,
        "is_filtered": asked._replace(after=None) != Asked(),
        "chosen": chosen,
        "whats": [(one.value, one.label) for one in What],
        "kinds": [(kind, kind_name(kind)) for kind, is_incoming in PRICED if not is_incoming],
        "query": query.urlencode(),
    }


def _asked(given: QueryDict) -> Asked:
    """What a form asks for; what cannot be meant is left out."""
    what, after, kind = given.get("what", ""), given.get("after", ""), given.get("kind", "")
    return Asked(
        what=What(what) if what in set(What) else None,
        kind=kind if (kind, False) in PRICED else "",
        since=day_of(given.get("since", "")),
        until=day_of(given.get("until", "")),
        number=given.get("number", "").strip().upper()[:16],
        after=int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else None,
    )


def _lot(package: Any) -> Lot:
    share = int(_BAR * package.remaining / package.amount) if package.amount else 0
    days = (package.expires_on - clock.today()).days if package.expires_on else None
    tone = "" if days is None or days > 30 else "bad" if days < 0 else "wait"
    return Lot(package, max(share, 1) if package.remaining else 0, tone)


def _spent_next(one: Lot) -> tuple[date, int]:
    """In the order of spending: the nearest last day first."""
    return one.package.expires_on or date.max, one.package.id


def _months(rows: Sequence[Month]) -> list[Used]:
    by_month: dict[date, list[Month]] = {}
    for one in rows:
        by_month.setdefault(one.month, []).append(one)
    sums = {month: sum((one.amount for one in found), _NOTHING) for month, found in by_month.items()}
    most = max([_NOTHING, *sums.values()])
    return [
        Used(
            month_text(month),
            sums[month],
            sum(one.documents - one.returned for one in found),
            max(int(_BAR * sums[month] / most), 1) if most and sums[month] > 0 else 0,
            [
                (short_kind_name(one.kind, is_incoming=one.is_incoming), one.amount)
                for one in sorted(found, key=lambda one: -one.amount)
                if one.amount
            ],
        )
        for month, found in by_month.items()
    ]


def _shown_threshold(standing: Standing) -> str:
    return numerals.shown(f"{standing.threshold.normalize():f}") if standing.own_threshold else ""
