"""What GİB's list of registered users says of contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ulak_server.userlist import services as userlist
from ulak_server.userlist.services import Registered

__all__ = ["Listing", "listings"]


class Listing(NamedTuple):
    """A contact as GİB knows them.

    Attributes:
        title: as GİB has it; empty for those who are not registered.
        einvoice, edespatch: the mailboxes for each service, the oldest first; none: not registered for it.
        is_public: whether it is a public body.
    """

    title: str = ""
    einvoice: tuple[str, ...] = ()
    edespatch: tuple[str, ...] = ()
    is_public: bool = False

    @property
    def is_registered(self) -> bool:
        return bool(self.einvoice or self.edespatch)


def listings(numbers: Iterable[str]) -> dict[str, Listing]:
    """What GİB's list says of each of these numbers now, by one statement."""
    wanted = sorted({one for one in numbers if one})
    found = userlist.lookup_many(wanted) if wanted else {}
    return {number: _listing(found.get(number, [])) for number in wanted}


def _listing(rows: list[Registered]) -> Listing:
    if not rows:
        return Listing()
    boxes = {
        service: tuple(one.alias for one in rows if (one.service, one.role) == (service, "PK"))
        for service in ("einvoice", "edespatch")
    }
    return Listing(rows[0].title, boxes["einvoice"], boxes["edespatch"], rows[0].type == "KAMU")
