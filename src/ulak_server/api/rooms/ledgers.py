"""The e-Defter: company facts, months, packages at GİB, books and their lines."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, BinaryIO, Final, cast
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from msgspec import UNSET, UnsetType
from ninja import Path, Query

from ulak.errors import Text
from ulak_server import clock
from ulak_server.api import showing_ledgers as showing
from ulak_server.api.contract import Raw, Takes, Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import Cursor, Limit, month_of, packed, unpacked
from ulak_server.api.problems import problem
from ulak_server.api.replies import body, nothing, reply, streamed
from ulak_server.api.views.ledgers import (
    BalanceList,
    BookView,
    ConsentTold,
    CopiedTold,
    FactsBody,
    FactsView,
    FoundLines,
    LedgerMonthShown,
    LedgerYear,
    TermList,
)
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.people.services import working_for

__all__ = ["ROOM"]

ROOM = Ways("ledgers")
Id = Annotated[UUID, Path()]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Branch = Annotated[str, Query(max_length=4)]
Year = Annotated[int | None, Query(ge=2010, le=2100)]
Wanted = Annotated[str, Query(max_length=200)]
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}
_ZIP: Final = Raw("application/zip", _BINARY)
_XML: Final = Raw("application/xml", {"type": "string"})
_FILE: Final = Raw("application/octet-stream", _BINARY)


# -- the company -------------------------------------------------------------------------------------------------------


@ROOM.way(
    "GET",
    "/ledgers/facts",
    "ledgers.read",
    Text("Defter bilgileri", "What books say of the company"),
    gives={200: FactsView},
)
def ledger_facts(request: HttpRequest, branch: Branch = "") -> HttpResponse:
    return _facts(visit(request), branch)


@ROOM.way(
    "PUT",
    "/ledgers/facts",
    "ledgers.change",
    Text("Defter bilgilerini yaz", "Write what books say of the company"),
    takes=FactsBody,
    gives={200: FactsView},
)
def write_ledger_facts(request: HttpRequest, branch: Branch = "") -> HttpResponse:
    asking, given = visit(request), body(request, FactsBody)
    ledgers.save_facts(asking.caller, asking.taxpayer, _given(given), branch, origin=asking.origin)
    return _facts(asking, branch)


@ROOM.way(
    "PUT",
    "/ledgers/consent",
    "ledgers.consent",
    Text("Muvafakatnameyi kaydet", "Record the consent that the integrator seals"),
    takes=ConsentTold,
    gives={204: None},
)
def tell_consent(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, ConsentTold)
    if given.day is None:
        ledgers.withdraw_consent(asking.caller, asking.taxpayer, origin=asking.origin)
    else:
        months = {"first": _or_none(given.first), "last": _or_none(given.last)}
        ledgers.consent(asking.caller, asking.taxpayer, given.day, **months, origin=asking.origin)
    return nothing()


# -- months ------------------------------------------------------------------------------------------------------------


@ROOM.way(
    "GET",
    "/ledgers/months",
    "ledgers.read",
    Text("Bir yılın ayları", "The months of a year"),
    gives={200: LedgerYear},
)
def ledger_months(request: HttpRequest, year: Year = None) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    found = ledgers.months(asking.caller, asking.taxpayer, year or clock.today().year)
    return reply(LedgerYear(items=tuple(showing.month(one, language) for one in found)))


@ROOM.way(
    "GET",
    "/ledgers/months/{month}",
    "ledgers.read",
    Text("Bir ay: parçalar, paketler, kopyalar", "A month: parts, packages, copies"),
    gives={200: LedgerMonthShown},
)
def ledger_month(request: HttpRequest, month: str, branch: Branch = "") -> HttpResponse:
    return _month_shown(visit(request), request, month_of(month), branch)


@ROOM.way(
    "GET",
    "/ledgers/months/{month}/balance",
    "ledgers.read",
    Text("Bir ayın mizanı", "The trial balance of a month"),
    gives={200: BalanceList},
)
def ledger_balance(request: HttpRequest, month: str, branch: Branch = "") -> HttpResponse:
    asking = visit(request)
    found = ledgers.balances(asking.caller, asking.taxpayer, month_of(month), branch)
    return reply(BalanceList(items=tuple(showing.balance_row(one) for one in found)))


@ROOM.way(
    "GET",
    "/ledgers/months/{month}/folder",
    "ledgers.read",
    Text("Ayın klasörü: defterler, beratlar, onaylı beratlar", "A month's folder: books, berats, approved berats"),
    about=Text(
        "Mükellefin saklaması gereken dizin yapısında bir ZIP (Uyumluluk Onay Kılavuzu V1.7, 2.2).",
        "A ZIP of the folders in which the taxpayer has to keep them (Uyumluluk Onay Kılavuzu V1.7, 2.2).",
    ),
    gives={200: _ZIP},
)
def ledger_folder(request: HttpRequest, month: str, branch: Branch = "") -> HttpResponse:
    asking = visit(request)
    name, pieces = ledgers.folder_of_month(asking.caller, asking.taxpayer, month_of(month), branch)
    return streamed(pieces, _ZIP.type, name=name)


@ROOM.way(
    "PUT",
    "/ledgers/months/{month}/copies",
    "ledgers.send",
    Text("Kopyaların yüklendiğini bildir", "Tell that copies were uploaded"),
    about=Text(
        "22.5.2024'ten önce gönderilen aylar içindir: defter ve onaylı berat, GİB'in e-Defter Saklama Uygulamasıyla"
        " yüklenir.",
        "For months sent before 22.5.2024, whose books and approved berats are uploaded by GİB's application.",
    ),
    takes=CopiedTold,
    gives={200: LedgerMonthShown},
    faults=(409,),
)
def tell_copied(request: HttpRequest, month: str) -> HttpResponse:
    asking, given, first = visit(request), body(request, CopiedTold), month_of(month)
    gib.copied(
        asking.taxpayer,
        given.branch,
        first,
        given.uploaded_on,
        actor=asking.caller.actor,
        origin=asking.origin,
    )
    return _month_shown(asking, request, first, given.branch)


@ROOM.way(
    "GET",
    "/ledgers/calendar",
    "ledgers.read",
    Text("Bir yılın süreleri", "Until when the months of a year are due"),
    gives={200: TermList},
)
def ledger_calendar(request: HttpRequest, year: Year = None) -> HttpResponse:
    asking = visit(request)
    with working_for(asking.caller, asking.taxpayer):
        found = gib.terms_of(asking.taxpayer, year or clock.today().year)
    return reply(TermList(items=tuple(showing.term(one) for one in found)))


# -- books -------------------------------------------------------------------------------------------------------------


@ROOM.way(
    "GET",
    "/ledgers/books/{int:id}/file",
    "ledgers.read",
    Text("Defter, berat ya da paket dosyası", "The file of a book, berat or package"),
    gives={200: _FILE},
    faults=(409,),
)
def ledger_file(request: HttpRequest, id: Number) -> HttpResponse:
    asking = visit(request)
    book, pieces = ledgers.file_of(asking.caller, asking.taxpayer, id)
    return streamed(pieces, _FILE.type, name=book.name, size=book.size)


@ROOM.way(
    "POST",
    "/ledgers/books/{int:id}/compare",
    "ledgers.read",
    Text("Elinizdeki dosya bu mu", "Whether a file is the one that was made here"),
    about=Text(
        "Gövde, elinizdeki dosyadır; mühürlendikten sonra bir baytı değişmişse ledger-work.not-ours döner.",
        "The body is the file that you have; if a byte of it changed since it was sealed: ledger-work.not-ours.",
    ),
    takes=Takes({_FILE.type: _BINARY}, limit=ledgers.MOST_OF_FILE, is_streamed=True),
    gives={200: BookView},
    faults=(409,),
)
def compare_ledger_file(request: HttpRequest, id: Number) -> HttpResponse:
    asking = visit(request)
    try:
        found = ledgers.compare(asking.caller, asking.taxpayer, id, cast(BinaryIO, request))
    except UnreadablePostError:
        raise problem("api.broken-off") from None
    return reply(showing.book(found))


@ROOM.way(
    "GET",
    "/ledgers/parts/{int:id}/lines",
    "ledgers.read",
    Text("Bir parçada satır ara", "Search the lines of a part"),
    about=Text(
        "“q”: hesap, fiş no, madde no, tutar (1.234,56) ya da açıklamadan sözcükler.",
        "“q”: an account, a voucher, a journal number, an amount (1.234,56), or words.",
    ),
    gives={200: FoundLines},
)
def ledger_lines(
    request: HttpRequest, id: Number, q: Wanted = "", cursor: Cursor = "", limit: Limit = 50
) -> HttpResponse:
    asking = visit(request)
    found = ledgers.lines(asking.caller, asking.taxpayer, id, ledgers.query_of(q), after=unpacked(cursor), limit=limit)
    return reply(
        FoundLines(
            items=tuple(showing.line(one) for one in found.hits),
            count=found.count,
            debit=found.debit,
            credit=found.credit,
            next=None if found.after is None else packed(found.after),
        )
    )


# -- what they have in common ------------------------------------------------------------------------------------------


def _month_shown(asking: Visit, request: HttpRequest, month: date, branch: str) -> HttpResponse:
    language = language_of(request)
    parts = ledgers.parts(asking.caller, asking.taxpayer, month, branch)
    with working_for(asking.caller, asking.taxpayer):
        packages = gib.packages_of(asking.taxpayer, month, branch)
        copies = gib.copies_of(asking.taxpayer, month, branch)
    return reply(
        LedgerMonthShown(
            month=showing.month_text(month),
            branch=branch,
            parts=tuple(showing.part(one) for one in parts),
            packages=tuple(showing.package(one, language) for one in packages),
            copies=tuple(showing.copy(one, language) for one in copies),
        )
    )


def _facts(asking: Visit, branch: str) -> HttpResponse:
    found = ledgers.facts_of(asking.caller, asking.taxpayer, branch)
    branches = ledgers.branches(asking.caller, asking.taxpayer)
    ways = ledgers.ways_to_seal(asking.caller, asking.taxpayer)
    return reply(
        FactsView(
            branch=branch,
            facts=msgspec.convert(msgspec.to_builtins(found), FactsBody),
            branches=tuple(number for number, _ in branches),
            keys=tuple(way.key for way in ways if way.is_usable),
        )
    )


def _given(facts: FactsBody) -> dict[str, Any]:
    """What was written; what was left out takes its default."""
    found: dict[str, Any] = msgspec.to_builtins(facts)
    return found


def _or_none(day: date | UnsetType) -> date | None:
    return None if day is UNSET else day
