"""Where a document goes, by GİB's lists of registered users: "e-Fatura to alias X", or "e-Arşiv".

Sources: Özel Entegratör Kılavuzu 4; Kullanıcı Listesi Kılavuzu 2. Who is registered gets e-Fatura, others
e-Arşiv.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from ulak.codes.identifiers import FINAL_CONSUMER, STAND_INS, tckn, vkn
from ulak.errors import Text
from ulak.kept import ENTRY
from ulak_server import clock, formats
from ulak_server.database.ahead import Ask
from ulak_server.database.remembered import Remembered
from ulak_server.documents.desk import SERVICES
from ulak_server.documents.kinds import Kind
from ulak_server.documents.problems import problem
from ulak_server.documents.route_words import REASONS
from ulak_server.userlist import services as userlist
from ulak_server.userlist.services import Registered

__all__ = ["Book", "Route", "asked_of_list", "book_from", "book_of", "check_somebody", "preview"]

Way = Literal["einvoice", "edespatch", "earchive", "esevoucher", "epreceipt", "erreceipt", "unreachable"]
Why = Literal[
    "chosen", "only", "customs", "default", "oldest",
    "none", "consumer", "foreign", "unlisted", "no-mailbox", "type", "kind",
]  # fmt: skip

_CUSTOMS: Final = {"IHRACAT": "ihracatpk@", "YOLCUBERABERFATURA": "yolcuberaberpk@"}
"""How the ministry's mailbox for each of its profiles begins (Gümrük İşlemleri Kılavuzu V1.8, 3.4 and 4.3)."""
_DEFAULT: Final = "defaultpk@"
_URN: Final = "urn:mail:"
_ANYBODY: Final[Mapping[str, Why]] = {FINAL_CONSUMER: "consumer", "2222222222": "foreign"}
"""Numbers that stand for buyers who have none of their own."""
_HELD: Final = 30
_LISTED: Final = Remembered["datetime | None"]("documents.listed", 4 * ENTRY)


class Route(NamedTuple):
    """Where a document to somebody goes.

    Attributes:
        way: ``einvoice`` or ``edespatch``: through Merkez; ``earchive``: the receiver is no e-Fatura user;
            ``esevoucher``, ``epreceipt``, ``erreceipt``: issued and reported, whoever it is for; ``unreachable``: is no
            e-İrsaliye user, and there is no other way.
        title: of the receiver, as GİB's list has it.
        aliases: of the receiver that are open now, the oldest first.
        alias: the one that is taken if the caller chooses none.
        why: by which rule the alias is taken, or why there is none: ``consumer``, ``foreign``, ``unlisted``,
            ``no-mailbox`` (the receiver sends and does not receive), ``type`` (there are such invoices as e-Arşiv
            alone), ``kind`` (it never travels), ``none``.
        listed_at: when GİB's list was read last; None: never.
        is_automatic: whether the list decided between e-Fatura and e-Arşiv, and not the author.
    """

    way: Way
    partner: str
    title: str
    aliases: tuple[str, ...]
    alias: str
    why: Why
    listed_at: datetime | None
    is_automatic: bool = False

    @property
    def reason(self) -> Text:
        """Why it goes this way, in a sentence."""
        return REASONS["listed" if self.alias else self.why].format(day=_day(self))


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
        found = self._found.get(partner, ())
        known = [one for one in found if one.role == role]
        aliases = tuple(one.alias for one in known)
        if not aliases:
            is_invoice = self._service == "einvoice" and role == "PK"
            way: Way = "earchive" if is_invoice else "unreachable"
            why = _why_not(partner, bool(found)) if is_invoice else "none"
            return Route(way, partner, "", (), "", why, self._listed_at())
        if wanted and wanted not in aliases:
            raise problem("intake.alias", alias=wanted, partner=partner, known=", ".join(aliases))
        alias, why = (wanted, "chosen") if wanted else _usual(aliases, profile)
        return Route(self._service, partner, known[0].title, aliases, alias, why, self._listed_at())  # type: ignore[arg-type]

    def route_of(
        self,
        kind: Kind,
        partner: str,
        profile: str = "",
        wanted: str = "",
        *,
        automatic: bool = False,
        is_bound: bool = False,
    ) -> Route:
        """The route of a document that is to go now.

        Args:
            automatic: whether an invoice may be of the other kind than it is, e-Fatura or e-Arşiv.
            is_bound: whether its type makes it an e-Arşiv invoice, whoever the buyer is.

        Raises:
            IntakeError: ``intake.registered``, ``intake.unregistered``, ``intake.not-registered``, ``intake.no-list``,
                ``intake.alias``, ``intake.partner-number``.
        """
        if not kind.list:
            check_somebody(partner)
            return Route(kind.service, partner, "", (), "", "kind", None)  # type: ignore[arg-type]
        if is_bound and (automatic or kind.is_archived):
            check_somebody(partner)
            return Route("earchive", partner, "", (), "", "type", None, automatic)
        route = self.route(partner, kind.to_role or "PK", profile, wanted)._replace(is_automatic=automatic)
        if route.alias:
            if kind.is_archived and not automatic:
                raise problem("intake.registered", partner=partner, day=_day(route))
            return route
        check_somebody(partner)
        if route.listed_at is None and partner not in _ANYBODY:
            raise problem("intake.no-list")
        if automatic or kind.is_archived:
            return route
        if route.way == "earchive":
            raise problem("intake.unregistered", where="/profile", partner=partner, why=route.reason)
        raise problem("intake.not-registered", partner=partner, day=_day(route), service=SERVICES[kind.service])

    def _listed_at(self) -> datetime | None:
        """As of when the list is; looked up once, however many are asked for."""
        if not self._listed:
            self._listed.append(_listed_at())
        return self._listed[0]


def check_somebody(partner: str) -> None:
    """Raises `IntakeError` for a number that is nobody's by its check digits; one that stands for anybody is right.

    Blanks or points in it are no part of a number: GİB's list would not find who is registered.
    """
    is_number = partner in STAND_INS or vkn.is_valid(partner) or tckn.is_valid(partner)
    if not is_number or not (partner.isascii() and partner.isdigit()):
        raise problem("intake.partner-number", partner=partner)


def _why_not(partner: str, is_listed: bool) -> Why:
    return _ANYBODY.get(partner) or ("no-mailbox" if is_listed else "unlisted")


def _day(route: Route) -> Text:
    return formats.moment_text(route.listed_at) if route.listed_at else Text("–", "–")


def book_of(service: str, partners: Sequence[str]) -> Book:
    """What GİB's list says now of these receivers, by one statement."""
    asked = [one for one in partners if one not in _ANYBODY] if service else []
    return Book(service, userlist.lookup_many(asked, service) if asked else {})


def book_from(service: str, rows: Iterable[Sequence[Any]]) -> Book:
    """GİB's list for one service, as rows of `asked_of_list` have it."""
    return Book(service, userlist.looked_up(row for row in rows if row[1] == service))


def asked_of_list(wanted: Iterable[tuple[str, str]]) -> Ask:
    """What has to be asked about receivers, each with the service that it is for; for `book_from`."""
    asked = [(service, one) for service, one in wanted if service and one and one not in _ANYBODY]
    return userlist.lookup_asked({one for _, one in asked}, {service for service, _ in asked})


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
