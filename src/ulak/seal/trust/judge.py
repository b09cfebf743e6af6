"""Whether a certificate can be trusted: the answer put together, and remembered while it holds."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from ulak.seal.certificates import Certificate
from ulak.seal.trust.cache import Cache, MemoryCache
from ulak.seal.trust.chains import Search, faults
from ulak.seal.trust.fetching import Fetcher, HttpFetcher, Offline
from ulak.seal.trust.findings import Finding, finding
from ulak.seal.trust.judgement import kinder, proven, unreached, verdict
from ulak.seal.trust.learning import Learner, Patience
from ulak.seal.trust.policy import Policy, Purpose
from ulak.seal.trust.problems import failure
from ulak.seal.trust.revocation import Inquiry
from ulak.seal.trust.stamp_checks import misfit
from ulak.seal.trust.standing import Moment
from ulak.seal.trust.store import TrustStore
from ulak.seal.trust.timestamps import TimeStampToken, read_token, signer_of
from ulak.seal.verdicts import Evidence, Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

__all__ = ["Trust"]

_MAX_WAYS: Final = 8
"""Ways to a root that are judged before a certificate is given up."""
_MAX_KNOWN: Final = 200
"""Certificates that came along and are looked at; a stranger's document may hold any number."""
_MAX_REMEMBERED: Final = 4096
_NOTHING: Final = Evidence()


class _Remembered(NamedTuple):
    answer: Trusted
    since: datetime
    until: datetime
    renew: datetime


