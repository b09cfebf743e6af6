"""Everything that the center serves at one address, by path."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak.wire import Service, earsiv, edefter, efatura
from ulak.wire.wsdl import description
from ulak_center.center import Center
from ulak_center.userlists import List
from ulak_center.web.control import PREFIX as CONTROL
from ulak_center.web.control import Control
from ulak_center.web.control.access import Access
from ulak_center.web.lists import PREFIX as LISTS
from ulak_center.web.lists import Listing, list_page, list_reply, struck
from ulak_center.web.offices import Office, office_call
from ulak_center.web.page import page_rooms
from ulak_center.web.rooms import Fetched, Room, plain
from ulak_center.web.sealed import Seals
from ulak_center.web.soap import CarryOut, SoapPort, Wanted
from ulak_center.web.values import Admitted, Answer, Head, Refusal, Refusing, Reply, Request

__all__ = ["ARCHIVE", "EFATURA", "LEDGER", "Furnishing", "Site"]

EFATURA: Final = "/EFaturaMerkez/services/EFatura"
ARCHIVE: Final = "/earsiv/services/EArsivWsPort"
LEDGER: Final = "/edefter/services/EDefterWsPort"
_XML: Final = (("Content-Type", "text/xml; charset=utf-8"),)
_NOWHERE: Final = Text("Bu adreste bir şey yok.", "There is nothing at this address.")


class Furnishing(NamedTuple):
    """What a site has besides its center, or in place of what the center has.

    Attributes:
        archive, ledger: offices; None takes the center's.
        seals: judges messages to the offices; None takes every seal that fits, whoever's it is.
        token: of the control API; empty for none.
    """

    archive: Office | None = None
    ledger: Office | None = None
    seals: Seals | None = None
    token: str = ""


class Site(Refusing):
    """The application of a center."""

    def __init__(self, center: Center, furnishing: Furnishing = Furnishing()) -> None:  # noqa: B008
        seals = furnishing.seals or Seals(None, center.clock.now)
        self._control = Control(center, Access(furnishing.token))
        self._rooms: dict[str, Room] = {
            **page_rooms(),
            EFATURA: _port(center, efatura.SERVICE, partial(_efatura, center)),
            ARCHIVE: _port(center, earsiv.SERVICE, _office(center, furnishing.archive or center.archive), seals),
            LEDGER: _port(center, edefter.SERVICE, _office(center, furnishing.ledger or center.ledger), seals),
            "/edefter.wsdl": Fetched(lambda head: Reply(200, description(edefter.SERVICE, head.base + LEDGER), _XML)),
            **(_lists(center, center.lists) if center.lists else {}),
        }

    def admit(self, head: Head) -> Admitted | Answer:
        """Let the body come if the room of the path does."""
        room = self._room(head)
        return room.admit(head) if room else Admitted(0)

    def handle(self, request: Request) -> Answer:
        """Answer by path."""
        room = self._room(request.head)
        return room.handle(request) if room else plain(404, _NOWHERE)

    def refuse(self, head: Head | None, refusal: Refusal) -> Reply:
        """Refuse in the form of the path."""
        room = self._room(head) if head else None
        return room.refuse(head, refusal) if room and head else super().refuse(head, refusal)

    def _room(self, head: Head) -> Room | None:
        return self._control if head.path.startswith(CONTROL) else self._rooms.get(head.path)


def _port(center: Center, service: Service[Any, Any], call: CarryOut, seals: Seals | None = None) -> SoapPort:
    return SoapPort(service, call, faults=center.faults, clock=center.clock, log=center, seals=seals)


def _office(center: Center, office: Office) -> CarryOut:
    return partial(office_call, center, office)


def _efatura(center: Center, wanted: Wanted) -> efatura.Receipt | efatura.SystemResponse:
    if isinstance(wanted.request, efatura.Document):
        return center.send_document(wanted.request, caller=wanted.caller)
    return center.application_response(wanted.request, caller=wanted.caller)


def _lists(center: Center, listing: Listing) -> dict[str, Room]:
    def strikes(head: Head) -> Answer | None:
        return struck(center.faults, center.clock.now())

    def giving(which: List) -> Callable[[Head], Reply]:
        return lambda head: list_reply(listing(which), head)

    rooms: dict[str, Room] = {LISTS + one: Fetched(giving(one), strikes) for one in List}
    return {**rooms, f"{LISTS}userList.jsp": Fetched(lambda head: list_page(listing), strikes)}
