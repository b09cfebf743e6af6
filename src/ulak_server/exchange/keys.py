"""The keys that seal: the integrator's, and those of taxpayers who have their own; opened once in a process.

A key that failed is closed and opened anew when it is wanted next, so that a token that comes back is found; so is one
whose certificate may not seal any more, since the next one is put into the same place. What is known of its certificate
(chain, revocation) is asked for before every batch, which GİB's audit demands of the moment of sealing (Denetim
Kılavuzu J12, J13, K14); `ulak.seal.trust` remembers the answers while they hold.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

from ulak.errors import UlakError
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Secret, SecretSource, Wanted, from_file, no_secret
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust
from ulak.seal.trust.stamping import HttpTimeStamper, TimeStamper
from ulak.seal.verdicts import Indication, Trusted
from ulak_server import clock
from ulak_server.documents.seals import trust
from ulak_server.exchange.key_problems import problem

__all__ = ["Address", "Borrowed", "KeyRing", "Opened", "authority", "trust"]

_MOST_OPEN: Final = 500
"""Keys that one process holds open."""


class Address(NamedTuple):
    """Where a key is.

    Attributes:
        number: VKN or TCKN that its certificate must bear; empty: any.
        secret: its password, PIN or access token; empty if it has none.
    """

    name: str
    number: str = ""
    secret: Secret = Secret("")


class Opened(NamedTuple):
    """A key that is open, and what is known of its certificate now."""

    key: SealingKey
    trusted: Trusted | None


class Borrowed:
    """A key of a ring for work that takes long: others may use it between its signatures.

    A `ulak.seal.keys.port.SealingKey`. Raises what `KeyRing.using` raises.
    """

    def __init__(self, ring: KeyRing, address: Address | None = None) -> None:
        self._ring, self._address = ring, address
        with ring.using(address) as opened:
            key, self.trusted = opened.key, opened.trusted
            self.name, self.certificate, self.chain, self.algorithm = (
                key.name,
                key.certificate,
                tuple(key.chain),
                key.algorithm,
            )

    def sign(self, digest: bytes) -> bytes:
        """Sign a digest, with the key of the certificate that was seen first."""
        with self._ring.using(self._address) as opened:
            if opened.key.certificate != self.certificate:
                raise problem("sealing-key.changed")
            return opened.key.sign(digest)

    def close(self) -> None:
        """Nothing is held: the key is the ring's."""


class KeyRing:
    """The keys of one process. A key is used by one thread at a time: whoever holds it keeps the others waiting.

    Args:
        integrator: gives the address of the integrator's key; by default the environment's ``ULAK_SEAL_KEY``.
        trust: judges certificates before they seal; None: that of ``ULAK_TRUST``, if it is set.
    """

    def __init__(self, integrator: Callable[[], Address] | None = None, *, trust: Trust | None = None) -> None:
        self._integrator = integrator or _of_environment
        self._trust = trust
        self._open: dict[str, tuple[Address, SealingKey]] = {}
        self._lock = threading.RLock()

    @contextmanager
    def using(self, address: Address | None = None) -> Iterator[Opened]:
        """A key, to be used within the block; the integrator's if no other is named.

        Raises:
            KeyFailure: ``key.*``; it is closed then, and opened anew the next time.
            SealingKeyError: ``sealing-key.missing``, ``sealing-key.other-owner``.
        """
        wanted = address or self._integrator()
        with self._lock:
            try:
                yield self._usable(wanted)
            except UlakError as error:
                if error.code.startswith("key."):
                    self._drop(wanted.name)
                raise

    def seal(self, document: bytes, address: Address | None = None) -> bytes:
        """One document, sealed now. Raises what `using` and `ulak.seal.sealing.seal` raise."""
        with self.using(address) as opened:
            return seal(document, opened.key, at=clock.now(), trusted=opened.trusted)

    def reopen(self, opened: Opened) -> None:
        """Close a key that failed; it is opened anew when it is wanted next."""
        with self._lock:
            for name in [name for name, (_, key) in self._open.items() if key is opened.key]:
                self._drop(name)

    def close(self) -> None:
        """Close all keys; they are opened again if they are wanted again."""
        with self._lock:
            for name in list(self._open):
                self._drop(name)

    def _usable(self, wanted: Address) -> Opened:
        """The key; one that was open and may not seal any more is looked for anew where it lies."""
        was_open = wanted.name in self._open
        found = self._with_verdict(wanted)
        if was_open and not _may_seal(found):
            self._drop(wanted.name)
            found = self._with_verdict(wanted)
        return found

    def _with_verdict(self, wanted: Address) -> Opened:
        key = self._opened(wanted)
        return Opened(key, self._judged(key))

    def _opened(self, wanted: Address) -> SealingKey:
        held = self._open.pop(wanted.name, None)
        if held is not None and held[0] != wanted:
            held[1].close()
            held = None
        key = self._new(wanted) if held is None else held[1]
        # At the end of the line: what was not wanted for long is closed first.
        self._open[wanted.name] = wanted, key
        if len(self._open) > _MOST_OPEN:
            self._drop(next(iter(self._open)))
        return key

    def _new(self, wanted: Address) -> SealingKey:
        if not wanted.name:
            raise problem("sealing-key.missing")
        key = open_key(wanted.name, secret=_source(wanted.secret))
        found = key.certificate.tax_id or "-"
        if wanted.number and found != wanted.number:
            key.close()
            raise problem("sealing-key.other-owner", wanted=wanted.number, found=found)
        return key

    def _judged(self, key: SealingKey) -> Trusted | None:
        by = self._trust or trust()
        now = clock.now()
        return by.judge(key.certificate, at=now, known=key.chain, since=now) if by else None

    def _drop(self, name: str) -> None:
        held = self._open.pop(name, None)
        if held is not None:
            with suppress(UlakError):
                held[1].close()


def _may_seal(opened: Opened) -> bool:
    certificate, trusted = opened.key.certificate, opened.trusted
    is_refused = trusted is not None and trusted.indication is Indication.FAILED
    return certificate.not_before <= clock.now() <= certificate.not_after and not is_refused


def authority() -> TimeStamper | None:
    """The time stamp authority of ``ULAK_TSA``; None if none is set."""
    url = settings.ENVIRONMENT["ULAK_TSA"]
    return _authority(url) if url else None


@cache
def _authority(url: str) -> TimeStamper:
    return HttpTimeStamper(url)


def _of_environment() -> Address:
    values = settings.ENVIRONMENT
    file = values["ULAK_SEAL_SECRET"]
    secret = from_file(Path(file)) if file else Secret("")
    return Address(values["ULAK_SEAL_KEY"], values["ULAK_INTEGRATOR_NUMBER"], secret)


def _source(secret: Secret) -> SecretSource:
    def source(_: Wanted) -> Secret | None:
        return secret

    return source if secret else no_secret
