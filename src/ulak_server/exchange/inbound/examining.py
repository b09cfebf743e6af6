"""An envelope that came in: opened, judged as a whole, and every document in it judged by itself.

Sources: e-Fatura Test Planı V1.3, 3 (1-h, 2-c): schema and Schematron of the envelope; schema, Schematron and seal of
its documents. One document that fails refuses the whole envelope (Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final, NamedTuple

from ulak.envelope import (
    Document,
    Envelope,
    EnvelopeError,
    EnvelopeType,
    Group,
    Header,
    Limits,
    Opening,
    SystemResponse,
    opening,
    read_response,
    xml_pieces,
)
from ulak.envelope.documents import parsed_alone
from ulak.envelope.unzipping import content, entry_of
from ulak.errors import Text, UlakError
from ulak.rules import Checker, Finding, Level, Report, Verdict
from ulak.seal.verdicts import SubIndication
from ulak.seal.verify import SealReport, Trust, verify
from ulak_server.documents.arriving import CREDIT_NOTE, Summary, summary_of
from ulak_server.exchange.inbound.problems import inbound_error

__all__ = ["LIMITS", "Examined", "Fault", "Item", "examine"]

LIMITS: Final = Limits(zip_bytes=48 * 1024 * 1024, xml_bytes=128 * 1024 * 1024)
OK: Final = "1200"
_SCHEMA, _SCHEMATRON, _SEAL, _SEAL_LATER, _FAILED = "1160", "1150", "1177", "1175", "1195"
_ORDER: Final = ("1160", "1150", "1177", "1175", "1195")
"""In which what is wrong inside is told: the first of them is answered."""
_WHOLE: Final = 4 * 1024 * 1024
"""Bytes of documents up to which the envelope is judged in one piece: as a tree it takes ten times that."""
_TOLD: Final = 3
_LONGEST: Final = 300
_CUSTOMS: Final = "1460415308"
"""VKN of customs, whose answers bear no seal (Gümrük İşlemleri Kılavuzu V1.8, 3.2.2 and 4.2.2)."""
_WHOLE_NAME: Final = Text("Zarf", "The envelope")
_SENDER, _RECEIVER = Text("göndericisi", "sender"), Text("alıcısı", "receiver")


class Fault(NamedTuple):
    """Why an envelope is refused: the status that is answered, a code of Ulak's, and the reason in words."""

    status: str
    code: str
    text: Text


class Item(NamedTuple):
    """A document of an envelope without fault."""

    document: Document
    summary: Summary
    label: Text


class Examined(NamedTuple):
    """What was found in an envelope.

    Attributes:
        header: as far as it could be read; None if nothing of it could.
        fault: what refuses it; None: it is in order.
        items: its documents; none of a system response.
        response: what it says, if it is a system response.
    """

    header: Header | None
    fault: Fault | None = None
    items: tuple[Item, ...] = ()
    response: SystemResponse | None = None

    @property
    def status(self) -> str:
        """What is answered."""
        return self.fault.status if self.fault else OK


def examine(data: bytes, name: str, checker: Checker, trust: Trust, at: datetime, today: date) -> Examined:
    """Open and judge a ZIP that came in; what is wrong with it is told and not raised.

    Args:
        name: of the ZIP file.
        at: when it was received, aware: seals are judged as of then.
        today: the business day of that moment.
    """
    opened: Opening | None = None
    try:
        opened = opening(data, name=name, limits=LIMITS)
        documents = list(opened)
        faults = opened.faults
    except EnvelopeError as fault:
        return Examined(opened.header if opened else None, _of(fault))
    header = opened.header
    if header.type is EnvelopeType.SYSTEM:
        return _system(header, documents, faults)
    if faults:
        return Examined(header, _of(faults[0]))
    return _Look(header, checker, trust, at, today).examined(data, documents)


def _of(fault: EnvelopeError) -> Fault:
    said = Text(f"{fault.where}: {fault.text.tr}", f"{fault.where}: {fault.text.en}") if fault.where else fault.text
    return Fault(fault.status or _FAILED, fault.code, said)


def _system(header: Header, documents: Sequence[Document], faults: Sequence[EnvelopeError]) -> Examined:
    """A system response is read if it can be, whatever the rules say of it, and never answered (Ek-2, 4.3)."""
    try:
        (only,) = documents
        said = read_response(only.data)
    except EnvelopeError as fault:
        return Examined(header, _of(next(iter(faults), fault)))
    except ValueError:
        return Examined(header, Fault(_SCHEMATRON, "envelope.not-system-response", _WHOLE_NAME))
    return Examined(header, response=said._replace(sender=header.sender, receiver=header.receiver, header=header))


