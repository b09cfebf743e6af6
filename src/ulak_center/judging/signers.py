"""Who sealed a document, and whether they may: Merkez looks at the certificate, not at the cryptography.

Source: Entegrasyon Kılavuzu V1.10, 3.3 (presence of the seal); Özel Entegrasyon Kılavuzu V1.13, 2.2 (an integrator may
seal for its customers).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Indication, SubIndication
from ulak.seal.verify import SealReport, Trust, verify
from ulak.seal.verify.deviations import reason_of
from ulak.seal.verify.findings import Stop
from ulak.seal.verify.place import seals_in
from ulak.seal.verify.signer import certificate_in
from ulak_center.judging.problems import refused
from ulak_center.values import Filed, Registry

__all__ = ["Authority", "Signers", "refuse_bad_seal", "signers_of"]

_DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_X509: Final = f"{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate"
_NO_CERTIFICATE: Final = Text("mühürde sertifika yok", "the seal holds no certificate")
_BROKEN: Final = Text("mühürdeki sertifika okunamıyor", "the seal's certificate cannot be read")
_NO_NUMBER: Final = Text("sertifikada VKN ya da TCKN yok: {subject}", "the certificate has no VKN or TCKN: {subject}")


class Signers(NamedTuple):
    """Who sealed a document.

    Attributes:
        owner: VKN or TCKN of the one who issues it.
        signer: VKN or TCKN of the one who sealed; empty if it needs no seal and has none.
        counters: of those who counter-sealed.
    """

    owner: str
    signer: str
    counters: tuple[str, ...] = ()


def signers_of(root: etree._Element, owner: str, where: Text) -> Signers:
    """Who sealed a document of that issuer's.

    Raises:
        Refused: ``judge.no-seal``, ``judge.no-signer``.
    """
    try:
        seals = seals_in(root)
        counters = tuple(_number(counter, where) for counter in seals.counters)
        return Signers(owner, _number(seals.signature, where), counters)
    except Stop as stop:
        if stop.code == "seal.not-required":
            return Signers(owner, "")
        if stop.code == "seal.missing":
            raise refused("judge.no-seal", document=where) from None
        broken = stop.code == "seal.certificate-unreadable"
        detail = _BROKEN if broken else reason_of(stop.code, stop.facts).text
        raise refused("judge.no-signer", document=where, detail=detail) from None


def _number(signature: etree._Element, where: Text) -> str:
    certificates = [certificate_in(found.text or "") for found in signature.iterfind(_X509)]
    if not certificates:
        raise refused("judge.no-signer", document=where, detail=_NO_CERTIFICATE)
    # KeyInfo may carry the issuers' certificates too, in any order (XML Signature 1.1, 4.5.4).
    own = certificates[0] if len(certificates) == 1 else _holder(certificates)
    if own.tax_id is None:
        raise refused("judge.no-signer", document=where, detail=_NO_NUMBER.format(subject=own.subject[:200]))
    return own.tax_id


def _holder(certificates: list[Certificate]) -> Certificate:
    return next((found for found in certificates if not found.is_authority), certificates[0])


class Authority:
    """Asks the registry who may seal for whom, once for each who issues.

    Args:
        at: the moment of judging.
    """

    def __init__(self, registry: Registry, at: datetime) -> None:
        self._registry = registry
        self._at = at
        self._known: dict[str, frozenset[str]] = {}

    def refuse_stranger(self, signers: Signers, where: Text) -> None:
        """See that the signer is the one who issues, or its integrator.

        Raises:
            Refused: ``judge.signer``, ``judge.signer-unknown``.
        """
        if not signers.signer or signers.signer == signers.owner:
            return
        if signers.signer not in self._operators(signers, where):
            raise refused("judge.signer", document=where, signer=signers.signer, owner=signers.owner or "?")

    def _operators(self, signers: Signers, where: Text) -> frozenset[str]:
        owner = signers.owner
        if owner not in self._known:
            try:
                self._known[owner] = self._registry.operators(owner, self._at)
            except Exception as fault:
                detail = str(fault)[:200]
                raise refused("judge.signer-unknown", document=where, signer=signers.signer, detail=detail) from fault
        return self._known[owner]


def refuse_bad_seal(filed: Filed, trust: Trust, at: datetime, where: Text) -> None:
    """See that a document's seal holds; GİB itself does not look (Entegrasyon Kılavuzu V1.10, notes 1 and 2).

    Raises:
        Refused: ``judge.seal``, ``judge.signer-unknown`` where it cannot be known now.
    """
    report = verify(filed.data, trust=trust, at=at)
    if report.indication is Indication.PASSED or _needs_none(report):
        return
    detail = report.reasons[0].text if report.reasons else Text(report.indication, report.indication)
    if report.sub is SubIndication.TRY_LATER:
        signer = report.signer.tax_id if report.signer else "?"
        raise refused("judge.signer-unknown", document=where, signer=signer, detail=detail)
    raise refused("judge.seal", document=where, detail=detail)


def _needs_none(report: SealReport) -> bool:
    return any(reason.code == "seal.not-required" for reason in report.reasons)
