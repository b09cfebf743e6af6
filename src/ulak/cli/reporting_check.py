"""``ulak report check``: reports judged as GİB judges them, and their packages' names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from ulak.cli.errors import Exit
from ulak.cli.inputs import InputError, shown
from ulak.cli.judging import Wish, exit_of, rendered, store
from ulak.cli.reporting_open import open_report
from ulak.cli.session import Session
from ulak.errors import UlakError
from ulak.reports import ReportError, check, read
from ulak.reports.packages import misnamed
from ulak.reports.values import ISTANBUL
from ulak.rules import Finding, Level, Report, Verdict
from ulak.xml import XmlError

__all__ = ["check_reports"]


def check_reports(session: Session, names: Sequence[str], wish: Wish, *, is_sealed: bool) -> Exit:
    """Judge reports one after the other.

    Args:
        is_sealed: False where they have no seal yet, and the missing seal is no fault.
    """
    worst = Exit.OK
    for at, name in enumerate(names):
        report = _judged(name, wish.as_of or datetime.now(ISTANBUL).date(), is_sealed)
        worst = max(worst, exit_of(report))
        _print(session, report, wish, at, len(names))
    return worst


def _print(session: Session, report: Report, wish: Wish, at: int, count: int) -> None:
    if wish.format == "text":
        session.put_bytes(rendered(report, wish))
        return
    session.put_bytes(b"[" if not at else b",")
    session.put_bytes(rendered(report, wish))
    if at == count - 1:
        session.put_bytes(b"]\n")


def _judged(name: str, day: date, is_sealed: bool) -> Report:
    file = shown(name)
    try:
        with open_report(name) as found:
            report = check(found.stream, store(), day=day, is_sealed=is_sealed, file=file)
            inner = found.inner
        wrong = _misnamed(name, inner) if inner else None
    except (InputError, ReportError, XmlError) as error:
        return _refused(error, file)
    if wrong is None:
        return report
    verdict = Verdict.INVALID if report.verdict is Verdict.VALID else report.verdict
    return replace(report, verdict=verdict, findings=(_finding(wrong), *report.findings))


def _misnamed(name: str, inner: str) -> ReportError | None:
    """What is wrong with a package's names; of a head that cannot be read other findings tell."""
    try:
        with open_report(name) as again:
            number = read(again.stream).header.number
    except UlakError:
        return None
    return misnamed(os.path.basename(shown(name)), inner, number)


def _finding(error: UlakError, level: Level = Level.ERROR) -> Finding:
    return Finding(error.code, level, error.text, error.text, error.repair, error.where, error.line)


def _refused(error: UlakError, file: str) -> Report:
    unread = error.code.startswith("file.") or error.code == "report.no-rules"
    verdict, level = (Verdict.COULD_NOT_JUDGE, Level.ENGINE) if unread else (Verdict.INVALID, Level.ERROR)
    return Report(verdict, (_finding(error, level),), file=file)
