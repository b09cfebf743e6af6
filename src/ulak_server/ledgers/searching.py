"""Entries looked up where they are kept: pages as the book has them, and lines by account, voucher, amount or words.

Only the files in which they may lie are opened, in a private folder, for the moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

import duckdb

from ulak.ledger.store import COLUMNS
from ulak_server.folding import fold
from ulak_server.ledgers.doors import READ, admitted, scopes
from ulak_server.ledgers.folders import private
from ulak_server.ledgers.models import Part, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.stores import Chunk, chunks_of, fetched
from ulak_server.ledgers.values import Entered, Hit, Lined, LinePage, Page
from ulak_server.ledgers.words import STEPS
from ulak_server.ledgers.works import held
from ulak_server.people.services import Caller

__all__ = ["Query", "lines", "page_of", "page_of_part", "query_of"]

_ALL: Final = 2**62
_MEMORY: Final = "128MB"
_MOST: Final = 500
_LONGEST: Final = 100
_AMOUNT: Final = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})|\d+\.\d{1,2}")
_ACCOUNT: Final = re.compile(r"\d{3,4}(?:[.\-/ ]?\w+)*")
_COLUMNS: Final = """
entry, entry_date, voucher, entry_comment, line, main, main_name, sub, sub_name, comment, document_number,
document_date, amount, side
"""
_WORDS: Final = (
    "entry_comment", "comment", "main_name", "sub_name", "document_number", "voucher", "sub", "payment_method"
)  # fmt: skip
_FOLDED: Final = "replace(strip_accents(lower({})), 'ı', 'i')"
_SUMS: Final = """
SELECT count(*), coalesce(sum(amount) FILTER (side = 'D'), 0), coalesce(sum(amount) FILTER (side = 'C'), 0)
FROM found WHERE {where}
"""


class Query(NamedTuple):
    """What is looked for; what is empty does not matter.

    Attributes:
        account: what the account's code begins with.
        amount: of a line, in TRY.
        text: words, any of which a line's texts hold all of; letters are compared without Turkish marks.
        order: ``journal``, or ``account`` as the general ledger has them.
    """

    account: str = ""
    voucher: str = ""
    entry: int | None = None
    amount: Decimal | None = None
    text: str = ""
    side: Literal["", "D", "C"] = ""
    first_day: date | None = None
    last_day: date | None = None
    order: Literal["journal", "account"] = "journal"


def query_of(text: str, **more: Any) -> Query:
    """What somebody means who writes into one box: an amount, an account, or words (vouchers are among them).

    >>> query_of("1.234,56").amount, query_of("120.01").account, query_of("kira").text
    (Decimal('1234.56'), '120.01', 'kira')
    """
    said = " ".join(text.split())[:_LONGEST]
    if _AMOUNT.fullmatch(said) and not (said.count(".") == 1 and said.count(",") == 0 and len(said.split(".")[0]) == 3):
        plain = said.replace(".", "").replace(",", ".") if "," in said else said
        return Query(amount=abs(Decimal(plain)), **more)
    if _ACCOUNT.fullmatch(said) and not more.get("account") and (len(said) in (3, 4) or not said.isdecimal()):
        return Query(**{**more, "account": said})
    return Query(text=said, **more)


def lines(caller: Caller, taxpayer: int, part: int, query: Query, *, after: int = 0, limit: int = 50) -> LinePage:
    """Lines of a part that fit, in the order that the query wants.

    Args:
        after: how many to skip: `LinePage.after` of the page before.

    Raises:
        UnknownLedger: ``ledger-work.book-unknown``.
        LedgerWorkError: ``ledger-work.changed``.
    """
    with admitted(caller, taxpayer, READ):
        one = _part(taxpayer, part)
        chunks = chunks_of(one.work, one.first, one.last)
    where, facts = _where(query)
    where = f"entry BETWEEN {int(one.first)} AND {int(one.last)} AND {where}"
    limit, after = max(1, min(limit, _MOST)), max(0, after)
    order = "main, sub, entry, line" if query.order == "account" else "entry, line"
    with _database(caller, taxpayer, chunks) as found:
        count, debit, credit = found.execute(_SUMS.format(where=where), facts).fetchone() or (0, 0, 0)
        sql = f"SELECT {_COLUMNS} FROM found WHERE {where} ORDER BY {order} LIMIT {limit} OFFSET {after}"  # noqa: S608 ours
        rows = found.execute(sql, facts).fetchall()
    hits = [_hit(row) for row in rows]
    following = after + len(hits)
    return LinePage(hits, following if following < count else None, int(count), Decimal(debit), Decimal(credit))


def page_of(caller: Caller, taxpayer: int, work: int, number: int, per_page: int = 25) -> Page:
    """A page of the journal as it will be, before there are parts; pages count from 1.

    Raises:
        LedgerWorkError: ``ledger-work.not-now``: the entries are not checked yet.
    """
    with admitted(caller, taxpayer, READ):
        one = held(taxpayer, work)
        sums = one.said.get("sums", {})
        first, last = sums.get("first_entry"), sums.get("last_entry")
    if not first or not last:
        raise problem("ledger-work.not-now", stage=STEPS[one.stage])
    return _page(caller, taxpayer, one, int(first), int(last), number, per_page)


def page_of_part(caller: Caller, taxpayer: int, part: int, number: int, per_page: int = 25) -> Page:
    """A page of the journal of a part; raises what `lines` raises."""
    with admitted(caller, taxpayer, READ):
        one = _part(taxpayer, part)
        work = one.work
    return _page(caller, taxpayer, work, one.first, one.last, number, per_page)


def _page(caller: Caller, taxpayer: int, work: Work, first: int, last: int, number: int, per_page: int) -> Page:
    per_page = max(1, min(per_page, _MOST))
    pages = max(1, -(-(last - first + 1) // per_page)) if first else 1
    number = max(1, min(number, pages))
    start = first + (number - 1) * per_page
    end = min(last, start + per_page - 1)
    with admitted(caller, taxpayer, READ):
        chunks = chunks_of(work, start, end)
    with _database(caller, taxpayer, chunks) as found:
        within = f"entry BETWEEN {int(start)} AND {int(end)}"
        rows = found.execute(f"SELECT {_COLUMNS} FROM found WHERE {within} ORDER BY entry, line").fetchall()  # noqa: S608 ours
    entries = [_entered(list(group)) for _, group in groupby(rows, key=lambda row: row[0])]
    debit, credit = sum((one.debit for one in entries), Decimal(0)), sum((one.credit for one in entries), Decimal(0))
    return Page(number, pages, entries, debit, credit)


@contextmanager
def _database(caller: Caller, taxpayer: int, chunks: Sequence[Chunk]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The entries of some kept files as ``found``."""
    with private() as folder:
        paths = fetched(chunks, folder, scopes(caller, taxpayer))
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "threads": 1,
            "temp_directory": str(folder),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(":memory:", config=config) as found:
            if paths:
                listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
                found.execute(f"CREATE VIEW found AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608 ours
            else:
                # An empty rest of a month has no entries, and is searched like any other part.
                columns = ", ".join(f"NULL::{kind.split()[0]} AS {name}" for name, kind in COLUMNS.items())
                found.execute(f"CREATE VIEW found AS SELECT {columns} WHERE false")
            yield found


def _part(taxpayer: int, part: int) -> Part:
    found = Part.objects.filter(taxpayer_id=taxpayer, id=part).select_related("work").first()
    if found is None:
        raise problem("ledger-work.book-unknown")
    return found


def _where(query: Query) -> tuple[str, Mapping[str, Any]]:
    """The condition of a query, with its values apart from it."""
    told: list[str] = ["true"]
    facts: dict[str, Any] = {}
    for name, sql, value in (
        ("account", "(starts_with(sub, $account) OR starts_with(main, $account))", query.account.strip()),
        ("voucher", "voucher = $voucher", query.voucher.strip()),
        ("entry", "entry = $entry", query.entry),
        ("amount", "amount = $amount", query.amount),
        ("side", "side = $side", query.side),
        ("first_day", "entry_date >= $first_day", query.first_day),
        ("last_day", "entry_date <= $last_day", query.last_day),
    ):
        if value not in ("", None):
            told.append(sql)
            facts[name] = value
    for place, word in enumerate(fold(query.text[:_LONGEST]).split()):
        told.append("(" + " OR ".join(f"contains({_FOLDED.format(name)}, $word{place})" for name in _WORDS) + ")")
        facts[f"word{place}"] = word
    return " AND ".join(told), facts


def _entered(rows: Sequence[tuple[Any, ...]]) -> Entered:
    entry, day, voucher, comment = rows[0][:4]
    found = [_lined(row) for row in rows]
    return Entered(entry, day, voucher, comment, found, *_sides(found))


def _sides(found: Iterable[Lined]) -> tuple[Decimal, Decimal]:
    all_of_them = list(found)
    return sum((one.debit for one in all_of_them), Decimal(0)), sum((one.credit for one in all_of_them), Decimal(0))


def _hit(row: tuple[Any, ...]) -> Hit:
    entry, day, voucher, comment = row[:4]
    return Hit(entry, day, voucher, comment, _lined(row))


def _lined(row: tuple[Any, ...]) -> Lined:
    line, main, main_name, sub, sub_name, comment, document, document_date, amount, side = row[4:]
    amount = amount if amount is not None else Decimal(0)
    debit, credit = (amount, Decimal(0)) if side == "D" else (Decimal(0), amount)
    return Lined(line, main, main_name, sub, sub_name, comment, document, document_date, debit, credit)