class _Look:
    """One pass over the documents of an envelope."""

    def __init__(self, header: Header, checker: Checker, trust: Trust, at: datetime, today: date) -> None:
        self._header, self._checker, self._trust, self._at, self._today = header, checker, trust, at, today

    def examined(self, data: bytes, documents: Sequence[Document]) -> Examined:
        items: list[Item] = []
        faults: list[Fault] = []
        for document in documents:
            item, found = self._at_document(document)
            items += [item] if item else []
            faults += found
        if not faults:
            faults += self._inside(data, documents)
        if faults:
            return Examined(self._header, min(faults, key=lambda fault: _ORDER.index(fault.status)))
        return Examined(self._header, items=tuple(items))

    def _at_document(self, document: Document) -> tuple[Item | None, list[Fault]]:
        root = parsed_alone(document.data)
        summary = summary_of(root)
        label = _label(document, summary)
        report = self._checker.check_tree(root, document.data, today=self._today, scheme="efatura")
        faults = [*_by_rules(report, label)]
        if summary is None:
            return None, faults or [_fault(_SCHEMATRON, "inbound.no-ettn", place=label, ettn="")]
        faults += [*self._misplaced(summary, label), *self._by_seal(document.data, label)]
        return Item(document, summary, label), faults

    def _misplaced(self, said: Summary, label: Text) -> Iterator[Fault]:
        if said.ettn is None:
            yield _fault(_SCHEMATRON, "inbound.no-ettn", place=label, ettn=said.stated_ettn)
        header = self._header
        sides = ((_SENDER, said.sender, header.sender.number), (_RECEIVER, said.receiver, header.receiver.number))
        for side, found, stated in sides:
            # Invoices that customs or tourists get name their buyer; GİB's rules know which party counts there.
            if found != stated and said.kind in ("receipt_advice", "application_response", CREDIT_NOTE):
                facts = {"side": side, "found": found or "–", "stated": stated}
                yield _fault(_SCHEMATRON, "inbound.other-party", place=label, **facts)

    def _by_seal(self, data: bytes, label: Text) -> Iterator[Fault]:
        try:
            report = verify(data, trust=self._trust, at=self._at)
        except UlakError as error:
            yield _fault(_SEAL, "inbound.seal", place=label, findings=error.text)
            return
        if not report.passed and not self._is_customs_unsealed(report):
            status = _SEAL_LATER if report.sub is SubIndication.TRY_LATER else _SEAL
            yield _fault(status, "inbound.seal", place=label, findings=_joined([one.text for one in report.reasons]))

    def _is_customs_unsealed(self, report: SealReport) -> bool:
        codes = {reason.code for reason in report.reasons}
        return codes == {"seal.not-required"} and self._header.sender.number == _CUSTOMS

    # -- where they stand ----------------------------------------------------------------------------------------------

    def _inside(self, data: bytes, documents: Sequence[Document]) -> Iterator[Fault]:
        """What the rules say of documents where they stand, which they compare with the envelope."""
        if sum(len(document.data) for document in documents) <= _WHOLE:
            yield from _by_rules(self._checked(_xml_of(data)), _WHOLE_NAME)
            return
        for document in documents:
            if document.type is not None:
                alone = Envelope(self._header, (Group(document.type, [document.data]),))
                with suppress(EnvelopeError):
                    xml = b"".join(xml_pieces(alone, parse=False))
                    yield from _by_rules(self._checked(xml), _label(document, None))

    def _checked(self, xml: bytes) -> Report:
        return self._checker.check(xml, today=self._today, scheme="efatura", max_bytes=2 * LIMITS.document_bytes)


def _xml_of(data: bytes) -> bytes:
    source = io.BytesIO(data)
    return b"".join(content(source, entry_of(source, LIMITS), LIMITS))


def _by_rules(report: Report, label: Text) -> Iterator[Fault]:
    if report.verdict is Verdict.VALID:
        return
    wrong = [finding for finding in report.findings if finding.level is Level.ERROR]
    if not wrong:
        yield _fault(_FAILED, "inbound.unjudged", place=label, findings=_told(report.findings))
        return
    by_schema = [finding for finding in wrong if finding.id.startswith("xsd.")]
    status = _SCHEMA if by_schema else _SCHEMATRON
    yield _fault(status, "inbound.rules", place=label, findings=_told(by_schema or wrong))


def _told(findings: Sequence[Finding]) -> Text:
    return _joined([Text(f"{one.id}: {one.explanation.tr}", f"{one.id}: {one.explanation.en}") for one in findings])


def _joined(texts: Sequence[Text]) -> Text:
    told = texts[:_TOLD]
    more = f" (+{len(texts) - _TOLD})" if len(texts) > _TOLD else ""
    return Text(*("; ".join(text[at][:_LONGEST] for text in told) + more for at in (0, 1)))


def _fault(status: str, code: str, *, place: Text, **facts: object) -> Fault:
    return Fault(status, code, inbound_error(code, where="", place=place, **facts).text)


def _label(document: Document, said: Summary | None) -> Text:
    named = f" ({said.number}, {said.stated_ettn})" if said else ""
    place = f"{document.group}.{document.position}"
    return Text(f"Belge {place}{named}", f"Document {place}{named}")
