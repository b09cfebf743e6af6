"""Documents chosen to do something with: some by their ids, or all that a list has found, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection

from ulak_server.documents.finding import patience
from ulak_server.documents.wanted import Condition, Wanted, condition

__all__ = ["Chosen", "count", "next_ids", "pages"]

_LAST: Final = 2**63 - 1


class Chosen(NamedTuple):
    """Which documents.

    Attributes:
        wanted: all that these filters find; None: those of `ids`.
    """

    wanted: Wanted | None = None
    ids: Sequence[int] = ()


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


def _condition(taxpayer: int, chosen: Chosen) -> Condition:
    if chosen.wanted is not None:
        return condition(taxpayer, chosen.wanted)
    ids = [id for id in chosen.ids if 0 < id <= _LAST]
    return Condition("taxpayer_id = %s AND id = ANY (%s::bigint[])", (taxpayer, ids))
