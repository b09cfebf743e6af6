"""Whom a document goes to, as soon as a number is typed: what GİB's list says, and the way that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from ulak_server.composing.editors import EDITORS
from ulak_server.composing.state import State
from ulak_server.documents import routing
from ulak_server.documents.kinds import EARCHIVE_PROFILE
from ulak_server.documents.routing import Route

__all__ = ["Receiver", "proposed_profile", "receiver_of"]

_SERVICES: Final = {"invoice": "einvoice", "despatch_advice": "edespatch"}
_ANYBODY: Final = frozenset({"consumer", "foreign"})
_ABROAD: Final = {"IHRACAT": "1460415308", "YOLCUBERABERFATURA": "1460415308"}
"""Who receives invoices of the customs' profiles (e-Fatura Uygulaması Gümrük İşlemleri Kılavuzu V1.8, 4.2.1)."""


class Receiver(NamedTuple):
    """The receiver of a document.

    Attributes:
        number: VKN or TCKN; empty as long as it is not complete.
        route: where the document would go; None without a number.
        alias: that it goes to: the chosen one, or the one that the rules take.
        type: ``KAMU`` or ``OZEL``, as the list has it.
    """

    number: str
    route: Route | None
    alias: str
    type: str = ""

    @property
    def is_registered(self) -> bool:
        return bool(self.route and self.route.aliases)

    @property
    def is_unlisted(self) -> bool:
        """Whether it is known that the receiver does not stand in GİB's list; a number for anybody never does."""
        route = self.route
        return bool(route and not route.aliases and (route.listed_at is not None or route.why in _ANYBODY))

    @property
    def listed_at(self) -> datetime | None:
        return self.route.listed_at if self.route else None


def receiver_of(state: State) -> Receiver:
    """What is known of the receiver now; within a scope."""
    number = _number(state)
    if not number or not EDITORS[state.kind].is_listed:
        return Receiver(number, None, "")
    profile = _word(state.members, "profile")
    route = routing.preview(number, _SERVICES[state.kind], profile=profile)
    chosen = state.options.get("alias", "")
    return Receiver(number, route, chosen or route.alias)


def proposed_profile(state: State, receiver: Receiver, type_code: str) -> str:
    """The profile that fits what is known so far: TICARIFATURA, or TEMELFATURA for a return, to those who are
    registered for e-Fatura; EARSIVFATURA to those who are not."""
    if state.kind != "invoice":
        return EDITORS[state.kind].profile or "TEMELIRSALIYE"
    if receiver.is_unlisted:
        return EARCHIVE_PROFILE
    if "incentive" in state.members:
        return "YATIRIMTESVIK"
    return "TEMELFATURA" if type_code in _RETURNS else "TICARIFATURA"


_RETURNS: Final = frozenset({"IADE", "YTBIADE"})


def _number(state: State) -> str:
    if abroad := _ABROAD.get(_word(state.members, "profile")):
        return abroad
    customer = state.members.get("customer")
    number = _word(customer, "tax_id") if isinstance(customer, Mapping) else ""
    return number if number.isascii() and number.isdecimal() and len(number) in (10, 11) else ""


def _word(members: Mapping[str, Any], name: str) -> str:
    value = members.get(name)
    return value if isinstance(value, str) else ""
