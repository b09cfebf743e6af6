"""What a password has to be, and how long it may be used.

Sources: Denetim Kılavuzu, 4.1.2.3 and controls E11, E12: strength is enforced, passwords are changed within 90 days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from ulak_server import clock
from ulak_server.people.models import User
from ulak_server.people.problems import problem

__all__ = ["LONGEST", "OLDEST", "SHORTEST", "fits", "is_old", "put", "spend_time"]

OLDEST: Final = timedelta(days=90)
SHORTEST: Final = 12
LONGEST: Final = 256
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "password_too_similar": "people.password-personal",
        "password_too_common": "people.password-common",
        "password_entirely_numeric": "people.password-numeric",
    }
)


class _Hasher(Argon2PasswordHasher):
    """OWASP's second choice: Django's takes 100 MB for each, by which strangers could fill the memory."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


_HASHER: Final = _Hasher()
_VALIDATORS: Final = (
    UserAttributeSimilarityValidator(user_attributes=("email", "name")),
    CommonPasswordValidator(),
    NumericPasswordValidator(),
)


def put(user: User, password: str) -> None:
    """Give a person a password, without saving.

    Raises:
        Unfit: ``people.password-*``.
    """
    if len(password) < SHORTEST:
        raise problem("people.password-short", where="/password", length=SHORTEST)
    if len(password) > LONGEST:
        raise problem("people.password-long", where="/password", length=LONGEST)
    for validator in _VALIDATORS:
        try:
            validator.validate(password, user)
        except ValidationError as error:
            raise problem(_CODES[str(error.code)], where="/password") from None
    if user.password and check_password(password, user.password, preferred=_HASHER):  # type: ignore[arg-type]
        raise problem("people.password-same", where="/password")
    user.password = make_password(password, hasher=_HASHER)
    user.password_changed_at = clock.now()


def fits(user: User, password: str) -> bool:
    """Whether it is that person's password."""
    return len(password) <= LONGEST and check_password(password, user.password, preferred=_HASHER)  # type: ignore[arg-type]


def spend_time(password: str) -> None:
    """Take as long as a check would, so that nobody learns which addresses are known."""
    make_password(password[:LONGEST], hasher=_HASHER)


def is_old(user: User) -> bool:
    """Whether a new password is due."""
    return clock.now() - user.password_changed_at > OLDEST
