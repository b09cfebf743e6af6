"""Keys on PKCS#11 tokens: smart cards, HSM partitions, SoftHSM2."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pkcs11
from pkcs11 import TokenFlag

from ulak.seal.certificates import Certificate
from ulak.seal.keys.certified import CertifiedKey
from ulak.seal.keys.login import TokenRef, is_lost, ref_of, refuse_risky_login
from ulak.seal.keys.module import Module, module_at
from ulak.seal.keys.objects import Handle, find_key, handle_of, identity, own_certificate, refuse_unable
from ulak.seal.keys.problems import KeyFailure, failure
from ulak.seal.keys.secrets import Kind, Secret, SecretSource, Wanted, from_environment, from_file, no_secret
from ulak.seal.keys.signatures import chain_of, checked, padded, refuse_wrong_length, with_prefix
from ulak.seal.keys.uri import TokenUri

__all__ = ["Patience", "TokenKey", "open_pkcs11", "pin_for"]

_Certificates = tuple[Certificate, ...]


class Patience(NamedTuple):
    """How long a lost token is looked for within one signature.

    Attributes:
        tries: full re-initialisations of the module at most.
        pause: seconds between the first two of them, then twice as long each time: SoftHSM2 does not see a token that
            another process logs in to at that moment, and workers start together.
        calm: seconds between those of two signatures, so that a token that stays away lets the module's others work.
        clock: monotonic, in seconds.
    """

    tries: int = 4
    pause: float = 0.1
    calm: float = 0.25
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    @contextmanager
    def turn(self, attempt: int, module: Module) -> Iterator[None]:
        """Have the module to oneself, initialised anew for all attempts but the first (0); others work in the pauses.

        Raises:
            KeyFailure: ``key.module-failed``.
        """
        if attempt > 1:
            self.sleep(self.pause * 2 ** (attempt - 2))
        with module.lock:
            if attempt:
                module.renew(self.clock())
            yield


class _Ready(NamedTuple):
    """A key in the session of a module, as long as that is of the same generation."""

    module: Module
    generation: int
    handle: Handle


class TokenKey(CertifiedKey):
    """A key on a token. It may be used in any process that was forked since: each opens its own session."""

    def __init__(
        self,
        path: Path,
        ref: TokenRef,
        uri: TokenUri,
        secret: Secret | None,
        certificates: _Certificates,
        patience: Patience,
    ) -> None:
        super().__init__(f"{certificates[0].common_name or uri.about_object} {ref}", certificates)
        self._path, self._ref, self._uri, self._secret, self._patience = path, ref, uri, secret, patience
        self._closed = False
        self._ready: _Ready | None = None

    def sign(self, digest: bytes) -> bytes:
        """Raises KeyFailure ``key.digest-length``, ``key.token-removed`` (not permanent), ``key.pin-*``,
        ``key.mechanism``, ``key.wrong-signature``, ``key.closed``.
        """
        if self._closed:
            raise failure("key.closed", name=self.name)
        algorithm = self.algorithm
        refuse_wrong_length(digest, algorithm)
        data = with_prefix(digest, algorithm) if algorithm.family == "RSA" else digest
        module = module_at(self._path)
        self._wait_if_gone(module)
        signature = self._signed(module, data)
        return checked(padded(signature, self.certificate), digest, self.certificate, self.name)

    def close(self) -> None:
        if not self._closed:
            self._closed, self._ready = True, None
            module = module_at(self._path)
            with module.lock:
                module.release(self._ref, self)

    def _signed(self, module: Module, data: bytes) -> bytes:
        fault: KeyFailure | None = None
        for attempt in range(self._patience.tries + 1):
            try:
                with self._patience.turn(attempt, module):
                    return self._once(module, data)
            except KeyFailure as error:
                fault = error if error.permanent else failure("key.token-removed", token=self._ref, detail=error.code)
            except pkcs11.PKCS11Error as error:
                fault = _fault(error, self._ref, self.name)
            if fault.permanent:
                raise fault
        module.gone.add(self._ref)
        assert fault is not None
        raise fault

    def _once(self, module: Module, data: bytes) -> bytes:
        ready = self._ready
        if ready is None or ready.module is not module or ready.generation != module.generation:
            ready = self._ready = self._prepared(module)
        return ready.handle.sign(data, self.algorithm, self._secret)

    def _prepared(self, module: Module) -> _Ready:
        opened = module.session(self._ref, self._secret)
        module.use(self._ref, self)
        handle = opened.found.get(self._uri)
        if handle is None:
            handle = opened.found[self._uri] = handle_of(find_key(opened.session, self._uri, self._ref))
        return _Ready(module, opened.generation, handle)

    def _wait_if_gone(self, module: Module) -> None:
        if self._ref in module.gone:
            wait = module.renewed_at + self._patience.calm - self._patience.clock()
            self._patience.sleep(min(max(wait, 0.0), self._patience.calm))


def open_pkcs11(
    uri: TokenUri,
    secret: SecretSource = no_secret,
    certificates: _Certificates | None = None,
    module: Path | None = None,
    patience: Patience = Patience(),  # noqa: B008
) -> TokenKey:
    """The key that a URI names; logs in if the token wants it.

    Args:
        certificates: the key's certificate and any issuers, where those on the token are not to be used.
        module: where the URI names none.

    Raises:
        KeyFailure: ``key.module-*``, ``key.token-*``, ``key.pin-*``, ``key.object-*``, ``key.certificate-missing``,
            ``key.mismatch``, ``key.mechanism``, ``key.secret-*``.
        SealError: ``key.unsupported``.
    """
    path = uri.module_path or module
    if path is None:
        raise failure("key.module-missing")
    loaded = module_at(path)
    fault: KeyFailure | None = None
    for attempt in range(patience.tries + 1):
        try:
            # Many modules see a token that came later only once they start anew.
            with patience.turn(attempt, loaded):
                return _opened(loaded, uri, secret, certificates, patience)
        except KeyFailure as error:
            fault = error
        except pkcs11.PKCS11Error as error:
            fault = _fault(error, uri.about_token, uri.about_token)
        if fault.permanent:
            break
    assert fault is not None
    raise fault


def _fault(error: pkcs11.PKCS11Error, token: object, name: str) -> KeyFailure:
    """What the error of a module means."""
    detail = type(error).__name__
    if is_lost(error):
        return failure("key.token-removed", token=token, detail=detail)
    return failure("key.mechanism", place=name, mechanism=detail)


def _opened(
    module: Module, uri: TokenUri, secret: SecretSource, given: _Certificates | None, patience: Patience
) -> TokenKey:
    token = module.find(uri)
    ref = ref_of(token)
    pin = pin_for(token, ref, uri, secret)
    opened = module.session(ref, pin)
    try:
        key = find_key(opened.session, uri, ref)
        own, others = own_certificate(opened.session, key, given, ref)
        refuse_unable(token, key, own.algorithm, ref)
        exact = identity(key)
        opened.found[exact] = handle_of(key)
        made = TokenKey(module.path, ref, exact, pin, (own, *chain_of(own, others)), patience)
        module.use(ref, made)
    finally:
        # Whoever fails here is no user of the session; it ends unless another key needs it.
        module.release(ref)
    return made


def pin_for(token: Any, ref: TokenRef, uri: TokenUri, secret: SecretSource) -> Secret | None:
    """The PIN of a token: from where its URI says, else from the source; None where none is needed or at hand.

    Raises:
        KeyFailure: ``key.pin-locked``, ``key.pin-last-try``, ``key.secret-*``.
    """
    if not token.flags & TokenFlag.LOGIN_REQUIRED:
        return None
    refuse_risky_login(token.flags, ref)
    kind, _, place = (uri.pin_source or "").partition(":")
    if kind == "file":
        return from_file(Path(place))
    if kind == "env":
        return from_environment(place)
    if token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH:
        return None
    return secret(Wanted(Kind.PIN, str(ref)))
