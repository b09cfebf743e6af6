"""What ``ulak user`` and ``ulak api-key`` do. Whoever runs commands here is an operator of the installation."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Final

from ulak.cli.errors import Exit, day_of, usage
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.ground import ground
from ulak_server.commands.tenants_doing import ACTOR, count_of, operating, taxpayer_of

__all__ = ["add_operator", "invite", "list_keys", "list_users", "new_key", "revoke_key", "shut_out"]

_WHOM: Final = Text("Kimin için olduğu yazılmamış.", "It is not said for whom.")
_WHOM_DO: Final = Text("--taxpayer ya da --operator verin.", "Give --taxpayer or --operator.")
_INVITED: Final = Text(
    "Davet (yalnız şimdi gösterilir, {until} gününe dek geçerli): {token}",
    "The invitation (shown this once, good until {until}): {token}",
)
_OPERATOR: Final = Text("İşletmeci eklendi: {email}", "The operator {email} was added.")
_KEY: Final = Text("Anahtar (yalnız şimdi gösterilir):", "The key (shown this once):")
_DONE: Final = Text("Tamam.", "Done.")
_PROMPT: Final = Text("Parola: ", "Password: ")


def invite(session: Session, email: str, whose: str | None, role: str) -> Exit:
    """Invite somebody to work for a taxpayer."""
    if not whose:
        raise usage(_WHOM, _WHOM_DO)
    with operating():
        from ulak_server.people import services as people

        made = people.invite(taxpayer_of(whose), email, role, actor=ACTOR)
    session.put(session.say(_INVITED.format(until=made.expires_at.date(), token=made.token)) + "\n")
    return Exit.OK


def add_operator(session: Session, email: str, name: str, password_file: str | None) -> Exit:
    """Let somebody sign in as one of the integrator's own people."""
    password = _password(session, password_file)
    with ground():
        from ulak_server.database.roles import Role
        from ulak_server.database.scope import scoped
        from ulak_server.people import services as people

        user = people.new_user(email, password, name)
        with scoped(Role.OPERATOR):
            people.let_in(user, as_operator=True, actor=ACTOR)
    session.put(session.say(_OPERATOR.format(email=email)) + "\n")
    return Exit.OK


def list_users(session: Session, whose: str) -> Exit:
    """One line for everybody who works for a taxpayer."""
    with operating():
        from ulak_server.people import services as people

        for one in people.members(taxpayer_of(whose)):
            session.put(f"{one.user:>6}  {one.role:<11}{one.email}  {one.name}\n")
    return Exit.OK


def shut_out(session: Session, email: str) -> Exit:
    """Let somebody sign in no more."""
    with operating():
        from ulak_server.people import services as people

        people.shut_out(people.id_of(email), actor=ACTOR)
    session.put(f"{session.say(_DONE)}\n")
    return Exit.OK


def new_key(session: Session, whose: str, name: str, scopes: list[str] | None, until: str | None) -> Exit:
    """Make a key for a program; without scopes it gets all."""
    day = day_of(until, "--until")
    with _within(whose) as taxpayer:
        from ulak_server import clock
        from ulak_server.people import services as people

        ends = datetime.combine(day, time.max, clock.ISTANBUL) if day else None
        made = people.make_key(taxpayer, name, scopes or people.SCOPES, expires_at=ends, actor=ACTOR)
    session.tell(f"{session.say(_KEY)}\n")
    session.put(f"{made.text}\n")
    return Exit.OK


def list_keys(session: Session, whose: str) -> Exit:
    """One line for each key of a taxpayer."""
    with _within(whose) as taxpayer:
        from ulak_server.people import services as people

        for one in people.keys_of(taxpayer):
            until = "×" if one.revoked_at else f"{one.expires_at:%Y-%m-%d}" if one.expires_at else "–"
            session.put(f"{one.id:>6}  {one.prefix}  {until:<10}  {one.name}  {' '.join(one.scopes)}\n")
    return Exit.OK


def revoke_key(session: Session, whose: str, id: str) -> Exit:
    """Take a key back."""
    number = count_of(id, "api-key revoke")
    with _within(whose) as taxpayer:
        from ulak_server.people import services as people

        people.revoke_key(taxpayer, number, actor=ACTOR)
    session.put(f"{session.say(_DONE)}\n")
    return Exit.OK


@contextmanager
def _within(whose: str) -> Iterator[int]:
    """The transaction of one taxpayer's, found by number; keys are not for operators to see."""
    with ground():
        from ulak_server.database.roles import Role
        from ulak_server.database.scope import scoped

        with scoped(Role.OPERATOR):
            taxpayer = taxpayer_of(whose)
        with scoped(Role.WEB, [taxpayer]):
            yield taxpayer


def _password(session: Session, file: str | None) -> str:
    if file:
        return Path(file).read_text("utf-8").strip("\r\n")
    session.flush()
    return getpass.getpass(session.say(_PROMPT), sys.stderr)
