"""What the check found: every place of one kind, all of them as a file, and warnings that somebody has seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from ulak.errors import Text
from ulak_server.ledgers import services as ledgers
from ulak_server.overview import months
from ulak_server.pages.asking import day_of
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import title_of, work_view
from ulak_server.portal.rooms.ledger_works_words import TONES

_PLACES: Final = 100
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BALANCE: Final = {
    "tr": ("Hesap kodu", "Hesap adı", "Borç", "Alacak", "Bakiye"),
    "en": ("Account", "Name", "Debit", "Credit", "Balance"),
}


@ROOM.page("GET", "ledgers/works/<int:id>/findings/<str:code>", "ledgers.read", Text("Bulgunun yerleri", "Places"))
def group(request: HttpRequest, visit: Visit, id: int, code: str) -> HttpResponse:
    """Every place at which something of one kind was found."""
    work = ledgers.work_of(visit.caller, visit.taxpayer, id)
    found = next((one for one in ledgers.findings(visit.caller, visit.taxpayer, id).groups if one.code == code), None)
    if found is None:
        raise problem("pages.not-found")
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    rows = ledgers.examples(visit.caller, visit.taxpayer, id, code, after=after, limit=_PLACES + 1)
    tone, icon = TONES[found.level]
    values = {
        "work": work_view(work),
        "group": found,
        "tone": tone,
        "icon": icon,
        "rows": rows[:_PLACES],
        "previous": f"?after={max(0, after - _PLACES)}" if after else "",
        "next": f"?after={after + _PLACES}" if len(rows) > _PLACES else "",
    }
    return shown(request, visit, "portal/ledger_works/group.html", values, title=title_of(work))


@ROOM.page("GET", "ledgers/works/<int:id>/findings", "ledgers.read", Text("Bulguları indir", "Download the findings"))
def findings_file(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """All findings with their places, as a sheet."""
    kind: Literal["csv", "xlsx"] = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    work = ledgers.work_of(visit.caller, visit.taxpayer, id)
    pieces = ledgers.findings_file(visit.caller, visit.taxpayer, id, kind, visit.language)
    name = {"tr": "bulgular", "en": "findings"}[visit.language]
    return _attached(pieces, f"ulak-{name}-{months.written(work.month)}.{kind}", kind)


@ROOM.page("GET", "ledgers/works/<int:id>/balance", "ledgers.read", Text("Mizanı indir", "Download the trial balance"))
def balance_file(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """The trial balance of what was planned."""
    work = ledgers.work_of(visit.caller, visit.taxpayer, id)
    name = {"tr": "mizan", "en": "trial-balance"}[visit.language]
    rows = ledgers.preview(visit.caller, visit.taxpayer, id).balance
    return _attached(_balance(visit, rows), f"ulak-{name}-{months.written(work.month)}.csv", "csv")


@ROOM.page(
    "POST", "ledgers/works/<int:id>/acknowledge", "ledgers.write", Text("Uyarıları gördüm", "Acknowledge warnings")
)
def acknowledge(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Go on in spite of warnings, knowingly."""
    seen = request.POST.getlist("code")[:200]
    ledgers.acknowledge(visit.caller, visit.taxpayer, id, seen, origin=visit.origin)
    ledgers.plan(visit.caller, visit.taxpayer, id, day_of(request.POST.get("until", "")), origin=visit.origin)
    return go(request, at(visit, "ledger_works.one", id=id))


@ROOM.page("POST", "ledgers/works/<int:id>/check", "ledgers.write", Text("Denetle", "Check"))
def check(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Have the files read and checked."""
    ledgers.check(visit.caller, visit.taxpayer, id, origin=visit.origin)
    return go(request, at(visit, "ledger_works.one", id=id))


def _balance(visit: Visit, rows: Sequence[Any]) -> Iterator[bytes]:
    decimal = {"tr": ",", "en": "."}[visit.language]
    yield "\ufeff".encode()
    yield _row(_BALANCE[visit.language])
    for one in rows:
        amounts = (f"{amount:.2f}".replace(".", decimal) for amount in (one.debit, one.credit, one.balance))
        yield _row((_plain(one.account), _plain(one.name), *amounts))


def _row(cells: tuple[str, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _attached(pieces: Iterator[bytes], name: str, kind: str) -> HttpResponse:
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8" if kind == "csv" else _XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
