"""People: made, found, let in and out of the installation."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import IntegrityError, transaction

from ulak.errors import LANGUAGES
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import passwords
from ulak_server.people.models import Session, User
from ulak_server.people.problems import problem
from ulak_server.people.rows import see
from ulak_server.people.sessions import staying

__all__ = ["address_of", "find_user", "id_of", "let_in", "make_user", "new_user", "shut_out", "speak"]

_LONGEST: Final = 254
_NAME: Final = 200


def address_of(email: str) -> str:
    """An e-mail address as it is kept: in small letters.

    Raises:
        Unfit: ``people.email-odd``.
    """
    email = email.strip().lower()
    try:
        if len(email) > _LONGEST or not email.isascii():
            raise ValidationError("")
        EmailValidator()(email)
    except ValidationError:
        raise problem("people.email-odd", where="/email", email=email[:100]) from None
    return email


def find_user(email: str) -> User | None:
    """Somebody by their address; from now on the transaction sees them."""
    see(email=email)
    return User.objects.filter(email=email).first()


def make_user(email: str, password: str, name: str = "", language: str = "tr") -> User:
    """A new person, in the caller's transaction.

    Raises:
        Unfit: ``people.email-odd``, ``people.email-taken``, ``people.password-*``, ``people.language-unknown``.
    """
    if language not in LANGUAGES:
        raise problem("people.language-unknown", where="/language", language=language[:10])
    user = User(email=address_of(email), name=" ".join(name.split())[:_NAME], language=language)
    passwords.put(user, password)
    see(email=user.email)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise problem("people.email-taken", where="/email") from None
    audit.record([Entry("person.added", clock.now(), actor=f"user:{user.id}")])
    return user


def new_user(email: str, password: str, name: str = "", language: str = "tr") -> int:
    """A new person, in a transaction of its own; their id.

    Raises:
        Unfit: see `make_user`.
    """
    with scoped(Role.WEB):
        return make_user(email, password, name, language).id


def id_of(email: str) -> int:
    """Somebody's id by their address; in an operator's scope.

    Raises:
        NotFound: ``people.no-such-user``.
    """
    found = User.objects.filter(email=email.strip().lower()).values_list("id", flat=True).first()
    if found is None:
        raise problem("people.no-such-user")
    return found


def let_in(user: int, *, as_operator: bool = False, actor: str = "") -> None:
    """Let somebody sign in (again), as an operator or not; in an operator's scope.

    Raises:
        NotFound: ``people.no-such-user``.
    """
    if not User.objects.filter(id=user).update(is_active=True, is_operator=as_operator):
        raise problem("people.no-such-user")
    facts = {"user": user, "operator": as_operator}
    audit.record([Entry("person.let-in", clock.now(), actor=actor, facts=facts)])


def speak(token: str, language: str) -> None:
    """Let pages and messages speak this language to the person of a session.

    Raises:
        NotSignedIn: ``people.session-ended``.
        Unfit: ``people.language-unknown``.
    """
    if language not in LANGUAGES:
        raise problem("people.language-unknown", where="/language", language=language[:10])
    with staying(token) as (_, user):
        User.objects.filter(id=user.id).update(language=language)


def shut_out(user: int, *, actor: str = "") -> None:
    """Let somebody sign in no more, and end their sessions; in an operator's scope.

    Raises:
        NotFound: ``people.no-such-user``.
    """
    if not User.objects.filter(id=user).update(is_active=False):
        raise problem("people.no-such-user")
    Session.objects.filter(user_id=user, ended_at=None).update(ended_at=clock.now())
    audit.record([Entry("person.shut-out", clock.now(), actor=actor, facts={"user": user})])
