"""Whether a certificate was revoked: asked of what is at hand, then of the network, as the policy says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ulak.seal.certificates import Certificate
from ulak.seal.trust.crl import standing_by_crl
from ulak.seal.trust.learning import Learner, Patience, addresses
from ulak.seal.trust.ocsp import standing_by_ocsp
from ulak.seal.trust.policy import Revocation
from ulak.seal.trust.reasons import reason
from ulak.seal.trust.standing import Kind, Moment, Standing, State
from ulak.seal.trust.store import TrustStore
from ulak.seal.verdicts import Evidence, Reason

__all__ = ["Inquiry", "Outcome"]

_ORDER: Final = {
    Revocation.OCSP_FIRST: (Kind.OCSP, Kind.CRL),
    Revocation.CRL_FIRST: (Kind.CRL, Kind.OCSP),
    Revocation.BOTH: (Kind.CRL, Kind.OCSP),
}


_MAX_OFFERED: Final = 100
"""Lists and answers that came along and are looked at, of each kind; a stranger's document may hold any number."""


class Outcome(NamedTuple):
    """What was learned of one certificate.

    Attributes:
        standings: what tells its state, one of each kind of evidence that was asked.
        missed: why other evidence tells nothing.
        is_enough: whether the policy is content with it.
    """

    standings: tuple[Standing, ...]
    missed: tuple[Reason, ...]
    is_enough: bool


Found = Standing | tuple[Reason, ...]


class Inquiry:
    """The questions of one judgement."""

    def __init__(
        self, store: TrustStore, given: Evidence, learner: Learner, moment: Moment, patience: Patience
    ) -> None:
        self._store = store
        self._given = given
        self._learner = learner
        self._moment = moment
        self._patience = patience

    def outcome(self, certificate: Certificate, issuer: Certificate) -> Outcome:
        """Whether a certificate of this issuer was revoked."""
        rule = self._moment.policy.revocation
        named = [kind for kind in _ORDER[rule] if addresses(kind, certificate)]
        if rule is Revocation.BOTH and len(named) > 1:
            return self._all(named, certificate, issuer)
        return self._first(_ORDER[rule], certificate, issuer)

    def _first(self, kinds: Iterable[Kind], certificate: Certificate, issuer: Certificate) -> Outcome:
        missed: list[Reason] = []
        for kind in kinds:
            found = self._by(kind, certificate, issuer)
            if isinstance(found, Standing):
                return Outcome((found,), tuple(missed), True)
            missed.extend(found)
        return Outcome((), tuple(missed), False)

    def _all(self, kinds: Iterable[Kind], certificate: Certificate, issuer: Certificate) -> Outcome:
        founds = [self._by(kind, certificate, issuer) for kind in kinds]
        standings = tuple(found for found in founds if isinstance(found, Standing))
        missed = tuple(why for found in founds if not isinstance(found, Standing) for why in found)
        return Outcome(standings, missed, len(standings) == len(founds))

    def _by(self, kind: Kind, certificate: Certificate, issuer: Certificate) -> Found:
        ask = self._by_crl if kind is Kind.CRL else self._by_ocsp
        return ask(certificate, issuer)

    def _by_crl(self, certificate: Certificate, issuer: Certificate) -> Found:
        def examine(data: bytes) -> Standing | Reason:
            return standing_by_crl(data, certificate, issuer, self._moment)

        offered = [examine(data) for data in self._given.crls[:_MAX_OFFERED]]
        offered += [standing_by_crl(crl, certificate, issuer, self._moment) for crl in self._store.crls_of(issuer)]
        if best := _best(offered):
            return best
        about = _reasons(offered, but="trust.crl-other-issuer")
        if not self._moment.policy.online:
            return about or (reason("trust.no-crl", certificate=certificate.common_name),)
        found = self._learner.crl(certificate, self._moment, examine, self._patience)
        return found if isinstance(found, Standing) else (*about, *found)

    def _by_ocsp(self, certificate: Certificate, issuer: Certificate) -> Found:
        def examine(data: bytes) -> Standing | Reason:
            return self._proven(standing_by_ocsp(data, certificate, issuer, self._moment), issuer)

        offered = [examine(data) for data in self._given.ocsp_responses[:_MAX_OFFERED]]
        if best := _best(offered):
            return best
        about = _reasons(offered, but="trust.ocsp-other-certificate")
        if not self._moment.policy.online:
            return about or (reason("trust.no-ocsp", certificate=certificate.common_name),)
        found = self._learner.ocsp(certificate, issuer, self._moment, examine, self._patience)
        return found if isinstance(found, Standing) else (*about, *found)

    def _proven(self, found: tuple[Standing, Certificate | None] | Reason, issuer: Certificate) -> Standing | Reason:
        """An answer whose responder may itself be revoked counts only if a list shows that it is not."""
        if isinstance(found, Reason):
            return found
        standing, responder = found
        if responder is None:
            return standing
        shown = self._by_crl(responder, issuer)
        if isinstance(shown, Standing) and shown.state is State.GOOD:
            return standing._replace(until=min(standing.until, shown.until), behind=shown.der)
        return reason("trust.ocsp-signer-unproven", signer=responder.common_name)


def _best(offered: Iterable[Standing | Reason]) -> Standing | None:
    """A revocation if any evidence shows one, since it is for good; else what the newest says."""
    standings = sorted((found for found in offered if isinstance(found, Standing)), key=lambda found: found.made)
    revoked = [found for found in standings if found.state is State.REVOKED]
    return (revoked or standings)[-1] if standings else None


def _reasons(offered: Iterable[Standing | Reason], *, but: str) -> tuple[Reason, ...]:
    """Why what was offered says nothing, leaving out what was never meant to."""
    return tuple(found for found in offered if isinstance(found, Reason) and found.code != but)
