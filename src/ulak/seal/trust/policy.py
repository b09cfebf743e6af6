"""How strictly trust is asked, and how long it may take: a value that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

__all__ = ["Policy", "Purpose", "Revocation"]


class Purpose(Enum):
    """What a certificate is used for in the case that is judged."""

    SEAL = "seal"
    """Sealing documents and messages: a mali mühür or a personal certificate."""
    TIME_STAMPING = "time-stamping"
    """Signing time stamps (RFC 3161, 2.3)."""


class Revocation(Enum):
    """Which proofs of not being revoked are asked for, and in what order."""

    OCSP_FIRST = "ocsp-first"
    """OCSP; where it cannot tell, the revocation list."""
    CRL_FIRST = "crl-first"
    """The revocation list; where it cannot tell, OCSP."""
    BOTH = "both"
    """Both, of every certificate that names an address of the kind; one of them failing is not forgiven. What an
    integrator's signing service is audited for (Denetim Kılavuzu J12, K14)."""


@dataclass(frozen=True)
class Policy:
    """What is asked of a certificate's trust. The default is strict and asks no network."""

    revocation: Revocation = Revocation.OCSP_FIRST
    """Which proofs, in what order."""
    online: bool = False
    """Whether addresses in certificates may be asked; only those of certificates that a root vouches for are."""
    max_age: timedelta | None = None
    """How old a revocation list or answer may be at the moment that is judged; None: as old as it says itself."""
    undated_life: timedelta = timedelta(hours=1)
    """How long an OCSP answer without nextUpdate serves (RFC 6960, 4.2.2.1: newer information is always available)."""
    skew: timedelta = timedelta(minutes=5)
    """By how much clocks of issuers may be ahead of ours."""
    need_nonce: bool = False
    """Whether OCSP answers from the network must repeat our nonce. Many responders answer in advance and cannot."""
    keep: timedelta = timedelta(hours=1)
    """After what time something learned is asked for again, though it may still be valid."""
    keep_failure: timedelta = timedelta(seconds=60)
    """After what time something that could not be learned is asked for again."""
    connect_seconds: float = 3.0
    read_seconds: float = 5.0
    """The longest silence of a server."""
    request_seconds: float = 8.0
    """The longest time for one request, whatever the server does."""
    total_seconds: float = 20.0
    """The longest time for all requests of one judgement."""
    rest_seconds: float = 30.0
    """For how long a host is left alone that did not answer twice in a row."""
    max_crl_bytes: int = 32 * 1024 * 1024
    max_ocsp_bytes: int = 128 * 1024
    max_path: int = 6
    """Certificates in a chain, the leaf and the root included."""
