"""Whether an identity may talk to Merkez at all: GİB takes the permission away by 2007, and gives it back by word.

Source: Yazılım Standartları (Ek-3) V1.4, 8. The guide does not say how one learns that the permission is back; so
nothing is tried, the operators are reminded, and they open the traffic again.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.effects import Alarm, Effects, Woke
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = [
    "MACHINE",
    "ROWS",
    "SENTENCES",
    "Event",
    "Happening",
    "Identity",
    "PermissionBack",
    "PermissionGone",
    "ResumeAll",
    "Stage",
    "step",
]


class Stage(StrEnum):
    """Whether calls may be made."""

    FREE = "free"
    """Calls may be made."""
    SUSPENDED = "suspended"
    """No calls; envelopes that wait for one are told `SUSPENDED` without it."""

    @property
    def is_final(self) -> bool:
        return False

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


SENTENCES: Final = {
    Stage.FREE: Text("GİB ile trafik açık.", "Traffic with GİB flows."),
    Stage.SUSPENDED: Text(
        "GİB gönderme ve sorgulama yetkisini geçici olarak kaldırdı.",
        "GİB has taken the permission to send and to ask away for a while.",
    ),
}


class Identity(NamedTuple):
    """What is stored of an identity.

    Attributes:
        wake_at: when the operators are reminded; None while calls may be made.
        since: of the suspension.
    """

    stage: Stage = Stage.FREE
    wake_at: datetime | None = None
    since: datetime | None = None


class PermissionGone(NamedTuple):
    """A call of it was answered with 2007."""


class PermissionBack(NamedTuple):
    """The operators know from GİB that it may send and ask again."""


Event = Woke | PermissionGone | PermissionBack


class ResumeAll(NamedTuple):
    """Effect: tell `Resumed` to all envelopes of this identity that are held."""


class Happening(StrEnum):
    """What an event is for an identity."""

    DUE = "due"
    """The alarm clock rang."""
    GONE = "gone"
    """2007."""
    BACK = "back"
    """The permission is back."""


_H, _S = Happening, Stage
_HAPPENINGS: Final[dict[type, Happening]] = {Woke: _H.DUE, PermissionGone: _H.GONE, PermissionBack: _H.BACK}


def stop(identity: Identity, to: Stage, _: Event, now: datetime, policy: Policy) -> tuple[Identity, Effects]:
    return Identity(to, now + policy.remind, now), (Alarm("lifecycle.suspended"),)


def remind(identity: Identity, to: Stage, _: Event, now: datetime, policy: Policy) -> tuple[Identity, Effects]:
    return identity._replace(wake_at=now + policy.remind), (Alarm("lifecycle.suspended"),)


def resume(identity: Identity, to: Stage, _: Event, now: datetime, policy: Policy) -> tuple[Identity, Effects]:
    return Identity(to), (ResumeAll(),)


ROWS: Final = (
    Row((_S.FREE,), _H.GONE, _S.SUSPENDED, stop, "Ek-3, 8 (2007)"),
    Row((_S.SUSPENDED,), _H.DUE, None, remind, "own"),
    Row((_S.SUSPENDED,), _H.BACK, _S.FREE, resume, "own"),
)
MACHINE: Final = Machine[Identity](ROWS, lambda identity, event, now, policy: _HAPPENINGS[type(event)])


def step(identity: Identity, event: Event, now: datetime, policy: Policy) -> Step[Identity]:
    """What an event does to an identity."""
    return MACHINE.step(identity, event, now, policy)
