"""What a revocation list or an OCSP answer says of one certificate, and for how long."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from cryptography import x509

from ulak.seal.certificates import Certificate
from ulak.seal.trust.policy import Policy
from ulak.seal.trust.reasons import reason
from ulak.seal.verdicts import Reason

__all__ = ["Kind", "Moment", "Standing", "State", "limits"]


class State(Enum):
    """What is known of a certificate."""

    GOOD = "good"
    """Not revoked at the moment that was asked."""
    HELD = "held"
    """Suspended; may come back (certificateHold)."""
    REVOKED = "revoked"
    """For good."""


class Kind(Enum):
    CRL = "crl"
    OCSP = "ocsp"


class Moment(NamedTuple):
    """When a certificate is judged.

    Attributes:
        at: the moment at which it must have been good.
        now: the time of day of who asks; evidence from after it is not believed.
        policy: how strictly.
    """

    at: datetime
    now: datetime
    policy: Policy


class Standing(NamedTuple):
    """What evidence says of a certificate.

    Attributes:
        state: at the moment that was asked.
        kind: of the evidence.
        der: the evidence.
        made: thisUpdate.
        until: until when the evidence holds.
        since: when the certificate was revoked or suspended, be it after the moment that was asked.
        why: the reason that the issuer gives.
        behind: the list that shows that the responder of an OCSP answer was not revoked, where one was needed.
    """

    state: State
    kind: Kind
    der: bytes
    made: datetime
    until: datetime
    since: datetime | None = None
    why: x509.ReasonFlags | None = None
    behind: bytes | None = None

    def taken_back(self, since: datetime, why: x509.ReasonFlags | None, moment: Moment) -> Standing:
        """The same evidence, which says that the certificate was revoked or suspended."""
        state = State.HELD if why is x509.ReasonFlags.certificate_hold else State.REVOKED
        return self._replace(state=state if since <= moment.at else State.GOOD, since=since, why=why)


def limits(
    kind: str,
    made: datetime,
    following: datetime | None,
    certificate: Certificate,
    moment: Moment,
    keeps_expired_since: datetime | None,
) -> datetime | Reason:
    """Until when evidence holds, or why it does not at the moment.

    Evidence that was made after the moment is welcome: what was revoked before would be in it. But issuers may drop a
    certificate that has expired (RFC 5280, 3.3), so evidence made after its end proves nothing unless it says that it
    keeps expired ones.
    """
    if made > max(moment.now, moment.at) + moment.policy.skew:
        return reason(f"trust.{kind}-from-future", made=made)
    until = following or made + moment.policy.undated_life
    if moment.policy.max_age is not None:
        until = min(until, made + moment.policy.max_age)
    if moment.at > until:
        return reason(f"trust.{kind}-stale", until=until)
    if made > certificate.not_after and not (keeps_expired_since and keeps_expired_since <= certificate.not_after):
        return reason(f"trust.{kind}-after-expiry", made=made, end=certificate.not_after)
    return until
