"""Sums of a month or a part, its trial balance (mizan), and whether journal, ledger and balance agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from hashlib import blake2b
from typing import Final, Literal, NamedTuple, Protocol

from ulak.errors import Text
from ulak.ledger.lines import CREDIT, DEBIT
from ulak.ledger.problems import RECONCILING
from ulak.ledger.store import EntryStore, needing_room
from ulak.ledger.values import Part, Totals

__all__ = [
    "Balance",
    "BookSums",
    "Difference",
    "main_sums",
    "mark_of",
    "reconcile",
    "sums_of",
    "totals",
    "trial_balance",
]

_ALL: Final = (0, 2**62)
_LEVELS: Final = {
    "main": ("main", "coalesce(nullif(max(main_name), ''), (SELECT name FROM account WHERE code = main), '')"),
    "sub": (
        "CASE WHEN sub = '' THEN main ELSE sub END",
        "coalesce(nullif(max(CASE WHEN sub = '' THEN main_name ELSE sub_name END), ''),"
        " (SELECT a.name FROM account a WHERE a.code = any_value(CASE WHEN sub = '' THEN main ELSE sub END)), '')",
    ),
}


class Balance(NamedTuple):
    """A row of the trial balance, in TRY; ``balance`` is debit less credit."""

    account: str
    name: str
    debit: Decimal
    credit: Decimal
    balance: Decimal


class _Line(Protocol):
    """What is compared of a line of a book; `ulak.ledger.reading` reads such."""

    @property
    def number(self) -> str: ...
    @property
    def counter(self) -> str: ...
    @property
    def main(self) -> str: ...
    @property
    def sub(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def side(self) -> str: ...


class _Entry(Protocol):
    @property
    def lines(self) -> Iterable[_Line]: ...


class BookSums(NamedTuple):
    """What the lines of a book come to.

    Attributes:
        accounts: debit and credit of each account (the subaccount, or the main account if there is none).
        mark: the same for two books that hold the same lines, in whatever order: numbers, account, amount, side.
    """

    lines: int
    debit: Decimal
    credit: Decimal
    accounts: dict[str, tuple[Decimal, Decimal]]
    mark: int


class Difference(NamedTuple):
    """Something in which journal, ledger and trial balance do not agree; the books must not be sealed then."""

    code: str
    text: Text
    repair: Text


@needing_room()
def totals(store: EntryStore, part: Part | None = None) -> Totals:
    """The sums of a part, or of everything in the store."""
    row = store.connection.execute(
        f"""SELECT {DEBIT}, {CREDIT}, count(DISTINCT entry), count(*),
            count(DISTINCT CASE WHEN sub = '' THEN main ELSE sub END),
            min(entry), max(entry), min(line), max(line), min(entry_date), max(entry_date)
        FROM line WHERE entry IS NULL OR entry BETWEEN $first AND $last""",  # noqa: S608 fixed
        _range(part),
    ).fetchone()
    assert row is not None
    return Totals(*row)


@needing_room()
def trial_balance(
    store: EntryStore, part: Part | None = None, *, by: Literal["main", "sub"] = "sub"
) -> tuple[Balance, ...]:
    """Debit, credit and balance of each account of a part or of everything, in order of the codes."""
    code, name = _LEVELS[by]
    rows = store.connection.execute(
        f"""SELECT account, name, debit, credit, debit - credit FROM (
            SELECT {code} AS account, {name} AS name, {DEBIT} AS debit, {CREDIT} AS credit
            FROM line WHERE entry IS NULL OR entry BETWEEN $first AND $last GROUP BY {code})
        ORDER BY account""",  # noqa: S608 fixed
        _range(part),
    ).fetchall()
    return tuple(Balance(*row) for row in rows)


def main_sums(store: EntryStore, part: Part | None = None) -> dict[str, tuple[Decimal, Decimal]]:
    """Debit and credit of each main account of a part or of everything: what a berat tells without reading its book."""
    return {row.account: (row.debit, row.credit) for row in trial_balance(store, part, by="main")}


def _range(part: Part | None) -> dict[str, int]:
    first, last = (part.first, part.last) if part else _ALL
    return {"first": first, "last": last}


def sums_of(entries: Iterable[_Entry]) -> BookSums:
    """What the entries of a written book come to; see `ulak.ledger.reading.entries`."""
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    lines = mark = 0
    for entry in entries:
        for line in entry.lines:
            lines += 1
            mark += _mark(line)
            sums[line.sub or line.main][line.side == "C"] += line.amount or 0
    debit = sum((one[0] for one in sums.values()), Decimal(0))
    credit = sum((one[1] for one in sums.values()), Decimal(0))
    return BookSums(lines, debit, credit, {code: (one[0], one[1]) for code, one in sums.items()}, mark % 2**64)


def _mark(line: _Line) -> int:
    return mark_of("\0".join((line.number, line.counter, line.main, line.sub, str(line.amount), line.side)).encode())


def mark_of(line: bytes) -> int:
    """What a line adds to the mark of its book: its numbers, account, amount and side with NUL between."""
    return int.from_bytes(blake2b(line, digest_size=8).digest(), "big")


def reconcile(journal: BookSums, ledger: BookSums, balance: Iterable[Balance]) -> tuple[Difference, ...]:
    """In what journal, ledger and trial balance of a part differ; nothing if they agree.

    Args:
        balance: of the same part, by subaccounts.
    """
    known = {row.account: (row.debit, row.credit) for row in balance}
    found = []
    if journal.lines != ledger.lines:
        found.append(_difference("ledger.reconcile.lines", journal=journal.lines, ledger=ledger.lines))
    elif journal.mark != ledger.mark:
        found.append(_difference("ledger.reconcile.content"))
    if journal.debit != journal.credit:
        found.append(_difference("ledger.reconcile.sides", debit=journal.debit, credit=journal.credit))
    for code, of, other in (
        ("ledger.reconcile.ledger", journal.accounts, ledger.accounts),
        ("ledger.reconcile.balance", journal.accounts, known),
    ):
        differing = sorted(account for account in of.keys() | other.keys() if of.get(account) != other.get(account))
        if differing:
            found.append(_difference(code, accounts=len(differing), account=differing[0]))
    return tuple(found)


def _difference(code: str, **facts: object) -> Difference:
    problem = RECONCILING[code]
    return Difference(code, problem.text.format(**facts), problem.repair)
