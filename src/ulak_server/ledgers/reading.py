"""What was made, as faces show and hand it out: previews, balances, findings in full, the files themselves."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO, Final, Literal

import msgspec

from ulak.errors import Language, Text
from ulak.ledger.names import FileName
from ulak.ledger.packages import contents
from ulak.ledger.values import Month
from ulak_server.exchange.keys import authority
from ulak_server.ledgers import keeping, law
from ulak_server.ledgers.companies import LABELS, missing
from ulak_server.ledgers.doors import READ, admitted, scopes
from ulak_server.ledgers.keeping import PIECE
from ulak_server.ledgers.models import Book, File, Finding, Part
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.tables import as_csv, as_workbook
from ulak_server.ledgers.values import BalanceRow, BookView, Example, PartView, Preview
from ulak_server.ledgers.views import book_view, part_view, sums_of
from ulak_server.ledgers.works import held
from ulak_server.people.services import Caller
from ulak_server.taxpayers import services as taxpayers

__all__ = [
    "balances",
    "books",
    "compare",
    "examples",
    "file_of",
    "findings_file",
    "may_stamp",
    "missing_facts",
    "part_of",
    "preview",
]

_HEADINGS: Final = (
    Text("Düzey", "Level"), Text("Kod", "Code"), Text("Dosya", "File"), Text("Satır", "Row"),
    Text("Sütun", "Column"), Text("Değer", "Value"), Text("Fiş", "Voucher"), Text("Açıklama", "What is wrong"),
    Text("Ne yapmalı", "What to do"),
)  # fmt: skip
_LEVELS: Final = {"error": Text("Hata", "Error"), "warning": Text("Uyarı", "Warning")}
_KINDS: Final = {"books": ("YB", "KB"), law.INVENTORY: ("EB",)}
_NOTHING: Final = Decimal(0)
_MOST_EXAMPLES: Final = 1_000_000_000
_MANY: Final = 2_000
"""Findings from which on the process that answers people makes no workbook of them."""


# -- before books are made ---------------------------------------------------------------------------------------------


def preview(caller: Caller, taxpayer: int, work: int) -> Preview:
    """What a planned work will make: its parts, totals, trial balance by main accounts, and what GİB gets."""
    with admitted(caller, taxpayer, READ):
        one = held(taxpayer, work)
        parts = list(Part.objects.filter(work=one).order_by("number"))
        kept = File.objects.filter(work=one, what="balance", completed_at__isnull=False).first()
        number, due = taxpayers.of(taxpayer).number, law.due_of(one)
    rows = _rows(caller, taxpayer, kept, "main") if kept else []
    kinds = _KINDS[one.kind]
    names = [FileName(number, Month.of(one.month), kind, part.number, one.branch) for part in parts for kind in kinds]  # type: ignore[arg-type]
    packages = [(name.zip, name.kind, [each.xml for each in contents(name)]) for name in names]
    views = [part_view(part, ()) for part in parts]
    return Preview(views, sums_of(one), rows, packages, due, one.until)


def missing_facts(caller: Caller, taxpayer: int, branch: str = "") -> Sequence[Text]:
    """Labels of the company's facts without which no book can be made; none: all is there."""
    with admitted(caller, taxpayer, READ):
        return [LABELS.get(name, Text(name, name)) for name in missing(taxpayer, branch)]


def may_stamp() -> bool:
    """Whether seals can carry a time stamp here."""
    return authority() is not None


# -- findings ----------------------------------------------------------------------------------------------------------


def examples(
    caller: Caller, taxpayer: int, work: int, code: str, *, after: int = 0, limit: int = 50
) -> Sequence[Example]:
    """Single places of a kind of fault, `after` of them skipped."""
    with admitted(caller, taxpayer, READ):
        one = held(taxpayer, work)
        row = Finding.objects.filter(work=one, code=code).first()
        kept = File.objects.filter(work=one, what="findings", completed_at__isnull=False).first()
    after = min(after, _MOST_EXAMPLES)
    if row is None:
        return []
    if kept is None or after + limit <= len(row.examples):
        return [Example(place, *each) for place, each in enumerate(row.examples, 1)][after : after + limit]
    fitting = (rest for found, *rest in _listed(caller, taxpayer, kept) if found == code)
    return [Example(place, *each) for place, each in enumerate(islice(fitting, after, after + limit), after + 1)]


def findings_file(
    caller: Caller, taxpayer: int, work: int, form: Literal["csv", "xlsx"] = "csv", language: Language = "tr"
) -> Iterator[bytes]:
    """All findings of a work as a file, piece by piece; errors are raised before the first piece."""
    with admitted(caller, taxpayer, READ):
        one = held(taxpayer, work)
        rows = {row.code: row for row in Finding.objects.filter(work=one).order_by("place")}
        kept = File.objects.filter(work=one, what="findings", completed_at__isnull=False).first()
    told = _told_rows(_all_of(caller, taxpayer, rows, kept), rows, language)
    headings = [one.say(language) for one in _HEADINGS]
    if form == "csv":
        return as_csv(headings, told)
    return as_workbook(headings, told, is_large=sum(row.count for row in rows.values()) > _MANY)


