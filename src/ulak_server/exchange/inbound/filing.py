"""What came in put where it belongs: documents to their receiver's mailbox, answers to what they answer, system
responses to the envelopes that they are about.

Sources: Denetim Kılavuzu J17–J21, J29, J30 (L15–L19, L26, L27); Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 4.2 and 4.3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak.codes.statuses import Speaker
from ulak.envelope import GIB, SystemResponse
from ulak.lifecycle import answers, inbound
from ulak.lifecycle.answers.values import RECEIPT
from ulak.lifecycle.envelopes import Told
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.scope import widen
from ulak_server.documents.arriving import CREDIT_NOTE, Arrival, Summary, file
from ulak_server.documents.models import Direction
from ulak_server.exchange.calls.news import bring
from ulak_server.exchange.inbound.examining import Examined, Item
from ulak_server.exchange.rooms import ANSWERS, DOCUMENTS, ENVELOPES, INBOUND, Row
from ulak_server.exchange.shell import Shell

__all__ = ["CARRIER", "DRAFT", "EXAMINED", "awaited", "file_it"]

EXAMINED: Final = "examined"
"""Under which a row holds what was found in the envelope, for as long as its transaction lasts."""
CARRIER: Final = "carrier"
"""Under which a row of an answer holds the id of the document that brings it, likewise."""
DRAFT: Final = "draft"
"""Under which a row of an answer that is wanted holds what makes its document, given until when it may go."""
_ANSWERED: Final = {
    "application_response": frozenset({"invoice"}),
    "receipt_advice": frozenset({"despatch_advice"}),
    CREDIT_NOTE: frozenset({"invoice"}),
}
"""Which kinds of ours the kinds that come in answer."""
_ABOUT: Final = """
SELECT id, ettn, kind, partner, profile FROM documents_document
WHERE taxpayer_id = %s AND direction = %s AND ettn = ANY (%s)
"""


class _Ours(NamedTuple):
    """A document of ours that is answered."""

    id: int
    ettn: UUID
    kind: str
    partner: str
    profile: str


def file_it(shell: Shell, row: Row, effect: inbound.File) -> None:
    """Carry out `File`."""
    found: Examined = row.values[EXAMINED]
    if found.response is not None:
        _tell(shell, row, found.response)
    elif found.items:
        _file(shell, row, found.items)


# -- system responses --------------------------------------------------------------------------------------------------


def _tell(shell: Shell, row: Row, said: SystemResponse) -> None:
    """Tell our envelope what is said of it, if the one who says it has a say: Merkez, or who was to receive it."""
    id = _uuid(said.about)
    envelope = shell.get(ENVELOPES, id) if id is not None else None
    if id is None or envelope is None:
        shell.tell(INBOUND, row, "inbound.response-unknown", code=said.status, about=said.about[:100])
        return
    by = _speaker(said, envelope)
    if by is None:
        facts = {"about": str(id), "said": said.status}
        shell.tell(INBOUND, row, "alarm", code="inbound.response-stray", **facts)
        return
    row["taxpayer_id"] = envelope["taxpayer_id"] or None
    bring(shell, id, Told(by, said.status), "; ".join(filter(None, (said.description, *said.notes))))
    shell.tell(ENVELOPES, envelope, "envelope.response", code=said.status, by=by.value, message=row.key)


def _speaker(said: SystemResponse, envelope: Row) -> Speaker | None:
    if said.sender.number == GIB.number and said.sender.alias.upper() == GIB.alias:
        return Speaker.MERKEZ
    return Speaker.TARGET if said.sender.number == envelope["receiver_number"] else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# -- documents ---------------------------------------------------------------------------------------------------------


def _file(shell: Shell, row: Row, items: Sequence[Item]) -> None:
    taxpayer: int = row["taxpayer_id"]
    widen([taxpayer])
    summaries = [item.summary for item in items]
    ours = _answered(taxpayer, summaries)
    abouts = [_about(one, ours) for one in summaries]
    arrivals = [
        Arrival(
            taxpayer,
            item.summary,
            item.document.data,
            row["sender_alias"],
            row["receiver_alias"],
            UUID(row.key),
            row["received_at"],
            about.id if about else None,
        )
        for item, about in zip(items, abouts, strict=True)
    ]
    ids = row["documents"] = file(arrivals)
    came = {"method": "sendDocument"}
    entry = Entry(
        "document.received", shell.now, taxpayer, tuple(ids), row.key, "filed", "", "gib", row["origin"], came
    )
    audit.record([entry])
    shell.came += [(taxpayer, id, one.kind) for id, one in zip(ids, summaries, strict=True)]
    for id, summary, about in zip(ids, summaries, abouts, strict=True):
        _may_answer(shell, taxpayer, id, summary, row)
        if about is not None:
            _came(shell, taxpayer, about, id, summary)


def _answered(taxpayer: int, summaries: Sequence[Summary]) -> Mapping[UUID, _Ours]:
    wanted = [one.about for one in summaries if one.about is not None]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT, [taxpayer, Direction.OUT, wanted])
        return {found[1]: _Ours(*found) for found in cursor.fetchall()}


def _about(said: Summary, ours: Mapping[UUID, _Ours]) -> _Ours | None:
    """The document that another answers: of a kind that is answered so, and sent to the one who answers."""
    found = ours.get(said.about) if said.about else None
    fits = found is not None and found.kind in _ANSWERED.get(said.kind, ()) and found.partner == said.sender
    return found if fits else None


def _may_answer(shell: Shell, taxpayer: int, id: int, said: Summary, row: Row) -> None:
    """Open the answer that the taxpayer may give, for as many days as the law has."""
    record = answers.received(answers.kind_of(said.profile), row["received_at"], shell.policy)
    if record.stage is not answers.Stage.NONE and said.kind not in _ANSWERED:
        until = {"until": record.until, "code": "", "carrier_id": None}
        shell.add(ANSWERS, id, record, taxpayer_id=taxpayer, kind=str(record.kind), **until)


def _came(shell: Shell, taxpayer: int, about: _Ours, id: int, said: Summary) -> None:
    # Whoever makes the row of an answer holds its document: it may be told of its delivery at this moment.
    shell.load(DOCUMENTS, [about.id])
    answer = awaited(shell, taxpayer, about.id, about.profile)
    answer.values[CARRIER] = id
    code = RECEIPT if said.kind == "receipt_advice" else said.code
    shell.happen(ANSWERS, about.id, answers.AnswerCame(code))


def awaited(shell: Shell, taxpayer: int, document: int, profile: str) -> Row:
    """The answer to a document of ours, made if there is none yet. The document is to be locked before."""
    found = shell.get(ANSWERS, document)
    if found is not None:
        return found
    record = answers.awaited(answers.kind_of(profile), shell.now, shell.policy)
    empty = {"until": None, "code": "", "carrier_id": None}
    return shell.add(ANSWERS, document, record, taxpayer_id=taxpayer, kind=str(record.kind), **empty)
