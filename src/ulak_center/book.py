"""The book of envelopes: what came in and went out, in which state, with every state before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from ulak.envelope import ElementType, Header, Party
from ulak.errors import Text
from ulak_center.kept import Attempt, Called, Kept, Passage, Stage
from ulak_center.store import Store, moment, stamp
from ulak_center.values import Filed, Judgement

__all__ = ["Attempt", "Book", "Called", "Kept", "Passage", "Stage"]


class Book:
    """The envelopes of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        row = store.row("select coalesce(max(sequence), 0) from envelopes")
        self._sequence: int = row[0] if row else 0

    def add(self, id: str, name: str, data: bytes, *, at: datetime, caller: str, is_ours: bool = False) -> None:
        """Note an envelope that came, or that GİB made, before it is opened; its state is 1000."""
        self._sequence += 1
        self._store.add(
            "envelopes",
            id=id,
            name=name,
            received=stamp(at),
            caller=caller,
            type="",
            sender="",
            sender_alias="",
            receiver="",
            receiver_alias="",
            elements="",
            size=len(data),
            status=1000,
            code="",
            reason_tr="",
            reason_en="",
            about="",
            says=0,
            is_ours=int(is_ours),
            sequence=self._sequence,
        )
        self._store.add("bodies", id=id, data=data)
        self._store.add("states", envelope=id, at=stamp(at), status=1000, code="")

    def describe(self, id: str, header: Header, elements: Iterable[ElementType]) -> None:
        """Note what stands on an envelope, once it was opened."""
        self._store.run(
            "update envelopes set type = ?, sender = ?, sender_alias = ?, receiver = ?, receiver_alias = ?, "
            "elements = ? where id = ?",
            header.type.value if header.type else "",
            header.sender.number,
            header.sender.alias,
            header.receiver.number,
            header.receiver.alias,
            " ".join(sorted(element.value for element in elements)),
            id,
        )

    def file(self, id: str, documents: Sequence[Filed]) -> None:
        """Register the documents of an envelope that passed."""
        self._store.connection.executemany(
            "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_line(id, place, document) for place, document in enumerate(documents, start=1)],
        )

    def answers(self, id: str, about: str, says: int) -> None:
        """Note which envelope a system response is about, and what it says."""
        self._store.run("update envelopes set about = ?, says = ? where id = ?", about, says, id)

    def set(self, id: str, status: int, at: datetime, judgement: Judgement | None = None) -> None:
        """Note an envelope's new state."""
        code = judgement.code if judgement else ""
        self._store.run("update envelopes set status = ? where id = ?", status, id)
        if judgement and judgement.reason:
            self._store.run(
                "update envelopes set code = ?, reason_tr = ?, reason_en = ? where id = ?",
                code,
                judgement.reason.tr,
                judgement.reason.en,
                id,
            )
        self._store.add("states", envelope=id, at=stamp(at), status=status, code=code)

    def get(self, id: str) -> Kept | None:
        """An envelope by its id; capital letters do not matter."""
        row = self._store.row("select * from envelopes where id = ?", id.lower())
        return None if row is None else _kept(row)

    def data(self, id: str) -> bytes:
        """The ZIP of an envelope that is kept; empty if there is none."""
        row = self._store.row("select data from bodies where id = ?", id.lower())
        return b"" if row is None else bytes(row[0])

    def newest(
        self, *, status: int | None = None, type: str = "", party: str = "", after: int = 0, limit: int = 100
    ) -> list[Kept]:
        """The newest envelopes first.

        Args:
            party: VKN/TCKN or alias of the sender or the receiver.
            after: only those before this sequence number, for the next page.
        """
        rows = self._store.rows(
            "select * from envelopes where (? is null or status = ?) and (? = '' or type = ?) "
            "and (? = '' or ? in (sender, receiver, sender_alias, receiver_alias)) and (? = 0 or sequence < ?) "
            "order by sequence desc limit ?",
            status,
            status,
            type,
            type,
            party,
            party,
            after,
            after,
            limit,
        )
        return [_kept(row) for row in rows]

    def counts(self) -> dict[int, int]:
        """How many envelopes are in each state."""
        return {row[0]: row[1] for row in self._store.rows("select status, count(*) from envelopes group by status")}

    def stages(self, id: str) -> list[Stage]:
        """Every state of an envelope, oldest first."""
        rows = self._store.rows("select * from states where envelope = ? order by rowid", id)
        return [Stage(moment(row["at"]), row["status"], row["code"]) for row in rows]

    def documents(self, id: str) -> list[Passage]:
        """The documents that an envelope registered."""
        rows = self._store.rows("select * from documents where envelope = ? order by position", id)
        return [Passage(*row) for row in rows]

    def envelope_of(self, ettn: str) -> Kept | None:
        """The last envelope that registered a document, unless it failed."""
        row = self._store.row(
            "select e.* from documents d join envelopes e on e.id = d.envelope where d.ettn = ? "
            "order by e.status in (1215, 1230), e.sequence desc limit 1",
            ettn.lower(),
        )
        return None if row is None else _kept(row)

    def responses_about(self, id: str) -> list[Kept]:
        """The system responses about an envelope, oldest first."""
        rows = self._store.rows("select * from envelopes where about = ? and about <> '' order by sequence", id)
        return [_kept(row) for row in rows]

    def note_attempt(self, id: str, attempt: Attempt) -> None:
        """Note a call about an envelope."""
        self._store.run("insert into attempts values (?, ?, ?, ?, ?, ?, ?)", id, stamp(attempt.at), *attempt[1:])

    def attempts(self, id: str) -> list[Attempt]:
        """The calls about an envelope, oldest first."""
        rows = self._store.rows("select * from attempts where envelope = ? order by rowid", id)
        return [Attempt(moment(row["at"]), *tuple(row)[2:]) for row in rows]

    def note_call(
        self, at: datetime, direction: str, operation: str, party: str, envelope: str, outcome: str, seconds: float
    ) -> None:
        """Note a call in either direction."""
        self._store.add(
            "calls",
            at=stamp(at),
            direction=direction,
            operation=operation,
            party=party,
            envelope=envelope[:100],
            outcome=outcome,
            seconds=seconds,
        )

    def calls(self, *, after: int = 0, limit: int = 100) -> list[Called]:
        """The newest calls first; ``after`` as in `newest`."""
        rows = self._store.rows(
            "select * from calls where (? = 0 or id < ?) order by id desc limit ?", after, after, limit
        )
        return [Called(row["id"], moment(row["at"]), *tuple(row)[2:]) for row in rows]


def _line(envelope: str, position: int, filed: Filed) -> Passage:
    return Passage(
        envelope,
        position,
        filed.element.value,
        filed.ettn,
        filed.number,
        filed.profile,
        filed.type_code,
        filed.sender,
        filed.receiver,
        filed.about,
        filed.answer,
    )


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        row["id"],
        row["name"],
        moment(row["received"]),
        row["caller"],
        row["type"],
        Party(row["sender_alias"], row["sender"]),
        Party(row["receiver_alias"], row["receiver"]),
        tuple(row["elements"].split()),
        row["size"],
        row["status"],
        row["code"],
        Text(row["reason_tr"], row["reason_en"]),
        row["about"],
        row["says"],
        bool(row["is_ours"]),
        row["sequence"],
    )
