"""What verification takes and gives: the policy, the trust it asks, and the report on a seal."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol

from lxml import etree

from ulak.seal.certificates import Certificate
from ulak.seal.octets import Streamed
from ulak.seal.verdicts import Evidence, Indication, Reason, SubIndication, Trusted
from ulak.seal.verify.deviations import DEVIATIONS
from ulak.xml import MAX_BYTES

__all__ = ["LevelCheck", "Levels", "Policy", "SealReport", "Signed", "Trust"]


class _Store(Protocol):
    @property
    def integrators(self) -> Container[str]: ...


class Trust(Protocol):
    """What is asked about a signer's certificate; `ulak.seal.trust.Trust` is one."""

    @property
    def store(self) -> _Store:
        """Holds the VKN of integrators whose seal is accepted on documents of others."""
        ...

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
        since: datetime | None = None,
    ) -> Trusted: ...


class Signed(NamedTuple):
    """A seal whose digests and signature value hold, as it stands in its document.

    Attributes:
        signature: the ``ds:Signature`` element, in place: the document around it is complete.
        certificate: of the signer.
        whole: what the seal covers, where the document around it is only the frame of a large one.
    """

    signature: etree._Element
    certificate: Certificate
    whole: Streamed | None = None


class Levels(NamedTuple):
    """What the unsigned properties of a seal prove (XAdES-T and above).

    Attributes:
        level: ``BES``, ``T``, … ``A``: the highest that is whole.
        proven_at: the earliest moment at which the seal is proven to have existed; None if no time stamp proves any.
        sub: what is wrong with the time stamps or values; None if nothing is.
        reasons: likewise, in words.
        known: certificates found in the seal.
        evidence: revocation data found in the seal.
    """

    level: str
    proven_at: datetime | None = None
    sub: SubIndication | None = None
    reasons: tuple[Reason, ...] = ()
    known: tuple[Certificate, ...] = ()
    evidence: Evidence = Evidence()


class LevelCheck(Protocol):
    """Looks at the time stamps and values of a seal; `ulak.seal.levels` has one."""

    def __call__(self, signed: Signed, *, at: datetime) -> Levels:
        """``at`` is the moment at which the seal is known to have existed without its time stamps."""
        ...


class Policy(NamedTuple):
    """How strict verification is; the default is what `docs/seal-deviations.md` describes.

    Attributes:
        refused: codes of tolerated deviations that are to be refused.
        skew: how far a signer's clock may be ahead.
        max_bytes: a document larger than this is not read.
    """

    refused: frozenset[str] = frozenset()
    skew: timedelta = timedelta(minutes=5)
    max_bytes: int = MAX_BYTES

    @classmethod
    def strict(cls) -> Policy:
        """Nothing is tolerated."""
        return cls(frozenset(code for code, deviation in DEVIATIONS.items() if deviation.tolerated))


_UNJUDGED: Final = frozenset({"seal.several", "seal.further-seal", "seal.misplaced"})
"""Where there are seals, but which one is the document's cannot be said, or none stands at its place."""


class SealReport(NamedTuple):
    """What was found of one seal.

    Attributes:
        indication: the verdict (EN 319 102-1): the worst of form, cryptography, trust and the signer's right to seal.
        sub: why it did not pass; None if it did.
        reasons: what keeps it from passing, worst first; empty if it passed.
        deviations: what was tolerated or is worth knowing.
        document: local name of the document's root element.
        owner: VKN or TCKN of the one who issues the document (for a counter-signature: of the account's owner); empty
            if it was not found or not looked for.
        signer: certificate that the seal binds, as far as it was found.
        signing_time: as the signer claims, with zone.
        role: as the signer claims; may be empty.
        level: ``BES``, ``T``, … ``A``; empty if there is no seal, or none that could be looked at.
        content: the canonical bytes that the seal covers; empty unless digests and signature value hold.
        data: the bytes that were judged; of a document in an envelope those that were cut out.
        existed_at: the moment at which the certificate was judged: ``at``, or earlier if time stamps prove it.
        trusted: what is known of the certificate; None if it was not asked because something failed before.
        counter_seals: reports on the counter-signatures.
    """

    indication: Indication
    sub: SubIndication | None = None
    reasons: tuple[Reason, ...] = ()
    deviations: tuple[Reason, ...] = ()
    document: str = ""
    owner: str = ""
    signer: Certificate | None = None
    signing_time: datetime | None = None
    role: str = ""
    level: str = ""
    content: bytes = b""
    data: bytes = b""
    existed_at: datetime | None = None
    trusted: Trusted | None = None
    counter_seals: tuple[SealReport, ...] = ()

    @property
    def passed(self) -> bool:
        return self.indication is Indication.PASSED

    @property
    def is_sealed(self) -> bool:
        """False for a document without a seal, which may be as it should be (``seal.not-required``)."""
        return self.level != "" or any(reason.code in _UNJUDGED for reason in self.reasons)
