"""A circuit breaker for one counterpart: when nobody gets through, only one call at a time tries.

No guide speaks of it; it spares GİB and us calls that cannot succeed, and it never makes anything unclear: a call that
is not admitted was not made.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.backoff import pause
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import Policy

__all__ = ["SENTENCES", "Admission", "Breaker", "Stage", "admit", "ended"]


class Stage(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"
    """Every call is made."""
    OPEN = "open"
    """No call is made until a moment."""
    TRIAL = "trial"
    """One call is under way that decides for all."""

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


SENTENCES: Final = {
    Stage.CLOSED: Text("Karşı taraf yanıt veriyor.", "The other side answers."),
    Stage.OPEN: Text(
        "Karşı taraf yanıt vermiyor; biraz bekleniyor.", "The other side does not answer; waiting a while."
    ),
    Stage.TRIAL: Text("Karşı taraf tek bir çağrıyla deneniyor.", "The other side is being tried with a single call."),
}


class Breaker(NamedTuple):
    """What is stored of it.

    Attributes:
        failures: calls in a row that brought no answer.
        opened: how often in a row it opened.
        until: until then no (other) call is admitted.
    """

    seed: int
    stage: Stage = Stage.CLOSED
    failures: int = 0
    opened: int = 0
    until: datetime | None = None


class Admission(NamedTuple):
    """Whether a call may be made: `until` is None if it may, else when to try again."""

    breaker: Breaker
    until: datetime | None


_DEAF: Final = frozenset({Outcome.NOT_SENT, Outcome.UNCLEAR})


def admit(breaker: Breaker, now: datetime, policy: Policy) -> Admission:
    """Whether a call may be made now. The first one after a pause is the trial, until a lease ends without its end.

    A pause farther away than any may last was begun by a clock that has been put back since; it is over.
    """
    if breaker.stage is Stage.CLOSED:
        return Admission(breaker, None)
    if breaker.until is not None and now < breaker.until <= now + max(policy.breaker.cap, policy.call_lease):
        return Admission(breaker, breaker.until)
    return Admission(breaker._replace(stage=Stage.TRIAL, until=now + policy.call_lease), None)


def ended(breaker: Breaker, outcome: Outcome, now: datetime, policy: Policy) -> Breaker:
    """The breaker after an admitted call ended so; any answer at all, a fault too, closes it."""
    if outcome not in _DEAF:
        return breaker if breaker == Breaker(breaker.seed) else Breaker(breaker.seed)
    failures = breaker.failures + 1
    if breaker.stage is Stage.CLOSED and failures < policy.breaker_failures:
        return breaker._replace(failures=failures)
    if breaker.stage is Stage.OPEN:
        return breaker._replace(failures=failures)
    opened = breaker.opened + 1
    return Breaker(breaker.seed, Stage.OPEN, failures, opened, now + pause(policy.breaker, opened, breaker.seed))
