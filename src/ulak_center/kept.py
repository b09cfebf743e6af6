"""What the book tells of envelopes and calls."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from ulak.envelope import EnvelopeType, Header, Party
from ulak.errors import Text

__all__ = ["Attempt", "Called", "Kept", "Passage", "Stage"]

_UNDELIVERED: Final = frozenset({1200, 1210})


class Kept(NamedTuple):
    """An envelope as the center keeps it.

    Attributes:
        id: lower case; the name of the file without ``.zip``.
        name: of the file as it came.
        type: empty until it was opened, or if it could not be.
        code: Ulak's code of the fault for which it was refused.
        about: the envelope that a system response is about.
        says: the status that a system response tells; 0 for any other envelope.
        is_ours: whether GİB made it.
    """

    id: str
    name: str
    received: datetime
    caller: str
    type: str
    sender: Party
    receiver: Party
    elements: tuple[str, ...]
    size: int
    status: int
    code: str
    reason: Text
    about: str
    says: int
    is_ours: bool
    sequence: int

    @property
    def is_on_the_road(self) -> bool:
        """Whether its receiver does not have it yet (Ek-2 V1.5, 4.1)."""
        return self.status in _UNDELIVERED

    @property
    def header(self) -> Header:
        """What an answer to it needs of its header."""
        kind = EnvelopeType(self.type) if self.type else None
        return Header(kind, self.id, self.sender, self.receiver, self.received)


class Stage(NamedTuple):
    """A state that an envelope was in from a time on."""

    at: datetime
    status: int
    code: str


class Attempt(NamedTuple):
    """A call that the center made about an envelope."""

    at: datetime
    operation: str
    endpoint: str
    outcome: str
    detail: str
    seconds: float


class Called(NamedTuple):
    """A call, in (``in``) or out (``out``)."""

    id: int
    at: datetime
    direction: str
    operation: str
    party: str
    envelope: str
    outcome: str
    seconds: float


class Passage(NamedTuple):
    """A document that passed, as listed."""

    envelope: str
    position: int
    element: str
    ettn: str
    number: str
    profile: str
    type_code: str
    sender: str
    receiver: str
    about: str
    answer: str
