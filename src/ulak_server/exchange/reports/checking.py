"""Elements of a report judged by GİB's rules before they are written, so that one at fault is found, and alone.

The packs that GİB's center judges by judge here too (Denetim Kılavuzu K10, K11: schema and Schematron before sending).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from ulak import reports
from ulak.errors import Text, UlakError
from ulak.reports import Entry, Header, Product
from ulak.rules import Finding, Level, PackStore, Verdict
from ulak_server.exchange.reports.problems import ReportingError, reporting_error

__all__ = ["Judge"]

_HEAD: Final = "/eArsivRaporu/baslik"
_NO_RULES: Final = "report.no-rules"


class Judge:
    """Judges elements of one report.

    Args:
        today: the business day; the pack in force on it judges. Without GİB's package nothing is judged.

    Attributes:
        words: the values that it knows.
    """

    def __init__(self, header: Header, product: Product, today: date) -> None:
        self._header, self._product, self._today = header, product, today
        self._store = PackStore()
        self._has_rules = True
        self.words = reports.words_at(self._store, product, today)

    def faults(self, entries: Sequence[Entry]) -> dict[int, ReportingError]:
        """Which of them break a rule, by their places.

        Raises:
            ReportingError: ``reporting.header-invalid``.
        """
        return self._faults(entries, 0) if entries else {}

    def _faults(self, entries: Sequence[Entry], first: int) -> dict[int, ReportingError]:
        found = self._errors(entries)
        if not found:
            return {}
        for one in found:
            if one.xpath.startswith(_HEAD):
                raise reporting_error("reporting.header-invalid", detail=_said(one))
        if len(entries) == 1:
            return {first: reporting_error("reporting.invalid", detail=_said(found[0]))}
        half = len(entries) // 2
        return {**self._faults(entries[:half], first), **self._faults(entries[half:], first + half)}

    def _errors(self, entries: Sequence[Entry]) -> Sequence[Finding]:
        """What a report of these entries alone would be refused for."""
        if not self._has_rules:
            return ()
        source = self._report_of(entries)
        try:
            found = reports.check(source, self._store, day=self._today, product=self._product, is_sealed=False)
        except UlakError as error:
            if error.code != _NO_RULES:
                raise
            self._has_rules = False
            return ()
        if found.verdict is not Verdict.INVALID:
            return ()
        return [one for one in found.findings if one.level is Level.ERROR]

    def _report_of(self, entries: Sequence[Entry]) -> io.BytesIO:
        target = io.BytesIO()
        writer = reports.ReportWriter(target, self._header, self._product)
        seen = set()
        for entry in entries:
            if (entry.element, entry.number) not in seen:
                seen.add((entry.element, entry.number))
                writer.add(entry)
        writer.end()
        target.seek(0)
        return target


def _said(finding: Finding) -> Text:
    """GİB's own words, and where they point."""
    said = finding.message
    return Text(f"{said.tr} ({finding.xpath})", f"{said.en} ({finding.xpath})")
