"""Documents that went from one taxpayer to another through a simulated Merkez, for tests of pages that show them."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from center_support import form
from platform_merkez import Merkez
from platform_way_in import rows
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from ulak.lifecycle.documents import Stage
from ulak.lifecycle.policy import DEFAULT
from ulak.ubl.documents import Document as UblDocument
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document, Form
from ulak_server.documents.services import Draft, accept
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import DOCUMENTS

__all__ = ["Firms", "row", "standing"]


class Firms:
    """Ardıç, which sends, and Meltem, which receives."""

    def __init__(self, center: Merkez) -> None:
        self.center = center
        self.ardic, self.meltem = taxpayer(ARDIC), taxpayer(MELTEM, "MEL")

    def invoice(self, profile: str = "TICARIFATURA", count: int = 1) -> list[tuple[int, int]]:
        """Invoices that reached Meltem: what each is there and here."""
        sent = invoices(self.ardic, count, profile=profile)
        self.center.settle()
        return [(one, self.came(one)) for one in sent]

    def despatch(self) -> tuple[int, int]:
        """A despatch advice, likewise."""
        now = clock.now().astimezone(clock.ISTANBUL)
        given: dict[str, Any] = form("despatch_advice/temelirsaliye-sevk", date=now.date().isoformat(), time="11:00:00")
        number = f"XYZ{now.year}{given['number'][7:]}"
        given |= {"despatch_date": given["date"], "number": number}
        draft = Draft(
            self.ardic,
            "despatch_advice",
            Form.UBL,
            write_document(cast(UblDocument, from_json(given))),
            UUID(given["uuid"]),
            number=number,
            profile="TEMELIRSALIYE",
            type_code="SEVK",
            issue_date=now.date(),
            partner=MELTEM[0],
            alias=MELTEM[3],
            sender_alias=ARDIC[2],
            party_title=MELTEM[1],
        )
        with scoped(Role.WEB, [self.ardic]):
            (sent,) = accept([draft], DEFAULT)
        self.center.settle()
        return sent, self.came(sent)

    def came(self, sent: int) -> int:
        """What a document of Ardıç's is at Meltem's."""
        (found,) = rows(
            "SELECT i.id FROM documents_document i JOIN documents_document o ON i.ettn = o.ettn AND o.direction = 1"
            " WHERE o.id = %s AND i.direction = 2",
            sent,
        )
        return int(found["id"])


def row(taxpayer_id: int, id: int) -> Document:
    """A document as it is now."""
    with scoped(Role.WEB, [taxpayer_id]):
        return Document.objects.get(id=id)


def standing(id: int, at: Stage, **changes: Any) -> int:
    """A document that stands there, as if the road had brought it so far."""
    with happening() as shell:
        (found,) = shell.load(DOCUMENTS, [id])
        found.record = found.record._replace(stage=at, wake_at=shell.now, **changes)
        found["work"] = None
    return id
