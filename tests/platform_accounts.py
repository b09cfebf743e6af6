"""Taxpayers whose accounts GİB has not opened yet, and the people of theirs."""

from __future__ import annotations

from typing import Any, Final

from seal_pki import pki_folder
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.accounts import services as accounts
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Taxpayer
from ulak_server.taxpayers.services import NewTaxpayer

__all__ = ["NUMBERS", "newcomer", "own_key_of", "standing"]

NUMBERS: Final = {"ardic": "4812530769", "meltem": "7359021640"}
"""Firms of the test PKI with seals of their own."""


def newcomer(name: str = "ardic", *, services: tuple[str, ...] = ("einvoice",), mail: str = "yeni", **new: Any) -> int:
    """A taxpayer under contract with an alias of each role; what it is called in the test PKI is its name here."""
    with scoped(Role.OPERATOR):
        known = Taxpayer.objects.filter(number=NUMBERS[name]).first()
        made = known or taxpayers.create(NewTaxpayer(NUMBERS[name], f"{name} A.Ş.", **new))
        for service in services:
            for role in ("GB", "PK"):
                taxpayers.add_alias(made.id, service, role, f"urn:mail:{mail}{role.lower()}@{name}.example")
        return made.id


def own_key_of(taxpayer: int, name: str = "ardic", number: str = NUMBERS["ardic"]) -> None:
    """Let the taxpayer's own seal be known to the platform."""
    with scoped(Role.WEB, [taxpayer]):
        taxpayers.seal_by_own_key(taxpayer, f"pkcs12:{pki_folder() / f'{name}-{number}.p12'}", by_operator=True)


def standing(taxpayer: int, service: str = "einvoice") -> accounts.Standing:
    """How the newest account of a service stands."""
    with scoped(Role.WEB, [taxpayer]):
        return next(one for one in accounts.standings(taxpayer) if one.service == service)
