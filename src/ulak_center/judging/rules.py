"""Documents judged by GİB's XSD and Schematron: each by itself, then, where that is not enough, inside the envelope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import Document, Envelope, Group, Header, xml_pieces
from ulak.errors import Text
from ulak.rules import Checker, Finding, Level, Verdict
from ulak_center.judging.problems import Refused, refused
from ulak_center.judging.reading import label, shell_of, xml_of
from ulak_center.values import Filed

__all__ = ["Inside", "judged_alone", "worse"]

_LARGEST: Final = 32 * 1024 * 1024
"""An envelope whose XML is larger is not read whole: as a tree it takes ten times that."""
_MOST: Final = 64 * 1024 * 1024
"""Bytes of XML that the rules are given at most."""
_TOLD: Final = 3
"""Findings that are told; a system response is no report."""
_LONGEST: Final = 300
_PLACE: Final = re.compile(r"/Elements(?:\[(\d{1,2})\])?/ElementList/[^/\[]+(?:\[(\d{1,4})\])?")
_MORE: Final = Text(" (ve {more} bulgu daha)", " (and {more} more)")
_ENVELOPE: Final = Text("Zarf", "The envelope")
_XSD: Final = "xsd."
_OF_NUMBERS: Final = ("ElementListCountCheck", "ElementNameCheck")
_RANKS: Final = {"judge.schema": 0, "judge.schematron": 1, "judge.unjudged": 3}
"""Own checks stand between the Schematron's and what could not be judged."""
_Said = tuple[Text, Finding]


def worse(one: Refused | None, other: Refused | None) -> Refused | None:
    """The one of two refusals that is answered; the first if both rank alike."""
    found = [fault for fault in (one, other) if fault is not None]
    return min(found, key=lambda fault: _RANKS.get(fault.code, 2), default=None)


def judged_alone(
    checker: Checker, root: etree._Element, document: Document, filed: Filed, today: date
) -> Refused | None:
    """What refuses one document, taken out of its envelope."""
    # The scheme is said because a document's own profile would choose the rules of e-Arşiv.
    report = checker.check_tree(root, document.data, today=today, scheme="efatura")
    if report.verdict is Verdict.VALID:
        return None
    where = label(document, filed)
    return _refusal([(where, finding) for finding in report.findings])


class Inside(NamedTuple):
    """An envelope to be judged with documents in it.

    Attributes:
        data: its ZIP.
        labels: names of the documents, in their order.
    """

    checker: Checker
    today: date
    header: Header
    data: bytes
    documents: tuple[Document, ...]
    labels: Sequence[Text]

    def shell(self) -> Refused | None:
        """What refuses what stands around the documents, told with one document in each list; of a giant, nothing
        beyond what `ulak.envelope` has told."""
        if self._size() > _MOST:
            return None
        found = self._findings(shell_of(xml_of(self.data), self.documents))
        # That documents were taken out is seen here; `ulak.envelope` has counted them.
        return _refusal([said for said in found if not said[1].id.startswith(_OF_NUMBERS)])

    def whole(self) -> Refused | None:
        """What refuses the documents where they stand; of a giant, each in an envelope of its own."""
        if self._size() <= _LARGEST:
            return _refusal(self._findings(xml_of(self.data)))
        fault = None
        for document, where in zip(self.documents, self.labels, strict=True):
            fault = worse(fault, _refusal([(where, finding) for _, finding in self._findings(self._only(document))]))
        return fault

    def _size(self) -> int:
        return sum(len(document.data) for document in self.documents)

    def _only(self, document: Document) -> bytes:
        assert document.type is not None
        return b"".join(xml_pieces(Envelope(self.header, (Group(document.type, [document.data]),)), parse=False))

    def _findings(self, xml: bytes) -> list[_Said]:
        report = self.checker.check(xml, today=self.today, scheme="efatura", max_bytes=_MOST)
        if report.verdict is Verdict.VALID:
            return []
        places = {(one.group, one.position): said for one, said in zip(self.documents, self.labels, strict=True)}
        return [(_labelled(finding, places), finding) for finding in report.findings]


def _labelled(finding: Finding, places: dict[tuple[int, int], Text]) -> Text:
    found = _PLACE.search(finding.xpath)
    if found is None:
        return _ENVELOPE
    group, position = (int(number or 1) for number in found.groups())
    return places.get((group, position), _ENVELOPE)


def _refusal(findings: Sequence[_Said]) -> Refused | None:
    """One refusal of all: XSD before Schematron, and what could not be judged only where nothing else is wrong."""
    if not findings:
        return None
    wrong = [(where, finding) for where, finding in findings if finding.level is Level.ERROR]
    if not wrong:
        return refused("judge.unjudged", findings=_told(findings))
    by_schema = [(where, finding) for where, finding in wrong if finding.id.startswith(_XSD)]
    return refused("judge.schema" if by_schema else "judge.schematron", findings=_told(by_schema or wrong))


def _told(findings: Sequence[_Said]) -> Text:
    sentences = [_sentence(where, finding) for where, finding in findings[:_TOLD]]
    told = Text("; ".join(text.tr for text in sentences), "; ".join(text.en for text in sentences))
    more = len(findings) - _TOLD
    if more <= 0:
        return told
    said = _MORE.format(more=more)
    return Text(told.tr + said.tr, told.en + said.en)


def _sentence(where: Text, finding: Finding) -> Text:
    # GİB's own words where they are meant for people; the schema's are a parser's.
    said = finding.explanation.tr if finding.id.startswith(_XSD) else finding.message.tr
    return Text(
        f"{where.tr}: {finding.id}: {said[:_LONGEST]}",
        f"{where.en}: {finding.id}: {finding.explanation.en[:_LONGEST]}",
    )
