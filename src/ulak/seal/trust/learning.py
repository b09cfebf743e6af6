"""Lists and answers from the network: fetched once, examined, kept while they hold."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from ulak.seal.certificates import Certificate
from ulak.seal.trust.cache import Cache, Kept
from ulak.seal.trust.fetching import Ask, Fetcher
from ulak.seal.trust.ocsp import nonce_of, question
from ulak.seal.trust.policy import Policy
from ulak.seal.trust.problems import FetchFailure
from ulak.seal.trust.reasons import reason
from ulak.seal.trust.standing import Kind, Moment, Standing
from ulak.seal.verdicts import Reason

__all__ = ["Learner", "Patience", "addresses"]

Examine = Callable[[bytes], Standing | Reason]

_MAX_ADDRESSES: Final = 3
"""Addresses of one kind that are tried for a certificate."""
_NONCE_BYTES: Final = 16


class Patience:
    """How long one judgement may still wait for the network."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self.seconds: Final = seconds
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def left(self) -> float:
        return max(0.0, self._end - self._monotonic())


class Learner:
    """Asks addresses. One object serves all judgements and threads of a process."""

    def __init__(self, fetcher: Fetcher, cache: Cache, policy: Policy, nonce: Callable[[int], bytes]) -> None:
        self._fetcher = fetcher
        self._cache = cache
        self._policy = policy
        self._nonce = nonce
        self._flights: dict[str, threading.Event] = {}
        self._guard = threading.Lock()

    def crl(
        self, certificate: Certificate, moment: Moment, examine: Examine, patience: Patience
    ) -> Standing | tuple[Reason, ...]:
        """What a list at one of the certificate's addresses says, or why none of them says anything."""
        missed: list[Reason] = []
        for url in addresses(Kind.CRL, certificate):
            ask = Ask(url, accept="application/pkix-crl", max_bytes=self._policy.max_crl_bytes)
            found = self._learn(f"crl {url}", lambda ask=ask: ask, moment, examine, patience)  # type: ignore[misc]
            if isinstance(found, Standing):
                return found
            missed.append(found)
        return tuple(missed) or (reason("trust.no-crl-address", certificate=certificate.common_name),)

    def ocsp(
        self, certificate: Certificate, issuer: Certificate, moment: Moment, examine: Examine, patience: Patience
    ) -> Standing | tuple[Reason, ...]:
        """What the responder at one of the certificate's addresses says, or why none of them says anything."""
        missed: list[Reason] = []
        for url in addresses(Kind.OCSP, certificate):
            found = self._ask_responder(url, certificate, issuer, moment, examine, patience)
            if isinstance(found, Standing):
                return found
            missed.append(found)
        return tuple(missed) or (reason("trust.no-ocsp-address", certificate=certificate.common_name),)

    def _ask_responder(
        self,
        url: str,
        certificate: Certificate,
        issuer: Certificate,
        moment: Moment,
        examine: Examine,
        patience: Patience,
    ) -> Standing | Reason:
        sent: list[bytes] = []

        def ask() -> Ask:
            sent.append(self._nonce(_NONCE_BYTES))
            body = question(certificate, issuer, sent[-1])
            kinds = ("application/ocsp-request", "application/ocsp-response")
            return Ask(url, body, *kinds, max_bytes=self._policy.max_ocsp_bytes)

        def examine_first(data: bytes) -> Standing | Reason:
            return self._unasked(data, sent) or examine(data)

        key = f"ocsp {url} {certificate.fingerprint} {issuer.fingerprint}"
        return self._learn(key, ask, moment, examine_first, patience)

    def _unasked(self, data: bytes, sent: list[bytes]) -> Reason | None:
        """Why an answer that has just come is none to what was asked; what was kept was once."""
        if not sent:
            return None
        try:
            nonce = nonce_of(data)
        except ValueError as error:
            return reason("trust.ocsp-broken", detail=str(error)[:200])
        if nonce is None and not self._policy.need_nonce:
            return None
        return None if nonce == sent[-1] else reason("trust.ocsp-nonce")

    def _learn(
        self, key: str, ask: Callable[[], Ask], moment: Moment, examine: Examine, patience: Patience
    ) -> Standing | Reason:
        while True:
            kept = self._cache.get(key)
            if kept is not None and kept.until > moment.now:
                return kept.failure or examine(kept.data)
            if patience.left() <= 0:
                return reason("trust.out-of-time", seconds=patience.seconds)
            with self._guard:
                flight = self._flights.get(key)
                if flight is None:
                    self._flights[key] = threading.Event()
            if flight is None:
                return self._lead(key, ask, moment, examine, patience, kept)
            flight.wait(patience.left())

    def _lead(
        self,
        key: str,
        ask: Callable[[], Ask],
        moment: Moment,
        examine: Examine,
        patience: Patience,
        kept: Kept | None,
    ) -> Standing | Reason:
        """Fetch for all who wait."""
        try:
            fetched = self._fetch(ask(), moment, examine, patience, kept)
            self._cache.put(key, fetched[0])
            return fetched[1]
        finally:
            with self._guard:
                self._flights.pop(key).set()

    def _fetch(
        self, ask: Ask, moment: Moment, examine: Examine, patience: Patience, kept: Kept | None
    ) -> tuple[Kept, Standing | Reason]:
        soon = moment.now + self._policy.keep_failure
        try:
            data = self._fetcher.fetch(ask, seconds=min(self._policy.request_seconds, patience.left()))
        except FetchFailure as error:
            # An outage of the issuer shorter than what it last published lasts is no reason to refuse anything.
            return self._without(Reason(error.code, error.text, error.repair), moment, examine, kept)
        found = examine(data)
        if isinstance(found, Reason):
            # Worth nothing now, but it may be replaced at any time; asking at once again would hammer the issuer.
            return Kept(data, soon), found
        return Kept(data, max(soon, min(found.until, moment.now + self._policy.keep))), found

    def _without(
        self, why: Reason, moment: Moment, examine: Examine, kept: Kept | None
    ) -> tuple[Kept, Standing | Reason]:
        """What was fetched before, where it still holds."""
        soon = moment.now + self._policy.keep_failure
        if kept is not None and kept.failure is None:
            found = examine(kept.data)
            if isinstance(found, Standing):
                return kept._replace(until=soon), found
        return Kept(b"", soon, why), why


def addresses(kind: Kind, certificate: Certificate) -> tuple[str, ...]:
    """Addresses of a kind of evidence that can be asked; directories (LDAP) are not."""
    named = certificate.crl_urls if kind is Kind.CRL else certificate.ocsp_urls
    return tuple(url for url in named if url.lower().startswith(("http://", "https://")))[:_MAX_ADDRESSES]
