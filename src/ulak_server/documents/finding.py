"""Pages of lists found: which rows stand on a page in a wanted order, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db import OperationalError, connection

from ulak_server.documents.problems import problem
from ulak_server.documents.wanted import Condition

__all__ = ["Asked", "Order", "patience", "places"]

_FEW: Final = 2_000
_PROBED: Final = 4_000
_PATIENCE: Final = timedelta(seconds=5)


class Order(StrEnum):
    """By what a list is sorted; what is equal is sorted by when it was taken in."""

    TAKEN_IN = "taken-in"
    ISSUED = "issued"
    AMOUNT = "amount"
    PARTY = "party"


class _Sorting(NamedTuple):
    """How SQL sorts: expressions of ``documents_document d`` and ``documents_party p``; the id follows."""

    columns: Sequence[str]
    types: Sequence[str]


_SORTINGS: Final = {
    Order.TAKEN_IN: _Sorting((), ()),
    Order.ISSUED: _Sorting(("issue_date",), ("date",)),
    Order.AMOUNT: _Sorting(("amount",), ("bigint",)),
    Order.PARTY: _Sorting(("p.sort_key", "p.id"), ("text", "int")),
}


class Asked(NamedTuple):
    """A page that is asked for.

    Attributes:
        at: the place behind which it begins: what the row there is sorted by, and its id.
        is_back: whether it lies before that place.
    """

    taxpayer: int
    found: Condition
    order: Order
    is_falling: bool
    at: tuple[Any, ...] | None
    is_back: bool
    limit: int

    @property
    def falls(self) -> bool:
        """Whether rows are to be read from the largest on."""
        return self.is_falling is not self.is_back

    @property
    def sorting(self) -> _Sorting:
        return _SORTINGS[self.order]


@contextmanager
def patience() -> Iterator[None]:
    """Statements that end after five seconds, and read what they need by an index.

    Raises:
        IntakeError: ``intake.too-broad``.
    """
    milliseconds = str(int(_PATIENCE.total_seconds() * 1000))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true)",
            [milliseconds],
        )
        try:
            yield
        except OperationalError as error:
            if "statement timeout" not in str(error):
                raise
            raise problem("intake.too-broad") from None
        cursor.execute("SELECT set_config('statement_timeout', '0', true), set_config('enable_seqscan', 'on', true)")


def places(asked: Asked) -> list[tuple[Any, ...]]:
    """The places of a page's rows, and of one more, in the order of the list."""
    found = _along(asked) if _are_many(asked) else None
    places = _gathered(asked) if found is None else found
    return places[::-1] if asked.is_back else places


def _are_many(asked: Asked) -> bool:
    """Whether so many are found that some come along soon."""
    if asked.order is Order.TAKEN_IN:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM documents_document WHERE {asked.found.sql} LIMIT {_FEW:d}) AS one",  # noqa: S608
            asked.found.values,
        )
        return int(cursor.fetchone()[0]) >= _FEW


def _gathered(asked: Asked) -> list[tuple[Any, ...]]:
    """All that is found, sorted; by the order of ids, which the index has, as far as it is needed."""
    columns, values = asked.sorting.columns, list(asked.found.values)
    inner = f"SELECT id, issue_date, amount, party_id FROM documents_document WHERE {asked.found.sql}"  # noqa: S608
    beyond = _beyond(asked)
    if asked.order is Order.TAKEN_IN:
        return _asked(
            f"SELECT id FROM documents_document WHERE {asked.found.sql}{beyond.sql} ORDER BY {_sorted(asked)}",  # noqa: S608
            [*values, *beyond.values],
            asked.limit,
        )
    party = " JOIN documents_party p ON p.id = party_id" if asked.order is Order.PARTY else ""
    return _asked(
        f"SELECT {', '.join(columns)}, d.id FROM ({inner} OFFSET 0) AS d{party}"  # noqa: S608
        f" WHERE true{beyond.sql} ORDER BY {_sorted(asked)}",
        [*values, *beyond.values],
        asked.limit,
    )


