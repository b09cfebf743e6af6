"""Signing in: from the password over the second factor; and what a person changes about either.

All verbs open their own transactions: what counts attempts must be kept although the attempt failed.
"""

from __future__ import annotations

from typing import Final

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import limits, passwords, second_factor
from ulak_server.people.attempts import by_code, by_password, count_wrong, refuse_if_locked
from ulak_server.people.models import Level, Session, User
from ulak_server.people.problems import problem
from ulak_server.people.rows import see
from ulak_server.people.sessions import SignedIn, begin, rise, staying, tell
from ulak_server.vault import open_secret, seal_secret

__all__ = [
    "begin_second_factor",
    "change_password",
    "confirm_second_factor",
    "give_code",
    "remove_second_factor",
    "sign_in",
]

_WRONG_CODES: Final = 5


def sign_in(email: str, password: str, *, origin: str = "", agent: str = "") -> SignedIn:
    """The first step: address and password.

    Raises:
        NotSignedIn: ``people.wrong-credentials``, whichever of the two is wrong.
        TooMany: ``people.locked``.
    """
    email = email.strip().lower()[:254]
    counts = by_password(email, origin)
    with scoped(Role.WEB):
        refuse_if_locked(counts)
        see(email=email)
        user = User.objects.filter(email=email, is_active=True).first()
    if user is None or not passwords.fits(user, password):
        if user is None:
            passwords.spend_time(password)
        count_wrong(counts, None if user is None else user.id, "person.password-wrong", origin)
        raise problem("people.wrong-credentials")
    with scoped(Role.WEB):
        see(user=user.id)
        limits.forgive(counts[0][0])
        return begin(user, origin, agent)


def give_code(token: str, code: str, *, origin: str = "") -> SignedIn:
    """The second step: a code of the app, or a recovery code. The session goes on under a new token.

    Raises:
        NotSignedIn: ``people.session-ended``, ``people.wrong-code``.
        TooMany: ``people.locked``.
    """
    with staying(token) as (session, user):
        counts = by_code(user.id)
        refuse_if_locked(counts)
        if session.level != Level.SECOND_FACTOR_DUE:
            return SignedIn(token, Level(session.level))
        if second_factor.proves(user, code):
            limits.forgive(counts[0][0])
            return rise(session, user, origin)
        session.wrong += 1
        ended = clock.now() if session.wrong >= _WRONG_CODES else None
        Session.objects.filter(id=session.id).update(wrong=session.wrong, ended_at=ended)
    count_wrong(counts, user.id, "person.code-wrong", origin)
    raise problem("people.wrong-code")


def begin_second_factor(token: str) -> str:
    """Make a secret for the person's app; it counts once a code of it was given (`confirm_second_factor`).

    Returns:
        ``otpauth://…``, to be shown as a QR code.

    Raises:
        NotSignedIn: ``people.session-ended``.
        Unfit: ``people.second-factor-there``.
    """
    with staying(token) as (session, user):
        if user.totp:
            raise problem("people.second-factor-there")
        secret = second_factor.new_secret()
        sealed = seal_secret(secret.encode(), second_factor.PURPOSE, session.id)
        Session.objects.filter(id=session.id).update(pending=sealed)
        return second_factor.address_of(user, secret)


def confirm_second_factor(token: str, code: str, *, origin: str = "") -> tuple[SignedIn, list[str]]:
    """Set the second factor up, once its first code is given; with recovery codes, shown this once.

    Raises:
        NotSignedIn: ``people.session-ended``, ``people.wrong-code``.
        Unfit: ``people.second-factor-there``, ``people.second-factor-not-begun``.
    """
    with staying(token) as (session, user):
        if user.totp:
            raise problem("people.second-factor-there")
        secret = open_secret(session.pending, second_factor.PURPOSE, session.id).decode()
        if not secret:
            raise problem("people.second-factor-not-begun")
        step = second_factor.step_of(secret, "".join(code.split()))
        if step is None:
            raise problem("people.wrong-code", where="/code")
        codes = second_factor.keep(user, secret, step)
        tell("person.second-factor-set", user, origin)
        return rise(session, user, origin), codes


def remove_second_factor(token: str, code: str, *, origin: str = "") -> SignedIn:
    """Take the second factor away, by a valid code; a new one has to be set up at once.

    Raises:
        NotSignedIn: ``people.session-ended``, ``people.wrong-code``.
        NotAllowed: ``people.second-factor-due``.
        TooMany: ``people.locked``.
    """
    with staying(token) as (session, user):
        if session.level == Level.SECOND_FACTOR_DUE:
            raise problem("people.second-factor-due")
        counts = by_code(user.id)
        refuse_if_locked(counts)
        if second_factor.proves(user, code):
            User.objects.filter(id=user.id).update(totp=b"")
            Session.objects.filter(id=session.id).update(level=Level.SECOND_FACTOR_MISSING)
            tell("person.second-factor-removed", user, origin)
            return SignedIn(token, Level.SECOND_FACTOR_MISSING)
    # Whoever holds somebody's session must not find the code by trying.
    count_wrong(counts, user.id, "person.code-wrong", origin)
    raise problem("people.wrong-code", where="/code")


def change_password(token: str, old: str, new: str, *, origin: str = "") -> SignedIn:
    """A new password; all other sessions of the person end.

    Raises:
        NotSignedIn: ``people.session-ended``, ``people.wrong-credentials``.
        NotAllowed: ``people.second-factor-due``, ``people.second-factor-missing``.
        TooMany: ``people.locked``.
        Unfit: ``people.password-*``.
    """
    with staying(token) as (session, user):
        if session.level not in (Level.PASSWORD_EXPIRED, Level.FULL):
            raise problem(f"people.{session.level}")
        counts = by_password(user.email)
        refuse_if_locked(counts)
        if passwords.fits(user, old):
            passwords.put(user, new)
            user.save(update_fields=["password", "password_changed_at"])
            others = Session.objects.filter(user_id=user.id, ended_at=None).exclude(id=session.id)
            others.update(ended_at=clock.now())
            tell("person.password-changed", user, origin)
            return rise(session, user, origin)
    count_wrong(counts, user.id, "person.password-wrong", origin)
    raise problem("people.wrong-credentials", where="/old")
