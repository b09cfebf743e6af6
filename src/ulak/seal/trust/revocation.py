"""Whether a certificate was revoked: asked of what is at hand, then of the network, as the policy says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
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


_OF_OTHERS: Final = {Kind.CRL: "trust.crl-other-issuer", Kind.OCSP: "trust.ocsp-other-certificate"}
_NONE_AT_HAND: Final = {Kind.CRL: "trust.no-crl", Kind.OCSP: "trust.no-ocsp"}
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

    def _first(self, kinds: Sequence[Kind], certificate: Certificate, issuer: Certificate) -> Outcome:
        missed: list[Reason] = []
        for kind in kinds:
            found = self._by(kind, certificate, issuer)
            if isinstance(found, Standing):
                others = [self._at_hand(other, certificate, issuer) for other in kinds if other is not kind]
                return Outcome((_overruled(found, others),), tuple(missed), True)
            missed.extend(found)
        return Outcome((), tuple(missed), False)

    def _all(self, kinds: Iterable[Kind], certificate: Certificate, issuer: Certificate) -> Outcome:
        founds = [self._by(kind, certificate, issuer) for kind in kinds]
        standings = tuple(found for found in founds if isinstance(found, Standing))
        missed = tuple(why for found in founds if not isinstance(found, Standing) for why in found)
        return Outcome(standings, missed, len(standings) == len(founds))

    def _by(self, kind: Kind, certificate: Certificate, issuer: Certificate) -> Found:
        """What a kind of evidence says: what is at hand, and the network where that says too little."""
        offered = self._offered(kind, certificate, issuer)
        best = _best(offered)
        if best is not None and not self._may_be_outdated(best):
            return best
        about = _reasons(offered, but=_OF_OTHERS[kind])
        if not self._moment.policy.online:
            return best or about or (reason(_NONE_AT_HAND[kind], certificate=certificate.common_name),)
        found = self._asked(kind, certificate, issuer)
        if isinstance(found, Standing):
            return found
        return best or (*about, *found)

    def _may_be_outdated(self, standing: Standing) -> bool:
        """Whether somebody else chose what we rely on, and it is from before the moment in question.

        Who seals with a stolen key sends along the last answer from before the revocation.
        """
        is_given = standing.der in self._given.crls or standing.der in self._given.ocsp_responses
        is_online = self._moment.policy.online
        return is_online and is_given and standing.state is State.GOOD and standing.made < self._moment.at

    def _at_hand(self, kind: Kind, certificate: Certificate, issuer: Certificate) -> Standing | None:
        return _best(self._offered(kind, certificate, issuer))

    def _offered(self, kind: Kind, certificate: Certificate, issuer: Certificate) -> list[Standing | Reason]:
        """What all evidence of a kind says that is at hand."""
        examine = self._examiner(kind, certificate, issuer)
        if kind is Kind.OCSP:
            return [examine(data) for data in self._given.ocsp_responses[:_MAX_OFFERED]]
        offered = [examine(data) for data in self._given.crls[:_MAX_OFFERED]]
        return offered + [
            standing_by_crl(crl, certificate, issuer, self._moment) for crl in self._store.crls_of(issuer)
        ]

    def _asked(self, kind: Kind, certificate: Certificate, issuer: Certificate) -> Found:
        examine = self._examiner(kind, certificate, issuer)
        if kind is Kind.OCSP:
            return self._learner.ocsp(certificate, issuer, self._moment, examine, self._patience)
        return self._learner.crl(certificate, self._moment, examine, self._patience)

    def _examiner(
        self, kind: Kind, certificate: Certificate, issuer: Certificate
    ) -> Callable[[bytes], Standing | Reason]:
        if kind is Kind.OCSP:
            return lambda data: self._proven(standing_by_ocsp(data, certificate, issuer, self._moment), issuer)
        return lambda data: standing_by_crl(data, certificate, issuer, self._moment)

    def _proven(self, found: tuple[Standing, Certificate | None] | Reason, issuer: Certificate) -> Standing | Reason:
        """An answer whose responder may itself be revoked counts only if a list shows that it is not."""
        if isinstance(found, Reason):
            return found
        standing, responder = found
        if responder is None:
            return standing
        shown = self._by(Kind.CRL, responder, issuer)
        if isinstance(shown, Standing) and shown.state is State.GOOD:
            ends = [standing.until, shown.until]
            if shown.since is not None:
                # The responder was revoked later: for that moment its answer has to be looked at anew.
                ends.append(shown.since - timedelta.resolution)
            return standing._replace(until=min(ends), behind=shown.der)
        return reason("trust.ocsp-signer-unproven", signer=responder.common_name)


def _best(offered: Iterable[Standing | Reason]) -> Standing | None:
    """A revocation if any evidence shows one, since it is for good; else what the newest says."""
    standings = sorted((found for found in offered if isinstance(found, Standing)), key=lambda found: found.made)
    revoked = [found for found in standings if found.state is State.REVOKED]
    return (revoked or standings)[-1] if standings else None


def _overruled(found: Standing, others: Iterable[Standing | None]) -> Standing:
    """What was found, unless evidence of another kind that is at hand knows of a revocation, or later of a suspension.

    A sender who was revoked picks the kind that does not say so yet.
    """
    if found.state is not State.GOOD:
        return found
    worse = (
        other
        for other in others
        if other is not None
        and (other.state is State.REVOKED or (other.state is State.HELD and other.made >= found.made))
    )
    return next(worse, found)


def _reasons(offered: Iterable[Standing | Reason], *, but: str) -> tuple[Reason, ...]:
    """Why what was offered says nothing, leaving out what was never meant to."""
    return tuple(found for found in offered if isinstance(found, Reason) and found.code != but)
