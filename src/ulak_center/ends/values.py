"""What GİB's own ends remember and hand out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.envelope import ElementType, Header, Party
from ulak.errors import Text
from ulak_center.merkez import Desk
from ulak_center.residents import Answering
from ulak_center.seals import Seals
from ulak_center.values import Filed

__all__ = ["FINE", "Direction", "EndDocument", "EndEnvelope", "House", "Mark", "Packet", "Sent", "Told"]

FINE: Final = Text("", "")


class Packet(NamedTuple):
    """An envelope that is ready to be put into Merkez."""

    header: Header
    element: ElementType
    name: str
    data: bytes
    documents: tuple[Filed, ...]


class House(NamedTuple):
    """What an end needs of the center.

    Attributes:
        lock: held around everything that touches the desk; not while documents are made and sealed.
        put: gives an envelope to Merkez: name and bytes.
        launch: sends an envelope of GİB's own, which nobody judges.
        wake: says that there is something to do.
    """

    desk: Desk
    answering: Answering
    seals: Seals
    lock: AbstractContextManager[object]
    put: Callable[[str, bytes], object]
    launch: Callable[[Packet], object]
    wake: Callable[[], None]


class Direction(StrEnum):
    """Whether a document came or was sent."""

    IN = "in"
    OUT = "out"


class Mark(StrEnum):
    """What an end makes of an answer that came, or of an invoice that was withdrawn."""

    NONE = ""
    SECOND = "second"
    """The document had been answered before; the first answer counts (DK J30)."""
    LATE = "late"
    """Too late to count (DK J29, L26)."""
    UNKNOWN = "unknown"
    """It is about no document that was sent."""
    WITHDRAWN = "withdrawn"
    """The sale was cancelled (Gümrük İşlemleri Kılavuzu V1.8, 4.1.1)."""


class EndDocument(NamedTuple):
    """A document that an end received or sent.

    Attributes:
        issued: None if it states no day.
        about: ETTN or number of what an answer is about; lower case.
        says: ``KABUL``, ``RED`` … of an answer; else empty.
        at: when it was received, or put into Merkez.
        status: what the end found: 1200, or the code with which it refused the envelope.
        reference: the customs' number (GTB_REFNO), 23 digits; else empty.
        answer: how it was answered; empty while it is not.
        answer_envelope: id of the envelope in which the answer travels.
    """

    ettn: str
    direction: Direction
    envelope: str
    position: int
    element: ElementType
    number: str
    profile: str
    type_code: str
    issued: date | None
    about: str
    says: str
    at: datetime
    status: int
    reason: Text
    mark: Mark
    reference: str
    answer: str
    answered: datetime | None
    answer_envelope: str


class Told(NamedTuple):
    """A system response that has arrived.

    Attributes:
        teller: who says it: GİB, or the receiver of the envelope.
    """

    teller: Party
    status: int
    at: datetime


class EndEnvelope(NamedTuple):
    """An envelope that an end received or sent.

    Attributes:
        answered_with: the status that the end found, for one that was received; 0 for one that was sent.
        state: in Merkez, 1000 … 1300.
        responses: what has arrived about one that was sent, oldest first.
    """

    id: str
    direction: Direction
    type: str
    sender: Party
    receiver: Party
    at: datetime
    answered_with: int
    state: int
    sequence: int
    documents: tuple[EndDocument, ...]
    responses: tuple[Told, ...]


class Sent(NamedTuple):
    """An envelope that an end has put into Merkez.

    Attributes:
        documents: ETTN and number of each.
    """

    id: str
    documents: tuple[tuple[str, str], ...]
