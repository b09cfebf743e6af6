"""What levels need of others: time stamps, and somebody who judges certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Evidence, Trusted

__all__ = ["Judge", "Stamper", "Token"]


class Token(Protocol):
    """An RFC 3161 time stamp as read, not judged."""

    @property
    def der(self) -> bytes: ...
    @property
    def time(self) -> datetime: ...
    @property
    def digest(self) -> Digest | None:
        """What the stamped digest was made with; None if it is too weak or unknown."""
        ...

    @property
    def imprint(self) -> bytes:
        """The digest that was stamped."""
        ...

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """What the token carries."""
        ...


class Stamper(Protocol):
    """Gets time stamps."""

    def stamp(self, digest: bytes, algorithm: Digest) -> Token: ...


class Judge(Protocol):
    """Judges certificates and time stamps at a moment."""

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
    ) -> Trusted: ...

    def read_stamp(self, der: bytes) -> Token:
        """Raises SealError for what is no time stamp."""
        ...

    def judge_stamp(
        self,
        token: Token,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
    ) -> Trusted: ...
