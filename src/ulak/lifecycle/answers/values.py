"""What is stored of the answer to a document, what may happen to it, and which documents are answered how."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.lifecycle.answers.stages import Stage
from ulak.lifecycle.days import end_of
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.policy import Policy

__all__ = [
    "Answer",
    "AnswerCame",
    "AnswerEnded",
    "AnswerKind",
    "AnswerWanted",
    "Delivered",
    "Event",
    "Ignore",
    "MakeAnswer",
    "NeverDelivered",
    "Refuse",
    "Take",
    "awaited",
    "kind_of",
    "received",
]


class AnswerKind(StrEnum):
    """How documents of a profile are answered."""

    COMMERCIAL = "commercial"
    """TICARIFATURA: KABUL, RED or IADE by an application response, within eight days."""
    DESPATCH = "despatch"
    """Despatch advices: a receipt advice, within seven days, if the receiver wants to send one."""
    CUSTOMS = "customs"
    """IHRACAT: customs answer whenever goods left, or did not (Gümrük İşlemleri Kılavuzu, 3.2.2)."""
    NONE = "none"
    """Everything else: nobody answers (DK J23)."""


_KINDS: Final = {
    "TICARIFATURA": AnswerKind.COMMERCIAL,
    "TEMELIRSALIYE": AnswerKind.DESPATCH,
    "HKSIRSALIYE": AnswerKind.DESPATCH,
    "IDISIRSALIYE": AnswerKind.DESPATCH,
    "IHRACAT": AnswerKind.CUSTOMS,
}
RECEIPT: Final = "RECEIPT"
"""Ulak's word for a receipt advice, whose answers stand in its lines."""
ALLOWED: Final = {
    AnswerKind.COMMERCIAL: frozenset({"KABUL", "RED", "IADE"}),
    AnswerKind.DESPATCH: frozenset({RECEIPT}),
    AnswerKind.CUSTOMS: frozenset({"KABUL", "RED"}),
    AnswerKind.NONE: frozenset[str](),
}


def kind_of(profile: str) -> AnswerKind:
    """How documents of that `cbc:ProfileID` are answered.

    >>> kind_of("TEMELFATURA")
    <AnswerKind.NONE: 'none'>
    """
    return _KINDS.get(profile, AnswerKind.NONE)


class Answer(NamedTuple):
    """What is stored of the answer to a document.

    Attributes:
        wake_at: when its alarm clock rings; None only if it is final.
        until: from then on no answer counts; None if no time runs.
        code: the answer: KABUL, RED, IADE, or RECEIPT for a receipt advice.
        since: when the answer came, or the time began.
    """

    kind: AnswerKind
    stage: Stage
    wake_at: datetime | None
    until: datetime | None = None
    code: str = ""
    since: datetime | None = None


class AnswerWanted(NamedTuple):
    """A person wants to answer so."""

    code: str


class AnswerEnded(NamedTuple):
    """The document that carried our answer ended."""

    arrived: bool


class Delivered(NamedTuple):
    """The receiver's system response for the document that we sent came in, or Merkez told that it had come."""


class NeverDelivered(NamedTuple):
    """The document that we sent ended without having reached its receiver."""


class AnswerCame(NamedTuple):
    """An answer to what we sent came in."""

    code: str


Event = Woke | AnswerWanted | AnswerEnded | Delivered | NeverDelivered | AnswerCame


class MakeAnswer(NamedTuple):
    """Effect: make, seal and send the answer; its envelope must not go from that moment on."""

    code: str
    not_after: datetime


class Take(NamedTuple):
    """Effect: file the answer with the document that it answers."""

    code: str


class Ignore(NamedTuple):
    """Effect: the answer that came does not count, and why; its system response is owed all the same (Ek-2, 4.2)."""

    problem: str


class Refuse(NamedTuple):
    """Effect: tell the person that this must not be answered so, and why."""

    problem: str


def received(kind: AnswerKind, at: datetime, policy: Policy) -> Answer:
    """The answer that we may give to a document whose envelope we received then."""
    days = {AnswerKind.COMMERCIAL: policy.answer_days, AnswerKind.DESPATCH: policy.receipt_days}.get(kind)
    if days is None:
        return Answer(kind, Stage.NONE, None)
    until = end_of(at, days)
    return Answer(kind, Stage.OPEN, until - policy.remind, until, since=at)


def awaited(kind: AnswerKind, now: datetime, policy: Policy) -> Answer:
    """The answer that may come to a document that we are sending."""
    if kind is AnswerKind.NONE:
        return Answer(kind, Stage.NONE, None)
    return Answer(kind, Stage.NOT_DELIVERED, now + policy.remind)