def _along(asked: Asked) -> list[tuple[Any, ...]] | None:
    """The first that come along in the wanted order; None if there are too few among the next thousands."""
    if asked.order is not Order.PARTY:
        return _by_column(asked)
    return None if asked.found.is_mixed else _by_party(asked)


def _by_column(asked: Asked) -> list[tuple[Any, ...]] | None:
    """Among the next thousands of the list, in their order, those that are found."""
    (column,) = asked.sorting.columns
    beyond = _beyond(asked)
    shelf = Condition("taxpayer_id = %s AND shelf = %s", asked.found.values[:2])
    probed = (
        f"SELECT * FROM documents_document d WHERE {shelf.sql}{beyond.sql}"  # noqa: S608
        f" ORDER BY {_sorted(asked)} LIMIT {_PROBED:d}"
    )
    found = _asked(
        f"SELECT {column}, id FROM ({probed}) AS d WHERE {asked.found.sql} ORDER BY {_sorted(asked)}",  # noqa: S608
        [*shelf.values, *beyond.values, *asked.found.values],
        asked.limit,
    )
    return found if len(found) == asked.limit else None


def _by_party(asked: Asked) -> list[tuple[Any, ...]]:
    """Party by party, in the order of their titles."""
    first, rest = Condition("", ()), Condition("", ())
    if asked.at is not None:
        less, key, party, id = "<" if asked.falls else ">", *asked.at
        first = Condition(f" AND (p.sort_key, p.id) {less}= (%s, %s)", (key, party))
        rest = Condition(f" AND (party_id <> %s OR id {less} %s)", (party, id))
    if asked.found.parties is not None:
        first = Condition(f"{first.sql} AND p.id = ANY (%s::int[])", (*first.values, list(asked.found.parties)))
    mine = (
        f"SELECT id FROM documents_document WHERE {asked.found.sql} AND party_id = p.id{rest.sql}"  # noqa: S608
        f" ORDER BY id {_way(asked)} LIMIT {asked.limit:d}"
    )
    return _asked(
        f"SELECT p.sort_key, p.id, d.id FROM documents_party p CROSS JOIN LATERAL ({mine}) AS d"  # noqa: S608
        f" WHERE p.taxpayer_id = %s{first.sql} ORDER BY {_sorted(asked)}",
        [*asked.found.values, *rest.values, asked.taxpayer, *first.values],
        asked.limit,
    )


def _asked(statement: str, values: Sequence[Any], limit: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {limit:d}", values)
        return list(cursor.fetchall())


def _way(asked: Asked) -> str:
    return "DESC" if asked.falls else "ASC"


def _sorted(asked: Asked) -> str:
    """Days that are not stated count as the latest, as the index has them."""
    id = "id" if asked.order is Order.TAKEN_IN else "d.id"
    return ", ".join(f"{column} {_way(asked)}" for column in [*asked.sorting.columns, id])


def _beyond(asked: Asked) -> Condition:
    """`` AND`` what lies behind the place where the page begins."""
    if asked.at is None:
        return Condition("", ())
    sign = "<" if asked.falls else ">"
    *keys, id = asked.at
    if asked.order is Order.ISSUED:
        return _beyond_day(keys[0], id, falls=asked.falls)
    if asked.order is Order.TAKEN_IN:
        return Condition(f" AND id {sign} %s", (id,))
    columns = ", ".join([*asked.sorting.columns, "d.id"])
    marks = ", ".join(f"%s::{type}" for type in [*asked.sorting.types, "bigint"])
    return Condition(f" AND ({columns}) {sign} ({marks})", (*keys, id))


def _beyond_day(day: date | None, id: int, *, falls: bool) -> Condition:
    if day is None:
        same = f"issue_date IS NULL AND d.id {'<' if falls else '>'} %s"
        return Condition(f" AND ({same} OR issue_date IS NOT NULL)" if falls else f" AND {same}", (id,))
    if falls:
        return Condition(" AND (issue_date, d.id) < (%s::date, %s)", (day, id))
    return Condition(" AND ((issue_date, d.id) > (%s::date, %s) OR issue_date IS NULL)", (day, id))
