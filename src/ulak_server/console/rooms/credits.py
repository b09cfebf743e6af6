"""Kontör of all taxpayers: how they stand, what was sold; loaded, corrected, priced. Not which documents cost them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import uuid4

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server import clock, numerals
from ulak_server.credits import services as credits
from ulak_server.credits.services import PRICED, Asked, Level, OnEmpty, Price, Standing
from ulak_server.documents.kinds import KINDS
from ulak_server.pages.asking import day_of, number_of
from ulak_server.pages.door import Visit
from ulak_server.pages.kontor import LEVELS, WHATS
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.statuses import status_of
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["ROOM"]

ROOM = Pages("credits_all", prefix="console/")
_MOST: Final = 200
_PAGE: Final = 50
_MONTHS: Final = 12
_FILTERS: Final[Mapping[str, tuple[Text, Callable[[Standing], bool]]]] = {
    "waiting": (Text("Belge bekleyen", "Documents wait"), lambda one: one.waiting > 0),
    "empty": (Text("Biten", "Used up"), lambda one: one.level is Level.EMPTY),
    "low": (Text("Azalan", "Running low"), lambda one: one.level is Level.LOW),
    "expiring": (Text("Süresi dolan", "About to expire"), lambda one: bool(one.expiring)),
    "metered": (Text("Sayılan", "Counted"), lambda one: one.metered),
    "none": (Text("Sayılmayan", "Not counted"), lambda one: not one.metered),
}
_FIELDS: Final = {
    "credits.amount": "amount",
    "credits.expiry": "expires_on",
    "credits.reason": "note",
    "credits.text": "note",
    "credits.reference-twice": "reference",
    "credits.kind": "kind",
    "credits.tariff-day": "since",
}
"""At which field of a form it is told."""


class Row(NamedTuple):
    """A taxpayer's account as the list draws it."""

    standing: Standing
    number: str
    title: str
    tone: str
    icon: str


# -- all ---------------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "credits", "operate", Text("Kontör", "Kontör"))
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Sums of the installation, and every account, those that are worst off first."""
    text, show = request.GET.get("text", "").strip()[:100], request.GET.get("show", "")
    with visit.work():
        every, sums = credits.every(), credits.totals()
        names = _names([one.taxpayer for one in every], text)
    found = [one for one in every if one.taxpayer in names]
    kept = [one for one in found if show not in _FILTERS or _FILTERS[show][1](one)]
    values = {
        "sums": sums,
        "rows": [Row(one, *names[one.taxpayer], *LEVELS[one.level]) for one in kept[:_MOST]],
        "filters": [(name, label, sum(map(test, found))) for name, (label, test) in _FILTERS.items()],
        "show": show if show in _FILTERS else "",
        "text": text,
        "total": len(kept),
        "most": _MOST,
    }
    return shown(request, visit, "console/credits.html", values)


def _names(ids: Sequence[int], text: str) -> dict[int, tuple[str, str]]:
    rows = Taxpayer.objects.filter(id__in=ids)
    if text:
        rows = rows.filter(Q(number__startswith=text) | Q(title__icontains=text))
    return {id: (number, title) for id, number, title in rows.values_list("id", "number", "title")}


# -- the tariff --------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "credits/tariff", "operate", Text("Kontör tarifesi", "Tariff of kontör"))
def tariff(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What documents cost all who have no prices of their own."""
    return _tariff(request, visit)


