"""Sessions of people: what they are for a request, which go on, and how they end. `signing_in` leads there."""

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
from ulak_server.people import passwords
from ulak_server.people.actors import Caller
from ulak_server.people.models import Level, Membership, Session, User
from ulak_server.people.models import Role as Part
from ulak_server.people.problems import problem
from ulak_server.people.rows import digest_of, see
from ulak_server.people.support import support_going_on

__all__ = [
    "SignedIn",
    "Stay",
    "authenticate_session",
    "begin",
    "end_session",
    "rise",
    "sessions_of",
    "sign_out",
    "staying",
    "tell",
]

_LONGEST: Final = timedelta(hours=12)
_IDLE: Final = timedelta(minutes=30)
_HALF_WAY: Final = timedelta(minutes=10)
"""How long the steps after the password may take."""
_SEEN: Final = timedelta(minutes=1)


class SignedIn(NamedTuple):
    """What a step of signing in led to.

    Attributes:
        token: the session's; the face keeps it in a cookie.
        level: what comes next, if anything.
    """

    token: str
    level: Level


class Stay(NamedTuple):
    """A session that goes on, and whose it is."""

    session: Session
    user: User


def authenticate_session(token: str, *, is_used: bool = True) -> Caller:
    """Who has that session, with all they may do.

    Args:
        is_used: whether the person does something; a page that asks for news by itself keeps no session alive.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    with staying(token) as (session, user):
        now = clock.now()
        if is_used and now - session.seen_at >= _SEEN:
            Session.objects.filter(id=session.id).update(seen_at=now)
        helps = support_going_on(user.id) if user.is_operator else {}
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
            helps=helps,
        )


def sign_out(token: str, *, origin: str = "") -> None:
    """End the session; one that has ended stays so.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    with staying(token) as (session, user):
        Session.objects.filter(id=session.id).update(ended_at=clock.now())
        tell("person.signed-out", user, origin)


def sessions_of(token: str) -> list[Session]:
    """The person's sessions that go on, newest first.

    Raises:
        NotSignedIn: ``people.session-ended``.
    """
    with staying(token) as (_, user):
        now = clock.now()
        mine = Session.objects.filter(user_id=user.id, ended_at=None, expires_at__gt=now, seen_at__gt=now - _IDLE)
        return list(mine.order_by("-id"))


def end_session(token: str, id: int, *, origin: str = "") -> None:
    """End one of the person's sessions.

    Raises:
        NotSignedIn: ``people.session-ended``.
        NotFound: ``people.no-such-session``.
    """
    with staying(token) as (_, user):
        found = Session.objects.filter(user_id=user.id, id=id, ended_at=None)
        if not found.update(ended_at=clock.now()):
            raise problem("people.no-such-session")
        tell("person.session-ended", user, origin, session=id)


@contextmanager
def staying(token: str) -> Iterator[Stay]:
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
        yield Stay(session, user)


def begin(user: User, origin: str, agent: str) -> SignedIn:
    """A session of somebody whose password was right; it does not go far without the second factor."""
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
    tell("person.password-given", user, origin)
    return SignedIn(token, level)


def rise(session: Session, user: User, origin: str) -> SignedIn:
    """The session has its second factor: under a new token it goes on until the evening."""
    now, token = clock.now(), secrets.token_urlsafe(32)
    level = Level.PASSWORD_EXPIRED if passwords.is_old(user) else Level.FULL
    Session.objects.filter(id=session.id).update(
        digest=digest_of(token), level=level, pending=b"", wrong=0, seen_at=now, expires_at=now + _LONGEST
    )
    if level is Level.FULL:
        User.objects.filter(id=user.id).update(last_login=now)
        tell("person.signed-in", user, origin)
    return SignedIn(token, level)


def tell(what: str, user: User, origin: str, **facts: object) -> None:
    """Write into the timeline what a person did with their account."""
    audit.record([Entry(what, clock.now(), actor=f"user:{user.id}", origin=origin, facts=facts)])
