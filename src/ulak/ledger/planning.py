"""Which entries of a month stand in which part of its books, by the limit of 200 MB and by the days.

Source: Teknik Kılavuz V1.7 section 2.2; Uygulama Kılavuzu V1.12 page 29: journal and ledger of a part hold the same
vouchers, so that there is one cut for both, between two vouchers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from ulak.ledger.heads import CONTEXTS
from ulak.ledger.lines import CREDIT, DEBIT, HEADER_END, SOURCE, detail, journal_header, ledger_header
from ulak.ledger.problems import problem
from ulak.ledger.store import EntryStore, needing_room
from ulak.ledger.templates import Element, prepare, size
from ulak.ledger.values import LIMIT, UNDIVIDED, Address, Branch, Company, Month, Part

__all__ = ["RESERVE", "plan"]

RESERVE: Final = 96 * 1024
"""Bytes left free in each book for its head and its seal with a time stamp."""
_ROOM: Final = "x" * 120
_DAY: Final = timedelta(days=1)
_ANYONE: Final = Company(
    tax_id="0" * 10,
    title=_ROOM,
    address=Address("", "", "", "", ""),
    phone="",
    email="",
    activity_codes=(),
    fiscal_start=date.min,
    fiscal_end=date.max,
    accountants=(),
    creator=_ROOM,
    source_application="",
    branch=Branch("0001", _ROOM),
)
"""Stands for a company that is not known yet: with room for long names."""
_MOST: Final = 2**62


class _Cut(NamedTuple):
    """Entries of one part, and the bytes of its books."""

    first: int
    last: int
    entries: int
    lines: int
    first_day: date
    last_day: date
    journal_size: int
    ledger_size: int


@needing_room()
def plan(
    store: EntryStore,
    month: Month,
    *,
    until: date | None = None,
    since: date | None = None,
    first_part: int = 1,
    limit: int = LIMIT,
    company: Company | None = None,
) -> tuple[Part, ...]:
    """The parts of a month's books, in order.

    Args:
        until: last day of a book made in mid-month; the whole month otherwise.
        since: first day that no approved part covers yet; the month's first day otherwise.
        first_part: number of the first new part; a month in one file is 000000 whatever it is.
        limit: bytes a sealed book may have.
        company: sizes are exact with it, and a little too large without.

    Raises:
        LedgerError: ``ledger.numbers.missing``, ``ledger.incomplete``, ``ledger.unbalanced``,
            ``ledger.no-entries``, ``ledger.days``, ``ledger.fiscal-year`` or
            ``ledger.entry.too-large``.
    """
    start, end = since or month.first, until or month.last
    if not month.first <= start <= end <= month.last:
        raise problem("ledger.days", month=month, start=start, end=end)
    _in_fiscal_year(company or _ANYONE, start, end)
    cuts = _cuts(store, start, end, limit - RESERVE, company or _ANYONE)
    if not cuts and first_part == 1:
        raise problem("ledger.no-entries", start=start, end=end)
    is_whole = (start, end) == (month.first, month.last) and len(cuts) == 1
    return tuple(_parts(cuts, start, end, 0 if is_whole else max(first_part, 1)))


def _in_fiscal_year(company: Company, start: date, end: date) -> None:
    first, last = company.fiscal_start, company.fiscal_end
    if end < first or last < start:
        raise problem("ledger.fiscal-year", start=start, end=end, first=first, last=last)


def _parts(cuts: list[_Cut], start: date, end: date, number: int) -> Iterator[Part]:
    """The parts of the cuts, without a gap of days between them; one without entries if there are no cuts."""
    if not cuts:
        yield Part(f"{number:06d}", start, end, 0, 0, 0, 0)
    for place, cut in enumerate(cuts):
        last_day = end if place == len(cuts) - 1 else cut.last_day
        sizes = cut.journal_size, cut.ledger_size
        name = UNDIVIDED if number == 0 else f"{number + place:06d}"
        yield Part(name, start, last_day, cut.first, cut.last, cut.entries, cut.lines, *sizes)
        if place + 1 < len(cuts):
            start = last_day if cuts[place + 1].first_day == last_day else last_day + _DAY


def _cuts(store: EntryStore, start: date, end: date, room: int, company: Company) -> list[_Cut]:
    _measure(store, start, end, company)
    cuts: list[_Cut] = []
    (total,) = _one(store, "SELECT count(*) FROM measured")
    after = 0
    while after < total:
        cut, after = _next_cut(store, after, room, company.branch)
        cuts.append(cut)
    store.connection.execute("DROP TABLE measured")
    return cuts


def _measure(store: EntryStore, start: date, end: date, company: Company) -> None:
    """Make ``measured``: the entries of the days in order, with the bytes up to the end of each.

    The size of a header is told with sums of 0.00, whose length the true sums' then replaces.
    """
    prepare(store.connection)
    _refuse_incomplete(store, start, end)
    journal, ledger = Element(CONTEXTS["Y"]), Element(CONTEXTS["K"])
    header = f"{size(journal_header(journal, company))} + {len(HEADER_END)} - 2 * {len('0.00')}"
    store.connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE measured AS
        SELECT place, entry, day, lines, debit <> credit AS is_unbalanced,
            sum(lines) OVER w AS lines_upto, sum(journal) OVER w AS journal, sum(ledger) OVER w AS ledger
        FROM (SELECT row_number() OVER () AS place, *,
                header + details + strlen(CAST(debit AS VARCHAR)) + strlen(CAST(credit AS VARCHAR)) AS journal
            FROM (SELECT entry, min(entry_date) AS day, count(*) AS lines, arg_min({header}, row) AS header,
                    sum({size(detail(journal))}) AS details, sum({size(detail(ledger))}) AS ledger,
                    {DEBIT} AS debit, {CREDIT} AS credit
                FROM (SELECT *, 0.00 AS debit, 0.00 AS credit FROM {SOURCE})
                WHERE entry_date BETWEEN $start AND $end GROUP BY entry ORDER BY entry))
        WINDOW w AS (ROWS UNBOUNDED PRECEDING)""",  # noqa: S608 ours
        {"start": start, "end": end, "first": 0, "last": _MOST},
    )
    _refuse_unbalanced(store)


