"""Documents, their entries, the reports that hold them and GİB's answer, held against each other.

Each column is counted from its own source: documents from `documents_document`, objections from what people told,
entries from theirs, what was reported from the counts that the report's writer kept, what was accepted from the
reports' stages. So a fault in one of them shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak.lifecycle import reports as law
from ulak_server import clock
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.exchange.models_of_reports import What
from ulak_server.exchange.reports import balance_sql as sql
from ulak_server.exchange.reports.causes import CAUSES
from ulak_server.exchange.reports.entries import product_of
from ulak_server.exchange.reports.values import WORST_FIRST, Balance, Day, Difference, Line, Mark

__all__ = ["balance", "calendar"]


class _Held(NamedTuple):
    """Entries of one day that stand alike."""

    product: str
    day: date
    what: int
    state: str
    size: int
    documents: list[int]
    reports: list[UUID]


def balance(taxpayer: int, month: date) -> Balance:
    """A taxpayer's month, within the caller's scope.

    Args:
        month: any day of it.
    """
    first, end = _days(month)
    tally, reports = _rows(sql.TALLY, taxpayer, first, end), _rows(sql.REPORTS, taxpayer, first)
    held = _held(taxpayer, first, end, tally, reports)
    issued = sum(size for what, _, _, size in tally if what == What.ISSUED)
    documents, cancelled, flaws = _documents(taxpayer, first, end, issued)
    objected = int(_rows(sql.OBJECTED, taxpayer, first, end)[0][0])
    differences = [*flaws, *_miscounted(reports, tally), *_not_accepted(held)]
    lines = _lines((documents, cancelled, objected), reports)
    is_even = all(line.documents == line.reported == line.accepted for line in lines)
    return Balance(
        documents,
        cancelled,
        objected,
        sum(one.size for one in held),
        sum(line.reported for line in lines),
        sum(line.accepted for line in lines),
        is_even and not differences,
        lines,
        differences,
    )


def calendar(taxpayer: int, month: date) -> list[Day]:
    """Every day of a month, within the caller's scope.

    What stands in reports that were built is taken from their writers' counts: entries are read only of others.
    """
    first, end = _days(month)
    days: dict[date, list[_Held]] = defaultdict(list)
    reports = _rows(sql.BUILT, clock.now(), taxpayer, first)
    for id, product, day, *sizes, is_built, state in reports:
        for what, size in zip(What, sizes, strict=True):
            if is_built and size:
                days[day].append(_Held(product, day, what, state, size, [], [id]))
    for one in _open(taxpayer, first, end, [row[0] for row in reports if not row[6]], sql.NO_NAMES):
        days[one.day].append(one)
    return [_day(first + timedelta(days=n), days) for n in range((end - first).days)]


# -- from where --------------------------------------------------------------------------------------------------------


def _held(taxpayer: int, first: date, end: date, tally: Sequence[Any], reports: Sequence[Any]) -> list[_Held]:
    """The month's entries by how it stands with them; those that are not accepted with names."""
    accepted = {row[0]: row[1] for row in reports if row[3] == law.Stage.ACCEPTED}
    held = [
        _Held(accepted[report], day, what, "accepted", size, [], [report])
        for what, day, report, size in tally
        if report in accepted
    ]
    others = {row[2] for row in tally if row[2] not in accepted}
    return [*held, *(_open(taxpayer, first, end, sorted(others - {None}), sql.NAMES) if others else ())]


def _open(taxpayer: int, first: date, end: date, reports: Sequence[UUID], names: str) -> list[_Held]:
    """Entries of a month that are in no report, or in one of these."""
    statement = sql.OPEN.format(names=names)
    return [_Held(*row) for row in _rows(statement, clock.now(), taxpayer, taxpayer, list(reports), first, end)]


def _documents(taxpayer: int, first: date, end: date, issued: int) -> tuple[int, int, list[Difference]]:
    """How many documents there are and how many were cancelled, by the documents; and what does not fit the entries.

    Documents of the month's seals and the month's entries are held against each other once; what one of them has more
    is looked for only if there is any.

    Args:
        issued: entries of the month.
    """
    mine, days = (taxpayer, sorted(ARCHIVED)), (taxpayer, first, end)
    times = _midnight(first), _midnight(end)
    sealed, voided = _rows(sql.DOCUMENTS, *mine, *times)[0]
    unpaired = _rows(sql.UNPAIRED, *mine, *times, *days)
    paired = sealed - sum(row[2] for row in unpaired)
    entered = _rows(sql.ENTERED, *mine, *days, *mine, *times) if issued > paired else []
    elsewhere = sum(row[2] for row in entered)
    without = _missing("no-entry", [(kind, day, none, ids) for kind, day, _, none, ids in unpaired if none])
    kept = _missing("no-cancellation", _rows(sql.NO_CANCELLATION, *mine, *times) if voided else [])
    stray = _strays([*((*row[:2], *row[3:]) for row in entered if row[3]), *_rows(sql.STRAY, *days)])
    cancelled = _rows(sql.CANCELLED, *days)[0][0] + sum(one.size for one in kept)
    return paired + elsewhere + sum(one.size for one in without), cancelled, [*without, *kept, *stray]


