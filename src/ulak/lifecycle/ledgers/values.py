"""What may happen to a package, and what is asked of the shell."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ulak.lifecycle.effects import AskPackage, FetchBerat, SendPackage, Woke
from ulak.lifecycle.ledgers.clocks import with_clock
from ulak.lifecycle.ledgers.record import BeratKind, Package
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT, Policy

__all__ = [
    "AskEnded",
    "AskPackage",
    "BeratKind",
    "BeratRead",
    "Confirmed",
    "DeletionTold",
    "Event",
    "FetchBerat",
    "FetchEnded",
    "Lost",
    "Package",
    "Postponed",
    "Released",
    "RepairWanted",
    "Secured",
    "SendEnded",
    "SendPackage",
    "StatusTold",
    "Vacated",
    "WithdrawalWanted",
    "begun",
]


class SendEnded(NamedTuple):
    """A `sendDocumentFile` ended so.

    Attributes:
        outcome: for a call that brought no number: `TAKEN` for "[paketAdı] paketi işleme alındı", `NOT_SENT`,
            `UNCLEAR`, or `REFUSED` for a SOAP fault without a number.
        attempt: the number that `SendPackage` bore.
        number: of GİB's fault; None if there was none.
    """

    outcome: Outcome
    attempt: int
    number: int | None = None


class Postponed(NamedTuple):
    """A call was not even tried: the service's breaker is open until then.

    Attributes:
        attempt: the number that `SendPackage` bore; None for a question or a fetch, which simply come again.
    """

    until: datetime
    attempt: int | None = None


class AskEnded(NamedTuple):
    """A `getBatchStatus` brought no state; `number` is that of GİB's fault (303, 304, 305), if there was one."""

    outcome: Outcome
    question: int
    number: int | None = None


class StatusTold(NamedTuple):
    """A `getBatchStatus` brought a state in words (`ulak.lifecycle.ledgers.reactions.read`)."""

    words: str
    question: int
    code: str = ""


class FetchEnded(NamedTuple):
    """A `receiveDocumentFile` brought no file; `number` is that of GİB's fault (203–206), if there was one."""

    outcome: Outcome
    fetch: int
    number: int | None = None


class BeratRead(NamedTuple):
    """A `receiveDocumentFile` brought a berat, which was judged; if it holds, it was kept in the same transaction.

    Attributes:
        holds: whether it is not empty, passes schema and Schematron, bears GİB's seal and belongs to our book.
        code: what is wrong with it.
    """

    holds: bool
    fetch: int
    code: str = ""


class Released(NamedTuple):
    """The packages that have to be there before it are there (`ulak.lifecycle.ledgers.months.waits_for`)."""


class RepairWanted(NamedTuple):
    """A person removed the reason, and wants it to go on."""


class Confirmed(NamedTuple):
    """A person saw on GİB's portal that GİB has processed it."""


class WithdrawalWanted(NamedTuple):
    """A person does not want it sent any more, or makes the book anew."""


class Lost(NamedTuple):
    """The berat that was kept is lost or damaged, or a person wants it fetched once more."""


class DeletionTold(NamedTuple):
    """A person says to have deleted it on GİB's portal."""


Event = (
    Woke
    | SendEnded
    | Postponed
    | AskEnded
    | StatusTold
    | FetchEnded
    | BeratRead
    | Released
    | RepairWanted
    | Confirmed
    | WithdrawalWanted
    | DeletionTold
    | Lost
)


class Secured(NamedTuple):
    """Effect: what GİB gives for the package is there, so its days are closed; late, if it was sent after its time."""

    is_late: bool


class Vacated(NamedTuple):
    """Effect: GİB does not have the package any more; its days may be made anew."""


def begun(
    now: datetime,
    *,
    due_at: datetime,
    seed: int,
    kind: BeratKind,
    had_before: bool = False,
    held: bool = False,
    warned: int = 0,
    policy: Policy = DEFAULT,
) -> Package:
    """A new package, to be sent at once, or when it is `Released`.

    Args:
        had_before: whether a package of the same name was at GİB before.
        held: whether it has to wait for other packages.
        warned: warnings that nobody needs to hear (`behind`).
    """
    package = Package(Stage.READY, seed, None, due_at, kind.is_returned, had_before, warned=warned)
    return with_clock(package, None if held else now, policy)
