"""What is stored of a report, what may happen to it, and when it is due."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from ulak.lifecycle.days import ISTANBUL, end_of
from ulak.lifecycle.effects import AskReport, SendReport, Woke
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import Policy
from ulak.lifecycle.reports.stages import Stage

__all__ = [
    "Accepted",
    "AskEnded",
    "AskReport",
    "AtWork",
    "BuildFailed",
    "BuildReport",
    "Built",
    "Confirmed",
    "Emptied",
    "Event",
    "Postponed",
    "RenewReport",
    "RepairWanted",
    "Report",
    "SendEnded",
    "SendReport",
    "StatusTold",
    "begun",
    "due_at",
    "instant_due_at",
]


class Report(NamedTuple):
    """What is stored of one `raporNo`.

    Attributes:
        seed: from which the jitter of its pauses is worked out.
        wake_at: when its alarm clock rings: for its work, or to warn of `due_at`; None only if it is final.
        due_at: the first moment at which it is late.
        work_at: when its work goes on.
        warned: how many of the warnings of `due_at` are behind it.
        hushed: whether it is late, and nobody was told, since GİB has it from a send that was in time.
        tries: how often the work that is due was handed out.
        renewals: how many reports before it were replaced, in a row.
        faults: how many of these for a fault that may be ours.
        attempts: how often it was sent.
        failures: sends in a row that did not bring it there.
        questions: how often it was asked for.
        asked_before: how often that was before it was sent last; older answers say nothing of that send.
        asks: questions in a row that did not end the waiting.
        disputes: how often GİB contradicted itself about it.
        sent_at, asked_at: when it was sent and asked for last.
        said_there: whether GİB said that it has it (004) without having given us a receipt.
        code: GİB's number, as GİB writes it, or our own code, that brought it to its stage.
    """

    stage: Stage
    seed: int
    wake_at: datetime | None
    due_at: datetime
    work_at: datetime | None = None
    warned: int = 0
    hushed: bool = False
    tries: int = 0
    renewals: int = 0
    faults: int = 0
    attempts: int = 0
    failures: int = 0
    questions: int = 0
    asked_before: int = 0
    asks: int = 0
    disputes: int = 0
    sent_at: datetime | None = None
    asked_at: datetime | None = None
    said_there: bool = False
    code: str = ""


class AtWork(NamedTuple):
    """It is being built, which takes a while: the work is not to be handed out again yet."""


class Built(NamedTuple):
    """It was built, sealed, packaged and kept, in one transaction."""

    size: int = 0


class BuildFailed(NamedTuple):
    """It could not be built; `code` is the error's."""

    permanent: bool
    code: str = ""


class Emptied(NamedTuple):
    """No entry is left for it."""


class SendEnded(NamedTuple):
    """A `sendDocumentFile` ended so.

    Attributes:
        outcome: for a call that brought no number: `NOT_SENT`, `UNCLEAR`, or `REFUSED` for a SOAP fault without one.
        attempt: the number that `SendReport` bore.
        number: GİB's, 0 for a receipt; None if the call brought none.
    """

    outcome: Outcome
    attempt: int
    number: int | None = None


class Postponed(NamedTuple):
    """A send was not even tried: the service's breaker is open until then."""

    until: datetime
    attempt: int


class AskEnded(NamedTuple):
    """A `getBatchStatus` brought no status, but ended so; `question` is the number that `AskReport` bore."""

    outcome: Outcome
    question: int


class StatusTold(NamedTuple):
    """A `getBatchStatus` brought that `durumKodu`.

    Attributes:
        question: the number that `AskReport` bore.
        is_ours: whether the answer names our taxpayer (or nobody).
    """

    number: int
    question: int
    is_ours: bool = True


class RepairWanted(NamedTuple):
    """A person removed the reason, and wants it to go on.

    Attributes:
        anew: whether it must get a new number: the person knows that GİB does not have this one.
    """

    anew: bool = False


class Confirmed(NamedTuple):
    """A person found out that GİB has processed it."""


Event = (
    Woke
    | AtWork
    | Built
    | BuildFailed
    | Emptied
    | SendEnded
    | Postponed
    | AskEnded
    | StatusTold
    | RepairWanted
    | Confirmed
)


class BuildReport(NamedTuple):
    """Effect: build, seal, package and keep the report; tell by `Built`, `BuildFailed` or `Emptied`.

    It may come a second time although the first is still at work.
    """

    attempt: int


class RenewReport(NamedTuple):
    """Effect: make a new report, by `successor`, for its entries; several, if it is to be divided.

    Attributes:
        at: it is not built before that moment.
        is_ours: whether the fault may be ours.
    """

    at: datetime
    is_ours: bool
    divided: bool = False


class Accepted(NamedTuple):
    """Effect: all entries of the report are reported; late, if it was sent after its time."""

    is_late: bool


def due_at(day: date) -> datetime:
    """The first moment at which the report of a day is late: the end of the next day (K118, 5).

    >>> due_at(date(2026, 11, 30)).isoformat()
    '2026-12-02T00:00:00+03:00'
    """
    return end_of(datetime.combine(day, time(), ISTANBUL), 1)


def instant_due_at(issued_at: datetime, policy: Policy) -> datetime:
    """The same for what is reported at once (SARJANLIK; K118, 5), counted from its issue."""
    return issued_at + policy.instant_report


def begun(now: datetime, *, due_at: datetime, seed: int, warned: int = 0) -> Report:
    """A new report, to be built at once.

    Args:
        warned: warnings that nobody needs to hear (`behind`).
    """
    return Report(Stage.BUILDING, seed, now, due_at, work_at=now, warned=warned)
