"""PKCS#11 modules and their tokens in this process.

A module is initialised once in a process, and everything that is done with it is done under one lock: several threads
in one module at once crashed it (design decision 5). A process that was forked starts the module anew for itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

import pkcs11
from pkcs11 import TokenFlag
from pkcs11._pkcs11 import lib

from ulak.seal.keys.login import TokenRef, logged_in, ref_of, refuse_other_pin
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import Secret
from ulak.seal.keys.uri import TokenUri

__all__ = ["Module", "TokenSession", "label_of", "module_at"]


class TokenSession:
    """The one session of this process on a token, logged in, and the objects that were found through it."""

    def __init__(self, session: Any, generation: int, secret: Secret | None) -> None:
        self.session, self.generation, self.secret = session, generation, secret
        self.found: dict[TokenUri, Any] = {}


class Module:
    """A PKCS#11 module in this process. Every method is to be called with ``lock`` held.

    Attributes:
        generation: counts initialisations; sessions of an earlier one are void.
        renewed_at: when it was last initialised anew, on the clock of who did it.
        gone: tokens that were missing when they were last looked for.
    """

    def __init__(self, path: Path, inherited: Any = None) -> None:
        self.path: Final = path
        self.lock: Final = threading.RLock()
        self.generation = 0
        self.renewed_at = 0.0
        self.gone: set[TokenRef] = set()
        self._inherited = inherited
        self._lib: Any = None
        self._sessions: dict[TokenRef, TokenSession] = {}
        self._users: dict[TokenRef, WeakSet[object]] = {}

    @property
    def library(self) -> Any:
        """The module, initialised; raises KeyFailure ``key.module-not-loadable`` or ``key.module-failed``."""
        with _module_errors(self.path):
            if self._lib is None:
                self._lib = self._loaded()
            self._lib.initialize()
        return self._lib

    def _loaded(self) -> Any:
        try:
            return lib(str(self.path))
        except pkcs11.PKCS11Error as error:
            if self._inherited is None or "already initialized" not in str(error):
                raise
        # A child is to initialise first (PKCS#11 2.40, 2.6); modules that refuse while the parent's state lies there
        # must be finalised before.
        self._inherited.finalize()
        return lib(str(self.path))

    @property
    def is_used(self) -> bool:
        """Whether a session is open."""
        return bool(self._sessions)

    def renew(self, now: float = 0.0) -> None:
        """Finalise the module and initialise it again; all sessions in this process end.

        Raises:
            KeyFailure: ``key.module-failed``.
        """
        self.renewed_at = now
        self._sessions.clear()
        self.generation += 1
        if self._lib is not None and self._lib.initialized:
            # A device that is gone may answer anything; what counts is whether it starts again.
            with suppress(pkcs11.PKCS11Error):
                self._lib.finalize()
        _ = self.library

    def tokens(self) -> list[Any]:
        """The tokens that are present and initialised; raises KeyFailure ``key.module-*``."""
        library = self.library
        with _module_errors(self.path):
            slots = library.get_slots(token_present=True)
        found = [_token_in(slot) for slot in slots]
        return [token for token in found if token is not None and token.flags & TokenFlag.TOKEN_INITIALIZED]

    def find(self, uri: TokenUri) -> Any:
        """The one token that fits; raises KeyFailure ``key.token-not-found`` or ``key.token-ambiguous``."""
        fitting = self.fitting(uri)
        if len(fitting) > 1:
            raise failure("key.token-ambiguous", seen=_list(fitting))
        return fitting[0]

    def fitting(self, uri: TokenUri) -> list[Any]:
        """All tokens that fit; raises KeyFailure ``key.token-not-found`` if there is none."""
        tokens = self.tokens()
        fitting = [token for token in tokens if _fits(token, uri)]
        if not fitting:
            raise failure("key.token-not-found", token=uri.about_token, seen=_list(tokens))
        return fitting

    def session(self, ref: TokenRef, secret: Secret | None) -> TokenSession:
        """The session on a token, opened if there is none.

        Raises:
            KeyFailure: ``key.token-not-found``, ``key.pin-*``.
            pkcs11.PKCS11Error: if the token fails meanwhile.
        """
        known = self._sessions.get(ref)
        if known is not None and known.generation == self.generation:
            refuse_other_pin(known.secret, secret, ref)
            return known
        token = next((one for one in self.tokens() if ref_of(one) == ref), None)
        if token is None:
            self.gone.add(ref)
            raise failure("key.token-not-found", token=ref, seen=_list(self.tokens()))
        opened = TokenSession(logged_in(token, ref, secret), self.generation, secret)
        self.gone.discard(ref)
        self._sessions[ref] = opened
        return opened

    def use(self, ref: TokenRef, user: object) -> None:
        """Note that a key needs the token's session."""
        self._users.setdefault(ref, WeakSet()).add(user)

    def release(self, ref: TokenRef, user: object = None) -> None:
        """End a key's use, if it is one; the session ends with its last user."""
        users = self._users.get(ref, WeakSet())
        if user is not None:
            users.discard(user)
        known = None if users else self._sessions.pop(ref, None)
        if known is not None and known.generation == self.generation:
            with suppress(pkcs11.PKCS11Error):
                known.session.close()


def label_of(token: Any) -> str:
    """How a person tells a token from others."""
    return f"{ref_of(token)}, slot-id={token.slot.slot_id}"


# A module is a thing of the process, not of an object: a second initialisation of the same one fails.
_modules: dict[Path, Module] = {}
_buried: list[Module] = []
_gate = threading.RLock()


def module_at(path: Path) -> Module:
    """The module of this process that was loaded from a file; it is loaded when it is first used."""
    module = _modules.get(path)
    if module is None:
        with _gate:
            module = _modules.setdefault(path, Module(path, _inherited(path)))
    return module


def _inherited(path: Path) -> Any:
    return next((module._lib for module in reversed(_buried) if module.path == path), None)


def _stand_still_to_fork() -> None:
    # A thread that is inside the module holds its locks; in the child nobody would ever give them back.
    _gate.acquire()
    for module in _modules.values():
        module.lock.acquire()


def _go_on_after_fork() -> None:
    for module in _modules.values():
        module.lock.release()
    _gate.release()


def _start_anew_after_fork() -> None:
    # The parent's objects stay alive: were they freed, they would finalise the module under the child's feet.
    global _gate
    _buried.extend(_modules.values())
    _modules.clear()
    _gate = threading.RLock()


os.register_at_fork(
    before=_stand_still_to_fork, after_in_parent=_go_on_after_fork, after_in_child=_start_anew_after_fork
)


@contextmanager
def _module_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except pkcs11.PKCS11Error as error:
        code = "key.module-not-loadable" if "exception while loading" in str(error) else "key.module-failed"
        detail = str(error).rpartition(": ")[2] or type(error).__name__
        raise failure(code, path=path, detail=detail) from None


def _token_in(slot: Any) -> Any:
    try:
        return slot.get_token()
    except pkcs11.PKCS11Error:
        return None


def _fits(token: Any, uri: TokenUri) -> bool:
    asked = (
        (uri.token, token.label),
        (uri.serial, token.serial.decode(errors="replace")),
        (uri.manufacturer, token.manufacturer_id),
        (uri.model, token.model),
        (uri.slot_id, token.slot.slot_id),
    )
    return all(wanted is None or wanted == present for wanted, present in asked)


def _list(tokens: list[Any]) -> str:
    return "; ".join(map(label_of, tokens)) or "–"
