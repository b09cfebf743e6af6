"""What an end has received and sent, in the center's store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from ulak.envelope import ElementType, EnvelopeType, Party
from ulak.errors import Text
from ulak_center.book import Kept
from ulak_center.ends.values import FINE, Direction, EndDocument, EndEnvelope, Mark, Told
from ulak_center.merkez import Desk
from ulak_center.store import moment, stamp
from ulak_center.values import Filed

__all__ = ["Shelf"]

_ARRIVED: Final = 1300
_OK: Final = 1200


class Shelf:
    """The documents of one end. Used under the center's lock.

    Args:
        holder: whose: ``portal``, ``customs``.
    """

    def __init__(self, desk: Desk, holder: str) -> None:
        self._desk, self._store, self._holder = desk, desk.store, holder

    def has(self, envelope: str) -> bool:
        """Whether an envelope was received or sent already."""
        row = self._store.row(
            "select 1 from end_envelopes where holder = ? and envelope = ?", self._holder, envelope.lower()
        )
        return row is not None

    def put(
        self,
        id: str,
        direction: Direction,
        documents: Iterable[Filed],
        *,
        at: datetime,
        titles: tuple[str, str] = ("", ""),
        status: int = _OK,
        reason: Text = FINE,
    ) -> None:
        """Note an envelope and what is in it; a document that came before in an envelope that was refused is replaced.

        Args:
            titles: names of the sender and of the receiver.
        """
        self._store.add(
            "end_envelopes",
            holder=self._holder,
            envelope=id,
            direction=direction.value,
            at=stamp(at),
            status=status if direction is Direction.IN else 0,
            sender_title=titles[0],
            receiver_title=titles[1],
        )
        for position, filed in enumerate(documents, start=1):
            self._put_document(id, direction, position, filed, at, status, reason)

    def _put_document(
        self, id: str, direction: Direction, position: int, filed: Filed, at: datetime, status: int, reason: Text
    ) -> None:
        before = self.document(filed.ettn, direction)
        if before is not None and before.status == _OK:
            return
        self._store.run(
            "delete from end_documents where holder = ? and direction = ? and ettn = ?",
            self._holder,
            direction.value,
            filed.ettn,
        )
        self._store.add(
            "end_documents",
            holder=self._holder,
            ettn=filed.ettn,
            direction=direction.value,
            envelope=id,
            position=position,
            element=filed.element.value,
            number=filed.number,
            profile=filed.profile,
            type_code=filed.type_code,
            issued=filed.issued.isoformat() if filed.issued else "",
            about=filed.about,
            says=filed.answer,
            at=stamp(at),
            status=status,
            reason_tr=reason.tr,
            reason_en=reason.en,
            mark="",
            reference="",
        )

    def mark(self, document: EndDocument, mark: Mark) -> None:
        """Note what is to be made of a document."""
        self._set(document, "mark = ?", mark.value)

    def refer(self, document: EndDocument, reference: str) -> None:
        """Give a document the customs' number."""
        self._set(document, "reference = ?", reference)

    def answer(self, document: EndDocument, answer: str, at: datetime, envelope: str) -> None:
        """Note how a document was answered."""
        self._set(document, "answer = ?, answered = ?, answer_envelope = ?", answer, stamp(at), envelope)

    def _set(self, document: EndDocument, change: str, *values: object) -> None:
        self._store.run(
            f"update end_documents set {change} where holder = ? and direction = ? and ettn = ?",  # noqa: S608 ours
            *values,
            self._holder,
            document.direction.value,
            document.ettn,
        )

    def document(self, ettn: str, direction: Direction) -> EndDocument | None:
        """A document by its ETTN."""
        row = self._store.row(
            "select * from end_documents where holder = ? and direction = ? and ettn = ?",
            self._holder,
            direction.value,
            ettn.strip().lower(),
        )
        return None if row is None else _document(row)

    def find(self, about: str, direction: Direction) -> EndDocument | None:
        """What an answer is about, by ETTN or, as some write it, by number."""
        row = self._store.row(
            "select * from end_documents where holder = ? and direction = ? and (ettn = ? or lower(number) = ?) "
            "order by ettn = ? desc limit 1",
            self._holder,
            direction.value,
            about,
            about,
            about,
        )
        return None if row is None else _document(row)

    def envelopes(self, direction: Direction | None, *, after: int = 0, limit: int = 100) -> list[EndEnvelope]:
        """What came in or went out, newest first.

        Args:
            after: only those before this sequence number, for the next page.
        """
        rows = self._store.rows(
            "select n.*, e.sequence from end_envelopes n join envelopes e on e.id = n.envelope where n.holder = ? "
            "and (? is null or n.direction = ?) and (? = 0 or e.sequence < ?) order by e.sequence desc limit ?",
            self._holder,
            direction,
            direction,
            after,
            after,
            limit,
        )
        return [found for row in rows if (found := self._envelope(row)) is not None]

    def _envelope(self, row: sqlite3.Row) -> EndEnvelope | None:
        kept = self._desk.book.get(row["envelope"])
        if kept is None:
            return None
        direction = Direction(row["direction"])
        return EndEnvelope(
            kept.id,
            direction,
            kept.type or EnvelopeType.SENDER,
            kept.sender._replace(title=row["sender_title"]),
            kept.receiver._replace(title=row["receiver_title"]),
            moment(row["at"]),
            row["status"],
            kept.status,
            kept.sequence,
            tuple(self.documents(kept.id)),
            tuple(self.told(kept)) if direction is Direction.OUT else (),
        )

    def documents(self, envelope: str) -> list[EndDocument]:
        """The documents of an envelope."""
        rows = self._store.rows(
            "select * from end_documents where holder = ? and envelope = ? order by position", self._holder, envelope
        )
        return [_document(row) for row in rows]

    def told(self, kept: Kept) -> list[Told]:
        """The system responses about an envelope that have arrived at its sender."""
        found = []
        for response in self._desk.book.responses_about(kept.id):
            if response.status == _ARRIVED:
                at = self._desk.book.stages(response.id)[-1].at
                found.append(Told(Party(*response.sender[:2]), response.says, at))
        return found


def _document(row: sqlite3.Row) -> EndDocument:
    return EndDocument(
        row["ettn"],
        Direction(row["direction"]),
        row["envelope"],
        row["position"],
        ElementType(row["element"]),
        row["number"],
        row["profile"],
        row["type_code"],
        date.fromisoformat(row["issued"]) if row["issued"] else None,
        row["about"],
        row["says"],
        moment(row["at"]),
        row["status"],
        Text(row["reason_tr"], row["reason_en"]),
        Mark(row["mark"]),
        row["reference"],
        row["answer"],
        None if row["answered"] is None else moment(row["answered"]),
        row["answer_envelope"],
    )
