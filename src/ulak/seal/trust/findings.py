"""What can be found out about a certificate, in ETSI's words and ours, and which finding weighs most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ulak.seal.trust.reasons import reason
from ulak.seal.verdicts import Indication, Reason, SubIndication, indication_of

__all__ = ["Finding", "finding", "worst_first"]

_WEIGHT: Final = {
    sub: weight
    for weight, sub in enumerate(
        (
            SubIndication.FORMAT_FAILURE,
            SubIndication.HASH_FAILURE,
            SubIndication.SIG_CRYPTO_FAILURE,
            SubIndication.REVOKED,
            SubIndication.NOT_YET_VALID,
            SubIndication.EXPIRED,
            SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
            SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            SubIndication.CHAIN_CONSTRAINTS_FAILURE,
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
            SubIndication.CERTIFICATE_CHAIN_GENERAL_FAILURE,
            SubIndication.REVOKED_NO_POE,
            SubIndication.REVOKED_CA_NO_POE,
            SubIndication.OUT_OF_BOUNDS_NO_POE,
            SubIndication.TRY_LATER,
        )
    )
}


class Finding(NamedTuple):
    """One thing found, and what it makes of the verdict."""

    sub: SubIndication
    reason: Reason

    @property
    def indication(self) -> Indication:
        """FAILED only for what ETSI counts as proven (EN 319 102-1, 5.1.3, table 5)."""
        return indication_of(self.sub)


def finding(sub: SubIndication, code: str, /, **facts: object) -> Finding:
    return Finding(sub, reason(code, **facts))


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings, the one that decides first."""
    return tuple(sorted(findings, key=lambda found: _WEIGHT[found.sub]))
