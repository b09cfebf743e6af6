"""The words of ETSI EN 319 102-1 for what a validation found."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.seal.certificates import Certificate

__all__ = ["Evidence", "Indication", "Reason", "SubIndication", "Trusted", "indication_of"]


class Indication(StrEnum):
    """What a validation says of a seal (EN 319 102-1, 5.1.3)."""

    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    """Neither proven good nor proven bad; never to be taken for passed."""
    FAILED = "TOTAL-FAILED"


class SubIndication(StrEnum):
    """Why a validation did not pass (EN 319 102-1, 5.1.3)."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CERTIFICATE_CHAIN_GENERAL_FAILURE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    REVOKED_CA_NO_POE = "REVOKED_CA_NO_POE"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"
    TRY_LATER = "TRY_LATER"
    GENERIC = "GENERIC"


_FAILING: Final = frozenset(
    {
        SubIndication.FORMAT_FAILURE,
        SubIndication.HASH_FAILURE,
        SubIndication.SIG_CRYPTO_FAILURE,
        SubIndication.REVOKED,
        SubIndication.EXPIRED,
        SubIndication.NOT_YET_VALID,
    }
)
"""The sub-indications of TOTAL-FAILED (EN 319 102-1, table 5); all others are INDETERMINATE's (table 6)."""


def indication_of(sub: SubIndication | None) -> Indication:
    """The indication that a sub-indication belongs to.

    >>> indication_of(SubIndication.HASH_FAILURE).value, indication_of(SubIndication.TRY_LATER).value
    ('TOTAL-FAILED', 'INDETERMINATE')
    >>> indication_of(None).value
    'TOTAL-PASSED'
    """
    if sub is None:
        return Indication.PASSED
    return Indication.FAILED if sub in _FAILING else Indication.INDETERMINATE


class Reason(NamedTuple):
    """One thing that was found, with a stable code and the facts said in both languages."""

    code: str
    text: Text
    repair: Text = Text("", "")


class Evidence(NamedTuple):
    """Revocation data that a judgement rests on, or may rest on: DER of each."""

    crls: tuple[bytes, ...] = ()
    ocsp_responses: tuple[bytes, ...] = ()


class Trusted(NamedTuple):
    """What is known of a certificate's trust at a moment.

    Attributes:
        indication: PASSED only if a chain to a configured root was found, every certificate of it valid at the moment
            and proven not revoked.
        sub: why not; None if passed.
        reasons: what was found, worst first; empty if passed.
        chain: the certificate first, the root last; what could be built of it if it did not reach a root.
        evidence: the revocation data used.
        revoked_at: when the certificate was revoked, if it was.
        good_until: until when the answer holds for the same moment's day-to-day use (the earliest of the evidence's
            next updates and the chain's ends); None if it did not pass.
    """

    indication: Indication
    sub: SubIndication | None = None
    reasons: tuple[Reason, ...] = ()
    chain: tuple[Certificate, ...] = ()
    evidence: Evidence = Evidence()
    revoked_at: datetime | None = None
    good_until: datetime | None = None
