"""People who sign in, for tests of the platform."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Final, NamedTuple

import pyotp
import pytest

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import services as people

__all__ = ["PASSWORD", "Person", "Watch", "person", "signed_in", "watch"]

PASSWORD: Final = "kestane kebap yemesi sevap"
_NUMBERS: Final = count(1)


class Person(NamedTuple):
    """Somebody who has set their second factor up.

    Attributes:
        secret: of the app.
        codes: to recover with.
    """

    id: int
    email: str
    secret: str
    codes: list[str]

    def code(self) -> str:
        """What the app shows now."""
        return pyotp.TOTP(self.secret).at(int(clock.now().timestamp()))


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = datetime.now(clock.ISTANBUL)

    def __call__(self) -> datetime:
        return self.at

    def pass_time(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The clock of one test, which stands until the test moves it."""
    made = Watch()
    clock.use(made)
    yield made
    clock.use(None)


def person(*roles: tuple[int, str], operator: bool = False, email: str = "") -> Person:
    """A new person with these roles: taxpayer and role."""
    email = email or f"kisi{next(_NUMBERS)}@ornek.example"
    id = people.new_user(email, PASSWORD, "Deneme")
    if operator:
        with scoped(Role.OPERATOR):
            people.let_in(id, as_operator=True)
    for taxpayer, role in roles:
        with scoped(Role.WEB, [taxpayer]):
            people.add_member(taxpayer, id, role)
    begun = people.sign_in(email, PASSWORD)
    secret = pyotp.parse_uri(people.begin_second_factor(begun.token)).secret
    done, codes = people.confirm_second_factor(begun.token, pyotp.TOTP(secret).at(int(clock.now().timestamp())))
    people.sign_out(done.token)
    return Person(id, email, secret, codes)


def signed_in(who: Person) -> str:
    """The token of a whole session, by a recovery code: those of the app work once in half a minute."""
    begun = people.sign_in(who.email, PASSWORD)
    return people.give_code(begun.token, who.codes.pop()).token