def _all_of(
    caller: Caller, taxpayer: int, rows: dict[str, Finding], kept: File | None
) -> Iterator[tuple[str, list[Any]]]:
    if kept is not None:
        yield from ((code, rest) for code, *rest in _listed(caller, taxpayer, kept))
    for code, row in rows.items():
        if kept is None or row.origin != "check":
            yield from ((code, list(each)) for each in row.examples)


def _told_rows(
    found: Iterable[tuple[str, list[Any]]], rows: dict[str, Finding], language: Language
) -> Iterator[list[Any]]:
    for code, (source, number, column, value, voucher) in found:
        row = rows.get(code)
        if row is not None:
            said = [row.text[language], row.repair[language]]
            yield [_LEVELS[row.level].say(language), code, source, number, column, value, voucher, *said]


def _listed(caller: Caller, taxpayer: int, kept: File) -> Iterator[list[Any]]:
    """The kept findings, one after the other, whatever piece they stand in."""
    rest = b""
    for piece in keeping.pieces(kept, scopes(caller, taxpayer)):
        *whole, rest = (rest + piece).split(b"\n")
        yield from map(msgspec.json.decode, whole)


# -- books -------------------------------------------------------------------------------------------------------------


def part_of(caller: Caller, taxpayer: int, part: int) -> PartView:
    """A part with its books and packages; raises `UnknownLedger` ``ledger-work.book-unknown``."""
    with admitted(caller, taxpayer, READ):
        one = Part.objects.filter(taxpayer_id=taxpayer, id=part).first()
        if one is None:
            raise problem("ledger-work.book-unknown")
        found = Book.objects.filter(part=one).select_related("file").order_by("id")
        return part_view(one, [book_view(each) for each in found])


def books(caller: Caller, taxpayer: int, work: int) -> Sequence[tuple[str, BookView]]:
    """The books, berats and packages of a work, each with the number of its part (empty: the month's report)."""
    with admitted(caller, taxpayer, READ):
        found = Book.objects.filter(work=held(taxpayer, work)).select_related("file", "part").order_by("id")
        return [(one.part.number if one.part else "", book_view(one)) for one in found]


def file_of(caller: Caller, taxpayer: int, book: int) -> tuple[BookView, Iterator[bytes]]:
    """A book, berat or package, piece by piece; each piece is read in a scope of its own.

    It is read through once before the first piece, so that nothing that was changed is handed out.

    Raises:
        UnknownLedger: ``ledger-work.book-unknown``.
        LedgerWorkError: ``ledger-work.changed``.
        ArchiveError: ``archive.damaged`` …
    """
    with admitted(caller, taxpayer, READ):
        one = _book(taxpayer, book)
    digest = hashlib.sha256()
    for piece in keeping.pieces(one.file, scopes(caller, taxpayer)):
        digest.update(piece)
    if digest.hexdigest() != one.file.digest:
        raise problem("ledger-work.changed", name=one.name)
    return book_view(one), keeping.pieces(one.file, scopes(caller, taxpayer))


def compare(caller: Caller, taxpayer: int, book: int, stream: BinaryIO) -> BookView:
    """See that a file is, byte for byte, the book that was made here.

    Raises:
        UnknownLedger: ``ledger-work.book-unknown``.
        LedgerWorkError: ``ledger-work.not-ours``.
    """
    with admitted(caller, taxpayer, READ):
        one = _book(taxpayer, book)
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    if digest.hexdigest() != one.file.digest:
        raise problem("ledger-work.not-ours", name=one.name)
    return book_view(one)


def balances(
    caller: Caller, taxpayer: int, month: date, branch: str = "", *, by: Literal["main", "sub"] = "main"
) -> Sequence[BalanceRow]:
    """The trial balance of a month over all parts that were planned or made and not given up."""
    with admitted(caller, taxpayer, READ):
        parts = Part.objects.filter(
            taxpayer_id=taxpayer, kind="books", month=month.replace(day=1), branch=branch, withdrawn_at__isnull=True
        )
        works = set(parts.values_list("work_id", flat=True))
        kept = list(File.objects.filter(work_id__in=works, what="balance", completed_at__isnull=False).order_by("id"))
    return _added(row for one in kept for row in _rows(caller, taxpayer, one, by))


def _book(taxpayer: int, book: int) -> Book:
    found = Book.objects.filter(taxpayer_id=taxpayer, id=book).select_related("file").first()
    if found is None:
        raise problem("ledger-work.book-unknown")
    return found


def _rows(caller: Caller, taxpayer: int, kept: File, by: str) -> list[BalanceRow]:
    data = b"".join(keeping.pieces(kept, scopes(caller, taxpayer)))
    return [BalanceRow(code, name, *map(Decimal, sums)) for code, name, *sums in msgspec.json.decode(data)[by]]


def _added(rows: Iterable[BalanceRow]) -> list[BalanceRow]:
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [_NOTHING, _NOTHING])
    names: dict[str, str] = {}
    for row in rows:
        sums[row.account][0] += row.debit
        sums[row.account][1] += row.credit
        names.setdefault(row.account, row.name)
    return [
        BalanceRow(code, names[code], debit, credit, debit - credit) for code, (debit, credit) in sorted(sums.items())
    ]
