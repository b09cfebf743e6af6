"""The months of a branch as the law sees them, read from its packages; who waits for whom, and what closes a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.lifecycle import ledgers as law
from ulak.lifecycle.ledgers.months import Month, Part, is_closed, waits_for
from ulak_server.exchange.rooms import LEDGERS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["Standing", "closes", "month_of", "months_of", "names_before", "of_month", "release"]

_COLUMNS: Final = "name, month, kind, part, starts, ends, stage, created_at, sent_at"
_LIVE: Final = "taxpayer_id = %s AND branch = %s AND stage NOT IN ('deleted', 'withdrawn')"
_OF_MONTH: Final = f"SELECT {_COLUMNS} FROM exchange_ledger_package WHERE {_LIVE} AND month = %s ORDER BY part"  # noqa: S608
_OF_ALL: Final = f"SELECT {_COLUMNS} FROM exchange_ledger_package WHERE {_LIVE} ORDER BY month, part"  # noqa: S608
_HELD: Final = f"WHERE {_LIVE} AND month = %s AND stage = 'ready' ORDER BY id FOR UPDATE"
_KIND: Final = law.BeratKind
_BOOKS: Final = (_KIND.JOURNAL, _KIND.LEDGER)


class Standing(NamedTuple):
    """A package, as far as its month goes."""

    name: str
    month: date
    kind: law.BeratKind
    part: str
    starts: date
    ends: date
    stage: law.Stage
    created_at: datetime
    sent_at: datetime | None = None


def of_month(taxpayer: int, branch: str, month: date) -> list[Standing]:
    """The packages of a month that count; within a scope that holds the taxpayer, or a worker's.

    Args:
        month: its first day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_MONTH, [taxpayer, branch, month])
        return [_standing(*found) for found in cursor.fetchall()]


def months_of(taxpayer: int, branch: str) -> dict[date, Month]:
    """What GİB has of each month, by its first day, for `ulak.lifecycle.ledgers.months`; the same scope."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL, [taxpayer, branch])
        packages = [_standing(*found) for found in cursor.fetchall()]
    by_month: defaultdict[date, list[Standing]] = defaultdict(list)
    for one in packages:
        by_month[one.month].append(one)
    return {month: month_of(month, found) for month, found in by_month.items()}


def names_before(kind: str, part: str, others: Iterable[Standing]) -> tuple[str, ...]:
    """The names of the packages that have to be through before one goes."""
    known = list(others)
    wanted = set(waits_for(_KIND(kind), part, [(one.kind, one.part, one.stage) for one in known]))
    return tuple(one.name for one in known if (one.kind, one.part) in wanted)


def release(shell: Shell, row: Row) -> None:
    """Let the packages go that waited for this one last."""
    place = [row["taxpayer_id"], row["branch"], row["month"]]
    others = _with(row, of_month(*place))
    for one in shell.claim(LEDGERS, _HELD, place):
        if not names_before(one["kind"], one["part"], others):
            shell.happen(LEDGERS, one.key, law.Released())


def closes(row: Row) -> bool:
    """Whether a package's month is closed, with the package as it stands in this transaction."""
    others = _with(row, of_month(row["taxpayer_id"], row["branch"], row["month"]))
    return is_closed(month_of(row["month"], others))


def _with(row: Row, others: Iterable[Standing]) -> list[Standing]:
    """The row as it stands in this transaction, which has not written it yet."""
    return [one._replace(stage=row.record.stage) if one.name == row["name"] else one for one in others]


def _standing(
    name: str, month: date, kind: str, part: str, starts: date, ends: date, stage: str, *times: Any
) -> Standing:
    return Standing(name, month, _KIND(kind), part, starts, ends, law.Stage(stage), *times)


def month_of(first: date, packages: Sequence[Standing]) -> Month:
    """A month by its packages that count; its books are made anew if one was put after the report was sent."""
    books: defaultdict[str, dict[law.BeratKind, Standing]] = defaultdict(dict)
    for one in packages:
        if one.kind in _BOOKS:
            books[one.part][one.kind] = one
    report = next((one for one in packages if one.kind is _KIND.REPORT), None)
    parts = tuple(_part(number, found) for number, found in sorted(books.items()))
    if report is None:
        return Month(first, parts)
    made = max((one.created_at for found in books.values() for one in found.values()), default=report.created_at)
    is_remade = report.sent_at is not None and made > report.sent_at
    return Month(first, parts, report.stage, is_remade=is_remade)


def _part(number: str, books: dict[law.BeratKind, Standing]) -> Part:
    """A part whose other package is not there any more is not closed."""
    known = next(iter(books.values()))
    stages = [books[kind].stage if kind in books else law.Stage.WITHDRAWN for kind in _BOOKS]
    return Part(number, known.starts, known.ends, *stages)
