"""What levels need of others: somebody who judges certificates and time stamps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ulak.seal.certificates import Certificate
from ulak.seal.trust.timestamps import TimeStampToken
from ulak.seal.verdicts import Evidence, Trusted

__all__ = ["Judge"]


class Judge(Protocol):
    """Judges at a moment; `ulak.seal.trust.Trust` does."""

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
    ) -> Trusted: ...

    def judge_stamp(
        self,
        token: TimeStampToken,
        *,
        at: datetime | None = None,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
    ) -> Trusted: ...
