"""An envelope that came in: opened, judged as a whole, and every document in it judged by itself.

Sources: e-Fatura Test Planı V1.3, 3 (1-h, 2-c): schema and Schematron of the envelope, schema, Schematron and seal of
its documents. One document that fails refuses the whole envelope (Ek-2 V1.5, 1).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import EnvelopeError, EnvelopeType, Header, Opening, opening
from ulak.envelope.response_reading import SystemResponse, read_response
from ulak.errors import Text
from ulak.xml import parse
from ulak_center.plan.candidate import Received
from ulak_center.plan.checks import Checks, Found, xml_of

__all__ = ["Examined", "examine"]

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_ANSWER: Final = f"{_CAC}DocumentResponse/{_CAC}Response/{_CBC}ResponseCode"
_ABOUT: Final = f"{_CAC}DocumentResponse/{_CAC}DocumentReference/{_CBC}ID"
_UNSEALED: Final = frozenset({"IHRACAT", "YOLCUBERABERFATURA"})
"""Answers of customs bear no seal (Gümrük İşlemleri Kılavuzu V1.8, 3.2.2 and 4.2.2)."""


class Examined(NamedTuple):
    """What was found in an envelope.

    Attributes:
        header: as far as it could be read.
        fault: why it cannot be opened or is refused from outside; None if it is not.
        shell: what the rules say of the whole; None if it was not opened.
        documents: each with what was found in it.
        worst: the status that it is answered with, and why.
        response: what it says, if it is a system response.
    """

    header: Header | None
    worst: Found
    fault: EnvelopeError | None = None
    shell: Found | None = None
    documents: tuple[Received, ...] = ()
    response: SystemResponse | None = None


def examine(data: bytes, name: str, checks: Checks) -> Examined:
    """Open and judge a ZIP that came in; never raises for what is in it."""
    opened: Opening | None = None
    try:
        opened = opening(data, name=name)
        documents = [document.data for document in opened]
        fault = next(iter(opened.faults), None)
    except EnvelopeError as error:
        return Examined(opened.header if opened else None, _of(error), error)
    header = opened.header
    shell = checks.rules(xml_of(data))
    if header.type is EnvelopeType.SYSTEM:
        return _system(header, data, fault, shell)
    judged = [_judged(document, checks) for document in documents]
    found = ([_of(fault)] if fault else []) + [shell, *(each for _, each in judged)]
    worst = next((each for each in found if not each.passed), Found())
    return Examined(header, worst, fault, shell, tuple(received for received, _ in judged))


def _of(fault: EnvelopeError) -> Found:
    return Found(int(fault.status or 1195), fault.text)


def _system(header: Header, data: bytes, fault: EnvelopeError | None, shell: Found) -> Examined:
    """A system response is kept and never answered (Ek-2 V1.5, 4.3), whatever the rules say of it."""
    try:
        response = read_response(data)
    except EnvelopeError as error:
        return Examined(header, _of(error), fault or error, shell)
    return Examined(header, Found(), fault, shell, response=response)


def _judged(data: bytes, checks: Checks) -> tuple[Received, Found]:
    root = parse(data)
    by_rules = checks.rules(data)
    profile = _text(root, f"{_CBC}ProfileID")
    wants_seal = not (profile in _UNSEALED and etree.QName(root).localname == "ApplicationResponse")
    by_seal = checks.seal(data) if wants_seal else None
    ettn = _text(root, f"{_CBC}UUID")
    received = Received(
        ettn,
        _text(root, f"{_CBC}ID"),
        etree.QName(root).localname,
        profile,
        _text(root, _ABOUT),
        _text(root, _ANSWER),
        by_rules.passed,
        by_seal.passed if by_seal else None,
    )
    worst = by_rules if by_seal is None or not by_rules.passed else by_seal
    where = Text(f"{ettn}: {worst.reason.tr}", f"{ettn}: {worst.reason.en}")
    return received, worst if worst.passed else worst._replace(reason=where)


def _text(root: etree._Element, path: str) -> str:
    return (root.findtext(path) or "").strip()