# -- put together ------------------------------------------------------------------------------------------------------

_MARKS: Final = {
    "accepted": Mark.ACCEPTED,
    "waiting": Mark.DUE,
    "under-way": Mark.REPORTING,
    "unclear": Mark.REPORTING,
}


def _day(day: date, days: dict[date, list[_Held]]) -> Day:
    held = days.get(day, [])
    sizes = {what: sum(one.size for one in held if one.what == what) for what in What}
    marks = [_MARKS.get(one.state, Mark.TROUBLE) for one in held]
    due_at = law.due_at(day)
    is_late = any(one.state == "late" or (one.state != "accepted" and due_at <= clock.now()) for one in held)
    reports = sorted({id for one in held for id in one.reports or ()})
    mark = min(marks, key=WORST_FIRST.index, default=None)
    sums = sizes[What.ISSUED], sizes[What.CANCELLED], sizes[What.OBJECTED]
    return Day(day, *sums, mark, due_at, is_late, reports)


def _lines(documents: tuple[int, int, int], counts: Sequence[Any]) -> list[Line]:
    lines = []
    for what, count in zip(What, documents, strict=True):
        written = sum(row[3 + what] for row in counts if row[7])
        accepted = sum(row[3 + what] for row in counts if row[3] == law.Stage.ACCEPTED)
        lines.append(Line(what.word, count, written, accepted))
    return lines


def _not_accepted(held: Sequence[_Held]) -> list[Difference]:
    """Entries that GİB has not accepted yet, by day and by what stands in their way."""
    merged: dict[tuple[str, str, date], list[_Held]] = defaultdict(list)
    for one in held:
        if one.state != "accepted":
            merged[one.state, one.product, one.day].append(one)
    return [
        _difference(
            state,
            product,
            day,
            sum(one.size for one in group),
            list(dict.fromkeys(id for one in group for id in one.documents))[: sql.FIRST],
            sorted({id for one in group for id in one.reports or ()}),
        )
        for (state, product, day), group in merged.items()
    ]


def _missing(cause: str, rows: Sequence[Any]) -> list[Difference]:
    return [_difference(cause, product_of(kind), day, size, documents) for kind, day, size, documents in rows]


def _strays(rows: Sequence[Any]) -> list[Difference]:
    """One for each product and day."""
    merged: dict[tuple[str, date], list[Any]] = defaultdict(list)
    for product, day, size, documents in rows:
        merged[product, day].append((size, documents))
    return [
        _difference("stray", *key, sum(size for size, _ in found), [id for _, ids in found for id in ids][: sql.FIRST])
        for key, found in merged.items()
    ]


def _miscounted(reports: Sequence[Any], tally: Sequence[Any]) -> list[Difference]:
    """Reports whose writer wrote other numbers than they have entries, or whose file is not kept."""
    entries: Counter[tuple[UUID, int]] = Counter()
    for what, _, report, size in tally:
        entries[report, what] += size
    found = []
    for id, product, day, _, *written, is_built, has_file in reports:
        off = sum(abs(size - entries[id, what]) for what, size in zip(What, written, strict=True))
        if is_built and off:
            found.append(_difference("count", product, day, off, [], [id]))
        if is_built and not has_file:
            found.append(_difference("no-file", product, day, 1, [], [id]))
    return found


def _difference(
    cause: str,
    product: str,
    day: date | None,
    size: int,
    documents: Sequence[int] = (),
    reports: Sequence[UUID] = (),
) -> Difference:
    known = CAUSES[cause]
    return Difference(cause, known.tone, product, day, size, documents, reports, known.repair, known.text)


def _days(month: date) -> tuple[date, date]:
    """The first day of a month, and that of the next."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ISTANBUL)


def _rows(statement: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        found: list[Any] = cursor.fetchall()
        return found
