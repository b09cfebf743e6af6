"""How documents stand, in the few words by which people look for them, and the shelves on which lists show them.

The database works both out itself (`Document.state`, `Document.shelf`), from what the law's machines write.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final

from django.db.models import Case, Q, SmallIntegerField, Value, When
from django.db.models.expressions import CombinedExpression

from ulak.errors import Text
from ulak.lifecycle.answers import RECEIPT
from ulak.lifecycle.answers import Stage as AnswerStage
from ulak.lifecycle.documents import Stage

__all__ = ["STATES_OF", "TAKEN", "AnswerMark", "Shelf", "State", "mark_of", "shelf_of_row", "state_of_row"]

TAKEN: Final = "taken"
"""The stage of an incoming document that the ERP has taken over; before it is ``filed``."""
_TAKEN_SHIFT: Final = 40


class Shelf(IntEnum):
    """Which list shows a document."""

    OUTGOING = 1
    INCOMING = 2
    DESPATCHES = 3
    """Despatch advices and receipt advices, both ways."""
    ANSWERS = 4
    """Application responses, both ways: seen with what they answer."""
    RECEIPTS = 5
    """e-SMM, e-MM and e-Gider Pusulası; e-Arşiv invoices are with the outgoing ones."""

    @property
    def label(self) -> Text:
        return _SHELVES[self]


class AnswerMark(IntEnum):
    """How the answer to a document stands; `Document.answer`."""

    NONE = 0
    AWAITED = 1
    ANSWERING = 2
    ACCEPTED = 3
    REJECTED = 4
    RETURNED = 5
    RECEIPT = 6
    SILENT = 7


class State(IntEnum):
    """How a document stands; those below `ARRIVED` are of what we send, the others of what came in.

    What the ERP took over has its state and `_TAKEN_SHIFT` more, see `with_taken`.
    """

    DRAFT = 10
    SENDING = 11
    TROUBLED = 12
    DELIVERED = 13
    AWAITING = 14
    ACCEPTED = 15
    REJECTED = 16
    RETURNED = 17
    RECEIVED = 18
    ENDED = 19
    ISSUED = 20
    VOIDED = 21
    ARRIVED = 30
    TO_ANSWER = 31
    ANSWERING = 32
    WE_ACCEPTED = 33
    WE_REJECTED = 34
    WE_RETURN = 35
    WE_RECEIVED = 36
    LAPSED = 37

    @property
    def label(self) -> Text:
        """For a chip."""
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """``ok``, ``wait``, ``bad`` or ``info``: the colour of its chip."""
        return _TONES.get(self, "info")

    @property
    def stored(self) -> tuple[int, ...]:
        """The values that `Document.state` may have for it."""
        return (int(self), self + _TAKEN_SHIFT) if self >= State.ARRIVED else (int(self),)

    @classmethod
    def read(cls, stored: int) -> State:
        """The state that a value of `Document.state` is.

        >>> State.read(71) is State.TO_ANSWER
        True
        """
        return cls(stored - _TAKEN_SHIFT if stored > _TAKEN_SHIFT + cls.ARRIVED - 1 else stored)


_SHELVES: Final = {
    Shelf.OUTGOING: Text("Giden", "Outgoing"),
    Shelf.INCOMING: Text("Gelen", "Incoming"),
    Shelf.DESPATCHES: Text("İrsaliye", "Despatches"),
    Shelf.ANSWERS: Text("Yanıtlar", "Answers"),
    Shelf.RECEIPTS: Text("Makbuzlar", "Receipts"),
}
_LABELS: Final = {
    State.DRAFT: Text("Taslak", "Draft"),
    State.SENDING: Text("Gönderiliyor", "Sending"),
    State.TROUBLED: Text("Sorunlu", "Needs you"),
    State.DELIVERED: Text("Ulaştı", "Delivered"),
    State.AWAITING: Text("Yanıt bekliyor", "Awaits answer"),
    State.ACCEPTED: Text("Kabul edildi", "Accepted"),
    State.REJECTED: Text("Reddedildi", "Rejected"),
    State.RETURNED: Text("İade bildirildi", "Return announced"),
    State.RECEIVED: Text("İrsaliye yanıtı geldi", "Receipt came"),
    State.ENDED: Text("Gönderilmedi", "Not sent"),
    State.ISSUED: Text("Düzenlendi", "Issued"),
    State.VOIDED: Text("İptal edildi", "Cancelled"),
    State.ARRIVED: Text("Geldi", "Received"),
    State.TO_ANSWER: Text("Yanıtınız bekleniyor", "Your answer"),
    State.ANSWERING: Text("Yanıtınız yolda", "Answer on its way"),
    State.WE_ACCEPTED: Text("Kabul ettiniz", "You accepted"),
    State.WE_REJECTED: Text("Reddettiniz", "You rejected"),
    State.WE_RETURN: Text("İade bildirdiniz", "You return it"),
    State.WE_RECEIVED: Text("Yanıtladınız", "You answered"),
    State.LAPSED: Text("Yanıtsız kaldı", "Left unanswered"),
}
_TONES: Final[Mapping[State, str]] = {
    State.TROUBLED: "bad",
    State.REJECTED: "bad",
    State.WE_REJECTED: "bad",
    State.RETURNED: "bad",
    State.WE_RETURN: "bad",
    State.SENDING: "wait",
    State.AWAITING: "wait",
    State.TO_ANSWER: "wait",
    State.ANSWERING: "wait",
    State.DELIVERED: "ok",
    State.ISSUED: "ok",
    State.ACCEPTED: "ok",
    State.RECEIVED: "ok",
    State.WE_ACCEPTED: "ok",
    State.WE_RECEIVED: "ok",
}
STATES_OF: Final[Mapping[Shelf, tuple[State, ...]]] = {
    Shelf.OUTGOING: (
        State.DRAFT,
        State.SENDING,
        State.TROUBLED,
        State.DELIVERED,
        State.ISSUED,
        State.AWAITING,
        State.ACCEPTED,
        State.REJECTED,
        State.RETURNED,
        State.VOIDED,
        State.ENDED,
    ),
    Shelf.INCOMING: (
        State.TO_ANSWER,
        State.ARRIVED,
        State.ANSWERING,
        State.WE_ACCEPTED,
        State.WE_REJECTED,
        State.WE_RETURN,
        State.LAPSED,
    ),
    Shelf.DESPATCHES: (
        State.DRAFT,
        State.SENDING,
        State.TROUBLED,
        State.DELIVERED,
        State.AWAITING,
        State.RECEIVED,
        State.ENDED,
        State.TO_ANSWER,
        State.ARRIVED,
        State.ANSWERING,
        State.WE_RECEIVED,
        State.LAPSED,
    ),
    Shelf.ANSWERS: (State.SENDING, State.TROUBLED, State.DELIVERED, State.ENDED, State.ARRIVED),
    Shelf.RECEIPTS: (State.DRAFT, State.SENDING, State.TROUBLED, State.ISSUED, State.VOIDED, State.ENDED),
}
"""The states that documents of a shelf may have, in the order in which people look for them."""

_GIVEN: Final = {
    "KABUL": AnswerMark.ACCEPTED,
    "RED": AnswerMark.REJECTED,
    "IADE": AnswerMark.RETURNED,
    RECEIPT: AnswerMark.RECEIPT,
}
_MARKS: Final = {
    AnswerStage.OPEN: AnswerMark.AWAITED,
    AnswerStage.EXPECTED: AnswerMark.AWAITED,
    AnswerStage.ANSWERING: AnswerMark.ANSWERING,
    AnswerStage.LAPSED: AnswerMark.SILENT,
    AnswerStage.SILENT: AnswerMark.SILENT,
}


def mark_of(stage: AnswerStage, code: str) -> AnswerMark:
    """How an answer stands, for its document's row.

    >>> mark_of(AnswerStage.ANSWERED, "RED")
    <AnswerMark.REJECTED: 4>
    """
    if stage in (AnswerStage.ANSWERED, AnswerStage.RECEIVED):
        return _GIVEN.get(code, AnswerMark.NONE)
    return _MARKS.get(stage, AnswerMark.NONE)


# -- worked out by the database ----------------------------------------------------------------------------------------

_STAGES: Final = {
    State.DRAFT: (Stage.DRAFT,),
    State.SENDING: (
        Stage.ACCEPTED,
        Stage.JUDGED,
        Stage.SEALED,
        Stage.ON_ROAD,
        Stage.RETRYING,
        Stage.LOOKING,
    ),
    State.TROUBLED: (Stage.FAULTY, Stage.RETURNED, Stage.TO_CORRECT, Stage.CLASHED, Stage.DISPUTED),
    State.ENDED: (Stage.CANCELLED, Stage.WITHDRAWN, Stage.EXPIRED),
    State.ISSUED: (Stage.ISSUED,),
    State.VOIDED: (Stage.VOIDED,),
}
_OURS: Final = {
    AnswerMark.AWAITED: State.TO_ANSWER,
    AnswerMark.ANSWERING: State.ANSWERING,
    AnswerMark.ACCEPTED: State.WE_ACCEPTED,
    AnswerMark.REJECTED: State.WE_REJECTED,
    AnswerMark.RETURNED: State.WE_RETURN,
    AnswerMark.RECEIPT: State.WE_RECEIVED,
    AnswerMark.SILENT: State.LAPSED,
}
_THEIRS: Final = {
    AnswerMark.AWAITED: State.AWAITING,
    AnswerMark.ACCEPTED: State.ACCEPTED,
    AnswerMark.REJECTED: State.REJECTED,
    AnswerMark.RETURNED: State.RETURNED,
    AnswerMark.RECEIPT: State.RECEIVED,
}


def state_of_row() -> CombinedExpression:
    """The expression of `Document.state`."""
    ours = [_when(state, direction=2, answer=mark) for mark, state in _OURS.items()]
    sent = [_when(state, stage__in=[one.value for one in stages]) for state, stages in _STAGES.items()]
    theirs = [_when(state, answer=mark) for mark, state in _THEIRS.items()]
    stands = Case(
        *ours,
        _when(State.ARRIVED, direction=2),
        *sent,
        *theirs,
        default=Value(int(State.DELIVERED)),
        output_field=SmallIntegerField(),
    )
    return stands + Case(_when(_TAKEN_SHIFT, stage=TAKEN), default=Value(0), output_field=SmallIntegerField())


def shelf_of_row() -> Case:
    """The expression of `Document.shelf`."""
    return Case(
        _when(Shelf.DESPATCHES, kind__in=["despatch_advice", "receipt_advice"]),
        _when(Shelf.ANSWERS, kind="application_response"),
        _when(Shelf.RECEIPTS, kind__in=["freelance_receipt", "producer_receipt", "expense_note"]),
        _when(Shelf.INCOMING, direction=2),
        default=Value(int(Shelf.OUTGOING)),
        output_field=SmallIntegerField(),
    )


def _when(value: int, **conditions: Any) -> When:
    return When(
        Q(**{name: int(one) if isinstance(one, int) else one for name, one in conditions.items()}),
        then=Value(int(value)),
    )
