"""Documents judged by GİB's XSD and Schematron: each by itself, or all of them inside their envelope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from lxml import etree

from ulak.envelope import Document
from ulak.envelope.limits import MOST_ELEMENTS
from ulak.errors import Text
from ulak.rules import Checker, Finding, Level, Report, Verdict
from ulak_center.judging.problems import Refused, refused
from ulak_center.judging.reading import label
from ulak_center.values import Filed

__all__ = ["judged_alone", "judged_whole"]

_LARGEST: Final = 512 * 1024 * 1024
_TOLD: Final = 3
"""Findings that are told; a system response is no report."""
_LONGEST: Final = 300
_PLACE: Final = re.compile(r"/Elements(?:\[(\d{1,2})\])?/ElementList(?:/[^/\[]+(?:\[(\d{1,4})\])?)?")
_MORE: Final = Text(" (ve {more} bulgu daha)", " (and {more} more)")
_XSD: Final = "xsd."


def judged_alone(
    checker: Checker, root: etree._Element, document: Document, filed: Filed, today: date
) -> Refused | None:
    """What refuses one document, taken out of its envelope."""
    # The scheme is said because a document's own profile would choose the rules of e-Arşiv.
    report = checker.check_tree(root, document.data, today=today, scheme="efatura")
    if report.verdict is Verdict.VALID:
        return None
    where = label(document, filed)
    return _refusal(report, [(where, finding) for finding in report.findings])


def judged_whole(
    checker: Checker, xml: bytes, documents: Sequence[Document], filings: Sequence[Filed], today: date
) -> Refused | None:
    """What refuses an envelope whose documents are judged inside it, as the rules' authors meant it."""
    report = checker.check(xml, today=today, scheme="efatura", max_bytes=_LARGEST)
    if report.verdict is Verdict.VALID:
        return None
    labels = {
        (document.group, document.position): label(document, filed)
        for document, filed in zip(documents, filings, strict=True)
    }
    return _refusal(report, [(_labelled(finding, labels), finding) for finding in report.findings])


def _labelled(finding: Finding, labels: dict[tuple[int, int], Text]) -> Text:
    found = _PLACE.search(finding.xpath)
    group, position = (int(number or 1) for number in found.groups()) if found else (0, MOST_ELEMENTS)
    return labels.get((group, position), Text("Zarf", "The envelope"))


def _refusal(report: Report, findings: Iterable[tuple[Text, Finding]]) -> Refused:
    """One refusal of a report: XSD before Schematron, and what could not be judged only where nothing else is wrong."""
    wrong = [(where, finding) for where, finding in findings if finding.level is Level.ERROR]
    if not wrong:
        return refused("judge.unjudged", findings=_told([*findings]))
    by_schema = [(where, finding) for where, finding in wrong if finding.id.startswith(_XSD)]
    return refused("judge.schema" if by_schema else "judge.schematron", findings=_told(by_schema or wrong))


def _told(findings: Sequence[tuple[Text, Finding]]) -> Text:
    sentences = [_sentence(where, finding) for where, finding in findings[:_TOLD]]
    told = Text("; ".join(text.tr for text in sentences), "; ".join(text.en for text in sentences))
    more = len(findings) - _TOLD
    if more <= 0:
        return told
    said = _MORE.format(more=more)
    return Text(told.tr + said.tr, told.en + said.en)


def _sentence(where: Text, finding: Finding) -> Text:
    message = finding.message
    return Text(
        f"{where.tr}: {finding.id}: {message.tr[:_LONGEST]}",
        f"{where.en}: {finding.id}: {message.en[:_LONGEST]}",
    )
