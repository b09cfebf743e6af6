"""What is stored of an envelope that we received, and what may happen to it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ulak.lifecycle.effects import RefuseCall, Woke
from ulak.lifecycle.envelopes.stages import Stage as EnvelopeStage
from ulak.lifecycle.inbound.stages import Stage

__all__ = [
    "ArrivedAgain",
    "Event",
    "File",
    "Incoming",
    "Judged",
    "Open",
    "Polled",
    "RefuseCall",
    "Respond",
    "ResponseEnded",
    "ResponsePacked",
    "stored",
]


class Incoming(NamedTuple):
    """What is stored of an incoming envelope.

    Attributes:
        wake_at: when its alarm clock rings; None only if it is final.
        tries: how often the work that is due was handed out.
        responses: how many envelopes carried its system response.
        response: the last of these.
        code: the status that we found, and tell.
    """

    stage: Stage
    seed: int
    wake_at: datetime | None
    tries: int = 1
    responses: int = 0
    response: str = ""
    code: str = ""


class Judged(NamedTuple):
    """It was opened and judged.

    Attributes:
        code: 1200, or the first status that refuses it; also for receivers that we do not serve.
        is_answered: False for system responses (Ek-2, 4.3).
        is_addressed: False if it does not even say from whom it came.
    """

    code: str
    is_answered: bool = True
    is_addressed: bool = True


class ResponsePacked(NamedTuple):
    """The system response was made and packed into that envelope of ours."""

    envelope: str


class ResponseEnded(NamedTuple):
    """The envelope with our system response ended."""

    envelope: str
    stage: EnvelopeStage


class ArrivedAgain(NamedTuple):
    """GİB sends an envelope of the same id."""


class Polled(NamedTuple):
    """Merkez asks how it stands (Ek-3, 7.2.2)."""


Event = Woke | Judged | ResponsePacked | ResponseEnded | ArrivedAgain | Polled


class Open(NamedTuple):
    """Effect: open and judge it, and tell by `Judged`."""


class File(NamedTuple):
    """Effect: file its documents, in the same transaction: with their receivers, or with what they answer."""


class Respond(NamedTuple):
    """Effect: make the system response with that status, pack it and tell by `ResponsePacked`."""

    code: str


def stored(now: datetime, *, seed: int) -> Incoming:
    """An envelope whose bytes are kept; the call is answered with a receipt, and work begins when `wake_at` rings."""
    return Incoming(Stage.STORED, seed, now, tries=0)
