"""Documents as rows of a list: each with its one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from ulak.errors import Text
from ulak_server import clock
from ulak_server.books import services as books
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Direction, Document
from ulak_server.documents.states import TAKEN, State
from ulak_server.exchange.reports import services as reporting
from ulak_server.exchange.services import Shown, shown
from ulak_server.portal.rooms.documents_filters import word_of
from ulak_server.portal.rooms.reports_words import MARKS, Word

__all__ = ["Labelled", "Row", "labels_of", "rows_of"]

_REPORTED = (State.ISSUED, State.VOIDED)

_KINDS: Mapping[str, Text] = {
    "despatch_advice": Text("Sevk irsaliyesi", "Despatch advice"),
    "receipt_advice": Text("İrsaliye yanıtı", "Receipt advice"),
    "application_response": Text("Uygulama yanıtı", "Application response"),
    "credit_note": Text("Gümrük bildirimi", "Notice of customs"),
    "freelance_receipt": Text("e-Serbest meslek makbuzu", "Freelance receipt"),
    "producer_receipt": Text("e-Müstahsil makbuzu", "Producer receipt"),
    "expense_note": Text("e-Gider pusulası", "Expense note"),
}


class Labelled(NamedTuple):
    """A label on a row."""

    key: str
    name: str
    colour: str


class Row(NamedTuple):
    """A document in a list.

    Attributes:
        sort: what it is, in a word or two.
        days_left: until it may be answered no more; None if no time runs.
        report: how its report stands; None if it is not reported.
    """

    document: Document
    state: State
    sentence: Text
    sort: Text
    labels: Sequence[Labelled]
    is_incoming: bool
    is_taken: bool
    days_left: int | None
    report: Word | None


def labels_of(taxpayer: int) -> dict[str, Labelled]:
    """A taxpayer's labels by their keys; within its scope."""
    return {one.key: Labelled(one.key, one.name, one.colour) for one in books.labels(taxpayer)}


def rows_of(documents: Sequence[Document], labels: Mapping[str, Labelled]) -> list[Row]:
    """Rows in their order; within their taxpayer's scope."""
    now, marks = clock.now(), _marks(documents)
    return [_row(one, labels, now, marks.get(one.document.id)) for one in shown(documents, now)]


def _marks(documents: Sequence[Document]) -> Mapping[int, Word]:
    """How the reports of those stand that are issued and reported."""
    issued = [one for one in documents if one.kind in ARCHIVED and State.read(one.state) in _REPORTED]
    if not issued:
        return {}
    found = reporting.marks_of(issued[0].taxpayer_id, [one.id for one in issued])
    return {id: MARKS[mark] for id, mark in found.items()}


def _row(stands: Shown, labels: Mapping[str, Labelled], now: datetime, report: Word | None) -> Row:
    one = stands.document
    state = State.read(one.state)
    return Row(
        one,
        state,
        stands.sentence,
        sort_of(one),
        [labels.get(key, Labelled(key, key, "grey")) for key in one.labels or ()],
        one.direction == Direction.IN,
        one.stage == TAKEN,
        days_left(stands.answer.until if stands.answer else None, now) if _runs(state) else None,
        report,
    )


def _runs(state: State) -> bool:
    return state in (State.AWAITING, State.TO_ANSWER)


def days_left(until: datetime | None, now: datetime) -> int | None:
    """Whole days until a moment; None if there is none."""
    return None if until is None else max((until - now).days, 0)


def sort_of(one: Document) -> Text:
    """What a document is, in a word or two: its kind, and for invoices its type and profile."""
    if one.kind in _KINDS:
        return _KINDS[one.kind]
    kind, profile = word_of("invoice_types", one.type_code), word_of("profiles", one.profile)
    return Text(_joined(kind.tr, profile.tr), _joined(kind.en, profile.en))


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)
