"""Documents judged by the rules in force, and what is kept of a judgement."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.reports import KINDS as REPORTED_KINDS
from ulak.reports import Product, ReportError, Words, kind_of, missing, words_at
from ulak.rules import Checker, Finding, Level, PackStore, Report, Verdict, checker_for
from ulak.rules.check import FieldOf, choose, unreadable
from ulak.rules.moulds import LARGEST, Cast, cast_of
from ulak.xml import XmlError, parse
from ulak_server.documents.kinds import KINDS

__all__ = ["MOST_FINDINGS", "Judged", "error_of_problem", "error_of_report", "judge", "judge_to_send"]

MOST_FINDINGS: Final = 100
"""Findings that are kept of one document."""
_HELD: Final = 30
_REPORTED: Final = frozenset(profile for kind in KINDS.values() if kind.is_archived for profile in kind.profiles)
"""Profiles of the documents that GİB is told of."""
_FAULTY: Final = Text(
    "Belge GİB kurallarına uymuyor: {count} hata.", "The document breaks rules of GİB's: {count} errors."
)
_UNJUDGED: Final = Text("Belge denetlenemedi.", "The document could not be judged.")
_REPAIR: Final = Text(
    "Bulguları giderip belgeyi düzeltilmiş olarak yeniden verin.",
    "Remove what was found, and hand in the corrected document.",
)


def judge(body: bytes, today: date, field_of: FieldOf | None = None) -> Report:
    """The report on a document that is to be sent, by the pack in force on that business day.

    Args:
        field_of: names the caller's own field, where the document was built from JSON.
    """
    try:
        root = parse(body)
    except XmlError as error:
        return unreadable(error)
    store = _store()
    choice = choose(root, store, today)
    report = checker_for(choice.pack, store).check_tree(root, body, today=today, field_of=field_of)
    return _with_needs(report, root, today, field_of)


def _with_needs(report: Report, root: etree._Element, today: date, field_of: FieldOf | None = None) -> Report:
    """The report, and what the document lacks for GİB to be told of it: nothing is issued that cannot be reported.

    Source: e-Arşiv Kılavuzu V1.18, 3.3.
    """
    found = tuple(
        Finding(
            one.code,
            Level.ERROR,
            one.text,
            one.text,
            one.repair,
            one.where,
            one.line,
            field=field_of(one.where) if field_of else "",
        )
        for one in _needs(root, today)
    )
    if not found:
        return report
    verdict = Verdict.INVALID if report.verdict is Verdict.VALID else report.verdict
    return replace(report, verdict=verdict, findings=(*report.findings, *found))


def _needs(root: etree._Element, today: date) -> tuple[ReportError, ...]:
    """What keeps a document from being reported by the pack in force; nothing of one that is not reported."""
    kind = kind_of(root)
    if kind is None:
        return ()
    return missing(
        root, numbered=True, words=_words(REPORTED_KINDS[kind].product, today, int(time.monotonic()) // _HELD)
    )


@lru_cache(maxsize=8)
def _words(product: Product, today: date, _moment: int) -> Words:
    """The values that the report's schema knows; looked up twice a minute, since packs may be added while it runs."""
    return words_at(_store(), product, today)


class Judged(NamedTuple):
    """What came of judging a document that is about to go out.

    Attributes:
        error: what is kept with it; None if nothing is wrong.
        root: its tree, for whoever seals it; None if it could not be read, or had not to be parsed.
        cast: its markup and texts; None of a large one.
    """

    error: dict[str, Any] | None
    root: etree._Element | None = None
    cast: Cast | None = None


def judge_to_send(body: bytes, today: date) -> Judged:
    """Judge a document by the pack in force on that business day; its author's warnings are sought only with errors.

    One that is like a document in order is not parsed, unless what the report needs of it has to be looked for.
    """
    cast = cast_of(body) if len(body) <= LARGEST else None
    known = _usual_checker(today, int(time.monotonic())).recall(cast, today=today) if cast is not None else None
    if known is not None and known.profile.strip() not in _REPORTED:
        return Judged(None, None, cast)
    try:
        root = parse(body)
    except XmlError as error:
        return Judged(error_of_report(unreadable(error)))
    report = known or _judged_to_send(body, root, today, cast)
    return Judged(error_of_report(_with_needs(report, root, today)), root, cast)


def _judged_to_send(body: bytes, root: etree._Element, today: date, cast: Cast | None) -> Report:
    store = _store()
    choice = choose(root, store, today)
    report = checker_for(choice.pack, store, advice=False).check_tree(root, body, today=today, cast=cast)
    if report.verdict is Verdict.VALID:
        return report
    return checker_for(choice.pack, store).check_tree(root, body, today=today)


@lru_cache(maxsize=4)
def _usual_checker(today: date, _moment: int) -> Checker:
    """The checker of UBL-TR; looked up once a second, since packs may be added while it runs."""
    return checker_for(_store().choose("ubl-tr", today).pack, _store(), advice=False)


def error_of_report(report: Report) -> dict[str, Any] | None:
    """What is kept of a judgement with the document: why it waits for its author; None if nothing is wrong.

    ``{"code", "text": {tr, en}, "repair": {tr, en}, "findings": [...], "pack"}``; findings are as ``ulak check`` prints
    them, their sentences in both languages; warnings come after errors.
    """
    if report.verdict is Verdict.VALID:
        return None
    errors = [one for one in report.findings if one.level is not Level.WARNING]
    warnings = [one for one in report.findings if one.level is Level.WARNING]
    unjudged = report.verdict is Verdict.COULD_NOT_JUDGE
    text = _UNJUDGED if unjudged else _FAULTY.format(count=len(errors))
    return {
        "code": "document.unjudged" if unjudged else "document.faulty",
        "text": _both(text),
        "repair": _both(_REPAIR),
        "findings": [_finding(one) for one in [*errors, *warnings][:MOST_FINDINGS]],
        "pack": report.pack,
    }


def error_of_problem(error: UlakError) -> dict[str, Any]:
    """The same of an error that keeps a document from being numbered or sealed."""
    return {"code": error.code, "text": _both(error.text), "repair": _both(error.repair), "findings": []}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        **one.as_json(),
        "message": _both(one.message),
        "explanation": _both(one.explanation),
        "repair": _both(one.repair),
    }


def _both(text: Text) -> dict[str, str]:
    return {"tr": text.tr, "en": text.en}


@cache
def _store() -> PackStore:
    return PackStore()
