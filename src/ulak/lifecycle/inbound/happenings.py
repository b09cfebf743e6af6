"""Which of the few happenings an event is for an envelope that we received.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1, 4.2 and 4.3; Yazılım Standartları (Ek-3) V1.4, 7.2.2 and 8.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.lifecycle.effects import Woke
from ulak.lifecycle.envelopes.stages import Stage as EnvelopeStage
from ulak.lifecycle.inbound.stages import Stage
from ulak.lifecycle.inbound.values import (
    ArrivedAgain,
    Event,
    Incoming,
    Judged,
    Polled,
    ResponseEnded,
    ResponsePacked,
)
from ulak.lifecycle.policy import Policy

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for an incoming envelope."""

    DUE = "due"
    """The alarm clock rang."""
    HOPELESS = "hopeless"
    """The alarm clock rang although it was opened often enough: it cannot be judged."""
    IN_ORDER = "in-order"
    """It was judged, and is in order."""
    AT_FAULT = "at-fault"
    """It was judged, and is refused as a whole."""
    UNANSWERED = "unanswered"
    """It is a system response."""
    UNADDRESSED = "unaddressed"
    """It was judged, and does not say from whom it came."""
    PACKED = "packed"
    """Our system response is in an envelope."""
    TOLD = "told"
    """Our system response arrived, or was there before."""
    NOT_TOLD = "not-told"
    """Our system response did not arrive."""
    NEVER_TOLD = "never-told"
    """The same, once too often."""
    AGAIN = "again"
    """The same envelope arrived again."""
    POLLED = "polled"
    """Merkez asks for it."""
    OTHER_RESPONSE = "other-response"
    """News of an earlier system response than the last."""


_H = Happening
_FIXED: Final[dict[type, Happening]] = {ArrivedAgain: _H.AGAIN, Polled: _H.POLLED, ResponsePacked: _H.PACKED}
_THERE: Final = frozenset({EnvelopeStage.COMPLETED, EnvelopeStage.DUPLICATE})


def happening(incoming: Incoming, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this incoming envelope."""
    if isinstance(event, Woke):
        hopeless = incoming.stage is Stage.STORED and incoming.tries >= policy.work_tries
        return _H.HOPELESS if hopeless else _H.DUE
    if isinstance(event, Judged):
        return _verdict(event)
    if isinstance(event, ResponseEnded):
        return _told(incoming, event, policy)
    return _FIXED[type(event)]


def _verdict(event: Judged) -> Happening:
    if not event.is_answered:
        return _H.UNANSWERED
    if not event.is_addressed:
        return _H.UNADDRESSED
    return _H.IN_ORDER if event.code == "1200" else _H.AT_FAULT


def _told(incoming: Incoming, event: ResponseEnded, policy: Policy) -> Happening:
    if event.stage in _THERE:
        return _H.TOLD
    if event.envelope != incoming.response:
        return _H.OTHER_RESPONSE
    return _H.NOT_TOLD if incoming.responses <= policy.repacks else _H.NEVER_TOLD
