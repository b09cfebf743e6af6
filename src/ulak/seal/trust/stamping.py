"""Getting time stamps (RFC 3161) over HTTP."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlsplit

from asn1crypto import cms, core, tsp

from ulak.seal.algorithms import Digest
from ulak.seal.keys.secrets import Secret
from ulak.seal.trust.fetching import Ask, Fetcher, HttpFetcher
from ulak.seal.trust.judge import Trust
from ulak.seal.trust.problems import FetchFailure
from ulak.seal.trust.stamp_checks import misfit
from ulak.seal.trust.stamp_problems import StampFailure, stamp_failure
from ulak.seal.trust.timestamps import MAX_BYTES, TimeStampToken, read_token, signer_of
from ulak.seal.verdicts import Indication

__all__ = ["Credentials", "HttpTimeStamper", "TimeStamper"]

_NONCE_BYTES: Final = 8
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_BUSY: Final = frozenset({"time_not_available", "add_info_not_available", "system_failure"})
"""Failures that pass (RFC 3161, 2.4.2)."""


class TimeStamper(Protocol):
    """Gives time stamps."""

    def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
        """A time stamp for a digest made with ``algorithm``; what it attests has been checked against what was asked.

        Raises:
            StampFailure: ``timestamp.*``; ``permanent`` is False where the same call may succeed later.
        """
        ...


class Credentials(NamedTuple):
    """A name and a password, as HTTP's basic authentication (RFC 7617) sends them."""

    user: str
    password: Secret


class _Response(core.Sequence):  # type: ignore[misc]
    """TimeStampResp; asn1crypto's wants a token even of a refusal."""

    _fields: Final = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class HttpTimeStamper:
    """Asks one time stamp authority. May be used by several threads at once.

    KamuSM's own service wants an ``identity`` header whose making is not published; it is not supported. Authorities
    that ask for nothing, or for a name and a password, are.

    Args:
        url: http or https. A password goes over https only, or to this machine.
        credentials: name and password, if the authority wants them.
        trust: judges every time stamp before it is handed out; None: only what was asked and the signature are checked.
        policy: number of the policy to ask for; None: the authority's usual one.
        fetcher: asks the address.
        seconds: the longest time for one time stamp.
        nonce: makes random bytes.

    Raises:
        StampFailure: ``timestamp.plain-password``.
    """

    def __init__(
        self,
        url: str,
        *,
        credentials: Credentials | None = None,
        trust: Trust | None = None,
        policy: str | None = None,
        fetcher: Fetcher | None = None,
        seconds: float = 10.0,
        nonce: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        if credentials and not _is_private(url):
            raise stamp_failure("timestamp.plain-password", address=url)
        self.url: Final = url
        self._credentials = credentials
        self._trust = trust
        self._policy = policy
        self._fetcher = fetcher or HttpFetcher()
        self._seconds = seconds
        self._nonce = nonce

    def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
        nonce = int.from_bytes(self._nonce(_NONCE_BYTES), "big")
        token = self._token(self._asked(_request(digest, algorithm, nonce, self._policy)))
        self._compare(token, digest, algorithm, nonce)
        if self._trust is not None:
            _believe(token, self._trust)
        return token

    def _asked(self, request: bytes) -> bytes:
        kinds = ("application/timestamp-query", "application/timestamp-reply")
        ask = Ask(self.url, request, *kinds, max_bytes=MAX_BYTES, headers=self._headers())
        try:
            return self._fetcher.fetch(ask, seconds=self._seconds)
        except FetchFailure as error:
            raise stamp_failure("timestamp.no-answer", why=error.text, repair=error.repair) from None

    def _headers(self) -> tuple[tuple[str, str], ...]:
        if self._credentials is None:
            return ()
        user, password = self._credentials
        return (("Authorization", f"Basic {b64encode(f'{user}:{password.reveal()}'.encode()).decode()}"),)

    def _token(self, answer: bytes) -> TimeStampToken:
        try:
            read = _Response.load(answer, strict=True)
            status = read["status"]["status"].native
            if status in {"granted", "granted_with_mods"}:
                return read_token(read["time_stamp_token"].dump())
            raise self._refusal(read["status"])
        except StampFailure as error:
            if error.code in {"timestamp.broken", "timestamp.too-large"}:
                raise stamp_failure("timestamp.broken-answer", address=self.url, detail=error.text) from None
            raise
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise stamp_failure("timestamp.broken-answer", address=self.url, detail=str(error)[:200]) from None

    def _refusal(self, status: tsp.PKIStatusInfo) -> StampFailure:
        failures = sorted(status["fail_info"].native or ())
        words = " ".join([*failures, *(status["status_string"].native or ())])
        is_busy = status["status"].native == "waiting" or bool(_BUSY.intersection(failures))
        code = "timestamp.busy" if is_busy else "timestamp.refused"
        return stamp_failure(code, address=self.url, status=status["status"].native, words=words[:500])

    def _compare(self, token: TimeStampToken, digest: bytes, algorithm: Digest, nonce: int) -> None:
        """A time stamp of something else, or an old one, is worth nothing."""
        what = ""
        if (token.digest, token.imprint) != (algorithm, digest):
            what = "messageImprint"
        elif token.nonce != nonce:
            what = "nonce"
        elif self._policy is not None and token.policy != self._policy:
            what = "policy"
        else:
            signer = signer_of(token, ())
            found = misfit(token, signer) if signer else None
            what = "certReq" if signer is None else found.reason.code if found else ""
        if what:
            raise stamp_failure("timestamp.not-asked", address=self.url, what=what)


def _request(digest: bytes, algorithm: Digest, nonce: int, policy: str | None) -> bytes:
    fields: dict[str, Any] = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": algorithm.name.lower()}, "hashed_message": digest},
        "nonce": nonce,
        "cert_req": True,
    }
    if policy is not None:
        fields["req_policy"] = policy
    der: bytes = tsp.TimeStampReq(fields).dump()
    return der


def _believe(token: TimeStampToken, trust: Trust) -> None:
    judged = trust.judge_stamp(token)
    if judged.indication is not Indication.PASSED:
        worst = judged.reasons[0]
        raise stamp_failure("timestamp.untrusted", why=worst.text, repair=worst.repair)


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in _LOCAL
