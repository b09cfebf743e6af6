"""The seals of all documents in an envelope, each document cut out byte by byte and judged on its own.

In the envelope the canonical form of a document would have the envelope's namespaces in it, and no seal would hold
(Ek-1 V1.5 puts the documents into ``Package/Elements/ElementList``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lxml import etree

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, error_of
from ulak.seal.names import local
from ulak.seal.places import PLACES
from ulak.seal.verify.findings import Findings, Stop
from ulak.seal.verify.report import LevelCheck, Policy, SealReport, Trust
from ulak.seal.verify.verification import verify
from ulak.spans import spans_of
from ulak.xml import XmlError, parse

__all__ = ["ENVELOPE", "verify_all"]

ENVELOPE: Final = "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}StandardBusinessDocument"
_DOCUMENTS: Final = (
    ENVELOPE,
    "{http://www.efatura.gov.tr/package-namespace}Package",
    "Elements",
    "ElementList",
    "*",
)
_DEFAULT: Final = Policy()
_AGAIN: Final = Text("Zarfı gönderenden yeniden isteyin.", "Ask the sender for the envelope again.")
_PROBLEMS: Final = {
    "seal.empty-envelope": Problem(
        Text("Zarfta belge yok.", "There is no document in the envelope."),
        _AGAIN,
    ),
    "seal.document-elsewhere": Problem(
        Text(
            "Zarfta {name} belgesi ElementList dışında da duruyor; hangisinin okunacağı belli değil.",
            "The envelope holds a document ({name}) outside of ElementList, too; which one is read is not certain.",
        ),
        _AGAIN,
    ),
}


def verify_all(
    data: bytes,
    *,
    trust: Trust,
    at: datetime,
    policy: Policy = _DEFAULT,
    levels: LevelCheck | None = None,
) -> list[SealReport]:
    """Judge the seals of a document, or of every document in an envelope, in order. See `verify`.

    A document in an envelope that cannot be read or is of no known kind has a report that says so.

    Raises:
        XmlError: the bytes cannot be read.
        SealError: ``seal.unknown-document``, ``seal.naive-time``, ``seal.empty-envelope``, ``seal.document-elsewhere``.
    """
    root = parse(data, max_bytes=policy.max_bytes)
    if root.tag != ENVELOPE:
        return [verify(data, trust=trust, at=at, policy=policy, levels=levels)]
    spans = spans_of(data, [_DOCUMENTS])
    if not spans:
        raise error_of(SealError, _PROBLEMS, "seal.empty-envelope")
    _refuse_elsewhere(root)
    return [
        _inner(data[span.start : span.end], span.path[-1], trust=trust, at=at, policy=policy, levels=levels)
        for span in spans
    ]


def _refuse_elsewhere(root: etree._Element) -> None:
    """Refuse documents that would not be judged, but that a reader who looks for their name alone would find."""
    lists = root.iterfind("/".join(_DOCUMENTS[1:-1]))
    judged = {document for list_ in lists for document in list_}
    for element in root.iter(*PLACES):
        if judged.isdisjoint((element, *element.iterancestors())):
            raise error_of(SealError, _PROBLEMS, "seal.document-elsewhere", name=local(element.tag))


def _inner(
    data: bytes, name: str, *, trust: Trust, at: datetime, policy: Policy, levels: LevelCheck | None
) -> SealReport:
    try:
        return verify(data, trust=trust, at=at, policy=policy, levels=levels)
    except XmlError as error:
        stop = Stop("seal.not-self-contained", detail=error.text)
    except SealError as error:
        if error.code != "seal.unknown-document":
            raise
        stop = Stop("seal.unknown-kind", root=local(name))
    findings = Findings(policy.refused)
    findings.add_stop(stop)
    return SealReport(*findings.summary(), document=local(name), data=data)
