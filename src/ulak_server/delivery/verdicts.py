"""What was found of a document's seal, in plain words for somebody who has never heard of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from ulak.errors import Text, UlakError
from ulak.seal.verdicts import Indication
from ulak.seal.verify import SealReport, verify
from ulak_server import clock
from ulak_server.documents.seals import trust

__all__ = ["Verdict", "judged"]

_UNJUDGED: Final = Text("Güvenilen kökler ayarlı değil.", "No trusted roots are configured.")
_STANDING: Final = {Indication.PASSED: "holds", Indication.FAILED: "broken"}


class Verdict(NamedTuple):
    """What was found of a seal.

    Attributes:
        standing: ``holds``, ``broken`` or ``unknown``.
        at: when it was looked at.
        signer, number: whose seal it is: name and VKN or TCKN.
        sealed_at: as the signer says.
        reasons: why it does not hold, or cannot be judged.
    """

    standing: str
    at: datetime
    signer: str = ""
    number: str = ""
    sealed_at: datetime | None = None
    reasons: tuple[Text, ...] = ()

    def written(self) -> dict[str, Any]:
        """As JSON keeps it."""
        sealed_at = self.sealed_at.isoformat() if self.sealed_at else None
        return {**self._asdict(), "at": self.at.isoformat(), "sealed_at": sealed_at, "reasons": list(self.reasons)}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Verdict:
        """What `written` wrote."""
        sealed_at = datetime.fromisoformat(kept["sealed_at"]) if kept["sealed_at"] else None
        reasons = tuple(Text(*one) for one in kept["reasons"])
        return cls(
            kept["standing"], datetime.fromisoformat(kept["at"]), kept["signer"], kept["number"], sealed_at, reasons
        )


def judged(body: bytes) -> Verdict:
    """The seal of a document, verified now; what cannot be judged is unknown, never good."""
    now = clock.now()
    try:
        judge = trust()
        if judge is None:
            return Verdict("unknown", now, reasons=(_UNJUDGED,))
        return _of(verify(body, trust=judge, at=now), now)
    except UlakError as error:
        return Verdict("unknown", now, reasons=(error.text,))


def _of(report: SealReport, now: datetime) -> Verdict:
    signer = report.signer
    return Verdict(
        _STANDING.get(report.indication, "unknown"),
        now,
        signer.common_name if signer else "",
        (signer.tax_id or "") if signer else "",
        report.signing_time,
        tuple(reason.text for reason in report.reasons[:5]),
    )
