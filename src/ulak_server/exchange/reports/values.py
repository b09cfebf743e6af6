"""What the room of reports tells its callers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from ulak.errors import Text
from ulak.lifecycle.cancellation import Verdict

__all__ = [
    "WORST_FIRST",
    "Attempt",
    "Balance",
    "Cancellation",
    "Day",
    "Difference",
    "Filing",
    "Held",
    "Line",
    "Mark",
    "Objection",
    "Report",
    "Standing",
    "Trouble",
]


class Mark(StrEnum):
    """How it stands with what has to be reported of a document."""

    DUE = "due"
    """In no report yet."""
    REPORTING = "reporting"
    ACCEPTED = "accepted"
    TROUBLE = "trouble"
    """Late, refused, put aside: a person should look."""


WORST_FIRST: Final = (Mark.TROUBLE, Mark.DUE, Mark.REPORTING, Mark.ACCEPTED)
"""Of several entries the worst is shown."""


class Filing(NamedTuple):
    """One thing that is reported of a document.

    Attributes:
        what: ``issued``, ``cancelled`` or ``objected``.
        day: on which it happened here.
        report: the report that holds it; None while it waits.
        error: why it is put aside, ``{"code", "text", "repair"}``; None if it is not.
    """

    what: str
    day: date
    mark: Mark
    due_at: datetime
    report: UUID | None
    number: str
    section_no: int | None
    accepted_at: datetime | None
    error: dict[str, object] | None = None


class Cancellation(NamedTuple):
    """That a document was cancelled.

    Attributes:
        stage: ``ours`` if nobody is asked, ``requested`` while the buyer may refuse, ``accepted``, ``refused``.
        answered_at: when the buyer's answer was recorded.
        is_repeated: whether the document had been cancelled before this call.
    """

    stage: str
    asked_at: datetime
    reason: str
    answered_at: datetime | None = None
    is_repeated: bool = False


class Objection(NamedTuple):
    """An objection that was made outside, and is reported.

    Attributes:
        method: ``KEP``, ``NOTER``, ``TELGRAF`` or ``TAAHHUTLU_MEKTUP``.
        told_at: when it was told to us.
        is_repeated: whether the very same had been told before.
    """

    method: str
    number: str
    day: date
    explanation: str
    told_at: datetime
    is_repeated: bool = False


class Standing(NamedTuple):
    """What may be done with a document that is issued, and what was done."""

    may_cancel: Verdict
    may_object: Verdict
    cancellation: Cancellation | None
    objections: Sequence[Objection]


class Report(NamedTuple):
    """A report as it is shown.

    Attributes:
        id: ``raporNo``; `number` is the same as text.
        part, parts: which of the day's reports it is, and how many there are; replaced ones are not counted (part 0).
        stage: of `ulak.lifecycle.reports`.
        advice: what to do about it; empty if nothing is.
        code: what brought it where it is, GİB's or ours.
        size: bytes of its XML.
        tries: how often it was sent.
        is_late: whether GİB did not have it in time, or does not have it and the time is over.
    """

    id: UUID
    number: str
    taxpayer: int
    product: str
    day: date
    section_no: int
    part: int
    parts: int
    cause: str
    stage: str
    sentence: Text
    advice: Text
    code: str
    entries: int
    issued: int
    cancelled: int
    objected: int
    size: int
    created_at: datetime
    due_at: datetime
    built_at: datetime | None
    sent_at: datetime | None
    accepted_at: datetime | None
    tries: int
    replaces: UUID | None
    replaced_by: UUID | None
    is_late: bool


class Attempt(NamedTuple):
    """One call about a report.

    Attributes:
        what: ``send``, ``ask`` or ``build``.
        label: what the code means.
        text: what GİB said beside it.
    """

    at: datetime
    what: str
    code: str
    label: Text
    text: str


class Held(NamedTuple):
    """An entry of a report."""

    id: int
    document: int
    number: str
    what: str
    day: date


class Trouble(NamedTuple):
    """How it stands with a taxpayer's reports, in figures.

    Attributes:
        waiting: entries that are in no accepted report yet.
        due_at: when the first of them is due.
        late: entries whose time is over.
        refused: reports that need a person.
        unclear: reports of which it is not known whether GİB has them.
        put_aside: entries that could not be put into a report.
    """

    waiting: int = 0
    due_at: datetime | None = None
    late: int = 0
    refused: int = 0
    unclear: int = 0
    put_aside: int = 0


class Line(NamedTuple):
    """One row of the balance.

    Attributes:
        what: ``issued``, ``cancelled``, ``objected``.
        documents: how many there are by the documents themselves.
        reported: how many stand in reports that were built.
        accepted: how many stand in reports that GİB accepted.
    """

    what: str
    documents: int
    reported: int
    accepted: int


class Difference(NamedTuple):
    """Something that is not where it belongs yet, or anywhere.

    Attributes:
        cause: a stable word, see docs/reporting.md.
        tone: ``bad`` if a person is needed, ``wait`` if time is.
        size: how many.
        documents: the first of them.
        reports: that hold them.
        repair: ``send``, ``ask``, ``renew``, ``wait`` or ``call``.
    """

    cause: str
    tone: str
    product: str
    day: date | None
    size: int
    documents: Sequence[int]
    reports: Sequence[UUID]
    repair: str
    text: Text


class Balance(NamedTuple):
    """A month of a taxpayer's.

    Attributes:
        documents, cancellations, objections: how many there are by the documents themselves.
        entries: what has to be reported.
        reported, accepted: what stands in reports, and in accepted ones.
        is_balanced: whether everything is accepted, and nothing is too much.
    """

    documents: int
    cancellations: int
    objections: int
    entries: int
    reported: int
    accepted: int
    is_balanced: bool
    lines: Sequence[Line]
    differences: Sequence[Difference]


class Day(NamedTuple):
    """A day of the calendar.

    Attributes:
        issued, cancelled, objected: entries of the day.
        mark: the worst of them; None if there is nothing.
        due_at: when the day has to be reported.
        is_late: whether something of it is not accepted though its time is over.
        reports: of the day, without those that were replaced.
    """

    day: date
    issued: int
    cancelled: int
    objected: int
    mark: Mark | None
    due_at: datetime
    is_late: bool
    reports: Sequence[UUID]
