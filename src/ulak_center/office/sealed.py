"""The seal of a document that came in a package, as far as the offices look at it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple, Protocol

from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.errors import SealError
from ulak.seal.large import verify_large
from ulak.seal.levels.hook import level_check
from ulak.seal.levels.ports import Judge
from ulak.seal.trust.timestamps import TimeStampToken
from ulak.seal.verdicts import Evidence, Indication, Trusted
from ulak.seal.verify import Policy, SealReport, verify
from ulak.seal.verify import Trust as _SealTrust
from ulak.xml import XmlError

__all__ = ["LEVELS", "Seal", "Trust", "Unasked", "judged"]

LEVELS: Final = ("BES", "T", "C", "X", "LT", "X-L", "A")
"""XAdES levels from the least to the most, as `SealReport.level` has them."""
_NOT_THE_OWNER: Final = frozenset({"seal.another-taxpayer", "seal.no-owner"})
"""Who may seal is a question of its own, with a code of its own."""
_NO_EVIDENCE: Final = Evidence()
_NO_REASON: Final = Text("neden bildirilmedi", "no reason was given")


class Trust(_SealTrust, Judge, Protocol):
    """Judges certificates and time stamps; `ulak.seal.trust.Trust` is one."""


class Unasked:
    """Takes every certificate: seals are judged by their digests and signature values alone."""

    @property
    def store(self) -> Unasked:
        return self

    @property
    def integrators(self) -> Container[str]:
        return ()

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = _NO_EVIDENCE,
        since: datetime | None = None,
    ) -> Trusted:
        return Trusted(Indication.PASSED, chain=(certificate,))

    def judge_stamp(
        self,
        token: TimeStampToken,
        *,
        at: datetime | None = None,
        known: Sequence[Certificate] = (),
        evidence: Evidence = _NO_EVIDENCE,
    ) -> Trusted:
        return Trusted(Indication.PASSED)


class Seal(NamedTuple):
    """What is known of a seal.

    Attributes:
        is_there: False if the document carries none.
        fault: why it does not hold; None if it does.
        sub: ETSI's sub-indication of the fault.
        signer: VKN or TCKN in the certificate.
        level: one of `LEVELS`; empty if there is no seal.
    """

    is_there: bool
    fault: Text | None
    sub: str
    signer: str
    level: str


def judged(data: bytes | BinaryIO, trust: Trust, moments: Sequence[datetime], max_bytes: int) -> Seal:
    """Judge the seal of a document; whether the signer may seal for its owner is not looked at.

    Args:
        data: the document, or a file in which it is, which is read piece by piece if possible.
        moments: it has to hold at one of them; what is said is about the first.
    """
    found = [_judged(data, trust, moments[0], max_bytes)]
    while found[-1].fault is not None and len(found) < len(moments):
        found.append(_judged(data, trust, moments[len(found)], max_bytes))
    return found[-1] if found[-1].fault is None else found[0]


def _judged(data: bytes | BinaryIO, trust: Trust, at: datetime, max_bytes: int) -> Seal:
    policy, levels = Policy(max_bytes=max_bytes), level_check(trust)
    try:
        if isinstance(data, bytes):
            report = verify(data, trust=trust, at=at, policy=policy, levels=levels)
        else:
            report = verify_large(data, trust=trust, at=at, policy=policy, levels=levels)
    except (SealError, XmlError) as error:
        # Seals are sought in UTF-8 alone; XML in other encodings can be read, but not judged.
        return Seal(True, error.text, "FORMAT_FAILURE", "", "")
    signer = report.signer.tax_id if report.signer else None
    sub = report.sub.value if report.sub else ""
    return Seal(report.is_sealed, _fault(report), sub, signer or "", report.level)


def _fault(report: SealReport) -> Text | None:
    others = [reason for reason in report.reasons if reason.code not in _NOT_THE_OWNER]
    if others:
        return others[0].text
    return None if report.passed or report.reasons else _NO_REASON
