"""Documents chosen to do something with: some by their ids, or all that a list has found, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db import connection

from ulak_server.documents.finding import patience
from ulak_server.documents.wanted import Condition, Wanted, condition

__all__ = ["Chosen", "Span", "count", "next_ids", "pages", "spans"]

_LAST: Final = 2**63 - 1
_SPANS: Final = """
SELECT min(id), max(id), count(*), min(issue_date), max(issue_date) FROM (
    SELECT id, issue_date, (row_number() OVER (ORDER BY id) - 1) / {size:d} AS part
    FROM documents_document WHERE {where}) AS one
GROUP BY part ORDER BY part
"""


class Chosen(NamedTuple):
    """Which documents.

    Attributes:
        wanted: all that these filters find; None: those of `ids`.
        span: of these, those from the first to the last of these ids.
    """

    wanted: Wanted | None = None
    ids: Sequence[int] = ()
    span: tuple[int, int] | None = None


class Span(NamedTuple):
    """A part of chosen documents.

    Attributes:
        first, last: of their ids.
        since, until: the days on which they were issued.
    """

    first: int
    last: int
    documents: int
    since: date | None
    until: date | None


def count(taxpayer: int, chosen: Chosen, most: int) -> int:
    """How many they are, counted up to one more than `most`; within a scope that holds the taxpayer.

    Raises:
        IntakeError: ``intake.filter``, ``intake.too-broad``.
    """
    found = _condition(taxpayer, chosen)
    with patience(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT FROM documents_document WHERE {found.sql} LIMIT {most + 1:d}) AS one",  # noqa: S608
            found.values,
        )
        return int(cursor.fetchone()[0])


def next_ids(taxpayer: int, chosen: Chosen, after: int, limit: int) -> list[int]:
    """Their next ids behind one; within a scope that holds the taxpayer."""
    found = _condition(taxpayer, chosen)
    with patience(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM documents_document WHERE {found.sql} AND id > %s ORDER BY id LIMIT {limit:d}",  # noqa: S608
            [*found.values, after],
        )
        return [id for (id,) in cursor.fetchall()]


def pages(taxpayer: int, chosen: Chosen, limit: int) -> Iterator[list[int]]:
    """All of their ids, some at a time; each within the scope that the caller opens for it."""
    after = 0
    while found := next_ids(taxpayer, chosen, after, limit):
        yield found
        after = found[-1]


def spans(taxpayer: int, chosen: Chosen, size: int) -> list[Span]:
    """All of them in parts of a size, in the order of their ids; within a scope that holds the taxpayer.

    Raises:
        IntakeError: ``intake.filter``, ``intake.too-broad``.
    """
    found = _condition(taxpayer, chosen)
    with patience(), connection.cursor() as cursor:
        cursor.execute(_SPANS.format(size=size, where=found.sql), found.values)
        return [Span(*one) for one in cursor.fetchall()]


def _condition(taxpayer: int, chosen: Chosen) -> Condition:
    if chosen.wanted is not None:
        found = condition(taxpayer, chosen.wanted)
    else:
        ids = [id for id in chosen.ids if 0 < id <= _LAST]
        found = Condition("taxpayer_id = %s AND id = ANY (%s::bigint[])", (taxpayer, ids))
    if chosen.span is None:
        return found
    return Condition(f"({found.sql}) AND id BETWEEN %s AND %s", (*found.values, *chosen.span))
