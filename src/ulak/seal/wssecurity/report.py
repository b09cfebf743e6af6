"""What is said of a sealed message, and what one is held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Indication, Reason, SubIndication, Trusted
from ulak.seal.wssecurity.windows import Window

__all__ = ["MessageReport", "Policy", "Sealed", "Trust"]


class Trust(Protocol):
    """Says whether a certificate can be trusted; `ulak.seal.trust` has one."""

    def judge(self, certificate: Certificate, *, at: datetime, known: tuple[Certificate, ...] = ()) -> Trusted:
        """What is known of the certificate at a moment, given certificates that may be its issuers'."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of a message beyond the standard. The defaults are strict.

    Attributes:
        skew: by how much the two clocks may differ.
        lifetime: how long after ``Created`` a message is taken that names no ``Expires``.
        longest: the longest time from ``Created`` to ``Expires``; a replay guard must remember as long.
        sha1_digests: take SHA-1 digests of Body and Timestamp, as the e-Defter guide's sample (V1.7, 5) has them.
            Signatures with SHA-1 are never taken.
        role: the SOAP role (1.1: actor) of the ``wsse:Security`` header that is for us; headers without one, and those
            for the next or the last receiver, always are.
    """

    skew: timedelta = timedelta(minutes=1)
    lifetime: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=1)
    sha1_digests: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the signature of a message proves, whoever its signer may be.

    Attributes:
        body: the ``soap:Body`` in the canonical form that was signed, attachments included as base64. Read the request
            from these bytes, not from the message.
        window: from when until when the message may be taken.
        signer: the certificate whose key signed.
        chain: certificates that came with it, nearest issuer first; not to be trusted for that.
        algorithm: of the signature.
        attachments: Content-IDs of the MTOM attachments that the signature covers; others in the package it does not.
        replay_key: the same for every copy of the message, however its bytes are rewritten.
        deviations: what policy tolerated.
    """

    body: bytes
    window: Window
    signer: Certificate
    chain: tuple[Certificate, ...]
    algorithm: Algorithm
    attachments: tuple[str, ...]
    replay_key: bytes = field(repr=False)
    deviations: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageReport:
    """The verdict on a message.

    Attributes:
        indication: PASSED only if the signature covers Body and Timestamp, the message is within its time and was not
            taken before (where a guard was asked), and its signer can be trusted.
        sub: why not; None if passed.
        reasons: what was found, worst first; empty if passed.
        sealed: what the signature proves; None if it proves nothing.
        trusted: what is known of the signer's certificate; None if it was not asked.
    """

    indication: Indication
    sub: SubIndication | None = None
    reasons: tuple[Reason, ...] = ()
    sealed: Sealed | None = None
    trusted: Trusted | None = None

    @property
    def has_passed(self) -> bool:
        return self.indication is Indication.PASSED

    @property
    def tax_id(self) -> str | None:
        """VKN or TCKN of the signer, if the message passed."""
        return self.sealed.signer.tax_id if self.sealed and self.has_passed else None
