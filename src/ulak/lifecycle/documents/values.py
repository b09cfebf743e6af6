"""What is stored of a document that we send, and what may happen to it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ulak.codes.statuses import Speaker
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.effects import LookUp, Woke
from ulak.lifecycle.envelopes.stages import Stage as EnvelopeStage

__all__ = [
    "Arrived",
    "Confirmed",
    "Corrected",
    "Document",
    "EarlierStands",
    "EarlierUnknown",
    "Enveloped",
    "Event",
    "FindAddress",
    "Issued",
    "Judge",
    "Judged",
    "LookUp",
    "Pack",
    "Reinstated",
    "Released",
    "ResendWanted",
    "Seal",
    "SealFailed",
    "Sealed",
    "Submitted",
    "Trip",
    "TripEnded",
    "TripTurnedOut",
    "Unpaid",
    "VoidConfirmed",
    "VoidRefused",
    "VoidWanted",
    "Voided",
    "WithdrawEnvelope",
    "WithdrawalWanted",
    "drafted",
]


class Trip(NamedTuple):
    """An envelope in which the document travelled.

    Attributes:
        company: how many documents were in it.
        sent_at, asked_at: when it was sent and asked for last, as far as the document was told.
    """

    envelope: str
    company: int
    sent_at: datetime | None = None
    asked_at: datetime | None = None


class Document(NamedTuple):
    """What is stored of a document.

    Attributes:
        seed: from which the jitter of its pauses is worked out.
        wake_at: when its alarm clock rings; None only if it is final or rests.
        not_after: from then on it must not be sent any more; its envelopes get the same limit.
        version: how often it was corrected; work on an earlier version does not count.
        trips: its envelopes, oldest first.
        numbered: whether it has its number for good.
        alone: whether it must travel alone, so that its fault blames no other.
        resends: how often it went again by itself, in a row.
        tries: how often the work that is due was handed out.
        looking: the place in `trips` of the envelope that is asked for.
        code: the status that brought it back.
        by: who gave it.
        settled: whether its cancellation stands for good: the buyer agreed, or had no say.
        refused: whether the buyer refused its cancellation; it is not asked for twice.
    """

    stage: Stage
    seed: int
    wake_at: datetime | None
    not_after: datetime | None = None
    version: int = 0
    trips: tuple[Trip, ...] = ()
    numbered: bool = False
    alone: bool = False
    resends: int = 0
    tries: int = 0
    looking: int = -1
    code: str = ""
    by: Speaker | None = None
    settled: bool = False
    refused: bool = False


class Submitted(NamedTuple):
    """Its author wants it sent."""


class Judged(NamedTuple):
    """The rules were applied."""

    is_valid: bool
    version: int


class Sealed(NamedTuple):
    """It was numbered, sealed and kept, in one transaction.

    Attributes:
        issued: whether it is of an archived kind (e-Arşiv, e-SMM, e-MM, e-Gider Pusulası), and is issued by that.
    """

    version: int
    issued: bool = False


class SealFailed(NamedTuple):
    """It could not be sealed."""

    permanent: bool
    version: int


class Unpaid(NamedTuple):
    """What its author has bought does not cover it: it is to be sealed once it does."""

    version: int


class Enveloped(NamedTuple):
    """It was put into an envelope together with so many others, itself included."""

    envelope: str
    company: int


class TripEnded(NamedTuple):
    """Its envelope ended."""

    envelope: str
    stage: EnvelopeStage
    code: str
    by: Speaker | None
    sent_at: datetime | None
    asked_at: datetime | None


class TripTurnedOut(NamedTuple):
    """An envelope that had ended otherwise is on the road after all, or has even arrived."""

    envelope: str
    code: str
    arrived: bool


class EarlierStands(NamedTuple):
    """An earlier envelope was asked for, and stands so."""

    envelope: str
    code: str


class EarlierUnknown(NamedTuple):
    """Merkez does not know an earlier envelope (2004)."""

    envelope: str


class Corrected(NamedTuple):
    """Its author handed in a corrected one."""


class ResendWanted(NamedTuple):
    """A person wants it to go again, unchanged."""


class WithdrawalWanted(NamedTuple):
    """Its author does not want it sent."""


class Released(NamedTuple):
    """The operators found out that it is not at Merkez."""


class Confirmed(NamedTuple):
    """The operators found out that its receiver has it."""


class VoidWanted(NamedTuple):
    """Its author cancels it, which `ulak.lifecycle.cancellation` permits.

    Attributes:
        is_request: whether the buyer may refuse.
    """

    is_request: bool = True


class VoidRefused(NamedTuple):
    """The buyer refused the cancellation on GİB's portal."""


class VoidConfirmed(NamedTuple):
    """The buyer agreed to the cancellation on GİB's portal."""


Event = (
    Woke
    | Submitted
    | Judged
    | Sealed
    | SealFailed
    | Unpaid
    | Enveloped
    | TripEnded
    | TripTurnedOut
    | EarlierStands
    | EarlierUnknown
    | Corrected
    | ResendWanted
    | WithdrawalWanted
    | Released
    | Confirmed
    | VoidWanted
    | VoidRefused
    | VoidConfirmed
)


class Judge(NamedTuple):
    """Effect: apply the rules in force, and tell by `Judged`."""

    version: int


class Seal(NamedTuple):
    """Effect: number it if it has none, seal and keep it, in one transaction; tell by `Sealed` or `SealFailed`."""

    numbered: bool
    version: int


class Pack(NamedTuple):
    """Effect: it may be put into an envelope; alone, or with others to the same receiver."""

    alone: bool


class FindAddress(NamedTuple):
    """Effect: look into GİB's user list for another alias of the receiver, and offer it."""


class WithdrawEnvelope(NamedTuple):
    """Effect: it is alone in its envelope, which is to be withdrawn if it has not gone yet."""

    envelope: str


class Arrived(NamedTuple):
    """Effect: its receiver has it; answers may come."""


class Issued(NamedTuple):
    """Effect: it is issued: its entry for the report is due, and its buyer gets it."""


class Voided(NamedTuple):
    """Effect: it is cancelled: the entry of that for the report is due, and its buyer is told."""


class Reinstated(NamedTuple):
    """Effect: the buyer refused the cancellation, so it counts again; whoever issued it is told."""


def drafted(now: datetime, *, seed: int, remind_at: datetime, not_after: datetime | None = None) -> Document:
    """A new draft, of which its author is reminded then."""
    return Document(Stage.DRAFT, seed, max(now, remind_at), not_after)
