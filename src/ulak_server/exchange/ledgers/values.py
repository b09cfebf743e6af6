"""What the room of books at GİB takes from its callers, and tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from ulak.errors import Text

__all__ = ["Attempt", "Copy", "Duty", "PackageView", "Parcel", "Term", "Trouble"]


class Parcel(NamedTuple):
    """What a package is, as its maker says.

    Attributes:
        month: any day of the month that it is of.
        kind: ``YB``, ``KB``, ``EB`` or ``DR``.
        part: six digits, ``000000`` for a month that is not divided.
        starts, ends: the first and the last day that it covers.
        due_at: by then GİB must have approved it, aware.
        branch: four digits; empty for the head office.
        signer: VKN or TCKN of whose seal its files bear; empty: the taxpayer's.
        stamped: whether they bear time stamps, too.
    """

    month: date
    kind: str
    part: str
    starts: date
    ends: date
    due_at: datetime
    branch: str = ""
    signer: str = ""
    stamped: bool = False


class Attempt(NamedTuple):
    """A call about a package.

    Attributes:
        what: ``send``, ``ask`` or ``fetch``.
        code: GİB's number, or our own code; empty if all went well.
        label: what that means.
        text: what GİB said, as it said it.
    """

    at: datetime
    what: str
    code: str
    label: Text
    text: str


class PackageView(NamedTuple):
    """A package as it stands.

    Attributes:
        name: as GİB knows it, without ``.zip``.
        stage: of `ulak.lifecycle.ledgers.Stage`.
        sentence: how it stands.
        advice: what to do; empty if nothing is.
        code: GİB's number or our code that brought it there.
        words: what GİB said of its state last.
        waits_for: names of packages that have to be through before it is sent.
        has_berat: whether GİB's approved berat is kept.
        approved_at: when GİB sealed it.
        is_late: whether it was, or will be, sent after its time.
        wants_stamp: whether the service was away on the last day, so that GİB wants time stamps (Uygulama Kılavuzu
            V1.12, C 9–10) that its files lack.
        may_withdraw, may_repair, may_ask, may_fetch: what people may want of it now.
    """

    id: UUID
    taxpayer: int
    name: str
    month: date
    branch: str
    kind: str
    part: str
    starts: date
    ends: date
    stage: str
    sentence: Text
    advice: Text
    code: str
    words: str
    size: int
    attempts: int
    waits_for: Sequence[str]
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    approved_at: datetime | None
    fetched_at: datetime | None
    has_berat: bool
    stamped: bool
    is_late: bool
    wants_stamp: bool
    may_withdraw: bool
    may_repair: bool
    may_ask: bool
    may_fetch: bool


class Term(NamedTuple):
    """Until when a month is due.

    Attributes:
        closed_at: when GİB had approved all of it; None while it has not.
        is_late: whether it is over without that.
        packages: how many there are of it, and how many of them GİB is through with.
    """

    month: date
    branch: str
    due_at: datetime
    closed_at: datetime | None
    is_late: bool
    packages: int
    done: int


class Duty(StrEnum):
    """Who keeps a copy of a file at GİB, and how it comes there."""

    AT_GIB = "at-gib"
    """It went to GİB with its package, which is the copy that GİB keeps."""
    BY_APPLICATION = "by-application"
    """It has to be uploaded by GİB's e-Defter Saklama application."""
    OWN_ONLY = "own-only"
    """No copy is kept at GİB: the taxpayer's own file is the only one."""


class Copy(NamedTuple):
    """One file of a month, and where its copy is.

    Attributes:
        kind: ``Y``, ``K``, ``E`` for books, ``YB`` … for berats, ``GIB-YB`` … for approved ones, ``DR``.
        duty: who keeps the copy.
        is_done: whether the copy is there, or needs none.
        until: by when it has to be there; None where no guide names a day.
        reason: why, with its source.
    """

    name: str
    kind: str
    duty: Duty
    is_done: bool
    until: date | None
    reason: Text


class Trouble(NamedTuple):
    """How it stands with a taxpayer's packages.

    Attributes:
        open: packages that are not through.
        due_at: when the first of these is due; None if there is none.
        late, refused, unclear: how many of them are so.
    """

    open: int
    due_at: datetime | None
    late: int
    refused: int
    unclear: int
