"""The judgement of one envelope, step by step in the order of GİB's numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import Document, ElementType, EnvelopeError, EnvelopeType, Header
from ulak.errors import Text, UlakError
from ulak.rules import Checker
from ulak.seal.verify import Trust
from ulak_center.judging.addresses import refuse_authority, refuse_no_address
from ulak_center.judging.filing import SYSTEM_RESPONSE, filed
from ulak_center.judging.parties import party_faults
from ulak_center.judging.problems import Refused, refused
from ulak_center.judging.reading import Reading, label, read, root_of, said_by, xml_of
from ulak_center.judging.rules import judged_whole
from ulak_center.judging.signers import Authority, refuse_bad_seal, signers_of
from ulak_center.values import ISTANBUL, Filed, Judgement, Registry

__all__ = ["CheckerOf", "Judge"]

CheckerOf = Callable[[date], Checker]
"""Gives the rules that are in force on a day; raises UlakError where there are none."""
_OK: Final = 1200
_ACTED_UPON: Final = frozenset({EnvelopeType.SYSTEM, EnvelopeType.USER})
_NO_CHECKER: Final = Text("kural paketi verilmedi", "no rule pack was given")


class _Found(NamedTuple):
    """One document and what is known of it."""

    document: Document
    filed: Filed
    root: etree._Element

    @property
    def label(self) -> Text:
        return label(self.document, self.filed)


class Judge:
    """Judges envelopes as Merkez does. Threads may share it.

    Args:
        checker_of: the rules by which documents are judged on a day; None answers 1195 to every envelope with
            documents that are to be judged.
        documents: whether the documents of sender's and postbox envelopes are looked at; without it they are not even
            noted. System responses and user accounts are judged always, since Merkez acts upon them.
        verify_seals: judges seals too (1177); GİB does not (Entegrasyon Kılavuzu V1.10, notes 1 and 2).
    """

    def __init__(
        self, checker_of: CheckerOf | None, *, documents: bool = True, verify_seals: Trust | None = None
    ) -> None:
        self._checker_of = checker_of
        self._documents = documents
        self._trust = verify_seals

    def judge(self, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
        """Judge one envelope; nothing is ever raised.

        Args:
            name: of the ZIP file.
            data: the ZIP.
            registry: who is registered, and what was filed before.
            now: the moment, aware; its day in Istanbul chooses the rules.
        """
        reading = Reading(None, (), None)
        try:
            reading = read(name, data)
            if reading.fault is not None:
                return _refusal(reading, reading.fault)
            return self._judge(reading, data, registry, now)
        except (Refused, EnvelopeError) as fault:
            return _refusal(reading, fault)
        except UlakError as fault:
            return _refusal(reading, _failed(fault.code, fault.text))
        except Exception as fault:
            return _refusal(reading, _failed("judge.failed", f"{type(fault).__name__}: {str(fault)[:200]}"))

    def _judge(self, reading: Reading, data: bytes, registry: Registry, now: datetime) -> Judgement:
        header = reading.header
        assert header is not None
        found: list[_Found] = []
        if self._documents or header.type in _ACTED_UPON:
            found = [_found(document) for document in reading.documents]
            self._refuse_by_rules(header, found, data, now)
            self._refuse_by_seals(found, registry, now)
        element = next(document.type for document in reading.documents)
        assert element is not None
        refuse_authority(header, element, registry, now)
        self._refuse_by_signers(found, registry, now)
        refuse_no_address(header, registry)
        return Judgement(
            _OK, header=header, elements=_elements(reading), documents=[document.filed for document in found]
        )

    # -- documents ----------------------------------------------------------------------------------------------------

    def _refuse_by_rules(self, header: Header, found: list[_Found], data: bytes, now: datetime) -> None:
        checker, today = self._checker(now), now.astimezone(ISTANBUL).date()
        documents, filings = [one.document for one in found], [one.filed for one in found]
        fault = judged_whole(checker, xml_of(data), documents, filings, today)
        if fault is not None and fault.status != 1195:
            raise fault
        for one in found:
            for wrong in party_faults(one.filed, header, one.label):
                raise wrong
        if fault is not None:
            raise fault

    def _checker(self, now: datetime) -> Checker:
        if self._checker_of is None:
            raise refused("judge.no-rules", detail=_NO_CHECKER)
        try:
            return self._checker_of(now.astimezone(ISTANBUL).date())
        except UlakError as fault:
            raise refused("judge.no-rules", detail=fault.text) from fault

    def _refuse_by_seals(self, found: list[_Found], registry: Registry, now: datetime) -> None:
        """1161, then 1163 and 1164."""
        for one in found:
            signers_of(one.root, one.label)
        _refuse_filed(found, registry)

    def _refuse_by_signers(self, found: list[_Found], registry: Registry, now: datetime) -> None:
        """1175, 1176 and 1177."""
        authority = Authority(registry, now)
        for one in found:
            authority.refuse_stranger(signers_of(one.root, one.label), one.label)
        if self._trust is not None:
            for one in found:
                refuse_bad_seal(one.filed, self._trust, now, one.label)


def _found(document: Document) -> _Found:
    root = root_of(document)
    assert document.type is not None
    return _Found(document, filed(document.type, root, document.data), root)


def _refuse_filed(found: Iterable[_Found], registry: Registry) -> None:
    """See that no document came before, in this envelope or in another."""
    seen: set[tuple[str, ...]] = set()
    for one in found:
        document = one.filed
        # What is sent again until it arrives is no second document: system responses, and accounts without ETTN.
        if document.answer == SYSTEM_RESPONSE or not document.ettn:
            continue
        keys = {("ettn", document.ettn), ("number", document.number, document.sender)}
        code = "judge.invoice" if document.element is ElementType.INVOICE else "judge.document"
        if keys & seen:
            raise refused(f"{code}-twice", document=one.label)
        seen |= keys
        envelope = registry.filed_in(document.element, document.ettn, document.number, document.sender)
        if envelope is not None:
            raise refused(f"{code}-filed", document=one.label, envelope=envelope)


def _elements(reading: Reading) -> frozenset[ElementType]:
    return frozenset(document.type for document in reading.documents if document.type is not None)


def _refusal(reading: Reading, fault: UlakError) -> Judgement:
    status = fault.status if isinstance(fault, Refused) else int(getattr(fault, "status", "") or 1195)
    reason = said_by(fault) if isinstance(fault, EnvelopeError) else fault.text
    return Judgement(status, fault.code, reason, reading.header, _elements(reading))


def _failed(code: str, detail: Text | str) -> Refused:
    fault = refused("judge.failed", detail=detail)
    fault.code = code
    return fault
