"""What faces are told of works and books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from ulak.errors import Text
from ulak.ledger.values import Month

__all__ = [
    "BalanceRow",
    "BookView",
    "Checked",
    "Entered",
    "Example",
    "Group",
    "Hit",
    "LinePage",
    "Lined",
    "Page",
    "PartView",
    "Preview",
    "Progress",
    "Sums",
    "Way",
]


class Sums(NamedTuple):
    """Totals of what was read; numbers and days None where there are no entries."""

    entries: int = 0
    lines: int = 0
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    first_entry: int | None = None
    last_entry: int | None = None
    first_line: int | None = None
    last_line: int | None = None
    first_day: date | None = None
    last_day: date | None = None


class Example(NamedTuple):
    """One place where a fault was met; `id` to go on after it."""

    id: int
    source: str
    row: int | None
    column: str
    value: str
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Faults of one kind.

    Attributes:
        origin: ``check`` (of the entries), ``books`` (reconciled), ``rules`` (GİB's own).
        level: ``error`` or ``warning``.
        examples: the first of `count`.
    """

    origin: str
    code: str
    level: str
    text: Text
    repair: Text
    count: int
    examples: Sequence[Example]
    is_acknowledged: bool = False


class Checked(NamedTuple):
    """What was found in a work's entries and books."""

    groups: Sequence[Group]
    sums: Sums

    @property
    def errors(self) -> int:
        return sum(one.count for one in self.groups if one.level == "error")

    @property
    def warnings(self) -> int:
        return sum(one.count for one in self.groups if one.level == "warning")


class BookView(NamedTuple):
    """A book, a berat or a package.

    Attributes:
        stage: ``built``, ``judged``, ``sealed``, ``sound``, ``handed``; see `ulak_server.ledgers.models.Book`.
        size: of its file in bytes; `digest` is its SHA-256.
        certificate: who sealed it: ``serial``, ``subject``, ``tax_id``.
        handed: a package's id at `ulak_server.exchange.ledgers`.
        package: how it stands with GİB, as that room says; None before it was handed over.
    """

    id: int
    kind: str
    is_package: bool
    name: str
    stage: str
    size: int
    digest: str
    unique: str
    certificate: Mapping[str, str]
    built_at: datetime
    sealed_at: datetime | None
    handed: UUID | None
    package: Any = None


class PartView(NamedTuple):
    """A part of a month with all that was made of it.

    Attributes:
        kind: ``books``, or ``inventory``: its sum is told as `debit`.
    """

    id: int
    work: int
    month: Month
    branch: str
    number: str
    start: date
    end: date
    first: int
    last: int
    entries: int
    lines: int
    debit: Decimal
    credit: Decimal
    journal_size: int
    ledger_size: int
    sealed_at: datetime | None
    books: Sequence[BookView]
    packages: Sequence[BookView]
    pages: int = 0
    kind: str = "books"


class BalanceRow(NamedTuple):
    """An account of the trial balance; `balance` is debit less credit."""

    account: str
    name: str
    debit: Decimal
    credit: Decimal
    balance: Decimal


class Preview(NamedTuple):
    """What will be made.

    Attributes:
        balance: trial balance of the main accounts.
        packages: what GİB gets: name, kind and the names of the files within.
        due: the last moment by the calendar, if it is known.
    """

    parts: Sequence[PartView]
    sums: Sums
    balance: Sequence[BalanceRow]
    packages: Sequence[tuple[str, str, Sequence[str]]]
    due: datetime | None
    until: date | None


class Step(NamedTuple):
    """One of the steps of a work: ``done``, ``now`` or ``ahead``."""

    name: str
    text: Text
    state: str


class Progress(NamedTuple):
    """How far a work has come.

    Attributes:
        step: what is being done, by name (a stage, or a finer step of it), and `text` in words.
        done, total: of `unit`; 0 of 0 where it is not known.
        eta: seconds that are left, if they can be told.
        error: why it failed or waits: code, detail, repair (both languages), permanent.
    """

    stage: str
    is_busy: bool
    step: str
    text: Text
    done: int
    total: int
    unit: Text
    since: datetime | None
    eta: int | None
    steps: Sequence[Step]
    error: Mapping[str, Any] | None

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class Way(NamedTuple):
    """A key that may seal.

    Attributes:
        key: ``own`` or ``integrator``, for `seal`.
        subject: whose it is.
        why_not: why it cannot be used.
        consent: the day of the taxpayer's consent, of the integrator's.
    """

    key: str
    label: Text
    subject: str
    is_usable: bool
    why_not: Text | None = None
    consent: date | None = None


class Lined(NamedTuple):
    """A line of a journal entry."""

    line: int | None
    account: str
    account_name: str
    sub: str
    sub_name: str
    comment: str
    document: str
    document_date: date | None
    debit: Decimal
    credit: Decimal


class Entered(NamedTuple):
    """A journal entry with its lines."""

    number: int | None
    day: date | None
    voucher: str
    comment: str
    lines: Sequence[Lined]
    debit: Decimal
    credit: Decimal


class Page(NamedTuple):
    """Journal entries as a page of the book; pages count from 1."""

    number: int
    pages: int
    entries: Sequence[Entered]
    debit: Decimal
    credit: Decimal


class Hit(NamedTuple):
    """A line that was found, with the entry it stands in."""

    entry: int | None
    day: date | None
    voucher: str
    entry_comment: str
    line: Lined


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines that were found, in their order; `after` to go on, None at the end.

    Attributes:
        count, debit, credit: of all that fit, not of these alone.
    """

    hits: Sequence[Hit]
    after: int | None
    count: int
    debit: Decimal
    credit: Decimal
