"""How documents and envelopes stand, for people: one plain sentence each, and what to do.

Within the caller's scope; three statements for however many documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from ulak.codes import statuses
from ulak.errors import Text
from ulak.lifecycle import answers as answers_law
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes as envelopes_law
from ulak.lifecycle.saying import say, say_issued
from ulak_server import clock
from ulak_server.documents.models import Answer, Direction, Document
from ulak_server.exchange import records
from ulak_server.exchange.calls.news import RECEIPT
from ulak_server.exchange.models import Envelope
from ulak_server.exchange.problems import exchange_error
from ulak_server.exchange.reports.latest import Latest, latest_of

__all__ = ["EnvelopeView", "Said", "Shown", "envelope", "may_leave", "shown"]

_NOTHING: Final = Text("", "")
_CAME_IN: Final = Text("Geldi.", "It came in.")
_RECEIPT: Final = Text("GİB zarfı aldı.", "GİB took the envelope.")
_UNPAID: Final = Text(
    "Kontör bekliyor; denetimden geçti, kontör yüklenince kendiliğinden mühürlenip gider.",
    "It waits for kontör; it passed the checks, and is sealed and sent by itself once some are loaded.",
)
_UNSEALED: Final = Text(
    "Mühürlenmeyi bekliyor; denetimden geçti, kendiliğinden yeniden denenir. {why}",
    "It waits to be sealed; it passed the checks, and is tried again by itself. {why}",
)
_SHORT: Final = "credits.exhausted"
_ISSUED: Final = (law.Stage.ISSUED, law.Stage.VOIDED)
_DESPATCH: Final = "despatch_advice"


class Shown(NamedTuple):
    """How a document stands.

    Attributes:
        sentence: how it stands.
        advice: what to do; empty if nothing is.
        may_leave: see `may_leave`.
        envelope_stage: of the envelope it is in; empty if it is not on its way.
        answer: the row of its answer, if one is foreseen.
    """

    document: Document
    sentence: Text
    advice: Text
    may_leave: bool | None
    envelope_stage: str
    answer: Answer | None


class Said(NamedTuple):
    """Something that was said of an envelope.

    Attributes:
        by: ``merkez`` or ``target``.
        code: a status, or ``receipt``.
        label: what the code means.
        text: the speaker's own words.
    """

    at: datetime
    by: str
    code: str
    label: Text
    text: str


class EnvelopeView(NamedTuple):
    """An envelope of ours.

    Attributes:
        attempts, questions: how often it was sent, and asked for.
        said: oldest first.
    """

    id: UUID
    type: str
    element: str
    sender: str
    receiver: str
    documents: Sequence[int]
    stage: str
    sentence: Text
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    questions: int
    said: Sequence[Said]


def shown(documents: Iterable[Document], now: datetime | None = None) -> list[Shown]:
    """How documents stand, in their order."""
    found = list(documents)
    moment = now or clock.now()
    envelopes = _envelopes([one.envelope for one in found if one.stage == law.Stage.ON_ROAD and one.envelope])
    answers = {one.document_id: one for one in Answer.objects.filter(document_id__in=[one.id for one in found])}
    latest = latest_of([one.id for one in found if one.stage in _ISSUED])
    return [_shown(one, envelopes, answers.get(one.id), latest.get(one.id), moment) for one in found]


def envelope(id: UUID) -> EnvelopeView:
    """One of our envelopes.

    Raises:
        ExchangeError: ``exchange.no-envelope``.
    """
    row = Envelope.objects.defer("message").filter(id=id).first()
    if row is None:
        raise exchange_error("exchange.no-envelope")
    record = records.read(envelopes_law.Envelope, bytes(row.road))
    return EnvelopeView(
        row.id,
        row.type,
        row.element,
        row.sender_alias,
        row.receiver_alias,
        row.documents,
        row.stage,
        record.stage.sentence,
        row.created_at,
        record.sent_at,
        record.attempts,
        record.questions,
        [_said(one) for one in row.said],
    )


def may_leave(one: Document) -> bool | None:
    """Whether the lorry of a despatch advice may leave: GİB has it; None of every other document.

    What came in has been at GİB.
    """
    if one.kind != _DESPATCH:
        return None
    return one.direction == Direction.IN or one.left_at is not None


def _shown(
    one: Document,
    envelopes: Mapping[UUID, envelopes_law.Envelope],
    answer: Answer | None,
    latest: Latest | None,
    now: datetime,
) -> Shown:
    told = None if answer is None else records.read(answers_law.Answer, bytes(answer.road))
    if one.direction == Direction.IN or one.road is None:
        sentence = _CAME_IN if told is None else answers_law.sentence(told, now)
        return Shown(one, sentence, _NOTHING, may_leave(one), "", answer)
    record = records.read(law.Document, bytes(one.road))
    trip = envelopes.get(one.envelope) if one.envelope else None
    stage = "" if trip is None else trip.stage.value
    sentence = _waiting(one) or say(record, trip, told, now)
    if latest is not None:
        sentence = say_issued(record, latest.report, latest.due_at)
    return Shown(one, sentence, _advice(one, record), may_leave(one), stage, answer)


def _waiting(one: Document) -> Text | None:
    """Why a document that lacks nothing but its seal is not being sealed; None if it is."""
    if one.stage != law.Stage.JUDGED or one.error is None:
        return None
    return _UNPAID if one.error["code"] == _SHORT else _UNSEALED.format(why=Text(**one.error["text"]))


def _advice(one: Document, record: law.Document) -> Text:
    if one.error is not None and (repair := one.error.get("repair")):
        return Text(repair["tr"], repair["en"])
    status = statuses.get(record.code) if record.stage.waits_for_person else None
    return _NOTHING if status is None else status.repair


def _envelopes(ids: Sequence[UUID]) -> dict[UUID, envelopes_law.Envelope]:
    rows = Envelope.objects.filter(id__in=set(ids)).values_list("id", "road") if ids else ()
    return {id: records.read(envelopes_law.Envelope, bytes(road)) for id, road in rows}


def _said(entry: Sequence[Any]) -> Said:
    at, by, code, text = entry
    status = statuses.get(code)
    label = _RECEIPT if code == RECEIPT else status.label if status else Text(code, code)
    return Said(datetime.fromisoformat(at), by, code, label, text)