def _refuse_incomplete(store: EntryStore, start: date, end: date) -> None:
    """Lines that cannot be written at all; everything else is for the checks and the Schematrons to judge."""
    lacking = "amount IS NULL OR main = '' OR side NOT IN ('D', 'C')"
    unnumbered, incomplete, place = _one(
        store,
        f"""SELECT count(*) FILTER (entry IS NULL OR line IS NULL), count(*) FILTER ({lacking}),
            min(place) FILTER ({lacking}) FROM line WHERE entry_date BETWEEN $start AND $end""",  # noqa: S608 fixed
        start=start,
        end=end,
    )
    if unnumbered:
        raise problem("ledger.numbers.missing")
    if incomplete:
        raise problem("ledger.incomplete", lines=incomplete, place=place)


def _refuse_unbalanced(store: EntryStore) -> None:
    count, entry = _one(store, "SELECT count(*), min(entry) FROM measured WHERE is_unbalanced")
    if count:
        raise problem("ledger.unbalanced", entries=count, entry=entry)


def _next_cut(store: EntryStore, after: int, room: int, branch: Branch | None) -> tuple[_Cut, int]:
    """The part that begins after a place of ``measured``, as long as both books allow, and the place of its end."""
    last = _last_that_fits(store, after, room)
    while True:
        cut = _cut(store, after, last, branch)
        if max(cut.journal_size, cut.ledger_size) <= room:
            return cut, last
        if last == after + 1:
            raise problem("ledger.entry.too-large", entry=cut.first, size=max(cut.journal_size, cut.ledger_size))
        # With many accounts the ledger is the larger book: it shrinks in proportion, at least by one entry.
        last = min(last - 1, after + max(1, (last - after) * room // cut.ledger_size))


def _last_that_fits(store: EntryStore, after: int, room: int) -> int:
    """The last place whose journal fits; the next one if that alone does not."""
    (last,) = _one(
        store,
        "SELECT max(place) FROM measured WHERE place > $after AND journal <= $room"
        " + coalesce((SELECT journal FROM measured WHERE place = $after), 0)",
        after=after,
        room=room,
    )
    return last or after + 1


def _cut(store: EntryStore, after: int, last: int, branch: Branch | None) -> _Cut:
    first, end, entries, first_day, last_day, lines, journal, details = _one(
        store,
        """SELECT min(entry), max(entry), count(*), min(day), max(day), sum(lines),
            max(journal) - coalesce((SELECT journal FROM measured WHERE place = $after), 0),
            max(ledger) - coalesce((SELECT ledger FROM measured WHERE place = $after), 0)
        FROM measured WHERE place > $after AND place <= $last""",
        after=after,
        last=last,
    )
    headers = _ledger_headers(store, first, end, branch)
    return _Cut(first, end, entries, int(lines), first_day, last_day, int(journal), int(details) + headers)


def _ledger_headers(store: EntryStore, first: int, last: int, branch: Branch | None) -> int:
    """Bytes of the headers of the accounts that a range of entries touches."""
    header = f"{size(ledger_header(Element(CONTEXTS['K']), branch))} + {len(HEADER_END)}"
    (bytes_of_headers,) = _one(
        store,
        f"""SELECT coalesce(sum({header}), 0) FROM (SELECT {DEBIT} AS debit, {CREDIT} AS credit FROM line
            WHERE entry BETWEEN $first AND $last
            GROUP BY main, CASE WHEN sub = main THEN '' ELSE sub END)""",  # noqa: S608 ours
        first=first,
        last=last,
    )
    return int(bytes_of_headers)


def _one(store: EntryStore, sql: str, **values: object) -> tuple[Any, ...]:
    row = store.connection.execute(sql, values).fetchone()
    assert row is not None
    return row
