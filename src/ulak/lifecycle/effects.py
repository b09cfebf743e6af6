"""What machines ask their shell to do, and the events that all of them know.

The shell stores the record, its alarm clock (`WakeAt`) and everything that stays inside its database in one
transaction, and only then does what goes outside (`OUTSIDE`). If it dies in between, what goes outside may never have
been done; every stage that waits for the end of something outside has an alarm clock for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from ulak.codes.statuses import Speaker

__all__ = [
    "OUTSIDE",
    "Alarm",
    "AnswerPoll",
    "Ask",
    "AskPackage",
    "AskReport",
    "Effects",
    "FetchBerat",
    "LookUp",
    "Note",
    "RefuseCall",
    "Remind",
    "Resumed",
    "Send",
    "SendPackage",
    "SendReport",
    "StopTraffic",
    "Stray",
    "WakeAt",
    "Woke",
]


class Woke(NamedTuple):
    """The alarm clock of a record rang."""


class Resumed(NamedTuple):
    """Traffic of the identity may flow again: GİB gave the permission back."""


class WakeAt(NamedTuple):
    """Set the record's one alarm clock; None: it needs none any more."""

    at: datetime | None


class Note(NamedTuple):
    """Write into the timeline: a stable word and what belongs to it."""

    what: str
    code: str = ""
    by: Speaker | None = None


class Stray(NamedTuple):
    """Write into the timeline that something happened which changes nothing at this stage."""

    what: str


class Alarm(NamedTuple):
    """Call the operators; `ulak.lifecycle.problems.PROBLEMS` has the words of each code."""

    code: str
    facts: Mapping[str, str] = {}


class Remind(NamedTuple):
    """Remind the person for whom it waits."""


class Send(NamedTuple):
    """Call `sendDocument` with the envelope's stored bytes, and tell how this attempt ended."""

    attempt: int


class Ask(NamedTuple):
    """Call `getApplicationResponse` for the envelope, and tell what this question brought."""

    question: int


class SendReport(NamedTuple):
    """Call `sendDocumentFile` with the report's stored package, and tell how this attempt ended."""

    attempt: int


class AskReport(NamedTuple):
    """Call `getBatchStatus` for the report, and tell what this question brought."""

    question: int


class SendPackage(NamedTuple):
    """Call the e-Defter service's `sendDocumentFile` with the stored package, and tell how this attempt ended."""

    attempt: int


class AskPackage(NamedTuple):
    """Call the e-Defter service's `getBatchStatus` for the package, and tell what this question brought."""

    question: int


class FetchBerat(NamedTuple):
    """Call `receiveDocumentFile` for the package, judge what came and keep it if it holds, and tell what came of it."""

    fetch: int


class StopTraffic(NamedTuple):
    """GİB took the permission to send and to ask away (2007): tell `PermissionGone` to the identity."""


class AnswerPoll(NamedTuple):
    """Answer Merkez's `getApplicationResponse` with that status."""

    code: str


class LookUp(NamedTuple):
    """Ask Merkez how that envelope stands, and tell every document that looks for it.

    Of two documents that look for one envelope only one asks: not if it was asked for within `Policy.ask_every`.
    """

    envelope: str


class RefuseCall(NamedTuple):
    """Answer the call with that fault of Ek-3's."""

    number: int


Effects = tuple[NamedTuple, ...]
OUTSIDE: Final[tuple[type, ...]] = (
    Send,
    Ask,
    LookUp,
    SendReport,
    AskReport,
    SendPackage,
    AskPackage,
    FetchBerat,
    AnswerPoll,
    RefuseCall,
)
"""Effects that leave the shell's database."""
