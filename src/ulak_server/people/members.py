"""Who works for a taxpayer: invited, given a part, let go. Verbs work in the caller's transaction and scope.

What people do who are not signed in opens its own transaction: `accept_invitation`.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import passwords
from ulak_server.people.attempts import by_password, count_wrong, refuse_if_locked
from ulak_server.people.models import Invitation, Membership
from ulak_server.people.models import Role as Part
from ulak_server.people.problems import problem
from ulak_server.people.rows import digest_of, see
from ulak_server.people.users import address_of, find_user, make_user

__all__ = [
    "Invited",
    "Member",
    "accept_invitation",
    "add_member",
    "change_part",
    "invitations",
    "invite",
    "members",
    "remove_member",
    "revoke_invitation",
]

_OPEN: Final = timedelta(days=7)
_LONGEST_TOKEN: Final = 80
_LARGEST_ID: Final = 2**31 - 1


class Member(NamedTuple):
    """Somebody who works for a taxpayer."""

    user: int
    email: str
    name: str
    role: Part
    is_active: bool
    last_login: datetime | None


class Invited(NamedTuple):
    """A new invitation; its token is shown this once."""

    id: int
    token: str
    expires_at: datetime


def members(taxpayer: int) -> list[Member]:
    """Who works for a taxpayer, in the order in which they came."""
    found = Membership.objects.filter(taxpayer_id=taxpayer).order_by("id")
    shown = found.values_list("user_id", "user__email", "user__name", "role", "user__is_active", "user__last_login")
    return [Member(user, email, name, Part(role), active, seen) for user, email, name, role, active, seen in shown]


def invitations(taxpayer: int) -> list[Invitation]:
    """Invitations that may still be accepted, newest first; without what proves them."""
    now = clock.now()
    found = Invitation.objects.filter(taxpayer_id=taxpayer, accepted_at=None, revoked_at=None, expires_at__gt=now)
    return list(found.defer("digest").order_by("-id"))


def invite(taxpayer: int, email: str, role: str, *, actor: str = "", origin: str = "") -> Invited:
    """Ask somebody to work for a taxpayer.

    Raises:
        Unfit: ``people.email-odd``, ``people.role-unknown``, ``people.member-already``.
    """
    email, part, now = address_of(email), _part(role), clock.now()
    if any(one.email == email for one in members(taxpayer)):
        raise problem("people.member-already", where="/email")
    token = f"{taxpayer}.{secrets.token_urlsafe(32)}"
    made = Invitation(
        taxpayer_id=taxpayer,
        email=email,
        role=part,
        digest=digest_of(token),
        invited_by=actor,
        created_at=now,
        expires_at=now + _OPEN,
    )
    made.save(force_insert=True)
    _tell("member.invited", taxpayer, actor, origin, invitation=made.id, role=part)
    return Invited(made.id, token, made.expires_at)


def revoke_invitation(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Take an invitation back.

    Raises:
        NotFound: ``people.invitation-unknown``.
    """
    found = Invitation.objects.filter(taxpayer_id=taxpayer, id=id, accepted_at=None, revoked_at=None)
    if not found.update(revoked_at=clock.now()):
        raise problem("people.invitation-unknown")
    _tell("member.invitation-revoked", taxpayer, actor, origin, invitation=id)


def accept_invitation(token: str, *, password: str, name: str = "", language: str = "tr", origin: str = "") -> int:
    """Work for a taxpayer from now on; the id of the person.

    Args:
        password: of the person if the invitation's address is one's whom we know; else the one that they choose.

    Raises:
        NotFound: ``people.invitation-unknown``.
        NotSignedIn, TooMany: the password of a known person is wrong.
        Unfit: ``people.password-*``, ``people.language-unknown``.
    """
    taxpayer = _taxpayer_in(token)
    with scoped(Role.WEB, [taxpayer]):
        found = Invitation.objects.select_for_update().filter(taxpayer_id=taxpayer, digest=digest_of(token)).first()
        now = clock.now()
        if found is None or found.accepted_at or found.revoked_at or found.expires_at <= now:
            raise problem("people.invitation-unknown")
        counts = by_password(found.email, origin)
        refuse_if_locked(counts)
        known = find_user(found.email)
        if known is None or (known.is_active and passwords.fits(known, password)):
            user = known or make_user(found.email, password, name, language)
            see(user=user.id)
            Invitation.objects.filter(id=found.id).update(accepted_at=now)
            add_member(taxpayer, user.id, found.role, actor=f"user:{user.id}", origin=origin)
            return user.id
    # Whoever invites somebody holds the token too, and must not find their password by it.
    count_wrong(counts, known.id, "person.password-wrong", origin)
    raise problem("people.wrong-credentials", where="/password")


def add_member(taxpayer: int, user: int, role: str, *, actor: str = "", origin: str = "") -> None:
    """Let a person work for a taxpayer.

    Raises:
        Unfit: ``people.role-unknown``, ``people.member-already``.
    """
    part = _part(role)
    if Membership.objects.filter(taxpayer_id=taxpayer, user_id=user).exists():
        raise problem("people.member-already")
    Membership(taxpayer_id=taxpayer, user_id=user, role=part).save(force_insert=True)
    _tell("member.added", taxpayer, actor, origin, user=user, role=part)


def change_part(taxpayer: int, user: int, role: str, *, actor: str = "", origin: str = "") -> None:
    """Give a member another role.

    Raises:
        NotFound: ``people.no-such-user``.
        Unfit: ``people.role-unknown``, ``people.last-owner``.
    """
    part = _part(role)
    if part is not Part.OWNER:
        _must_leave_an_owner(taxpayer, user)
    if not Membership.objects.filter(taxpayer_id=taxpayer, user_id=user).update(role=part):
        raise problem("people.no-such-user")
    _tell("member.changed", taxpayer, actor, origin, user=user, role=part)


def remove_member(taxpayer: int, user: int, *, actor: str = "", origin: str = "") -> None:
    """Let a member go: from their next request on they see nothing of the taxpayer.

    Raises:
        NotFound: ``people.no-such-user``.
        Unfit: ``people.last-owner``.
    """
    _must_leave_an_owner(taxpayer, user)
    if not Membership.objects.filter(taxpayer_id=taxpayer, user_id=user).delete()[0]:
        raise problem("people.no-such-user")
    _tell("member.removed", taxpayer, actor, origin, user=user)


def _must_leave_an_owner(taxpayer: int, user: int) -> None:
    # The rows stay locked: of two owners who let each other go at the same time one remains.
    owners = Membership.objects.select_for_update().filter(taxpayer_id=taxpayer, role=Part.OWNER).order_by("id")
    if [one.user_id for one in owners] == [user]:
        raise problem("people.last-owner")


def _part(role: str) -> Part:
    if role not in Part.values:
        raise problem("people.role-unknown", where="/role", role=role[:20], roles=", ".join(Part.values))
    return Part(role)


def _taxpayer_in(token: str) -> int:
    number = token.partition(".")[0]
    fits = len(token) <= _LONGEST_TOKEN and number.isascii() and number.isdecimal() and int(number) <= _LARGEST_ID
    if not fits:
        raise problem("people.invitation-unknown")
    return int(number)


def _tell(what: str, taxpayer: int, actor: str, origin: str, **facts: object) -> None:
    audit.record([Entry(what, clock.now(), taxpayer, actor=actor, origin=origin, facts=facts)])
