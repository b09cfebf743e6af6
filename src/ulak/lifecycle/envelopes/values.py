"""What is stored of an envelope that we send, and what may happen to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ulak.codes.statuses import Speaker
from ulak.lifecycle.effects import Resumed, Woke
from ulak.lifecycle.envelopes.stages import Stage
from ulak.lifecycle.outcomes import Outcome

__all__ = [
    "AskEnded",
    "Ended",
    "Envelope",
    "EnvelopeKind",
    "Event",
    "Postponed",
    "SendEnded",
    "Stands",
    "Told",
    "TurnedOut",
    "WithdrawalWanted",
    "packed",
]


class EnvelopeKind(StrEnum):
    """What is in it, by who answers it."""

    BUSINESS = "business"
    """SENDERENVELOPE, POSTBOXENVELOPE: Merkez and the receiver answer, each by a system response (Ek-2, 1)."""
    SYSTEM = "system"
    """SYSTEMENVELOPE: nobody answers it (Ek-2, 4.3); whether it was processed is learnt by asking (DK J18)."""
    USER = "user"
    """USERENVELOPE: Merkez alone answers (Özel Entegrasyon Kılavuzu, 6)."""


class Envelope(NamedTuple):
    """What is stored of an envelope.

    Attributes:
        seed: from which the jitter of its pauses is worked out.
        wake_at: when its alarm clock rings; None only if it is final.
        not_after: from then on it must not be sent any more.
        attempts: how often it was sent.
        failures: sends in a row of which it is known that they did not arrive.
        questions: how often it was asked for.
        asks: questions in a row that did not end the waiting.
        sent_at, asked_at: when it was sent and asked for last.
        unclear: whether it is not known how the last send ended.
        unclear_before: whether that was so of any send before the last: even after 2004 it may still arrive.
        refused: whether Merkez refused a call while that was so.
        said_there: whether Merkez said that it has it (2001) without having given us a receipt.
        disputes: how often Merkez contradicted that.
        code: the status, or GİB's number, that brought it to its stage.
        by: who gave that status.
    """

    kind: EnvelopeKind
    stage: Stage
    seed: int
    wake_at: datetime | None
    not_after: datetime | None = None
    attempts: int = 0
    failures: int = 0
    questions: int = 0
    asks: int = 0
    sent_at: datetime | None = None
    asked_at: datetime | None = None
    unclear: bool = False
    unclear_before: bool = False
    refused: bool = False
    said_there: bool = False
    disputes: int = 0
    code: str = ""
    by: Speaker | None = None


class SendEnded(NamedTuple):
    """A `sendDocument` ended so; `SUSPENDED` too where it was not tried because the identity is.

    Attributes:
        attempt: the number that `Send` bore.
    """

    outcome: Outcome
    attempt: int


class AskEnded(NamedTuple):
    """A `getApplicationResponse` brought no status, but ended so.

    Attributes:
        question: the number that `Ask` bore.
    """

    outcome: Outcome
    question: int


class Stands(NamedTuple):
    """A `getApplicationResponse` brought that status."""

    code: str


class Told(NamedTuple):
    """A system response came, in an envelope of the speaker's."""

    by: Speaker
    code: str


class Postponed(NamedTuple):
    """A send was not even tried: the counterpart's breaker is open until then."""

    until: datetime
    attempt: int


class WithdrawalWanted(NamedTuple):
    """Whoever packed it does not want it sent."""


class Ended(NamedTuple):
    """Effect: what is in the envelope has to know how it ended (in the same transaction)."""

    stage: Stage
    code: str
    by: Speaker | None


class TurnedOut(NamedTuple):
    """Effect: it is on the road, or has arrived, although it had ended otherwise; what is in it has to know."""

    code: str
    arrived: bool


Event = Woke | Resumed | SendEnded | AskEnded | Stands | Told | Postponed | WithdrawalWanted


def packed(kind: EnvelopeKind, now: datetime, *, seed: int, not_after: datetime | None = None) -> Envelope:
    """A new envelope, to be sent at once."""
    return Envelope(kind, Stage.PACKED, seed, now, not_after)
