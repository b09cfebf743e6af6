"""Documents, their entries, the reports that hold them and GİB's answer, held against each other.

Each column is counted from its own source: documents from `documents_document`, objections from what people told,
entries from theirs, what was reported from the counts that the report's writer kept, what was accepted from the
reports' stages. So a fault in one of them shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak.errors import Text
from ulak.lifecycle import reports as law
from ulak_server import clock
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.exchange.models_of_reports import What
from ulak_server.exchange.reports import balance_sql as sql
from ulak_server.exchange.reports.causes import CAUSES
from ulak_server.exchange.reports.entries import product_of
from ulak_server.exchange.reports.values import WORST_FIRST, Mark

__all__ = ["Balance", "Day", "Difference", "Line", "balance", "calendar"]


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
    since, until = _midnight(first), _midnight(end)
    held = [_Held(*row) for row in _rows(sql.ENTRIES, clock.now(), taxpayer, first, end)]
    counts = _rows(sql.COUNTS, taxpayer, first)
    kinds = sorted(ARCHIVED)
    differences = [
        *_missing("no-entry", _rows(sql.NO_ENTRY, taxpayer, kinds, since, until, 1)),
        *_missing("no-cancellation", _rows(sql.NO_CANCELLATION, taxpayer, kinds, since, until, 2)),
        *(_difference("stray", *row) for row in _rows(sql.STRAY, taxpayer, first, end)),
        *_miscounted(counts),
        *_not_accepted(held),
    ]
    without = [sum(one.size for one in differences if one.cause == cause) for cause in ("no-entry", "no-cancellation")]
    documents = int(_rows(sql.DOCUMENTS, taxpayer, kinds, since, until)[0][0])
    cancelled = int(_rows(sql.CANCELLED, taxpayer, first, end)[0][0]) + without[1]
    objected = int(_rows(sql.OBJECTED, taxpayer, first, end)[0][0])
    lines = _lines((documents, cancelled, objected), counts, held)
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
    """Every day of a month, within the caller's scope."""
    first, end = _days(month)
    days: dict[date, list[_Held]] = defaultdict(list)
    for row in _rows(sql.ENTRIES, clock.now(), taxpayer, first, end):
        days[row[1]].append(_Held(*row))
    return [_day(first + timedelta(days=n), days) for n in range((end - first).days)]


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


def _lines(documents: tuple[int, int, int], counts: Sequence[Any], held: Sequence[_Held]) -> list[Line]:
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


def _miscounted(counts: Sequence[Any]) -> list[Difference]:
    """Reports whose writer wrote other numbers than they have entries, or whose file is not kept."""
    found = []
    for id, product, day, _, issued, cancelled, objected, is_built, entries, has_file in counts:
        if is_built and [issued, cancelled, objected] != list(entries):
            off = sum(abs(a - b) for a, b in zip((issued, cancelled, objected), entries, strict=True))
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
