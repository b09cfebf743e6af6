"""What entries are checked against, and what is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ulak.errors import Text
from ulak.ledger.intake.words_cells import Level
from ulak.ledger.values import Month

__all__ = ["Checked", "Example", "Expected", "Group"]


class Expected(NamedTuple):
    """What the entries of a store are to be.

    Attributes:
        month: whose books are made.
        today: no entry is later.
        branch: four digits, whose books they are; empty: of a company whose books are not divided.
        fiscal_start, fiscal_end: first and last day of the fiscal year (or of the liquidation period); None: unknown.
        first_entry, first_line: numbers that follow those of the last book (1 at the beginning of a fiscal year).
        closed_until: last day for which a book is approved; None: none of this month.
    """

    month: Month
    today: date
    branch: str = ""
    fiscal_start: date | None = None
    fiscal_end: date | None = None
    first_entry: int = 1
    first_line: int = 1
    closed_until: date | None = None


class Example(NamedTuple):
    """One finding.

    Attributes:
        row: as the source's owner counts it; None if the finding is about no single row.
        column: heading in the source; empty: the whole row.
        value: what stands there, or what is wrong with it, shortly.
        place: of the line in the store; sorts findings.
    """

    source: str
    row: int | None
    column: str
    value: str
    voucher: str
    place: int


class Group(NamedTuple):
    """All findings of one kind.

    Attributes:
        code: stable, ``ledger.check.…`` or ``ledger.cell.…``.
        level: ``error``: no book can be made; ``warning``: a person should look.
        origin: the guide that demands it; empty: none does.
        examples: the first of them, in the order of the sources.
    """

    code: str
    level: Level
    text: Text
    repair: Text
    origin: str
    count: int  # type: ignore[assignment]  # a tuple has a method of that name
    examples: tuple[Example, ...]


class Checked(NamedTuple):
    """What the check of a store found; errors before warnings, the more frequent first.

    Attributes:
        debit, credit: sums in TRY of the lines of the month.
        first_entry, last_entry: of the numbers that the source gave; None if it gave none.
    """

    groups: tuple[Group, ...]
    entries: int
    lines: int
    debit: Decimal
    credit: Decimal
    first_entry: int | None
    last_entry: int | None
    first_day: date | None
    last_day: date | None

    @property
    def errors(self) -> int:
        """How many findings stand against a book."""
        return sum(one.count for one in self.groups if one.level == "error")

    @property
    def warnings(self) -> int:
        return sum(one.count for one in self.groups if one.level == "warning")

    @property
    def may_build(self) -> bool:
        return self.errors == 0
