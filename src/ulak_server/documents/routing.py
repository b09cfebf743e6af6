"""Where a document goes, by GİB's lists of registered users: "e-Fatura to alias X", or "e-Arşiv"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from ulak.codes.identifiers import tckn, vkn
from ulak_server import clock
from ulak_server.database.remembered import Remembered
from ulak_server.documents.desk import SERVICES
from ulak_server.documents.kinds import Kind
from ulak_server.documents.problems import problem
from ulak_server.userlist import services as userlist
from ulak_server.userlist.services import Registered

__all__ = ["Book", "Route", "book_of", "preview"]

Way = Literal["einvoice", "edespatch", "earchive", "unreachable"]
Why = Literal["chosen", "only", "customs", "default", "oldest", "none"]

_CUSTOMS: Final = {"IHRACAT": "ihracatpk@", "YOLCUBERABERFATURA": "yolcuberaberpk@"}
"""How the ministry's mailbox for each of its profiles begins (Gümrük İşlemleri Kılavuzu V1.8, 3.4 and 4.3)."""
_DEFAULT: Final = "defaultpk@"
_URN: Final = "urn:mail:"
_HELD: Final = 30
_LISTED: Final = Remembered["datetime | None"](4)


class Route(NamedTuple):
    """Where a document to somebody goes.

    Attributes:
        way: ``einvoice`` or ``edespatch``: through Merkez; ``earchive``: the receiver is no e-Fatura user;
            ``unreachable``: is no e-İrsaliye user, and there is no other way.
        title: of the receiver, as GİB's list has it.
        aliases: of the receiver that are open now, the oldest first.
        alias: the one that is taken if the caller chooses none.
        why: by which rule it is taken.
        listed_at: when GİB's list was read last; None: never.
    """

    way: Way
    partner: str
    title: str
    aliases: tuple[str, ...]
    alias: str
    why: Why
    listed_at: datetime | None


class Book:
    """GİB's list as far as it was asked for: of some receivers, for one service."""

    def __init__(self, service: str, found: Mapping[str, Sequence[Registered]]) -> None:
        self._service = service
        self._found = found
        self._listed: list[datetime | None] = []

    def route(self, partner: str, role: str = "PK", profile: str = "", wanted: str = "") -> Route:
        """Where a document to a receiver goes.

        Args:
            role: ``PK`` for documents, ``GB`` for answers.
            profile: of the invoice: the customs' two profiles have mailboxes of their own.
            wanted: the alias that the caller chooses.

        Raises:
            IntakeError: ``intake.alias`` if the receiver has no such alias.
        """
        known = [one for one in self._found.get(partner, ()) if one.role == role]
        aliases = tuple(one.alias for one in known)
        if not aliases:
            way: Way = "earchive" if self._service == "einvoice" and role == "PK" else "unreachable"
            return Route(way, partner, "", (), "", "none", self._listed_at())
        if wanted and wanted not in aliases:
            raise problem("intake.alias", alias=wanted, partner=partner, known=", ".join(aliases))
        alias, why = (wanted, "chosen") if wanted else _usual(aliases, profile)
        return Route(self._service, partner, known[0].title, aliases, alias, why, self._listed_at())  # type: ignore[arg-type]

    def alias(self, kind: Kind, partner: str, profile: str = "", wanted: str = "") -> Route:
        """The route of a document that is to be sent now.

        Raises:
            IntakeError: ``intake.earchive``, ``intake.not-registered``, ``intake.no-list``, ``intake.alias``,
                ``intake.partner-number``.
        """
        route = self.route(partner, kind.to_role, profile, wanted)
        if route.alias:
            return route
        if not _may_be_somebody(partner):
            raise problem("intake.partner-number", partner=partner)
        if route.listed_at is None:
            raise problem("intake.no-list")
        day = route.listed_at.astimezone(clock.ISTANBUL).strftime("%d.%m.%Y %H:%M")
        code = "intake.earchive" if route.way == "earchive" else "intake.not-registered"
        raise problem(code, partner=partner, day=day, service=SERVICES[kind.service])

    def _listed_at(self) -> datetime | None:
        """As of when the list is; looked up once, however many are asked for."""
        if not self._listed:
            self._listed.append(_listed_at())
        return self._listed[0]


def _may_be_somebody(partner: str) -> bool:
    """Whether it is a VKN or TCKN by its check digits, or one of those that stand for anybody (1111…, 2222…)."""
    return len(set(partner)) == 1 or vkn.is_valid(partner) or tckn.is_valid(partner)


def book_of(service: str, partners: Sequence[str]) -> Book:
    """What GİB's list says now of these receivers, by one statement."""
    return Book(service, userlist.lookup_many(partners, service) if partners else {})


def preview(partner: str, service: str = "einvoice", *, profile: str = "") -> Route:
    """Where a document to somebody would go now; within a scope of any role.

    Args:
        partner: VKN or TCKN.
        service: ``einvoice`` or ``edespatch``.
    """
    return book_of(service, [partner]).route(partner, "PK", profile)


def _listed_at() -> datetime | None:
    """As of when the list is; looked up twice a minute, since it is read once an hour."""
    moment = int(clock.now().timestamp()) // _HELD
    return _LISTED.get(moment, _listed_now) or _listed_now()


def _listed_now() -> datetime | None:
    fresh = userlist.freshness()
    return fresh.at if fresh else None


def _usual(aliases: Sequence[str], profile: str) -> tuple[str, Why]:
    if len(aliases) == 1:
        return aliases[0], "only"
    customs = _CUSTOMS.get(profile)
    if customs and (named := _beginning(aliases, customs)):
        return named, "customs"
    if named := _beginning(aliases, _DEFAULT):
        return named, "default"
    return aliases[0], "oldest"


def _beginning(aliases: Sequence[str], name: str) -> str:
    return next((one for one in aliases if one.lower().removeprefix(_URN).startswith(name)), "")