class Trust:
    """Judges certificates against a store, under a policy. One object serves all threads of a process.

    Args:
        store: the roots.
        policy: how strictly; the default asks no network.
        fetcher: asks addresses; by default over HTTP if the policy allows, without any proxy.
        cache: keeps what was fetched; by default in this process.
        clock: the time of day; by default this machine's.
        nonce: makes random bytes for OCSP questions.
        monotonic: seconds that never go back.
    """

    def __init__(
        self,
        store: TrustStore,
        policy: Policy | None = None,
        *,
        fetcher: Fetcher | None = None,
        cache: Cache | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        nonce: Callable[[int], bytes] = secrets.token_bytes,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store: Final = store
        self.policy: Final = policy or Policy()
        self._clock = clock
        self._monotonic = monotonic
        asks = fetcher or (HttpFetcher(self.policy) if self.policy.online else Offline())
        self._learner = Learner(asks, cache or MemoryCache(), self.policy, nonce)
        self._remembered: dict[object, _Remembered] = {}

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = _NOTHING,
        purpose: Purpose = Purpose.SEAL,
        since: datetime | None = None,
    ) -> Trusted:
        """Whether the certificate was good at a moment.

        Args:
            at: a moment at which what it signed is known to have existed, with a zone; now, or a time stamp's.
            known: certificates that may lead to a root, e.g. of the document; none of them is trusted for that.
            evidence: revocation data that came along; believed only after checking.
            purpose: what the certificate was used for.
            since: a moment than which the signature is not older, if known. What ended or was revoked before it makes
                the verdict FAILED (EXPIRED, REVOKED); without it, it may have been signed in good time and the verdict
                is INDETERMINATE (OUT_OF_BOUNDS_NO_POE, REVOKED_NO_POE) (EN 319 102-1, 5.3.4 and 5.5.4).

        Returns:
            PASSED only if a chain to a root was found, all of it valid at ``at`` and proven not revoked then.
        """
        key = (certificate, purpose, known and tuple(known), evidence)
        held = self._remembered.get(key)
        if held is not None and held.since <= at <= held.until and self._clock() < held.renew:
            return held.answer
        answer = self._judged(certificate, at, known, evidence, purpose, since)
        # Evidence that came along is that of one document, and may be large.
        if answer.indication is Indication.PASSED and not any(evidence):
            self._remember(key, answer)
        return answer

    def collect(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = _NOTHING,
        purpose: Purpose = Purpose.SEAL,
    ) -> Trusted:
        """The chain and the evidence that prove a certificate's trust to others, as XAdES-A keeps them.

        Raises:
            TrustFailure: ``trust.not-trusted`` if it cannot be proven now.
        """
        answer = self.judge(certificate, at=at, known=known, evidence=evidence, purpose=purpose)
        if answer.indication is Indication.PASSED:
            return answer
        worst = answer.reasons[0]
        raise failure("trust.not-trusted", certificate=certificate.common_name, why=worst.text, repair=worst.repair)

    def read_stamp(self, der: bytes) -> TimeStampToken:
        """Read a time stamp; raises StampFailure ``timestamp.broken`` or ``timestamp.too-large``."""
        return read_token(der)

    def judge_stamp(
        self,
        token: TimeStampToken,
        *,
        at: datetime | None = None,
        known: Sequence[Certificate] = (),
        evidence: Evidence = _NOTHING,
    ) -> Trusted:
        """Whether a time stamp can be trusted: its signature, its authority's certificate, chain and revocation.

        Args:
            at: a moment at which the time stamp is known to have existed, e.g. the time of a later one around it; by
                default its own time, which believes the authority that its key was safe ever since.
            known: certificates that may lead to a root.
            evidence: revocation data that came along.
        """
        helpers = (*token.certificates, *known)
        signer = signer_of(token, (*helpers, *self.store.intermediates))
        if signer is None:
            return _of_stamp(finding(Sub.NO_SIGNING_CERTIFICATE_FOUND, "timestamp.no-certificate"))
        if (found := misfit(token, signer)) is not None:
            return _of_stamp(found, signer)
        if token.time < signer.not_before:
            facts = {"time": token.time, "start": signer.not_before}
            return _of_stamp(finding(Sub.NOT_YET_VALID, "timestamp.before-certificate", **facts), signer)
        moment = token.time if at is None else max(at, token.time)
        purpose = Purpose.TIME_STAMPING
        return self.judge(signer, at=moment, known=helpers, evidence=evidence, purpose=purpose, since=token.time)

    def stamp_is_trusted(
        self,
        token: TimeStampToken,
        *,
        at: datetime | None = None,
        known: Sequence[Certificate] = (),
        evidence: Evidence = _NOTHING,
    ) -> bool:
        """Whether `judge_stamp` passes."""
        return self.judge_stamp(token, at=at, known=known, evidence=evidence).indication is Indication.PASSED

    def _remember(self, key: object, answer: Trusted) -> None:
        if answer.good_until is None or answer.revoked_at is not None:
            return
        if len(self._remembered) >= _MAX_REMEMBERED:
            # Filling up again costs less than keeping an order would at every question.
            self._remembered.clear()
        start = max(certificate.not_before for certificate in answer.chain)
        renew = self._clock() + self.policy.keep
        self._remembered[key] = _Remembered(answer, start, answer.good_until, renew)

    def _judged(
        self,
        certificate: Certificate,
        at: datetime,
        known: Sequence[Certificate],
        evidence: Evidence,
        purpose: Purpose,
        since: datetime | None,
    ) -> Trusted:
        moment = Moment(at, self._clock(), self.policy)
        patience = Patience(self.policy.total_seconds, self._monotonic)
        inquiry = Inquiry(self.store, evidence, self._learner, moment, patience)
        search = Search(self.store, known[:_MAX_KNOWN], self.policy.max_path)
        best: Trusted | None = None
        for _, chain in zip(range(_MAX_WAYS), search.ways(certificate), strict=False):
            answer = verdict(chain, faults(chain, at, since, purpose)) or proven(chain, inquiry, since, purpose)
            if answer.indication is Indication.PASSED:
                return answer
            best = answer if best is None else kinder(best, answer)
        return best or unreached(certificate, search)


def _of_stamp(found: Finding, *signer: Certificate) -> Trusted:
    return Trusted(found.indication, found.sub, (found.reason,), signer)
