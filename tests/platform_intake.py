"""What ERPs hand in, for tests: friendly invoices, their receivers in GİB's list, and what is stored of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from platform_world import ARDIC, MELTEM
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.documents.taking import Taken, take_in
from ulak_server.userlist.models import ListRun, RegisteredUser

__all__ = ["YEAR", "encoded", "friendly", "listed", "row", "sent"]

YEAR: Final = clock.now().astimezone(clock.ISTANBUL).year
_LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)


def listed(who: Any = MELTEM, *aliases: str, service: str = "einvoice") -> None:
    """Let a receiver stand in GİB's list with its mailbox, or with these, the oldest first; and the list be read."""
    for age, alias in enumerate(aliases or (who[3],)):
        since = _LONG_AGO.replace(day=1 + age)
        RegisteredUser.objects.create(
            number=who[0],
            service=service,
            role="PK",
            alias=alias,
            title=who[1],
            type="OZEL",
            registered=since,
            created=since,
            since=since,
            first_seen=since,
        )
    ListRun.objects.create(name="Pk", started_at=clock.now(), outcome="taken", entries=1)


def friendly(**changed: Any) -> dict[str, Any]:
    """An ordinary invoice of Ardıç to Meltem as an ERP writes it; None takes a member away."""
    party = {"address": {"town": "Çankaya", "city": "Ankara"}, "tax_office": "Çankaya"}
    members: dict[str, Any] = {
        "profile": "TICARIFATURA",
        "supplier": {"tax_id": ARDIC[0], "name": ARDIC[1], **party},
        "customer": {"tax_id": MELTEM[0], "name": MELTEM[1], **party},
        "lines": [{"name": "Çelik raf", "quantity": 12, "price": "412.50", "vat": 20}],
        **changed,
    }
    return {name: value for name, value in members.items() if value is not None}


def encoded(members: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return msgspec.json.encode(members)


def sent(taxpayer: int, data: bytes | None = None, /, **said: Any) -> Taken:
    """An invoice handed in to be sent."""
    return take_in(taxpayer, data if data is not None else encoded(friendly()), policy=DEFAULT, **said)


def row(taxpayer: int, document: int) -> Document:
    with scoped(Role.WEB, [taxpayer]):
        return Document.objects.get(id=document)
