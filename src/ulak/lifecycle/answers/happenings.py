"""Which of the few happenings an event is for an answer.

Sources: Entegrasyon Kılavuzu V1.10, 3.1 and 3.2; Denetim Kılavuzu J23–J30 (L21–L27 for despatches); Gümrük İşlemleri
Kılavuzu V1.8, 3.2.2.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.lifecycle.answers.stages import Stage
from ulak.lifecycle.answers.values import (
    ALLOWED,
    Answer,
    AnswerCame,
    AnswerEnded,
    AnswerWanted,
    Delivered,
    Event,
    NeverDelivered,
)
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.policy import Policy

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for an answer."""

    DUE = "due"
    """The alarm clock rang."""
    LAPSE = "lapse"
    """The alarm clock rang after the last day."""
    WANTED = "wanted"
    """A person answers, in time, as this document may be answered."""
    WANTED_LATE = "wanted-late"
    """A person wants to answer after the last day."""
    WANTED_ODD = "wanted-odd"
    """A person wants to answer as this document cannot be answered."""
    ARRIVED = "arrived"
    """Our answer arrived."""
    FAILED = "failed"
    """Our answer did not arrive, and there is time for another one."""
    FAILED_LATE = "failed-late"
    """Our answer did not arrive in time."""
    DELIVERED = "delivered"
    """The receiver has the document."""
    NEVER = "never"
    """The receiver never gets the document."""
    CAME = "came"
    """An answer came, in time."""
    CAME_LATE = "came-late"
    """An answer came after the last day."""
    CAME_ODD = "came-odd"
    """An answer came which this document cannot get."""


_H = Happening


def happening(answer: Answer, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this answer."""
    return _BY_TYPE[type(event)](answer, event, answer.until is not None and now >= answer.until)


def _woke(answer: Answer, _: Woke, late: bool) -> Happening:
    return _H.LAPSE if late else _H.DUE


def _wanted(answer: Answer, event: AnswerWanted, late: bool) -> Happening:
    if event.code not in ALLOWED[answer.kind]:
        return _H.WANTED_ODD
    return _H.WANTED_LATE if late else _H.WANTED


def _ended(answer: Answer, event: AnswerEnded, late: bool) -> Happening:
    if event.arrived:
        return _H.ARRIVED
    return _H.FAILED_LATE if late else _H.FAILED


def _came(answer: Answer, event: AnswerCame, late: bool) -> Happening:
    if event.code not in ALLOWED[answer.kind]:
        return _H.CAME_ODD
    return _H.CAME_LATE if late and answer.stage is Stage.EXPECTED else _H.CAME


_BY_TYPE: Final[dict[type, Callable[..., Happening]]] = {
    Woke: _woke,
    AnswerWanted: _wanted,
    AnswerEnded: _ended,
    Delivered: lambda *_: _H.DELIVERED,
    NeverDelivered: lambda *_: _H.NEVER,
    AnswerCame: _came,
}
