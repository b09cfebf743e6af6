"""Documents judged by GİB's package for their kind, where one is installed."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, NamedTuple

from ulak.errors import Text
from ulak.ledger.judging import judge
from ulak.reports import Product, ReportError
from ulak.reports.checking import check
from ulak.rules import PackError, PackStore
from ulak.rules.findings import Finding, Level, Report
from ulak_center.office.problems import Note, note

__all__ = ["Ruling", "rule_book", "rule_report", "words"]

_SHOWN = 3
_MOST_WORDS = 600


class Ruling(NamedTuple):
    """What the rules say: the errors, the pack that found them, and whether something was not judged."""

    pack: str
    errors: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()


def rule_book(packs: PackStore | None, source: BinaryIO, today: date, file: str, max_bytes: int) -> Ruling:
    """Judge a book, berat or ledger report, however large, by GİB's e-Defter package in force.

    Without one it passes, and a note says so.
    """
    nothing = Ruling("", notes=(note("office.no-pack", kind="edefter"),))
    if packs is None:
        return nothing
    try:
        packs.choose("edefter", today)
    except PackError:
        return nothing
    source.seek(0)
    return _ruling(judge(source, file, packs, on=today, max_bytes=max_bytes))


def rule_report(
    packs: PackStore | None, product: Product, source: BinaryIO, today: date, file: str, max_bytes: int
) -> Ruling:
    """Judge an e-Arşiv report as `rule_book` does a book, piece by piece."""
    nothing = Ruling("", notes=(note("office.no-pack", kind=product.value),))
    if packs is None:
        return nothing
    source.seek(0)
    try:
        report = check(source, packs, day=today, product=product, file=file, max_bytes=max_bytes)
    except ReportError:
        return nothing
    return _ruling(report)


def _ruling(report: Report) -> Ruling:
    errors = tuple(finding for finding in report.findings if finding.level is Level.ERROR)
    stopped = [finding for finding in report.findings if finding.level is Level.ENGINE]
    notes = (note("office.not-judged", pack=report.pack, detail=stopped[0].message),) if stopped else ()
    return Ruling(report.pack, errors, notes)


def words(errors: tuple[Finding, ...]) -> Text:
    """The first errors in one sentence, with the lines they stand in."""
    shown = errors[:_SHOWN]
    more = len(errors) - len(shown)
    tr = "; ".join(_said(error.message.tr, error.line, "satır") for error in shown)
    en = "; ".join(_said(error.message.en, error.line, "line") for error in shown)
    return Text(tr + (f"; ve {more} hata daha" if more else ""), en + (f"; and {more} more" if more else ""))


def _said(message: str, line: int | None, word: str) -> str:
    short = " ".join(message.split())[:_MOST_WORDS]
    return f"{short} ({word} {line})" if line else short
