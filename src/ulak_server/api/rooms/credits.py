"""Kontör: how they stand, what documents cost, and every line of the account. Reading them is free."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query

from ulak.errors import Language, Text
from ulak_server.api.contract import Ways
from ulak_server.api.door import visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import LARGEST_ID, Cursor, Limit, packed, unpacked
from ulak_server.api.replies import reply
from ulak_server.api.views.credits import (
    CreditsView,
    EntryKind,
    ExpiryView,
    KontorEntryPage,
    KontorEntryView,
    PackageView,
    PriceView,
)
from ulak_server.credits import services as credits
from ulak_server.credits.services import Level
from ulak_server.documents.kinds import KINDS
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("credits")
Day = Annotated[date | None, Query()]
What = Annotated[EntryKind | None, Query()]
Kind = Annotated[str, Query(max_length=40)]
Number = Annotated[str, Query(max_length=40)]
Document = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]


@ROOM.way(
    "GET",
    "/credits",
    "credits.read",
    Text("Kontörün durumu, paketler, tarife", "How kontör stand, packages, tariff"),
    about=Text(
        "Okumak ve API çağrıları kontör tutmaz. Belge mühürlenince düşülür; kimse almazsa geri verilir.",
        "Reading and API calls cost none. A document is charged when it is sealed, and refunded if nobody took it.",
    ),
    gives={200: CreditsView},
)
def show_credits(request: HttpRequest) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    with working_for(asking.caller, asking.taxpayer):
        found = credits.standing(asking.taxpayer)
        packages = credits.packages(asking.taxpayer, spent=False)
        tariff = credits.tariff(asking.taxpayer)
    is_said = found.level in (Level.LOW, Level.EMPTY)
    return reply(
        CreditsView(
            metered=found.metered,
            balance=found.balance,
            overdraft=found.overdraft,
            available=found.available,
            level=found.level.value,
            warning=found.level.label.say(language) if is_said else "",
            threshold=found.threshold,
            on_empty=found.on_empty.value,
            waiting=found.waiting,
            expiring=tuple(ExpiryView(on=day, amount=amount) for day, amount in found.expiring),
            packages=tuple(_package(one) for one in packages),
            tariff=tuple(_price(one, language) for one in tariff),
        )
    )


@ROOM.way(
    "GET",
    "/credits/entries",
    "credits.read",
    Text("Kontör hareketleri, yenisi önce", "Lines of the kontör account, the newest first"),
    about=Text(
        "“since” ve “until” günleri de içindedir; “number” belge numarasının başıdır.",
        "The days “since” and “until” are included; “number” is how the document's number begins.",
    ),
    gives={200: KontorEntryPage},
)
def credit_entries(
    request: HttpRequest,
    what: What = None,
    kind: Kind = "",
    since: Day = None,
    until: Day = None,
    document: Document = None,
    number: Number = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    chosen = credits.What(what) if what else None
    asked = credits.Asked(chosen, kind, since, until, document, number, unpacked(cursor) or None)
    with working_for(asking.caller, asking.taxpayer):
        found = credits.entries(asking.taxpayer, asked, limit + 1)
    more = packed(found[limit - 1].id) if len(found) > limit else None
    return reply(KontorEntryPage(items=tuple(_entry(one, language) for one in found[:limit]), next=more))


def _package(one: credits.Package) -> PackageView:
    return PackageView(
        id=one.id,
        amount=one.amount,
        remaining=one.remaining,
        loaded_at=one.loaded_at,
        expires_on=one.expires_on,
        reference=one.reference,
        note=one.note,
    )


def _price(one: credits.Price, language: Language) -> PriceView:
    since, amount = one.next or (None, None)
    return PriceView(
        kind=one.kind,
        label=KINDS[one.kind].label.say(language),
        direction="in" if one.is_incoming else "out",
        amount=one.amount,
        is_own=one.is_own,
        since=one.since,
        next_amount=amount,
        next_since=since,
    )


def _entry(one: credits.Shown, language: Language) -> KontorEntryView:
    return KontorEntryView(
        id=one.id,
        at=one.at,
        what=one.what.value,
        label=one.what.label.say(language),
        amount=one.amount,
        balance=one.balance,
        document=one.document,
        number=one.number,
        kind=one.kind,
        direction=None if one.document is None else "in" if one.is_incoming else "out",
        package=one.package,
        note=one.note,
    )
