"""Sessions: from the password over the second factor to signing out.

All verbs open their own transactions: what counts attempts must be kept although the attempt failed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, NamedTuple

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import limits, passwords, second_factor
from ulak_server.people.actors import Caller
from ulak_server.people.attempts import by_code, by_password, count_wrong, refuse_if_locked
from ulak_server.people.models import Level, Membership, Session, User
from ulak_server.people.models import Role as Part
from ulak_server.people.problems import problem
from ulak_server.people.rows import digest_of, see
from ulak_server.vault import open_secret, seal_secret

__all__ = [
    "SignedIn",
    "authenticate_session",
    "begin_second_factor",
    "change_password",
    "confirm_second_factor",
    "end_session",
    "give_code",
    "remove_second_factor",
    "sessions_of",
    "sign_in",
    "sign_out",
]

_LONGEST: Final = timedelta(hours=12)
_IDLE: Final = timedelta(minutes=30)
_HALF_WAY: Final = timedelta(minutes=10)
"""How long the steps after the password may take."""
_WRONG_CODES: Final = 5
_SEEN: Final = timedelta(minutes=1)


class SignedIn(NamedTuple):
    """What a step of signing in led to.

    Attributes:
        token: the session's; the face keeps it in a cookie.
        level: what comes next, if anything.
    """

    token: str
    level: Level


class _Stay(NamedTuple):
    session: Session
    user: User


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
        return _begin(user, origin, agent)


def authenticate_session(token: str, *, origin: str = "") -> Caller:
    """Who has that session, with all they may do.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    with _staying(token) as (session, user):
        now = clock.now()
        if now - session.seen_at >= _SEEN:
            Session.objects.filter(id=session.id).update(seen_at=now)
        grants = {one.taxpayer_id: Part(one.role) for one in Membership.objects.filter(user_id=user.id)}
        return Caller(
            f"user:{user.id}",
            grants,
            is_operator=user.is_operator,
            language=user.language,
            user=user.id,
            session=session.id,
            level=Level(session.level),
            name=user.name or user.email,
        )


def give_code(token: str, code: str, *, origin: str = "") -> SignedIn:
    """The second step: a code of the app, or a recovery code. The session goes on under a new token.

    Raises:
        NotSignedIn: ``people.session-ended``, ``people.wrong-code``.
        TooMany: ``people.locked``.
    """
    with _staying(token) as (session, user):
        counts = by_code(user.id)
        refuse_if_locked(counts)
        if session.level != Level.SECOND_FACTOR_DUE:
            return SignedIn(token, Level(session.level))
        if second_factor.proves(user, code):
            limits.forgive(counts[0][0])
            return _rise(session, user, origin)
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
    with _staying(token) as (session, user):
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
    with _staying(token) as (session, user):
        if user.totp:
            raise problem("people.second-factor-there")
        secret = open_secret(session.pending, second_factor.PURPOSE, session.id).decode()
        if not secret:
            raise problem("people.second-factor-not-begun")
        step = second_factor.step_of(secret, "".join(code.split()))
        if step is None:
            raise problem("people.wrong-code", where="/code")
        codes = second_factor.keep(user, secret, step)
        _tell("person.second-factor-set", user, origin)
        return _rise(session, user, origin), codes