@ROOM.page("POST", "credits/tariff", "operate", Text("Tarifeyi değiştir", "Change the tariff"))
def change_tariff(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A price from a day on."""
    try:
        with visit.work():
            _change_price(request, visit, None)
    except UlakError as error:
        return _tariff(request, visit, error)
    return notice(go(request, "/console/credits/tariff"), _SAVED, visit)


def _tariff(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    with visit.work():
        prices = credits.tariff()
    values = {**_prices(prices), "given": _given(request), **_fault(error), "today": clock.today()}
    return shown(request, visit, "console/credits_tariff.html", values, status=status_of(error) if error else 200)


# -- one ---------------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "credits/<int:owner>", "operate", Text("Mükellefin kontörü", "A taxpayer's kontör"))
def one(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    """Balance, packages, use, entries without their documents, and what may be done."""
    return _one(request, visit, owner)


@ROOM.page("POST", "credits/<int:owner>/load", "operate", Text("Kontör yükle", "Load kontör"))
def load(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    """Kontör that were sold; what waits goes on."""
    given = _given(request)

    def do() -> None:
        credits.load(
            owner,
            credits.amount_of(number_of(given["amount"])),
            expires_on=_day(given["expires_on"]),
            reference=given["reference"],
            note=given["note"],
            **_who(visit),
        )

    return _done(request, visit, owner, do, Text("Kontör yüklendi.", "The kontör are loaded."))


@ROOM.page("POST", "credits/<int:owner>/correct", "operate", Text("Kontörü düzelt", "Correct kontör"))
def correct(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    """More, or fewer with a minus, for a reason that the taxpayer reads."""
    given = _given(request)

    def do() -> None:
        credits.correct(
            owner, credits.amount_of(number_of(given["amount"]), negative=True), given["note"], **_who(visit)
        )

    return _done(request, visit, owner, do, Text("Düzeltildi.", "It is corrected."))


@ROOM.page("POST", "credits/<int:owner>/terms", "operate", Text("Kontör koşulları", "Terms of kontör"))
def terms(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    """Whether kontör are counted, how far below zero they may go, and what happens when they are used up."""
    given = _given(request)

    def do() -> None:
        now = credits.standing(owner)
        overdraft = credits.amount_of(number_of(given["overdraft"] or "0"), zero=True)
        on_empty = OnEmpty.GO_ON if given["on_empty"] == OnEmpty.GO_ON else OnEmpty.WAIT
        if overdraft != now.overdraft:
            credits.set_overdraft(owner, overdraft, **_who(visit))
        if on_empty is not now.on_empty:
            credits.set_on_empty(owner, on_empty, **_who(visit))
        if (given["metered"] == "yes") != now.metered:
            credits.meter(owner, metered=given["metered"] == "yes", **_who(visit))

    return _done(request, visit, owner, do, _SAVED)


@ROOM.page("POST", "credits/<int:owner>/tariff", "operate", Text("Mükellefin tarifesi", "A taxpayer's tariff"))
def own_tariff(request: HttpRequest, visit: Visit, owner: int) -> HttpResponse:
    """A price of its own from a day on; empty: what all pay."""
    return _done(request, visit, owner, lambda: _change_price(request, visit, owner), _SAVED)


_SAVED: Final = Text("Kaydedildi.", "Saved.")
_TWICE: Final = Text(
    "Bu form daha önce gönderilmişti ve işlenmişti; ikinci kez işlenmedi.",
    "This form had been sent and done before; it was not done a second time.",
)


def _done(request: HttpRequest, visit: Visit, owner: int, do: Callable[[], None], said: Text) -> HttpResponse:
    try:
        with visit.work():
            taxpayers.of(owner)
            if not credits.is_first(
                owner, request.POST.get("mark", "")[:100], [request.path, *_given(request).values()]
            ):
                said = _TWICE
            else:
                do()
    except UlakError as error:
        return _one(request, visit, owner, error)
    return notice(go(request, f"/console/credits/{owner}"), said, visit)


def _one(request: HttpRequest, visit: Visit, owner: int, error: UlakError | None = None) -> HttpResponse:
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else None
    with visit.work():
        taxpayer = taxpayers.of(owner)
        standing = credits.standings([owner])[owner]
        rows = credits.entries(owner, Asked(after=start), _PAGE + 1)
        packages = credits.packages(owner)
        used = credits.usage_by_month(owner, _MONTHS)
        prices = credits.tariff(owner)
    left = [one for one in packages if one.remaining]
    values: dict[str, Any] = {
        "taxpayer": taxpayer,
        "standing": standing,
        "tone": LEVELS[standing.level][0],
        "icon": LEVELS[standing.level][1],
        "left": sorted(left, key=lambda one: (one.expires_on or date.max, one.id)),
        "months": [(one, _kind(one.kind, is_incoming=one.is_incoming)) for one in used],
        "rows": [(row, WHATS[row.what][0], _kind(row.kind, is_incoming=row.is_incoming)) for row in rows[:_PAGE]],
        "more": rows[_PAGE - 1].id if len(rows) > _PAGE else None,
        "is_first": start is None,
        "given": _given(request),
        "path": request.path.rpartition("/")[2],
        "overdraft": numerals.shown(f"{standing.overdraft.normalize():f}") if standing.overdraft else "0",
        "own_tariff": f"/console/credits/{owner}/tariff",
        "usual_expiry": credits.usual_expiry(),
        "ways": list(OnEmpty),
        "mark": uuid4().hex,
        "today": clock.today(),
        **_fault(error),
        **_prices(prices),
    }
    return shown(request, visit, "console/credits_one.html", values, status=status_of(error) if error else 200)


def _change_price(request: HttpRequest, visit: Visit, owner: int | None) -> None:
    """Within a scope."""
    given = _given(request)
    kind, _, direction = given["kind"].partition(":")
    amount = given["amount"]
    credits.set_tariff(
        kind,
        credits.amount_of(number_of(amount), zero=True) if amount or owner is None else None,
        is_incoming=direction == "in",
        taxpayer=owner,
        since=_day(given["since"]),
        **_who(visit),
    )


def _prices(prices: Sequence[Price]) -> dict[str, Any]:
    named = [(_kind(one.kind, is_incoming=one.is_incoming), one) for one in prices]
    return {
        "prices": [(label, one) for label, one in named if _is_telling(one)],
        "free": [label for label, one in named if not one.is_incoming and not _is_telling(one)],
        "is_incoming_free": not any(_is_telling(one) for _, one in named if one.is_incoming),
        "kinds": [
            (f"{kind}:in" if is_incoming else kind, _kind(kind, is_incoming=is_incoming))
            for kind, is_incoming in PRICED
        ],
    }


def _is_telling(price: Price) -> bool:
    return bool(price.amount) or price.next is not None or price.since is not None


def capital(name: str) -> str:
    """A name as it begins a line; what GİB writes with a small e stays.

    >>> capital("freelance receipt (e-SMM)"), capital("e-Arşiv invoice")
    ('Freelance receipt (e-SMM)', 'e-Arşiv invoice')
    """
    return name if name.startswith("e-") else name[:1].upper() + name[1:]


def _kind(kind: str, *, is_incoming: bool) -> Text:
    known = KINDS.get(kind)
    name = known.label if known is not None else Text(kind, kind)
    name = Text(name.tr, capital(name.en))
    return Text(f"{name.tr} (gelen)", f"{name.en} (incoming)") if is_incoming else name


def _fault(error: UlakError | None) -> dict[str, Any]:
    """What was refused, and the field that is to blame: pages mark it, and go on typing there."""
    return {"error": error, "wrong": _FIELDS.get(error.code, "") if error else ""}


def _given(request: HttpRequest) -> dict[str, str]:
    names = ("amount", "expires_on", "reference", "note", "metered", "overdraft", "on_empty", "kind", "since")
    return {name: request.POST.get(name, "").strip()[:400] for name in names}


def _day(given: str) -> date | None:
    """A day that was written; nothing is none.

    Raises:
        PageError: ``pages.unreadable``: browsers send days as ISO 8601 has them.
    """
    day = day_of(given) if given else None
    if given and day is None:
        raise problem("pages.unreadable")
    return day


def _who(visit: Visit) -> dict[str, str]:
    return {"actor": visit.caller.actor, "origin": visit.origin}
