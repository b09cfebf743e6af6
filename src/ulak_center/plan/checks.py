"""Documents and envelopes judged: by GİB's schemas and Schematron, and by their seals."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, NamedTuple

from ulak.envelope import Limits, opening
from ulak.envelope.unzipping import content, entry_of
from ulak.errors import Text, UlakError
from ulak.rules import Checker, Level, PackStore, Report, Verdict, checker_for
from ulak.seal.trust import Trust
from ulak.seal.verify import verify
from ulak_center.values import ISTANBUL

__all__ = ["Checks", "Found", "xml_of"]

_FINE: Final = Text("geçti", "passed")
_UNSURE: Final = Text("kurallar değerlendirilemedi", "the rules could not be judged")
_MOST: Final = 3


class Found(NamedTuple):
    """What a check found.

    Attributes:
        status: the code of GİB's that a receiver answers with; 1200 if all is well.
        reason: in words; what is wrong first.
    """

    status: int = 1200
    reason: Text = _FINE

    @property
    def passed(self) -> bool:
        return self.status == 1200


class Checks:
    """Judges by the rules in force on the day, and by a trust. Threads may share it.

    Args:
        trust: judges the certificates of seals.
        now: the time, aware.
    """

    def __init__(self, trust: Trust, now: Callable[[], datetime], store: PackStore | None = None) -> None:
        self._trust, self._now = trust, now
        self._store = store or PackStore()

    def rules(self, data: bytes) -> Found:
        """Schema and Schematron of a document, or of an envelope's XML with all that is in it."""
        day = self._now().astimezone(ISTANBUL).date()
        return _of_report(self._checker(day).check(data, today=day))

    def seal(self, data: bytes) -> Found:
        """The seal of one document."""
        try:
            report = verify(data, trust=self._trust, at=self._now())
        except UlakError as error:
            return Found(1177, error.text)
        if report.passed:
            return Found()
        reasons = [reason.text for reason in report.reasons[:_MOST]]
        said = Text("; ".join(text.tr for text in reasons), "; ".join(text.en for text in reasons))
        return Found(1177, Text(f"{report.indication}: {said.tr}", f"{report.indication}: {said.en}"))

    def envelope(self, data: bytes, name: str = "") -> Found:
        """A ZIP: whether it opens, and what the rules say of the envelope in it."""
        try:
            opened = opening(data, name=name)
            for _ in opened:
                pass
            xml = xml_of(data)
        except UlakError as error:
            return Found(int(getattr(error, "status", "") or 1130), error.text)
        for fault in opened.faults:
            return Found(int(fault.status or 1150), fault.text)
        return self.rules(xml)

    def _checker(self, day: date) -> Checker:
        return checker_for(self._store.choose("ubl-tr", day).pack, self._store, advice=False)


def xml_of(data: bytes) -> bytes:
    """The XML in the ZIP of an envelope; raises EnvelopeError if it cannot be read."""
    file, limits = io.BytesIO(data), Limits()
    return b"".join(content(file, entry_of(file, limits), limits))


def _of_report(report: Report) -> Found:
    if report.verdict is Verdict.VALID:
        return Found()
    wrong = [finding for finding in report.findings if finding.level is not Level.WARNING]
    said = [f"{finding.id}: " for finding in wrong[:_MOST]]
    texts = [finding.explanation for finding in wrong[:_MOST]]
    tr = "; ".join(id + text.tr for id, text in zip(said, texts, strict=True))
    en = "; ".join(id + text.en for id, text in zip(said, texts, strict=True))
    if report.verdict is Verdict.COULD_NOT_JUDGE:
        return Found(1195, Text(f"{_UNSURE.tr}: {tr}", f"{_UNSURE.en}: {en}"))
    by_schema = any(finding.id.startswith("xsd.") for finding in wrong)
    return Found(1160 if by_schema else 1150, Text(tr, en))