def remove_second_factor(token: str, code: str, *, origin: str = "") -> SignedIn:
    """Take the second factor away, by a valid code; a new one has to be set up at once.

    Raises:
        NotSignedIn: ``people.session-ended``, ``people.wrong-code``.
        NotAllowed: ``people.second-factor-due``.
        TooMany: ``people.locked``.
    """
    with _staying(token) as (session, user):
        if session.level == Level.SECOND_FACTOR_DUE:
            raise problem("people.second-factor-due")
        counts = by_code(user.id)
        refuse_if_locked(counts)
        if second_factor.proves(user, code):
            User.objects.filter(id=user.id).update(totp=b"")
            Session.objects.filter(id=session.id).update(level=Level.SECOND_FACTOR_MISSING)
            _tell("person.second-factor-removed", user, origin)
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
    with _staying(token) as (session, user):
        if session.level not in (Level.PASSWORD_EXPIRED, Level.FULL):
            raise problem(f"people.{session.level}")
        counts = by_password(user.email)
        refuse_if_locked(counts)
        if passwords.fits(user, old):
            passwords.put(user, new)
            user.save(update_fields=["password", "password_changed_at"])
            others = Session.objects.filter(user_id=user.id, ended_at=None).exclude(id=session.id)
            others.update(ended_at=clock.now())
            _tell("person.password-changed", user, origin)
            return _rise(session, user, origin)
    count_wrong(counts, user.id, "person.password-wrong", origin)
    raise problem("people.wrong-credentials", where="/old")


def sign_out(token: str, *, origin: str = "") -> None:
    """End the session; one that has ended stays so.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    with _staying(token) as (session, user):
        Session.objects.filter(id=session.id).update(ended_at=clock.now())
        _tell("person.signed-out", user, origin)


def sessions_of(token: str) -> list[Session]:
    """The person's sessions that go on, newest first.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    with _staying(token) as (_, user):
        now = clock.now()
        mine = Session.objects.filter(user_id=user.id, ended_at=None, expires_at__gt=now, seen_at__gt=now - _IDLE)
        return list(mine.order_by("-id"))


def end_session(token: str, id: int, *, origin: str = "") -> None:
    """End one of the person's sessions.

    Raises:
        NotSignedIn: ``people.session-ended``.
        NotFound: ``people.no-such-session``.
    """
    with _staying(token) as (_, user):
        found = Session.objects.filter(user_id=user.id, id=id, ended_at=None)
        if not found.update(ended_at=clock.now()):
            raise problem("people.no-such-session")
        _tell("person.session-ended", user, origin, session=id)


@contextmanager
def _staying(token: str) -> Iterator[_Stay]:
    """The transaction of a session that goes on; it sees the person's own rows.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    now = clock.now()
    with scoped(Role.WEB):
        see(session=digest_of(token))
        session = Session.objects.filter(digest=digest_of(token)).first()
        if session is None or session.ended_at or session.expires_at <= now or session.seen_at <= now - _IDLE:
            raise problem("people.session-ended")
        see(user=session.user_id, session=session.digest)
        user = User.objects.filter(id=session.user_id, is_active=True).first()
        if user is None:
            raise problem("people.session-ended")
        yield _Stay(session, user)


def _begin(user: User, origin: str, agent: str) -> SignedIn:
    now, token = clock.now(), secrets.token_urlsafe(32)
    level = Level.SECOND_FACTOR_DUE if user.totp else Level.SECOND_FACTOR_MISSING
    Session(
        user_id=user.id,
        digest=digest_of(token),
        level=level,
        created_at=now,
        seen_at=now,
        expires_at=now + _HALF_WAY,
        origin=origin[:100],
        agent=agent[:200],
    ).save(force_insert=True)
    _tell("person.password-given", user, origin)
    return SignedIn(token, level)


def _rise(session: Session, user: User, origin: str) -> SignedIn:
    """The session has its second factor: under a new token it goes on until the evening."""
    now, token = clock.now(), secrets.token_urlsafe(32)
    level = Level.PASSWORD_EXPIRED if passwords.is_old(user) else Level.FULL
    Session.objects.filter(id=session.id).update(
        digest=digest_of(token), level=level, pending=b"", wrong=0, seen_at=now, expires_at=now + _LONGEST
    )
    if level is Level.FULL:
        User.objects.filter(id=user.id).update(last_login=now)
        _tell("person.signed-in", user, origin)
    return SignedIn(token, level)


def _tell(what: str, user: User, origin: str, **facts: object) -> None:
    audit.record([Entry(what, clock.now(), actor=f"user:{user.id}", origin=origin, facts=facts)])
