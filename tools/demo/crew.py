"""The people of the demo: made once with a second factor, and shown with the code that their app would show now."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pyotp
from rich.console import Console
from rich.live import Live
from rich.table import Table
from tools.demo.world import ARDIC, ELIF, MELTEM

__all__ = ["CREW", "Somebody", "hired", "shown"]

PASSWORD: Final = "deneme-parolasi-42"


class Somebody(NamedTuple):
    """A person of the demo.

    Attributes:
        parts: the short name of a firm and the role there; none: an operator.
    """

    name: str
    email: str
    what: str
    parts: tuple[tuple[str, str], ...]


CREW: Final = (
    Somebody("Ayşe Ardıç", "ayse@ardic.example", "owner of Ardıç", ((ARDIC.short, "owner"),)),
    Somebody("Mehmet Meltem", "mehmet@meltem.example", "owner of Meltem", ((MELTEM.short, "owner"),)),
    Somebody(
        "Defne Müşavir",
        "defne@musavir.example",
        "accountant of all three",
        ((ARDIC.short, "accountant"), (MELTEM.short, "accountant"), (ELIF.short, "accountant")),
    ),
    Somebody("Onur İşletmen", "onur@ulak.example", "the integrator's operator", ()),
)


def hired(firms: dict[str, int]) -> list[dict[str, Any]]:
    """Make the people, in the installation that this process works for; what each signs in with."""
    return [_hired(one, firms) for one in CREW]


def _hired(one: Somebody, firms: dict[str, int]) -> dict[str, Any]:
    from ulak_server import clock
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.people import services as people

    user = people.new_user(one.email, PASSWORD, one.name)
    for firm, role in one.parts:
        with scoped(Role.WEB, [firms[firm]]):
            people.add_member(firms[firm], user, role)
    if not one.parts:
        with scoped(Role.OPERATOR):
            people.let_in(user, as_operator=True)
    begun = people.sign_in(one.email, PASSWORD)
    secret = pyotp.parse_uri(people.begin_second_factor(begun.token)).secret
    code = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    done, codes = people.confirm_second_factor(begun.token, code)
    people.sign_out(done.token)
    return {"email": one.email, "what": one.what, "secret": secret, "codes": codes}


def shown(crew: Sequence[dict[str, Any]], console: Console) -> None:
    """Who can sign in and how, until the demo is interrupted; the codes change every half a minute."""
    if not console.is_terminal:
        for one in crew:
            console.print(
                f"  {one['email']:24} {PASSWORD}   recovery codes: {' '.join(one['codes'][:3])}", soft_wrap=True
            )
        while True:
            time.sleep(60)
    with Live(_table(crew), console=console, refresh_per_second=2) as live:
        while True:
            time.sleep(0.5)
            live.update(_table(crew))


def _table(crew: Sequence[dict[str, Any]]) -> Table:
    table = Table("sign in as", "who", "password", "code now", "recovery code", box=None, padding=(0, 2))
    for one in crew:
        table.add_row(one["email"], one["what"], PASSWORD, pyotp.TOTP(one["secret"]).now(), one["codes"][0])
    return table
