"""Logging in to tokens without ever locking one: a wrong PIN is tried once, a last try not at all."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import pkcs11
from pkcs11 import TokenFlag
from pkcs11.types import PROTECTED_AUTH

from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import Secret

__all__ = [
    "TokenRef",
    "forget_refused_pins",
    "is_lost",
    "logged_in",
    "ref_of",
    "refuse_other_pin",
    "refuse_risky_login",
]

_PIN_WRONG: Final = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)
_PIN_STALE: Final = (pkcs11.PinExpired, pkcs11.UserPinNotInitialized)
_UNABLE: Final = (
    pkcs11.MechanismInvalid,
    pkcs11.MechanismParamInvalid,
    pkcs11.KeyTypeInconsistent,
    pkcs11.KeySizeRange,
    pkcs11.FunctionNotSupported,
    pkcs11.DataInvalid,
    pkcs11.DataLenRange,
)


class TokenRef(NamedTuple):
    """Which token it is, wherever it is plugged in."""

    serial: bytes
    label: str

    def __str__(self) -> str:
        return f"“{self.label}” ({self.serial.decode(errors='replace')})"


def ref_of(token: Any) -> TokenRef:
    """Which token it is."""
    return TokenRef(token.serial, token.label)


def is_lost(error: pkcs11.PKCS11Error) -> bool:
    """Whether it may work again once the module is initialised anew."""
    return not isinstance(error, (*_UNABLE, *_PIN_WRONG, *_PIN_STALE, pkcs11.PinLocked))


# Forked processes inherit it: each of them trying a wrong PIN once would lock the token, too.
_refused: list[tuple[TokenRef, Secret, str]] = []


def forget_refused_pins() -> None:
    """Let PINs that a token refused be tried again, once its PIN has been set anew."""
    _refused.clear()


def refuse_other_pin(known: Secret | None, secret: Secret | None, ref: TokenRef) -> None:
    """Whoever asks for a token that is already logged in must know its PIN all the same; raises KeyFailure."""
    if known is not None and secret != known:
        raise failure("key.pin-missing" if secret is None else "key.pin-wrong", token=ref)


def logged_in(token: Any, ref: TokenRef, secret: Secret | None) -> Any:
    """A session on a token, logged in if the token wants it; a PIN that was refused is not tried again.

    Raises:
        KeyFailure: ``key.pin-*``.
        pkcs11.PKCS11Error: if the token fails meanwhile.
    """
    if not token.flags & TokenFlag.LOGIN_REQUIRED:
        return token.open()
    refuse_risky_login(token.flags, ref)
    if secret is None:
        if token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH:
            return token.open(user_pin=PROTECTED_AUTH)
        raise failure("key.pin-missing", token=ref)
    code = next((code for one, tried, code in _refused if one == ref and tried == secret), None)
    if code is None:
        try:
            return token.open(user_pin=secret.reveal())
        except pkcs11.PKCS11Error as error:
            if is_lost(error):
                raise
            code = _pin_code(error)
            _refused.append((ref, secret, code))
    raise failure(code, token=ref, detail=code)


def refuse_risky_login(flags: TokenFlag, ref: TokenRef) -> None:
    """Raises KeyFailure if a login cannot succeed, or if a wrong PIN would lock the token for good."""
    if flags & TokenFlag.USER_PIN_LOCKED:
        raise failure("key.pin-locked", token=ref)
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        raise failure("key.pin-last-try", token=ref)


def _pin_code(error: pkcs11.PKCS11Error) -> str:
    if isinstance(error, pkcs11.PinLocked):
        return "key.pin-locked"
    return "key.pin-expired" if isinstance(error, _PIN_STALE) else "key.pin-wrong"
