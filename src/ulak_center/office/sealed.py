"""The seal of a document that came in a package, as far as the offices look at it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.seal.errors import SealError
from ulak.seal.levels.hook import level_check
from ulak.seal.trust import Trust
from ulak.seal.verify import Policy, SealReport, verify

__all__ = ["LEVELS", "Sealed", "sealed"]

LEVELS: Final = ("BES", "T", "C", "X", "XL", "A")
"""From the least to the most."""
_NOT_THE_OWNER: Final = frozenset({"seal.another-taxpayer", "seal.no-owner"})
"""Who may seal is a question of its own, with a code of its own."""


class Sealed(NamedTuple):
    """What is known of a seal.

    Attributes:
        is_there: False if the document carries none.
        fault: why it does not hold; None if it does.
        sub: ETSI's sub-indication of the fault.
        signer: VKN or TCKN in the certificate.
        level: one of `LEVELS`.
    """

    is_there: bool
    fault: Text | None
    sub: str
    signer: str
    level: str


def sealed(data: bytes, trust: Trust, at: datetime, max_bytes: int) -> Sealed:
    """Judge the seal of a document; whether the signer may seal for its owner is not looked at."""
    try:
        report = verify(data, trust=trust, at=at, policy=Policy(max_bytes=max_bytes), levels=level_check(trust))
    except SealError as error:
        return Sealed(True, error.text, "FORMAT_FAILURE", "", "")
    signer = report.signer.tax_id if report.signer else None
    fault, sub = _fault(report)
    return Sealed(report.is_sealed, fault, sub, signer or "", report.level)


def _fault(report: SealReport) -> tuple[Text | None, str]:
    others = [reason for reason in report.reasons if reason.code not in _NOT_THE_OWNER]
    if others:
        return others[0].text, report.sub.value if report.sub else ""
    if not report.reasons and not report.passed:
        return Text("neden bildirilmedi", "no reason was given"), report.sub.value if report.sub else ""
    return None, ""
