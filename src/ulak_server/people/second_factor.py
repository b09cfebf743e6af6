"""The second factor: codes of an authenticator app (RFC 6238), each of which works once, and recovery codes."""

from __future__ import annotations

import secrets
from typing import Final

import pyotp

from ulak_server import clock
from ulak_server.people.models import RecoveryCode, User
from ulak_server.people.rows import digest_of
from ulak_server.vault import open_secret, seal_secret

__all__ = ["PURPOSE", "address_of", "keep", "new_secret", "proves", "step_of"]

PURPOSE: Final = "second factor"
_ISSUER: Final = "Ulak"
_SECONDS: Final = 30
_EARLY: Final = 1
"""Steps that clocks may differ by."""
_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """A secret for an app."""
    return pyotp.random_base32()


def address_of(user: User, secret: str) -> str:
    """What an app reads, as a QR code or by hand: ``otpauth://…``."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=_ISSUER)


def keep(user: User, secret: str, step: int) -> list[str]:
    """Make a secret the person's second factor; the transaction must see the person.

    Args:
        step: of the code by which they proved to have it: it does not work again.

    Returns:
        new recovery codes, shown this once.
    """
    sealed = seal_secret(secret.encode(), PURPOSE, user.id)
    User.objects.filter(id=user.id).update(totp=sealed, totp_step=step)
    RecoveryCode.objects.filter(user_id=user.id).delete()
    codes = ["-".join(_word() for _ in range(3)) for _ in range(_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user_id=user.id, digest=digest_of(code)) for code in codes])
    return codes


def proves(user: User, code: str) -> bool:
    """Whether a code is the person's and was not used before; from now on it was. Recovery codes do, too."""
    code = "".join(code.split()).lower()
    if not code.isdecimal():
        spent = RecoveryCode.objects.filter(user_id=user.id, digest=digest_of(code), used_at=None)
        return bool(spent.update(used_at=clock.now()))
    secret = open_secret(user.totp, PURPOSE, user.id).decode()
    step = step_of(secret, code) if secret else None
    if step is None:
        return False
    # Of two that come with the same code at the same time, the database lets one pass.
    return bool(User.objects.filter(id=user.id, totp_step__lt=step).update(totp_step=step))


def step_of(secret: str, code: str) -> int | None:
    """The time step that a code of a secret belongs to; None if it is not one of now."""
    now = int(clock.now().timestamp()) // _SECONDS
    totp = pyotp.TOTP(secret)
    fitting = [
        step
        for step in range(now - _EARLY, now + _EARLY + 1)
        if secrets.compare_digest(totp.at(step * _SECONDS).encode(), code.encode())
    ]
    return max(fitting, default=None)


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))
