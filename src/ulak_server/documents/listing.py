"""Lists of documents over any number of them: a page in any order, and what all that was found comes to.

How a page is found depends on how many there are: few are gathered and sorted; of many, some soon come along in the
wanted order. Both read the one index that has all that lists select by.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

import msgspec
from django.db import OperationalError, connection

from ulak_server.documents.models import Document
from ulak_server.documents.problems import problem
from ulak_server.documents.tallies import sums
from ulak_server.documents.wanted import Condition, Wanted, condition

__all__ = ["Listed", "Order", "Total", "Totals", "page", "totals"]

MOST: Final = 200
"""Documents of a page."""
_COUNTED: Final = 10_000
"""How many are counted while somebody waits for the page."""
_FEW: Final = 2_000
_PROBED: Final = 4_000
_PATIENCE: Final = timedelta(seconds=5)
_LONGEST_CURSOR: Final = 400


class Order(StrEnum):
    """By what a list is sorted; what is equal is sorted by when it was taken in."""

    TAKEN_IN = "taken-in"
    ISSUED = "issued"
    AMOUNT = "amount"
    PARTY = "party"


class Listed(NamedTuple):
    """A page of a list.

    Attributes:
        before, after: where the pages before and after it begin; None if there is none.
    """

    rows: Sequence[Document]
    before: str | None
    after: str | None


class Total(NamedTuple):
    """What documents of one currency come to."""

    currency: str
    documents: int
    payable: Decimal


class Totals(NamedTuple):
    """What all that was found comes to.

    Attributes:
        is_exact: whether these are all; else there are more than `documents`, and no sums are told.
        by_currency: those of most documents first.
    """

    documents: int
    by_currency: Sequence[Total]
    is_exact: bool


class _Sorting(NamedTuple):
    """How SQL sorts: expressions of ``documents_document d`` and ``documents_party p``; the id follows."""

    columns: Sequence[str]
    types: Sequence[str]


_NO_DAY: Final = "coalesce(issue_date, '0001-01-01')"
_SORTINGS: Final = {
    Order.TAKEN_IN: _Sorting((), ()),
    Order.ISSUED: _Sorting(("issue_date",), ("date",)),
    Order.AMOUNT: _Sorting(("amount",), ("bigint",)),
    Order.PARTY: _Sorting(("p.sort_key", "p.id"), ("text", "int")),
}


class _Asked(NamedTuple):
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


def page(
    taxpayer: int,
    wanted: Wanted,
    order: Order = Order.TAKEN_IN,
    *,
    is_falling: bool = True,
    cursor: str | None = None,
    limit: int = 50,
) -> Listed:
    """Documents of a list, page by page; within a scope that holds the taxpayer.

    Pages stay as they are while documents come in: a cursor says behind which document the page begins.

    Args:
        is_falling: the latest, the largest, or the last in the alphabet first.
        cursor: `Listed.before` or `Listed.after` of another page of the same list in the same order.
        limit: at most `MOST`.

    Raises:
        IntakeError: ``intake.cursor``, ``intake.filter``; ``intake.too-broad`` if it takes longer than five seconds.
    """
    at, is_back = (None, False) if cursor is None else _read(cursor, order)
    asked = _Asked(taxpayer, condition(taxpayer, wanted), order, is_falling, at, is_back, min(max(limit, 1), MOST) + 1)
    with patience():
        return _listed(asked, _places(asked))


def totals(taxpayer: int, wanted: Wanted, most: int | None = _COUNTED) -> Totals:
    """How many documents a list has, and what they come to; within a scope that holds the taxpayer.

    What `ulak_server.documents.tallies` counts is told exactly, however many there are.

    Args:
        most: how many are counted else; None: all, which may take a while.

    Raises:
        IntakeError: ``intake.filter``; ``intake.too-broad`` if it takes longer than five seconds.
    """
    if wanted.is_tallied:
        with patience():
            found = [Total(one.currency, one.documents, one.payable) for one in sums(taxpayer, wanted)]
        return _totals(found, is_exact=True)
    asked = condition(taxpayer, wanted)
    limit = "" if most is None else f" LIMIT {most + 1:d}"
    with patience(), connection.cursor() as one:
        one.execute(
            "SELECT currency, count(*), sum(amount) FROM"  # noqa: S608
            f" (SELECT currency, amount FROM documents_document WHERE {asked.sql}{limit}) AS found GROUP BY currency",
            asked.values,
        )
        found = [Total(currency, count, Decimal(amount).scaleb(-2)) for currency, count, amount in one.fetchall()]
    told = _totals(found, is_exact=True)
    if most is not None and told.documents > most:
        return Totals(most, (), is_exact=False)
    return told


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


# -- finding -----------------------------------------------------------------------------------------------------------


def _places(asked: _Asked) -> list[tuple[Any, ...]]:
    """The places of a page's rows, and of one more, in the order of the list."""
    found = _along(asked) if _are_many(asked) else None
    places = _gathered(asked) if found is None else found
    return places[::-1] if asked.is_back else places


