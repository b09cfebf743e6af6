"""What e-Defter documents say of the same things, compared: book and berat, journal and ledger, ledgers and report.

GİB is not known to refuse a package whose figures differ, so what differs is noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ulak.ledger.berats import ACCOUNTS, Sums
from ulak_center.office.books import MEGABYTE, Book, Name
from ulak_center.office.problems import Note, note

__all__ = ["added", "differing", "facts_of", "sums_in", "unlike"]

_CENT: Final = Decimal("0.01")
_NOTHING: Final = (Decimal(0), Decimal(0))


def facts_of(name: Name, berat: Book, book: list[Book]) -> dict[str, Any]:
    """What is kept of an accepted package."""
    head, of = berat.head, book[0] if book else berat
    sums = {account: [str(debit), str(credit)] for account, (debit, credit) in berat.counted.sums.items()}
    return {
        "kind": name.kind,
        "month": name.month,
        "part": name.part,
        "branch": name.branch,
        "start": head.start,
        "end": head.end,
        "unique": head.unique,
        "title": head.title,
        "entries": of.counted.entries if book else 0,
        "size": of.size,
        "software": head.source_application,
        "sums": sums,
    }


def sums_in(facts: Mapping[str, Any]) -> Sums:
    """The sums that were kept of a package."""
    kept = facts.get("sums") or {}
    return {account: (Decimal(debit), Decimal(credit)) for account, (debit, credit) in kept.items()}


def added(many: Iterable[Sums]) -> Sums:
    """The sums of several documents."""
    found = dict.fromkeys(ACCOUNTS, _NOTHING)
    for sums in many:
        for account, (debit, credit) in sums.items():
            known = found.get(account, _NOTHING)
            found[account] = known[0] + debit, known[1] + credit
    return found


def unlike(code: str, wanted: Sums, found: Sums, package: str = "") -> Iterator[Note]:
    """The note that sums differ, with the first account of which they do."""
    for account in ACCOUNTS:
        ours, theirs = wanted.get(account, _NOTHING), found.get(account, _NOTHING)
        if ours != theirs:
            yield note(code, account=account, found=_said(theirs), wanted=_said(ours), package=package)
            return


def _said(sums: tuple[Decimal, Decimal]) -> str:
    return f"D {sums[0]} / C {sums[1]}"


def differing(book: Book, berat: Book) -> Iterator[Note]:
    """What a berat tells of its book that is not so: size, entries, sums (Berat Kılavuzu V1.2, 2.2)."""
    yield from _size(book, berat)
    said = berat.head.entries_said
    if said and said != str(book.counted.entries):
        yield note("ledger.count-differs", said=said[:20], found=book.counted.entries)
    if berat.head.kind != "EB":
        yield from unlike("ledger.sums-differ", book.counted.sums, berat.counted.sums)


def _size(book: Book, berat: Book) -> Iterator[Note]:
    """The berat states the book's size in MB, rounded to two digits (Berat Kılavuzu V1.2, 2.2.3)."""
    found = (Decimal(book.size) / MEGABYTE).quantize(_CENT, ROUND_HALF_UP)
    try:
        differs = abs(Decimal(berat.head.megabytes or "0") - found) > _CENT
    except ArithmeticError:
        differs = True
    if differs:
        yield note("ledger.size-differs", said=berat.head.megabytes[:20] or "–", found=found)
