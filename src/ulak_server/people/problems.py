"""What can be wrong with who somebody is, and with what they want to do."""

from __future__ import annotations

from typing import Final

from ulak.errors import UlakError, error_of
from ulak_server.people.words import PROBLEMS

__all__ = ["PROBLEMS", "NotAllowed", "NotFound", "NotSignedIn", "PeopleError", "TooMany", "Unfit", "problem"]


class PeopleError(UlakError):
    """Somebody is not who they say, or may not do what they want."""


class NotSignedIn(PeopleError):
    """It is not known who asks: 401."""


class NotAllowed(PeopleError):
    """It is known who asks, and they may not: 403."""


class NotFound(PeopleError):
    """There is no such thing, or not for them: 404."""


class Unfit(PeopleError):
    """What they gave does not do: 422."""


class TooMany(PeopleError):
    """Too often: 429.

    Attributes:
        retry_after: seconds after which it may be tried again.
    """

    retry_after: float = 60.0


_KINDS: Final[dict[str, type[PeopleError]]] = {
    "people.wrong-credentials": NotSignedIn,
    "people.wrong-code": NotSignedIn,
    "people.not-signed-in": NotSignedIn,
    "people.session-ended": NotSignedIn,
    "people.key-unknown": NotSignedIn,
    "people.key-expired": NotSignedIn,
    "people.key-revoked": NotSignedIn,
    "people.locked": TooMany,
    "people.too-many": TooMany,
    "people.not-allowed": NotAllowed,
    "people.support-needed": NotAllowed,
    "people.second-factor-due": NotAllowed,
    "people.second-factor-missing": NotAllowed,
    "people.password-expired": NotAllowed,
    "people.no-such-taxpayer": NotFound,
    "people.no-such-user": NotFound,
    "people.no-such-key": NotFound,
    "people.no-such-session": NotFound,
    "people.invitation-unknown": NotFound,
    "people.no-such-support": NotFound,
}


def problem(code: str, /, *, where: str = "", **facts: object) -> PeopleError:
    """The error of a code, of the kind that says how a face answers it."""
    found = error_of(_KINDS.get(code, Unfit), PROBLEMS, code, where=where, line=None, **facts)
    if isinstance(found, TooMany) and isinstance(seconds := facts.get("seconds"), int):
        found.retry_after = float(seconds)
    return found