def _are_many(asked: _Asked) -> bool:
    """Whether so many are found that some come along soon."""
    if asked.order is Order.TAKEN_IN:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM documents_document WHERE {asked.found.sql} LIMIT {_FEW:d}) AS one",  # noqa: S608
            asked.found.values,
        )
        return int(cursor.fetchone()[0]) >= _FEW


def _gathered(asked: _Asked) -> list[tuple[Any, ...]]:
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


def _along(asked: _Asked) -> list[tuple[Any, ...]] | None:
    """The first that come along in the wanted order; None if there are too few among the next thousands."""
    if asked.order is not Order.PARTY:
        return _by_column(asked)
    return None if asked.found.is_mixed else _by_party(asked)


def _by_column(asked: _Asked) -> list[tuple[Any, ...]] | None:
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


def _by_party(asked: _Asked) -> list[tuple[Any, ...]]:
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


def _way(asked: _Asked) -> str:
    return "DESC" if asked.falls else "ASC"


def _sorted(asked: _Asked) -> str:
    """Days that are not stated count as the latest, as the index has them."""
    id = "id" if asked.order is Order.TAKEN_IN else "d.id"
    return ", ".join(f"{column} {_way(asked)}" for column in [*asked.sorting.columns, id])


def _beyond(asked: _Asked) -> Condition:
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


def _rows(taxpayer: int, ids: Sequence[int]) -> list[Document]:
    found = Document.objects.filter(taxpayer_id=taxpayer).in_bulk(ids)
    return [found[id] for id in ids if id in found]


# -- pages and cursors -------------------------------------------------------------------------------------------------


def _listed(asked: _Asked, places: Sequence[tuple[Any, ...]]) -> Listed:
    has_more = len(places) == asked.limit
    kept = places[has_more:] if asked.is_back else places[: asked.limit - 1]
    if not kept:
        return Listed((), None, None)
    has_before = has_more if asked.is_back else asked.at is not None
    before = _written(asked.order, kept[0], is_back=True) if has_before else None
    after = _written(asked.order, kept[-1], is_back=False) if asked.is_back or has_more else None
    return Listed(_rows(asked.taxpayer, [place[-1] for place in kept]), before, after)


def _totals(found: Sequence[Total], *, is_exact: bool) -> Totals:
    ranked = sorted(found, key=lambda one: (-one.documents, one.currency))
    return Totals(sum(one.documents for one in found), ranked, is_exact)


def _written(order: Order, place: Sequence[Any], *, is_back: bool) -> str:
    return urlsafe_b64encode(msgspec.json.encode([order, is_back, *place])).decode().rstrip("=")


_PLACES: Final[dict[Order, Any]] = {
    Order.TAKEN_IN: tuple[str, bool, int],
    Order.ISSUED: tuple[str, bool, date | None, int],
    Order.AMOUNT: tuple[str, bool, int, int],
    Order.PARTY: tuple[str, bool, str, int, int],
}


def _read(cursor: str, order: Order) -> tuple[tuple[Any, ...], bool]:
    try:
        data = urlsafe_b64decode(cursor[:_LONGEST_CURSOR].encode() + b"=" * (-len(cursor) % 4))
        said, is_back, *place = msgspec.json.decode(data, type=_PLACES[order])
    except (ValueError, msgspec.MsgspecError):
        raise problem("intake.cursor") from None
    numbers = [one for one in place if isinstance(one, int)]
    texts = [one for one in place if isinstance(one, str)]
    if said != order or any(not -(2**63) <= one < 2**63 for one in numbers) or any("\0" in one for one in texts):
        raise problem("intake.cursor")
    return tuple(place), is_back
